/* A bound that needs no linear program. */
#ifndef SORTIE_SOLVER_QUICK_BOUND_H
#define SORTIE_SOLVER_QUICK_BOUND_H

#include "model/instance.h"

/* Every passenger costs his penalty or at least his share of full aircraft over the cheapest legs. */
cent_t quick_bound(const struct instance *inst);

/* What it costs to leave or to move one passenger of each demand at least, in hundredths: share [n_demands]. False
 * where there are too many airfields or memory ran out. */
bool quick_shares(const struct instance *inst, double *share);

#endif
