/* Texts for tests, edited before they are read. */
#ifndef SORTIE_TESTS_EDIT_H
#define SORTIE_TESTS_EDIT_H

/* `text` with the first `from` replaced by `to`; frees `text`, the caller frees the result. A failed test where there
 * is none to replace. */
char *replaced(char *text, const char *from, const char *to);

/* Every ' made ", in place. */
void double_quotes(char *text);

#endif
