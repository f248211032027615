/* Every mission that is valid in itself, then every set of them.
 *
 * What is not enumerated, and why nothing is lost (docs/rules.md):
 *   configuration   R4 and R12 alone look at it. Without cabin layouts, the one with most seats allows whatever another allows;
 *                   with them, one that has seats and a load plan for the load in hand is looked for.
 *   rides           two rides of a demand between the same two stops count in every rule and sum as one ride of both.
 *   he, not last    only "departure >= he", the length of handling and the time aboard of those loading look at it, and the last
 *                   wants it late: he = departure. (Presence at a field runs to the departure whatever he is.)
 *   hs, stop 0      nobody unloads there; presence, begin and availability want it late: the latest that windows and length allow.
 *   hs, 0 < i < n   presence does not depend on it. Time aboard of those unloading and delay want it early; windows and length
 *                   bound it by one interval. Passenger caps are the only rule that may want it later, and leaving a cap, at its
 *                   `until`, is the only reason: between two such instants the later one is in every cap the earlier one is in.
 *                   So: the earliest, and every `until` of a passenger cap of the field after it.
 *   hs, he, stop n  presence, ready and availability want he early, hence he = hs + length; hs as above.
 *   dominated       see `dominates` and `pointless`; budget->plain keeps these.
 * The search takes missions by first departure. That is the order of begin on each airframe and of show for each crew, since a
 * mission begins and shows after the last block-in of the one before; so each set is met once, with places and fuel known. */
#include "tests/oracle.h"

#include <stdlib.h>
#include <string.h>

#include "tests/oracle_cabin.h"

#define MAX_STOPS 12
#define MAX_RIDES 32
#define MAX_DEMANDS 6
#define MAX_FIELDS 6
#define MAX_AIRFRAMES 4
#define MAX_CREWS 4
#define MAX_CAPS 32
#define MAX_CHOSEN 16
#define MAX_INSTANTS 8

const struct oracle_budget oracle_default_budget = {
    .tried = 400000, .missions = 20000, .steps = 20000000, .plain = false};

/* A mission without airframe and crew, and what the rules that missions share look at. */
struct trip {
    int32_t type, n, n_rides; /* stops 0..n */
    int32_t airframe, crew, configuration; /* -1, -1 unless committed */
    bool committed;
    struct stop stop[MAX_STOPS];
    struct ride ride[MAX_RIDES];
    gram_t payload[MAX_STOPS - 1]; /* aboard, by sortie */
    int32_t moved[MAX_DEMANDS];
    int16_t cap_arrivals[MAX_CAPS], cap_pax[MAX_CAPS];
    sec_t begin, last_in, last_he, flown;
    gram_t head, tail;  /* greatest payload before the first and after the last stop with fuel */
    cent_t cost, gross; /* cost without penalties; penalties of those moved */
};

struct flat_cap {
    const struct limit *limit;
    const struct cap *cap;
};

struct trips {
    struct trip *at;
    size_t n, room;
};

struct oracle {
    const struct instance *inst;
    struct oracle_budget budget;
    struct oracle_answer *answer;
    enum oracle_status trouble; /* ORACLE_OPTIMAL: none */
    struct flat_cap cap[MAX_CAPS];
    int32_t n_caps;
    struct oracle_cabins *cabins;
    struct trips trips;
    size_t route_begin; /* trips of the route in hand begin here */
};

static bool stop_all(struct oracle *o, enum oracle_status trouble)
{
    if (o->trouble == ORACLE_OPTIMAL)
        o->trouble = trouble;
    return false;
}

/* --- rules on one mission ------------------------------------------------------------------------------------------------ */

static bool at_airfield(const struct limit *limit, int32_t field)
{
    for (size_t i = 0; i < limit->n_airfields; i++)
        if (limit->airfields[i] == field)
            return true;
    return false;
}

static bool within(sec_t t, struct interval window)
{
    return window.from <= t && t <= window.until;
}

static bool in_any(sec_t t, const struct interval *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (within(t, list[i]))
            return true;
    return false;
}

static bool is_open(const struct instance *inst, int32_t field, sec_t t)
{
    const struct airfield *f = &inst->airfield[field];
    return f->always_open || in_any(t, f->open, f->n_open);
}

static bool cleared(const struct instance *inst, int32_t field, sec_t t)
{
    for (size_t i = 0; i < inst->n_limits; i++) {
        const struct limit *limit = &inst->limit[i];
        if (limit->needs_clearance && at_airfield(limit, field) && !in_any(t, limit->clear, limit->n_clear))
            return false;
    }
    return true;
}

/* R5: range at a payload; -1 where it is more than the curve's largest. */
static mnm_t range_at(const struct aircraft_type *type, gram_t payload)
{
    const struct range_point *p = type->range;
    if (payload > p[type->n_range - 1].payload)
        return -1;
    if (payload <= p[0].payload)
        return p[0].range;
    size_t i = 1;
    while (p[i].payload < payload)
        i++;
    int64_t rise = p[i].payload - p[i - 1].payload;
    int64_t loss = (p[i - 1].range - p[i].range) * (payload - p[i - 1].payload);
    return p[i - 1].range - (loss + rise - 1) / rise;
}

static int32_t escorts_for(const struct demand *d, int32_t pax)
{
    return d->escort_per > 0 && pax > 0 ? (pax + d->escort_per - 1) / d->escort_per : 0;
}

static gram_t payload_of(const struct demand *d, int32_t pax)
{
    return pax * d->pax_mass + (d->freight * pax + d->pax - 1) / d->pax + escorts_for(d, pax) * d->escort_mass;
}

/* R3: shortest handling at stop i, and which work is done there. */
static sec_t handling_length(const struct instance *inst, const struct trip *t, int32_t i, bool *loads, bool *unloads)
{
    const struct aircraft_type *type = &inst->type[t->type];
    bool in[MAX_DEMANDS] = {false}, out[MAX_DEMANDS] = {false};
    *loads = *unloads = false;
    for (int32_t r = 0; r < t->n_rides; r++) {
        if (t->ride[r].from_stop == i)
            in[t->ride[r].demand] = *loads = true;
        if (t->ride[r].to_stop == i)
            out[t->ride[r].demand] = *unloads = true;
    }
    sec_t sum = 0, most = 0;
    for (size_t d = 0; d < inst->n_demands; d++)
        sum += (in[d] ? inst->demand[d].onload : 0) + (out[d] ? inst->demand[d].offload : 0);
    if (*loads)
        most = type->ground[GROUND_ONLOAD];
    if (*unloads && type->ground[GROUND_OFFLOAD] > most)
        most = type->ground[GROUND_OFFLOAD];
    if (!*loads && !*unloads && i > 0 && i < t->n)
        most = type->ground[GROUND_ENROUTE];
    return sum > most ? sum : most;
}

static bool stops_ok(const struct instance *inst, const struct trip *t)
{
    for (int32_t i = 0; i <= t->n; i++) {
        const struct stop *s = &t->stop[i];
        bool loads, unloads;
        sec_t length = handling_length(inst, t, i, &loads, &unloads);
        bool idle_end = !loads && !unloads && (i == 0 || i == t->n);
        sec_t edge = i == 0 ? s->departure : s->arrival;
        if (inst->airfield[s->airfield].runway_ft < inst->type[t->type].runway_ft)
            return false;
        if ((i == 0) != (s->arrival == SEC_NONE) || (i == t->n) != (s->departure == SEC_NONE))
            return false;
        if (idle_end && (s->handling_start != edge || s->handling_end != edge))
            return false;
        if ((i > 0 && s->handling_start < s->arrival) || s->handling_end - s->handling_start < length)
            return false;
        if (i == t->n)
            break;
        const struct stop *next = &t->stop[i + 1];
        if (s->airfield == next->airfield || s->departure < s->handling_end || s->departure < 0 ||
            s->departure > inst->end || s->departure % inst->rules.step != 0 ||
            !is_open(inst, s->airfield, s->departure))
            return false;
        const struct leg *leg = instance_leg(inst, t->type, s->airfield, next->airfield);
        if (leg->block < 0 || next->arrival != s->departure + leg->block || next->arrival > inst->end ||
            !is_open(inst, next->airfield, next->arrival) || !cleared(inst, next->airfield, next->arrival))
            return false;
    }
    return true;
}

static bool rides_ok(const struct instance *inst, const struct trip *t)
{
    int64_t moved[MAX_DEMANDS] = {0};
    for (int32_t r = 0; r < t->n_rides; r++) {
        const struct ride *ride = &t->ride[r];
        const struct demand *d = &inst->demand[ride->demand];
        if (ride->from_stop < 0 || ride->from_stop >= ride->to_stop || ride->to_stop > t->n || ride->pax < 1)
            return false;
        const struct stop *from = &t->stop[ride->from_stop], *to = &t->stop[ride->to_stop];
        if (from->airfield != d->origin || to->airfield != d->destination ||
            !within(from->handling_start, d->pickup) || !within(to->handling_start, d->delivery))
            return false;
        if (d->aboard_limit >= 0 && to->handling_start - from->handling_end > d->aboard_limit)
            return false;
        if (d->together && ride->pax != d->pax)
            return false;
        moved[ride->demand] += ride->pax;
    }
    for (size_t d = 0; d < inst->n_demands; d++)
        if (moved[d] > inst->demand[d].pax || (moved[d] > 0 && moved[d] < inst->demand[d].smallest_lot))
            return false;
    return true;
}

/* R4, R10 and, by sortie, payload; then R5 for tanks full at stop 0. */
static bool sorties_ok(const struct instance *inst, struct trip *t, int32_t seats)
{
    const struct aircraft_type *type = &inst->type[t->type];
    size_t nc = inst->n_categories;
    mnm_t nm = 0;
    gram_t greatest = 0;
    for (int32_t i = 0; i < t->n; i++) {
        int32_t aboard[MAX_DEMANDS] = {0}, persons = 0;
        for (int32_t r = 0; r < t->n_rides; r++)
            if (t->ride[r].from_stop <= i && i < t->ride[r].to_stop)
                aboard[t->ride[r].demand] += t->ride[r].pax;
        t->payload[i] = 0;
        for (size_t d = 0; d < inst->n_demands; d++) {
            if (aboard[d] == 0)
                continue;
            const struct demand *a = &inst->demand[d];
            persons += aboard[d] + escorts_for(a, aboard[d]);
            t->payload[i] += payload_of(a, aboard[d]);
            for (size_t e = 0; e < d; e++) {
                const struct demand *b = &inst->demand[e];
                if (aboard[e] > 0 && a->category >= 0 && b->category >= 0 &&
                    inst->rules.apart[(size_t)a->category * nc + (size_t)b->category])
                    return false;
            }
        }
        if (persons > seats)
            return false;
        nm += instance_leg(inst, t->type, t->stop[i].airfield, t->stop[i + 1].airfield)->nm;
        greatest = t->payload[i] > greatest ? t->payload[i] : greatest;
        if (nm > range_at(type, greatest))
            return false;
        if (inst->airfield[t->stop[i + 1].airfield].has_fuel)
            nm = greatest = 0;
    }
    return true;
}

static bool present(const struct trip *t, int32_t i, struct interval *when)
{
    const struct stop *s = &t->stop[i];
    when->from = i == 0 ? s->handling_start : s->arrival;
    when->until = i == t->n ? s->handling_end : s->departure;
    return when->from < when->until;
}

/* Fills what the shared rules look at. */
static void trip_finish(const struct oracle *o, struct trip *t)
{
    const struct instance *inst = o->inst;
    const struct aircraft_type *type = &inst->type[t->type];
    memset(t->moved, 0, sizeof t->moved);
    memset(t->cap_arrivals, 0, sizeof t->cap_arrivals);
    memset(t->cap_pax, 0, sizeof t->cap_pax);
    t->begin = t->stop[0].handling_start;
    t->last_in = t->stop[t->n].arrival;
    t->last_he = t->stop[t->n].handling_end;
    t->flown = 0;
    t->cost = type->cost_per_mission;
    t->gross = 0;
    t->head = t->tail = 0;
    bool fuelled = false;
    for (int32_t i = 0; i < t->n; i++) {
        const struct stop *to = &t->stop[i + 1];
        const struct leg *leg = instance_leg(inst, t->type, t->stop[i].airfield, to->airfield);
        t->flown += leg->block;
        t->cost += muldiv_half_up(leg->block, type->cost_per_block_hour, 3600) + leg->fee;
        if (!fuelled && t->payload[i] > t->head)
            t->head = t->payload[i];
        if (t->payload[i] > t->tail)
            t->tail = t->payload[i];
        if (inst->airfield[to->airfield].has_fuel) {
            fuelled = true;
            t->tail = 0;
        }
        for (int32_t c = 0; c < o->n_caps; c++)
            if (at_airfield(o->cap[c].limit, to->airfield) && o->cap[c].cap->from <= to->arrival &&
                to->arrival < o->cap[c].cap->until)
                t->cap_arrivals[c]++;
    }
    int64_t wait[MAX_DEMANDS] = {0};
    for (int32_t r = 0; r < t->n_rides; r++) {
        const struct ride *ride = &t->ride[r];
        const struct stop *to = &t->stop[ride->to_stop];
        sec_t hs = to->handling_start;
        t->moved[ride->demand] += ride->pax;
        wait[ride->demand] += ride->pax * (hs - inst->demand[ride->demand].pickup.from);
        for (int32_t c = 0; c < o->n_caps; c++)
            if (at_airfield(o->cap[c].limit, to->airfield) && o->cap[c].cap->from <= hs && hs < o->cap[c].cap->until)
                t->cap_pax[c] = (int16_t)(t->cap_pax[c] + ride->pax);
    }
    for (size_t d = 0; d < inst->n_demands; d++) {
        t->gross += t->moved[d] * inst->demand[d].penalty;
        t->cost += muldiv_half_up(wait[d], inst->demand[d].delay_cost, 3600);
    }
}

static bool trip_ok(const struct instance *inst, struct trip *t, int32_t seats)
{
    return stops_ok(inst, t) && rides_ok(inst, t) && sorties_ok(inst, t, seats);
}

/* R12 and the seats, in configuration c. False with trouble set where that cannot be said. */
static bool planned_in(struct oracle *o, struct trip *t, int32_t c)
{
    const struct configuration *configuration = &o->inst->type[t->type].configuration[c];
    const struct oracle_load load = {t->type, c, t->n, t->ride, t->n_rides};
    if (!sorties_ok(o->inst, t, configuration->seats))
        return false;
    switch (configuration->cabin ? oracle_cabins_ask(o->cabins, &load) : ORACLE_SEATED) {
    case ORACLE_SEATED:
        return true;
    case ORACLE_NOT_SEATED:
        return false;
    case ORACLE_SEATING_TOO_BIG:
        return stop_all(o, ORACLE_TOO_BIG);
    default:
        return stop_all(o, ORACLE_NO_MEMORY);
    }
}

/* A committed mission in its own configuration, any other in some, which becomes its own. */
static bool planned(struct oracle *o, struct trip *t)
{
    bool layout = false;
    for (size_t c = 0; c < o->inst->type[t->type].n_configurations; c++)
        layout = layout || o->inst->type[t->type].configuration[c].cabin;
    if (!layout || planned_in(o, t, t->configuration))
        return true;
    for (int32_t c = 0; c < (int32_t)o->inst->type[t->type].n_configurations && !t->committed; c++)
        if (o->trouble == ORACLE_OPTIMAL && planned_in(o, t, c)) {
            t->configuration = c;
            return true;
        }
    return false;
}

/* --- reductions ---------------------------------------------------------------------------------------------------------- */

/* a can stand wherever b stands, for the same route and moves: it costs no more, begins and shows no earlier, gives airframe
 * and crew back no later, is present inside b's presence, counts in no more caps, weighs no more on the stretches that reach
 * beyond the mission and, where flight time rolls, has the same block-ins. Availability and FDP follow. */
static bool dominates(const struct oracle *o, const struct trip *a, const struct trip *b)
{
    const struct instance *inst = o->inst;
    if (a->cost > b->cost || memcmp(a->moved, b->moved, sizeof a->moved) != 0)
        return false;
    if (a->begin < b->begin || a->stop[0].departure < b->stop[0].departure || a->last_in > b->last_in ||
        a->last_he > b->last_he || a->head > b->head || a->tail > b->tail)
        return false;
    for (int32_t i = 0; i <= a->n; i++) {
        struct interval pa, pb;
        if (inst->rules.n_rolling > 0 && a->stop[i].arrival != b->stop[i].arrival)
            return false;
        if (inst->airfield[a->stop[i].airfield].mog < 0 || !present(a, i, &pa))
            continue;
        if (!present(b, i, &pb) || pa.from < pb.from || pa.until > pb.until)
            return false;
    }
    for (int32_t c = 0; c < o->n_caps; c++)
        if (a->cap_arrivals[c] > b->cap_arrivals[c] || a->cap_pax[c] > b->cap_pax[c])
            return false;
    return true;
}

/* Moves nobody and ends where it began, with fuel there: without it a schedule stays valid and costs no more. */
static bool pointless(const struct instance *inst, const struct trip *t)
{
    return t->n_rides == 0 && t->stop[0].airfield == t->stop[t->n].airfield &&
           inst->airfield[t->stop[0].airfield].has_fuel;
}

static int by_moves_then_cost(const void *x, const void *y)
{
    const struct trip *a = x, *b = y;
    int moves = memcmp(a->moved, b->moved, sizeof a->moved);
    if (moves != 0)
        return moves;
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    if (a->last_in != b->last_in)
        return a->last_in < b->last_in ? -1 : 1;
    return (a->begin < b->begin) - (a->begin > b->begin);
}

/* Drops the dominated among the trips of the route in hand. */
static void reduce_route(struct oracle *o)
{
    size_t first = o->route_begin, n = o->trips.n - first, kept = first, group = first;
    if (n < 2 || o->budget.plain)
        return;
    struct trip *t = o->trips.at;
    qsort(t + first, n, sizeof *t, by_moves_then_cost);
    for (size_t i = first; i < first + n; i++) {
        if (kept > group && memcmp(t[group].moved, t[i].moved, sizeof t[i].moved) != 0)
            group = kept;
        bool keep = true;
        for (size_t k = group; k < kept && keep; k++)
            keep = !dominates(o, &t[k], &t[i]);
        if (keep) {
            if (kept != i)
                t[kept] = t[i];
            kept++;
        }
    }
    o->trips.n = kept;
}

/* --- every mission that is valid in itself ------------------------------------------------------------------------------- */

struct pair { /* where a demand could ride */
    int32_t demand, from_stop, to_stop;
};

struct making {
    struct oracle *o;
    struct trip trip;
    int32_t seats;
    sec_t fdp, shortest_ground;
    struct pair pair[MAX_RIDES];
    int32_t n_pairs;
    int32_t on[MAX_STOPS]; /* passengers, by sortie */
    int32_t left[MAX_DEMANDS];
};

static bool keep_trip(struct oracle *o, const struct trip *t)
{
    struct trips *list = &o->trips;
    if (!o->budget.plain && !t->committed && pointless(o->inst, t))
        return true;
    if (list->n == list->room) {
        size_t room = list->room ? 2 * list->room : 256;
        struct trip *grown = realloc(list->at, room * sizeof *grown);
        if (!grown)
            return stop_all(o, ORACLE_NO_MEMORY);
        list->at = grown;
        list->room = room;
    }
    list->at[list->n++] = *t;
    if (list->n - o->route_begin > 4000) /* dominated ones must not pile up */
        reduce_route(o);
    if (list->n > (size_t)o->budget.missions)
        return stop_all(o, ORACLE_TOO_BIG);
    return true;
}

/* Instants at which handling may start at stop i; their number. */
static int32_t handling_starts(struct making *m, int32_t i, sec_t length, sec_t *at)
{
    const struct instance *inst = m->o->inst;
    const struct trip *t = &m->trip;
    const struct stop *s = &t->stop[i];
    sec_t lo = i == 0 ? SEC_EARLIEST : s->arrival, hi = i == t->n ? SEC_LATEST : s->departure - length;
    bool unloads = false;
    for (int32_t r = 0; r < t->n_rides; r++) {
        const struct demand *d = &inst->demand[t->ride[r].demand];
        const struct interval *w = NULL;
        if (t->ride[r].from_stop == i)
            w = &d->pickup;
        if (t->ride[r].to_stop == i) {
            w = &d->delivery;
            unloads = true;
        }
        if (w) {
            lo = w->from > lo ? w->from : lo;
            hi = w->until < hi ? w->until : hi;
        }
    }
    if (lo > hi)
        return 0;
    at[0] = i == 0 ? hi : lo;
    int32_t n = 1;
    for (int32_t c = 0; unloads && c < m->o->n_caps; c++) {
        sec_t until = m->o->cap[c].cap->until;
        if (m->o->cap[c].cap->pax < 0 || !at_airfield(m->o->cap[c].limit, s->airfield) || until <= lo || until > hi)
            continue;
        bool known = false;
        for (int32_t k = 0; k < n; k++)
            known = known || at[k] == until;
        if (known)
            continue;
        if (n == MAX_INSTANTS) {
            stop_all(m->o, ORACLE_TOO_BIG);
            return 0;
        }
        at[n++] = until;
    }
    return n;
}

static bool make_handling(struct making *m, int32_t i)
{
    struct trip *t = &m->trip;
    if (i > t->n) {
        if (m->o->answer->tried++ >= m->o->budget.tried)
            return stop_all(m->o, ORACLE_TOO_BIG);
        if (!trip_ok(m->o->inst, t, m->seats) || !planned(m->o, t))
            return m->o->trouble == ORACLE_OPTIMAL;
        trip_finish(m->o, t);
        return keep_trip(m->o, t);
    }
    struct stop *s = &t->stop[i];
    bool loads, unloads;
    sec_t length = handling_length(m->o->inst, t, i, &loads, &unloads);
    if (!loads && !unloads) {
        s->handling_start = i == 0 ? s->departure : s->arrival;
        s->handling_end = i == t->n ? s->arrival : s->departure;
        return make_handling(m, i + 1);
    }
    sec_t at[MAX_INSTANTS];
    int32_t n = handling_starts(m, i, length, at);
    for (int32_t k = 0; k < n; k++) {
        s->handling_start = at[k];
        s->handling_end = i == t->n ? at[k] + length : s->departure;
        if (!make_handling(m, i + 1))
            return false;
    }
    return m->o->trouble == ORACLE_OPTIMAL;
}

/* Every number of passengers for every pair from p on. */
static bool make_load(struct making *m, int32_t p)
{
    struct trip *t = &m->trip;
    if (p == m->n_pairs)
        return make_handling(m, 0);
    const struct pair *pair = &m->pair[p];
    const struct demand *d = &m->o->inst->demand[pair->demand];
    int32_t most = m->left[pair->demand], rides = t->n_rides;
    for (int32_t i = pair->from_stop; i < pair->to_stop; i++)
        most = m->seats - m->on[i] < most ? m->seats - m->on[i] : most;
    if (!make_load(m, p + 1))
        return false;
    bool going = true;
    for (int32_t q = 1; q <= most && going; q++) {
        if (d->together && q != d->pax)
            continue;
        t->ride[rides] = (struct ride){
            .demand = pair->demand, .pax = q, .from_stop = pair->from_stop, .to_stop = pair->to_stop};
        t->n_rides = rides + 1;
        m->left[pair->demand] -= q;
        for (int32_t i = pair->from_stop; i < pair->to_stop; i++)
            m->on[i] += q;
        going = make_load(m, p + 1);
        m->left[pair->demand] += q;
        for (int32_t i = pair->from_stop; i < pair->to_stop; i++)
            m->on[i] -= q;
        t->n_rides = rides;
    }
    return going;
}

/* Could handling of `window` start at stop i at all? */
static bool reachable(const struct trip *t, int32_t i, struct interval window)
{
    return (i == 0 || t->stop[i].arrival <= window.until) && (i == t->n || t->stop[i].departure >= window.from);
}

static bool make_loads(struct making *m)
{
    const struct instance *inst = m->o->inst;
    struct trip *t = &m->trip;
    m->n_pairs = 0;
    memset(m->on, 0, sizeof m->on);
    for (int32_t i = 0; i < t->n; i++)
        for (int32_t j = i + 1; j <= t->n; j++)
            for (size_t d = 0; d < inst->n_demands; d++) {
                const struct demand *demand = &inst->demand[d];
                if (t->stop[i].airfield != demand->origin || t->stop[j].airfield != demand->destination ||
                    !reachable(t, i, demand->pickup) || !reachable(t, j, demand->delivery))
                    continue;
                if (m->n_pairs == MAX_RIDES)
                    return stop_all(m->o, ORACLE_TOO_BIG);
                m->pair[m->n_pairs++] = (struct pair){.demand = (int32_t)d, .from_stop = i, .to_stop = j};
            }
    for (size_t d = 0; d < inst->n_demands; d++)
        m->left[d] = inst->demand[d].pax;
    t->n_rides = 0;
    return make_load(m, 0);
}

/* Every take-off on the grid for stops i, i+1, ... of the route. */
static bool make_times(struct making *m, int32_t i)
{
    const struct instance *inst = m->o->inst;
    struct trip *t = &m->trip;
    if (i == t->n)
        return make_loads(m);
    struct stop *s = &t->stop[i], *next = &t->stop[i + 1];
    sec_t block = instance_leg(inst, t->type, s->airfield, next->airfield)->block, step = inst->rules.step;
    sec_t earliest = i == 0 ? 0 : s->arrival + m->shortest_ground;
    for (sec_t at = (earliest + step - 1) / step * step; at + block <= inst->end; at += step) {
        sec_t first = i == 0 ? at : t->stop[0].departure;
        if (at + block - (first - inst->rules.show) > m->fdp)
            break;
        if (!is_open(inst, s->airfield, at) || !is_open(inst, next->airfield, at + block) ||
            !cleared(inst, next->airfield, at + block))
            continue;
        s->departure = at;
        next->arrival = at + block;
        next->departure = SEC_NONE;
        if (!make_times(m, i + 1))
            return false;
    }
    return true;
}

/* Every route that goes on from stop n; `nm` flown since fuel, `least` the shortest time from first take-off to last block-in. */
static bool make_routes(struct making *m, mnm_t nm, sec_t least)
{
    const struct instance *inst = m->o->inst;
    const struct aircraft_type *type = &inst->type[m->trip.type];
    int32_t n = m->trip.n, here = m->trip.stop[n].airfield;
    if (n > 0) {
        m->o->route_begin = m->o->trips.n;
        if (!make_times(m, 0))
            return false;
        reduce_route(m->o);
        if (inst->airfield[here].has_fuel)
            nm = 0;
    }
    for (int32_t f = 0; f < (int32_t)inst->n_airfields; f++) {
        const struct leg *leg = instance_leg(inst, m->trip.type, here, f);
        sec_t longer = least + (n > 0 ? m->shortest_ground : 0) + leg->block;
        if (f == here || leg->block < 0 || inst->airfield[f].runway_ft < type->runway_ft ||
            nm + leg->nm > type->range[0].range || longer + inst->rules.show > m->fdp || longer > inst->end)
            continue;
        if (n + 2 > MAX_STOPS)
            return stop_all(m->o, ORACLE_TOO_BIG);
        m->trip.n = n + 1;
        m->trip.stop[n + 1] = (struct stop){.airfield = f, .arrival = SEC_NONE, .departure = SEC_NONE};
        if (!make_routes(m, nm + leg->nm, longer))
            return false;
        m->trip.n = n;
    }
    return true;
}

static bool qualified(const struct crew *crew, int32_t type)
{
    for (size_t i = 0; i < crew->n_types; i++)
        if (crew->types[i] == type)
            return true;
    return false;
}

static bool make_type(struct oracle *o, int32_t ty)
{
    const struct instance *inst = o->inst;
    const struct aircraft_type *type = &inst->type[ty];
    struct making m = {.o = o, .trip = {.type = ty, .airframe = -1, .crew = -1}, .seats = -1};
    for (size_t c = 0; c < inst->n_crews; c++)
        if (qualified(&inst->crew[c], ty) && type->fdp[inst->crew[c].kind] > m.fdp)
            m.fdp = type->fdp[inst->crew[c].kind];
    for (size_t c = 0; c < type->n_configurations; c++)
        if (type->configuration[c].seats > m.seats) {
            m.seats = type->configuration[c].seats;
            m.trip.configuration = (int32_t)c;
        }
    m.shortest_ground = type->ground[0];
    for (int g = 1; g < N_GROUND_WORK; g++)
        m.shortest_ground = type->ground[g] < m.shortest_ground ? type->ground[g] : m.shortest_ground;
    for (int32_t f = 0; m.fdp > 0 && f < (int32_t)inst->n_airfields; f++) {
        if (inst->airfield[f].runway_ft < type->runway_ft)
            continue;
        m.trip.n = 0;
        m.trip.stop[0] = (struct stop){.airfield = f, .arrival = SEC_NONE};
        if (!make_routes(&m, 0, 0))
            return false;
    }
    return true;
}

static bool make_all(struct oracle *o)
{
    const struct instance *inst = o->inst;
    if (inst->n_airfields > MAX_FIELDS || inst->n_demands > MAX_DEMANDS || inst->n_airframes > MAX_AIRFRAMES ||
        inst->n_crews > MAX_CREWS)
        return stop_all(o, ORACLE_TOO_BIG);
    for (size_t l = 0; l < inst->n_limits; l++)
        for (size_t c = 0; c < inst->limit[l].n_caps; c++) {
            if (o->n_caps == MAX_CAPS)
                return stop_all(o, ORACLE_TOO_BIG);
            o->cap[o->n_caps++] = (struct flat_cap){.limit = &inst->limit[l], .cap = &inst->limit[l].cap[c]};
        }
    for (int32_t ty = 0; ty < (int32_t)inst->n_types; ty++) {
        bool used = false;
        for (size_t a = 0; a < inst->n_airframes; a++)
            used = used || inst->airframe[a].type == ty;
        if (used && !make_type(o, ty))
            return false;
    }
    return true;
}

/* --- every set of missions ----------------------------------------------------------------------------------------------- */

struct airframe_state {
    int32_t at;
    bool used;
    sec_t ready, flown;
    mnm_t nm;       /* since fuel */
    gram_t payload; /* greatest since fuel */
};

struct crew_state {
    int32_t at;
    bool used;
    sec_t ready; /* next show not before */
};

struct state {
    struct airframe_state airframe[MAX_AIRFRAMES];
    struct crew_state crew[MAX_CREWS];
    int32_t left[MAX_DEMANDS];
    int32_t cap_arrivals[MAX_CAPS], cap_pax[MAX_CAPS];
    cent_t cost, penalties; /* of the missions taken; of those not moved */
    int32_t committed_left;
};

struct choice {
    const struct trip *trip;
    int32_t airframe, crew;
};

struct search {
    struct oracle *o;
    struct choice chosen[MAX_CHOSEN], best[MAX_CHOSEN];
    int32_t n_chosen, n_best;
    cent_t best_cost; /* INT64_MAX: none */
    double worth[MAX_DEMANDS]; /* no mission nets more than the worth of those it moves */
};

static bool end_allowed(bool anywhere, const int32_t *list, size_t n, int32_t field)
{
    for (size_t i = 0; i < n && !anywhere; i++)
        anywhere = list[i] == field;
    return anywhere;
}

static sec_t trip_show(const struct instance *inst, const struct trip *t)
{
    return t->stop[0].departure - inst->rules.show;
}

/* R1 and R5 for the next mission of an airframe. */
static bool airframe_takes(const struct instance *inst, const struct trip *t, int32_t a, struct airframe_state *s)
{
    const struct airframe *af = &inst->airframe[a];
    const struct aircraft_type *type = &inst->type[t->type];
    if (af->type != t->type || s->at != t->stop[0].airfield || t->begin < af->from || t->last_he > af->until ||
        (s->used && t->begin < s->ready))
        return false;
    s->flown += t->flown;
    if (af->flight_limit >= 0 && s->flown > af->flight_limit)
        return false;
    for (int32_t i = 0; i < t->n; i++) {
        int32_t to = t->stop[i + 1].airfield;
        s->nm += instance_leg(inst, t->type, t->stop[i].airfield, to)->nm;
        s->payload = t->payload[i] > s->payload ? t->payload[i] : s->payload;
        if (s->nm > range_at(type, s->payload))
            return false;
        if (inst->airfield[to].has_fuel)
            s->nm = s->payload = 0;
    }
    sec_t ground = t->last_he - t->last_in;
    s->ready = t->last_in + (ground > type->turn ? ground : type->turn);
    s->at = t->stop[t->n].airfield;
    s->used = true;
    return true;
}

/* Flight time of crew c that counts at `now`, of the missions chosen and of its recent flights. */
static sec_t counting(const struct search *s, int32_t c, sec_t now, sec_t window, bool *scheduled)
{
    const struct crew *crew = &s->o->inst->crew[c];
    sec_t sum = 0;
    *scheduled = false;
    for (size_t i = 0; i < crew->n_recent; i++)
        if (crew->recent[i].block_in <= now && now < crew->recent[i].block_in + window)
            sum += crew->recent[i].block;
    for (int32_t k = 0; k < s->n_chosen; k++) {
        const struct trip *t = s->chosen[k].trip;
        for (int32_t i = 1; s->chosen[k].crew == c && i <= t->n; i++) {
            sec_t in = t->stop[i].arrival;
            if (in <= now && now < in + window) {
                sum += instance_leg(s->o->inst, t->type, t->stop[i - 1].airfield, t->stop[i].airfield)->block;
                *scheduled = true;
            }
        }
    }
    return sum;
}

/* The sum only rises at block-ins, so these are the instants to look at. */
static bool rolling_ok(const struct search *s, int32_t c)
{
    const struct instance *inst = s->o->inst;
    const struct crew *crew = &inst->crew[c];
    bool scheduled;
    for (size_t r = 0; r < inst->rules.n_rolling; r++) {
        const struct rolling_limit *limit = &inst->rules.rolling[r];
        for (size_t i = 0; i < crew->n_recent; i++)
            if (counting(s, c, crew->recent[i].block_in, limit->window, &scheduled) > limit->most && scheduled)
                return false;
        for (int32_t k = 0; k < s->n_chosen; k++)
            for (int32_t i = 1; s->chosen[k].crew == c && i <= s->chosen[k].trip->n; i++)
                if (counting(s, c, s->chosen[k].trip->stop[i].arrival, limit->window, &scheduled) > limit->most)
                    return false;
    }
    return true;
}

/* R6 but for the rolling limits. */
static bool crew_takes(const struct instance *inst, const struct trip *t, int32_t c, struct crew_state *s)
{
    const struct crew *crew = &inst->crew[c];
    sec_t fdp = inst->type[t->type].fdp[crew->kind], show = trip_show(inst, t);
    sec_t off = t->last_in + inst->rules.post_flight;
    if (!qualified(crew, t->type) || fdp <= 0 || t->last_in - show > fdp || s->at != t->stop[0].airfield ||
        show < crew->from || off > crew->until || show < s->ready)
        return false;
    s->at = t->stop[t->n].airfield;
    s->ready = off + inst->rules.rest;
    s->used = true;
    return true;
}

/* R7: units present at the instant `now` at a field. */
static int64_t units_at(const struct search *s, int32_t field, sec_t now)
{
    int64_t units = 0;
    for (int32_t k = 0; k < s->n_chosen; k++) {
        const struct trip *t = s->chosen[k].trip;
        for (int32_t i = 0; i <= t->n; i++) {
            struct interval p;
            if (t->stop[i].airfield == field && present(t, i, &p) && p.from <= now && now < p.until)
                units += s->o->inst->type[t->type].mog_units;
        }
    }
    return units;
}

/* The units rise only where a presence begins. */
static bool mog_ok(const struct search *s)
{
    const struct instance *inst = s->o->inst;
    for (int32_t k = 0; k < s->n_chosen; k++) {
        const struct trip *t = s->chosen[k].trip;
        for (int32_t i = 0; i <= t->n; i++) {
            struct interval p;
            int32_t field = t->stop[i].airfield, mog = inst->airfield[field].mog;
            if (mog >= 0 && present(t, i, &p) && units_at(s, field, p.from) > mog)
                return false;
        }
    }
    return true;
}

static bool counts_ok(const struct search *s, const struct state *st, const struct trip *t)
{
    for (size_t d = 0; d < s->o->inst->n_demands; d++)
        if (t->moved[d] > st->left[d])
            return false;
    for (int32_t c = 0; c < s->o->n_caps; c++) {
        const struct cap *cap = s->o->cap[c].cap;
        if ((cap->arrivals >= 0 && st->cap_arrivals[c] + t->cap_arrivals[c] > cap->arrivals) ||
            (cap->pax >= 0 && st->cap_pax[c] + t->cap_pax[c] > cap->pax))
            return false;
    }
    return true;
}

/* What can never be taken again after the missions chosen; places are left out, since others may yet move there. */
static bool still_possible(const struct search *s, const struct state *st, const struct trip *t)
{
    const struct instance *inst = s->o->inst;
    bool airframe = false, crew = false;
    if (!counts_ok(s, st, t))
        return false;
    for (size_t a = 0; a < inst->n_airframes && !airframe; a++)
        airframe = inst->airframe[a].type == t->type && (!st->airframe[a].used || st->airframe[a].ready <= t->begin);
    for (size_t c = 0; c < inst->n_crews && !crew; c++)
        crew = qualified(&inst->crew[c], t->type) && st->crew[c].ready <= trip_show(inst, t);
    return airframe && crew;
}

static void note_if_best(struct search *s, const struct state *st)
{
    const struct instance *inst = s->o->inst;
    if (st->committed_left > 0 || st->cost + st->penalties >= s->best_cost)
        return;
    for (size_t a = 0; a < inst->n_airframes; a++) {
        const struct airframe *af = &inst->airframe[a];
        if (st->airframe[a].used && !end_allowed(af->end_anywhere, af->end_at, af->n_end_at, st->airframe[a].at))
            return;
    }
    for (size_t c = 0; c < inst->n_crews; c++) {
        const struct crew *crew = &inst->crew[c];
        if (st->crew[c].used && !end_allowed(crew->end_anywhere, crew->end_at, crew->n_end_at, st->crew[c].at))
            return;
    }
    s->best_cost = st->cost + st->penalties;
    s->n_best = s->n_chosen;
    memcpy(s->best, s->chosen, sizeof s->best);
}

static double net(const struct trip *t)
{
    return (double)(t->gross - t->cost);
}

/* Adds the mission to the state; false when a shared rule forbids it. The mission is the last one chosen. */
static bool take(struct search *s, struct state *st, const struct trip *t, int32_t a, int32_t c)
{
    if (!airframe_takes(s->o->inst, t, a, &st->airframe[a]) || !crew_takes(s->o->inst, t, c, &st->crew[c]) ||
        !rolling_ok(s, c))
        return false;
    for (size_t d = 0; d < s->o->inst->n_demands; d++)
        st->left[d] -= t->moved[d];
    for (int32_t k = 0; k < s->o->n_caps; k++) {
        st->cap_arrivals[k] += t->cap_arrivals[k];
        st->cap_pax[k] += t->cap_pax[k];
    }
    st->cost += t->cost;
    st->penalties -= t->gross;
    st->committed_left -= t->committed;
    return true;
}

static bool descend(struct search *s, const struct state *st, const int32_t *cand, size_t n);

/* Every airframe and crew for mission t as the next one; `after` are the candidates that come next or later. */
static bool take_each(struct search *s, const struct state *st, const struct trip *t, const int32_t *after, size_t n)
{
    const struct instance *inst = s->o->inst;
    if (s->n_chosen == MAX_CHOSEN)
        return stop_all(s->o, ORACLE_TOO_BIG);
    s->chosen[s->n_chosen++] = (struct choice){.trip = t};
    bool going = true;
    if (mog_ok(s)) {
        for (int32_t a = 0; a < (int32_t)inst->n_airframes && going; a++) {
            if (inst->airframe[a].type != t->type || st->airframe[a].at != t->stop[0].airfield ||
                (t->committed && t->airframe != a))
                continue;
            for (int32_t c = 0; c < (int32_t)inst->n_crews && going; c++) {
                if (st->crew[c].at != t->stop[0].airfield || (t->committed && t->crew != c))
                    continue;
                struct state next = *st;
                s->chosen[s->n_chosen - 1] = (struct choice){.trip = t, .airframe = a, .crew = c};
                if (take(s, &next, t, a, c))
                    going = descend(s, &next, after, n);
            }
        }
    }
    s->n_chosen--;
    return going;
}

/* All sets that go on from `st` with the missions cand[0..n). The bounds: no mission yields more for each cent of penalty it
 * saves than the best one still possible, and none nets more than the worth of those it moves. Two cents cover rounding. */
static bool descend(struct search *s, const struct state *st, const int32_t *cand, size_t n)
{
    struct oracle *o = s->o;
    const struct trip *trips = o->trips.at;
    note_if_best(s, st);
    if (n == 0)
        return true;
    double worth = 0;
    for (size_t d = 0; d < o->inst->n_demands; d++)
        worth += s->worth[d] * st->left[d];
    if (s->best_cost != INT64_MAX && (double)(st->cost + st->penalties) - worth - 2 >= (double)s->best_cost)
        return true;
    int32_t *here = malloc(n * sizeof *here);
    double *yield = malloc(n * sizeof *yield); /* best of this candidate and those after it */
    bool going = here && yield;
    if (!going)
        stop_all(o, ORACLE_NO_MEMORY);
    size_t kept = 0;
    o->answer->steps += (int64_t)n;
    if (going && o->answer->steps > o->budget.steps)
        going = stop_all(o, ORACLE_TOO_BIG);
    for (size_t i = 0; i < n && going; i++)
        if (trips[cand[i]].committed || still_possible(s, st, &trips[cand[i]]))
            here[kept++] = cand[i];
    for (size_t i = kept; i > 0 && going; i--) {
        const struct trip *t = &trips[here[i - 1]];
        double own = t->gross > 0 ? net(t) / (double)t->gross : 0;
        double later = i < kept ? yield[i] : 0;
        yield[i - 1] = own > later ? own : later;
    }
    for (size_t i = 0; i < kept && going; i++) {
        const struct trip *t = &trips[here[i]];
        double saving = yield[i] * (double)st->penalties;
        saving = worth < saving ? worth : saving;
        if (s->best_cost != INT64_MAX && (double)(st->cost + st->penalties) - saving - 2 >= (double)s->best_cost)
            break;
        if (counts_ok(s, st, t))
            going = t->committed ? take_each(s, st, t, here + i + 1, kept - i - 1)
                                 : take_each(s, st, t, here + i, kept - i); /* another airframe may do the same */
        if (t->committed) /* it cannot be left out */
            break;
    }
    free(here);
    free(yield);
    return going;
}

/* Lowers each demand's worth in turn as far as every mission's net stays covered. */
static void set_worth(struct search *s)
{
    const struct instance *inst = s->o->inst;
    const struct trips *list = &s->o->trips;
    for (size_t d = 0; d < inst->n_demands; d++)
        s->worth[d] = (double)inst->demand[d].penalty;
    double best = 0;
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].gross > 0 && net(&list->at[i]) / (double)list->at[i].gross > best)
            best = net(&list->at[i]) / (double)list->at[i].gross;
    for (size_t d = 0; d < inst->n_demands; d++)
        s->worth[d] *= best;
    for (size_t d = 0; d < inst->n_demands; d++) {
        double need = 0;
        for (size_t i = 0; i < list->n; i++) {
            const struct trip *t = &list->at[i];
            if (t->moved[d] == 0)
                continue;
            double rest = net(t);
            for (size_t e = 0; e < inst->n_demands; e++)
                rest -= e == d ? 0 : s->worth[e] * t->moved[e];
            need = rest / t->moved[d] > need ? rest / t->moved[d] : need;
        }
        s->worth[d] = need;
    }
}

/* --- answers ------------------------------------------------------------------------------------------------------------- */

static bool trip_to_mission(const struct oracle *o, const struct choice *choice, struct mission *mission)
{
    const struct trip *t = choice->trip;
    struct trip copy = *t;
    struct mission whole = {.airframe = choice->airframe, .crew = choice->crew, .configuration = t->configuration,
                            .committed = t->committed, .stop = copy.stop, .n_stops = (size_t)t->n + 1,
                            .ride = copy.ride, .n_rides = (size_t)t->n_rides};
    for (int32_t i = 1; i < t->n_rides; i++) /* by load stop, unload stop, demand */
        for (int32_t k = i; k > 0 && !t->committed; k--) {
            struct ride *x = &copy.ride[k - 1], *y = &copy.ride[k];
            int32_t order = x->from_stop != y->from_stop ? x->from_stop - y->from_stop
                            : x->to_stop != y->to_stop   ? x->to_stop - y->to_stop
                                                         : x->demand - y->demand;
            if (order <= 0)
                break;
            struct ride swap = *x;
            *x = *y;
            *y = swap;
        }
    if (!mission_copy(mission, &whole))
        return false;
    const struct oracle_load load = {t->type, t->configuration, t->n, t->ride, t->n_rides};
    if (!o->inst->type[t->type].configuration[t->configuration].cabin)
        return true;
    mission->load_plan = oracle_cabins_plan(o->cabins, &load);
    return mission->load_plan != NULL;
}

/* Turns a committed mission into a trip of its own; false with trouble set when it breaks a rule by itself. */
static bool add_committed(struct oracle *o, const struct mission *m)
{
    struct trip t = {.type = o->inst->airframe[m->airframe].type, .airframe = m->airframe, .crew = m->crew,
                     .configuration = m->configuration, .committed = true};
    if (m->n_stops > MAX_STOPS || m->n_rides > MAX_RIDES)
        return stop_all(o, ORACLE_TOO_BIG);
    if (m->n_stops < 2)
        return stop_all(o, ORACLE_IMPOSSIBLE);
    t.n = (int32_t)m->n_stops - 1;
    t.n_rides = (int32_t)m->n_rides;
    memcpy(t.stop, m->stop, m->n_stops * sizeof *m->stop);
    if (m->n_rides > 0)
        memcpy(t.ride, m->ride, m->n_rides * sizeof *m->ride);
    if (!trip_ok(o->inst, &t, o->inst->type[t.type].configuration[m->configuration].seats) || !planned(o, &t))
        return stop_all(o, ORACLE_IMPOSSIBLE);
    trip_finish(o, &t);
    o->route_begin = o->trips.n;
    return keep_trip(o, &t);
}

static int by_departure(const void *x, const void *y)
{
    const struct trip *a = x, *b = y;
    sec_t da = a->stop[0].departure, db = b->stop[0].departure;
    if (da != db)
        return da < db ? -1 : 1;
    /* among the rest the better yield first finds good schedules early */
    double ya = a->gross > 0 ? net(a) / (double)a->gross : -1, yb = b->gross > 0 ? net(b) / (double)b->gross : -1;
    return (ya < yb) - (ya > yb);
}

static int by_departure_then_airframe(const void *x, const void *y)
{
    const struct choice *a = x, *b = y;
    sec_t da = a->trip->stop[0].departure, db = b->trip->stop[0].departure;
    if (da != db)
        return da < db ? -1 : 1;
    return (a->airframe > b->airframe) - (a->airframe < b->airframe);
}

static bool search_sets(struct oracle *o)
{
    const struct instance *inst = o->inst;
    struct search s = {.o = o, .best_cost = INT64_MAX};
    struct state st = {.committed_left = (int32_t)inst->committed.n_missions};
    for (size_t a = 0; a < inst->n_airframes; a++)
        st.airframe[a].at = inst->airframe[a].at;
    for (size_t c = 0; c < inst->n_crews; c++) {
        const struct crew *crew = &inst->crew[c];
        st.crew[c].at = crew->at;
        st.crew[c].ready = crew->last_duty_end == SEC_NONE ? SEC_EARLIEST : crew->last_duty_end + inst->rules.rest;
    }
    for (size_t d = 0; d < inst->n_demands; d++) {
        st.left[d] = inst->demand[d].pax;
        st.penalties += inst->demand[d].pax * inst->demand[d].penalty;
    }
    if (o->trips.n > 1)
        qsort(o->trips.at, o->trips.n, sizeof *o->trips.at, by_departure);
    set_worth(&s);
    int32_t *all = malloc((o->trips.n + 1) * sizeof *all);
    if (!all)
        return stop_all(o, ORACLE_NO_MEMORY);
    for (size_t i = 0; i < o->trips.n; i++)
        all[i] = (int32_t)i;
    bool done = descend(&s, &st, all, o->trips.n);
    free(all);
    if (!done)
        return false;
    if (s.best_cost == INT64_MAX)
        return stop_all(o, ORACLE_IMPOSSIBLE);
    qsort(s.best, (size_t)s.n_best, sizeof *s.best, by_departure_then_airframe);
    struct schedule *schedule = &o->answer->schedule;
    o->answer->cost = s.best_cost;
    schedule->mission = calloc((size_t)s.n_best + 1, sizeof *schedule->mission);
    if (!schedule->mission)
        return stop_all(o, ORACLE_NO_MEMORY);
    for (; schedule->n_missions < (size_t)s.n_best; schedule->n_missions++)
        if (!trip_to_mission(o, &s.best[schedule->n_missions], &schedule->mission[schedule->n_missions]))
            return stop_all(o, ORACLE_NO_MEMORY);
    return true;
}

void oracle_solve(const struct instance *inst, const struct oracle_budget *budget, struct oracle_answer *answer)
{
    memset(answer, 0, sizeof *answer);
    struct oracle o = {.inst = inst,
                       .budget = *budget,
                       .answer = answer,
                       .trouble = ORACLE_OPTIMAL,
                       .cabins = oracle_cabins_new(inst)};
    bool going = o.cabins ? make_all(&o) : stop_all(&o, ORACLE_NO_MEMORY);
    for (size_t i = 0; i < inst->committed.n_missions && going; i++)
        going = add_committed(&o, &inst->committed.mission[i]);
    answer->missions = (int64_t)o.trips.n;
    if (going)
        search_sets(&o);
    answer->status = o.trouble;
    if (o.trouble != ORACLE_OPTIMAL)
        schedule_release(&answer->schedule);
    free(o.trips.at);
    oracle_cabins_free(o.cabins);
}

void oracle_answer_release(struct oracle_answer *answer)
{
    schedule_release(&answer->schedule);
    memset(answer, 0, sizeof *answer);
}

bool oracle_some_mission(const struct instance *inst, const struct oracle_budget *budget, uint64_t pick,
                         struct mission *mission)
{
    struct oracle_answer answer = {.cost = 0};
    struct oracle o = {.inst = inst,
                       .budget = *budget,
                       .answer = &answer,
                       .trouble = ORACLE_OPTIMAL,
                       .cabins = oracle_cabins_new(inst)};
    bool found = false;
    uint64_t n = 0;
    if (o.cabins && make_all(&o))
        for (int pass = 0; pass < 2 && !found && (pass == 0 || n > 0); pass++) {
            uint64_t nth = 0;
            for (size_t i = 0; i < o.trips.n && !found; i++)
                for (int32_t a = 0; a < (int32_t)inst->n_airframes && !found; a++)
                    for (int32_t c = 0; c < (int32_t)inst->n_crews && !found; c++) {
                        const struct trip *t = &o.trips.at[i];
                        struct airframe_state as = {.at = t->stop[0].airfield};
                        struct crew_state cs = {.at = t->stop[0].airfield, .ready = SEC_EARLIEST};
                        if (!airframe_takes(inst, t, a, &as) || !crew_takes(inst, t, c, &cs))
                            continue;
                        struct choice choice = {.trip = t, .airframe = a, .crew = c};
                        if (pass == 1 && nth == pick % n)
                            found = trip_to_mission(&o, &choice, mission);
                        nth++;
                    }
            n = nth;
        }
    free(o.trips.at);
    oracle_cabins_free(o.cabins);
    return found;
}

/* --- readable text ------------------------------------------------------------------------------------------------------- */

const char *oracle_status_text(enum oracle_status status)
{
    static const char *const text[] = {"optimal", "impossible", "too big", "out of memory"};
    return text[status];
}

static void put_instant(FILE *out, sec_t t)
{
    if (t == SEC_NONE || t == SEC_EARLIEST || t == SEC_LATEST)
        fprintf(out, " -");
    else
        fprintf(out, " %lld", (long long)t);
}

static void put_window(FILE *out, const char *name, struct interval w)
{
    fprintf(out, " %s [", name);
    put_instant(out, w.from);
    fprintf(out, " ..");
    put_instant(out, w.until);
    fprintf(out, " ]");
}

static void put_list(FILE *out, const char *name, bool any, const int32_t *list, size_t n)
{
    fprintf(out, " %s", name);
    for (size_t i = 0; i < n && !any; i++)
        fprintf(out, " %d", (int)list[i]);
    fprintf(out, any ? " any" : n == 0 ? " (none)" : "");
}

static void print_types(FILE *out, const struct instance *inst)
{
    for (size_t y = 0; y < inst->n_types; y++) {
        const struct aircraft_type *t = &inst->type[y];
        fprintf(out, "type %zu seats", y);
        for (size_t c = 0; c < t->n_configurations; c++)
            fprintf(out, " %d", (int)t->configuration[c].seats);
        fprintf(out, " range");
        for (size_t p = 0; p < t->n_range; p++)
            fprintf(out, " %lldg:%lldmnm", (long long)t->range[p].payload, (long long)t->range[p].range);
        fprintf(out, " ground %lld %lld %lld turn %lld runway %d units %d fdp %lld %lld per hour %lld per mission %lld\n",
                (long long)t->ground[0], (long long)t->ground[1], (long long)t->ground[2], (long long)t->turn,
                (int)t->runway_ft, (int)t->mog_units, (long long)t->fdp[0], (long long)t->fdp[1],
                (long long)t->cost_per_block_hour, (long long)t->cost_per_mission);
        for (size_t a = 0; a < inst->n_airfields; a++)
            for (size_t b = 0; b < inst->n_airfields; b++) {
                const struct leg *leg = instance_leg(inst, (int32_t)y, (int32_t)a, (int32_t)b);
                if (a != b)
                    fprintf(out, "  leg %zu-%zu block %lld mnm %lld cost %lld fee %lld\n", a, b, (long long)leg->block,
                            (long long)leg->nm, (long long)leg->cost, (long long)leg->fee);
            }
    }
}

static void print_resources(FILE *out, const struct instance *inst)
{
    for (size_t a = 0; a < inst->n_airframes; a++) {
        const struct airframe *af = &inst->airframe[a];
        fprintf(out, "airframe %zu type %d at %d", a, (int)af->type, (int)af->at);
        put_window(out, "available", (struct interval){af->from, af->until});
        put_list(out, "end at", af->end_anywhere, af->end_at, af->n_end_at);
        fprintf(out, " flight limit %lld\n", (long long)af->flight_limit);
    }
    for (size_t c = 0; c < inst->n_crews; c++) {
        const struct crew *crew = &inst->crew[c];
        fprintf(out, "crew %zu %s at %d", c, crew->kind == CREW_BASIC ? "basic" : "augmented", (int)crew->at);
        put_list(out, "types", false, crew->types, crew->n_types);
        put_window(out, "available", (struct interval){crew->from, crew->until});
        put_list(out, "end at", crew->end_anywhere, crew->end_at, crew->n_end_at);
        fprintf(out, " last duty end");
        put_instant(out, crew->last_duty_end);
        for (size_t i = 0; i < crew->n_recent; i++)
            fprintf(out, " recent %lld:%lld", (long long)crew->recent[i].block_in, (long long)crew->recent[i].block);
        fprintf(out, "\n");
    }
}

static void print_demands(FILE *out, const struct instance *inst)
{
    for (size_t i = 0; i < inst->n_demands; i++) {
        const struct demand *d = &inst->demand[i];
        fprintf(out, "demand %zu %d-%d pax %d", i, (int)d->origin, (int)d->destination, (int)d->pax);
        put_window(out, "pickup", d->pickup);
        put_window(out, "delivery", d->delivery);
        fprintf(out,
                " mass %lld freight %lld%s lot %d aboard %lld category %d escort per %d mass %lld own %lld %lld "
                "penalty %lld delay %lld\n",
                (long long)d->pax_mass, (long long)d->freight, d->together ? " together" : "", (int)d->smallest_lot,
                (long long)d->aboard_limit, (int)d->category, (int)d->escort_per, (long long)d->escort_mass,
                (long long)d->onload, (long long)d->offload, (long long)d->penalty, (long long)d->delay_cost);
    }
    for (size_t a = 0; a < inst->n_categories; a++)
        for (size_t b = a; b < inst->n_categories; b++)
            if (inst->rules.apart[a * inst->n_categories + b])
                fprintf(out, "apart %zu %zu\n", a, b);
}

void oracle_print_instance(FILE *out, const struct instance *inst)
{
    fprintf(out, "instance \"%s\" end %lld step %lld show %lld post-flight %lld rest %lld\n", inst->name,
            (long long)inst->end, (long long)inst->rules.step, (long long)inst->rules.show,
            (long long)inst->rules.post_flight, (long long)inst->rules.rest);
    for (size_t r = 0; r < inst->rules.n_rolling; r++)
        fprintf(out, "rolling window %lld most %lld\n", (long long)inst->rules.rolling[r].window,
                (long long)inst->rules.rolling[r].most);
    for (size_t f = 0; f < inst->n_airfields; f++) {
        const struct airfield *af = &inst->airfield[f];
        fprintf(out, "airfield %zu runway %d%s mog %d", f, (int)af->runway_ft, af->has_fuel ? "" : " no fuel",
                (int)af->mog);
        for (size_t i = 0; i < af->n_open && !af->always_open; i++)
            put_window(out, "open", af->open[i]);
        fprintf(out, "%s\n", !af->always_open && af->n_open == 0 ? " never open" : "");
    }
    print_types(out, inst);
    print_resources(out, inst);
    print_demands(out, inst);
    for (size_t l = 0; l < inst->n_limits; l++) {
        const struct limit *limit = &inst->limit[l];
        fprintf(out, "limit %zu", l);
        put_list(out, "at", false, limit->airfields, limit->n_airfields);
        for (size_t c = 0; c < limit->n_caps; c++) {
            put_window(out, "cap", (struct interval){limit->cap[c].from, limit->cap[c].until});
            fprintf(out, " arrivals %d pax %d", (int)limit->cap[c].arrivals, (int)limit->cap[c].pax);
        }
        for (size_t c = 0; c < limit->n_clear && limit->needs_clearance; c++)
            put_window(out, "clear", limit->clear[c]);
        fprintf(out, "%s\n", limit->needs_clearance && limit->n_clear == 0 ? " never clear" : "");
    }
    if (inst->committed.n_missions > 0) {
        fprintf(out, "committed:\n");
        oracle_print_schedule(out, inst, &inst->committed);
    }
}

void oracle_print_schedule(FILE *out, const struct instance *inst, const struct schedule *schedule)
{
    (void)inst;
    for (size_t i = 0; i < schedule->n_missions; i++) {
        const struct mission *m = &schedule->mission[i];
        fprintf(out, "mission %zu airframe %d crew %d configuration %d%s\n", i, (int)m->airframe, (int)m->crew,
                (int)m->configuration, m->committed ? " committed" : "");
        for (size_t k = 0; k < m->n_stops; k++) {
            const struct stop *s = &m->stop[k];
            fprintf(out, "  stop %zu at %d arrival", k, (int)s->airfield);
            put_instant(out, s->arrival);
            fprintf(out, " handling");
            put_instant(out, s->handling_start);
            put_instant(out, s->handling_end);
            fprintf(out, " departure");
            put_instant(out, s->departure);
            fprintf(out, "\n");
        }
        for (size_t r = 0; r < m->n_rides; r++)
            fprintf(out, "  ride demand %d pax %d stops %d-%d\n", (int)m->ride[r].demand, (int)m->ride[r].pax,
                    (int)m->ride[r].from_stop, (int)m->ride[r].to_stop);
    }
}
