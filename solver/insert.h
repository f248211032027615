/* Where some passengers of a demand go at the least cost each: into a flight that is there, with new stops or without,
 * or into a new one, in one piece or with rests of the crew between. And what all of the search shares. */
#ifndef SORTIE_SOLVER_INSERT_H
#define SORTIE_SOLVER_INSERT_H

#include "solver/construct.h"
#include "solver/draft.h"

enum { MOST_PARTS = 3, MOST_ENDS = 3, MOST_TABLE_FIELDS = 150 };

/* A change: at place `place` of a line, `old` (or nothing) becomes parts[n]. */
struct change {
    double score; /* cost per passenger; the least is best */
    int32_t airframe;
    size_t place;
    const struct flight *old;
    int n;
    int32_t crew; /* of change_append: who flies it, ... */
    sec_t since;  /* ... and since when he is free */
    struct draft part[MOST_PARTS];
};

struct pick {
    const struct flight *flight;
    int32_t demand;
    size_t ride; /* of the flight */
    double key;
};

struct builder {
    const struct construct_task *task;
    const struct instance *inst;
    struct ground ground;
    int32_t *hop[2]; /* [n_types * n_airfields²] next stop on the way, empty and heavily loaded; -1: no way; NULL: no
                        table */
    struct timeline base, now, work, best; /* base: the commitments alone */
    struct change *found, *trial;          /* the best so far and the one being made */
    struct pick *order;                    /* [n_demands] to insert */
    struct pick *pick;                     /* [room] flights to choose from */
    size_t room;
    double *past;  /* [n_demands] how often some were left behind lately */
    bool *missed;  /* [n_demands] whether some were in the last repair */
    bool *touched; /* [n_airframes] lines that the round has changed; NULL: not kept */
    cent_t best_cost;
    uint64_t random;
    double blink; /* chance that a place is overlooked */
    double noise; /* share by which scores are off */
    double hour;  /* what an hour of an airframe is thought to be worth, hundredths */
    double hour_scale;
    double detour;  /* chance that a flight may get new stops */
    double hope;    /* chance that a flight may count on more passengers */
    size_t width;   /* of the last beam that began afresh */
    cent_t limit;   /* what the outcome of the round has to cost less than */
    int64_t looks;  /* drafts timed */
    bool unplanned; /* trials with an aim are not asked for load plans */
    bool stopped, failed;
};

uint64_t chance_bits(struct builder *s);
double chance_unit(struct builder *s);            /* [0, 1) */
size_t chance_below(struct builder *s, size_t n); /* 0 .. n - 1 */
/* Counts who was left behind [n_demands] into `past`. */
void remember_missed(struct builder *s, const bool *missed);
/* Asks `stop` now and then; `looks`: what has been done since, in drafts timed. */
bool search_stopped(struct builder *s);
bool search_stopped_after(struct builder *s, int64_t looks);

/* What a leg costs more by way of a place. */
cent_t via_cost(const struct builder *s, int32_t type, int32_t from, int32_t by, int32_t to);

bool runway_holds(const struct builder *s, int32_t type, int32_t airfield);

/* Fills hop. False: out of memory. */
bool make_ways(struct builder *s);

/* A draft of one stop; the way on to another airfield, false where there is none. */
void draft_begin(struct draft *d, const struct builder *s, int32_t airframe, int32_t at);
bool draft_go(struct draft *d, const struct builder *s, int32_t to, int loaded);
/* The draft leaves from `place`: its first leg is changed, where nobody loads before it, or one more put before it. */
bool draft_start_at(struct draft *d, int32_t place);
/* An airframe at the place stands where the mission's first leg, without passengers, would bring it. */
bool begins_beyond(const struct mission *m, int32_t place);
/* The mission's airfields and rides, from where the airframe stands at the end of its line: as draft_start_at, or
 * without the first leg. False: it cannot be. */
bool draft_behind(struct draft *d, const struct builder *s, int32_t airframe, const struct mission *m);
/* Airfields where the airframe may be left after `at`, when place k is filled; best first; returns how many. */
int list_ends(const struct builder *s, int32_t airframe, size_t k, int32_t at, int32_t end[MOST_ENDS]);

/* Adds a ride of the largest lot that seats, payload and range allow, `most` at most; returns it, 0: none (then the
 * draft is as before). */
int32_t board(struct builder *s, struct draft *d, struct ride ride, int32_t most, size_t place,
              const struct flight *old);
/* The mission's rides with as many aboard as are left; false: nobody of those who were. */
bool clamp_rides(const struct builder *s, struct mission *m);

/* Moves some of a demand's passengers in the best way; near: on lines that were touched alone. False: none. */
bool insert_some(struct builder *s, int32_t demand, bool near);

#endif
