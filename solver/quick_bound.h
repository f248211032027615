/* A bound that needs no linear program. */
#ifndef SORTIE_SOLVER_QUICK_BOUND_H
#define SORTIE_SOLVER_QUICK_BOUND_H

#include "model/instance.h"

/* Every passenger costs his penalty or at least his share of full aircraft over the cheapest legs. */
cent_t quick_bound(const struct instance *inst);

#endif
