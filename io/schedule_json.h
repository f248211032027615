/* Schedule files (docs/format.md, schema/schedule.schema.json): write and read back. */
#ifndef SORTIE_IO_SCHEDULE_JSON_H
#define SORTIE_IO_SCHEDULE_JSON_H

#include "model/error.h"
#include "model/instance.h"
#include "model/schedule.h"

/* The options that the answer depends on, written into the file. */
struct plan_options {
    double time_limit_s;        /* 0: none */
    double deterministic_limit; /* 0: none */
    double gap;
    uint64_t seed;
};

/* The whole schedule file as text, newline at the end; the caller frees. NULL with `err` set when memory ran out.
 * Depends on its arguments alone: no clock, no locale. */
char *schedule_to_json(const struct instance *inst, const struct plan *plan, const struct plan_options *options,
                       struct error *err);

/* Reads a schedule file against `inst`: ids become indices, instants seconds. Faults as for read_instance. A schedule
 * made from another instance (other SHA-256) is still read; *other_instance says so. The figures in the file (cost,
 * bound, status) come back in `plan` as written; nothing is judged here. */
bool read_schedule(const char *path, const struct instance *inst, struct plan *plan, bool *other_instance,
                   char **faults, struct error *err);
bool read_schedule_text(const char *name, const char *bytes, size_t size, const struct instance *inst,
                        struct plan *plan, bool *other_instance, char **faults, struct error *err);

#endif
