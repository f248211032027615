#include "program/route.h"

#include <stdlib.h>
#include <string.h>

#include "solver/column.h"

enum { MOST_INSTANTS = 512 };

/* Sorted, each once. */
struct instants {
    sec_t at[MOST_INSTANTS];
    size_t n;
};

struct field {
    struct instants load, unload;    /* instants at which handling may want to start, besides the arrival */
    struct instants onload, offload; /* lengths of handling, where it ends as soon as it can */
    bool own;                        /* a demand has handling times of its own here */
    bool parks;                      /* parking may be full */
    bool waits;                      /* a demand that loads here has a limit on its time aboard */
};

struct maker {
    const struct instance *inst;
    bool (*take)(void *context, const struct route *route);
    void *context;
    enum routes_result result;
    struct tanks tanks;
    struct field *field; /* [n_airfields] */
    const struct aircraft_type *type;
    int32_t seats;
    sec_t fdp, shortest; /* most, over the crews; least ground time */
    sec_t first, last;   /* first take-offs, last block-ins */
    bool rolling;        /* hours may bind: an earlier block-in is not always as good */
    struct route route;
};

static void stop_making(struct maker *m, enum routes_result result)
{
    if (m->result == ROUTES_ALL)
        m->result = result;
}

/* --- instants that matter at an airfield
 * ------------------------------------------------------------------------------ */

static void note(struct maker *m, struct instants *list, sec_t at)
{
    size_t i = 0;
    while (i < list->n && list->at[i] < at)
        i++;
    if (i < list->n && list->at[i] == at)
        return;
    if (list->n == MOST_INSTANTS) {
        stop_making(m, ROUTES_TOO_MANY);
        return;
    }
    memmove(&list->at[i + 1], &list->at[i], (list->n - i) * sizeof *list->at);
    list->at[i] = at;
    list->n++;
}

/* `least`, and every sum of own times that is longer. */
static void note_lengths(struct maker *m, int32_t airfield, bool loads, sec_t least, struct instants *list)
{
    struct instants sums = {.n = 0};
    note(m, &sums, 0);
    for (size_t d = 0; d < m->inst->n_demands; d++) {
        const struct demand *demand = &m->inst->demand[d];
        sec_t own = loads ? demand->onload : demand->offload;
        if ((loads ? demand->origin : demand->destination) != airfield || own == 0)
            continue;
        struct instants before = sums;
        for (size_t i = 0; i < before.n; i++)
            note(m, &sums, before.at[i] + own);
    }
    note(m, list, least);
    for (size_t i = 0; i < sums.n; i++)
        if (sums.at[i] > least)
            note(m, list, sums.at[i]);
}

static void survey_field(struct maker *m, int32_t airfield, struct field *field)
{
    const struct instance *inst = m->inst;
    memset(field, 0, sizeof *field);
    field->parks = parking_may_bind(inst, airfield);
    for (size_t d = 0; d < inst->n_demands; d++) {
        const struct demand *demand = &inst->demand[d];
        if (demand->origin == airfield) {
            note(m, &field->load, demand->pickup.from);
            field->own = field->own || demand->onload > 0;
        }
        if (demand->destination == airfield) {
            note(m, &field->unload, demand->delivery.from);
            field->own = field->own || demand->offload > 0;
        }
    }
    for (size_t l = 0; l < inst->n_limits; l++)
        for (size_t c = 0; c < inst->limit[l].n_caps && at_limit(&inst->limit[l], airfield); c++)
            if (pax_cap_may_bind(inst, &inst->limit[l], &inst->limit[l].cap[c]))
                note(m, &field->unload, inst->limit[l].cap[c].until);
    note_lengths(m, airfield, true, m->type->ground[GROUND_ONLOAD], &field->onload);
    note_lengths(m, airfield, false, m->type->ground[GROUND_OFFLOAD], &field->offload);
}

/* Whether passengers of the demand may be aboard too long: in the air and where they wait for an instant to unload. */
static bool aboard_may_bind(const struct maker *m, const struct demand *demand)
{
    const struct field *to = &m->field[demand->destination];
    sec_t latest = demand->pickup.from + demand->aboard_limit;
    return demand->aboard_limit >= 0 && (demand->aboard_limit < m->fdp - m->inst->rules.show ||
                                         (to->load.n && to->load.at[to->load.n - 1] > latest) ||
                                         (to->unload.n && to->unload.at[to->unload.n - 1] > latest));
}

static void survey_fields(struct maker *m)
{
    for (int32_t f = 0; f < (int32_t)m->inst->n_airfields; f++)
        survey_field(m, f, &m->field[f]);
    for (size_t d = 0; d < m->inst->n_demands; d++)
        if (aboard_may_bind(m, &m->inst->demand[d]))
            m->field[m->inst->demand[d].origin].waits = true;
}

/* --- who may ride
 * ------------------------------------------------------------------------------------------------------ */

static bool ride_fits(const struct maker *m, int32_t d, int32_t i, int32_t j)
{
    const struct demand *demand = &m->inst->demand[d];
    const struct stop *from = &m->route.stop[i], *to = &m->route.stop[j];
    if (!within(from->handling_start, demand->pickup) || !within(to->handling_start, demand->delivery))
        return false;
    if (from->handling_end - from->handling_start < larger(m->type->ground[GROUND_ONLOAD], demand->onload) ||
        to->handling_end - to->handling_start < larger(m->type->ground[GROUND_OFFLOAD], demand->offload))
        return false;
    if (demand->aboard_limit >= 0 && to->handling_start - from->handling_end > demand->aboard_limit)
        return false;
    /* a lot may ride in parts, one after the other */
    return !demand->together || demand->pax + demand_escorts(demand, demand->pax) <= m->seats;
}

static void list_rides(struct maker *m)
{
    struct route *r = &m->route;
    r->n_rides = 0;
    for (int32_t i = 0; i < r->n; i++)
        for (int32_t j = i + 1; j <= r->n; j++)
            for (int32_t d = 0; d < (int32_t)m->inst->n_demands; d++) {
                const struct demand *demand = &m->inst->demand[d];
                if (demand->origin != r->stop[i].airfield || demand->destination != r->stop[j].airfield ||
                    !ride_fits(m, d, i, j))
                    continue;
                if (r->n_rides == ROUTE_MOST_RIDES) {
                    stop_making(m, ROUTES_TOO_MANY);
                    return;
                }
                int32_t most = demand->pax < m->seats ? demand->pax : m->seats;
                r->ride[r->n_rides++] = (struct ride){.demand = d, .pax = most, .from_stop = i, .to_stop = j};
            }
}

/* Whether the instant of handling at s was chosen for something: else an earlier one says as much. */
static bool start_is_of_use(const struct maker *m, int32_t s)
{
    const struct route *r = &m->route;
    const struct stop *stop = &r->stop[s];
    bool idle = stop->handling_start == (s == 0 ? stop->departure : stop->arrival) &&
                (s < r->n || stop->handling_end == stop->arrival);
    for (int32_t k = 0; k < r->n_rides; k++) {
        const struct demand *d = &m->inst->demand[r->ride[k].demand];
        bool loads = r->ride[k].from_stop == s, unloads = r->ride[k].to_stop == s;
        if (!loads && !unloads)
            continue;
        if (s == 0 || stop->handling_start == stop->arrival)
            return true;
        if ((loads && d->pickup.from == stop->handling_start) || (unloads && d->delivery.from == stop->handling_start))
            return true;
        for (size_t l = 0; l < m->inst->n_limits && unloads; l++)
            for (size_t c = 0; c < m->inst->limit[l].n_caps && at_limit(&m->inst->limit[l], stop->airfield); c++)
                if (m->inst->limit[l].cap[c].until == stop->handling_start &&
                    pax_cap_may_bind(m->inst, &m->inst->limit[l], &m->inst->limit[l].cap[c]))
                    return true;
    }
    return idle;
}

/* --- tanks
 * ------------------------------------------------------------------------------------------------------------- */

/* Fills `carries` for sorties i .. j - 1, a stretch of `nm`; false where it cannot be flown. */
static bool limit_stretch(struct maker *m, int32_t i, int32_t j, mnm_t nm)
{
    gram_t most = tanks_carry(&m->tanks, nm);
    for (; i < j; i++)
        m->route.carries[i] = most;
    return most >= 0;
}

static mnm_t flown(const struct maker *m, int32_t i, int32_t j)
{
    mnm_t nm = 0;
    for (; i < j; i++)
        nm += instance_leg(m->inst, m->route.type, m->route.stop[i].airfield, m->route.stop[i + 1].airfield)->nm;
    return nm;
}

/* The last stretch, from stop i: to fuel, or to one of the states it may leave the tanks in. `before` was flown. */
static void end_with(struct maker *m, int32_t i, struct program_tanks before)
{
    struct route *r = &m->route;
    int32_t last = r->stop[r->n].airfield;
    mnm_t nm = before.flown + flown(m, i, r->n);
    r->to = (struct program_tanks){0, 0};
    if (m->inst->airfield[last].has_fuel) {
        mnm_t all = before.total > 0 ? before.total : nm;
        if (nm <= all && limit_stretch(m, i, r->n, all) && !m->take(m->context, r))
            stop_making(m, ROUTES_ENOUGH);
        return;
    }
    for (size_t k = 0; k < m->tanks.n_states[last] && m->result == ROUTES_ALL; k++) {
        r->to = m->tanks.state[last][k];
        if (r->to.flown != nm || (before.total > 0 && before.total != r->to.total))
            continue;
        if (limit_stretch(m, i, r->n, r->to.total) && !m->take(m->context, r))
            stop_making(m, ROUTES_ENOUGH);
    }
}

/* All stretches from the tanks' state at stop 0 on. */
static void fly_with(struct maker *m, struct program_tanks tanks)
{
    struct route *r = &m->route;
    int32_t i = 0;
    r->from = tanks;
    for (int32_t j = 1; j < r->n; j++) {
        if (!m->inst->airfield[r->stop[j].airfield].has_fuel)
            continue;
        mnm_t nm = tanks.flown + flown(m, i, j);
        mnm_t all = tanks.total > 0 ? tanks.total : nm;
        if (nm > all || !limit_stretch(m, i, j, all))
            return;
        tanks = (struct program_tanks){0, 0};
        i = j;
    }
    end_with(m, i, tanks);
}

static void choose_tanks(struct maker *m)
{
    int32_t first = m->route.stop[0].airfield;
    fly_with(m, (struct program_tanks){0, 0});
    for (size_t k = 0; !m->inst->airfield[first].has_fuel && k < m->tanks.n_states[first]; k++)
        if (m->result == ROUTES_ALL)
            fly_with(m, m->tanks.state[first][k]);
}

/* --- handling
 * ---------------------------------------------------------------------------------------------------------- */

/* Moves nobody, and the leg from its first airfield to its last gets there no later for no more. */
static bool is_detour(const struct maker *m)
{
    const struct instance *inst = m->inst;
    const struct route *r = &m->route;
    const struct stop *first = &r->stop[0], *last = &r->stop[r->n];
    if (r->n_rides > 0 || r->n < 2 || m->rolling || first->airfield == last->airfield ||
        !inst->airfield[first->airfield].has_fuel || !inst->airfield[last->airfield].has_fuel)
        return false;
    const struct leg *direct = instance_leg(inst, r->type, first->airfield, last->airfield);
    sec_t in = first->departure + direct->block, block = 0;
    cent_t cost = 0;
    for (int32_t i = 0; i < r->n; i++) {
        const struct leg *leg = instance_leg(inst, r->type, r->stop[i].airfield, r->stop[i + 1].airfield);
        block += leg->block;
        cost += leg->cost + leg->fee;
    }
    return direct->block > 0 && direct->block <= block && direct->cost + direct->fee <= cost && in <= last->arrival &&
           direct->nm <= m->type->range[0].range && is_open(inst, last->airfield, in) &&
           is_cleared(inst, last->airfield, in) && no_more_caps(inst, last->airfield, in, last->arrival);
}

static void finish(struct maker *m)
{
    struct route *r = &m->route;
    const struct instance *inst = m->inst;
    list_rides(m);
    for (int32_t s = 0; s <= r->n; s++) {
        const struct stop *stop = &r->stop[s];
        bool worked = false;
        for (int32_t k = 0; k < r->n_rides; k++)
            worked = worked || r->ride[k].from_stop == s || r->ride[k].to_stop == s;
        bool inside = s > 0 && s < r->n;
        r->must_work[s] = inside && stop->departure - stop->arrival < m->type->ground[GROUND_ENROUTE];
        if ((r->must_work[s] && !worked) || !start_is_of_use(m, s))
            return;
    }
    if (is_detour(m))
        return;
    /* moves nobody and ends where it began, with fuel there */
    if (r->n_rides == 0 && r->stop[0].airfield == r->stop[r->n].airfield &&
        inst->airfield[r->stop[0].airfield].has_fuel)
        return;
    choose_tanks(m);
}

static void choose_handling(struct maker *m, int32_t s);

static void handle(struct maker *m, int32_t s, sec_t start, sec_t end)
{
    m->route.stop[s].handling_start = start;
    m->route.stop[s].handling_end = end;
    if (m->result == ROUTES_ALL)
        choose_handling(m, s + 1);
}

/* Loading at the first stop: as late as the departure or the end of a pickup window allows. */
static void choose_first(struct maker *m)
{
    const struct stop *stop = &m->route.stop[0];
    const struct field *field = &m->field[stop->airfield];
    struct instants starts = {.n = 0};
    sec_t dep = stop->departure;
    handle(m, 0, dep, dep);
    for (size_t i = 0; i < field->onload.n; i++)
        note(m, &starts, dep - field->onload.at[i]);
    for (size_t d = 0; d < m->inst->n_demands; d++) {
        const struct demand *demand = &m->inst->demand[d];
        if (demand->origin == stop->airfield && demand->pickup.until < dep - field->onload.at[0])
            note(m, &starts, demand->pickup.until);
    }
    for (size_t i = 0; i < starts.n; i++)
        if (starts.at[i] < dep)
            handle(m, 0, starts.at[i], dep);
}

static void unload_at(struct maker *m, int32_t s, sec_t start)
{
    const struct field *field = &m->field[m->route.stop[s].airfield];
    for (size_t k = 0; k < field->offload.n; k++)
        if (start + field->offload.at[k] > m->route.stop[s].arrival)
            handle(m, s, start, start + field->offload.at[k]);
}

/* Nobody need be handled after the last landing; the others as early as they can, or when a cap is over. */
static void choose_last(struct maker *m, int32_t s)
{
    const struct stop *stop = &m->route.stop[s];
    const struct field *field = &m->field[stop->airfield];
    handle(m, s, stop->arrival, stop->arrival);
    unload_at(m, s, stop->arrival);
    for (size_t i = 0; i < field->unload.n; i++)
        if (field->unload.at[i] > stop->arrival)
            unload_at(m, s, field->unload.at[i]);
}

static void choose_inside(struct maker *m, int32_t s)
{
    const struct stop *stop = &m->route.stop[s];
    const struct field *field = &m->field[stop->airfield];
    struct instants starts = {.n = 0};
    sec_t latest = stop->departure - m->shortest;
    note(m, &starts, stop->arrival);
    for (size_t i = 0; i < field->load.n; i++)
        if (field->load.at[i] > stop->arrival && field->load.at[i] <= latest)
            note(m, &starts, field->load.at[i]);
    for (size_t i = 0; i < field->unload.n; i++)
        if (field->unload.at[i] > stop->arrival && field->unload.at[i] <= latest)
            note(m, &starts, field->unload.at[i]);
    for (size_t i = 0; i < starts.n; i++)
        handle(m, s, starts.at[i], stop->departure);
}

static void choose_handling(struct maker *m, int32_t s)
{
    if (s > m->route.n)
        finish(m);
    else if (s == 0)
        choose_first(m);
    else if (s == m->route.n)
        choose_last(m, s);
    else
        choose_inside(m, s);
}

/* --- departures
 * -------------------------------------------------------------------------------------------------------- */

/* Some handling that started at `start` or later instants of the field ends after `dep` - step. */
static bool ends_in_slot(const struct maker *m, const struct field *field, sec_t start, sec_t dep)
{
    sec_t step = m->inst->rules.step, need[N_GROUND_WORK];
    memcpy(need, m->type->ground, sizeof need);
    for (size_t w = 0; w < N_GROUND_WORK; w++)
        if (start + need[w] <= dep && start + need[w] > dep - step)
            return true;
    for (size_t k = 0; k < field->load.n + field->unload.n; k++) {
        sec_t at = k < field->load.n ? field->load.at[k] : field->unload.at[k - field->load.n];
        for (size_t w = 0; at > start && w < N_GROUND_WORK; w++)
            if (at + need[w] <= dep && at + need[w] > dep - step)
                return true;
    }
    return false;
}

/* The leg may as well leave stop s one step earlier, whatever is aboard: docs/model.md. */
static bool leaves_late(const struct maker *m, int32_t s, sec_t dep, int32_t to)
{
    const struct instance *inst = m->inst;
    const struct stop *stop = &m->route.stop[s];
    const struct field *field = &m->field[stop->airfield];
    sec_t before = dep - inst->rules.step, block = instance_leg(inst, m->route.type, stop->airfield, to)->block;
    return !field->own && !field->waits && !m->rolling && !m->field[to].parks &&
           before >= stop->arrival + m->shortest && !ends_in_slot(m, field, stop->arrival, dep) &&
           is_open(inst, stop->airfield, before) && is_open(inst, to, before + block) &&
           is_cleared(inst, to, before + block) && no_more_caps(inst, to, before + block, dep + block);
}

static void go_on(struct maker *m, mnm_t nm);

static void fly(struct maker *m, int32_t to, sec_t dep, mnm_t nm)
{
    struct route *r = &m->route;
    struct stop *stop = &r->stop[r->n];
    sec_t in = dep + instance_leg(m->inst, r->type, stop->airfield, to)->block;
    if (!is_open(m->inst, stop->airfield, dep) || !is_open(m->inst, to, in) || !is_cleared(m->inst, to, in) ||
        (r->n > 0 && leaves_late(m, r->n, dep, to)))
        return;
    if (r->n + 1 == ROUTE_MOST_STOPS) {
        stop_making(m, ROUTES_TOO_MANY);
        return;
    }
    stop->departure = dep;
    r->stop[++r->n] = (struct stop){.airfield = to, .arrival = in, .departure = SEC_NONE};
    choose_handling(m, 0);
    if (m->result == ROUTES_ALL)
        go_on(m, m->inst->airfield[to].has_fuel ? 0 : nm);
    r->n--;
}

/* Every leg on from the last stop, at every take-off that is not pointless. */
static void go_on(struct maker *m, mnm_t nm)
{
    const struct instance *inst = m->inst;
    struct route *r = &m->route;
    const struct stop *here = &r->stop[r->n];
    sec_t step = inst->rules.step, latest = r->stop[0].departure - inst->rules.show + m->fdp;
    latest = latest < m->last ? latest : m->last;
    for (int32_t to = 0; to < (int32_t)inst->n_airfields && m->result == ROUTES_ALL; to++) {
        const struct leg *leg = instance_leg(inst, r->type, here->airfield, to);
        if (leg->block < 1 || inst->airfield[to].runway_ft < m->type->runway_ft ||
            nm + leg->nm > m->type->range[0].range)
            continue;
        if (r->n == 0) {
            if (here->departure + leg->block <= latest)
                fly(m, to, here->departure, nm + leg->nm);
            continue;
        }
        sec_t dep = (here->arrival + m->shortest + step - 1) / step * step;
        for (; dep + leg->block <= latest && m->result == ROUTES_ALL; dep += step)
            fly(m, to, dep, nm + leg->nm);
        r->stop[r->n].departure = SEC_NONE;
    }
}

/* First take-offs and last block-ins of any airframe with any crew of the type. */
static bool usable_time(struct maker *m)
{
    const struct instance *inst = m->inst;
    m->fdp = 0;
    sec_t crew = SEC_LATEST, airframe = SEC_LATEST, crew_until = SEC_EARLIEST, airframe_until = SEC_EARLIEST;
    for (int32_t c = 0; c < (int32_t)inst->n_crews; c++) {
        sec_t fdp = crew_flies(&inst->crew[c], m->route.type) ? m->type->fdp[inst->crew[c].kind] : 0;
        if (fdp <= 0)
            continue;
        m->fdp = larger(m->fdp, fdp);
        crew = crew_from(inst, c) < crew ? crew_from(inst, c) : crew;
        crew_until = larger(crew_until, inst->crew[c].until);
    }
    for (int32_t a = 0; a < (int32_t)inst->n_airframes; a++) {
        if (inst->airframe[a].type != m->route.type)
            continue;
        airframe = airframe_from(inst, a) < airframe ? airframe_from(inst, a) : airframe;
        airframe_until = larger(airframe_until, inst->airframe[a].until);
    }
    m->first = larger(0, larger(crew + inst->rules.show, airframe));
    m->last = crew_until - inst->rules.post_flight;
    m->last = m->last < airframe_until ? m->last : airframe_until;
    m->last = m->last < inst->end ? m->last : inst->end;
    return m->fdp > 0;
}

static void make_type(struct maker *m, int32_t type)
{
    const struct instance *inst = m->inst;
    int32_t configuration;
    bool too_many = false;
    m->route.type = type;
    m->type = &inst->type[type];
    m->seats = type_seats(m->type, &configuration);
    if (!usable_time(m))
        return;
    m->shortest = m->type->ground[0];
    for (int w = 1; w < N_GROUND_WORK; w++)
        m->shortest = m->type->ground[w] < m->shortest ? m->type->ground[w] : m->shortest;
    survey_fields(m);
    if (!tanks_init(&m->tanks, inst, type, &too_many))
        stop_making(m, too_many ? ROUTES_TOO_MANY : ROUTES_NO_MEMORY);
    sec_t step = inst->rules.step;
    for (int32_t f = 0; f < (int32_t)inst->n_airfields; f++)
        for (sec_t dep = (m->first + step - 1) / step * step; dep <= m->last && m->result == ROUTES_ALL; dep += step) {
            if (inst->airfield[f].runway_ft < m->type->runway_ft)
                break;
            m->route.n = 0;
            m->route.stop[0] = (struct stop){.airfield = f, .arrival = SEC_NONE, .departure = dep};
            go_on(m, 0);
        }
    tanks_release(&m->tanks);
}

enum routes_result routes_make(const struct instance *inst, bool (*take)(void *context, const struct route *route),
                               void *context)
{
    struct maker *m = calloc(1, sizeof *m);
    struct field *field = calloc(inst->n_airfields + 1, sizeof *field);
    enum routes_result result = ROUTES_NO_MEMORY;
    if (m && field) {
        *m = (struct maker){.inst = inst, .take = take, .context = context, .field = field};
        for (size_t k = 0; k < inst->rules.n_rolling; k++)
            m->rolling = m->rolling || rolling_may_bind(inst, k);
        for (int32_t type = 0; type < (int32_t)inst->n_types && m->result == ROUTES_ALL; type++)
            make_type(m, type);
        result = m->result;
    }
    free(field);
    free(m);
    return result;
}

enum routes_result route_tanks(const struct instance *inst, const struct mission *mission,
                               bool (*take)(void *context, const struct route *route), void *context)
{
    struct maker *m = mission->n_stops <= ROUTE_MOST_STOPS ? calloc(1, sizeof *m) : NULL;
    if (!m)
        return mission->n_stops <= ROUTE_MOST_STOPS ? ROUTES_NO_MEMORY : ROUTES_TOO_MANY;
    bool too_many = false;
    *m = (struct maker){.inst = inst, .take = take, .context = context};
    m->route.type = inst->airframe[mission->airframe].type;
    m->route.n = (int32_t)mission->n_stops - 1;
    memcpy(m->route.stop, mission->stop, mission->n_stops * sizeof *mission->stop);
    if (tanks_init(&m->tanks, inst, m->route.type, &too_many))
        choose_tanks(m);
    else
        stop_making(m, too_many ? ROUTES_TOO_MANY : ROUTES_NO_MEMORY);
    enum routes_result result = m->result;
    tanks_release(&m->tanks);
    free(m);
    return result;
}
