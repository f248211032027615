/* Crossings: flights come in whole numbers, so whoever has to leave a part of the airfields cannot do so by full
 * aircraft and a fraction of one. Cutset inequalities of network loading (Magnanti, Mirchandani and Vachani 1995) by
 * mixed-integer rounding (Nemhauser and Wolsey 1990); docs/model.md.
 *
 * A set of demands begins inside and ends outside. It has `all` passengers and is cut into loads of `size`, k of them,
 * the last of `rest`. A flight from inside to outside counts by what it seats of them. Valid for whole numbers x:
 *   sum (passengers of the set moved - sum of `gain` over flights that cross) x <= (k - 1) (size - rest)             */
#ifndef SORTIE_SOLVER_CROSSING_H
#define SORTIE_SOLVER_CROSSING_H

#include "model/instance.h"

struct crossing {
    bool *has;    /* [n_demands]; all arrays owned */
    bool *inside; /* [n_airfields] */
    double *gain; /* [n_types] of one flight that crosses, in passengers; 0 < gain */
    int32_t all, size, rest;
};

/* Of the demands marked in has [n_demands]; copies has and inside. False where rounding gives nothing. To be released
 * where true. *failed: memory. */
bool crossing_init(struct crossing *c, const struct instance *inst, const bool *has, const bool *inside, int32_t size,
                   bool *failed);
void crossing_release(struct crossing *c);

double crossing_rhs(const struct crossing *c);

/* What one mission of the type adds to the left-hand side. */
double crossing_use(const struct crossing *c, int32_t type, const struct mission *mission);

static inline bool crosses(const struct crossing *c, int32_t from, int32_t to)
{
    return c->inside[from] && !c->inside[to];
}

/* Most passengers of the set that the type seats at once. */
int32_t seated_of(const struct instance *inst, const bool *has, int32_t type);

#endif
