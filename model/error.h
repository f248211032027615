/* Errors belong to the caller: a function that can fail takes a `struct error *` (NULL is allowed) and the first
 * error set wins. Texts are lower case, fault first, the subject quoted, no full stop. */
#ifndef SORTIE_MODEL_ERROR_H
#define SORTIE_MODEL_ERROR_H

#include <stdbool.h>

/* Code, its name and the exit status of the program when a command ends with it. */
#define ERROR_CODES(X)                                                                                                 \
    X(ERR_NONE, "no error", 0)                                                                                         \
    X(ERR_USAGE, "wrong usage", 2)                                                                                     \
    X(ERR_INPUT, "bad input", 3)                                                                                       \
    X(ERR_IO, "input/output error", 3)                                                                                 \
    X(ERR_NO_ANSWER, "stopped with no answer", 4)                                                                      \
    X(ERR_MEMORY, "out of memory", 5)                                                                                  \
    X(ERR_ENGINE, "linear programming engine failed", 5)                                                               \
    X(ERR_INTERNAL, "internal error", 5)

enum error_code {
#define X(code, text, status) code,
    ERROR_CODES(X)
#undef X
};

struct error {
    enum error_code code;
    char text[1024]; /* always terminated; may hold several lines, each one error */
};

void error_init(struct error *err);

/* Sets the error unless one is set already. Returns false, so that a caller can `return error_set(...)`. */
bool error_set(struct error *err, enum error_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));

const char *error_code_text(enum error_code code);
int error_exit_status(enum error_code code);

#endif
