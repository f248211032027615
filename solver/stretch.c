#include "solver/stretch.h"

#include <stdlib.h>

#include "solver/column.h"
#include "solver/load.h"

#define NEVER (SEC_LATEST / 4)

bool begins_full(const struct instance *inst, int32_t type, int32_t airfield)
{
    for (size_t a = 0; a < inst->n_airframes; a++)
        if (inst->airframe[a].type == type && inst->airframe[a].at == airfield)
            return true;
    return inst->airfield[airfield].has_fuel;
}

bool may_stay(const struct instance *inst, int32_t type, int32_t airfield)
{
    for (size_t a = 0; a < inst->n_airframes; a++) {
        const struct airframe *k = &inst->airframe[a];
        if (k->type == type && may_end_at(k->end_anywhere, k->end_at, k->n_end_at, airfield))
            return true;
    }
    return inst->airfield[airfield].has_fuel;
}

/* Shortest ways over airfields without fuel, from one of `free` or, against the flights, to one (Bellman and Ford). */
static void shortest(const struct instance *inst, int32_t type, bool against, mnm_t *nm)
{
    int32_t n = (int32_t)inst->n_airfields;
    for (bool changed = true; changed;) {
        changed = false;
        for (int32_t i = 0; i < n; i++)
            for (int32_t j = 0; j < n && nm[i] < NEVER; j++) {
                int32_t from = against ? j : i, to = against ? i : j;
                if (i == j || !leg_in_range(inst, type, from, to))
                    continue;
                mnm_t sum = nm[i] + instance_leg(inst, type, from, to)->nm;
                if (sum < nm[j])
                    nm[j] = sum, changed = true;
            }
    }
}

bool stretches_init(struct stretches *s, const struct instance *inst, int32_t type)
{
    size_t n = inst->n_airfields;
    bool all_fuel = true;
    s->before = calloc(n + 1, sizeof *s->before);
    s->after = calloc(n + 1, sizeof *s->after);
    if (!s->before || !s->after)
        return false;
    for (size_t f = 0; f < n; f++) {
        all_fuel = all_fuel && inst->airfield[f].has_fuel;
        s->before[f] = begins_full(inst, type, (int32_t)f) ? 0 : NEVER;
        s->after[f] = may_stay(inst, type, (int32_t)f) ? 0 : NEVER;
    }
    if (all_fuel)
        return true;
    shortest(inst, type, false, s->before);
    shortest(inst, type, true, s->after);
    return true;
}

void stretches_release(struct stretches *s)
{
    free(s->before);
    free(s->after);
    *s = (struct stretches){0};
}
