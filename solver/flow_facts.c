#include "solver/flow_facts.h"

#include <math.h>
#include <stdlib.h>

#include "solver/column.h"
#include "solver/load.h"
#include "solver/stretch.h"

double flow_hours(sec_t s)
{
    return (double)s / 3600.0;
}

/* The shortest stretch that the leg is part of: at a field without fuel it goes on, or has come from elsewhere. */
mnm_t flow_stretch(const struct instance *inst, int32_t type, int32_t from, int32_t to)
{
    mnm_t before = 0, after = 0;
    if (!begins_full(inst, type, from))
        before = SEC_LATEST / 4;
    if (!may_stay(inst, type, to))
        after = SEC_LATEST / 4;
    for (int32_t i = 0; i < (int32_t)inst->n_airfields; i++) {
        before = leg_in_range(inst, type, i, from) ? smaller(before, instance_leg(inst, type, i, from)->nm) : before;
        after = leg_in_range(inst, type, to, i) ? smaller(after, instance_leg(inst, type, to, i)->nm) : after;
    }
    return before + instance_leg(inst, type, from, to)->nm + after;
}

bool flow_flown(const struct instance *inst, int32_t type, int32_t from, int32_t to)
{
    return leg_in_range(inst, type, from, to) && flow_stretch(inst, type, from, to) <= inst->type[type].range[0].range;
}

double flow_airframes(const struct instance *inst, int32_t type)
{
    double sum = 0;
    for (size_t a = 0; a < inst->n_airframes; a++)
        sum += inst->airframe[a].type == type;
    return sum;
}

sec_t flow_longest_duty(const struct instance *inst, int32_t type)
{
    sec_t longest = 0;
    for (size_t c = 0; c < inst->n_crews; c++) {
        sec_t fdp = crew_flies(&inst->crew[c], type) ? inst->type[type].fdp[inst->crew[c].kind] : 0;
        longest = larger(longest, fdp - inst->rules.show);
    }
    return longest;
}

sec_t flow_longest_block(const struct instance *inst, int32_t type)
{
    sec_t longest = 0;
    for (int32_t i = 0; i < (int32_t)inst->n_airfields; i++)
        for (int32_t j = 0; j < (int32_t)inst->n_airfields; j++)
            longest = flow_flown(inst, type, i, j) ? larger(longest, instance_leg(inst, type, i, j)->block) : longest;
    return longest;
}

/* From an airfield. */
sec_t flow_shortest_block_of(const struct instance *inst, int32_t type, int32_t from)
{
    sec_t shortest = SEC_LATEST / 4;
    for (int32_t j = 0; j < (int32_t)inst->n_airfields; j++)
        shortest =
            flow_flown(inst, type, from, j) ? smaller(shortest, instance_leg(inst, type, from, j)->block) : shortest;
    return shortest;
}

sec_t flow_shortest_block(const struct instance *inst, int32_t from)
{
    sec_t shortest = SEC_LATEST / 4;
    for (int32_t t = 0; t < (int32_t)inst->n_types; t++)
        shortest = smaller(shortest, flow_shortest_block_of(inst, t, from));
    return shortest;
}

sec_t flow_ground(const struct aircraft_type *type)
{
    return smaller(least_stop(type), type->turn);
}

/* Seconds in which an airframe may load and be under way. Who is picked up before the horizon begins is loaded then. */
sec_t flow_available(const struct instance *inst, const struct airframe *a)
{
    sec_t from = 0;
    for (size_t d = 0; d < inst->n_demands; d++)
        from = smaller(from, inst->demand[d].pickup.from);
    from = larger(a->from, larger(from, -inst->type[a->type].ground[GROUND_ONLOAD]));
    return larger(0, smaller(a->until, inst->end) - from);
}

/* Seconds from the first show of a crew to the end of its last rest, of duties with a block-in before `until`. */
sec_t flow_on_watch(const struct instance *inst, int32_t crew, sec_t until)
{
    const struct rules *rules = &inst->rules;
    sec_t from = larger(-rules->show, crew_from(inst, crew));
    sec_t last = smaller(smaller(inst->end, until), inst->crew[crew].until - rules->post_flight);
    return last <= from + rules->show ? 0 : last + rules->post_flight + rules->rest - from;
}

/* Earliest block-in anywhere and at its destination of who is picked up as soon as may be. */
sec_t flow_first_take_off(const struct instance *inst, const struct demand *d)
{
    sec_t onload = SEC_LATEST;
    for (size_t t = 0; t < inst->n_types; t++)
        onload = smaller(onload, inst->type[t].ground[GROUND_ONLOAD]);
    return larger(0, d->pickup.from + onload);
}

/* Where caps begin and end inside the horizon, in order; NULL: out of memory. */
sec_t *flow_ends_of_caps(const struct instance *inst, int32_t *n)
{
    size_t most = 0, count = 0;
    for (size_t l = 0; l < inst->n_limits; l++)
        most += 2 * inst->limit[l].n_caps;
    sec_t *end = malloc((most + 1) * sizeof *end);
    if (!end)
        return NULL;
    for (size_t l = 0; l < inst->n_limits; l++)
        for (size_t c = 0; c < inst->limit[l].n_caps; c++) {
            const sec_t both[] = {inst->limit[l].cap[c].from, inst->limit[l].cap[c].until};
            for (int i = 0; i < 2; i++)
                if (both[i] > 0 && both[i] <= inst->end)
                    end[count++] = both[i];
        }
    qsort(end, count, sizeof *end, instant_order);
    *n = 0;
    for (size_t i = 0; i < count; i++)
        if (i == 0 || end[i] != end[i - 1])
            end[(*n)++] = end[i];
    return end;
}

/* Some cap counts passengers there, so that unloading may wait for its end. */
bool flow_counts_pax(const struct instance *inst, int32_t airfield)
{
    for (size_t l = 0; l < inst->n_limits; l++)
        for (size_t c = 0; c < inst->limit[l].n_caps && in_limit(&inst->limit[l], airfield); c++)
            if (inst->limit[l].cap[c].pax >= 0)
                return true;
    return false;
}

/* Passengers of a demand that one flight of the type holds. */
double flow_held(const struct instance *inst, int32_t type, const struct demand *d)
{
    return fmin(d->pax, floor(seats_of(&inst->type[type]) / seats_each(d) + 1e-9));
}
