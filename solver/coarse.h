/* An instance that allows more: take-offs on a coarser grid, and everything that this could forbid eased. */
#ifndef SORTIE_SOLVER_COARSE_H
#define SORTIE_SOLVER_COARSE_H

#include "model/instance.h"

/* The longest step, in seconds, for which coarse_instance eases enough; below 1: none. */
sec_t coarse_most(const struct instance *inst);

/* Makes the relaxation of `inst` with take-offs every `step` seconds, at most coarse_most: for every valid schedule of
 * `inst` coarse_mission makes missions that are a valid schedule of it, at the same cost. So no bound of it is too high
 * for `inst`. It shares what does not change with `inst`, which outlives it; release it with coarse_release. Method:
 * docs/model.md, "Coarser steps" (times rounded down, as in Boland, Hewitt, Marshall, Savelsbergh 2017). False: out of
 * memory. */
bool coarse_instance(const struct instance *inst, sec_t step, struct instance *coarse);
void coarse_release(struct instance *coarse);

/* Rounds the times of a mission down to the steps of `coarse`, in place. */
void coarse_mission(const struct instance *coarse, struct mission *mission);

#endif
