/* What became of one instance of a batch. Plain data. */
#ifndef SORTIE_MODEL_OUTCOME_H
#define SORTIE_MODEL_OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

#include "model/measure.h"
#include "model/schedule.h"
#include "model/search_phase.h"

/* The first four are those of a plan, in its order. */
#define OUTCOME_STATUSES(X)                                                                                            \
    X(OUTCOME_OPTIMAL, "optimal")                                                                                      \
    X(OUTCOME_FEASIBLE, "feasible")                                                                                    \
    X(OUTCOME_IMPOSSIBLE, "no_plan_possible")                                                                          \
    X(OUTCOME_UNKNOWN, "unknown")                                                                                      \
    X(OUTCOME_BAD_INPUT, "bad_input") /* the instance was refused */                                                   \
    X(OUTCOME_IO_ERROR, "io_error")   /* a file could not be read or written: may be otherwise another time */         \
    X(OUTCOME_NO_MEMORY, "no_memory") /* more than the limit */                                                        \
    X(OUTCOME_TIMED_OUT, "timed_out") /* killed: it did not end at its time limit and the grace after it */            \
    X(OUTCOME_CRASHED, "crashed")     /* ended by a signal */                                                          \
    X(OUTCOME_FAILED, "failed")       /* ended with an error of the program */

enum outcome_status {
#define X(code, text) code,
    OUTCOME_STATUSES(X)
#undef X
        N_OUTCOME_STATUSES
};

/* Of one solve. Times are wall clock, seconds. What is not known is -1; cost and bound count where there is a schedule.
 */
struct figures {
    cent_t cost, bound;
    int64_t missions, pax, pax_moved; /* pax: of all demands */
    int64_t columns, nodes;
    double read_s, search_s, check_s, write_s;
    double phase_s[PHASE_REST]; /* of search_s */
    double gap_integral_s;      /* the gap over the time of the search; 1 while there is no schedule */
    int64_t peak_kib;           /* most memory resident */
};

struct outcome {
    char *instance;  /* name in the batch; owned */
    char sha256[65]; /* of the file's bytes; "" where it could not be read */
    enum outcome_status status;
    int exit;   /* status; -1 where a signal ended it */
    int signal; /* 0: none */
    struct figures figures;
    double seconds; /* from start to end of the process */
    char *message;  /* the first line it said, "" where none; owned */
};

const char *outcome_status_text(enum outcome_status status);
bool outcome_has_plan(enum outcome_status status);
void figures_init(struct figures *figures); /* all unknown */
void outcome_init(struct outcome *outcome);
void outcome_release(struct outcome *outcome);

#endif
