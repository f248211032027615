/* Instance in, proven plan out. */
#ifndef SORTIE_SOLVER_SOLVE_H
#define SORTIE_SOLVER_SOLVE_H

#include <stdatomic.h>

#include "model/certificate.h"
#include "model/error.h"
#include "model/instance.h"
#include "model/schedule.h"
#include "model/search_phase.h"

struct solve_progress {
    double seconds;  /* since solve() began */
    cent_t bound;    /* no valid schedule costs less */
    cent_t best;     /* cost of the best schedule found; -1: none yet */
    double gap;      /* fraction; 1 where none yet */
    int64_t columns; /* missions made so far */
    int64_t nodes;
    const char *phase;
    const double *phase_s; /* [N_PHASES] where the time went; NULL but in the last report */
};

struct solve_options {
    double time_limit_s;        /* wall clock, monotonic; <= 0: none */
    double deterministic_limit; /* units of counted work (solver/work.h), at most 1e9; <= 0: none */
    double gap;                 /* stop when (total - bound) / total <= gap */
    int threads;
    uint64_t seed;
    sec_t most_instants; /* rows are of instants from the beginning on where the horizon has so many steps or fewer; 0:
                            as is best known */
    int64_t only_rounds; /* > 0: fixed work. So many rounds of schedules without a linear program, and nothing else */
    bool labels;         /* missions are made by labelling wherever demands travel whole; otherwise only where the grid
                            is too fine to be walked */
    const atomic_int *interrupted; /* NULL, or becomes non-zero when the best so far is wanted now */
    void (*progress)(const struct solve_progress *progress, void *context); /* NULL: none */
    void *progress_context;
    struct certificate *certificate; /* NULL, or filled with what proves the best bound of a root, where wanted */
};

/* Fills `plan` (initialised here; released by the caller with plan_release): a schedule that the checker accepts, its
 * cost and a bound. PLAN_IMPOSSIBLE: the commitments contradict each other (bound and cost are 0). PLAN_UNKNOWN:
 * stopped before any valid schedule was found, which can only happen where there are commitments. False with `err` set
 * when memory or the engine failed and nothing valid can be said. */
bool solve(const struct instance *inst, const struct solve_options *options, struct plan *plan, struct error *err);

#endif
