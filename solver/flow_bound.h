/* A bound from how much has to be flown, whenever: flights and passengers as flows. */
#ifndef SORTIE_SOLVER_FLOW_BOUND_H
#define SORTIE_SOLVER_FLOW_BOUND_H

#include "model/instance.h"

/* No valid schedule costs less, in hundredths; 0 where the program is too large, was stopped or could not be solved.
 * What it takes is added to *work. */
cent_t flow_bound(const struct instance *inst, int64_t *work, bool (*stop)(void *context), void *context);

#endif
