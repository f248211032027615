/* A bound from how much has to be flown by when: flights and passengers as flows. */
#ifndef SORTIE_SOLVER_FLOW_BOUND_H
#define SORTIE_SOLVER_FLOW_BOUND_H

#include "model/instance.h"

/* No valid schedule costs less, in hundredths; 0 where the program is too large, was stopped or could not be solved.
 * *periods: how many the first program has, 1 to begin with; then come programs with more, up to `most`. When it is
 * stopped, the number to go on with; above `most`: nothing is left to be done. What it takes is added to *work. */
cent_t flow_bound(const struct instance *inst, int32_t *periods, int32_t most, int64_t *work,
                  bool (*stop)(void *context), void *context);

#endif
