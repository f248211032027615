#include "export/report_loads.h"

#include "io/json_text.h"
#include "model/load_plan.h"

static void put_cabin(struct reporter *r, const struct cabin *c)
{
    put_begin(r, NULL, "{");
    put_begin(r, "zones", "[");
    for (size_t z = 0; z < c->n_zones; z++) {
        put_begin(r, NULL, "[");
        put_string(r, NULL, c->zone[z].id);
        put_real(r, NULL, c->zone[z].arm);
        put_whole(r, NULL, c->zone[z].seats);
        put_end(r, "]");
    }
    put_end(r, "]");
    put_begin(r, "positions", "[");
    for (size_t q = 0; q < c->n_positions; q++) {
        put_begin(r, NULL, "[");
        put_string(r, NULL, c->position[q].id);
        put_real(r, NULL, c->position[q].arm);
        put_kilograms(r, NULL, c->position[q].largest);
        put_end(r, "]");
    }
    put_end(r, "]");
    put_kilograms(r, "empty", c->empty_mass);
    put_real(r, "cg_from", c->cg_from);
    put_real(r, "cg_until", c->cg_until);
    put_end(r, "}");
}

bool put_cabins(struct reporter *r)
{
    put_begin(r, "cabins", "[");
    for (size_t t = 0; t < r->inst->n_types; t++) {
        for (size_t k = 0; k < r->inst->type[t].n_configurations; k++) {
            const struct cabin *cabin = r->inst->type[t].configuration[k].cabin;
            if (cabin != NULL) {
                put_cabin(r, cabin);
                continue;
            }
            put_next(r, NULL);
            put(r, "null");
        }
    }
    return put_end(r, "]");
}

/* The place of the mission's configuration in "cabins". */
static int64_t cabin_number(const struct instance *inst, const struct mission *mission)
{
    int32_t type = inst->airframe[mission->airframe].type;
    int64_t number = mission->configuration;
    for (int32_t t = 0; t < type; t++)
        number += (int64_t)inst->type[t].n_configurations;
    return number;
}

/* Begins an item with the lot and the zone or position. */
static void put_lot(struct reporter *r, int32_t demand, int32_t from_stop, int32_t to_stop, int32_t place)
{
    put_begin(r, NULL, "[");
    put_whole(r, NULL, demand);
    put_whole(r, NULL, from_stop);
    put_whole(r, NULL, to_stop);
    put_whole(r, NULL, place);
}

/* [demand, from stop, to stop, zone, passengers, escorts] each */
static void put_seatings(struct reporter *r, const struct load_plan *plan)
{
    put_begin(r, "seatings", "[");
    for (size_t i = 0; i < plan->n_seatings; i++) {
        const struct seating *s = &plan->seating[i];
        put_lot(r, s->demand, s->from_stop, s->to_stop, s->zone);
        put_whole(r, NULL, s->pax);
        put_whole(r, NULL, s->escorts);
        put_end(r, "]");
    }
    put_end(r, "]");
}

/* [demand, from stop, to stop, position, kg] each */
static void put_stowages(struct reporter *r, const struct load_plan *plan)
{
    put_begin(r, "stowages", "[");
    for (size_t i = 0; i < plan->n_stowages; i++) {
        const struct stowage *s = &plan->stowage[i];
        put_lot(r, s->demand, s->from_stop, s->to_stop, s->position);
        put_kilograms(r, NULL, s->mass);
        put_end(r, "]");
    }
    put_end(r, "]");
}

/* [people, kg of them without baggage, kg on positions, zero-fuel kg, centre of gravity] each */
static void put_balances(struct reporter *r, const struct mission *mission)
{
    put_begin(r, "sorties", "[");
    for (size_t s = 0; s + 1 < mission->n_stops; s++) {
        struct sortie_load load = sortie_load_count(r->inst, mission, s, NULL, NULL);
        put_begin(r, NULL, "[");
        put_whole(r, NULL, load.people);
        put_kilograms(r, NULL, load.bodies);
        put_kilograms(r, NULL, load.cargo);
        put_kilograms(r, NULL, load.mass);
        put_real(r, NULL, load.cg);
        put_end(r, "]");
    }
    put_end(r, "]");
}

void put_load(struct reporter *r, const struct mission *mission)
{
    const struct load_plan *plan = mission->load_plan;
    if (plan == NULL || mission_cabin(r->inst, mission) == NULL)
        return;
    put_begin(r, "load", "{");
    put_whole(r, "cabin", cabin_number(r->inst, mission));
    put_whole(r, "proven", plan->proven);
    put_whole(r, "zones", plan->goals.zones);
    put_whole(r, "deviation", plan->goals.deviation);
    put_whole(r, "order", plan->goals.order);
    put_seatings(r, plan);
    put_stowages(r, plan);
    put_balances(r, mission);
    put_end(r, "}");
}
