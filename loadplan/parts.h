/* The best load plan of a mission by all divisions of its demands into parts: see docs/load_plans.md. */
#ifndef SORTIE_LOADPLAN_PARTS_H
#define SORTIE_LOADPLAN_PARTS_H

#include "loadplan/task.h"

/* What is proven; nothing where the search does not apply: see parts_place. */
struct parts_proof {
    int64_t zones;  /* no valid placing uses fewer; 0: nothing is said */
    int64_t least_deviation; /* none with so few deviates less */
    int64_t least_order;     /* none that deviates no more than *best, where `deviation`, has a better one */
    bool deviation;          /* none with as few zones as *best deviates less, */
    bool order;              /* ... and none that deviates as little has a better order */
};

/* Looks for placings with the least zones there can be: with the least deviation, then the best order. Applies where
 * every demand is one lot, all are aboard at once, ten demands at most, and escorts weigh what their passengers do.
 * best, found: as for greedy_place. most_work: steps of the search. False when memory ran out or the engine failed. */
bool parts_place(const struct load_task *task, int64_t most_work, struct placing *best, bool *found,
                 struct parts_proof *proof);

#endif
