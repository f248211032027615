/* From counts of missions per group to a schedule of single airframes and crews. */
#ifndef SORTIE_SOLVER_ASSIGN_H
#define SORTIE_SOLVER_ASSIGN_H

#include "solver/column.h"

enum assign_result { ASSIGNED, NOT_ASSIGNABLE, ASSIGN_NO_MEMORY };

/* count[j] missions of column j. Fills `schedule` (released by the caller where ASSIGNED), ordered as docs/rules.md
 * says. */
enum assign_result assign(const struct instance *inst, const struct groups *groups, const struct column *column,
                          size_t n, const int *count, struct schedule *schedule);

#endif
