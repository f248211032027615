/* The best load plan of one mission, by integer programs, one for each goal. */
#ifndef SORTIE_LOADPLAN_EXACT_H
#define SORTIE_LOADPLAN_EXACT_H

#include "loadplan/task.h"

enum exact_status {
    EXACT_BEST,       /* *best is valid and proven: none is better */
    EXACT_FOUND,      /* *best is valid */
    EXACT_IMPOSSIBLE, /* proven: none is valid */
    EXACT_UNKNOWN,    /* none was found */
    EXACT_FAILED      /* memory or the engine; where one was found before, *best holds it */
};

/* best, found: as for greedy_place, a valid placing to begin from. any: whether there is one is all that is asked;
 * EXACT_FOUND or _IMPOSSIBLE then. nodes: most that each program may branch on. bound: no valid placing has goals before
 * these; all 0: nothing is said. */
enum exact_status exact_place(const struct load_task *task, bool any, int nodes, struct placing *best, bool found,
                              struct load_goals *bound);

#endif
