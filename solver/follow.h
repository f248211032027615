/* Schedules along missions that a program flies. */
#ifndef SORTIE_SOLVER_FOLLOW_H
#define SORTIE_SOLVER_FOLLOW_H

#include "solver/column.h"

struct builder; /* insert.h */

/* A mission and how often it is flown. */
struct flown {
    const struct column *column;
    int32_t times;
};

/* Adds the missions flown [n], which it sorts, to the work timeline, as near to their times as airframes, crews and
 * places allow and with as many aboard as are left; those that do not fit are left out. Lines may be broken afterwards,
 * and end where they may not. groups: those of the columns. Out of memory: `failed` is set. */
void follow(struct builder *s, const struct groups *groups, struct flown *flown, size_t n);

#endif
