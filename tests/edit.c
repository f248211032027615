#include "tests/edit.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *replaced(char *text, const char *from, const char *to)
{
    char *found = strstr(text, from);
    if (!found) {
        fprintf(stderr, "not in the text: %s\n", from);
        CU_FAIL("nothing to replace");
        return text;
    }
    size_t before = (size_t)(found - text), size = strlen(text) - strlen(from) + strlen(to) + 1;
    char *made = malloc(size);
    snprintf(made, size, "%.*s%s%s", (int)before, text, to, found + strlen(from));
    free(text);
    return made;
}

void double_quotes(char *text)
{
    for (char *c = text; *c; c++)
        *c = *c == '\'' ? '"' : *c;
}
