#include "solver/flow_bound.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "solver/flow_program.h"

static const double LITTLE = 2e-3; /* of the bound, by a round of rows */

enum { MOST_COLUMNS = 60000, MOST_PASSES = 30, FEW_PERIODS = 4 };

/* Solves and adds rows until none is broken, or they gain little; raises *value. True: nothing was in the way. */
static bool raise(struct flow_program *f, double *value, bool (*stop)(void *context), void *context)
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
        if (getenv("DBG"))
            fprintf(stderr, "## %.2f %d periods pass %d rows %d cols %d status %d proven %.0f\n",
                    (double)clock() / CLOCKS_PER_SEC, f->n_periods, pass, f->n_rows, f->n_columns, status,
                    flow_program_proven(f));
        if (status != LP_OPTIMAL || (stop && stop(context)))
            return false;
        if (getenv("SOL") && atoi(getenv("SOL")) == f->n_periods) {
            for (int p = 0; p < f->n_periods; p++) {
                fprintf(stderr, "p%d %.2fh: ", p, (double)f->cut[p] / 3600);
                for (int i = 0; i < f->n; i++)
                    for (int j = 0; j < f->n; j++) {
                        int c = f->flight[(i * f->n + j) * f->n_periods + p];
                        if (c >= 0 && lp_primal(f->lp, c) > 1e-6)
                            fprintf(stderr, " %d>%d %.2f", i, j, lp_primal(f->lp, c));
                    }
                for (int i = 0; i < f->n; i++) {
                    int a = i * f->n_periods + p;
                    if (lp_primal(f->lp, f->begins[a]) > 1e-6)
                        fprintf(stderr, " b%d %.2f", i, lp_primal(f->lp, f->begins[a]));
                    if (lp_primal(f->lp, f->ends[a]) > 1e-6)
                        fprintf(stderr, " e%d %.2f", i, lp_primal(f->lp, f->ends[a]));
                    if (f->under_way[a] >= 0 && lp_primal(f->lp, f->under_way[a]) > 1e-6)
                        fprintf(stderr, " u%d %.2f", i, lp_primal(f->lp, f->under_way[a]));
                }
                double E = 0, L = 0, Z = 0, A = 0, W = 0;
                for (size_t d = 0; d < f->inst->n_demands; d++) {
                    size_t k = d * (size_t)f->n_periods + (size_t)p;
#define G(x) ((x) >= 0 ? lp_primal(f->lp, x) : 0)
                    E += G(f->leaves[k]);
                    L += G(f->comes[k]);
                    A += G(f->aboard[k]);
                    W += G(f->waits[k]);
                    Z += G(f->unloads[d * (size_t)(f->n_periods + 1) + (size_t)p]);
                }
                fprintf(stderr, " | E %.0f L %.0f Z %.0f A %.0f W %.0f\n", E, L, Z, A, W);
            }
        }
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
        more = flow_program_init(&f, inst, *periods, work) && raise(&f, &value, stop, context);
        if (more) /* where steps are too few for so many, nothing is left to be done */
            *periods = f.n_periods < *periods ? most + 1 : *periods < FEW_PERIODS ? 4 * *periods : 2 * *periods;
        flow_program_release(&f);
    }
    return value > 0.01 ? (cent_t)floor(value * 100.0 - 1) : 0;
}
