/* What a mission takes of what all missions share. */
#include "program/building.h"

static const struct leg *leg_of(const struct building *b, const struct route *r, int32_t i)
{
    return instance_leg(b->inst, r->type, r->stop[i].airfield, r->stop[i + 1].airfield);
}

static void take(struct building *b, struct chain_key key, sec_t from, sec_t until, int32_t column, int64_t amount)
{
    if (from >= until)
        return;
    building_change(b, key, from, column, amount);
    building_change(b, key, until, column, -amount);
}

/* The row of a cap, made when it is first needed. */
static int32_t cap_row(struct building *b, int32_t *row, size_t limit, size_t cap, int64_t most, const char *what)
{
    if (*row < 0)
        *row = program_add_row(b->program, PROGRAM_AT_MOST, most, "%s_%zu_%zu_%s", what, limit, cap,
                               b->inst->limit[limit].id);
    return *row;
}

void building_present(struct building *b, const struct route *route, int32_t column, bool loads_first)
{
    const struct instance *inst = b->inst;
    int64_t units = inst->type[route->type].mog_units;
    for (int32_t s = 0; s <= route->n; s++) {
        const struct stop *stop = &route->stop[s];
        sec_t from = s > 0 ? stop->arrival : loads_first ? stop->handling_start : stop->departure;
        if (parking_may_bind(inst, stop->airfield))
            take(b, (struct chain_key){CHAIN_PARKING, stop->airfield, 0, {0, 0}}, from,
                 s < route->n ? stop->departure : stop->handling_end, column, units);
        size_t k = 0;
        for (size_t l = 0; l < inst->n_limits; l++)
            for (size_t c = 0; c < inst->limit[l].n_caps; c++, k++) {
                const struct cap *cap = &inst->limit[l].cap[c];
                if (s > 0 && cap->arrivals >= 0 && at_limit(&inst->limit[l], stop->airfield) &&
                    cap->from <= stop->arrival && stop->arrival < cap->until)
                    program_add_entry(b->program, cap_row(b, &b->arrivals_row[k], l, c, cap->arrivals, "arrivals"),
                                      column, 1);
            }
    }
}

static sec_t begin_of(const struct route *r)
{
    return r->stop[0].handling_start; /* the departure, where nothing is handled */
}

static sec_t ready_of(const struct building *b, const struct route *r)
{
    const struct stop *last = &r->stop[r->n];
    sec_t ground = last->handling_end - last->arrival, turn = b->inst->type[r->type].turn;
    return last->arrival + (ground > turn ? ground : turn);
}

void building_airframe(struct building *b, const struct route *route, int32_t group, int32_t column)
{
    struct program *p = b->program;
    const struct airframe *a = &b->inst->airframe[b->groups.airframe[group].member[0]];
    building_change(b, (struct chain_key){CHAIN_AIRFRAMES, group, route->stop[0].airfield, route->from},
                    begin_of(route), column, 1);
    building_change(b, (struct chain_key){CHAIN_AIRFRAMES, group, route->stop[route->n].airfield, route->to},
                    ready_of(b, route), column, -1);
    if (a->flight_limit < 0)
        return;
    int64_t block = 0;
    for (int32_t i = 0; i < route->n; i++)
        block += leg_of(b, route, i)->block;
    if (b->inspection_row[group] < 0)
        b->inspection_row[group] =
            program_add_row(p, PROGRAM_AT_MOST, a->flight_limit, "inspection_%d_%s", group, a->id);
    program_add_entry(p, b->inspection_row[group], column, block);
}

void building_crew(struct building *b, const struct route *route, int32_t group, int32_t column)
{
    const struct rules *rules = &b->inst->rules;
    sec_t off = route->stop[route->n].arrival + rules->post_flight;
    building_change(b, (struct chain_key){CHAIN_CREWS, group, route->stop[0].airfield, {0, 0}},
                    route->stop[0].departure - rules->show, column, 1);
    building_change(b, (struct chain_key){CHAIN_CREWS, group, route->stop[route->n].airfield, {0, 0}},
                    off + rules->rest, column, -1);
    for (int32_t k = 0; k < (int32_t)rules->n_rolling; k++)
        for (int32_t i = 0; i < route->n && rolling_may_bind(b->inst, (size_t)k); i++) {
            sec_t in = route->stop[i + 1].arrival;
            take(b, (struct chain_key){CHAIN_HOURS, group, k, {0, 0}}, in, in + rules->rolling[k].window, column,
                 leg_of(b, route, i)->block);
        }
}

void building_ride(struct building *b, const struct route *route, const struct ride *ride, int32_t column, int64_t pax)
{
    const struct instance *inst = b->inst;
    const struct stop *to = &route->stop[ride->to_stop];
    program_add_entry(b->program, b->demand_row[ride->demand], column, pax);
    size_t k = 0;
    for (size_t l = 0; l < inst->n_limits; l++)
        for (size_t c = 0; c < inst->limit[l].n_caps; c++, k++) {
            const struct cap *cap = &inst->limit[l].cap[c];
            if (pax_cap_may_bind(inst, &inst->limit[l], cap) && at_limit(&inst->limit[l], to->airfield) &&
                cap->from <= to->handling_start && to->handling_start < cap->until)
                program_add_entry(b->program, cap_row(b, &b->pax_row[k], l, c, cap->pax, "pax"), column, pax);
        }
}

bool building_airframe_may(const struct building *b, const struct route *route, int32_t group)
{
    const struct airframe *a = &b->inst->airframe[b->groups.airframe[group].member[0]];
    return a->type == route->type && route->stop[route->n].handling_end <= a->until &&
           begin_of(route) >= b->groups.airframe[group].from;
}

bool building_crew_may(const struct building *b, const struct route *route, int32_t group)
{
    const struct rules *rules = &b->inst->rules;
    const struct crew *c = &b->inst->crew[b->groups.crew[group].member[0]];
    sec_t show = route->stop[0].departure - rules->show, in = route->stop[route->n].arrival;
    return crew_flies(c, route->type) && in - show <= b->inst->type[route->type].fdp[c->kind] &&
           b->inst->type[route->type].fdp[c->kind] > 0 && in + rules->post_flight <= c->until &&
           show >= b->groups.crew[group].from;
}
