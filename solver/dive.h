/* Schedules from the linear program. */
#ifndef SORTIE_SOLVER_DIVE_H
#define SORTIE_SOLVER_DIVE_H

#include "solver/search.h"

/* Searches large neighbourhoods of the best schedule with dives until none gains anything or the time is up. */
/* Several dives that begin differently: limited discrepancies at the first step (Sadykov et al. 2019). */
bool dive_again(struct search *s);
bool polish(struct search *s);

#endif
