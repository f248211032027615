#include "solver/column.h"

#include <stdlib.h>
#include <string.h>

bool may_end_at(bool anywhere, const int32_t *end_at, size_t n, int32_t airfield)
{
    for (size_t i = 0; i < n && !anywhere; i++)
        anywhere = end_at[i] == airfield;
    return anywhere;
}

bool in_limit(const struct limit *limit, int32_t airfield)
{
    return may_end_at(false, limit->airfields, limit->n_airfields, airfield);
}

bool cap_counts(const struct cap *cap, sec_t at)
{
    return cap->from <= at && at < cap->until;
}

bool crew_flies(const struct crew *crew, int32_t type)
{
    for (size_t i = 0; i < crew->n_types; i++)
        if (crew->types[i] == type)
            return true;
    return false;
}

static bool same_ends(bool any_a, const int32_t *a, size_t na, bool any_b, const int32_t *b, size_t nb)
{
    return any_a == any_b && na == nb && (na == 0 || memcmp(a, b, na * sizeof *a) == 0);
}

static bool airframe_committed(const struct instance *inst, int32_t a)
{
    for (size_t i = 0; i < inst->committed.n_missions; i++)
        if (inst->committed.mission[i].airframe == a)
            return true;
    return false;
}

static bool crew_committed(const struct instance *inst, int32_t c)
{
    for (size_t i = 0; i < inst->committed.n_missions; i++)
        if (inst->committed.mission[i].crew == c)
            return true;
    return false;
}

sec_t airframe_from(const struct instance *inst, int32_t airframe)
{
    return inst->airframe[airframe].from;
}

sec_t crew_from(const struct instance *inst, int32_t crew)
{
    const struct crew *c = &inst->crew[crew];
    sec_t rested = c->last_duty_end == SEC_NONE ? SEC_EARLIEST : c->last_duty_end + inst->rules.rest;
    return c->from > rested ? c->from : rested;
}

sec_t recent_block(const struct crew *crew, sec_t window, sec_t at)
{
    sec_t sum = 0;
    for (size_t i = 0; i < crew->n_recent; i++)
        if (crew->recent[i].block_in <= at && at < crew->recent[i].block_in + window)
            sum += crew->recent[i].block;
    return sum;
}

int instant_order(const void *a, const void *b)
{
    sec_t x = *(const sec_t *)a, y = *(const sec_t *)b;
    return (x > y) - (x < y);
}

static bool airframes_alike(const struct instance *inst, int32_t i, int32_t j)
{
    const struct airframe *a = &inst->airframe[i], *b = &inst->airframe[j];
    bool same_place = a->at == b->at && a->from == b->from;
    bool stay = may_end_at(a->end_anywhere, a->end_at, a->n_end_at, a->at) &&
                may_end_at(b->end_anywhere, b->end_at, b->n_end_at, b->at);
    return a->type == b->type && a->until == b->until && a->flight_limit < 0 && b->flight_limit < 0 &&
           (same_place || stay) && !airframe_committed(inst, i) && !airframe_committed(inst, j) &&
           same_ends(a->end_anywhere, a->end_at, a->n_end_at, b->end_anywhere, b->end_at, b->n_end_at);
}

static bool crews_alike(const struct instance *inst, int32_t i, int32_t j)
{
    const struct crew *a = &inst->crew[i], *b = &inst->crew[j];
    bool same_place = a->at == b->at && crew_from(inst, i) == crew_from(inst, j);
    bool stay = may_end_at(a->end_anywhere, a->end_at, a->n_end_at, a->at) &&
                may_end_at(b->end_anywhere, b->end_at, b->n_end_at, b->at);
    return a->kind == b->kind && a->until == b->until && (same_place || stay) && !crew_committed(inst, i) &&
           !crew_committed(inst, j) && same_ends(false, a->types, a->n_types, false, b->types, b->n_types) &&
           same_ends(a->end_anywhere, a->end_at, a->n_end_at, b->end_anywhere, b->end_at, b->n_end_at);
}

/* Puts 0 .. n-1 into groups by `alike`; of[i] is the group of i. */
static bool gather(const struct instance *inst, size_t n, bool single,
                   bool (*alike)(const struct instance *, int32_t, int32_t),
                   sec_t (*from)(const struct instance *, int32_t), struct group **group, size_t *n_groups,
                   int32_t **of)
{
    *n_groups = 0;
    *group = calloc(n ? n : 1, sizeof **group);
    *of = calloc(n ? n : 1, sizeof **of);
    if (!*group || !*of)
        return false;
    for (size_t i = 0; i < n; i++) {
        size_t g = 0;
        while (g < *n_groups && (single || !alike(inst, (*group)[g].member[0], (int32_t)i)))
            g++;
        struct group *home = &(*group)[g];
        if (g == *n_groups) {
            home->member = calloc(n, sizeof *home->member);
            if (!home->member)
                return false;
            home->from = SEC_LATEST;
            (*n_groups)++;
        }
        sec_t first = from(inst, (int32_t)i);
        home->from = first < home->from ? first : home->from;
        home->member[home->n_members++] = (int32_t)i;
        (*of)[i] = (int32_t)g;
    }
    return true;
}

bool groups_init(struct groups *groups, const struct instance *inst, bool single)
{
    memset(groups, 0, sizeof *groups);
    if (gather(inst, inst->n_airframes, single, airframes_alike, airframe_from, &groups->airframe, &groups->n_airframe,
               &groups->airframe_group) &&
        gather(inst, inst->n_crews, single, crews_alike, crew_from, &groups->crew, &groups->n_crew,
               &groups->crew_group))
        return true;
    groups_release(groups);
    return false;
}

void groups_release(struct groups *groups)
{
    for (size_t i = 0; i < groups->n_airframe; i++)
        free(groups->airframe[i].member);
    for (size_t i = 0; i < groups->n_crew; i++)
        free(groups->crew[i].member);
    free(groups->airframe);
    free(groups->crew);
    free(groups->airframe_group);
    free(groups->crew_group);
    memset(groups, 0, sizeof *groups);
}

bool first_of_demand(const struct mission *mission, size_t r)
{
    for (size_t k = 0; k < r; k++)
        if (mission->ride[k].demand == mission->ride[r].demand)
            return false;
    return true;
}

int32_t mission_moves(const struct mission *mission, int32_t demand)
{
    int32_t pax = 0;
    for (size_t r = 0; r < mission->n_rides; r++)
        if (mission->ride[r].demand == demand)
            pax += mission->ride[r].pax;
    return pax;
}

static cent_t delay_cost(const struct instance *inst, const struct mission *m)
{
    cent_t sum = 0;
    for (size_t r = 0; r < m->n_rides; r++) {
        int32_t d = m->ride[r].demand;
        if (!first_of_demand(m, r))
            continue;
        int64_t pax_seconds = 0;
        for (size_t k = r; k < m->n_rides; k++)
            if (m->ride[k].demand == d)
                pax_seconds +=
                    m->ride[k].pax * (m->stop[m->ride[k].to_stop].handling_start - inst->demand[d].pickup.from);
        sum += muldiv_half_up(pax_seconds, inst->demand[d].delay_cost, 3600);
    }
    return sum;
}

bool mission_loads_first(const struct mission *mission)
{
    bool loads = false;
    for (size_t r = 0; r < mission->n_rides; r++)
        loads = loads || mission->ride[r].from_stop == 0;
    return loads;
}

void column_finish(struct column *col, const struct instance *inst)
{
    const struct mission *m = &col->mission;
    const struct aircraft_type *type = &inst->type[col->type];
    size_t n = m->n_stops - 1;
    col->cost = type->cost_per_mission + delay_cost(inst, m);
    for (size_t i = 0; i < n; i++) {
        const struct leg *leg = instance_leg(inst, col->type, m->stop[i].airfield, m->stop[i + 1].airfield);
        col->cost += leg->cost + leg->fee;
    }
    const struct stop *last = &m->stop[n];
    sec_t on_ground = last->handling_end - last->arrival;
    col->begin = mission_loads_first(m) ? m->stop[0].handling_start : m->stop[0].departure;
    col->ready = last->arrival + (on_ground > type->turn ? on_ground : type->turn);
    col->show = m->stop[0].departure - inst->rules.show;
    col->crew_ready = last->arrival + inst->rules.post_flight + inst->rules.rest;
}

bool column_from(struct column *col, const struct instance *inst, const struct groups *groups,
                 const struct mission *mission)
{
    *col = (struct column){.airframe_group = groups->airframe_group[mission->airframe],
                           .crew_group = groups->crew_group[mission->crew],
                           .type = inst->airframe[mission->airframe].type};
    if (!mission_copy(&col->mission, mission))
        return false;
    col->mission.airframe = groups->airframe[col->airframe_group].member[0];
    col->mission.crew = groups->crew[col->crew_group].member[0];
    column_finish(col, inst);
    return true;
}
