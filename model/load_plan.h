/* What a load plan makes of one sortie. For io/ and cli/; check/ counts by itself. */
#ifndef SORTIE_MODEL_LOAD_PLAN_H
#define SORTIE_MODEL_LOAD_PLAN_H

#include "model/instance.h"

/* The layout of the configuration that a mission is flown in; NULL: none. */
const struct cabin *mission_cabin(const struct instance *inst, const struct mission *mission);

struct sortie_load {
    int64_t people;       /* passengers and escorts */
    gram_t bodies, cargo; /* of the people without baggage; on positions */
    gram_t mass;          /* zero-fuel, the empty aircraft included */
    double cg;            /* zero-fuel centre of gravity, as an arm */
};

/* The plan's indices are in range. people [n_zones] and cargo [n_positions] receive what is in each; NULL is allowed.
 * A mission without a plan is empty. */
struct sortie_load sortie_load_count(const struct instance *inst, const struct mission *mission, size_t sortie,
                                     int64_t *people, gram_t *cargo);

#endif
