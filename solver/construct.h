/* Good valid schedules fast, without a linear program: greedy insertion, then destroy and repair.
 *
 * Sources: Ropke and Pisinger 2006 (adaptive large neighbourhood search for pickup and delivery), Shaw 1998
 * (relatedness), Christiaens and Vanden Berghe 2020 (slack by removal, insertion with blinks), here with whole missions
 * in the place of stops. */
#ifndef SORTIE_SOLVER_CONSTRUCT_H
#define SORTIE_SOLVER_CONSTRUCT_H

#include "loadplan/planner.h"
#include "solver/pool.h"

struct guide;  /* guide.h */
struct flown;  /* follow.h */
struct groups; /* column.h */

struct construct_task {
    const struct instance *inst;
    uint64_t seed;
    int64_t most_rounds;         /* of destroying and repairing; 0: construction alone */
    bool (*stop)(void *context); /* asked every few ms; true: end, what is good was handed over. NULL: never */
    /* Above 0: rounds cool down once over all of them, from this part of the cost, not again and again; where there is
     * `gone` until it says 1: the share of the time and work there is, never less than before. */
    double heat;
    double (*gone)(void *context);
    /* Takes a schedule over, each time a better one is found; cost in hundredths, penalties included. False: out of
     * memory, stop. */
    bool (*take)(void *context, struct schedule *schedule, cent_t cost);
    void *context;
    struct pool *pool;          /* `stop` is asked by all of its threads, also while others ask */
    int64_t *work;              /* NULL, or what it takes is added to it (solver/work.h), also while it goes on */
    struct load_planner *loads; /* NULL, or says which missions have a load plan: only those are flown */
    const struct guide *guide;  /* NULL, or what a linear program knows of missions: some rounds go by it */
    struct flown *flown;        /* [n_flown] NULL, or missions to begin with, of airframes and crews of `groups` */
    size_t n_flown;
    const struct groups *groups;
    const struct schedule *begin; /* NULL, or a valid schedule to improve; handed over only when bettered */
};

/* The same task gives the same schedules, whatever the clock says, up to where `stop` ends it. Nothing is taken where
 * the commitments could not be kept. False: out of memory. */
bool construct(const struct construct_task *task);

#endif
