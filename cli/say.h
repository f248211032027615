/* Words to the user. What comes from files or the command line is made safe for terminals on the way. */
#ifndef SORTIE_CLI_SAY_H
#define SORTIE_CLI_SAY_H

#include "io/show_text.h"
#include "model/error.h"

/* "sortie: " and one line on standard error. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same for every line of `text`, which is released. */
void say_text(struct text *text);

/* Writes `text` to standard output, whole. Returns EXIT_GOOD, or says what went wrong and returns the exit code for it.
 */
int answer(const char *text);

/* The same; releases `text`. */
int answer_text(struct text *text);

/* Says the error and returns its exit code. */
int fail(const struct error *err);

/* Says every fault line, or the error where there are none; frees `faults`; returns the exit code. */
int fail_with_faults(char *faults, const struct error *err);

#endif
