/* What the order of a placing is at least, with the balance but people in fractions: from the duals of a linear
 * program. */
#ifndef SORTIE_LOADPLAN_ORDER_BOUND_H
#define SORTIE_LOADPLAN_ORDER_BOUND_H

#include "loadplan/program.h"
#include "loadplan/task.h"

struct order_bound {
    double least; /* of every placing that deviates no more ... */
    double *more; /* [n_lots * n_zones] ... plus so much for each person of the lot in the zone, >= 0; owned */
};

/* Of placings whose centre of gravity is within so many units of the middle, all lots aboard at once. INFEASIBLE: there
 * is none. */
enum program_status order_bound_init(struct order_bound *bound, const struct load_task *task, double within);
void order_bound_release(struct order_bound *bound);

#endif
