#include "solver/price.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "solver/levels.h"
#include "solver/line_fill.h"
#include "solver/load.h"
#include "solver/opening.h"
#include "solver/own_caps.h"
#include "solver/price_labels.h"
#include "solver/work.h"

#define HALF_CENT   0.005
#define IMPROVEMENT 1e-6

enum { MOST_SLOTS = 480, MOST_GRID = 20000, KEEP_PER_START = 3, MOST_LATER = 64 };
enum { SHARES = 16, LEAST_SHARE = 16 /* first take-offs */ };

/* Passengers of one origin and destination share a place in the backward pass. */
struct lane {
    int32_t origin, destination;
    double *value;  /* [n_grid + 1] most that one seat earns by an arrival at or after the slot, but for what its
                       destination gives beyond `level` */
    sec_t earliest; /* first departure that may carry any of them */
    sec_t latest;   /* last instant at which any may start loading */
    size_t slot;    /* first slot of the present first take-off that may carry any */
    bool loads;     /* may load at a later stop of the present first take-off */
};

/* Where one may fly from a field in a slot. */
struct ways {
    int32_t n, n_anyhow;
};

struct flight {  /* one leg at one departure slot */
    double cost; /* INFINITY: not flown */
    double end;  /* what giving airframe and crew back there is worth */
    sec_t arrival;
    int64_t slot;                        /* of the horizon, of the arrival; ... */
    int64_t pass, onload, offload, both; /* ... first ones to leave again, see struct landing */
};

struct later { /* a departure that some time aboard asks for */
    size_t slot;
    int32_t field;
};

struct child { /* a way to leave a stop */
    double bound, cost;
    size_t slot;
    int32_t field;
};

/* A part of the first take-offs of one airframe group with one crew group, with an answer of its own: so the answers
 * together are the same, whoever finds which when. */
struct share {
    int32_t a, c;
    int part, parts;
    struct price_result result;
    int64_t from, until; /* slots */
    double *least;       /* [until - from] by first take-off: least reduced cost, 0 at most ... */
    sec_t *again;        /* ... and how long until the airframe may take off again, at least */
    sec_t grid;
    bool stopped, failed;
};

struct pricing {
    const struct master *master;
    const struct price_task *task;
    const struct price_shifts *shifts; /* NULL: all routes */
    struct duals duals;
    struct share *share; /* [n] */
    size_t n;
    /* Of all shares, where the task limits them. Both only grow: whether they exceed the limit in the end does not
     * depend on the order. */
    atomic_size_t found;
    atomic_llong loads;
    struct budget budget;
};

struct pricer {
    const struct instance *inst;
    const struct master *master;
    const struct price_task *task;
    const struct price_shifts *shifts; /* NULL: all routes */
    const struct duals *duals;
    struct pricing *all;
    struct share *share;
    struct price_result *result; /* of the share */
    int32_t a, c, type;          /* airframe group, crew group */
    const struct airframe *airframe;
    const struct crew *crew;
    sec_t grid;                        /* take-offs: multiples of it */
    size_t n_fields, n_lanes, n_slots; /* departures: slots 0 .. n_slots - 1 after the first take-off */
    double seats;
    struct lane *lane;
    struct flight *flight; /* [n_slots * n_fields * n_fields] a ring over the slots of the horizon */
    int64_t *flight_slot;  /* [n_slots] the slot that the ring holds there; -1: none */
    struct ways *ways;     /* [n_slots * n_fields] of the same ring ... */
    int32_t *way;       /* [n_slots * n_fields * n_fields] where to; first those that do not gain by leaving earlier */
    int64_t first_slot; /* of the horizon, at the first take-off */
    size_t *lane_of;    /* [n_demands] */
    size_t *first_to;   /* [n_fields + 1] into ... */
    size_t *lane_to;    /* ... [n_lanes] lanes by destination */
    struct levels levels;
    double *seat;  /* [levels.n_slots * n_demands] what a seat earns that unloads after an arrival in the slot */
    bool *loaded;  /* [n_demands] scratch ... */
    double *value; /* ... [n_demands] */
    bool *late;    /* [n_demands] at the present first take-off, to be loaded before it or never */
    double *ahead; /* [(n_slots + 1) * n_fields] by arrival: most that others who unload there give beyond the level */
    double early;  /* most that those give who are loaded long before the present first take-off from a field, ... */
    double early_most; /* ... and if the wait were free */
    double *to_go;     /* [n_lanes + 1] scratch */
    struct lanes lanes;
    struct own_caps own;
    bool *handled;      /* [n_grid * n_fields] some handling that begins at a fixed instant ends in the slot before */
    bool *any_handling; /* [n_fields] handling there may take any time */
    size_t n_grid;
    double *per_pax;        /* [n_demands] what branching charges at the present first take-off */
    struct lot_charge *lot; /* [n_charges] */
    double slack;           /* most that lots may earn by it */
    double *go;           /* [(n_slots + 1) * n_fields * (n_lanes + 1)] cost to go when leaving at the slot or later */
    double *begin;        /* [(n_slots + 1) * n_fields] the same for a seat that loads there */
    sec_t start, last_in; /* first take-off; last block-in allowed */
    sec_t pass, onload, offload; /* least ground times */
    sec_t enroute;
    sec_t most_block; /* that a mission may fly, by itself */
    struct route route;
    double given[ROUTE_STOPS]; /* by those who may have unloaded so far, beyond the levels there ... */
    double worth[ROUTE_STOPS]; /* ... and by all of them, however many there is room for */
    double *chain;             /* [ROUTE_STOPS * (n_lanes + 1)] worth of one seat's best chain so far, times seats */
    struct load_search load;
    int64_t counted;     /* of load.work, in pricing.loads */
    int64_t work;        /* besides the loads */
    sec_t soonest;       /* earliest last block-in of what was looked at for the present first take-off */
    struct child *child; /* [n_children] a stack */
    struct later later[ROUTE_STOPS][MOST_LATER];
    size_t n_later[ROUTE_STOPS];
    size_t n_children, room;
    int64_t nodes;
    bool stopped, failed, cut_short;
    struct column kept[KEEP_PER_START];
    double kept_cost[KEEP_PER_START];
    size_t n_kept;
};

static int64_t up(sec_t a, sec_t b)
{
    return a > 0 ? (a + b - 1) / b : -(-a / b);
}

/* Worth of one seat that unloads a passenger of `d` after an arrival at t, at its most favourable. */
static double seat_value(const struct pricer *p, int32_t demand, sec_t t)
{
    const struct demand *d = &p->inst->demand[demand];
    sec_t hs = larger(t, d->delivery.from);
    if (hs > d->delivery.until || hs > p->airframe->until - larger(p->offload, d->offload) ||
        !may_handle(p->inst, p->type, d))
        return 0;
    double hour = (double)d->delay_cost / 100.0 / 3600.0;
    double v = p->duals->pax[demand] - charge_least(p->duals, p->a, p->c, demand) -
               hour * (double)(hs - d->pickup.from) -
               steps_least_rising(&p->duals->unloading[d->destination], hs, d->delivery.until, hour) + HALF_CENT;
    return v > 0 ? v / seats_each(d) : 0;
}

/* The least time from the departure at the origin to an arrival. */
static sec_t first_leg(const struct pricer *p, const struct demand *d)
{
    sec_t block = SEC_LATEST;
    for (int32_t f = 0; f < (int32_t)p->n_fields; f++)
        if (f != d->origin)
            block = smaller(block, instance_leg(p->inst, p->type, d->origin, f)->block);
    return block == SEC_LATEST ? 0 : block;
}

/* Values, levels and what is beyond them, of every arrival slot. */
static bool fill_lanes(struct pricer *p, size_t n_grid)
{
    const struct instance *inst = p->inst;
    size_t n = inst->n_demands;
    double *value = p->seat = calloc((n_grid + 1) * n + 1, sizeof *value);
    for (size_t d = 0; d < n && value; d++) {
        const struct demand *demand = &inst->demand[d];
        sec_t earliest = demand->pickup.from + larger(p->onload, demand->onload) + first_leg(p, demand);
        for (size_t s = 0; s <= n_grid; s++)
            if (((sec_t)s + 1) * p->grid > earliest)
                value[s * n + d] = seat_value(p, (int32_t)d, (sec_t)s * p->grid);
    }
    bool ok = value && levels_init(&p->levels, inst, p->duals, p->seats, value, n_grid + 1);
    for (size_t s = 0; s <= n_grid && ok; s++)
        for (size_t d = 0; d < n; d++) {
            double *lane = &p->lane[p->lane_of[d]].value[s];
            *lane = fmax(*lane, level_value(&p->levels, s, (int32_t)d, value[s * n + d]));
        }
    return ok;
}

static bool make_lanes(struct pricer *p, size_t n_grid)
{
    const struct instance *inst = p->inst;
    p->lane = calloc(inst->n_demands + 1, sizeof *p->lane);
    p->lane_of = calloc(inst->n_demands + 1, sizeof *p->lane_of);
    p->loaded = calloc(inst->n_demands + 1, sizeof *p->loaded);
    p->value = calloc(inst->n_demands + 1, sizeof *p->value);
    p->late = calloc(inst->n_demands + 1, sizeof *p->late);
    if (!p->lane || !p->lane_of || !p->loaded || !p->value || !p->late)
        return false;
    const struct aircraft_type *type = &inst->type[p->type];
    for (int32_t d = 0; d < (int32_t)inst->n_demands; d++) {
        const struct demand *demand = &inst->demand[d];
        size_t k = 0;
        while (k < p->n_lanes && (p->lane[k].origin != demand->origin || p->lane[k].destination != demand->destination))
            k++;
        struct lane *lane = &p->lane[k];
        p->lane_of[d] = k;
        if (k == p->n_lanes) {
            *lane = (struct lane){.origin = demand->origin,
                                  .destination = demand->destination,
                                  .earliest = SEC_LATEST,
                                  .latest = SEC_EARLIEST};
            lane->value = calloc(n_grid + 2, sizeof *lane->value);
            if (!lane->value)
                return false;
            p->n_lanes++;
        }
        lane->earliest =
            smaller(lane->earliest, demand->pickup.from + larger(type->ground[GROUND_ONLOAD], demand->onload));
        lane->latest = larger(lane->latest, demand->pickup.until);
    }
    p->first_to = calloc(p->n_fields + 1, sizeof *p->first_to);
    p->lane_to = calloc(p->n_lanes + 1, sizeof *p->lane_to);
    if (!p->first_to || !p->lane_to)
        return false;
    for (size_t f = 0, at = 0; f < p->n_fields; f++) {
        for (size_t k = 0; k < p->n_lanes; k++)
            if (p->lane[k].destination == (int32_t)f)
                p->lane_to[at++] = k;
        p->first_to[f + 1] = at;
    }
    return fill_lanes(p, n_grid);
}

/* By an arrival in the slot. */
static double lane_value(const struct pricer *p, size_t lane, int64_t slot)
{
    return p->seats * p->lane[lane].value[slot];
}

/* Most that whoever has loaded at the route's first stops 0 .. s and unloads at `field` gives beyond its level. */
static double loaded_beyond(const struct pricer *p, int32_t s, int32_t field, sec_t arrival)
{
    const struct levels *levels = &p->levels;
    size_t slot = (size_t)(arrival / p->grid), at = slot * p->n_fields + (size_t)field;
    if (arrival < 0 || levels->beyond[at] <= 0)
        return 0;
    for (size_t i = levels->first[field]; i < levels->first[field + 1]; i++) {
        int32_t d = levels->chunk[i].demand;
        if (i > levels->first[field] && d == levels->chunk[i - 1].demand)
            continue;
        p->loaded[d] = p->route.airfield[0] == p->inst->demand[d].origin;
        for (int32_t k = 1; k <= s && !p->loaded[d] && !p->late[d]; k++)
            p->loaded[d] = p->route.airfield[k] == p->inst->demand[d].origin;
        p->value[d] = p->loaded[d] ? p->seat[slot * p->inst->n_demands + (size_t)d] : 0;
    }
    return beyond_level(levels, field, levels->level[at], p->value, p->loaded);
}

/* The same of those of the field's passengers that load after the first take-off, or, `late`, long before it at
 * `from`. */
static double beyond_by(const struct pricer *p, int32_t field, size_t slot, bool late, int32_t from)
{
    const struct levels *levels = &p->levels;
    size_t n = p->inst->n_demands, at = slot * p->n_fields + (size_t)field;
    if (levels->beyond[at] <= 0)
        return 0;
    for (size_t i = levels->first[field]; i < levels->first[field + 1]; i++) {
        int32_t d = levels->chunk[i].demand;
        p->loaded[d] = p->late[d] == late && (!late || p->inst->demand[d].origin == from);
        p->value[d] = p->loaded[d] ? p->seat[slot * n + (size_t)d] : 0;
    }
    return beyond_level(levels, field, levels->level[at], p->value, p->loaded);
}

/* Whether somebody of the demand may load at the route's stop s before it is left. */
static bool loads_at(const struct pricer *p, const struct demand *d, int32_t s)
{
    sec_t need = larger(p->onload, d->onload);
    if (p->route.airfield[s] != d->origin || d->pickup.from + need > p->route.departure[s])
        return false;
    return s == 0 || (p->route.arrival[s] <= d->pickup.until && p->route.arrival[s] + need <= p->route.departure[s]);
}

/* The same of unloading. */
static bool unloads_at(const struct pricer *p, const struct demand *d, int32_t s)
{
    return larger(p->route.arrival[s], d->delivery.from) + larger(p->offload, d->offload) <= p->route.departure[s];
}

/* Rides between the route's stops 0 .. n by those who may load there, with what their seats earn. Where an airfield is
 * passed more than once, a demand has more than one. MOST_RIDERS + 1: there are more. */
static size_t list_riders(const struct pricer *p, int32_t n, struct rider rider[MOST_RIDERS])
{
    const struct instance *inst = p->inst;
    size_t found = 0;
    for (int32_t to = 1; to <= n; to++) {
        int32_t f = p->route.airfield[to];
        const double *seat = &p->seat[(size_t)(p->route.arrival[to] / p->grid) * inst->n_demands];
        for (size_t i = p->levels.first[f]; i < p->levels.first[f + 1]; i++) {
            int32_t d = p->levels.chunk[i].demand, from = to - 1;
            const struct demand *demand = &inst->demand[d];
            if ((i > p->levels.first[f] && d == p->levels.chunk[i - 1].demand) || seat[d] <= 0 ||
                (to < n && !unloads_at(p, demand, to)))
                continue;
            while (from >= 0 && !loads_at(p, demand, from))
                from--;
            if (from < 0)
                continue;
            if (found == MOST_RIDERS)
                return MOST_RIDERS + 1;
            rider[found++] = (struct rider){from, to, demand->pax * seats_each(demand), seat[d], d};
        }
    }
    return found;
}

/* Most that they earn who unload at the route's stops 1 .. n, however many there is room for. */
static double riders_worth(const struct pricer *p, const struct rider *rider, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        p->value[rider[i].demand] = 0;
    for (size_t i = 0; i < n; i++) {
        double more = rider[i].value * rider[i].room - p->value[rider[i].demand];
        sum += fmax(0, more);
        p->value[rider[i].demand] += fmax(0, more);
    }
    return sum;
}

/* Ends here: what giving airframe and crew back is worth, at its most favourable. */
static double end_cost(const struct pricer *p, int32_t airfield, sec_t arrival)
{
    size_t a = (size_t)p->a * p->n_fields + (size_t)airfield, c = (size_t)p->c * p->n_fields + (size_t)airfield;
    return p->duals->airframe_end[a] + p->duals->crew_end[c] -
           steps_at(&p->duals->airframe[a], arrival + p->inst->type[p->type].turn) -
           steps_at(&p->duals->crew[c], arrival + p->inst->rules.post_flight + p->inst->rules.rest);
}

static double start_cost(const struct pricer *p, int32_t airfield)
{
    size_t a = (size_t)p->a * p->n_fields + (size_t)airfield, c = (size_t)p->c * p->n_fields + (size_t)airfield;
    return (double)p->inst->type[p->type].cost_per_mission / 100.0 + steps_at(&p->duals->airframe[a], p->start) -
           p->duals->airframe_end[a] + steps_at(&p->duals->crew[c], p->start - p->inst->rules.show) -
           p->duals->crew_end[c] + charge_mission(p->duals, p->a, p->c, airfield, p->start);
}

static size_t place_of(const struct pricer *p, size_t slot, int32_t from)
{
    return (size_t)((p->first_slot + (int64_t)slot) % (int64_t)p->n_slots) * p->n_fields + (size_t)from;
}

static struct flight *flight_of(const struct pricer *p, size_t slot, int32_t from, int32_t to)
{
    return &p->flight[place_of(p, slot, from) * p->n_fields + (size_t)to];
}

static bool flown(const struct pricer *p, const struct flight *flight)
{
    return !isinf(flight->cost) && flight->arrival <= p->last_in;
}

static double *go_of(const struct pricer *p, size_t slot, int32_t field)
{
    return &p->go[(slot * p->n_fields + (size_t)field) * (p->n_lanes + 1)];
}

/* Whether `to` is open and cleared is asked last: it takes longest. */
static void price_flight(const struct pricer *p, sec_t dep, int32_t from, int32_t to, struct flight *flight)
{
    const struct instance *inst = p->inst;
    const struct aircraft_type *type = &inst->type[p->type];
    const struct leg *leg = instance_leg(inst, p->type, from, to);
    flight->cost = INFINITY;
    flight->arrival = dep + leg->block;
    if (leg->block < 1 || leg->nm > type->range[0].range || inst->airfield[to].runway_ft < type->runway_ft ||
        flight->arrival > inst->end || !field_open(inst, to, flight->arrival) ||
        !field_cleared(inst, to, flight->arrival))
        return;
    double hours = (double)leg->block / 3600.0;
    flight->cost = (double)(leg->cost + leg->fee) / 100.0 + flight_price(p->duals, p->type, from, to) +
                   steps_at(&p->duals->arrival[to], flight->arrival) +
                   hours * (p->duals->inspection[p->a] + steps_at(&p->duals->hour[p->c], flight->arrival)) +
                   charge_flight(p->duals, p->a, p->c, from, to, dep);
    flight->end = end_cost(p, to, flight->arrival);
    flight->slot = flight->arrival / p->grid;
    flight->pass = up(flight->arrival + p->pass, p->grid);
    flight->onload = up(flight->arrival + p->onload, p->grid);
    flight->offload = up(flight->arrival + p->offload, p->grid);
    flight->both = larger(flight->onload, flight->offload);
}

/* True where the leg that leaves f for g in `slot` may as well leave one slot earlier: it is flown then, under no other
 * caps, and costs (where all missions are wanted: uses of what is shared) no more. */
static bool shifts(const struct pricer *p, int32_t f, int32_t g, size_t slot)
{
    const struct flight *late = flight_of(p, slot, f, g), *early = flight_of(p, slot - 1, f, g);
    if (isinf(early->cost) || own_caps_left(&p->own, g, early->arrival, late->arrival))
        return false;
    double units = p->inst->type[p->type].mog_units;
    double save = late->cost - early->cost;
    if (p->duals->mog[f].n)
        save += units * (steps_at(&p->duals->mog[f], p->start + (sec_t)slot * p->grid) -
                         steps_at(&p->duals->mog[f], p->start + (sec_t)(slot - 1) * p->grid));
    if (p->duals->mog[g].n)
        save -= units * (steps_at(&p->duals->mog[g], late->arrival) - steps_at(&p->duals->mog[g], early->arrival));
    return save >= -1e-9;
}

/* Lists the flights of a slot of the ring, those that may not as well leave one slot earlier first. */
static void list_ways(struct pricer *p, size_t slot, int32_t f)
{
    struct ways *ways = &p->ways[place_of(p, slot, f)];
    int32_t *way = &p->way[place_of(p, slot, f) * p->n_fields], n = 0;
    *ways = (struct ways){0};
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t g = 0; g < (int32_t)p->n_fields; g++)
            if (!isinf(flight_of(p, slot, f, g)->cost) && (slot == 0 || !shifts(p, f, g, slot)) == (pass == 0))
                way[n++] = g;
        ways->n_anyhow = pass == 0 ? n : ways->n_anyhow;
    }
    ways->n = n;
}

/* Fills the ring for the present first take-off. */
static void price_flights(struct pricer *p)
{
    for (size_t slot = 0; slot < p->n_slots; slot++) {
        int64_t at = p->first_slot + (int64_t)slot;
        size_t place = (size_t)(at % (int64_t)p->n_slots);
        if (p->flight_slot[place] == at)
            continue;
        p->flight_slot[place] = at;
        for (int32_t f = 0; f < (int32_t)p->n_fields; f++) {
            bool open = p->inst->airfield[f].runway_ft >= p->inst->type[p->type].runway_ft &&
                        field_open(p->inst, f, at * p->grid);
            for (int32_t g = 0; g < (int32_t)p->n_fields; g++) {
                struct flight *flight = flight_of(p, slot, f, g);
                flight->cost = INFINITY;
                if (open)
                    price_flight(p, at * p->grid, f, g, flight);
            }
            list_ways(p, slot, f);
        }
    }
}

/* First slot at or after t; n_slots where there is none. */
static size_t slot_after(const struct pricer *p, sec_t t)
{
    int64_t s = up(t - p->start, p->grid);
    return s < 0 ? 0 : s > (int64_t)p->n_slots ? p->n_slots : (size_t)s;
}

/* Where a flight leads: slots at which one may leave again. */
struct landing {
    const struct flight *flight;
    int32_t field;
    size_t pass, onload, offload, both;
};

/* A slot of the horizon, counted from the first take-off; n_slots where it is beyond. */
static size_t from_start(const struct pricer *p, int64_t slot)
{
    int64_t s = slot - p->first_slot;
    return s < 0 ? 0 : s > (int64_t)p->n_slots ? p->n_slots : (size_t)s;
}

static struct landing landing_of(const struct pricer *p, const struct flight *flight, int32_t field)
{
    return (struct landing){.flight = flight,
                            .field = field,
                            .pass = from_start(p, flight->pass),
                            .onload = from_start(p, flight->onload),
                            .offload = from_start(p, flight->offload),
                            .both = from_start(p, flight->both)};
}

/* Cost to go of a seat that is empty there: it goes on so at `empty`, or with somebody who has loaded by `loaded`. */
static double leave_empty(const struct pricer *p, const struct landing *at, size_t empty, size_t loaded)
{
    return fmin(go_of(p, empty, at->field)[0], p->begin[loaded * p->n_fields + (size_t)at->field]);
}

/* Costs to go of one seat, times seats, when it lands: empty, in a lane that goes on, with whoever unloads there. */
static double land_empty(const struct pricer *p, const struct landing *at)
{
    return fmin(at->flight->end, leave_empty(p, at, at->pass, at->onload));
}

static double land_unloading(const struct pricer *p, const struct landing *at)
{
    return fmin(at->flight->end, leave_empty(p, at, at->offload, at->both));
}

static double *ahead_of(const struct pricer *p, int32_t field, const struct flight *flight)
{
    return &p->ahead[(flight->slot - p->first_slot) * (int64_t)p->n_fields + field];
}

/* Who may not be loaded after the present first take-off, and what the others give beyond the levels. */
static void look_ahead(struct pricer *p)
{
    const struct instance *inst = p->inst;
    for (size_t d = 0; d < inst->n_demands; d++)
        p->late[d] = inst->demand[d].pickup.until < p->start;
    for (size_t f = 0; f < p->n_fields; f++) {
        bool all = true;
        for (size_t i = p->levels.first[f]; i < p->levels.first[f + 1]; i++)
            all = all && !p->late[p->levels.chunk[i].demand];
        for (size_t k = 0; k <= p->n_slots; k++) {
            size_t slot = (size_t)p->first_slot + k;
            double *ahead = &p->ahead[k * p->n_fields + f];
            if (slot >= p->levels.n_slots)
                *ahead = 0;
            else
                *ahead = all ? p->levels.beyond[slot * p->n_fields + f] : beyond_by(p, (int32_t)f, slot, false, -1);
        }
    }
}

/* Most that who was loaded at `from` long before the first take-off gives beyond the levels, less the wait; *gross: if
 * it were free. */
static double early_beyond(const struct pricer *p, int32_t from, double *gross)
{
    const struct instance *inst = p->inst;
    double sum = 0, wait = INFINITY;
    for (size_t d = 0; d < inst->n_demands; d++)
        if (p->late[d] && inst->demand[d].origin == from)
            wait =
                fmin(wait, handling_price(p->duals, inst, p->a, p->type, from, p->start, inst->demand[d].pickup.until));
    for (size_t f = 0; f < p->n_fields && !isinf(wait); f++) {
        double most = 0;
        for (size_t k = 0; k <= p->n_slots && (size_t)p->first_slot + k < p->levels.n_slots; k++)
            most = fmax(most, beyond_by(p, (int32_t)f, (size_t)p->first_slot + k, true, from));
        sum += most;
    }
    *gross = sum;
    return fmax(0, sum - wait);
}

static void backward(struct pricer *p)
{
    p->work += (int64_t)(p->n_slots * p->n_fields * p->n_fields * (p->n_lanes + 1)) * WORK_CELL;
    price_flights(p);
    look_ahead(p);
    size_t width = p->n_fields * (p->n_lanes + 1);
    for (size_t i = 0; i < width; i++)
        p->go[p->n_slots * width + i] = INFINITY;
    for (size_t f = 0; f < p->n_fields; f++)
        p->begin[p->n_slots * p->n_fields + f] = INFINITY;
    for (size_t k = 0; k < p->n_lanes; k++) {
        p->lane[k].slot = slot_after(p, p->lane[k].earliest);
        p->lane[k].loads = p->lane[k].latest >= p->start;
    }
    for (size_t slot = p->n_slots; slot-- > 0;) {
        memcpy(go_of(p, slot, 0), go_of(p, slot + 1, 0), width * sizeof *p->go);
        for (int32_t f = 0; f < (int32_t)p->n_fields; f++)
            for (int32_t i = 0; i < p->ways[place_of(p, slot, f)].n; i++) {
                int32_t g = p->way[place_of(p, slot, f) * p->n_fields + (size_t)i];
                const struct flight *flight = flight_of(p, slot, f, g);
                if (!flown(p, flight))
                    continue;
                struct landing at = landing_of(p, flight, g);
                double *go = go_of(p, slot, f), flown_for = flight->cost - *ahead_of(p, g, flight);
                const double *on = go_of(p, at.pass, g);
                for (size_t lane = 1; lane <= p->n_lanes; lane++)
                    go[lane] = flown_for + on[lane] < go[lane] ? flown_for + on[lane] : go[lane];
                go[0] = fmin(go[0], flown_for + land_empty(p, &at));
                double rest = flown_for + land_unloading(p, &at);
                for (size_t k = p->first_to[g]; k < p->first_to[g + 1]; k++)
                    go[p->lane_to[k] + 1] =
                        fmin(go[p->lane_to[k] + 1], rest - lane_value(p, p->lane_to[k], flight->slot));
            }
        for (int32_t f = 0; f < (int32_t)p->n_fields; f++) {
            double best = INFINITY;
            for (size_t k = 0; k < p->n_lanes; k++)
                if (p->lane[k].origin == f && p->lane[k].loads)
                    best = fmin(best, go_of(p, p->lane[k].slot > slot ? p->lane[k].slot : slot, f)[k + 1]);
            p->begin[slot * p->n_fields + (size_t)f] = best;
        }
    }
}

bool price_result_push(struct price_result *result, struct column *col, double rc)
{
    if (result->n == result->room) {
        size_t room = result->room ? 2 * result->room : 64;
        struct column *columns = realloc(result->column, room * sizeof *columns);
        if (columns)
            result->column = columns;
        double *costs = realloc(result->reduced_cost, room * sizeof *costs);
        if (costs)
            result->reduced_cost = costs;
        if (!columns || !costs) {
            mission_release(&col->mission);
            return false;
        }
        result->room = room;
    }
    result->column[result->n] = *col;
    result->reduced_cost[result->n++] = rc;
    return true;
}

/* Keeps the best few of one first take-off; the threshold follows the worst kept. */
static bool keep(void *context, struct column *col, double rc)
{
    struct pricer *p = context;
    if (p->task->all) {
        p->stopped = atomic_fetch_add(&p->all->found, 1) >= p->task->most || p->stopped;
        return price_result_push(p->result, col, rc);
    }
    size_t at = p->n_kept < KEEP_PER_START ? p->n_kept++ : KEEP_PER_START - 1;
    if (p->n_kept == KEEP_PER_START && p->kept[at].mission.stop)
        mission_release(&p->kept[at].mission);
    while (at > 0 && p->kept_cost[at - 1] > rc) {
        p->kept[at] = p->kept[at - 1];
        p->kept_cost[at] = p->kept_cost[at - 1];
        at--;
    }
    p->kept[at] = *col;
    p->kept_cost[at] = rc;
    if (p->n_kept == KEEP_PER_START && !p->task->bound)
        p->load.threshold = p->kept_cost[KEEP_PER_START - 1] - IMPROVEMENT;
    return true;
}

static void walk(struct pricer *p, int32_t s, double cost);
static bool stop_asked(void *context);

/* What loading before the first take-off costs once; the chain of any one seat may be charged with it. */
static double first_handling(const struct pricer *p, const struct lane *lane)
{
    return handling_price(p->duals, p->inst, p->a, p->type, lane->origin, p->start, lane->latest);
}

/* Worth of the best chain of rides that a seat has behind it when leaving stop s in `dep`, by the lane it is in. */
static void board_chains(const struct pricer *p, int32_t s, sec_t dep, double *there)
{
    const double *here = &p->chain[(size_t)s * (p->n_lanes + 1)];
    for (size_t lane = 0; lane <= p->n_lanes; lane++) {
        there[lane] = here[lane];
        if (lane > 0 && p->lane[lane - 1].origin == p->route.airfield[s] && p->lane[lane - 1].earliest <= dep &&
            (s == 0 || (p->lane[lane - 1].latest >= p->route.arrival[s] && p->route.arrival[s] + p->onload <= dep)))
            there[lane] = fmax(there[lane], here[0] - (s == 0 ? first_handling(p, &p->lane[lane - 1]) : 0));
    }
}

/* What a seat that goes on from stop s costs, times seats, by what it costs in each lane, go [n_lanes + 1]; less what
 * has been earned, seat by seat or demand by demand. there [n_lanes + 1]: by board_chains. */
static double less_earned(const struct pricer *p, int32_t s, const double *go, const double *there)
{
    double best = INFINITY, rest = INFINITY;
    for (size_t lane = 1; lane <= p->n_lanes; lane++) {
        double after = go[lane] - there[lane], alone = there[lane] > -INFINITY ? go[lane] : INFINITY;
        best = after < best ? after : best;
        rest = alone < rest ? alone : rest;
    }
    return fmax(fmin(best, go[0] - there[0]) - p->given[s], fmin(rest, go[0]) - p->worth[s]);
}

/* Bound on every mission that goes on by leaving stop s in `slot` for g. there [n_lanes + 1]: by board_chains. */
static double bound_of(const struct pricer *p, int32_t s, size_t slot, int32_t g, double cost, const double *there)
{
    const struct flight *flight = flight_of(p, slot, p->route.airfield[s], g);
    struct landing at = landing_of(p, flight, g);
    double *go = p->to_go, rest = land_unloading(p, &at);
    memcpy(go, go_of(p, at.pass, g), (p->n_lanes + 1) * sizeof *go);
    go[0] = land_empty(p, &at);
    for (size_t i = p->first_to[g]; i < p->first_to[g + 1]; i++)
        go[p->lane_to[i] + 1] = fmin(go[p->lane_to[i] + 1], rest - lane_value(p, p->lane_to[i], flight->slot));
    double bound = cost + flight->cost + less_earned(p, s, go, there) - p->early - p->slack;
    if (bound - p->levels.beyond[(size_t)flight->slot * p->n_fields + (size_t)g] >= p->load.threshold)
        return INFINITY; /* whoever unloads there */
    return bound - loaded_beyond(p, s, g, flight->arrival);
}

/* A bound on all ways to leave stop s in `slot` or later, for who is aboard by `there`. What unloads at the next stop
 * may have loaded long before the first take-off, or is among those ahead. */
static double leaves_for(const struct pricer *p, int32_t s, size_t slot, double cost, const double *there)
{
    return cost + less_earned(p, s, go_of(p, slot, p->route.airfield[s]), there) - p->early - p->early_most - p->slack;
}

/* Leaves stop s. */
/* Whether the route to stop n is more than the airframe may fly before inspection, or the crew in a window that no duty
 * is longer than. Of shorter windows a later take-off may get it out: `shifts` must not be asked then. */
static bool flies_too_long(const struct pricer *p, int32_t n)
{
    sec_t block = 0;
    for (int32_t s = n; s > 0; s--)
        block += p->route.arrival[s] - p->route.departure[s - 1];
    return block > p->most_block;
}

static void fly(struct pricer *p, int32_t s, const struct child *child)
{
    const struct flight *flight = flight_of(p, child->slot, p->route.airfield[s], child->field);
    double *there = &p->chain[(size_t)(s + 1) * (p->n_lanes + 1)];
    sec_t dep = p->start + (sec_t)child->slot * p->grid;
    board_chains(p, s, dep, there);
    p->route.departure[s] = dep;
    p->route.airfield[s + 1] = child->field;
    p->route.arrival[s + 1] = flight->arrival;
    if (flies_too_long(p, s + 1))
        return;
    for (size_t i = p->first_to[child->field]; i < p->first_to[child->field + 1]; i++)
        there[0] = fmax(there[0], there[p->lane_to[i] + 1] + lane_value(p, p->lane_to[i], flight->slot));
    p->given[s + 1] = p->given[s] + loaded_beyond(p, s, child->field, flight->arrival);
    walk(p, s + 1, child->cost + flight->cost);
}

/* Whether the route may go on from there. */
static bool passes(const struct pricer *p, int32_t airfield)
{
    return p->pass <= 0 || finds_parking(p->inst, p->type, airfield);
}

/* True where `slot` is the first that some handling after an arrival at `arrival` leaves open. */
static bool handled_at(const struct pricer *p, int32_t f, sec_t arrival, size_t slot)
{
    if (p->any_handling[f] || p->handled[(size_t)(p->first_slot + (int64_t)slot) * p->n_fields + (size_t)f])
        return true;
    return slot == slot_after(p, arrival + p->pass) || slot == slot_after(p, arrival + p->onload) ||
           slot == slot_after(p, arrival + p->offload) || slot == slot_after(p, arrival + p->enroute);
}

static int by_bound(const void *a, const void *b)
{
    const struct child *x = a, *y = b;
    if (x->bound != y->bound)
        return x->bound < y->bound ? -1 : 1;
    if (x->slot != y->slot)
        return x->slot < y->slot ? -1 : 1;
    return (x->field > y->field) - (x->field < y->field);
}

/* Ways to leave stop s that may lead to a wanted mission, put on top of the stack; false when memory ran out. */
static bool list_children(struct pricer *p, int32_t s, double cost)
{
    int32_t f = p->route.airfield[s];
    sec_t arrival = p->route.arrival[s];
    size_t first = s == 0 ? 0 : slot_after(p, arrival + p->pass), last = s == 0 ? 1 : p->n_slots;
    const struct steps *mog = &p->duals->mog[f];
    double *there = &p->chain[(size_t)(s + 1) * (p->n_lanes + 1)];
    p->work += (int64_t)((last > first ? last - first : 0) * p->n_fields * (p->n_lanes + 1)) * WORK_CHILD;
    for (size_t slot = first; slot < last; slot++) {
        bool any = s == 0 || !p->load.shifted || handled_at(p, f, arrival, slot);
        const struct ways *ways = &p->ways[place_of(p, slot, f)];
        const int32_t *way = &p->way[place_of(p, slot, f) * p->n_fields];
        int32_t n = any ? ways->n : ways->n_anyhow;
        if (n == 0)
            continue;
        double wait = 0;
        if (s > 0 && mog->n)
            wait = p->inst->type[p->type].mog_units *
                   (steps_at(mog, p->start + (sec_t)slot * p->grid) - steps_at(mog, arrival));
        board_chains(p, s, p->start + (sec_t)slot * p->grid, there);
        if (leaves_for(p, s, slot, cost + wait, there) >= p->load.threshold) {
            board_chains(p, s, p->start + (sec_t)p->n_slots * p->grid, there);
            if (leaves_for(p, s, slot, cost + wait, there) >= p->load.threshold)
                break; /* later, it costs no less */
            continue;
        }
        for (int32_t i = 0; i < n; i++) {
            int32_t g = way[i];
            if (!flown(p, flight_of(p, slot, f, g)))
                continue;
            double bound = bound_of(p, s, slot, g, cost + wait, there);
            if (bound >= p->load.threshold)
                continue;
            if (p->n_children == p->room) {
                size_t room = p->room ? 2 * p->room : 1024;
                struct child *grown = realloc(p->child, room * sizeof *grown);
                if (!grown)
                    return false;
                p->child = grown;
                p->room = room;
            }
            p->child[p->n_children++] = (struct child){bound, cost + wait, slot, g};
        }
    }
    return true;
}

/* Whether the rides, `worth` by riders_worth, earn no more than `enough` with the seats there are. */
static bool earn_no_more(const struct pricer *p, const struct rider *rider, size_t n, double worth, double enough)
{
    double seats[ROUTE_STOPS];
    for (int32_t leg = 0; leg < p->route.n; leg++)
        seats[leg] = p->seats;
    return worth <= enough || line_fill(rider, n, p->route.n, seats, enough) <= enough;
}

/* Whether no load of the route as it stands can be wanted, by what its rides earn: whoever loads before the first
 * take-off has the airframe taken sooner. */
static bool lost_route(const struct pricer *p, const struct rider *rider, size_t n, double end)
{
    double enough = end - p->slack - p->load.threshold, worth = p->worth[p->route.n];
    struct rider later[MOST_RIDERS];
    sec_t until = SEC_EARLIEST;
    size_t n_later = 0;
    if (n > MOST_RIDERS)
        return false;
    for (size_t i = 0; i < n; i++)
        if (rider[i].from > 0)
            later[n_later++] = rider[i];
        else
            until = larger(until, p->inst->demand[rider[i].demand].pickup.until);
    if (n_later == n)
        return earn_no_more(p, rider, n, worth, enough);
    double sooner = handling_price(p->duals, p->inst, p->a, p->type, p->route.airfield[0], p->start, until);
    return earn_no_more(p, rider, n, worth, enough + sooner) &&
           earn_no_more(p, later, n_later, riders_worth(p, later, n_later), enough);
}

/* Loads the route as it stands. Stops that it should leave later, for somebody's time aboard, are left then, too. */
static void load_route(struct pricer *p, double end)
{
    p->soonest = smaller(p->soonest, p->route.arrival[p->route.n]);
    p->failed = !load_search(&p->load, &p->route, end);
    p->cut_short = p->cut_short || p->load.lost_wishes;
    for (size_t i = 0; i < p->load.n_wishes; i++) {
        int32_t s = p->load.wish[i].stop;
        size_t slot = slot_after(p, p->load.wish[i].departure), k = 0;
        struct later *later = p->later[s];
        while (k < p->n_later[s] && (later[k].slot != slot || later[k].field != p->route.airfield[s + 1]))
            k++;
        if (k < p->n_later[s])
            continue;
        if (k == MOST_LATER)
            p->cut_short = true;
        else
            later[p->n_later[s]++] = (struct later){slot, p->route.airfield[s + 1]};
    }
}

/* Leaves stop s as the routes from here have asked for, and again as those ask. */
static void walk_later(struct pricer *p, int32_t s, double cost)
{
    int32_t f = p->route.airfield[s];
    const struct steps *mog = &p->duals->mog[f];
    for (size_t i = 0; i < p->n_later[s]; i++) {
        size_t slot = p->later[s][i].slot;
        int32_t g = p->later[s][i].field;
        if (slot >= p->n_slots || !flown(p, flight_of(p, slot, f, g)))
            continue;
        const struct ways *ways = &p->ways[place_of(p, slot, f)];
        bool done = handled_at(p, f, p->route.arrival[s], slot);
        for (int32_t k = 0; k < ways->n_anyhow; k++)
            done = done || p->way[place_of(p, slot, f) * p->n_fields + (size_t)k] == g;
        double wait = p->inst->type[p->type].mog_units *
                      (steps_at(mog, p->start + (sec_t)slot * p->grid) - steps_at(mog, p->route.arrival[s]));
        double *there = &p->chain[(size_t)(s + 1) * (p->n_lanes + 1)];
        board_chains(p, s, p->start + (sec_t)slot * p->grid, there);
        struct child child = {bound_of(p, s, slot, g, cost + wait, there), cost + wait, slot, g};
        if (!done && child.bound < p->load.threshold)
            fly(p, s, &child);
    }
}

/* The route stands at stop s, just arrived. */
static void walk(struct pricer *p, int32_t s, double cost)
{
    if (p->stopped || p->failed || p->cut_short)
        return;
    if (p->nodes % 256 == 0 && stop_asked(p))
        p->stopped = true;
    if (p->nodes-- <= 0 || p->stopped) {
        p->cut_short = true;
        return;
    }
    if (s > 0 && own_caps_exceeded(&p->own, &p->route, s))
        return;
    const double *chain = &p->chain[(size_t)s * (p->n_lanes + 1)];
    struct rider rider[MOST_RIDERS];
    size_t n_riders = list_riders(p, s, rider);
    p->worth[s] = n_riders > MOST_RIDERS ? INFINITY : riders_worth(p, rider, n_riders);
    if (s > 0) {
        double end = cost + end_cost(p, p->route.airfield[s], p->route.arrival[s]);
        p->route.n = s;
        if (end - chain[0] - p->given[s] - p->slack < p->load.threshold && !lost_route(p, rider, n_riders, end))
            load_route(p, end);
    }
    if (s > 0 && !passes(p, p->route.airfield[s]))
        return;
    if (s + 2 >= ROUTE_STOPS) {
        p->cut_short = true;
        return;
    }
    size_t mine = p->n_children;
    p->n_later[s] = 0;
    if (!list_children(p, s, cost)) {
        p->failed = true;
        return;
    }
    size_t n = p->n_children - mine;
    if (n > 1)
        qsort(&p->child[mine], n, sizeof *p->child, by_bound);
    for (size_t i = 0; i < n; i++) {
        struct child child = p->child[mine + i];
        if (child.bound < p->load.threshold)
            fly(p, s, &child);
    }
    p->n_children = mine;
    walk_later(p, s, cost);
}

static double reachable(const struct pricer *p, int32_t f)
{
    return start_cost(p, f) + go_of(p, 0, f)[0];
}

static void flush_kept(struct pricer *p)
{
    if (p->task->bound) {
        int64_t at = p->first_slot - p->share->from;
        p->share->again[at] = p->soonest + p->inst->type[p->type].turn - p->start;
        if (p->n_kept)
            p->share->least[at] = fmin(p->share->least[at], p->kept_cost[0]);
    }
    for (size_t i = 0; i < p->n_kept; i++) {
        p->result->least = fmin(p->result->least, p->kept_cost[i]);
        if (p->failed)
            mission_release(&p->kept[i].mission);
        else if (!price_result_push(p->result, &p->kept[i], p->kept_cost[i]))
            p->failed = true;
    }
    memset(p->kept, 0, sizeof p->kept);
    p->n_kept = 0;
}

static void set_threshold(struct pricer *p)
{
    p->load.threshold = p->task->threshold;
    if (p->n_kept == KEEP_PER_START && !p->task->bound)
        p->load.threshold = fmin(p->load.threshold, p->kept_cost[KEEP_PER_START - 1] - IMPROVEMENT);
}

/* All missions whose first take-off is p->start, from f. */
static void price_field(struct pricer *p, int32_t f)
{
    if (p->inst->airfield[f].runway_ft < p->inst->type[p->type].runway_ft || !field_open(p->inst, f, p->start))
        return;
    double best = reachable(p, f);
    for (size_t k = 0; k < p->n_lanes; k++)
        if (p->lane[k].origin == f)
            best = fmin(best, start_cost(p, f) + first_handling(p, &p->lane[k]) + go_of(p, p->lane[k].slot, f)[k + 1]);
    p->early = early_beyond(p, f, &p->early_most);
    best -= p->slack + p->early;
    set_threshold(p);
    if (best >= p->load.threshold)
        return;
    for (size_t lane = 0; lane <= p->n_lanes; lane++)
        p->chain[lane] = lane ? -INFINITY : 0;
    p->route.airfield[0] = f;
    p->route.arrival[0] = p->start;
    p->given[0] = 0;
    p->nodes = p->task->nodes;
    p->cut_short = false;
    p->load.least = fmax(0, p->task->threshold);
    walk(p, 0, start_cost(p, f));
    if (p->cut_short || p->stopped) {
        p->load.least = fmin(p->load.least, best);
        p->soonest = p->start;
    }
    if (p->task->bound) {
        double *least = &p->share->least[p->first_slot - p->share->from];
        *least = fmin(*least, p->load.least);
    }
    if (p->cut_short || p->load.least < p->task->threshold - IMPROVEMENT)
        p->result->complete = false;
    p->result->least = fmin(p->result->least, p->load.least);
}

/* What branching charges at the present first take-off. */
static void take_charges(struct pricer *p)
{
    p->slack = 0;
    for (int32_t d = 0; d < (int32_t)p->inst->n_demands && p->duals->n_charges > 0; d++) {
        p->per_pax[d] = charge_pax(p->duals, p->a, p->c, d, p->start);
    }
    p->load.n_lots = charge_lots(p->duals, p->a, p->c, p->start, p->lot);
    p->load.bonus = p->duals->n_charges ? charge_unloads(p->duals, p->a) : 0;
    p->slack += p->load.bonus;
    for (size_t i = 0; i < p->load.n_lots; i++)
        p->slack += fmax(0, -p->lot[i].amount);
}

/* All missions whose first take-off is p->start. */
static void price_start(struct pricer *p)
{
    take_charges(p);
    backward(p);
    for (size_t k = 0; k < p->n_lanes; k++) /* loaded at the first stop, long before */
        p->lane[k].loads = true;
    p->soonest = SEC_LATEST;
    for (int32_t f = 0; f < (int32_t)p->n_fields && !p->stopped && !p->failed; f++)
        price_field(p, f);
    flush_kept(p);
}

static int64_t work_done(const struct pricer *p)
{
    return p->work + p->load.work * WORK_LOAD;
}

static bool stop_asked(void *context)
{
    struct pricer *p = context;
    int64_t loads = p->load.work - p->counted;
    p->counted += loads;
    if (atomic_fetch_add(&p->all->loads, loads) + loads > p->task->most_work && p->task->most_work > 0)
        return true;
    if (budget_exceeded(&p->all->budget, work_done(p)))
        return true;
    return p->task->stop && p->task->stop(p->task->context);
}

/* First take-offs and last block-ins of the pair lie in between. */
static struct interval usable_time(const struct pricer *p)
{
    const struct rules *rules = &p->inst->rules;
    const struct groups *groups = p->master->groups;
    sec_t first = larger(0, larger(groups->crew[p->c].from + rules->show, groups->airframe[p->a].from));
    sec_t last = smaller(p->inst->end, smaller(p->crew->until - rules->post_flight, p->airframe->until));
    return (struct interval){first, last};
}

/* The route of a mission, all its flights `shift` later. */
static void price_shift(struct pricer *p, const struct mission *m, sec_t shift)
{
    struct interval usable = usable_time(p);
    int32_t n = (int32_t)m->n_stops - 1, units = p->inst->type[p->type].mog_units;
    p->start = m->stop[0].departure + shift;
    if (n >= ROUTE_STOPS || p->start < usable.from || p->start > usable.until)
        return;
    sec_t fdp = p->inst->type[p->type].fdp[p->crew->kind] - p->inst->rules.show;
    double cost = start_cost(p, m->stop[0].airfield);
    p->last_in = smaller(usable.until, p->start + fdp);
    for (int32_t i = 0; i < n; i++) {
        struct flight flight;
        int32_t from = m->stop[i].airfield, to = m->stop[i + 1].airfield;
        sec_t dep = m->stop[i].departure + shift;
        const struct steps *mog = &p->duals->mog[from];
        if (dep < 0 || dep > p->inst->end || !field_open(p->inst, from, dep) || (i > 0 && !passes(p, from)))
            return;
        price_flight(p, dep, from, to, &flight);
        if (!flown(p, &flight))
            return;
        if (i > 0 && mog->n)
            cost += units * (steps_at(mog, dep) - steps_at(mog, p->route.arrival[i]));
        cost += flight.cost;
        p->route.airfield[i] = from;
        p->route.departure[i] = dep;
        p->route.arrival[i + 1] = flight.arrival;
        p->route.airfield[i + 1] = to;
        if (flies_too_long(p, i + 1) || own_caps_exceeded(&p->own, &p->route, i + 1))
            return;
    }
    p->route.n = n;
    take_charges(p);
    double end = cost + end_cost(p, p->route.airfield[n], p->route.arrival[n]);
    set_threshold(p);
    p->failed = !load_search(&p->load, &p->route, end) || p->failed;
}

/* Those of the columns that the pair flies. */
static void shift_pair(struct pricer *p)
{
    for (size_t i = 0; i < p->shifts->n && !p->stopped && !p->failed; i++) {
        const struct column *col = &p->master->column[p->shifts->column[i]];
        if (col->airframe_group != p->a || col->crew_group != p->c || col->fixed)
            continue;
        for (sec_t k = -p->shifts->reach; k <= p->shifts->reach && !p->stopped && !p->failed; k++)
            price_shift(p, &col->mission, k * p->grid);
        flush_kept(p);
        p->stopped = p->stopped || stop_asked(p);
    }
}

/* The share's part of the slots in which the pair may take off first. */
static bool take_slots(struct pricer *p)
{
    struct share *share = p->share;
    struct interval usable = usable_time(p);
    int64_t first = up(usable.from, p->grid), n = usable.until / p->grid - first + 1;
    n = usable.until < 0 || n < 0 ? 0 : n;
    int64_t parts = n / p->task->stride / LEAST_SHARE;
    parts = parts < 1 ? 1 : parts > share->parts ? share->parts : parts;
    int64_t part = share->part < parts ? share->part : parts;
    share->from = first + n * part / parts;
    share->until = part < parts ? first + n * (part + 1) / parts : share->from;
    share->grid = p->grid;
    if (!p->task->bound)
        return true;
    size_t slots = (size_t)(share->until - share->from) + 1;
    share->least = calloc(slots, sizeof *share->least);
    share->again = malloc(slots * sizeof *share->again);
    for (size_t i = 0; i < slots && share->again; i++)
        share->again[i] = SEC_LATEST;
    return share->least && share->again;
}

/* Every first take-off of the share. */
static void price_slots(struct pricer *p)
{
    sec_t fdp = p->inst->type[p->type].fdp[p->crew->kind] - p->inst->rules.show, last = usable_time(p).until;
    for (int64_t slot = p->share->from; slot < p->share->until && !p->stopped && !p->failed; slot++) {
        if (slot % p->task->stride != p->task->offset)
            continue;
        p->start = slot * p->grid;
        p->first_slot = slot;
        p->load.last_in = p->last_in = smaller(last, p->start + fdp);
        price_start(p);
        if (stop_asked(p))
            p->stopped = true;
    }
}

/* Slots in which a handling that began at a fixed instant (a window, a cap's end) is over. */
static void note_handling(struct pricer *p, int32_t field, sec_t begin)
{
    const sec_t needs[] = {p->onload, p->offload};
    for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++) {
        int64_t slot = up(begin + needs[i], p->grid);
        if (slot >= 0 && slot < (int64_t)p->n_grid)
            p->handled[(size_t)slot * p->n_fields + (size_t)field] = true;
    }
}

static void note_handlings(struct pricer *p)
{
    const struct instance *inst = p->inst;
    for (size_t d = 0; d < inst->n_demands; d++) {
        const struct demand *demand = &inst->demand[d];
        note_handling(p, demand->origin, demand->pickup.from);
        note_handling(p, demand->destination, demand->delivery.from);
        p->any_handling[demand->origin] = p->any_handling[demand->origin] || demand->onload > 0;
        p->any_handling[demand->destination] = p->any_handling[demand->destination] || demand->offload > 0;
    }
    for (size_t i = 0; i < inst->n_limits; i++)
        for (size_t c = 0; c < inst->limit[i].n_caps; c++)
            for (size_t k = 0; k < inst->limit[i].n_airfields && inst->limit[i].cap[c].pax >= 0; k++)
                note_handling(p, inst->limit[i].airfields[k], inst->limit[i].cap[c].until);
}

/* Steps of the horizon that a duty of `fdp` is walked in. */
static sec_t steps_walked(const struct instance *inst, sec_t fdp)
{
    sec_t multiple = larger(up(up(fdp, inst->rules.step), MOST_SLOTS), up(up(inst->end, inst->rules.step), MOST_GRID));
    return larger(multiple, 1);
}

bool price_grid_too_fine(const struct instance *inst)
{
    for (size_t c = 0; c < inst->n_crews; c++)
        for (size_t i = 0; i < inst->crew[c].n_types; i++) {
            sec_t fdp = inst->type[inst->crew[c].types[i]].fdp[inst->crew[c].kind] - inst->rules.show;
            if (steps_walked(inst, smaller(larger(fdp, 1), inst->end + 1)) > 1)
                return true;
        }
    return false;
}

static sec_t longest_block(const struct pricer *p, sec_t fdp)
{
    const struct rules *rules = &p->inst->rules;
    sec_t most = p->airframe->flight_limit >= 0 ? p->airframe->flight_limit : SEC_LATEST;
    for (size_t k = 0; k < rules->n_rolling; k++)
        if (rules->rolling[k].window > fdp)
            most = smaller(most, rules->rolling[k].most);
    return most;
}

static bool pair_init(struct pricer *p)
{
    const struct instance *inst = p->inst;
    const struct aircraft_type *type = &inst->type[p->type];
    sec_t fdp = larger(type->fdp[p->crew->kind] - inst->rules.show, 1);
    fdp = smaller(fdp, inst->end + 1);
    /* On a coarser grid every take-off is still on the fine one: fewer missions, all valid. */
    sec_t multiple = steps_walked(inst, fdp);
    p->grid = inst->rules.step * multiple;
    if (multiple > 1)
        p->result->complete = false, p->result->least = -INFINITY;
    p->n_slots = (size_t)(fdp / p->grid) + 1;
    p->n_grid = (size_t)(inst->end / p->grid) + p->n_slots + 2;
    p->n_lanes = 0;
    p->seats = seats_of(type);
    p->onload = type->ground[GROUND_ONLOAD];
    p->offload = type->ground[GROUND_OFFLOAD];
    p->enroute = type->ground[GROUND_ENROUTE];
    p->pass = least_stop(type);
    p->most_block = longest_block(p, fdp);
    if (!make_lanes(p, (size_t)(inst->end / p->grid) + 2) || !lanes_init(&p->lanes, inst, p->type) ||
        !own_caps_init(&p->own, inst))
        return false;
    size_t width = p->n_fields * (p->n_lanes + 1);
    p->flight = malloc(p->n_slots * p->n_fields * p->n_fields * sizeof *p->flight);
    p->flight_slot = malloc(p->n_slots * sizeof *p->flight_slot);
    p->ways = calloc(p->n_slots * p->n_fields, sizeof *p->ways);
    p->way = malloc(p->n_slots * p->n_fields * p->n_fields * sizeof *p->way);
    p->go = malloc((p->n_slots + 1) * width * sizeof *p->go);
    p->begin = malloc((p->n_slots + 1) * p->n_fields * sizeof *p->begin);
    p->ahead = malloc((p->n_slots + 1) * p->n_fields * sizeof *p->ahead);
    p->chain = malloc(ROUTE_STOPS * (p->n_lanes + 1) * sizeof *p->chain);
    p->to_go = malloc((p->n_lanes + 1) * sizeof *p->to_go);
    p->handled = calloc(p->n_grid * p->n_fields, sizeof *p->handled);
    p->any_handling = calloc(p->n_fields, sizeof *p->any_handling);
    p->lot = calloc(p->duals->n_charges + 1, sizeof *p->lot);
    p->per_pax = calloc(inst->n_demands + 1, sizeof *p->per_pax);
    if (!p->flight || !p->flight_slot || !p->ways || !p->way || !p->go || !p->begin || !p->ahead || !p->chain ||
        !p->to_go || !p->handled || !p->any_handling || !p->lot || !p->per_pax)
        return false;
    for (size_t i = 0; i < p->n_slots; i++)
        p->flight_slot[i] = -1;
    note_handlings(p);
    for (size_t k = 0; k < p->duals->n_charges; k++)
        if (p->duals->charge[k].branch->kind == BRANCH_UNLOADS)
            note_handling(p, p->duals->charge[k].branch->to, p->duals->charge[k].branch->since);
    p->load = (struct load_search){.inst = inst,
                                   .lanes = &p->lanes,
                                   .groups = p->master->groups,
                                   .duals = p->duals,
                                   .airframe_group = p->a,
                                   .crew_group = p->c,
                                   .type = p->type,
                                   .few = !p->task->bound && !p->task->all,
                                   .all = p->task->all,
                                   .most_work = p->task->most_work,
                                   .near = p->task->near,
                                   .near_share = p->task->near_share,
                                   .lot = p->lot,
                                   .per_pax = p->per_pax,
                                   .nodes = p->task->leaf_nodes,
                                   .grid = p->grid,
                                   .shifted = !p->task->all && !p->shifts, /* legs leave as early as they can */
                                   .take = keep,
                                   .stop = stop_asked,
                                   .stopped = &p->stopped,
                                   .context = p};
    return true;
}

static void pair_release(struct pricer *p)
{
    for (size_t k = 0; p->lane && k < p->n_lanes; k++)
        free(p->lane[k].value);
    load_search_release(&p->load);
    lanes_release(&p->lanes);
    own_caps_release(&p->own);
    free(p->lane);
    free(p->flight);
    free(p->flight_slot);
    free(p->lane_of);
    free(p->first_to);
    free(p->lane_to);
    free(p->loaded);
    free(p->value);
    free(p->seat);
    free(p->late);
    free(p->ahead);
    levels_release(&p->levels);
    free(p->ways);
    free(p->way);
    free(p->go);
    free(p->begin);
    free(p->chain);
    free(p->to_go);
    free(p->child);
    free(p->handled);
    free(p->any_handling);
    free(p->lot);
    free(p->per_pax);
}

static bool pair_usable(const struct instance *inst, const struct crew *crew, int32_t type)
{
    return inst->n_airfields > 0 && crew_flies(crew, type) && inst->type[type].fdp[crew->kind] > 0;
}

static void price_share(void *context, size_t number, int thread)
{
    struct pricing *all = context;
    struct share *share = &all->share[number];
    const struct instance *inst = all->master->inst;
    const struct groups *groups = all->master->groups;
    struct pricer p = {.inst = inst,
                       .master = all->master,
                       .task = all->task,
                       .shifts = all->shifts,
                       .duals = &all->duals,
                       .all = all,
                       .share = share,
                       .result = &share->result,
                       .a = share->a,
                       .c = share->c,
                       .airframe = &inst->airframe[groups->airframe[share->a].member[0]],
                       .crew = &inst->crew[groups->crew[share->c].member[0]],
                       .n_fields = inst->n_airfields};
    (void)thread;
    p.type = p.airframe->type;
    share->result.complete = true;
    p.stopped = stop_asked(&p);
    if (!p.stopped) {
        p.failed = !pair_init(&p) || !take_slots(&p);
        if (!p.failed && p.shifts)
            shift_pair(&p);
        else if (!p.failed)
            price_slots(&p);
        p.stopped = stop_asked(&p) || p.stopped; /* counts the last work */
    }
    budget_done(&all->budget, number, work_done(&p));
    pair_release(&p);
    share->stopped = p.stopped;
    share->failed = p.failed;
}

/* Pairs that fly, in parts where they are few. False: out of memory. */
static bool list_shares(struct pricing *all)
{
    const struct instance *inst = all->master->inst;
    const struct groups *groups = all->master->groups;
    size_t most = groups->n_airframe * groups->n_crew, pairs = 0;
    struct share *pair = calloc(most + 1, sizeof *pair);
    for (size_t i = 0; i < most && pair; i++) {
        int32_t a = (int32_t)(i / groups->n_crew), c = (int32_t)(i % groups->n_crew);
        const struct airframe *airframe = &inst->airframe[groups->airframe[a].member[0]];
        if (pair_usable(inst, &inst->crew[groups->crew[c].member[0]], airframe->type))
            pair[pairs++] = (struct share){.a = a, .c = c};
    }
    int parts = all->shifts || pairs == 0 ? 1 : (int)((SHARES + pairs - 1) / pairs);
    all->share = calloc(pairs * (size_t)parts + 1, sizeof *all->share);
    for (size_t i = 0; i < pairs && pair && all->share; i++)
        for (int k = 0; k < parts; k++)
            all->share[all->n++] = (struct share){.a = pair[i].a, .c = pair[i].c, .part = k, .parts = parts};
    free(pair);
    return pair && all->share;
}

/* Best chain of missions of one airframe of the group: each leaves after the one before is ready. share [n]: all of
 * the group; INFINITY: out of memory. */
static double best_chain(const struct share *share, size_t n)
{
    int64_t slots = 0;
    for (size_t i = 0; i < n; i++)
        slots = share[i].until > slots ? share[i].until : slots;
    double *least = calloc((size_t)slots + 1, sizeof *least);
    double *chain = calloc((size_t)slots + 1, sizeof *chain), best = INFINITY;
    sec_t *again = malloc(((size_t)slots + 1) * sizeof *again);
    for (int64_t slot = 0; slot < slots && again; slot++)
        again[slot] = SEC_LATEST;
    for (size_t i = 0; i < n && least && again; i++)
        for (int64_t slot = share[i].from; slot < share[i].until; slot++) {
            least[slot] = fmin(least[slot], share[i].least[slot - share[i].from]);
            again[slot] = smaller(again[slot], share[i].again[slot - share[i].from]);
        }
    for (int64_t slot = slots; slot-- > 0 && least && again && chain;) {
        sec_t next = larger(up(again[slot], share->grid), 1);
        chain[slot] = fmin(chain[slot + 1], least[slot] + chain[next > slots - slot ? slots : slot + next]);
    }
    if (least && again && chain)
        best = chain[0];
    free(least);
    free(again);
    free(chain);
    return best;
}

/* The chains of all airframe groups; false: out of memory. */
static bool sum_chains(const struct pricing *all, double *sum)
{
    for (size_t i = 0, n; i < all->n; i += n) {
        for (n = 1; i + n < all->n && all->share[i + n].a == all->share[i].a;)
            n++;
        double best = best_chain(&all->share[i], n);
        if (best > 0)
            return false;
        *sum += (double)all->master->groups->airframe[all->share[i].a].n_members * best;
    }
    return true;
}

/* Puts the shares' answers together, in order. False: out of memory. */
static bool join(struct pricing *all, struct price_result *result)
{
    const struct price_task *task = all->task;
    size_t count = budget_count(&all->budget, &result->work);
    bool stopped = count < all->n, ok = true;
    result->complete = task->stride == 1;
    for (size_t i = 0; i < count; i++) {
        struct share *share = &all->share[i];
        for (size_t j = 0; j < share->result.n && ok; j++) {
            ok = price_result_push(result, &share->result.column[j], share->result.reduced_cost[j]);
            share->result.column[j].mission.stop = NULL;
        }
        stopped = stopped || share->stopped;
        result->complete = result->complete && share->result.complete;
        result->least = fmin(result->least, share->result.least);
    }
    for (size_t i = 0; i < all->n; i++)
        ok = ok && !all->share[i].failed;
    if (stopped) {
        if (task->all) /* beyond a limit: which were found first is left to chance */
            price_result_release(result);
        result->complete = false;
        result->least = -INFINITY;
    }
    result->chain = -INFINITY;
    if (ok && task->bound && !isinf(result->least)) { /* neither stopped nor on a coarser grid */
        result->chain = 0;
        ok = sum_chains(all, &result->chain);
    }
    return ok;
}

static bool price_all(const struct master *m, const struct price_task *task, const struct price_shifts *shifts,
                      struct price_result *result)
{
    struct pricing all = {.master = m, .task = task, .shifts = shifts};
    memset(result, 0, sizeof *result);
    if (!duals_init(&all.duals, m))
        return false;
    bool ok = list_shares(&all) && budget_init(&all.budget, all.n, task->budget);
    if (ok)
        pool_run(task->pool, all.n, price_share, &all);
    ok = ok && join(&all, result);
    for (size_t i = 0; i < all.n; i++) {
        price_result_release(&all.share[i].result);
        free(all.share[i].least);
        free(all.share[i].again);
    }
    free(all.share);
    budget_release(&all.budget);
    duals_release(&all.duals);
    return ok;
}

bool price(const struct master *m, const struct price_task *task, struct price_result *result)
{
    if (m->labels)
        return price_labels(m, task, result);
    return price_all(m, task, NULL, result);
}

bool price_shifted(const struct master *m, const struct price_task *task, const struct price_shifts *shifts,
                   struct price_result *result)
{
    return price_all(m, task, shifts, result);
}

void price_result_release(struct price_result *result)
{
    for (size_t i = 0; i < result->n; i++)
        if (result->column[i].mission.stop)
            mission_release(&result->column[i].mission);
    free(result->column);
    free(result->reduced_cost);
    memset(result, 0, sizeof *result);
}
