/* A schedule as text for people: what it costs, what every airframe, demand and crew does. */
#ifndef SORTIE_IO_SHOW_H
#define SORTIE_IO_SHOW_H

#include "model/error.h"
#include "model/instance.h"
#include "model/schedule.h"

/* Judges nothing and tolerates a schedule that breaks the rules, figures out of range included. The caller frees; NULL
 * with `err` set when memory ran out. Missions are called as in the file, M001 first. */
char *show_schedule(const struct instance *inst, const struct plan *plan, struct error *err);

#endif
