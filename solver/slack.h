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

/* Where it is, since when, and when it leaves for what comes next, at the earliest. */
struct leaving {
    int32_t airfield;
    sec_t arrival, at;
};

/* Of flight k of an airframe's line, of no more than DRAFT_STOPS stops. */
void slack_of(const struct timeline *t, int32_t airframe, size_t k, struct slack *s);

/* With a demand picked up at stop i, or at a new stop after it. False: too late for it. */
bool slack_board(const struct slack *s, const struct demand *d, int32_t i, bool new_stop, struct leaving *l);
/* Goes on to stop i. False: too late for what is done there; what follows is still to be asked for, as a detour may be
 * faster than a leg. */
bool slack_go(const struct slack *s, int32_t i, struct leaving *l);
/* Whether it is at stop i in time for all that follows as it is. */
bool slack_in_time(const struct slack *s, int32_t i, struct leaving l);
/* ... when it sets the demand down at a new stop before. */
bool slack_reaches(const struct slack *s, const struct demand *d, int32_t i, struct leaving l);

#endif
