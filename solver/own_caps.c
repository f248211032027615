#include "solver/own_caps.h"

#include <stdlib.h>

bool own_caps_init(struct own_caps *caps, const struct instance *inst)
{
    size_t n = 0;
    for (size_t l = 0; l < inst->n_limits; l++)
        n += inst->limit[l].n_airfields * inst->limit[l].n_caps;
    *caps = (struct own_caps){.inst = inst};
    caps->first = calloc(inst->n_airfields + 1, sizeof *caps->first);
    caps->cap = calloc(n + 1, sizeof *caps->cap);
    if (!caps->first || !caps->cap)
        return false;
    for (size_t f = 0, at = 0; f < inst->n_airfields; f++) {
        for (size_t l = 0; l < inst->n_limits; l++) {
            const struct limit *limit = &inst->limit[l];
            bool there = in_limit(limit, (int32_t)f);
            for (size_t c = 0; c < limit->n_caps && there; c++)
                if (limit->cap[c].arrivals >= 0 && limit->cap[c].arrivals < ROUTE_STOPS)
                    caps->cap[at++] = (struct own_cap){limit, &limit->cap[c]};
        }
        caps->first[f + 1] = at;
    }
    return true;
}

void own_caps_release(struct own_caps *caps)
{
    free(caps->first);
    free(caps->cap);
    *caps = (struct own_caps){0};
}

bool own_caps_exceeded(const struct own_caps *caps, const struct route *route, int32_t s)
{
    int32_t f = route->airfield[s];
    for (size_t i = caps->first[f]; i < caps->first[f + 1]; i++) {
        const struct own_cap *own = &caps->cap[i];
        if (s <= own->cap->arrivals || !cap_counts(own->cap, route->arrival[s]))
            continue;
        int32_t arrivals = 0;
        for (int32_t k = 1; k <= s; k++)
            arrivals += cap_counts(own->cap, route->arrival[k]) && in_limit(own->limit, route->airfield[k]);
        if (arrivals > own->cap->arrivals)
            return true;
    }
    return false;
}

bool own_caps_left(const struct own_caps *caps, int32_t airfield, sec_t early, sec_t late)
{
    for (size_t i = caps->first[airfield]; i < caps->first[airfield + 1]; i++)
        if (cap_counts(caps->cap[i].cap, early) && !cap_counts(caps->cap[i].cap, late))
            return true;
    return false;
}
