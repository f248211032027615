/* What an airframe of a type flies on one tank before a mission begins and after it has ended (R5): a stretch runs on
 * over airfields without fuel, from one mission into the next, whichever those are. */
#ifndef SORTIE_SOLVER_STRETCH_H
#define SORTIE_SOLVER_STRETCH_H

#include <stdbool.h>

#include "model/instance.h"

struct stretches {
    mnm_t *before; /* [n_airfields] least flown since the tanks were full when a mission begins there */
    mnm_t *after;  /* [n_airfields] least that is flown from there until they are full again, or nothing more is */
};

/* False: out of memory. To be released in any case. */
bool stretches_init(struct stretches *s, const struct instance *inst, int32_t type);
void stretches_release(struct stretches *s);

/* Some airframe of the type stands there at first, with full tanks; may stand there in the end. */
bool begins_full(const struct instance *inst, int32_t type, int32_t airfield);
bool may_stay(const struct instance *inst, int32_t type, int32_t airfield);

#endif
