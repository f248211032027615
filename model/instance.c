#include "model/instance.h"

#include <stdlib.h>
#include <string.h>

void instance_init(struct instance *inst)
{
    memset(inst, 0, sizeof *inst);
}

static void cabin_free(struct cabin *cabin)
{
    if (!cabin)
        return;
    for (size_t i = 0; i < cabin->n_zones; i++)
        free(cabin->zone[i].id);
    for (size_t i = 0; i < cabin->n_positions; i++)
        free(cabin->position[i].id);
    free(cabin->zone);
    free(cabin->position);
    free(cabin);
}

static void type_release(struct aircraft_type *type)
{
    for (size_t i = 0; i < type->n_configurations; i++) {
        free(type->configuration[i].id);
        cabin_free(type->configuration[i].cabin);
    }
    free(type->configuration);
    free(type->range);
    free(type->id);
    free(type->name);
}

static void airfield_release(struct airfield *field)
{
    free(field->id);
    free(field->name);
    free(field->country);
    free(field->time_zone);
    free(field->open);
}

static void limit_release(struct limit *limit)
{
    free(limit->id);
    free(limit->airfields);
    free(limit->cap);
    free(limit->clear);
}

void instance_release(struct instance *inst)
{
    for (size_t i = 0; i < inst->n_airfields; i++)
        airfield_release(&inst->airfield[i]);
    for (size_t i = 0; i < inst->n_types; i++)
        type_release(&inst->type[i]);
    for (size_t i = 0; i < inst->n_airframes; i++) {
        free(inst->airframe[i].id);
        free(inst->airframe[i].end_at);
    }
    for (size_t i = 0; i < inst->n_crews; i++) {
        free(inst->crew[i].id);
        free(inst->crew[i].types);
        free(inst->crew[i].end_at);
        free(inst->crew[i].recent);
    }
    for (size_t i = 0; i < inst->n_demands; i++)
        free(inst->demand[i].id);
    for (size_t i = 0; i < inst->n_limits; i++)
        limit_release(&inst->limit[i]);
    for (size_t i = 0; i < inst->n_categories; i++)
        free(inst->category[i]);
    free(inst->airfield);
    free(inst->type);
    free(inst->leg);
    free(inst->airframe);
    free(inst->crew);
    free(inst->demand);
    free(inst->limit);
    free(inst->category);
    free(inst->rules.rolling);
    free(inst->rules.apart);
    free(inst->rules.zones_apart);
    free(inst->name);
    free(inst->currency);
    schedule_release(&inst->committed);
    instance_init(inst);
}

int64_t demand_escorts(const struct demand *demand, int64_t pax)
{
    return demand->escort_per > 0 ? (pax + demand->escort_per - 1) / demand->escort_per : 0;
}

/* Share of the freight that goes with `pax` passengers, rounded up. */
static gram_t freight_share(const struct demand *demand, int64_t pax)
{
    __extension__ typedef __int128 wide;
    return demand->freight > 0 ? (gram_t)(((wide)demand->freight * pax + demand->pax - 1) / demand->pax) : 0;
}

gram_t demand_mass(const struct demand *demand, int64_t pax)
{
    return pax * demand->pax_mass + freight_share(demand, pax) + demand_escorts(demand, pax) * demand->escort_mass;
}

gram_t demand_cargo(const struct demand *demand, int64_t pax)
{
    return pax * demand->pax_baggage + freight_share(demand, pax) +
           demand_escorts(demand, pax) * demand->escort_baggage;
}

bool demands_apart(const struct instance *inst, int32_t a, int32_t b)
{
    int32_t x = inst->demand[a].category, y = inst->demand[b].category;
    return a != b && x >= 0 && y >= 0 && inst->rules.apart[(size_t)x * inst->n_categories + (size_t)y];
}
