/* Schedules from the linear program. */
#ifndef SORTIE_SOLVER_DIVE_H
#define SORTIE_SOLVER_DIVE_H

#include "solver/follow.h"
#include "solver/search.h"

/* Several dives that begin differently: limited discrepancies at the first step (Sadykov et al. 2019). */
bool dive_again(struct search *s);
/* Searches large neighbourhoods of the best schedule with dives until none gains anything or the time is up. */
bool polish(struct search *s);

/* The master is a relaxation, whose last solution is whole for the most part. */
bool dive_suits(const struct search *s);
/* Takes missions, many at a step, until the master's solution is whole or nothing more can be taken. What comes of it
 * is no schedule, as the master is a relaxation, and may move more than there are. *flown [*n] is owned by the caller,
 * NULL where much stayed open; its columns are the master's, until that grows. The master's last solution is one of its
 * whole program again afterwards. */
bool dive_relaxed(struct search *s, struct flown **flown, size_t *n);

/* Forbids what is chosen without a load plan; how many missions, -1 on failure. */
int ban_unplannable(struct search *s);

#endif
