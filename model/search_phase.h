/* Where the time of a search goes. */
#ifndef SORTIE_MODEL_SEARCH_PHASE_H
#define SORTIE_MODEL_SEARCH_PHASE_H

/* Wall clock, seconds; none counts twice. A dive's linear programs and pricing count as such. */
#define SEARCH_PHASES(X)                                                                                               \
    X(PHASE_MASTER, "master_s")       /* linear programs */                                                            \
    X(PHASE_PRICING, "pricing_s")     /* missions that are missing in them */                                          \
    X(PHASE_CUTS, "cuts_s")           /* rows that their solutions break */                                            \
    X(PHASE_BRANCHING, "branching_s") /* what to decide on, tried out */                                               \
    X(PHASE_PRIMAL, "primal_s")       /* schedules, their load plans, the checker */                                   \
    X(PHASE_FLOWS, "flows_s")         /* the bound from flows */

enum search_phase {
#define X(code, name) code,
    SEARCH_PHASES(X)
#undef X
        PHASE_REST, /* all else */
    N_PHASES
};

#endif
