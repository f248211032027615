/* A schedule under change: which airframe flies what after what, and what the missions take from each other.
 *
 * Airframes have lines of flights in order of time. Crews are not chosen one by one: whoever is at the place, rested
 * and qualified takes a flight, in order of show, and who had it before goes first. So a flight can come or go without
 * anybody deciding who flies the rest. What cannot be covered is counted in `defects`, not refused: a search may pass
 * through timelines that are no schedules yet.
 *
 * Flights never change. Timelines share them and count references, so that a copy is cheap; timelines of several
 * threads may share them, too. Invariants: lines are in order of begin and do not overlap; MOG, caps and the demands'
 * numbers hold (as far as the commitments allow); `left` is never negative then. */
#ifndef SORTIE_SOLVER_TIMELINE_H
#define SORTIE_SOLVER_TIMELINE_H

#include "model/instance.h"

struct flight {
    struct mission mission; /* crew: of a commitment only, otherwise -1 */
    cent_t cost;            /* block, fees, mission, delay */
    sec_t begin, ready;     /* of the airframe */
    sec_t show, crew_ready; /* of the crew; off + rest */
    sec_t fdp, block;
    int32_t type, from, to;
    bool fixed; /* a commitment */
};

/* What no change touches, made once for an instance. */
struct cap_place {
    int32_t index; /* into timeline.arrivals and .pax */
    const struct cap *cap;
};

struct ground {
    const struct instance *inst;
    struct cap_place *cap; /* caps that count at airfield f: cap[first_cap[f]] .. cap[first_cap[f + 1] - 1] */
    int32_t *first_cap;
    int32_t n_caps;
    bool *qualified;    /* [n_types * n_crews] and of a kind that may fly it */
    int32_t *breadth;   /* [n_crews] the more, the rather kept for others */
    sec_t *longest_fdp; /* [n_types] of the qualified crews; 0: none */
    sec_t *shortest_fdp;
    int32_t *seats; /* [n_types] of the configuration with most */
    bool all_fuel;
};

bool ground_init(struct ground *ground, const struct instance *inst);
void ground_release(struct ground *ground);

struct presence {
    sec_t from, until;
    int32_t units;
    const struct flight *of;
};

struct parking {
    struct presence *presence; /* [n] by from */
    size_t n, room;
    sec_t longest; /* no presence is longer */
};

/* The first presence that may last until `at` or longer; those before it have left. */
size_t parking_since(const struct parking *p, sec_t at);

struct line {
    struct flight **flight;
    size_t n, room;
    sec_t block;
};

/* A crew between two duties. */
struct watch {
    int32_t at;
    int32_t last; /* its last turn; -1: none yet */
    sec_t ready, flown;
};

struct turn {
    const struct flight *flight;
    int32_t crew;   /* -1: nobody */
    int32_t before; /* the turn that the crew had before; -1: none */
    bool lost;      /* a commitment that its crew cannot take */
};

enum { WATCH_EVERY = 32 };

struct timeline {
    const struct ground *ground;
    struct line *line;       /* [n_airframes] */
    struct parking *parking; /* [n_airfields] */
    int32_t *left;           /* [n_demands] passengers */
    int32_t *arrivals, *pax; /* [n_caps] */
    struct turn *turn;       /* [n_turns] by show */
    struct watch *watch;     /* [(n_turns / WATCH_EVERY + 1) * n_crews] before turns 0, WATCH_EVERY, ... */
    struct watch *end;       /* [n_crews] after the last turn */
    size_t n_turns, room;
    size_t clean;       /* turns before it are covered as they stand */
    bool *doubt;        /* [n_crews] may stand otherwise from there on than when turns were given last */
    struct turn *trial; /* [n_trial] scratch, as all below */
    size_t n_trial;
    struct watch *row;
    int32_t *next_turn;
    bool *trial_doubt;
    cent_t cost;             /* flights and penalties */
    int64_t defects, astray; /* astray: of them, crews that end where they may not */
    int64_t trial_astray;    /* ... of what timeline_covers said last */
};

bool timeline_init(struct timeline *t, const struct ground *ground);
void timeline_release(struct timeline *t);
bool timeline_copy(struct timeline *to, const struct timeline *from); /* `to` is an initialised timeline */

/* A copy of its own, on no timeline yet. NULL: out of memory. */
struct flight *flight_copy(const struct flight *from);
/* Fills in everything that follows from the mission. */
void flight_count(struct flight *f, const struct instance *inst);
/* From a mission as it stands; its crew is not kept unless fixed. */
struct flight *flight_from_mission(const struct instance *inst, const struct mission *mission, bool fixed);

/* Adds at place k of its airframe's line; `crew` is who had it (-1: nobody). False: out of memory (then a flight
 * that is on none is freed). */
bool timeline_add(struct timeline *t, struct flight *flight, size_t k, int32_t crew);
/* Takes out; the flight is freed where no other timeline has it. */
void timeline_remove(struct timeline *t, int32_t airframe, size_t k);
/* Counts a flight in (sign 1) or out (-1) of caps, passengers and cost, without its being there. */
void timeline_count(struct timeline *t, const struct flight *f, int sign);
/* Which turn the flight is, which is there. */
size_t timeline_turn(const struct timeline *t, const struct flight *f);
/* Gives crews to all turns that changes made doubtful, and counts `defects`. */
void timeline_cover(struct timeline *t);
/* Defects if `old` (or NULL) were replaced by extra[n_extra], in order of show; INT64_MAX where an extra itself finds
 * no crew. The timeline is covered. */
int64_t timeline_covers(struct timeline *t, const struct flight *old, const struct flight *const *extra, int n_extra);
/* The crew that timeline_covers gave an extra of its last call, and since when it is free. */
int32_t timeline_trial_crew(const struct timeline *t, const struct flight *extra, sec_t *since);
/* First instant from `show` on at which some crew for the type is at the airfield and free; later: at which one comes
 * free, after `show`. SEC_LATEST: never. */
sec_t timeline_crew_free(const struct timeline *t, int32_t type, int32_t airfield, sec_t show, bool later);
/* First instant after `show` from which on a flight that lands `lead` later for the first time meets one recent flight
 * of some crew less. */
sec_t timeline_hours_free(const struct timeline *t, int32_t type, sec_t show, sec_t lead);

/* Where and when the airframe is before place k of its line. */
int32_t line_place(const struct timeline *t, int32_t airframe, size_t k);
sec_t line_ready(const struct timeline *t, int32_t airframe, size_t k);

int32_t mission_unloads(const struct mission *m, size_t stop); /* passengers */

bool timeline_schedule(const struct timeline *t, struct schedule *schedule);

#endif
