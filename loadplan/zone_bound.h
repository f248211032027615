/* How many zones the demands of a mission need at least, whatever the balance. */
#ifndef SORTIE_LOADPLAN_ZONE_BOUND_H
#define SORTIE_LOADPLAN_ZONE_BOUND_H

#include "loadplan/task.h"

struct zone_bound {
    int64_t zones;   /* over the demands; no valid placing uses fewer */
    int64_t *demand; /* [n_demands] of each; owned */
};

/* False when memory ran out. */
bool zone_bound_init(struct zone_bound *bound, const struct load_task *task);
void zone_bound_release(struct zone_bound *bound);

#endif
