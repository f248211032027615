#include "solver/price.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/load.h"

#define HALF_CENT   0.005
#define IMPROVEMENT 1e-6

enum { MOST_SLOTS = 480, MOST_GRID = 20000, KEEP_PER_START = 3, LEAF_NODES = 2000 };

/* Passengers of one origin and destination share a place in the backward pass. */
struct lane {
    int32_t origin, destination;
    double *value;  /* [n_grid + 1] most that one seat earns by an arrival at or after the slot */
    sec_t earliest; /* first departure that may carry any of them */
    sec_t latest;   /* last instant at which any may start loading */
    size_t slot;    /* first slot of the present first take-off that may carry any */
    bool loads;     /* may load at a later stop of the present first take-off */
};

struct flight {  /* one leg at one departure slot */
    double cost; /* INFINITY: not flown */
    sec_t arrival;
};

struct pricer {
    const struct instance *inst;
    const struct master *master;
    const struct price_task *task;
    const struct duals *duals;
    struct price_result *result;
    int32_t a, c, type; /* airframe group, crew group */
    const struct airframe *airframe;
    const struct crew *crew;
    sec_t grid;                        /* take-offs: multiples of it */
    size_t n_fields, n_lanes, n_slots; /* departures: slots 0 .. n_slots - 1 after the first take-off */
    double seats;
    struct lane *lane;
    struct flight *flight; /* [n_slots * n_fields * n_fields] */
    double *go;            /* [(n_slots + 1) * n_fields * (n_lanes + 1)] cost to go when leaving at the slot or later */
    double *begin;         /* [(n_slots + 1) * n_fields] the same for a seat that may load there */
    sec_t start, last_in;  /* first take-off; last block-in allowed */
    sec_t pass, onload, offload; /* least ground times */
    struct route route;
    double *chain; /* [ROUTE_STOPS * (n_lanes + 1)] worth of one seat's best chain so far, times seats */
    struct load_search load;
    int64_t nodes;
    bool stopped, failed, cut_short;
    struct column kept[KEEP_PER_START];
    double kept_cost[KEEP_PER_START];
    size_t n_kept;
};

static bool allowed_at(const struct instance *inst, int32_t airfield, sec_t t)
{
    const struct airfield *f = &inst->airfield[airfield];
    if (f->always_open)
        return true;
    size_t low = 0, high = f->n_open;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (f->open[middle].until < t)
            low = middle + 1;
        else
            high = middle;
    }
    return low < f->n_open && f->open[low].from <= t;
}

static bool cleared(const struct instance *inst, int32_t airfield, sec_t t)
{
    for (size_t i = 0; i < inst->n_limits; i++) {
        const struct limit *limit = &inst->limit[i];
        if (!limit->needs_clearance || !may_end_at(false, limit->airfields, limit->n_airfields, airfield))
            continue;
        bool inside = false;
        for (size_t k = 0; k < limit->n_clear && !inside; k++)
            inside = limit->clear[k].from <= t && t <= limit->clear[k].until;
        if (!inside)
            return false;
    }
    return true;
}

static int64_t up(sec_t a, sec_t b)
{
    return a > 0 ? (a + b - 1) / b : -(-a / b);
}

static sec_t larger(sec_t a, sec_t b)
{
    return a > b ? a : b;
}

static sec_t smaller(sec_t a, sec_t b)
{
    return a < b ? a : b;
}

/* Worth of one seat that unloads a passenger of `d` after an arrival at t, at its most favourable. */
static double seat_value(const struct pricer *p, int32_t demand, sec_t t)
{
    const struct demand *d = &p->inst->demand[demand];
    sec_t hs = larger(t, d->delivery.from);
    if (hs > d->delivery.until)
        return 0;
    double v = p->duals->pax[demand] - (double)d->delay_cost / 100.0 * (double)(hs - d->pickup.from) / 3600.0 -
               steps_least(&p->duals->unloading[d->destination], hs, d->delivery.until) + HALF_CENT;
    return v > 0 ? v / (1.0 + (d->escort_per > 0 ? 1.0 / d->escort_per : 0)) : 0;
}

static bool make_lanes(struct pricer *p, size_t n_grid)
{
    const struct instance *inst = p->inst;
    p->lane = calloc(inst->n_demands + 1, sizeof *p->lane);
    if (!p->lane)
        return false;
    const struct aircraft_type *type = &inst->type[p->type];
    for (int32_t d = 0; d < (int32_t)inst->n_demands; d++) {
        const struct demand *demand = &inst->demand[d];
        size_t k = 0;
        while (k < p->n_lanes && (p->lane[k].origin != demand->origin || p->lane[k].destination != demand->destination))
            k++;
        struct lane *lane = &p->lane[k];
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
        for (size_t s = 0; s <= n_grid; s++)
            lane->value[s] = fmax(lane->value[s], seat_value(p, d, (sec_t)s * p->grid));
    }
    for (size_t k = 0; k < p->n_lanes; k++) /* a later arrival may be worth more: passenger caps are priced */
        for (size_t s = n_grid; s-- > 0;)
            p->lane[k].value[s] = fmax(p->lane[k].value[s], p->lane[k].value[s + 1]);
    return true;
}

static double lane_value(const struct pricer *p, size_t lane, sec_t arrival)
{
    return arrival < 0 ? 0 : p->seats * p->lane[lane].value[arrival / p->grid];
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
           p->duals->crew_end[c];
}

static struct flight *flight_of(const struct pricer *p, size_t slot, int32_t from, int32_t to)
{
    return &p->flight[(slot * p->n_fields + (size_t)from) * p->n_fields + (size_t)to];
}

static double *go_of(const struct pricer *p, size_t slot, int32_t field)
{
    return &p->go[(slot * p->n_fields + (size_t)field) * (p->n_lanes + 1)];
}

static void price_flight(const struct pricer *p, size_t slot, int32_t from, int32_t to)
{
    const struct instance *inst = p->inst;
    const struct aircraft_type *type = &inst->type[p->type];
    const struct leg *leg = instance_leg(inst, p->type, from, to);
    struct flight *flight = flight_of(p, slot, from, to);
    sec_t dep = p->start + (sec_t)slot * p->grid;
    flight->cost = INFINITY;
    flight->arrival = dep + leg->block;
    if (leg->block < 1 || flight->arrival > p->last_in || leg->nm > type->range[0].range ||
        inst->airfield[to].runway_ft < type->runway_ft || !allowed_at(inst, from, dep) ||
        !allowed_at(inst, to, flight->arrival) || !cleared(inst, to, flight->arrival))
        return;
    double hours = (double)leg->block / 3600.0;
    flight->cost = (double)(leg->cost + leg->fee) / 100.0 + steps_at(&p->duals->arrival[to], flight->arrival) +
                   hours * (p->duals->inspection[p->a] + steps_at(&p->duals->hour[p->c], flight->arrival));
}

/* First slot at or after t; n_slots where there is none. */
static size_t slot_after(const struct pricer *p, sec_t t)
{
    int64_t s = up(t - p->start, p->grid);
    return s < 0 ? 0 : s > (int64_t)p->n_slots ? p->n_slots : (size_t)s;
}

/* Cost to go of one seat, times seats, when `lane` (0: empty) comes to `field` at `arrival`. */
static double arrive(const struct pricer *p, int32_t field, sec_t arrival, size_t lane)
{
    double best = INFINITY;
    if (lane == 0) {
        best = end_cost(p, field, arrival);
        return fmin(best, p->begin[slot_after(p, arrival + p->pass) * p->n_fields + (size_t)field]);
    }
    best = go_of(p, slot_after(p, arrival + p->pass), field)[lane];
    if (p->lane[lane - 1].destination == field) {
        double rest = fmin(end_cost(p, field, arrival),
                           p->begin[slot_after(p, arrival + p->offload) * p->n_fields + (size_t)field]);
        best = fmin(best, rest - lane_value(p, lane - 1, arrival));
    }
    return best;
}

static void backward(struct pricer *p)
{
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
            for (int32_t g = 0; g < (int32_t)p->n_fields; g++) {
                price_flight(p, slot, f, g);
                const struct flight *flight = flight_of(p, slot, f, g);
                if (isinf(flight->cost))
                    continue;
                double *go = go_of(p, slot, f);
                for (size_t lane = 0; lane <= p->n_lanes; lane++)
                    go[lane] = fmin(go[lane], flight->cost + arrive(p, g, flight->arrival, lane));
            }
        for (int32_t f = 0; f < (int32_t)p->n_fields; f++) {
            double best = go_of(p, slot, f)[0];
            for (size_t k = 0; k < p->n_lanes; k++)
                if (p->lane[k].origin == f && p->lane[k].loads)
                    best = fmin(best, go_of(p, p->lane[k].slot > slot ? p->lane[k].slot : slot, f)[k + 1]);
            p->begin[slot * p->n_fields + (size_t)f] = best;
        }
    }
}

static bool push(struct price_result *result, struct column *col, double rc)
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
        if (!push(p->result, col, rc))
            return false;
        p->stopped = p->stopped || p->result->n >= p->task->most;
        return true;
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
    if (p->n_kept == KEEP_PER_START)
        p->load.threshold = p->kept_cost[KEEP_PER_START - 1] - IMPROVEMENT;
    return true;
}

static void walk(struct pricer *p, int32_t s, double cost);

/* Leaves stop s in `slot` for g. */
static void fly(struct pricer *p, int32_t s, size_t slot, int32_t g, double cost)
{
    const struct flight *flight = flight_of(p, slot, p->route.airfield[s], g);
    if (isinf(flight->cost))
        return;
    const double *here = &p->chain[(size_t)s * (p->n_lanes + 1)];
    double *there = &p->chain[(size_t)(s + 1) * (p->n_lanes + 1)];
    sec_t dep = p->start + (sec_t)slot * p->grid;
    double best = INFINITY;
    for (size_t lane = 0; lane <= p->n_lanes; lane++) {
        there[lane] = here[lane];
        if (lane > 0 && p->lane[lane - 1].origin == p->route.airfield[s] && p->lane[lane - 1].earliest <= dep &&
            (s == 0 || p->lane[lane - 1].latest >= p->route.arrival[s]))
            there[lane] = fmax(there[lane], here[0]);
        if (there[lane] >= 0)
            best = fmin(best, arrive(p, g, flight->arrival, lane) - there[lane]);
    }
    if (cost + flight->cost + best >= p->load.threshold)
        return;
    p->route.departure[s] = dep;
    p->route.airfield[s + 1] = g;
    p->route.arrival[s + 1] = flight->arrival;
    for (size_t lane = 1; lane <= p->n_lanes; lane++)
        if (p->lane[lane - 1].destination == g && there[lane] >= 0)
            there[0] = fmax(there[0], there[lane] + lane_value(p, lane - 1, flight->arrival));
    walk(p, s + 1, cost + flight->cost);
}

/* The route stands at stop s, just arrived. */
static void walk(struct pricer *p, int32_t s, double cost)
{
    if (p->stopped || p->failed || p->cut_short)
        return;
    if (p->nodes-- <= 0) {
        p->cut_short = true;
        return;
    }
    int32_t f = p->route.airfield[s];
    sec_t arrival = p->route.arrival[s];
    const double *chain = &p->chain[(size_t)s * (p->n_lanes + 1)];
    if (s > 0) {
        double end = cost + end_cost(p, f, arrival);
        if (end - chain[0] < p->load.threshold) {
            p->route.n = s;
            p->failed = !load_search(&p->load, &p->route, end);
        }
    }
    if (s + 2 >= ROUTE_STOPS) {
        p->cut_short = true;
        return;
    }
    size_t first = s == 0 ? 0 : slot_after(p, arrival + p->pass), last = s == 0 ? 1 : p->n_slots;
    const struct steps *mog = &p->duals->mog[f];
    for (size_t slot = first; slot < last; slot++) {
        double wait = 0;
        if (s > 0 && mog->n)
            wait = p->inst->type[p->type].mog_units *
                   (steps_at(mog, p->start + (sec_t)slot * p->grid) - steps_at(mog, arrival));
        for (int32_t g = 0; g < (int32_t)p->n_fields; g++)
            if (g != f)
                fly(p, s, slot, g, cost + wait);
    }
}

static double reachable(const struct pricer *p, int32_t f)
{
    return start_cost(p, f) + p->begin[f];
}

static void flush_kept(struct pricer *p)
{
    for (size_t i = 0; i < p->n_kept; i++) {
        p->result->least = fmin(p->result->least, p->kept_cost[i]);
        if (p->failed || !push(p->result, &p->kept[i], p->kept_cost[i]))
            p->failed = true;
    }
    memset(p->kept, 0, sizeof p->kept);
    p->n_kept = 0;
}

/* All missions whose first take-off is p->start. */
static void price_start(struct pricer *p)
{
    backward(p);
    for (size_t k = 0; k < p->n_lanes; k++) /* loaded at the first stop, long before */
        p->lane[k].loads = true;
    for (int32_t f = 0; f < (int32_t)p->n_fields && !p->stopped && !p->failed; f++) {
        if (p->inst->airfield[f].runway_ft < p->inst->type[p->type].runway_ft || !allowed_at(p->inst, f, p->start))
            continue;
        double best = reachable(p, f);
        for (size_t k = 0; k < p->n_lanes; k++)
            if (p->lane[k].origin == f)
                best = fmin(best, start_cost(p, f) + go_of(p, p->lane[k].slot, f)[k + 1]);
        p->load.threshold = p->task->threshold;
        if (p->n_kept == KEEP_PER_START)
            p->load.threshold = fmin(p->load.threshold, p->kept_cost[KEEP_PER_START - 1] - IMPROVEMENT);
        if (best >= p->load.threshold)
            continue;
        for (size_t lane = 0; lane <= p->n_lanes; lane++)
            p->chain[lane] = lane ? -1 : 0;
        p->route.airfield[0] = f;
        p->route.arrival[0] = p->start;
        p->nodes = p->task->nodes;
        p->cut_short = false;
        p->load.least = fmax(0, p->task->threshold);
        walk(p, 0, start_cost(p, f));
        if (p->cut_short || p->stopped)
            p->load.least = fmin(p->load.least, best);
        if (p->cut_short || p->load.least < p->task->threshold - IMPROVEMENT)
            p->result->complete = false;
        p->result->least = fmin(p->result->least, p->load.least);
    }
    flush_kept(p);
}

static bool stop_asked(const struct pricer *p)
{
    return p->task->stop && p->task->stop(p->task->context);
}

/* Every first take-off of one airframe group with one crew group. */
static void price_pair(struct pricer *p)
{
    const struct rules *rules = &p->inst->rules;
    const struct aircraft_type *type = &p->inst->type[p->type];
    sec_t fdp = type->fdp[p->crew->kind] - rules->show;
    sec_t first = larger(0, larger(p->crew->from + rules->show, p->airframe->from));
    if (p->crew->last_duty_end != SEC_NONE)
        first = larger(first, p->crew->last_duty_end + rules->rest + rules->show);
    sec_t last = smaller(p->inst->end, smaller(p->crew->until - rules->post_flight, p->airframe->until));
    int64_t slot = up(first, p->grid);
    for (; slot * p->grid <= last && !p->stopped && !p->failed; slot++) {
        if (slot % p->task->stride != p->task->offset)
            continue;
        p->start = slot * p->grid;
        p->last_in = smaller(last, p->start + fdp);
        price_start(p);
        if (p->result->n >= p->task->most || stop_asked(p))
            p->stopped = true;
    }
}

static bool pair_init(struct pricer *p)
{
    const struct instance *inst = p->inst;
    const struct aircraft_type *type = &inst->type[p->type];
    sec_t fdp = larger(type->fdp[p->crew->kind] - inst->rules.show, 1);
    fdp = smaller(fdp, inst->end + 1);
    /* On a coarser grid every take-off is still on the fine one: fewer missions, all valid. */
    sec_t multiple = larger(up(up(fdp, inst->rules.step), MOST_SLOTS), up(up(inst->end, inst->rules.step), MOST_GRID));
    p->grid = inst->rules.step * larger(multiple, 1);
    if (multiple > 1)
        p->result->complete = false, p->result->least = -INFINITY;
    p->n_slots = (size_t)(fdp / p->grid) + 1;
    p->n_lanes = 0;
    p->seats = type->configuration[most_seats(type)].seats;
    p->onload = type->ground[GROUND_ONLOAD];
    p->offload = type->ground[GROUND_OFFLOAD];
    p->pass = smaller(type->ground[GROUND_ENROUTE], smaller(p->onload, p->offload));
    if (!make_lanes(p, (size_t)(inst->end / p->grid) + 2))
        return false;
    size_t width = p->n_fields * (p->n_lanes + 1);
    p->flight = malloc(p->n_slots * p->n_fields * p->n_fields * sizeof *p->flight);
    p->go = malloc((p->n_slots + 1) * width * sizeof *p->go);
    p->begin = malloc((p->n_slots + 1) * p->n_fields * sizeof *p->begin);
    p->chain = malloc(ROUTE_STOPS * (p->n_lanes + 1) * sizeof *p->chain);
    p->load = (struct load_search){.inst = inst,
                                   .groups = p->master->groups,
                                   .duals = p->duals,
                                   .airframe_group = p->a,
                                   .crew_group = p->c,
                                   .type = p->type,
                                   .all = p->task->all,
                                   .nodes = p->task->all ? INT64_MAX / 2 : LEAF_NODES,
                                   .take = keep,
                                   .context = p};
    return p->flight && p->go && p->begin && p->chain;
}

static void pair_release(struct pricer *p)
{
    for (size_t k = 0; p->lane && k < p->n_lanes; k++)
        free(p->lane[k].value);
    free(p->lane);
    free(p->flight);
    free(p->go);
    free(p->begin);
    free(p->chain);
    p->lane = NULL;
    p->flight = NULL;
    p->go = p->begin = p->chain = NULL;
}

static bool pair_usable(const struct pricer *p)
{
    const struct instance *inst = p->inst;
    return inst->n_airfields > 0 && crew_flies(p->crew, p->type) && inst->type[p->type].fdp[p->crew->kind] > 0;
}

bool price(const struct master *m, const struct price_task *task, struct price_result *result)
{
    struct duals duals;
    memset(result, 0, sizeof *result);
    if (!duals_init(&duals, m))
        return false;
    struct pricer p = {.inst = m->inst,
                       .master = m,
                       .task = task,
                       .duals = &duals,
                       .result = result,
                       .n_fields = m->inst->n_airfields};
    result->complete = task->stride == 1;
    for (p.a = 0; p.a < (int32_t)m->groups->n_airframe && !p.failed; p.a++)
        for (p.c = 0; p.c < (int32_t)m->groups->n_crew && !p.failed && !p.stopped; p.c++) {
            p.airframe = &m->inst->airframe[m->groups->airframe[p.a].member[0]];
            p.crew = &m->inst->crew[m->groups->crew[p.c].member[0]];
            p.type = p.airframe->type;
            if (!pair_usable(&p))
                continue;
            if (pair_init(&p))
                price_pair(&p);
            else
                p.failed = true;
            pair_release(&p);
        }
    if (p.stopped || task->stride != 1)
        result->complete = false;
    if (p.stopped)
        result->least = -INFINITY;
    duals_release(&duals);
    return !p.failed;
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
