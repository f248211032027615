/* What the cabins of a type hold on one leg, whatever the balance: a rule for pricing, weaker than R12. docs/model.md.
 */
#ifndef SORTIE_SOLVER_CABINS_H
#define SORTIE_SOLVER_CABINS_H

#include "model/instance.h"

/* All passengers of one demand on a leg. */
struct aboard {
    int32_t demand, pax; /* pax >= 1 */
};

struct cabins; /* of one type; never changed, so threads may share it */

/* *cabins is NULL where some configuration without a cabin layout has as many seats as any. False when memory ran out.
 * The instance outlives it. */
bool cabins_new(struct cabins **cabins, const struct instance *inst, int32_t type);
void cabins_free(struct cabins *cabins); /* NULL is allowed */

/* Whether some categories share no zone. */
bool cabins_separate(const struct cabins *cabins);

/* Grams of cargo that some configuration holds on all positions; INT64_MAX: any. */
gram_t cabins_cargo(const struct cabins *cabins);

/* False only where no configuration can take them, nor any load with all of them on a leg: `a` has each demand once. */
bool cabins_hold(const struct cabins *cabins, const struct aboard *a, size_t n);

#endif
