#include "model/error.h"

#include <stdarg.h>
#include <stdio.h>

void error_init(struct error *err)
{
    if (err) {
        err->code = ERR_NONE;
        err->text[0] = '\0';
    }
}

bool error_set(struct error *err, enum error_code code, const char *format, ...)
{
    if (!err || err->code != ERR_NONE)
        return false;
    err->code = code;
    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    return false;
}

const char *error_code_text(enum error_code code)
{
    static const char *const text[] = {
#define X(code_, text_, status_) text_,
        ERROR_CODES(X)
#undef X
    };
    return text[code];
}

int error_exit_status(enum error_code code)
{
    static const int status[] = {
#define X(code_, text_, status_) status_,
        ERROR_CODES(X)
#undef X
    };
    return status[code];
}
