/* What the tree decides on: how many of something a schedule has. Each is a sum over the parts of a mission, so that
 * pricing can charge it where it arises (docs/model.md). */
#ifndef SORTIE_SOLVER_BRANCH_H
#define SORTIE_SOLVER_BRANCH_H

#include "solver/column.h"

enum branch_kind {
    BRANCH_MISSIONS, /* missions that begin at `from` */
    BRANCH_FLIGHTS,  /* flights from `from` to `to` */
    BRANCH_LOTS,     /* missions with at least `pax` of `demand` aboard */
    BRANCH_PAX,      /* passengers of `demand` */
    BRANCH_UNLOADS,  /* unloadings at `to` that start at `since` or later */
    BRANCH_PAIR      /* missions with both `demand` and `other` aboard; only where demands travel whole */
};

struct branch {
    enum branch_kind kind;
    int32_t airframe_group, crew_group, from, to, demand; /* -1: any */
    int32_t pax;
    sec_t since, until; /* of the mission's first take-off, or the flight's own; both ends included */
    int32_t other;
};

double branch_count(const struct branch *branch, const struct column *col);

struct candidate {
    struct branch branch;
    double value; /* no whole number */
};

/* Things of which the solution x has no whole number, wide spans of time first; pairs: demands travel whole, and pairs
 * of them are looked at before flights. Returns how many were put into
 * candidate [most], 0 where there is none, -1 when memory ran out. */
int branch_choose(const struct instance *inst, const struct column *column, const double *x, size_t n, bool pairs,
                  struct candidate *candidate, int most);

/* For a whole-numbered x that is no schedule: the next count that `fixed` does not know yet, at the finest span; all of
 * them together leave x alone. Returns as branch_choose. */
int branch_next(const struct instance *inst, const struct column *column, const double *x, size_t n,
                bool (*fixed)(void *context, const struct branch *branch, double value), void *context,
                struct branch *branch, double *value);

#endif
