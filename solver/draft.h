/* A flight in the making: what it may carry, and when it can be flown beside what is on a timeline. */
#ifndef SORTIE_SOLVER_DRAFT_H
#define SORTIE_SOLVER_DRAFT_H

#include "solver/timeline.h"

enum { DRAFT_STOPS = 128, DRAFT_RIDES = 128 };

/* A flight that is being made. flight.mission points into the draft: copy with draft_copy. */
struct draft {
    struct flight flight;
    bool crowded; /* with fewer passengers it might have been timed earlier, or at all: a cap had no room */
    struct stop stop[DRAFT_STOPS];
    struct ride ride[DRAFT_RIDES];
};

void draft_copy(struct draft *to, const struct draft *from);
/* False where the flight is too long for a draft. */
bool draft_from(struct draft *to, const struct flight *from);

/* Makes the flight of a draft last: a copy of its own, on no timeline yet. NULL: out of memory. */
struct flight *flight_make(const struct draft *draft);

/* Between what a draft has to fit. */
struct slot {
    sec_t ready, due; /* begin not before, ready again not after */
    sec_t show;       /* show not before */
    sec_t fdp;
    const struct flight *skip; /* not there */
};

/* What is done at a stop. */
struct stop_task {
    sec_t from, until, need; /* handling starts in [from, until], and takes so long */
    bool handled;            /* somebody boards or leaves */
    int32_t unloads;         /* passengers */
};

/* Of all stops of a mission of a type, into task[n_stops]; no more than DRAFT_STOPS. */
void mission_tasks(const struct instance *inst, int32_t type, const struct mission *m, struct stop_task *task);

/* Times a draft whose stops (airfields) and rides are set, as early as it fits; fills everything else of it. */
bool draft_fit(const struct timeline *t, struct draft *d, const struct slot *slot);
/* Show, block and the type's ground times; no duty period of it is shorter. */
sec_t draft_least_fdp(const struct timeline *t, const struct draft *d);
/* Seats taken and payload on a leg. */
struct leg_load {
    int64_t seats;
    gram_t payload;
};

/* Of legs first ... first + n - 1 of a mission, into load[n]. */
void mission_loads(const struct instance *inst, const struct mission *m, int32_t first, int32_t n,
                   struct leg_load *load);
/* Seats, payload and range of the draft alone and, where fuel is missing, in the line at place k, `old` (or NULL) being
 * replaced. */
bool draft_carries(const struct timeline *t, const struct draft *d, size_t k, const struct flight *old);
/* How far the airframe can fly on with the payload, without fuel, behind k flights of its line and the draft. */
mnm_t draft_range_left(const struct timeline *t, const struct draft *d, size_t k, gram_t payload);
/* Seats, payload and range of a whole line, and its inspection limit. */
bool line_holds(const struct timeline *t, int32_t airframe);
/* Passengers that the caps at the airfield let in at an instant besides those on the timeline without `skip`. */
int64_t timeline_room(const struct timeline *t, int32_t airfield, sec_t at, const struct flight *skip);

#endif
