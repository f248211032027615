#include "solver/load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TIE       1e-7
#define HALF_CENT 0.005 /* what rounding a delay cost may save */

struct option { /* a ride that the times allow */
    int32_t demand, from, to, most;
    double value;   /* per passenger, at its most favourable */
    double seats;   /* per passenger, escorts shared out */
    int32_t anchor; /* the leg that the fill bound charges */
    bool alone;     /* the demand has no other option here */
};

struct loading {
    struct load_search *search;
    const struct route *route;
    double base;
    int32_t seats;
    gram_t carries[ROUTE_STOPS]; /* [legs] largest payload, range considered */
    struct option *option;
    int32_t *pax; /* [n_options] chosen */
    size_t n;
    double largest_use; /* most seats per passenger */
    double lightest;    /* least grams per passenger */
    struct column col;  /* scratch: the mission being timed */
    int64_t nodes;
    bool failed;
};

int32_t most_seats(const struct aircraft_type *type)
{
    size_t best = 0;
    for (size_t i = 1; i < type->n_configurations; i++)
        if (type->configuration[i].seats > type->configuration[best].seats)
            best = i;
    return (int32_t)best;
}

mnm_t range_with(const struct aircraft_type *type, gram_t payload)
{
    const struct range_point *p = type->range;
    if (payload <= p[0].payload)
        return p[0].range;
    for (size_t i = 1; i < type->n_range; i++) {
        if (payload > p[i].payload)
            continue;
        int64_t wide = p[i].payload - p[i - 1].payload, fall = p[i - 1].range - p[i].range;
        __extension__ typedef __int128 wide_t;
        wide_t product = (wide_t)fall * (payload - p[i - 1].payload);
        return p[i - 1].range - (mnm_t)((product + wide - 1) / wide);
    }
    return -1;
}

/* Largest payload that flies `nm`; -1: none. */
static gram_t payload_over(const struct aircraft_type *type, mnm_t nm)
{
    gram_t low = 0, high = type->range[type->n_range - 1].payload;
    if (range_with(type, 0) < nm)
        return -1;
    while (low < high) {
        gram_t middle = low + (high - low + 1) / 2;
        if (range_with(type, middle) >= nm)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static const struct demand *of(const struct loading *l, size_t r)
{
    return &l->search->inst->demand[l->option[r].demand];
}

static bool limit_payloads(struct loading *l)
{
    const struct instance *inst = l->search->inst;
    const struct route *route = l->route;
    for (int32_t first = 0; first < route->n;) {
        mnm_t nm = 0;
        int32_t last = first;
        do {
            nm += instance_leg(inst, l->search->type, route->airfield[last], route->airfield[last + 1])->nm;
            last++;
        } while (last < route->n && !inst->airfield[route->airfield[last]].has_fuel);
        gram_t most = payload_over(&inst->type[l->search->type], nm);
        if (most < 0)
            return false;
        for (; first < last; first++)
            l->carries[first] = most;
    }
    return true;
}

/* Fills o->value; false where the times do not allow the ride. */
static bool judge_option(const struct loading *l, struct option *o)
{
    const struct instance *inst = l->search->inst;
    const struct demand *d = &inst->demand[o->demand];
    const struct aircraft_type *type = &inst->type[l->search->type];
    const struct route *route = l->route;
    sec_t onload = type->ground[GROUND_ONLOAD] > d->onload ? type->ground[GROUND_ONLOAD] : d->onload;
    sec_t offload = type->ground[GROUND_OFFLOAD] > d->offload ? type->ground[GROUND_OFFLOAD] : d->offload;
    sec_t dep = route->departure[o->from], arr = route->arrival[o->to];
    sec_t load = o->from && route->arrival[o->from] > d->pickup.from ? route->arrival[o->from] : d->pickup.from;
    if (load > d->pickup.until || load + onload > dep)
        return false;
    sec_t hs = arr > d->delivery.from ? arr : d->delivery.from;
    sec_t until = d->delivery.until;
    if (o->to < route->n && route->departure[o->to] - offload < until)
        until = route->departure[o->to] - offload;
    if (hs > until || (d->aboard_limit >= 0 && hs - dep > d->aboard_limit))
        return false;
    o->value = l->search->duals->pax[o->demand] -
               (double)d->delay_cost / 100.0 * (double)(hs - d->pickup.from) / 3600.0 -
               steps_least(&l->search->duals->unloading[route->airfield[o->to]], hs, until);
    o->seats = 1.0 + (d->escort_per > 0 ? 1.0 / d->escort_per : 0);
    o->most = d->pax;
    return l->search->all || o->value > 0;
}

static int by_density(const void *a, const void *b)
{
    const struct option *x = a, *y = b;
    double vx = x->value / x->seats, vy = y->value / y->seats;
    if (vx != vy)
        return vx < vy ? 1 : -1;
    if (x->demand != y->demand)
        return x->demand < y->demand ? -1 : 1;
    return x->from != y->from ? (x->from < y->from ? -1 : 1) : (x->to > y->to) - (x->to < y->to);
}

/* Charges every option to one leg of its span, the leg that most options share first. */
static void anchor_options(struct loading *l)
{
    for (size_t r = 0; r < l->n; r++)
        l->option[r].anchor = -1;
    for (size_t left = l->n; left > 0;) {
        int32_t best = 0;
        size_t most = 0;
        for (int32_t leg = 0; leg < l->route->n; leg++) {
            size_t n = 0;
            for (size_t r = 0; r < l->n; r++)
                n += l->option[r].anchor < 0 && l->option[r].from <= leg && leg < l->option[r].to;
            if (n > most)
                most = n, best = leg;
        }
        for (size_t r = 0; r < l->n; r++)
            if (l->option[r].anchor < 0 && l->option[r].from <= best && best < l->option[r].to)
                l->option[r].anchor = best, left--;
    }
}

static bool list_options(struct loading *l)
{
    const struct instance *inst = l->search->inst;
    const struct route *route = l->route;
    size_t room = 0;
    l->n = 0;
    for (int32_t i = 0; i < route->n; i++)
        for (int32_t j = i + 1; j <= route->n; j++)
            for (int32_t d = 0; d < (int32_t)inst->n_demands; d++) {
                struct option o = {.demand = d, .from = i, .to = j};
                if (inst->demand[d].origin != route->airfield[i] || inst->demand[d].destination != route->airfield[j] ||
                    !judge_option(l, &o))
                    continue;
                if (l->n == room) {
                    room = room ? 2 * room : 32;
                    struct option *grown = realloc(l->option, room * sizeof *grown);
                    if (!grown)
                        return false;
                    l->option = grown;
                }
                l->option[l->n++] = o;
            }
    l->pax = calloc(l->n + 1, sizeof *l->pax);
    if (!l->pax)
        return false;
    if (l->n)
        qsort(l->option, l->n, sizeof *l->option, by_density);
    l->largest_use = 1;
    l->lightest = INFINITY;
    for (size_t r = 0; r < l->n; r++) {
        const struct demand *d = of(l, r);
        l->option[r].alone = true;
        for (size_t k = 0; k < l->n; k++)
            l->option[r].alone = l->option[r].alone && (k == r || l->option[k].demand != l->option[r].demand);
        l->largest_use = fmax(l->largest_use, l->option[r].seats);
        l->lightest = fmin(l->lightest, (double)d->pax_mass);
    }
    anchor_options(l);
    return true;
}

static gram_t freight_share(const struct demand *d, int32_t q)
{
    __extension__ typedef __int128 wide;
    return (gram_t)(((wide)d->freight * q + d->pax - 1) / d->pax);
}

/* Seats and payload on a leg with the options before `upto`. */
static void leg_use(const struct loading *l, size_t upto, int32_t leg, int64_t *seats, gram_t *payload)
{
    *seats = 0;
    *payload = 0;
    for (size_t r = 0; r < upto; r++) {
        if (l->pax[r] == 0 || l->option[r].from > leg || leg >= l->option[r].to)
            continue;
        int32_t q = 0;
        bool first = true;
        for (size_t k = 0; k < upto; k++) {
            if (l->option[k].demand != l->option[r].demand || l->pax[k] == 0 || l->option[k].from > leg ||
                leg >= l->option[k].to)
                continue;
            first = first && k >= r;
            q += l->pax[k];
            if (l->option[r].alone)
                break;
        }
        if (!first)
            continue;
        if (l->option[r].alone)
            q = l->pax[r];
        const struct demand *d = of(l, r);
        int64_t escorts = d->escort_per > 0 ? (q + d->escort_per - 1) / d->escort_per : 0;
        *seats += q + escorts;
        *payload += q * d->pax_mass + freight_share(d, q) + escorts * d->escort_mass;
    }
}

static bool fits(const struct loading *l, size_t upto, int32_t from, int32_t to)
{
    for (int32_t leg = from; leg < to; leg++) {
        int64_t seats;
        gram_t payload;
        leg_use(l, upto, leg, &seats, &payload);
        if (seats > l->seats || payload > l->carries[leg])
            return false;
    }
    return true;
}

static bool kept_apart(const struct loading *l, size_t r)
{
    const struct instance *inst = l->search->inst;
    int32_t mine = of(l, r)->category;
    for (size_t k = 0; k < r && mine >= 0; k++) {
        int32_t other = of(l, k)->category;
        if (l->pax[k] && l->option[k].demand != l->option[r].demand && other >= 0 &&
            inst->rules.apart[(size_t)mine * inst->n_categories + (size_t)other] &&
            l->option[k].from < l->option[r].to && l->option[r].from < l->option[k].to)
            return true;
    }
    return false;
}

/* Most that the options from r on can add: every leg's seats filled by density. */
static double fill(const struct loading *l, size_t r)
{
    double left[ROUTE_STOPS], sum = 0;
    if (r == l->n)
        return 0;
    for (int32_t leg = 0; leg < l->route->n; leg++) {
        int64_t seats;
        gram_t payload;
        leg_use(l, r, leg, &seats, &payload);
        left[leg] = (double)(l->seats - seats);
        if (l->lightest > 0)
            left[leg] = fmin(left[leg], (double)(l->carries[leg] - payload) / l->lightest * l->largest_use);
        if (left[leg] < 0)
            left[leg] = 0;
    }
    for (; r < l->n && l->option[r].value > 0; r++) {
        const struct option *o = &l->option[r];
        /* escorts before r were rounded up, so a demand's second option may need none: charge nothing then */
        double use = o->alone ? o->seats : 1.0;
        double q = fmin(o->most, left[o->anchor] / use);
        left[o->anchor] -= q * use;
        sum += q * o->value + HALF_CENT;
    }
    return sum;
}

struct stop_work {
    sec_t from, until, need;
    bool any;
};

static void stop_work(const struct loading *l, int32_t s, struct stop_work *w)
{
    const struct aircraft_type *type = &l->search->inst->type[l->search->type];
    bool loads = false, unloads = false;
    sec_t sum = 0;
    *w = (struct stop_work){SEC_EARLIEST, SEC_LATEST, 0, false};
    for (size_t r = 0; r < l->n; r++) {
        if (!l->pax[r])
            continue;
        const struct demand *d = of(l, r);
        bool on = l->option[r].from == s, off = l->option[r].to == s;
        if (!on && !off)
            continue;
        const struct interval *window = on ? &d->pickup : &d->delivery;
        w->from = window->from > w->from ? window->from : w->from;
        w->until = window->until < w->until ? window->until : w->until;
        bool again = false;
        for (size_t k = 0; k < r; k++)
            again = again || (l->pax[k] && l->option[k].demand == l->option[r].demand &&
                              (on ? l->option[k].from == s : l->option[k].to == s));
        sum += again ? 0 : on ? d->onload : d->offload;
        loads = loads || on;
        unloads = unloads || off;
    }
    w->any = loads || unloads;
    if (loads)
        w->need = type->ground[GROUND_ONLOAD];
    if (unloads && type->ground[GROUND_OFFLOAD] > w->need)
        w->need = type->ground[GROUND_OFFLOAD];
    if (!w->any && s > 0 && s < l->route->n)
        w->need = type->ground[GROUND_ENROUTE];
    if (sum > w->need)
        w->need = sum;
}

static bool aboard_too_long(const struct loading *l, int32_t s)
{
    for (size_t r = 0; r < l->n; r++)
        if (l->pax[r] && (s < 0 || l->option[r].from == s) && of(l, r)->aboard_limit >= 0 &&
            l->col.mission.stop[l->option[r].to].handling_start - l->col.mission.stop[l->option[r].from].handling_end >
                of(l, r)->aboard_limit)
            return true;
    return false;
}

/* All stops are timed: stretches handling where time aboard wants it, prices, hands over. */
static void offer(struct loading *l)
{
    struct load_search *search = l->search;
    struct mission *m = &l->col.mission;
    const struct airframe *airframe = &search->inst->airframe[m->airframe];
    const struct route *route = l->route;
    for (int32_t s = 0; s < route->n; s++)
        if (aboard_too_long(l, s))
            m->stop[s].handling_end = m->stop[s].departure;
    column_finish(&l->col, search->inst);
    double rc = 0;
    if (!aboard_too_long(l, -1) && l->col.begin >= airframe->from && m->stop[route->n].handling_end <= airframe->until)
        rc = duals_price(search->duals, search->inst, &l->col);
    else
        return;
    if (rc >= search->threshold)
        return;
    struct column copy = l->col;
    if (!mission_copy(&copy.mission, m) || !search->take(search->context, &copy, rc))
        l->failed = true;
}

/* Chooses handling starts from stop s on: the earliest, and every instant that leaves a passenger cap (docs/model.md).
 */
static void time_stops(struct loading *l, int32_t s)
{
    const struct instance *inst = l->search->inst;
    const struct route *route = l->route;
    if (l->failed)
        return;
    if (s > route->n) {
        offer(l);
        return;
    }
    struct stop_work w;
    stop_work(l, s, &w);
    struct stop *stop = &l->col.mission.stop[s];
    sec_t latest = s < route->n ? route->departure[s] - w.need : SEC_LATEST;
    if (s > 0 && route->arrival[s] > w.from)
        w.from = route->arrival[s];
    if (w.until > latest)
        w.until = latest;
    sec_t hs = s > 0 ? w.from : w.any ? w.until : route->departure[0];
    if (!w.any && s > 0)
        w.until = w.from < latest ? w.from : latest;
    if (hs < w.from || hs > w.until)
        return;
    stop->handling_start = hs;
    stop->handling_end = hs + w.need;
    time_stops(l, s + 1);
    bool unloads = false;
    for (size_t r = 0; r < l->n; r++)
        unloads = unloads || (l->pax[r] && l->option[r].to == s);
    if (!unloads)
        return;
    bool priced = l->search->duals->unloading[route->airfield[s]].n > 0;
    for (size_t i = 0; i < inst->n_limits && (priced || l->search->all); i++) {
        const struct limit *limit = &inst->limit[i];
        if (!may_end_at(false, limit->airfields, limit->n_airfields, route->airfield[s]))
            continue;
        for (size_t c = 0; c < limit->n_caps; c++) {
            sec_t at = limit->cap[c].until;
            if (limit->cap[c].pax < 0 || at <= hs || at > w.until)
                continue;
            stop->handling_start = at;
            stop->handling_end = at + w.need;
            time_stops(l, s + 1);
        }
    }
}

static bool lots_hold(const struct loading *l)
{
    for (size_t r = 0; r < l->n; r++) {
        int64_t sum = 0;
        int rides = 0;
        for (size_t k = 0; k < l->n; k++)
            if (l->pax[k] && l->option[k].demand == l->option[r].demand)
                sum += l->pax[k], rides++;
        if (rides && (sum < of(l, r)->smallest_lot || (of(l, r)->together && (rides > 1 || sum < of(l, r)->pax))))
            return false;
    }
    return true;
}

static void finish_load(struct loading *l)
{
    struct mission *m = &l->col.mission;
    if (!lots_hold(l))
        return;
    m->n_rides = 0;
    for (int32_t i = 0; i < l->route->n; i++) /* by load stop, unload stop, demand */
        for (int32_t j = i + 1; j <= l->route->n; j++)
            for (int32_t d = -1;;) {
                size_t next = l->n;
                for (size_t r = 0; r < l->n; r++)
                    if (l->pax[r] && l->option[r].from == i && l->option[r].to == j && l->option[r].demand > d &&
                        (next == l->n || l->option[r].demand < l->option[next].demand))
                        next = r;
                if (next == l->n)
                    break;
                d = l->option[next].demand;
                m->ride[m->n_rides++] = (struct ride){d, l->pax[next], i, j};
            }
    time_stops(l, 0);
}

static void choose(struct loading *l, size_t r, double value)
{
    struct load_search *search = l->search;
    double bound = l->base - value - fill(l, r);
    if (l->failed || bound >= search->threshold - TIE)
        return;
    if (l->nodes-- <= 0) {
        search->least = fmin(search->least, bound);
        return;
    }
    if (r == l->n) {
        finish_load(l);
        return;
    }
    const struct option *o = &l->option[r];
    const struct demand *d = of(l, r);
    int32_t most = o->most;
    for (size_t k = 0; k < r; k++)
        if (l->option[k].demand == o->demand)
            most -= l->pax[k];
    int32_t least = d->together ? d->pax : o->alone ? d->smallest_lot : 1;
    if (most >= least && !kept_apart(l, r)) {
        int32_t low = 0, high = most; /* largest that fits */
        while (low < high) {
            l->pax[r] = low + (high - low + 1) / 2;
            if (fits(l, r + 1, o->from, o->to))
                low = l->pax[r];
            else
                high = l->pax[r] - 1;
        }
        for (int32_t q = low; q >= least && q > 0 && l->nodes >= 0 && !l->failed; q--) {
            l->pax[r] = q;
            choose(l, r + 1, value + q * o->value + HALF_CENT);
        }
        if (l->nodes < 0)
            search->least = fmin(search->least, bound);
    }
    l->pax[r] = 0;
    choose(l, r + 1, value);
}

bool load_search(struct load_search *search, const struct route *route, double base)
{
    const struct instance *inst = search->inst;
    const struct aircraft_type *type = &inst->type[search->type];
    struct loading l = {.search = search, .route = route, .base = base, .nodes = search->nodes};
    struct mission *m = &l.col.mission;
    int32_t configuration = most_seats(type);
    l.seats = type->configuration[configuration].seats;
    if (!limit_payloads(&l))
        return true;
    struct stop stops[ROUTE_STOPS];
    memset(stops, 0, sizeof stops);
    for (int32_t s = 0; s <= route->n; s++)
        stops[s] = (struct stop){.airfield = route->airfield[s],
                                 .arrival = s ? route->arrival[s] : SEC_NONE,
                                 .departure = s < route->n ? route->departure[s] : SEC_NONE};
    bool listed = list_options(&l);
    struct ride *rides = calloc(l.n + 1, sizeof *rides);
    if (listed && rides) {
        l.col.airframe_group = search->airframe_group;
        l.col.crew_group = search->crew_group;
        l.col.type = search->type;
        *m = (struct mission){.airframe = search->groups->airframe[search->airframe_group].member[0],
                              .crew = search->groups->crew[search->crew_group].member[0],
                              .configuration = configuration,
                              .stop = stops,
                              .n_stops = (size_t)route->n + 1,
                              .ride = rides};
        choose(&l, 0, 0);
    }
    bool ok = listed && rides && !l.failed;
    free(rides);
    free(l.option);
    free(l.pax);
    return ok;
}
