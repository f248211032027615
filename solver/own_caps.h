/* Caps on block-ins (R8) that one mission may reach by itself: no schedule holds a mission that goes beyond. */
#ifndef SORTIE_SOLVER_OWN_CAPS_H
#define SORTIE_SOLVER_OWN_CAPS_H

#include "solver/load.h"

struct own_caps {
    const struct instance *inst;
    size_t *first; /* [n_airfields + 1] into cap */
    struct own_cap {
        const struct limit *limit;
        const struct cap *cap;
    } * cap;
};

bool own_caps_init(struct own_caps *caps, const struct instance *inst); /* false: out of memory */
void own_caps_release(struct own_caps *caps);

/* Whether the arrival at stop s of the route is one too many, of those at stops 1 .. s. */
bool own_caps_exceeded(const struct own_caps *caps, const struct route *route, int32_t s);

/* Whether some cap counts an arrival at the airfield at `early` that it does not count at `late`. */
bool own_caps_left(const struct own_caps *caps, int32_t airfield, sec_t early, sec_t late);

#endif
