/* Load plans without a program: lot by lot, in several orders. */
#ifndef SORTIE_LOADPLAN_GREEDY_H
#define SORTIE_LOADPLAN_GREEDY_H

#include "loadplan/task.h"

/* Tries several orders and keeps the best valid placing in *best; *found says whether there is one, and is true before
 * where *best holds one already. any: the first valid one will do. False when memory ran out. */
bool greedy_place(const struct load_task *task, bool any, struct placing *best, bool *found);

#endif
