/* When the schedule was made as it is: the one instant that formats say of themselves, and what follows from it. */
#ifndef SORTIE_EXPORT_REVISED_H
#define SORTIE_EXPORT_REVISED_H

#include <stdbool.h>
#include <stdint.h>

#include "export/format.h"

/* For the list of settings. */
#define SETTING_REVISED                                                                                                \
    {                                                                                                                  \
        "revised", NULL, "instant of this revision; when the schedule file was last changed"                           \
    }

struct revision {
    int64_t at;       /* Unix time, from 2000 on */
    int64_t sequence; /* 0 .. 2^31 - 1; greater for a later revision */
};

/* From the settings "revised" and "sequence"; ERR_USAGE where they are no such things. */
bool revision_get(const struct export_job *job, struct revision *revision, struct error *err);

#endif
