/* A mission's load plan as JSON. */
#ifndef SORTIE_IO_LOAD_PLAN_JSON_H
#define SORTIE_IO_LOAD_PLAN_JSON_H

#include "io/json.h"
#include "io/show_text.h"

/* The value of a mission's "load_plan", its first line not indented, the others by `indent` and more; the mission's
 * configuration has a cabin layout. */
void load_plan_write(const struct instance *inst, const struct mission *mission, int indent, struct text *to);

/* Reads it for a mission whose configuration, stops and rides are read. Ids are looked up in the configuration's
 * layout. */
void reader_load_plan(struct reader *r, const json_t *mission_value, const struct instance *inst, struct mission *m);

#endif
