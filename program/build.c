#include "program/build.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "check/check.h"
#include "program/building.h"

/* Whether an airframe that lands without fuel may fly on, or a crew's hours roll: then no two can stand in for each
 * other. */
static bool needs_single(const struct instance *inst)
{
    for (size_t f = 0; f < inst->n_airfields; f++)
        if (!inst->airfield[f].has_fuel)
            return true;
    for (size_t k = 0; k < inst->rules.n_rolling; k++)
        if (rolling_may_bind(inst, k))
            return true;
    return false;
}

static const struct program_column nothing = {
    .route = -1, .copy = -1, .group = -1, .demand = -1, .load_stop = -1, .unload_stop = -1};

static void add_demands(struct building *b)
{
    for (int32_t d = 0; d < (int32_t)b->inst->n_demands; d++) {
        const struct demand *demand = &b->inst->demand[d];
        struct program_column left = nothing;
        left.kind = COLUMN_LEFT;
        left.demand = d;
        left.upper = demand->pax;
        left.cost = demand->penalty;
        b->demand_row[d] = program_add_row(b->program, PROGRAM_EQUAL, demand->pax, "demand_%d_%s", d, demand->id);
        program_add_entry(b->program, b->demand_row[d],
                          program_add_column(b->program, left, "left_%d_%s", d, demand->id), 1);
    }
}

/* Members stand where they are at first from the instant they come in; where they may not end there, those do that fly
 * at all. */
static void add_members(struct building *b, bool airframes)
{
    const struct instance *inst = b->inst;
    for (int32_t g = 0; g < (int32_t)(airframes ? b->groups.n_airframe : b->groups.n_crew); g++) {
        const struct group *group = airframes ? &b->groups.airframe[g] : &b->groups.crew[g];
        int32_t first = group->member[0], used = -1;
        const struct airframe *a = &inst->airframe[airframes ? first : 0];
        const struct crew *c = &inst->crew[airframes ? 0 : first];
        bool stays = airframes ? may_end_at(a->end_anywhere, a->end_at, a->n_end_at, a->at)
                               : may_end_at(c->end_anywhere, c->end_at, c->n_end_at, c->at);
        if (!stays) {
            struct program_column column = nothing;
            column.kind = COLUMN_USED;
            column.group = g;
            column.upper = (int64_t)group->n_members;
            column.integer = true;
            used = program_add_column(b->program, column, "used_%s_g%d_%s", airframes ? "airframes" : "crews", g,
                                      airframes ? a->id : c->id);
        }
        for (size_t i = 0; i < group->n_members; i++) {
            int32_t k = group->member[i];
            struct chain_key key = {airframes ? CHAIN_AIRFRAMES : CHAIN_CREWS,
                                    g,
                                    airframes ? inst->airframe[k].at : inst->crew[k].at,
                                    {0, 0}};
            sec_t from = airframes ? airframe_from(inst, k) : crew_from(inst, k);
            if (stays || i == 0)
                building_change(b, key, from, used, -1);
        }
    }
}

static void add_parking(struct building *b)
{
    for (int32_t f = 0; f < (int32_t)b->inst->n_airfields; f++)
        if (parking_may_bind(b->inst, f))
            building_change(b, (struct chain_key){CHAIN_PARKING, f, 0, {0, 0}}, SEC_EARLIEST, -1,
                            -(int64_t)b->inst->airfield[f].mog);
}

static sec_t recent_hours(const struct crew *c, sec_t window, sec_t at)
{
    sec_t sum = 0;
    for (size_t i = 0; i < c->n_recent; i++)
        if (c->recent[i].block_in <= at && at < c->recent[i].block_in + window)
            sum += c->recent[i].block;
    return sum;
}

/* What a crew's recent flights leave of a rolling limit: nothing where they alone exceed it. */
static void add_hours(struct building *b)
{
    const struct rules *rules = &b->inst->rules;
    for (int32_t g = 0; g < (int32_t)b->groups.n_crew; g++) {
        const struct crew *c = &b->inst->crew[b->groups.crew[g].member[0]];
        for (int32_t k = 0; k < (int32_t)rules->n_rolling; k++) {
            if (!rolling_may_bind(b->inst, (size_t)k))
                continue;
            struct chain_key key = {CHAIN_HOURS, g, k, {0, 0}};
            const struct rolling_limit *limit = &rules->rolling[k];
            building_change(b, key, SEC_EARLIEST, -1, -limit->most);
            for (size_t i = 0; i < 2 * c->n_recent; i++) {
                sec_t at = c->recent[i / 2].block_in + (i % 2 ? limit->window : 0);
                bool known = false; /* an instant at which several change counts once */
                for (size_t j = 0; j < i; j++)
                    known = known || c->recent[j / 2].block_in + (j % 2 ? limit->window : 0) == at;
                if (known)
                    continue;
                sec_t before = limit->most - recent_hours(c, limit->window, at - 1);
                sec_t after = limit->most - recent_hours(c, limit->window, at);
                building_change(b, key, at, -1, (before > 0 ? before : 0) - (after > 0 ? after : 0));
            }
        }
    }
}

/* --- commitments
 * ------------------------------------------------------------------------------------------------------- */

struct commitment {
    struct building *b;
    int32_t number, row;
    const struct mission *mission;
};

static gram_t payload_on(const struct instance *inst, const struct mission *m, int32_t i)
{
    gram_t sum = 0;
    for (size_t d = 0; d < inst->n_demands; d++) {
        int64_t pax = 0;
        for (size_t r = 0; r < m->n_rides; r++)
            if (m->ride[r].demand == (int32_t)d && m->ride[r].from_stop <= i && i < m->ride[r].to_stop)
                pax += m->ride[r].pax;
        sum += demand_mass(&inst->demand[d], pax);
    }
    return sum;
}

/* One column for each state its tanks may begin and end in. */
static bool take_commitment(void *context, const struct route *route)
{
    struct commitment *c = context;
    struct building *b = c->b;
    const struct mission *m = c->mission;
    for (int32_t i = 0; i < route->n; i++)
        if (payload_on(b->inst, m, i) > route->carries[i])
            return true;
    int32_t airframe = b->groups.airframe_group[m->airframe], crew = b->groups.crew_group[m->crew];
    if (!building_airframe_may(b, route, airframe) || !building_crew_may(b, route, crew))
        return true;
    struct column whole = {.type = route->type, .mission = *m};
    column_finish(&whole, b->inst);
    struct program_column column = nothing;
    column.kind = COLUMN_COMMITTED;
    column.copy = c->number;
    column.upper = 1;
    column.integer = true;
    column.cost = whole.cost;
    int32_t j = program_add_column(b->program, column, "committed_%d_%zu_%s", c->number, b->program->n_columns,
                                   b->inst->airframe[m->airframe].id);
    program_add_entry(b->program, c->row, j, 1);
    building_present(b, route, j, whole.begin < m->stop[0].departure);
    building_airframe(b, route, airframe, j);
    building_crew(b, route, crew, j);
    for (size_t r = 0; r < m->n_rides; r++)
        building_ride(b, route, &m->ride[r], j, m->ride[r].pax);
    return true;
}

static bool add_commitments(struct building *b, struct error *err)
{
    const struct schedule *committed = &b->inst->committed;
    for (size_t i = 0; i < committed->n_missions; i++) {
        size_t before = b->program->n_columns;
        struct commitment c = {.b = b, .number = (int32_t)i, .mission = &committed->mission[i]};
        c.row = program_add_row(b->program, PROGRAM_EQUAL, 1, "committed_%zu", i);
        enum routes_result result = route_tanks(b->inst, c.mission, take_commitment, &c);
        if (result == ROUTES_NO_MEMORY)
            return error_set(err, ERR_MEMORY, "out of memory");
        if (result == ROUTES_TOO_MANY)
            return error_set(err, ERR_NO_ANSWER, "the program is too large: committed mission %zu has too many stops",
                             i + 1);
        if (b->program->n_columns == before)
            return error_set(err, ERR_NO_ANSWER, "no plan possible: committed mission %zu cannot be flown", i + 1);
    }
    return true;
}

/* Commitments that break a rule which the rows do not say are beyond repair. */
static bool commitments_sound(const struct instance *inst, struct error *err)
{
    struct verdict verdict;
    if (!check_schedule(inst, &inst->committed, &verdict, err))
        return false;
    const struct breach *found = NULL;
    for (size_t i = 0; i < verdict.n_breaches && !found; i++) {
        int rule = verdict.breach[i].rule;
        if (rule != 1 && rule != 5 && rule != 6 && rule != 11) /* the flag of a commitment is not set in the instance */
            found = &verdict.breach[i];
    }
    if (found)
        error_set(err, ERR_NO_ANSWER, "no plan possible: %s", found->text);
    verdict_release(&verdict);
    return !found;
}

/* --- the whole
 * --------------------------------------------------------------------------------------------------------- */

static bool take_route(void *context, const struct route *route)
{
    struct building *b = context;
    building_route(b, route);
    return !b->program->failed && (int64_t)b->program->n_columns <= b->most_columns;
}

static bool building_init(struct building *b)
{
    const struct instance *inst = b->inst;
    size_t caps = 0;
    for (size_t l = 0; l < inst->n_limits; l++)
        caps += inst->limit[l].n_caps;
    if (!groups_init(&b->groups, inst, b->program->single))
        return false;
    b->demand_row = calloc(inst->n_demands + 1, sizeof *b->demand_row);
    b->arrivals_row = malloc((caps + 1) * sizeof *b->arrivals_row);
    b->pax_row = malloc((caps + 1) * sizeof *b->pax_row);
    b->inspection_row = malloc((b->groups.n_airframe + 1) * sizeof *b->inspection_row);
    if (!b->demand_row || !b->arrivals_row || !b->pax_row || !b->inspection_row)
        return false;
    memset(b->arrivals_row, -1, (caps + 1) * sizeof *b->arrivals_row);
    memset(b->pax_row, -1, (caps + 1) * sizeof *b->pax_row);
    memset(b->inspection_row, -1, (b->groups.n_airframe + 1) * sizeof *b->inspection_row);
    return true;
}

static void building_release(struct building *b)
{
    groups_release(&b->groups);
    free(b->change);
    free(b->demand_row);
    free(b->arrivals_row);
    free(b->pax_row);
    free(b->inspection_row);
}

static bool build(struct building *b, struct error *err)
{
    struct program *p = b->program;
    if (!building_init(b))
        return error_set(err, ERR_MEMORY, "out of memory");
    add_demands(b);
    add_members(b, true);
    add_members(b, false);
    add_parking(b);
    add_hours(b);
    if (!add_commitments(b, err))
        return false;
    enum routes_result result = routes_make(b->inst, take_route, b);
    if (result == ROUTES_TOO_MANY)
        return error_set(err, ERR_NO_ANSWER,
                         "the program is too large: stops, handling times or states of tanks are "
                         "too many after %zu columns",
                         p->n_columns);
    if (result != ROUTES_NO_MEMORY && !p->failed && (int64_t)p->n_columns <= b->most_columns)
        building_chains(b);
    if (result == ROUTES_NO_MEMORY || p->failed)
        return error_set(err, ERR_MEMORY, "out of memory");
    if ((int64_t)p->n_columns > b->most_columns)
        return error_set(err, ERR_NO_ANSWER,
                         "the program has more than %" PRId64 " columns; %zu routes were made until then",
                         b->most_columns, p->n_routes);
    program_sort(p);
    return true;
}

bool program_build(const struct instance *inst, int64_t most_columns, struct program *p, struct error *err)
{
    program_init(p);
    p->single = needs_single(inst);
    if (inst->committed.n_missions > 0 && !commitments_sound(inst, err))
        return false;
    struct building b = {.inst = inst, .program = p, .most_columns = most_columns};
    bool ok = build(&b, err);
    building_release(&b);
    if (!ok)
        program_release(p);
    return ok;
}
