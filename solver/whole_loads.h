/* Whole loads: missions come in whole numbers, so what a set of demands has cannot be carried in full aircraft and a
 * fraction of one. Mixed-integer rounding of the sum of their rows (Nemhauser and Wolsey 1990); docs/model.md.
 *
 * A set has `all` passengers and is cut into loads of `size`, k of them, the last of `rest`. Of q passengers aboard one
 * mission those beyond `rest` in each load are "waste". Valid for whole numbers x of missions:
 *   sum waste(q of a mission) x <= waste(all)                                                                        */
#ifndef SORTIE_SOLVER_WHOLE_LOADS_H
#define SORTIE_SOLVER_WHOLE_LOADS_H

#include "model/instance.h"

struct whole_load {
    bool *has;               /* [n_demands]; owned */
    int32_t all, size, rest; /* 1 <= rest < size; rest = all - (k - 1) size */
};

/* Of `demands` [n] and a size. False where rounding gives nothing. `has` is made; release with free. *failed: memory.
 */
bool whole_load_init(struct whole_load *w, const struct instance *inst, const int32_t *demands, size_t n, int32_t size,
                     bool *failed);

static inline int32_t whole_load_waste(const struct whole_load *w, int32_t q)
{
    int32_t over = q % w->size - w->rest;
    return q / w->size * (w->size - w->rest) + (over > 0 ? over : 0);
}

/* What x more passengers of the set waste beside those aboard, `reach` at most in all, is never below the convex
 * slope * max(0, x - free). Returns the slope. */
double least_slope(const struct whole_load *w, int32_t aboard, int32_t reach, int32_t *free);

/* Passengers of the set on a mission. */
int32_t whole_load_aboard(const struct whole_load *w, const struct mission *mission);

#endif
