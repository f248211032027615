#include "model/load_plan.h"

#include <string.h>

const struct cabin *mission_cabin(const struct instance *inst, const struct mission *m)
{
    return inst->type[inst->airframe[m->airframe].type].configuration[m->configuration].cabin;
}

static bool aboard(int32_t from, int32_t to, size_t sortie)
{
    return (size_t)from <= sortie && sortie < (size_t)to;
}

struct sortie_load sortie_load_count(const struct instance *inst, const struct mission *m, size_t sortie,
                                     int64_t *people, gram_t *cargo)
{
    const struct cabin *cabin = mission_cabin(inst, m);
    const struct load_plan *plan = m->load_plan;
    struct sortie_load load = {0};
    double moment = (double)cabin->empty_mass * cabin->empty_arm;
    if (people)
        memset(people, 0, cabin->n_zones * sizeof *people);
    if (cargo && cabin->n_positions)
        memset(cargo, 0, cabin->n_positions * sizeof *cargo);
    for (size_t k = 0; plan && k < plan->n_seatings; k++) {
        const struct seating *s = &plan->seating[k];
        const struct demand *d = &inst->demand[s->demand];
        if (!aboard(s->from_stop, s->to_stop, sortie))
            continue;
        gram_t bodies = s->pax * (d->pax_mass - d->pax_baggage) + s->escorts * (d->escort_mass - d->escort_baggage);
        load.people += s->pax + s->escorts;
        load.bodies += bodies;
        moment += (double)bodies * cabin->zone[s->zone].arm;
        if (people)
            people[s->zone] += s->pax + s->escorts;
    }
    for (size_t k = 0; plan && k < plan->n_stowages; k++) {
        const struct stowage *s = &plan->stowage[k];
        if (!aboard(s->from_stop, s->to_stop, sortie))
            continue;
        load.cargo += s->mass;
        moment += (double)s->mass * cabin->position[s->position].arm;
        if (cargo)
            cargo[s->position] += s->mass;
    }
    load.mass = cabin->empty_mass + load.bodies + load.cargo;
    load.cg = load.mass > 0 ? moment / (double)load.mass : cabin->empty_arm;
    return load;
}
