/* Whether a flight has time for new stops: necessary alone, in constant time for each place (forward time slack,
 * Savelsbergh 1992). Parking, caps, opening hours, crews and time aboard are left out; what is refused here cannot be
 * timed. */
#ifndef SORTIE_SOLVER_SLACK_H
#define SORTIE_SOLVER_SLACK_H

#include "solver/draft.h"

struct slack {
    const struct instance *inst;
    const struct flight *flight;
    sec_t begin;               /* handling at the first stop */
    sec_t leave[DRAFT_STOPS];  /* leaves each stop no earlier, as it is */
    sec_t latest[DRAFT_STOPS]; /* and has to be there by */
    struct stop_task task[DRAFT_STOPS];
};

/* On the way to what comes next: from where, and when at the earliest. */
struct leaving {
    int32_t airfield;
    sec_t at;
};

/* Of flight k of an airframe's line, of no more than DRAFT_STOPS stops. */
void slack_of(const struct timeline *t, int32_t airframe, size_t k, struct slack *s);

/* With a demand picked up at stop i, or at a new stop after it. False: too late for it. */
bool slack_board(const struct slack *s, const struct demand *d, int32_t i, bool new_stop, struct leaving *l);
/* Goes on to stop i. False: too late for what follows. */
bool slack_go(const struct slack *s, int32_t i, struct leaving *l);
/* Whether it can set the demand down at a new stop between, and then be at stop i in time. */
bool slack_reaches(const struct slack *s, const struct demand *d, int32_t i, struct leaving l);

#endif
