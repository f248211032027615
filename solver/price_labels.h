/* Pricing by labelling, for instances whose demands travel whole: nothing grows with horizon / step. */
#ifndef SORTIE_SOLVER_PRICE_LABELS_H
#define SORTIE_SOLVER_PRICE_LABELS_H

#include "solver/price.h"

/* As price. task.bound: exact; otherwise labels that are probably of no use are dropped, too. task.all: false in
 * result.complete where missions take more from each other than airframes, crews and passengers. */
bool price_labels(const struct master *master, const struct price_task *task, struct price_result *result);

#endif
