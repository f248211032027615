/* What a batch says while it runs: a bar that overwrites itself on a terminal, elsewhere one JSON object a line. */
#ifndef SORTIE_BATCH_TELL_H
#define SORTIE_BATCH_TELL_H

#include <stdbool.h>
#include <stddef.h>

#include "model/outcome.h"

struct tell {
    enum tell_kind { TELL_NOTHING, TELL_BAR, TELL_JSON } kind;
    double began;           /* by clock_seconds */
    double shown_at;        /* seconds; below 0: never */
    size_t n, done, before; /* instances; finished; of them before this run */
    size_t count[N_OUTCOME_STATUSES];
};

void tell_begin(struct tell *tell, enum tell_kind kind, size_t n);

/* Counts an outcome from an earlier run. */
void tell_kept(struct tell *tell, const struct outcome *outcome);

/* Counts an outcome and says so. */
void tell_outcome(struct tell *tell, const struct outcome *outcome);

/* Draws the bar where it is time to. */
void tell_bar(struct tell *tell);

/* Clears the bar. */
void tell_end(struct tell *tell);

/* Seconds until all is done at the pace of this run; -1 where nothing says. */
double tell_left_s(const struct tell *tell);

/* Outcomes without a schedule or a proof that there is none. */
size_t tell_failed(const struct tell *tell);

#endif
