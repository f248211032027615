#include "solver/flow_facts.h"

#include <math.h>
#include <stdlib.h>

#include "solver/column.h"
#include "solver/load.h"

double flow_hours(sec_t s)
{
    return (double)s / 3600.0;
}

/* By its own length. */
static bool in_range(const struct instance *inst, int32_t type, int32_t from, int32_t to)
{
    const struct leg *leg = instance_leg(inst, type, from, to);
    const struct aircraft_type *y = &inst->type[type];
    return leg->block > 0 && leg->nm <= y->range[0].range && inst->airfield[from].runway_ft >= y->runway_ft &&
           inst->airfield[to].runway_ft >= y->runway_ft;
}

/* Some airframe of the type is there at first, or may be there in the end. */
static bool at_rest(const struct instance *inst, int32_t type, int32_t airfield)
{
    for (size_t a = 0; a < inst->n_airframes; a++) {
        const struct airframe *k = &inst->airframe[a];
        if (k->type == type && (k->at == airfield || may_end_at(k->end_anywhere, k->end_at, k->n_end_at, airfield)))
            return true;
    }
    return false;
}

/* The shortest stretch that the leg is part of: at a field without fuel it goes on, or has come from elsewhere. */
mnm_t flow_stretch(const struct instance *inst, int32_t type, int32_t from, int32_t to)
{
    mnm_t before = 0, after = 0;
    if (!inst->airfield[from].has_fuel && !at_rest(inst, type, from))
        before = SEC_LATEST / 4;
    if (!inst->airfield[to].has_fuel && !at_rest(inst, type, to))
        after = SEC_LATEST / 4;
    for (int32_t i = 0; i < (int32_t)inst->n_airfields; i++) {
        before = in_range(inst, type, i, from) ? smaller(before, instance_leg(inst, type, i, from)->nm) : before;
        after = in_range(inst, type, to, i) ? smaller(after, instance_leg(inst, type, to, i)->nm) : after;
    }
    return before + instance_leg(inst, type, from, to)->nm + after;
}

bool flow_flown(const struct instance *inst, int32_t type, int32_t from, int32_t to)
{
    return in_range(inst, type, from, to) && flow_stretch(inst, type, from, to) <= inst->type[type].range[0].range;
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

/* Some instant of [from, until) is in the opening hours of the airfield. */
bool flow_opens(const struct airfield *airfield, sec_t from, sec_t until)
{
    for (size_t i = 0; i < airfield->n_open && !airfield->always_open; i++)
        if (airfield->open[i].from < until && airfield->open[i].until >= from)
            return true;
    return airfield->always_open;
}

bool flow_cleared(const struct instance *inst, int32_t airfield, sec_t from, sec_t until)
{
    for (size_t l = 0; l < inst->n_limits; l++) {
        const struct limit *limit = &inst->limit[l];
        bool any = !limit->needs_clearance || !in_limit(limit, airfield);
        for (size_t i = 0; i < limit->n_clear && !any; i++)
            any = limit->clear[i].from < until && limit->clear[i].until >= from;
        if (!any)
            return false;
    }
    return true;
}

static int compare_instants(const void *a, const void *b)
{
    sec_t x = *(const sec_t *)a, y = *(const sec_t *)b;
    return (x > y) - (x < y);
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
    qsort(end, count, sizeof *end, compare_instants);
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

/* What is left of a rolling limit of a crew at an instant. */
sec_t flow_left_at(const struct crew *crew, const struct rolling_limit *rolling, sec_t at)
{
    sec_t left = rolling->most;
    for (size_t i = 0; i < crew->n_recent; i++)
        if (crew->recent[i].block_in <= at && at < crew->recent[i].block_in + rolling->window)
            left -= crew->recent[i].block;
    return larger(0, left);
}

/* Passengers of a demand that one flight of the type holds. */
double flow_held(const struct instance *inst, int32_t type, const struct demand *d)
{
    const struct aircraft_type *y = &inst->type[type];
    double seats = y->configuration[most_seats(y)].seats;
    return fmin(d->pax, floor(seats / seats_each(d) + 1e-9));
}
