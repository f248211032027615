#include "solver/flow_bound.h"

#include <math.h>

#include "solver/flow_program.h"

static const double LITTLE = 2e-3; /* of the bound, by a round of rows */

enum { MOST_COLUMNS = 60000, MOST_PASSES = 30, FEW_PERIODS = 4 };

/* Solves and adds rows until none is broken, or they gain little; raises *value. True: nothing was in the way. */
static bool raise_value(struct flow_program *f, double *value, bool (*stop)(void *context), void *context)
{
    int added = 1;
    double here = 0;
    for (int pass = 0; pass < MOST_PASSES && added > 0; pass++) {
        double before = here;
        enum lp_status status = lp_solve(f->lp, true, stop, context); /* costs are >= 0: all slacks are dual feasible */
        if (status == LP_FAILED)
            return false;
        here = flow_program_proven(f);
        *value = fmax(*value, here);
        if (status != LP_OPTIMAL || (stop && stop(context)))
            return false;
        added = pass > 0 && here - before < LITTLE * here ? 0 : flow_program_separate(f);
    }
    return added >= 0;
}

cent_t flow_bound(const struct instance *inst, int32_t *periods, int32_t most, int64_t *work,
                  bool (*stop)(void *context), void *context)
{
    double value = 0;
    for (bool more = true; more && *periods <= most && flow_program_columns(inst, *periods) <= MOST_COLUMNS;) {
        struct flow_program f;
        more = flow_program_init(&f, inst, *periods, work) && raise_value(&f, &value, stop, context);
        if (more) /* where steps are too few for so many, nothing is left to be done */
            *periods = f.n_periods < *periods ? most + 1 : *periods < FEW_PERIODS ? 4 * *periods : 2 * *periods;
        flow_program_release(&f);
    }
    return value > 0.01 ? (cent_t)floor(value * 100.0 - 1) : 0;
}
