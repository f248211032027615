/* What a format wants to know besides the instance and the schedule: KEY=VALUE, each with a default. */
#ifndef SORTIE_EXPORT_SETTINGS_H
#define SORTIE_EXPORT_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/error.h"

/* A key that ends with '.' is given for single ids: "station." is set by station.KBIF=BIF. */
struct setting {
    const char *key;
    const char *otherwise; /* NULL: follows from the instance or the schedule, as `meaning` says */
    const char *meaning;   /* for the help, one line */
};

struct settings {
    const struct setting *known; /* ends with a key of NULL */
    const char *const *given;    /* [n] "KEY=VALUE"; the last one given counts */
    size_t n;
};

/* Whether all that is given is known; ERR_USAGE where not. */
bool settings_check(const struct settings *settings, const char *format, struct error *err);

/* The value given or the default, NULL where there is none. `key` is known. */
const char *settings_get(const struct settings *settings, const char *key);

/* The value of `prefix` for `id`; NULL where it is not given. */
const char *settings_of(const struct settings *settings, const char *prefix, const char *id);

#endif
