/* Stretches without fuel that run on from one mission into the next (R5): which states the tanks of an airframe can be
 * in when it stands at an airfield without fuel. A state says what was flown since fuel and what the stretch comes to
 * in all; the payload of every sortie of it is limited by the latter. */
#ifndef SORTIE_PROGRAM_TANKS_H
#define SORTIE_PROGRAM_TANKS_H

#include "model/program.h"

struct tanks {
    const struct instance *inst;
    int32_t type;
    gram_t heaviest;              /* no load weighs more */
    struct program_tanks **state; /* [n_airfields][n_states] at fields without fuel */
    size_t *n_states;
};

/* False where memory ran out, or *too_many: there are more than a few hundred states. */
bool tanks_init(struct tanks *tanks, const struct instance *inst, int32_t type, bool *too_many);
void tanks_release(struct tanks *tanks);

/* Largest payload that flies `nm` on one stretch, but no more than `heaviest`; -1: none. */
gram_t tanks_carry(const struct tanks *tanks, mnm_t nm);

#endif
