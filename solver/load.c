#include "solver/load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/line_fill.h"
#include "solver/load_memory.h"

#define TIE       1e-7
#define HALF_CENT 0.005 /* what rounding a delay cost may save */

struct option { /* a ride that the times allow */
    int32_t demand, from, to, most;
    int32_t room;   /* of `most`, those that find a zone; see survey_zones */
    double value;   /* per passenger, at its most favourable */
    double surely;  /* per passenger, whenever the stop unloads */
    double first;   /* what loading at the first stop costs, the largest of those chosen once; else 0 ... */
    double last;    /* ... and unloading at the last one */
    double bonus;   /* most that lots of the demand earn by branching */
    bool charged;   /* lots of the demand are charged */
    sec_t waited;   /* from the start of pickup to unloading, at least */
    bool waits;     /* unloading may wait for another price */
    double seats;   /* per passenger, escorts shared out ... */
    double mass;    /* ... and grams, at least */
    int32_t anchor; /* the leg that the fill bound charges */
    bool alone;     /* the demand has no other option here ... */
    int32_t total;  /* ... else how many it has is due[total] */
    bool idle;      /* whoever rides on it may as well stay behind */
    bool dropped;
    bool excludes; /* some later option, see excluded */
    int32_t shut;  /* options chosen before that exclude this one */
    bool late;     /* aboard too long, but not if the stop is left later */
    bool hopes;    /* worth less, if it is not: time aboard ends before unloading is as cheap as it is taken for */
    bool clear;    /* ... or none that shares a leg: its escorts are counted by themselves */
    struct interval loads, unloads; /* when it may, each by itself */
    const struct cap *cap;          /* the least that counts its passengers whenever it unloads; NULL: none */
    int32_t own;                    /* ... in loading.own; -1: none */
};

/* Passengers that a mission may unload under one cap (R8): no schedule has one that goes beyond. */
struct own_pax {
    const struct cap *cap;
    int32_t left;
};

enum { MOST_OWN = 16 };

enum { MOST_ABOARD = 64, MOST_BEGINS = 16 };

/* Demands on a leg; where there are MOST_ABOARD, no more are listed. */
struct leg_aboard {
    struct aboard demand[MOST_ABOARD];
    size_t n;
};

struct loading {
    struct load_search *search;
    const struct route *route;
    double base;
    int32_t seats;
    gram_t carries[ROUTE_STOPS]; /* [legs] largest payload, range considered */
    struct option *option;       /* [n], room for `room` */
    int32_t *pax;                /* [n] chosen */
    struct ride *ride;           /* [n] */
    size_t n, room;
    bool split;    /* some demand has two options */
    bool shared;   /* ... that share a leg: escorts are rounded over both */
    bool roomy;    /* seats alone limit the load */
    bool spanning; /* some option rides on several legs */
    int32_t per;   /* escorts of all options, one per so many passengers; 0: none; -1: not the same for all */
    int64_t used[ROUTE_STOPS];              /* [legs] seats of the chosen options, where not shared */
    gram_t weigh[ROUTE_STOPS];              /* [legs] payload of them */
    gram_t stowed[ROUTE_STOPS];             /* [legs] cargo of them */
    gram_t cargo;                           /* that the cabins hold; INT64_MAX: any */
    double least_cargo;                     /* least grams of it per passenger */
    struct leg_aboard aboard[ROUTE_STOPS];  /* scratch */
    int32_t *moved;                         /* [n_demands] passengers of the chosen options */
    double *worth;                          /* [n_demands] scratch, all 0 */
    sec_t begins[ROUTE_STOPS][MOST_BEGINS]; /* [n_begins] by stop: of windows, after the arrival */
    int32_t n_begins[ROUTE_STOPS];
    bool zoned;                   /* some share no zone with others */
    double best;                  /* reduced cost of the best load of this route */
    double largest_use;           /* most seats per passenger */
    double lightest;              /* least grams per passenger */
    struct column col;            /* scratch: the mission being timed */
    struct own_pax own[MOST_OWN]; /* [n_own] caps that some options surely count for */
    size_t n_own;
    struct toll_state {
        int32_t aboard;  /* passengers of its set ... */
        int32_t counted; /* ... of them, as if, see count_aboard */
        int32_t reach;   /* no more can be aboard on this route */
        int32_t place;   /* in due; -1: never due */
    } * toll;            /* [n_tolls] */
    size_t room_tolls;
    struct due {
        int32_t toll, demand, options; /* toll -1: nobody beyond `free`, of all options of one demand together */
        double each, free;             /* beyond so many more passengers each pays so much, at least */
        double aboard, over;           /* more passengers of its set in a fill; how many are to be paid for */
        double price;                  /* charged to all of its set, see fill_priced */
        bool tried;
    } * due; /* [n_due] tolls that options of this route may pay, and after them demands with several options */
    size_t n_due, n_tolled; /* room for room_tolls and all demands */
    double earned;          /* by the best of the fillings, no prices but the convex tolls paid */
    int64_t nodes;
    struct load_memory *memory;         /* of this pricing */
    struct known_ride *known;           /* [n] the options by stops and demand, room for `room` */
    double most;                        /* no load looked at earns more */
    bool plain;                         /* see lost_plainly */
    bool probing;                       /* only `most` is wanted, ... */
    double target;                      /* ... where reduced costs are below */
    struct interval spell[ROUTE_STOPS]; /* by stop: handling begins within; see choose_spells */
    enum side {
        OPEN,
        NOBODY,
        SOMEBODY
    } loads_first,
        unloads_last; /* who loads at the first stop and unloads at the last; see choose_spells */
    double paid;      /* whoever it is, for that */
    bool divided;     /* spells or sides were chosen, ... */
    bool timed;       /* ... spells among them, for the present route */
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

int32_t seats_of(const struct aircraft_type *type)
{
    return type->configuration[most_seats(type)].seats;
}

bool leg_in_range(const struct instance *inst, int32_t type, int32_t from, int32_t to)
{
    const struct leg *leg = instance_leg(inst, type, from, to);
    const struct aircraft_type *y = &inst->type[type];
    return leg->block > 0 && leg->nm <= y->range[0].range && inst->airfield[from].runway_ft >= y->runway_ft &&
           inst->airfield[to].runway_ft >= y->runway_ft;
}

bool finds_parking(const struct instance *inst, int32_t type, int32_t airfield)
{
    int32_t mog = inst->airfield[airfield].mog;
    return mog < 0 || inst->type[type].mog_units <= mog;
}

bool may_handle(const struct instance *inst, int32_t type, const struct demand *demand)
{
    const sec_t *ground = inst->type[type].ground;
    return ((ground[GROUND_ONLOAD] <= 0 && demand->onload <= 0) || finds_parking(inst, type, demand->origin)) &&
           ((ground[GROUND_OFFLOAD] <= 0 && demand->offload <= 0) || finds_parking(inst, type, demand->destination));
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

sec_t least_stop(const struct aircraft_type *type)
{
    sec_t least = type->ground[0];
    for (int work = 1; work < N_GROUND_WORK; work++)
        least = type->ground[work] < least ? type->ground[work] : least;
    return least;
}

gram_t payload_over(const struct aircraft_type *type, mnm_t nm)
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

double handling_price(const struct duals *duals, const struct instance *inst, int32_t airframe_group, int32_t type,
                      int32_t airfield, sec_t departure, sec_t until)
{
    const struct aircraft_type *y = &inst->type[type];
    const struct steps *airframe = &duals->airframe[(size_t)airframe_group * inst->n_airfields + (size_t)airfield];
    const struct steps *mog = &duals->mog[airfield];
    sec_t begin = departure - y->ground[GROUND_ONLOAD];
    begin = begin < until ? begin : until;
    return fmax(0, steps_at(airframe, begin) - steps_at(airframe, departure)) +
           y->mog_units * fmax(0, steps_at(mog, departure) - steps_at(mog, begin));
}

double seats_each(const struct demand *demand)
{
    return 1.0 + (demand->escort_per > 0 ? 1.0 / demand->escort_per : 0);
}

int32_t escorts_joint(int32_t per, int32_t own)
{
    return own <= 0 ? 0 : own > per && per > 0 ? own : per;
}

int64_t load_seated(int64_t seats, int32_t per)
{
    return per > 0 ? seats - (seats + per) / (per + 1) : seats;
}

bool lanes_init(struct lanes *lanes, const struct instance *inst, int32_t type)
{
    size_t n = inst->n_airfields, k = 0;
    lanes->n_fields = n;
    lanes->first = calloc(n * n + 1, sizeof *lanes->first);
    lanes->demand = calloc(inst->n_demands + 1, sizeof *lanes->demand);
    lanes->carries = calloc(n * n + 1, sizeof *lanes->carries);
    if (!stretches_init(&lanes->stretches, inst, type) || !lanes->first || !lanes->demand || !lanes->carries ||
        !cabins_new(&lanes->cabins, inst, type)) {
        lanes_release(lanes);
        return false;
    }
    for (size_t d = 0; d < inst->n_demands; d++)
        lanes->first[(size_t)inst->demand[d].origin * n + (size_t)inst->demand[d].destination + 1] +=
            may_handle(inst, type, &inst->demand[d]);
    for (k = 0; k < n * n; k++)
        lanes->first[k + 1] += lanes->first[k];
    int32_t all = lanes->first[n * n];
    for (size_t d = inst->n_demands; d-- > 0;) /* backwards, so that `first` ends as the beginning */
        if (may_handle(inst, type, &inst->demand[d]))
            lanes
                ->demand[--lanes->first[(size_t)inst->demand[d].origin * n + (size_t)inst->demand[d].destination + 1]] =
                (int32_t)d;
    for (k = 0; k < n * n; k++)
        lanes->first[k] = lanes->first[k + 1];
    lanes->first[n * n] = all;
    for (k = 0; k < n * n; k++)
        lanes->carries[k] =
            payload_over(&inst->type[type], instance_leg(inst, type, (int32_t)(k / n), (int32_t)(k % n))->nm);
    return true;
}

void lanes_release(struct lanes *lanes)
{
    free(lanes->first);
    free(lanes->demand);
    free(lanes->carries);
    stretches_release(&lanes->stretches);
    cabins_free(lanes->cabins);
    *lanes = (struct lanes){0};
}

static const struct demand *of(const struct loading *l, size_t r)
{
    return &l->search->inst->demand[l->option[r].demand];
}

static bool limit_payloads(struct loading *l)
{
    const struct instance *inst = l->search->inst;
    const struct route *route = l->route;
    const struct stretches *stretches = &l->search->lanes->stretches;
    for (int32_t first = 0; first < route->n;) {
        mnm_t nm = first ? 0 : stretches->before[route->airfield[0]], alone;
        int32_t last = first;
        do {
            nm += instance_leg(inst, l->search->type, route->airfield[last], route->airfield[last + 1])->nm;
            last++;
        } while (last < route->n && !inst->airfield[route->airfield[last]].has_fuel);
        size_t leg = (size_t)route->airfield[first] * inst->n_airfields + (size_t)route->airfield[last];
        alone = instance_leg(inst, l->search->type, route->airfield[first], route->airfield[last])->nm;
        nm += last == route->n ? stretches->after[route->airfield[last]] : 0;
        gram_t most = last == first + 1 && nm == alone ? l->search->lanes->carries[leg]
                                                       : payload_over(&inst->type[l->search->type], nm);
        if (most < 0)
            return false;
        for (; first < last; first++)
            l->carries[first] = most;
    }
    return true;
}

/* The stop left at or after `departure`, if the rest of the route can be flown by `last_in` then. */
static void wish(const struct loading *l, int32_t stop, sec_t departure)
{
    struct load_search *search = l->search;
    const struct route *route = l->route;
    sec_t grid = search->grid, dep = (departure + grid - 1) / grid * grid, end = dep;
    for (int32_t s = stop; s < route->n; s++)
        end += route->arrival[s + 1] - route->departure[s] +
               (s > stop ? least_stop(&search->inst->type[search->type]) : 0);
    if (end > search->last_in)
        return;
    for (size_t i = 0; i < search->n_wishes; i++)
        if (search->wish[i].stop == stop && search->wish[i].departure == dep)
            return;
    if (search->n_wishes == MOST_WISHES)
        search->lost_wishes = true;
    else
        search->wish[search->n_wishes++] = (struct wish){stop, dep};
}

/* Notes when the ride's stop would have to be left for its time aboard to hold, by when it unloads. */
static void wish_later(const struct loading *l, const struct option *o, sec_t hs, sec_t until)
{
    const struct instance *inst = l->search->inst;
    const struct duals *duals = l->search->duals;
    int32_t field = l->route->airfield[o->to];
    sec_t limit = inst->demand[o->demand].aboard_limit, dep = l->route->departure[o->from];
    if (hs - limit > dep)
        wish(l, o->from, hs - limit);
    for (size_t i = 0; i < duals->n_charges; i++) {
        const struct branch *b = duals->charge[i].branch;
        if (b->kind == BRANCH_UNLOADS && b->to == field && b->since > hs && b->since <= until && b->since - limit > dep)
            wish(l, o->from, b->since - limit);
    }
    for (int32_t i = 0; i < l->n_begins[o->to]; i++) {
        sec_t at = l->begins[o->to][i];
        if (at > hs && at <= until && at - limit > dep)
            wish(l, o->from, at - limit);
    }
    const struct steps *unloading = &duals->unloading[field];
    for (size_t i = 0; i < inst->n_limits; i++) {
        const struct limit *caps = &inst->limit[i];
        if (!in_limit(caps, field))
            continue;
        for (size_t c = 0; c < caps->n_caps; c++) {
            sec_t at = caps->cap[c].until;
            bool cheaper =
                at > hs && (steps_at(unloading, at) < steps_most(unloading, hs, at - 1) || duals->n_charges > 0);
            bool tight = at > hs && caps->cap[c].pax < l->seats; /* a load may be too much for it alone */
            if (caps->cap[c].pax >= 0 && at <= until && at - limit > dep && (cheaper || tight))
                wish(l, o->from, at - limit);
        }
    }
}

/* Notes an instant at which a window of somebody who may be handled at the stop begins, after the arrival. */
static void note_begin(struct loading *l, int32_t stop, sec_t at)
{
    if (stop == 0 || at <= l->route->arrival[stop] || (stop < l->route->n && at >= l->route->departure[stop]))
        return;
    for (int32_t i = 0; i < l->n_begins[stop]; i++)
        if (l->begins[stop][i] == at)
            return;
    if (l->n_begins[stop] == MOST_BEGINS)
        l->search->lost_wishes = true;
    else
        l->begins[stop][l->n_begins[stop]++] = at;
}

/* Whoever unloads together unloads when the last window has begun. */
static void note_begins(struct loading *l)
{
    const struct lanes *lanes = l->search->lanes;
    const struct route *route = l->route;
    memset(l->n_begins, 0, sizeof l->n_begins);
    for (int32_t i = 0; i < route->n && l->search->shifted; i++)
        for (int32_t j = i + 1; j <= route->n; j++) {
            size_t lane = (size_t)route->airfield[i] * lanes->n_fields + (size_t)route->airfield[j];
            for (int32_t k = lanes->first[lane]; k < lanes->first[lane + 1]; k++) {
                const struct demand *d = &l->search->inst->demand[lanes->demand[k]];
                note_begin(l, i, d->pickup.from);
                note_begin(l, j, d->delivery.from);
            }
        }
}

/* Worth of a passenger on the option who unloads in a part of the time, at its most favourable; 0 where there is none.
 */
static double ride_value(const struct loading *l, const struct option *o, struct interval part)
{
    const struct demand *d = &l->search->inst->demand[o->demand];
    double hour = (double)d->delay_cost / 100.0 / 3600.0;
    if (part.from > part.until)
        return 0;
    return l->search->duals->pax[o->demand] - l->search->per_pax[o->demand] -
           hour * (double)(part.from - d->pickup.from) -
           steps_least_rising(&l->search->duals->unloading[l->route->airfield[o->to]], part.from, part.until, hour);
}

/* The stop is long enough where nobody is handled. */
static bool stands_idle(const struct loading *l, int32_t stop)
{
    const struct route *route = l->route;
    return stop == 0 || stop == route->n ||
           route->departure[stop] - route->arrival[stop] >=
               l->search->inst->type[l->search->type].ground[GROUND_ENROUTE];
}

/* The least cap on passengers that counts those who unload at the airfield, whenever they start within the part. */
static const struct cap *sure_cap(const struct instance *inst, int32_t airfield, struct interval part)
{
    const struct cap *least = NULL;
    for (size_t i = 0; i < inst->n_limits; i++) {
        const struct limit *limit = &inst->limit[i];
        if (!in_limit(limit, airfield))
            continue;
        for (size_t c = 0; c < limit->n_caps; c++) {
            const struct cap *cap = &limit->cap[c];
            if (cap->pax >= 0 && cap->from <= part.from && part.until < cap->until && (!least || cap->pax < least->pax))
                least = cap;
        }
    }
    return least;
}

/* Fills o->value; false where the times do not allow the ride. later: as if the load stop might be left later. */
static bool judge_option(const struct loading *l, struct option *o, bool later)
{
    const struct instance *inst = l->search->inst;
    const struct demand *d = &inst->demand[o->demand];
    const struct aircraft_type *type = &inst->type[l->search->type];
    const struct route *route = l->route;
    sec_t onload = type->ground[GROUND_ONLOAD] > d->onload ? type->ground[GROUND_ONLOAD] : d->onload;
    sec_t offload = type->ground[GROUND_OFFLOAD] > d->offload ? type->ground[GROUND_OFFLOAD] : d->offload;
    sec_t dep = route->departure[o->from], arr = route->arrival[o->to];
    const struct interval *spell = l->spell;
    o->loads = (struct interval){larger(d->pickup.from, spell[o->from].from),
                                 smaller(d->pickup.until, smaller(spell[o->from].until, dep - onload))};
    if (o->from)
        o->loads.from = larger(o->loads.from, route->arrival[o->from]);
    if (o->loads.from > o->loads.until)
        return false;
    const struct groups *groups = l->search->groups;
    const struct group *group = &groups->airframe[l->search->airframe_group];
    sec_t hs = larger(larger(arr, d->delivery.from), spell[o->to].from);
    sec_t until = smaller(d->delivery.until, spell[o->to].until),
          off = inst->airframe[group->member[0]].until - offload;
    if ((o->from == 0 && dep - onload < group->from) || (o->to == route->n && hs > off))
        return false;
    if (o->to < route->n && route->departure[o->to] - offload < until)
        until = route->departure[o->to] - offload;
    if (hs > until)
        return false;
    bool shifts = l->search->shifted && o->from > 0 && d->aboard_limit >= 0;
    sec_t hoped = until;
    o->late = d->aboard_limit >= 0 && hs - dep > d->aboard_limit;
    if (d->aboard_limit >= 0 && !o->late && dep + d->aboard_limit < until)
        until = dep + d->aboard_limit;
    o->hopes = shifts && later && until < hoped;
    if (o->hopes)
        until = hoped;
    const struct steps *unloading = &l->search->duals->unloading[route->airfield[o->to]];
    double hour = (double)d->delay_cost / 100.0 / 3600.0, pays = l->search->duals->pax[o->demand];
    o->unloads = (struct interval){hs, until};
    o->cap = sure_cap(inst, route->airfield[o->to], o->unloads);
    o->value = ride_value(l, o, o->unloads);
    o->surely = pays - hour * (double)(until - d->pickup.from) - steps_most(unloading, hs, until);
    o->seats = seats_each(d);
    o->most = o->room = d->pax;
    o->surely -= l->search->per_pax[o->demand];
    o->waited = hs - d->pickup.from;
    o->waits = steps_change(unloading, hs, until);
    o->bonus = 0;
    o->charged = false;
    for (size_t i = 0; i < l->search->n_lots; i++) {
        if (l->search->lot[i].demand != o->demand)
            continue;
        o->bonus -= fmin(0, l->search->lot[i].amount);
        o->charged = true;
    }
    /* with a delay cost, rounding may earn half a cent */
    o->idle = !l->search->all && o->value <= (d->delay_cost > 0 ? -HALF_CENT : 1e-9) && o->bonus <= 0 &&
              l->search->bonus <= 0 && stands_idle(l, o->from) && stands_idle(l, o->to);
    if (shifts && !l->divided)
        wish_later(l, o, hs, hoped);
    return !o->late || shifts;
}

static int by_density(const void *a, const void *b)
{
    const struct option *x = a, *y = b;
    double vx = x->value / (x->clear ? x->seats : 1.0), vy = y->value / (y->clear ? y->seats : 1.0);
    if (vx != vy)
        return vx < vy ? 1 : -1;
    if (x->demand != y->demand)
        return x->demand < y->demand ? -1 : 1;
    return x->from != y->from ? (x->from < y->from ? -1 : 1) : (x->to > y->to) - (x->to < y->to);
}

static bool spans(const struct option *o, int32_t leg)
{
    return o->from <= leg && leg < o->to;
}

/* What the options that are charged to no leg yet earn when they fill the leg. */
static double leg_worth(const struct loading *l, int32_t leg)
{
    double sum = 0, left = l->seats;
    for (size_t r = 0; r < l->n && left > 0 && l->option[r].value > 0; r++) {
        const struct option *o = &l->option[r];
        double q = o->anchor < 0 && spans(o, leg) ? fmin(o->most, left) : 0;
        sum += q * o->value;
        left -= q;
    }
    return sum;
}

/* Charges every option to one leg of its span, the leg that is worth most first: there it competes with whom it would
 * have to leave behind. */
static void anchor_options(struct loading *l)
{
    for (size_t r = 0; r < l->n; r++)
        l->option[r].anchor = -1;
    for (int32_t step = 0; step < l->route->n; step++) {
        int32_t best = -1;
        double most = 0;
        for (int32_t leg = 0; leg < l->route->n; leg++) {
            double worth = leg_worth(l, leg);
            if (worth > most)
                most = worth, best = leg;
        }
        for (size_t r = 0; r < l->n && best >= 0; r++)
            if (l->option[r].anchor < 0 && spans(&l->option[r], best))
                l->option[r].anchor = best;
    }
    for (size_t r = 0; r < l->n; r++) /* of no value */
        if (l->option[r].anchor < 0)
            l->option[r].anchor = l->option[r].from;
}

static bool grow(struct loading *l)
{
    if (l->n < l->room)
        return true;
    size_t room = l->room ? 2 * l->room : 32;
    struct option *option = realloc(l->option, room * sizeof *option);
    if (option)
        l->option = option;
    int32_t *pax = realloc(l->pax, room * sizeof *pax);
    if (pax)
        l->pax = pax;
    struct ride *ride = realloc(l->ride, room * sizeof *ride);
    if (ride)
        l->ride = ride;
    struct known_ride *known = realloc(l->known, room * sizeof *known);
    if (known)
        l->known = known;
    if (!option || !pax || !ride || !known)
        return false;
    l->room = room;
    return true;
}

/* What the options have in common, for the bounds. */
static void survey_options(struct loading *l)
{
    gram_t heaviest = 0, bulkiest = 0;
    l->largest_use = 1;
    l->lightest = l->least_cargo = INFINITY;
    l->cargo = l->search->lanes->cabins ? cabins_cargo(l->search->lanes->cabins) : INT64_MAX;
    l->split = l->shared = l->spanning = false;
    l->roomy = true;
    l->per = l->n ? of(l, 0)->escort_per : 0;
    for (size_t r = 0; r < l->n; r++) {
        const struct demand *d = of(l, r);
        l->split = l->split || !l->option[r].alone;
        l->spanning = l->spanning || l->option[r].to > l->option[r].from + 1;
        l->shared = l->shared || !l->option[r].clear;
        l->largest_use = fmax(l->largest_use, l->option[r].seats);
        double share = d->escort_per > 0 ? 1.0 / d->escort_per : 0, freight = (double)d->freight / d->pax;
        l->option[r].mass = (double)d->pax_mass + share * (double)d->escort_mass + freight;
        l->lightest = fmin(l->lightest, l->option[r].mass);
        l->least_cargo = fmin(l->least_cargo, (double)d->pax_baggage + share * (double)d->escort_baggage + freight);
        gram_t bulk = demand_cargo(d, 1);
        bulkiest = bulk > bulkiest ? bulk : bulkiest;
        gram_t each = d->pax_mass + (d->freight + d->pax - 1) / d->pax + 1;
        heaviest = each > heaviest ? each : heaviest;
        heaviest = d->escort_per > 0 && d->escort_mass > heaviest ? d->escort_mass : heaviest;
        if (d->escort_per != l->per)
            l->per = -1;
    }
    if (l->shared && l->per != 0)
        l->per = -1;
    for (size_t r = 0; r < l->n && l->shared; r++) { /* escorts rounded up before may do for more */
        l->option[r].mass = (double)of(l, r)->pax_mass;
        l->lightest = fmin(l->lightest, l->option[r].mass);
    }
    for (int32_t leg = 0; leg < l->route->n; leg++)
        l->roomy = l->roomy && (gram_t)(l->seats + 1) * heaviest + (gram_t)l->n <= l->carries[leg];
    l->roomy = l->roomy && (l->cargo == INT64_MAX || (gram_t)(l->seats + 1) * bulkiest + (gram_t)l->n <= l->cargo);
}

/* Handling passengers of the demand at a stop, besides others there, moves nothing: whenever handling may start is in
 * their window, and their work takes no longer than the others'. */
static bool joins_freely(const struct loading *l, int32_t stop, const struct interval *window, enum ground_work work)
{
    const struct route *route = l->route;
    const struct aircraft_type *type = &l->search->inst->type[l->search->type];
    enum ground_work other = work == GROUND_ONLOAD ? GROUND_OFFLOAD : GROUND_ONLOAD;
    return window->from <= route->arrival[stop] && window->until >= route->departure[stop] - type->ground[work] &&
           type->ground[work] <= type->ground[other];
}

/* Some cap on passengers holds at the stop at some time. */
static bool counts_pax(const struct loading *l, int32_t stop)
{
    const struct instance *inst = l->search->inst;
    for (size_t i = 0; i < inst->n_limits; i++) {
        const struct limit *limit = &inst->limit[i];
        if (!in_limit(limit, l->route->airfield[stop]))
            continue;
        for (size_t c = 0; c < limit->n_caps; c++)
            if (limit->cap[c].pax >= 0)
                return true;
    }
    return false;
}

/* Whoever rides on `o` may as well ride on p: on some of the same legs, for as much whatever else is aboard. */
static bool dominated(const struct loading *l, const struct option *o, const struct option *p, const struct demand *d)
{
    bool inside = o->from <= p->from && p->to <= o->to && (o->from < p->from || p->to < o->to);
    return inside && (p->to == o->to || (p->surely >= o->value && !counts_pax(l, p->to))) && d->onload == 0 &&
           d->offload == 0 &&
           (p->from == o->from || (stands_idle(l, o->from) && joins_freely(l, p->from, &d->pickup, GROUND_ONLOAD))) &&
           (p->to == o->to || (stands_idle(l, o->to) && joins_freely(l, p->to, &d->delivery, GROUND_OFFLOAD)));
}

static void take_out_dropped(struct loading *l)
{
    size_t n = 0;
    for (size_t r = 0; r < l->n; r++)
        if (!l->option[r].dropped)
            l->option[n++] = l->option[r];
    l->n = n;
}

/* Not where those on another option of the demand may need him for their smallest lot. */
static void drop_idle(struct loading *l)
{
    for (size_t r = 0; r < l->n; r++) {
        const struct demand *d = of(l, r);
        bool needed = false;
        for (size_t k = 0; k < l->n && !d->together && d->smallest_lot > 1 && l->option[r].idle; k++)
            needed = needed || (l->option[k].demand == l->option[r].demand && !l->option[k].idle);
        l->option[r].dropped = l->option[r].idle && !needed;
    }
    take_out_dropped(l);
}

/* Not where all loads are wanted, and not where unloading late may earn something by itself. */
static void drop_dominated(struct loading *l)
{
    if (l->search->all || l->search->bonus > 0)
        return;
    for (size_t r = 0; r < l->n; r++)
        for (size_t k = 0; k < l->n && !l->option[r].dropped; k++)
            l->option[r].dropped =
                l->option[k].demand == l->option[r].demand && dominated(l, &l->option[r], &l->option[k], of(l, r));
    take_out_dropped(l);
}

/* Tolls that options of the route may pay, and how many passengers of a toll's set it may have aboard: what one leg
 * takes where all of them share it. */
static void survey_tolls(struct loading *l)
{
    const struct duals *duals = l->search->duals;
    int32_t most = (int32_t)(l->per > 0 ? load_seated(l->seats, l->per) : l->seats);
    l->n_due = 0;
    for (size_t r = 0; r < l->n; r++) {
        int32_t d = l->option[r].demand;
        for (size_t i = duals->first_toll[d]; i < duals->first_toll[d + 1]; i++)
            l->toll[duals->toll_of[i]].reach = -1;
    }
    for (size_t r = 0; r < l->n; r++) {
        int32_t d = l->option[r].demand;
        for (size_t i = duals->first_toll[d]; i < duals->first_toll[d + 1]; i++) {
            const struct whole_load *w = duals->toll[duals->toll_of[i]].load;
            struct toll_state *t = &l->toll[duals->toll_of[i]];
            if (t->reach >= 0)
                continue;
            int32_t sum = 0, from = 0, to = ROUTE_STOPS, options = 0;
            for (size_t k = r; k < l->n; k++) {
                const struct option *o = &l->option[k];
                if (!w->has[o->demand])
                    continue;
                options++;
                sum += o->most < most ? o->most : most;
                from = o->from > from ? o->from : from;
                to = o->to < to ? o->to : to;
            }
            t->reach = from < to && sum > most ? most : sum;
            t->place = t->reach > w->rest ? (int32_t)l->n_due : -1;
            if (t->place >= 0)
                l->due[l->n_due++] = (struct due){.toll = duals->toll_of[i], .options = options};
        }
    }
}

/* Whoever rides on one option of a demand rides on no other: as a toll that takes all that he may be worth. */
static void survey_totals(struct loading *l)
{
    l->n_tolled = l->n_due;
    for (size_t r = 0; r < l->n; r++) { /* those of most value first */
        struct option *o = &l->option[r];
        o->total = -1;
        for (size_t k = l->n_tolled; k < l->n_due && !o->alone && o->total < 0; k++)
            if (l->due[k].demand == o->demand)
                o->total = (int32_t)k;
        if (o->alone)
            continue;
        if (o->total < 0) {
            o->total = (int32_t)l->n_due;
            l->due[l->n_due++] = (struct due){.toll = -1, .demand = o->demand};
        }
        struct due *due = &l->due[o->total];
        due->options++;
        due->each = fmax(due->each, o->value);
    }
}

/* What giving the airframe back, and parking, costs more where somebody unloads at the last stop, from hs on or later.
 */
static double last_price(const struct loading *l, sec_t hs)
{
    const struct load_search *search = l->search;
    const struct aircraft_type *type = &search->inst->type[search->type];
    size_t at = (size_t)l->route->airfield[l->route->n];
    const struct steps *airframe =
        &search->duals->airframe[(size_t)search->airframe_group * search->inst->n_airfields + at];
    const struct steps *mog = &search->duals->mog[at];
    sec_t arrival = l->route->arrival[l->route->n], done = hs + type->ground[GROUND_OFFLOAD];
    return fmax(0, steps_at(airframe, arrival + type->turn) - steps_at(airframe, larger(done, arrival + type->turn))) +
           type->mog_units * fmax(0, steps_at(mog, done) - steps_at(mog, arrival));
}

/* The airframe is taken sooner where somebody loads at the first stop, and given back later where somebody unloads at
 * the last; `base` has neither. */
static void find_surcharge(const struct loading *l, struct option *o)
{
    const struct load_search *search = l->search;
    const struct route *route = l->route;
    o->first = o->last = 0;
    if (o->from == 0)
        o->first = handling_price(search->duals, search->inst, search->airframe_group, search->type, route->airfield[0],
                                  route->departure[0], search->inst->demand[o->demand].pickup.until);
    if (o->to == route->n)
        o->last = last_price(l, o->unloads.from);
}

/* Charges once what everybody pays who loads at the first stop, or unloads at the last, where somebody does. */
static void pay_sides(struct loading *l)
{
    double first = INFINITY, last = INFINITY;
    l->paid = 0;
    for (size_t r = 0; r < l->n; r++) {
        first = l->option[r].from == 0 ? fmin(first, l->option[r].first) : first;
        last = l->option[r].to == l->route->n ? fmin(last, l->option[r].last) : last;
    }
    if (l->loads_first == SOMEBODY)
        l->paid += first;
    if (l->unloads_last == SOMEBODY)
        l->paid += last;
    for (size_t r = 0; r < l->n && l->paid > 0; r++) {
        l->option[r].first -= l->option[r].from == 0 && l->loads_first == SOMEBODY ? first : 0;
        l->option[r].last -= l->option[r].to == l->route->n && l->unloads_last == SOMEBODY ? last : 0;
    }
}

/* Caps that the options count for. */
static void survey_own_caps(struct loading *l)
{
    l->n_own = 0;
    for (size_t r = 0; r < l->n; r++) {
        struct option *o = &l->option[r];
        size_t k = 0;
        while (o->cap && k < l->n_own && l->own[k].cap != o->cap)
            k++;
        o->own = o->cap && k < MOST_OWN ? (int32_t)k : -1;
        if (o->own >= 0 && k == l->n_own)
            l->own[l->n_own++] = (struct own_pax){o->cap, o->cap->pax};
    }
}

/* late: with those who are aboard too long now, and all as they would be if they loaded later. */
static bool list_options(struct loading *l, bool late)
{
    const struct lanes *lanes = l->search->lanes;
    const struct route *route = l->route;
    l->n = 0;
    if (late)
        note_begins(l);
    for (int32_t i = 0; i < route->n; i++)
        for (int32_t j = i + 1; j <= route->n; j++) {
            size_t lane = (size_t)route->airfield[i] * lanes->n_fields + (size_t)route->airfield[j];
            for (int32_t k = lanes->first[lane]; k < lanes->first[lane + 1]; k++) {
                struct option o = {.demand = lanes->demand[k], .from = i, .to = j};
                if ((i == 0 && l->loads_first == NOBODY) || (j == route->n && l->unloads_last == NOBODY) ||
                    !judge_option(l, &o, late) || (o.late && !late))
                    continue;
                if (!grow(l))
                    return false;
                l->option[l->n] = o;
                find_surcharge(l, &l->option[l->n]);
                l->n++;
            }
        }
    if (!grow(l))
        return false;
    drop_idle(l);
    drop_dominated(l);
    for (size_t r = 0; r < l->n; r++) {
        struct option *o = &l->option[r];
        l->known[r] = (struct known_ride){o->from, o->to, o->demand, o->most, o->value, o->first, o->last};
        o->alone = o->clear = true;
        for (size_t k = 0; k < l->n; k++) {
            const struct option *p = &l->option[k];
            bool other = k != r && p->demand == o->demand;
            o->alone = o->alone && !other;
            o->clear = o->clear && !(other && p->from < o->to && o->from < p->to);
        }
    }
    if (l->n > 1)
        qsort(l->option, l->n, sizeof *l->option, by_density);
    memset(l->pax, 0, l->n * sizeof *l->pax);
    memset(l->used, 0, sizeof l->used);
    memset(l->weigh, 0, sizeof l->weigh);
    memset(l->stowed, 0, sizeof l->stowed);
    pay_sides(l);
    survey_options(l);
    anchor_options(l);
    survey_tolls(l);
    survey_totals(l);
    survey_own_caps(l);
    return true;
}

/* Seats and payload on a leg with the options before `upto`. */
static void leg_use(const struct loading *l, size_t upto, int32_t leg, int64_t *seats, gram_t *payload)
{
    *seats = l->used[leg];
    *payload = l->weigh[leg];
    if (!l->shared)
        return;
    *seats = 0;
    *payload = 0;
    for (size_t r = 0; r < upto; r++) {
        if (l->pax[r] == 0 || !spans(&l->option[r], leg))
            continue;
        int32_t q = 0;
        bool first = true;
        for (size_t k = 0; k < upto; k++) {
            if (l->option[k].demand != l->option[r].demand || l->pax[k] == 0 || !spans(&l->option[k], leg))
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
        *seats += q + demand_escorts(of(l, r), q);
        *payload += demand_mass(of(l, r), q);
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

/* Notes (sign 1) or forgets (-1) q passengers on option r. */
static void board(struct loading *l, size_t r, int32_t q, int sign)
{
    int64_t seats = sign * (q + demand_escorts(of(l, r), q));
    gram_t weight = sign * demand_mass(of(l, r), q),
           cargo = l->cargo < INT64_MAX ? sign * demand_cargo(of(l, r), q) : 0;
    for (int32_t leg = l->option[r].from; leg < l->option[r].to; leg++) {
        l->used[leg] += seats;
        l->weigh[leg] += weight;
        l->stowed[leg] += cargo;
    }
}

/* Largest number on option r beside those before it, `most` at most. */
static int32_t largest_lot(struct loading *l, size_t r, int32_t most)
{
    const struct option *o = &l->option[r];
    int32_t low = 0, high = most;
    int64_t seats = l->seats;
    gram_t weight = INT64_MAX;
    for (int32_t leg = o->from; leg < o->to && !l->shared; leg++) {
        seats = l->seats - l->used[leg] < seats ? l->seats - l->used[leg] : seats;
        weight = l->carries[leg] - l->weigh[leg] < weight ? l->carries[leg] - l->weigh[leg] : weight;
    }
    if (!l->shared) {
        int64_t q = seats > 0 ? load_seated(seats, of(l, r)->escort_per) : 0;
        high = q < high ? (int32_t)q : high;
        if (high <= 0 || demand_mass(of(l, r), high) <= weight)
            return high > 0 ? high : 0;
    }
    while (low < high) {
        int32_t q = low + (high - low + 1) / 2;
        l->pax[r] = q;
        if (l->shared ? fits(l, r + 1, o->from, o->to) : demand_mass(of(l, r), q) <= weight)
            low = q;
        else
            high = q - 1;
    }
    l->pax[r] = 0;
    return low;
}

/* A window of handling of the option at a stop; NULL: nobody on it is handled there. */
static const struct interval *window_at(const struct loading *l, size_t r, int32_t stop)
{
    const struct option *o = &l->option[r];
    return o->from == stop ? &of(l, r)->pickup : o->to == stop ? &of(l, r)->delivery : NULL;
}

/* Nobody rides on both: categories are kept apart, or at a stop no handling can start in the windows of both. */
static bool excluded(const struct loading *l, size_t r, size_t k)
{
    const struct option *o = &l->option[r], *p = &l->option[k];
    if (o->from < p->to && p->from < o->to && demands_apart(l->search->inst, o->demand, p->demand))
        return true;
    const int32_t stop[] = {o->from, o->to};
    for (size_t i = 0; i < 2; i++) {
        const struct interval *mine = window_at(l, r, stop[i]), *other = window_at(l, k, stop[i]);
        if (other && (mine->from > other->until || other->from > mine->until))
            return true;
    }
    return false;
}

static void find_exclusions(struct loading *l)
{
    for (size_t r = 0; r < l->n; r++) {
        l->option[r].excludes = false;
        l->option[r].shut = 0;
        for (size_t k = r + 1; k < l->n && !l->option[r].excludes; k++)
            l->option[r].excludes = excluded(l, r, k);
    }
}

/* Who of the options before `upto` is aboard, leg by leg. */
static void list_aboard(struct loading *l, size_t upto)
{
    for (int32_t leg = 0; leg < l->route->n; leg++)
        l->aboard[leg].n = 0;
    for (size_t k = 0; k < upto; k++)
        for (int32_t leg = l->option[k].from; leg < l->option[k].to && l->pax[k] > 0; leg++) {
            struct leg_aboard *on = &l->aboard[leg];
            size_t i = 0;
            while (i < on->n && on->demand[i].demand != l->option[k].demand)
                i++;
            if (i == MOST_ABOARD)
                continue;
            if (i == on->n)
                on->demand[on->n++] = (struct aboard){l->option[k].demand, 0};
            on->demand[i].pax += l->pax[k];
        }
}

/* Whether the cabins may hold q passengers on option r beside those listed. Where many are aboard nothing is said. */
static bool cabins_take(struct loading *l, size_t r, int32_t q)
{
    bool take = true;
    for (int32_t leg = l->option[r].from; leg < l->option[r].to && take; leg++) {
        struct leg_aboard *on = &l->aboard[leg];
        size_t i = 0, n = on->n;
        while (i < n && on->demand[i].demand != l->option[r].demand)
            i++;
        if (n == MOST_ABOARD)
            continue;
        if (i == n)
            on->demand[on->n++] = (struct aboard){l->option[r].demand, 0};
        on->demand[i].pax += q;
        take = cabins_hold(l->search->lanes->cabins, on->demand, on->n);
        on->demand[i].pax -= q;
        on->n = n;
    }
    return take;
}

/* Whether they may hold the options up to r, on the legs of r. */
static bool cabins_take_all(struct loading *l, size_t r)
{
    list_aboard(l, r);
    return cabins_take(l, r, l->pax[r]);
}

static int32_t least_lot(const struct loading *l, size_t r)
{
    const struct demand *d = of(l, r);
    return d->together ? d->pax : l->option[r].alone ? d->smallest_lot : 1;
}

/* Most passengers that options from r on can have for the zones that those before them leave. */
static void survey_zones(struct loading *l, size_t r)
{
    list_aboard(l, r);
    for (size_t k = r; k < l->n; k++) {
        struct option *o = &l->option[k];
        int32_t low = least_lot(l, k), high = o->most;
        o->room = high;
        if (low > high || cabins_take(l, k, high))
            continue;
        o->room = 0;
        if (!cabins_take(l, k, low))
            continue;
        while (high - low > 1) { /* low can, high cannot */
            int32_t q = low + (high - low) / 2;
            if (cabins_take(l, k, q))
                low = q;
            else
                high = q;
        }
        o->room = low;
    }
}

/* Room that a passenger of the option takes in the fill. Escorts before it were rounded up, so a demand's second option
 * may need none: charge nothing then. */
static double seat_use(const struct loading *l, const struct option *o)
{
    return l->per < 0 && o->clear ? o->seats : 1.0;
}

/* Passengers of the option that find room on all its legs, where `left` is what those aboard leave. */
static double most_aboard(const struct loading *l, const struct option *o, const double *left, double use)
{
    if (l->plain)
        return o->room;
    double least = left[o->from];
    for (int32_t leg = o->from + 1; leg < o->to; leg++)
        least = fmin(least, left[leg]);
    return fmin(o->room, least / use);
}

/* Some passengers of one option, by what each is worth after tolls. */
struct piece {
    double density, value, most, use;
    const struct option *option;
};

enum { MOST_PIECES = 64, MOST_STEPS = 12 };

/* Where in a piece of an option something begins to be due. */
struct step_due {
    double at, amount;
};

/* Charges what is due to the option: at once, or where its passengers alone are beyond what is free. */
static void charge_due(const struct due *due, double most, double *value, struct step_due *step, int *n)
{
    *value -= due->free > 0 ? due->price : due->each;
    if (due->free <= 0 || due->free >= most || *n == MOST_STEPS - 1)
        return;
    int j = (*n)++;
    for (; j > 0 && step[j - 1].at > due->free; j--)
        step[j] = step[j - 1];
    step[j] = (struct step_due){due->free, due->each - due->price};
}

/* Splits option o where something begins to be due; returns how many pieces. The last may be worthless and is left out.
 */
static int split_by_dues(const struct loading *l, const struct option *o, const double *left,
                         struct piece piece[MOST_STEPS])
{
    const struct duals *duals = l->search->duals;
    struct step_due step[MOST_STEPS];
    int n = 0, pieces = 0;
    double value = o->value, from = 0, use = seat_use(l, o), most = most_aboard(l, o, left, use);
    for (size_t i = duals->first_toll[o->demand]; i < duals->first_toll[o->demand + 1]; i++) {
        int32_t place = l->toll[duals->toll_of[i]].place;
        if (place >= 0)
            charge_due(&l->due[place], most, &value, step, &n);
    }
    if (o->total >= 0)
        charge_due(&l->due[o->total], most, &value, step, &n);
    for (int j = 0; j <= n && value > 0; j++) {
        double until = j < n ? step[j].at : most;
        if (until > from)
            piece[pieces++] = (struct piece){value / use, value, until - from, use, o};
        from = until;
        value -= j < n ? step[j].amount : 0;
    }
    return pieces;
}

/* What the prices charge too much, for those that are free of it. */
static double given_back(const struct loading *l)
{
    double sum = 0;
    for (size_t i = 0; i < l->n_due; i++)
        sum += l->due[i].price * l->due[i].free;
    return sum;
}

/* The pieces of the options from r on that may ride, by value per seat or per gram; returns how many, -1: too many. */
static int gather_pieces(const struct loading *l, size_t r, const double *room, bool by_mass,
                         struct piece all[MOST_PIECES])
{
    struct piece part[MOST_STEPS];
    int n = 0;
    for (; r < l->n && l->option[r].value > 0; r++) {
        const struct option *o = &l->option[r];
        int pieces = o->shut == 0 ? split_by_dues(l, o, room, part) : 0;
        if (n + pieces > MOST_PIECES)
            return -1;
        for (int i = 0; i < pieces; i++) {
            int j = n++;
            part[i].density = by_mass ? part[i].value / o->mass : part[i].density;
            for (; j > 0 && all[j - 1].density < part[i].density; j--)
                all[j] = all[j - 1];
            all[j] = part[i];
        }
    }
    return n;
}

/* One filling, by the prices as they are; counts who is aboard, and what they earn whatever the prices. -1: too many
 * options. */
static double fill_once(struct loading *l, size_t r, const double *room)
{
    const struct duals *duals = l->search->duals;
    struct piece all[MOST_PIECES];
    double left[ROUTE_STOPS], sum = given_back(l), earned = 0;
    memcpy(left, room, (size_t)l->route->n * sizeof *left);
    for (size_t i = 0; i < l->n_due; i++)
        l->due[i].aboard = 0;
    int n = gather_pieces(l, r, room, false, all);
    if (n < 0)
        return -1;
    for (int i = 0; i < n; i++) {
        const struct option *o = all[i].option;
        double q = fmin(all[i].most, left[o->anchor] / all[i].use);
        left[o->anchor] -= q * all[i].use;
        sum += q * all[i].value;
        earned += q * o->value;
        for (size_t k = duals->first_toll[o->demand]; k < duals->first_toll[o->demand + 1] && q > 0; k++)
            if (l->toll[duals->toll_of[k]].place >= 0)
                l->due[l->toll[duals->toll_of[k]].place].aboard += q;
        if (o->total >= 0)
            l->due[o->total].aboard += q;
    }
    for (size_t i = 0; i < l->n_due; i++)
        earned -= l->due[i].each * fmax(0, l->due[i].aboard - fmax(0, l->due[i].free));
    l->earned = fmax(l->earned, earned);
    return sum;
}

/* The set, not tried yet, that pays most for those beyond what is free. NULL: none. */
static struct due *dearest(struct loading *l)
{
    struct due *found = NULL;
    double most = 1e-6;
    for (size_t i = 0; i < l->n_due; i++) {
        struct due *due = &l->due[i];
        double pays = due->options > 1 && due->free > 0 && !due->tried ? due->each * (due->aboard - due->free) : 0;
        if (pays > most)
            most = pays, found = due;
    }
    return found;
}

/* Moves the prices by the filling before, which was worth `filled`, towards what brings it to `enough` (Polyak 1969).
 * False: there is nothing to gain. */
static bool move_prices(struct loading *l, double filled, double enough)
{
    double norm = 0;
    for (size_t i = 0; i < l->n_due; i++) {
        struct due *due = &l->due[i];
        double over = due->aboard - due->free;
        bool moves = over < 0 ? due->price > 0 : due->price < due->each;
        due->over = due->options > 1 && due->free > 0 && moves ? over : 0;
        norm += due->over * due->over;
    }
    for (size_t i = 0; i < l->n_due && norm > 0; i++) {
        struct due *due = &l->due[i];
        due->price = fmin(due->each, fmax(0, due->price + (filled - enough) / norm * due->over));
    }
    return norm > 1e-12;
}

/* As fill_anchors, with what is due; -1: too many options. The waste of x more passengers of a set is no less than
 * each * max(0, x - free). Of that, price * (x - free) is charged to them together, for any 0 <= price <= each, and the
 * rest to every option by itself, as if there were no others. The prices are moved while the filling is worth more than
 * `enough`, and no filling was found that earns more. */
static double fill_priced(struct loading *l, size_t r, const double *left, double enough)
{
    enum { MOST_MOVES = 12 };
    const struct duals *duals = l->search->duals;
    for (size_t i = 0; i < l->n_due; i++) {
        struct due *due = &l->due[i];
        due->price = 0;
        due->tried = false;
        if (due->toll < 0) {
            due->free = l->search->inst->demand[due->demand].pax - l->moved[due->demand];
            continue;
        }
        const struct toll_state *t = &l->toll[due->toll];
        int32_t free_of_it;
        due->each =
            duals->toll[due->toll].amount * least_slope(duals->toll[due->toll].load, t->aboard, t->reach, &free_of_it);
        due->free = free_of_it;
    }
    l->earned = 0;
    double best = fill_once(l, r, left), filled = best;
    for (struct due *next = dearest(l); next && best > enough && l->earned <= enough; next = dearest(l)) {
        next->tried = true;
        next->price = next->each;
        filled = fill_once(l, r, left);
        if (filled < 0 || filled >= best)
            next->price = 0;
        else
            best = filled;
    }
    for (int i = 0; i < MOST_MOVES && best > enough && l->earned <= enough && filled >= 0; i++) {
        if (i > 0 && !move_prices(l, filled, enough))
            break;
        filled = fill_once(l, r, left);
        best = filled >= 0 && filled < best ? filled : best;
    }
    return best;
}

/* As fill_priced, by the prices as they are, with the room of every leg of a ride. INFINITY: nothing is known. */
static double fill_line(const struct loading *l, size_t r, const double *left, double enough)
{
    struct rider rider[MOST_RIDERS];
    struct piece part[MOST_STEPS];
    double back = given_back(l);
    size_t n = 0;
    for (; r < l->n && l->option[r].value > 0; r++) {
        const struct option *o = &l->option[r];
        int pieces = o->shut == 0 ? split_by_dues(l, o, left, part) : 0;
        for (int i = 0; i < pieces; i++) {
            if (n == MOST_RIDERS)
                return INFINITY;
            rider[n++] = (struct rider){o->from, o->to, part[i].most * part[i].use, part[i].density, o->demand};
        }
    }
    return back + line_fill(rider, n, l->route->n, left, enough - back);
}

/* As fill_priced, by the prices as they are, with the payload of every leg instead of its seats. INFINITY: nothing is
 * known. */
static double fill_masses(struct loading *l, size_t r, const double *room)
{
    struct piece all[MOST_PIECES];
    double left[ROUTE_STOPS], sum = given_back(l);
    for (int32_t leg = 0; leg < l->route->n; leg++) {
        int64_t seats;
        gram_t payload;
        leg_use(l, r, leg, &seats, &payload);
        left[leg] = fmax(0, (double)(l->carries[leg] - payload));
    }
    int n = gather_pieces(l, r, room, true, all);
    if (n < 0)
        return INFINITY;
    for (int i = 0; i < n; i++) {
        const struct option *o = all[i].option;
        double q = fmin(all[i].most, left[o->anchor] / o->mass);
        left[o->anchor] -= q * o->mass;
        sum += q * all[i].value;
    }
    return sum;
}

/* Most that the options from r on can add where every demand's passengers all ride where they earn most. */
static double fill_demands(struct loading *l, size_t r)
{
    double sum = 0;
    size_t end = r;
    for (; end < l->n && l->option[end].value > 0; end++)
        if (l->option[end].shut == 0)
            l->worth[l->option[end].demand] = fmax(l->worth[l->option[end].demand], l->option[end].value);
    for (; r < end; r++) {
        int32_t d = l->option[r].demand;
        sum += l->worth[d] * (l->search->inst->demand[d].pax - l->moved[d]);
        l->worth[d] = 0;
    }
    return sum;
}

/* Every leg filled by density, by the options that are charged to it. */
static double fill_anchors(const struct loading *l, size_t r, const double *room)
{
    double filled = 0, left[ROUTE_STOPS];
    memcpy(left, room, (size_t)l->route->n * sizeof *left);
    for (; r < l->n && l->option[r].value > 0; r++) {
        const struct option *o = &l->option[r];
        double use = seat_use(l, o), q = o->shut == 0 ? fmin(most_aboard(l, o, room, use), left[o->anchor] / use) : 0;
        left[o->anchor] -= q * use;
        filled += q * o->value;
    }
    return filled;
}

/* Most that `pax` passengers earn on options from r on that count for cap `own` (-1: any) and unload at the stop (-1:
 * any). */
static double best_pax(const struct loading *l, size_t r, int32_t own, int32_t stop, double pax)
{
    double sum = 0, last = INFINITY;
    while (pax > 0) {
        double next = 0, most = 0;
        for (size_t k = r; k < l->n; k++) {
            const struct option *o = &l->option[k];
            if ((own >= 0 && o->own != own) || (stop >= 0 && o->to != stop) || o->shut > 0 || o->value >= last ||
                o->value < next)
                continue;
            most = o->value > next ? o->most : most + o->most;
            next = o->value;
        }
        if (next <= 0)
            break;
        sum += next * fmin(most, pax);
        pax -= most;
        last = next;
    }
    return sum;
}

/* Most that the options from r on can add where each cap counts the best of those that count for it, however many
 * seats there are. */
static double fill_caps(const struct loading *l, size_t r)
{
    double sum = 0;
    for (size_t k = r; k < l->n; k++)
        if (l->option[k].own < 0 && l->option[k].shut == 0)
            sum += fmax(0, l->option[k].value) * l->option[k].most;
    for (size_t c = 0; c < l->n_own; c++)
        sum += best_pax(l, r, (int32_t)c, -1, l->own[c].left);
    return sum;
}

/* Most that the options from r on can add, or what is no more than `enough`: every leg filled by density, in seats or,
 * where all have escorts alike, in passengers that find a seat beside their escorts. */
static double fill(struct loading *l, size_t r, double enough)
{
    if (l->zoned)
        survey_zones(l, r);
    double left[ROUTE_STOPS], sum = 0;
    for (size_t k = r; k < l->n; k++)
        sum += l->option[k].bonus + (of(l, k)->delay_cost > 0 ? HALF_CENT : 0);
    if (r == l->n || l->option[r].value <= 0)
        return sum;
    for (int32_t leg = 0; leg < l->route->n; leg++) {
        int64_t seats;
        gram_t payload;
        leg_use(l, r, leg, &seats, &payload);
        seats = l->seats > seats ? l->seats - seats : 0;
        left[leg] = (double)(l->per > 0 ? load_seated(seats, l->per) : seats);
        double use = l->per >= 0 ? 1.0 : l->largest_use;
        if (!l->roomy && l->lightest > 0)
            left[leg] = fmin(left[leg], (double)(l->carries[leg] - payload) / l->lightest * use);
        if (!l->roomy && l->least_cargo > 0 && l->cargo < INT64_MAX)
            left[leg] = fmin(left[leg], (double)(l->cargo - l->stowed[leg]) / l->least_cargo * use);
        if (left[leg] < 0)
            left[leg] = 0;
    }
    double most = l->split ? fill_demands(l, r) : INFINITY;
    double filled = l->n_due > 0 ? fill_priced(l, r, left, enough - sum) : -1;
    if (filled < 0)
        filled = fill_anchors(l, r, left);
    filled = fmin(filled, most);
    if (filled > enough - sum && !l->roomy && !l->plain && l->lightest > 0)
        filled = fmin(filled, fill_masses(l, r, left));
    if (filled > enough - sum && l->n_own > 0)
        filled = fmin(filled, fill_caps(l, r));
    if (filled > enough - sum && l->spanning && !l->plain)
        filled = fmin(filled, fill_line(l, r, left, enough - sum));
    return sum + filled;
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

/* Only reduced costs below: of a route, the best load alone is wanted. */
static double wanted(const struct loading *l)
{
    return l->search->all ? l->search->threshold : fmin(l->search->threshold, l->best - TIE);
}

/* Passengers that the mission as chosen unloads at airfields of the limit; of those timed, whose unloading starts in
 * the cap, where there is one. */
static int64_t unloaded_under(const struct loading *l, const struct limit *limit, const struct cap *cap)
{
    int64_t pax = 0;
    for (size_t r = 0; r < l->n; r++) {
        int32_t to = l->option[r].to;
        sec_t hs = l->col.mission.stop[to].handling_start;
        if (l->pax[r] > 0 && in_limit(limit, l->route->airfield[to]) && (!cap || cap_counts(cap, hs)))
            pax += l->pax[r];
    }
    return pax;
}

/* Whether it breaks a cap by itself, now that it is timed. */
static bool beyond_own_caps(const struct loading *l)
{
    const struct instance *inst = l->search->inst;
    for (size_t i = 0; i < inst->n_limits; i++) {
        int64_t most = unloaded_under(l, &inst->limit[i], NULL);
        for (size_t c = 0; c < inst->limit[i].n_caps && most > 0; c++) {
            const struct cap *cap = &inst->limit[i].cap[c];
            if (cap->pax >= 0 && most > cap->pax && unloaded_under(l, &inst->limit[i], cap) > cap->pax)
                return true;
        }
    }
    return false;
}

/* All stops are timed: stretches handling where time aboard wants it, prices, hands over. */
static void offer(struct loading *l)
{
    struct load_search *search = l->search;
    struct mission *m = &l->col.mission;
    const struct airframe *airframe = &search->inst->airframe[m->airframe];
    const struct route *route = l->route;
    if (beyond_own_caps(l))
        return;
    for (int32_t s = 0; s < route->n; s++)
        if (aboard_too_long(l, s))
            m->stop[s].handling_end = m->stop[s].departure;
    column_finish(&l->col, search->inst);
    if (l->col.begin < search->groups->airframe[search->airframe_group].from ||
        m->stop[route->n].handling_end > airframe->until)
        return;
    if (aboard_too_long(l, -1))
        return;
    double rc = duals_price(search->duals, search->inst, &l->col);
    if (rc >= wanted(l))
        return;
    l->best = rc;
    struct column copy = l->col;
    if (!mission_copy(&copy.mission, m) || !search->take(search->context, &copy, rc))
        l->failed = true;
}

static void unload_at(struct loading *l, int32_t s, sec_t at, sec_t hs, const struct stop_work *w);

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
    const struct duals *duals = l->search->duals;
    bool priced = duals->unloading[route->airfield[s]].n > 0 || duals->n_charges > 0;
    for (size_t i = 0; i < duals->n_charges; i++) {
        const struct branch *b = duals->charge[i].branch;
        if (b->kind == BRANCH_UNLOADS && b->to == route->airfield[s])
            unload_at(l, s, b->since, hs, &w);
    }
    for (size_t i = 0; i < inst->n_limits; i++) {
        const struct limit *limit = &inst->limit[i];
        if (!in_limit(limit, route->airfield[s]))
            continue;
        int64_t most = unloaded_under(l, limit, NULL);
        for (size_t c = 0; c < limit->n_caps; c++) {
            if (limit->cap[c].pax >= 0 && (priced || l->search->all || most > limit->cap[c].pax))
                unload_at(l, s, limit->cap[c].until, hs, &w);
        }
    }
}

/* Passengers wait aboard until `at`, where that is later than `hs` and allowed. */
static void unload_at(struct loading *l, int32_t s, sec_t at, sec_t hs, const struct stop_work *w)
{
    if (at <= hs || at > w->until)
        return;
    l->col.mission.stop[s].handling_start = at;
    l->col.mission.stop[s].handling_end = at + w->need;
    time_stops(l, s + 1);
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
    for (size_t r = 0; r < l->n; r++)
        if (l->pax[r])
            m->ride[m->n_rides++] = (struct ride){l->option[r].demand, l->pax[r], l->option[r].from, l->option[r].to};
    qsort(m->ride, m->n_rides, sizeof *m->ride, ride_order);
    time_stops(l, 0);
}

/* Bounds at or above are of no use. */
static double limit_of(const struct loading *l)
{
    return (l->probing ? l->target : wanted(l)) - TIE;
}

static bool unwanted(const struct loading *l, double bound)
{
    return bound >= limit_of(l);
}

/* Bounds at or above are so little better than the best load that it is not looked for. INFINITY: every one is. */
static double near_limit(const struct loading *l)
{
    if (l->search->all || l->probing)
        return INFINITY;
    return l->best - fmax(l->search->near, l->search->near_share * fabs(l->base));
}

/* Loads whose fill adds no more to `value` are not promising. */
static double enough_beside(const struct loading *l, double value)
{
    return l->base - value - fmin(limit_of(l), near_limit(l) - TIE);
}

/* Loads within `bound` are not looked at, whatever they are. */
static void give_up(struct loading *l, double bound)
{
    l->most = fmax(l->most, l->base - bound);
    if (!l->probing)
        l->search->least = fmin(l->search->least, bound);
}

/* False where `bound` says that nothing wanted is below. */
static bool promising(struct loading *l, double bound)
{
    bool lost = unwanted(l, bound);
    if (lost)
        l->most = fmax(l->most, l->base - bound);
    else if (bound >= near_limit(l))
        give_up(l, bound - 2 * HALF_CENT); /* fewer passengers may round better */
    else
        return true;
    return false;
}

/* Seats that option r frees are of use to options that the bound charges to one leg only. */
static bool frees_one_leg(const struct loading *l, size_t r)
{
    int32_t anchor = -1;
    for (size_t k = r + 1; k < l->n && l->option[k].value > 0; k++) {
        int32_t other = l->option[k].anchor;
        if (other < l->option[r].from || other >= l->option[r].to || other == anchor)
            continue;
        if (anchor >= 0)
            return false;
        anchor = other;
    }
    return true;
}

static double lots_charged(const struct loading *l, int32_t demand, int32_t pax)
{
    double sum = 0;
    for (size_t i = 0; i < l->search->n_lots; i++)
        if (l->search->lot[i].demand == demand && l->search->lot[i].pax <= pax)
            sum += l->search->lot[i].amount;
    return sum;
}

/* Most that q passengers on option r earn beside `before` of the same demand. Alone, the delay is rounded as it will
 * be. */
static double gain(const struct loading *l, size_t r, int32_t q, int32_t before)
{
    const struct option *o = &l->option[r];
    const struct demand *d = of(l, r);
    double sum = q * o->value;
    if (o->charged)
        sum += lots_charged(l, o->demand, before) - lots_charged(l, o->demand, before + q);
    if (d->delay_cost > 0 && o->alone && !o->waits)
        sum += ((double)d->delay_cost * (double)(q * o->waited) / 3600.0 -
                (double)muldiv_half_up(q * o->waited, d->delay_cost, 3600)) /
               100.0;
    else if (d->delay_cost > 0)
        sum += HALF_CENT;
    return sum;
}

/* Notes q passengers of a demand in the sets of its tolls; forgets them where q is negative. */
static void pass_tolls(struct loading *l, int32_t demand, int32_t q)
{
    const struct duals *duals = l->search->duals;
    for (size_t i = duals->first_toll[demand]; i < duals->first_toll[demand + 1]; i++)
        l->toll[duals->toll_of[i]].aboard += q;
}

/* What q more passengers of a demand pay in tolls. */
static double tolls(const struct loading *l, int32_t demand, int32_t q)
{
    const struct duals *duals = l->search->duals;
    double sum = 0;
    for (size_t i = duals->first_toll[demand]; i < duals->first_toll[demand + 1]; i++) {
        int32_t k = duals->toll_of[i], before = l->toll[k].aboard;
        const struct toll *toll = &duals->toll[k];
        sum += toll->amount * (whole_load_waste(toll->load, before + q) - whole_load_waste(toll->load, before));
    }
    return sum;
}

static bool tolled(const struct loading *l, int32_t demand)
{
    const struct duals *duals = l->search->duals;
    return duals->first_toll[demand] < duals->first_toll[demand + 1];
}

static void choose(struct loading *l, size_t r, double value);

/* Largest number below q at which tolls of the demand begin or cease to be due for more; 0: none. */
static int32_t toll_step(const struct loading *l, int32_t demand, int32_t q)
{
    const struct duals *duals = l->search->duals;
    int32_t best = 0;
    for (size_t i = duals->first_toll[demand]; i < duals->first_toll[demand + 1]; i++) {
        const struct whole_load *w = duals->toll[duals->toll_of[i]].load;
        int32_t sum = l->toll[duals->toll_of[i]].aboard + q - 1, over = sum % w->size;
        int32_t at = q - 1 - (over >= w->rest ? over - w->rest : over);
        best = at > best ? at : best;
    }
    return best;
}

/* What anybody on option r costs beside who is aboard already: loading at the first stop, unloading at the last. */
static double surcharge(const struct loading *l, size_t r)
{
    double first = 0, last = 0;
    for (size_t k = 0; k < r; k++) {
        first = l->pax[k] ? fmax(first, l->option[k].first) : first;
        last = l->pax[k] ? fmax(last, l->option[k].last) : last;
    }
    return fmax(0, l->option[r].first - first) + fmax(0, l->option[r].last - last);
}

/* What q passengers on option r add to `value` beside `before` of the same demand, tolls paid. */
static double value_with(const struct loading *l, size_t r, int32_t q, int32_t before, double value)
{
    return value + (q > 0 ? gain(l, r, q, before) - tolls(l, l->option[r].demand, q) - surcharge(l, r) : 0);
}

/* Notes (sign 1) or forgets (-1) q passengers on option r everywhere. */
static void seat(struct loading *l, size_t r, int32_t q, int sign)
{
    l->pax[r] = sign > 0 ? q : 0;
    l->moved[l->option[r].demand] += sign * q;
    if (l->option[r].own >= 0)
        l->own[l->option[r].own].left -= sign * q;
    pass_tolls(l, l->option[r].demand, sign * q);
    if (!l->shared)
        board(l, r, q, sign);
    for (size_t k = r + 1; k < l->n && l->option[r].excludes && q > 0; k++)
        l->option[k].shut += excluded(l, r, k) ? sign : 0;
}

/* Between low and q passengers of a demand, none of whom changes how its tolls rise, x others of a set waste least
 * beside them at one end: beside q where waste rises, since theirs may stand still, and beside low where it stands
 * still. Counts so many as if they were aboard; sign -1: no longer. */
static void count_aboard(struct loading *l, int32_t demand, int32_t more, int sign)
{
    const struct duals *duals = l->search->duals;
    for (size_t i = duals->first_toll[demand]; i < duals->first_toll[demand + 1]; i++) {
        struct toll_state *t = &l->toll[duals->toll_of[i]];
        const struct whole_load *w = duals->toll[duals->toll_of[i]].load;
        int32_t over = (t->aboard + more) % w->size;
        if (sign > 0)
            t->counted = over == 0 || over > w->rest ? more : 0;
        t->aboard += sign * t->counted;
    }
}

/* Nothing wanted has more than `low` and at most q passengers on option r, where tolls rise evenly between: the value
 * is largest at one of the ends, and the room for others at `low`. */
static bool segment_lost(struct loading *l, size_t r, int32_t low, int32_t q, int32_t before, double value)
{
    double most = fmax(value_with(l, r, q, before, value), value_with(l, r, low, before, value));
    seat(l, r, low, 1);
    count_aboard(l, l->option[r].demand, q - low, 1);
    double rest = fill(l, r + 1, enough_beside(l, most + 2 * HALF_CENT));
    count_aboard(l, l->option[r].demand, q - low, -1);
    seat(l, r, low, -1);
    return !promising(l, l->base - most - rest - 2 * HALF_CENT);
}

/* Whether a quick search tries q: the most there is room for, where tolls change, and what leaves room for all of
 * another option. */
static bool worth_trying(const struct loading *l, size_t r, int32_t q, int32_t top)
{
    if (q == top || toll_step(l, l->option[r].demand, q + 1) == q)
        return true;
    for (size_t k = r + 1; k < l->n; k++)
        if (top - l->option[k].most == q)
            return true;
    return false;
}

/* Whether the load fails, whatever fewer passengers gain by rounding, by a fill that never gains more by a freed seat
 * than who sat there: one that looks at the legs alone that options are charged to. */
static bool lost_plainly(struct loading *l, size_t r, double value, double bound)
{
    if (l->spanning) {
        l->plain = true;
        bound = l->base - value - fill(l, r + 1, enough_beside(l, value + 2 * HALF_CENT));
        l->plain = false;
        l->most = fmax(l->most, l->base - bound);
    }
    return unwanted(l, bound - 2 * HALF_CENT);
}

/* Tries q, q - 1 ... least passengers on option r. Where seats alone count, a run of as many failures as share an
 * escort means that fewer passengers fail, too: the seats they free earn no more than they did. */
static void choose_lot(struct loading *l, size_t r, int32_t q, int32_t least, double value)
{
    const struct option *o = &l->option[r];
    int32_t patience = l->per > 0 ? l->per : 1, failures = 0;
    int32_t before = 0;
    for (size_t k = 0; k < r && l->split; k++)
        before += l->option[k].demand == o->demand ? l->pax[k] : 0;
    bool falling = !l->search->all && l->roomy && !l->zoned && l->per >= 0 && !l->split && o->value > 0 &&
                   !o->charged && !tolled(l, o->demand) && frees_one_leg(l, r);
    int32_t top = q, tested = q + 1;
    bool segments = !l->search->all && !o->charged && tolled(l, o->demand); /* lots that are charged jump */
    for (; q >= least && q > 0 && l->nodes >= 0 && !l->failed && !*l->search->stopped; q--) {
        if (segments && q < tested) { /* the longest that is lost, of the whole, its upper half, ... */
            int32_t low = toll_step(l, o->demand, q);
            tested = l->search->few ? low : q;
            while (q - low > 2 && !segment_lost(l, r, low, q, before, value))
                low = l->search->few ? q : q - (q - low) / 2;
            if (q - low > 2) {
                q = low + 1;
                continue;
            }
        }
        if (l->search->few && l->search->duals->n_tolls > 0 && !worth_trying(l, r, q, top))
            continue;
        double v = value_with(l, r, q, before, value);
        seat(l, r, q, 1);
        double bound = l->base - v - fill(l, r + 1, enough_beside(l, v));
        if (promising(l, bound)) {
            failures = 0;
            if (!l->search->lanes->cabins || cabins_take_all(l, r))
                choose(l, r + 1, v);
            else
                top = q - 1;
        } else if (falling) {
            failures = lost_plainly(l, r, v, bound) ? failures + 1 : 0;
        }
        seat(l, r, q, -1);
        if (falling && failures >= patience)
            break;
    }
    l->pax[r] = 0;
}

static void choose(struct loading *l, size_t r, double value)
{
    struct load_search *search = l->search;
    double bound = l->base - value - fill(l, r, enough_beside(l, value));
    if (l->failed || !promising(l, bound))
        return;
    if ((++search->work > search->most_work && search->most_work > 0) ||
        (search->work % 1024 == 0 && search->stop && search->stop(search->context)))
        *search->stopped = true;
    if (l->nodes-- <= 0 || *search->stopped) {
        give_up(l, bound);
        return;
    }
    if (r == l->n) {
        l->most = fmax(l->most, value);
        if (!l->probing)
            finish_load(l);
        return;
    }
    const struct option *o = &l->option[r];
    int32_t most = o->most;
    for (size_t k = 0; k < r && l->split; k++)
        if (l->option[k].demand == o->demand)
            most -= l->pax[k];
    if (o->own >= 0 && l->own[o->own].left < most)
        most = l->own[o->own].left;
    int32_t least = least_lot(l, r);
    if (most >= least && l->option[r].shut == 0) {
        choose_lot(l, r, largest_lot(l, r, most), least, value);
        if (l->nodes < 0 || *search->stopped)
            give_up(l, bound);
    }
    choose(l, r + 1, value);
}

/* Where branches charge nothing, what loads earn depends on when they are flown through their rides alone. */
static bool remembers(const struct loading *l)
{
    return l->n_tolled > 0 && l->n_own == 0 && !l->search->few && !l->search->all && l->search->duals->n_charges == 0;
}

static double known_most(const struct loading *l)
{
    if (!remembers(l))
        return INFINITY;
    return load_memory_most(l->memory, l->route->airfield, l->route->n + 1, l->known, l->n, l->seats);
}

/* Two parts of all loads: by when handling at a stop begins, or by whether anybody loads at the first stop or unloads
 * at the last. */
struct cut {
    int32_t stop; /* -1: the first, -2: the last, by whether anybody does */
    sec_t at;
    double before, after; /* what options lose at most where handling begins before `at` and at it or after; or where
                             nobody, and where somebody is handled */
};

static double most_worth(const struct loading *l, const struct option *o)
{
    return fmax(0, o->value) * fmin(o->most, l->seats);
}

/* What the option loses where handling at the stop begins within `spell`. */
static double loss_within(const struct loading *l, const struct option *o, int32_t stop, struct interval spell)
{
    struct interval rest = {larger(o->unloads.from, spell.from), smaller(o->unloads.until, spell.until)};
    if (o->from == stop)
        return spell.from > o->loads.until || spell.until < o->loads.from ? most_worth(l, o) : 0;
    if (o->to != stop || o->value <= 0)
        return 0;
    return most_worth(l, o) * (1 - fmin(1, fmax(0, ride_value(l, o, rest)) / o->value));
}

static void keep_better(struct cut *best, const struct cut *cut)
{
    if (fmin(cut->before, cut->after) > fmin(best->before, best->after))
        *best = *cut;
}

static void weigh_cut(const struct loading *l, int32_t stop, sec_t at, struct cut *best)
{
    struct cut cut = {.stop = stop, .at = at};
    if (at <= larger(l->spell[stop].from, l->route->arrival[stop]) || at > l->spell[stop].until)
        return;
    for (size_t r = 0; r < l->n; r++) {
        cut.before += loss_within(l, &l->option[r], stop, (struct interval){SEC_EARLIEST, at - 1});
        cut.after += loss_within(l, &l->option[r], stop, (struct interval){at, SEC_LATEST});
    }
    if (stop == l->route->n)
        cut.after += last_price(l, at) - last_price(l, l->route->arrival[stop]);
    keep_better(best, &cut);
}

/* The cut at the end of a cap that does not let in all whom the aircraft has seats for. */
static void weigh_caps(const struct loading *l, int32_t stop, struct cut *best)
{
    const struct instance *inst = l->search->inst;
    sec_t from = larger(l->spell[stop].from, l->route->arrival[stop]);
    for (size_t i = 0; i < inst->n_limits; i++) {
        const struct limit *limit = &inst->limit[i];
        if (!in_limit(limit, l->route->airfield[stop]))
            continue;
        for (size_t c = 0; c < limit->n_caps; c++) {
            const struct cap *cap = &limit->cap[c];
            struct cut cut = {.stop = stop, .at = cap->until};
            if (cap->pax < 0 || cap->pax >= l->seats || cap->from > from || cap->until <= from ||
                cap->until > l->spell[stop].until)
                continue;
            cut.before = best_pax(l, 0, -1, stop, l->seats) - best_pax(l, 0, -1, stop, cap->pax);
            for (size_t r = 0; r < l->n; r++)
                cut.after += loss_within(l, &l->option[r], stop, (struct interval){cut.at, SEC_LATEST});
            keep_better(best, &cut);
        }
    }
}

/* The cut that costs most on whichever side; none where that is little. */
static struct cut find_cut(const struct loading *l)
{
    double little = fmax(HALF_CENT, l->search->near);
    struct cut best = {.before = little, .after = little}, first = {.stop = -1, .after = INFINITY},
               last = {.stop = -2, .after = INFINITY};
    for (int32_t s = 1; s <= l->route->n; s++) {
        const struct steps *unloading = &l->search->duals->unloading[l->route->airfield[s]];
        for (size_t i = 0; i < unloading->n; i++)
            weigh_cut(l, s, unloading->step[i].at, &best);
        weigh_caps(l, s, &best);
        for (size_t r = 0; r < l->n; r++) {
            const struct option *o = &l->option[r];
            if (o->from == s || o->to == s)
                weigh_cut(l, s, o->from == s ? o->loads.from : o->unloads.from, &best);
        }
    }
    for (size_t r = 0; r < l->n; r++) {
        const struct option *o = &l->option[r];
        if (o->from == 0) {
            first.before += most_worth(l, o);
            first.after = fmin(first.after, o->first);
        }
        if (o->to == l->route->n) {
            last.before += most_worth(l, o);
            last.after = fmin(last.after, o->last);
        }
    }
    if (l->loads_first == OPEN)
        keep_better(&best, &first);
    if (l->unloads_last == OPEN)
        keep_better(&best, &last);
    return best;
}

static void choose_spells(struct loading *l);

/* As choose_spells, with what the part leaves of the options. */
static void choose_within(struct loading *l)
{
    enum { LISTING = 8 }; /* takes as long as so many loads */
    l->nodes -= LISTING;
    l->search->work += LISTING;
    l->divided = true;
    if (!list_options(l, false))
        l->failed = true;
    else if (!isinf(l->paid) && promising(l, l->base + l->paid - fill(l, 0, enough_beside(l, -l->paid))))
        choose_spells(l);
}

/* Looks at all loads. All who unload at a stop do so when its handling begins; the bounds let each of them wait for the
 * price he likes best, and nobody pay for the time that the first loading and the last unloading take. Where that
 * matters, one part is looked at after the other: in each, the bounds know more. Spoils the list of options. */
static void choose_spells(struct loading *l)
{
    bool at_once = l->search->all || l->nodes < 0 || *l->search->stopped;
    struct cut cut = at_once ? (struct cut){0} : find_cut(l);
    bool before_first = cut.before < cut.after;
    if (cut.stop == 0) {
        find_exclusions(l);
        choose(l, 0, -l->paid);
        return;
    }
    for (int i = 0; i < 2 && !l->failed; i++) {
        bool before = (i == 0) == before_first;
        if (cut.stop < 0) {
            enum side *side = cut.stop == -1 ? &l->loads_first : &l->unloads_last;
            *side = before ? NOBODY : SOMEBODY;
            choose_within(l);
            *side = OPEN;
        } else {
            struct interval *spell = &l->spell[cut.stop], whole = *spell;
            l->timed = true;
            *spell = before ? (struct interval){whole.from, cut.at - 1} : (struct interval){cut.at, whole.until};
            choose_within(l);
            *spell = whole;
        }
    }
}

/* The options as they were before loads were divided. */
static void list_undivided(struct loading *l)
{
    if (!l->divided || l->failed)
        return;
    l->divided = false;
    l->failed = !list_options(l, false);
}

/* All loads, by spells, beginning with all time. */
static void choose_anew(struct loading *l)
{
    list_undivided(l);
    if (!l->failed)
        choose_spells(l);
}

/* Looks at all loads, and keeps in mind what they earn at most. known: what was known of that. Where it was not enough
 * by a little, it is proven by more now, so that it is enough for longer. */
static void choose_all(struct loading *l, double known)
{
    enum { PROBES = 4000 };
    l->most = 0;
    choose_anew(l);
    /* what is proven for spells holds at these times alone */
    if (!remembers(l) || l->timed || l->failed || *l->search->stopped)
        return;
    if (isfinite(known) && l->nodes >= 0 && isinf(l->best)) {
        double before = l->most;
        l->probing = true;
        l->target = wanted(l) + 4 * (known - (l->base - wanted(l)));
        l->nodes = PROBES;
        l->most = 0;
        choose_anew(l);
        l->most = fmin(l->most, before);
        l->probing = false;
        if (l->timed || l->failed || *l->search->stopped)
            return;
    }
    list_undivided(l);
    if (!l->failed)
        load_memory_keep(l->memory, l->route->airfield, l->route->n + 1, l->known, l->n, l->most + 2 * HALF_CENT);
}

/* Nothing wanted finds room, by the fill or by what is known of the route. */
static bool lost_at_once(struct loading *l, double known)
{
    return unwanted(l, l->base - fmin(fill(l, 0, enough_beside(l, 0)), known));
}

bool load_search(struct load_search *search, const struct route *route, double base)
{
    const struct instance *inst = search->inst;
    const struct aircraft_type *type = &inst->type[search->type];
    struct loading *l = search->scratch;
    if (!l) {
        search->scratch = l = calloc(1, sizeof *l);
        if (!l)
            return false;
        l->moved = calloc(inst->n_demands + 1, sizeof *l->moved);
        l->worth = calloc(inst->n_demands + 1, sizeof *l->worth);
        l->memory = load_memory_new();
    }
    if (!l->moved || !l->worth || !l->memory)
        return false;
    int32_t configuration = most_seats(type);
    if (l->room_tolls < search->duals->n_tolls + 1) {
        free(l->toll);
        free(l->due);
        l->room_tolls = search->duals->n_tolls + 1;
        l->toll = calloc(l->room_tolls, sizeof *l->toll);
        l->due = calloc(l->room_tolls + inst->n_demands, sizeof *l->due);
        if (!l->toll || !l->due) {
            l->room_tolls = 0;
            return false;
        }
    }
    memset(l->toll, 0, l->room_tolls * sizeof *l->toll);
    l->search = search;
    search->n_wishes = 0;
    search->lost_wishes = false;
    l->route = route;
    l->base = base - search->bonus;
    l->nodes = search->nodes;
    l->probing = false;
    l->divided = l->timed = false;
    l->loads_first = l->unloads_last = OPEN;
    l->paid = 0;
    for (int32_t s = 0; s <= route->n; s++)
        l->spell[s] = (struct interval){SEC_EARLIEST, SEC_LATEST};
    l->best = INFINITY;
    l->failed = false;
    l->seats = type->configuration[configuration].seats;
    l->zoned = search->lanes->cabins && cabins_separate(search->lanes->cabins);
    if (!limit_payloads(l))
        return true;
    if (!list_options(l, true))
        return false;
    double known = known_most(l);
    if (lost_at_once(l, known)) {
        search->n_wishes = 0;
        return true;
    }
    bool late = false;
    for (size_t r = 0; r < l->n; r++)
        late = late || l->option[r].late || l->option[r].hopes;
    if (late && !list_options(l, false))
        return false;
    if (late)
        known = known_most(l);
    if (late && lost_at_once(l, known))
        return true;
    struct stop stops[ROUTE_STOPS];
    memset(stops, 0, sizeof stops);
    for (int32_t s = 0; s <= route->n; s++)
        stops[s] = (struct stop){.airfield = route->airfield[s],
                                 .arrival = s ? route->arrival[s] : SEC_NONE,
                                 .departure = s < route->n ? route->departure[s] : SEC_NONE};
    l->col = (struct column){
        .airframe_group = search->airframe_group, .crew_group = search->crew_group, .type = search->type};
    l->col.mission = (struct mission){.airframe = search->groups->airframe[search->airframe_group].member[0],
                                      .crew = search->groups->crew[search->crew_group].member[0],
                                      .configuration = configuration,
                                      .stop = stops,
                                      .n_stops = (size_t)route->n + 1,
                                      .ride = l->ride};
    choose_all(l, known);
    return !l->failed;
}

void load_search_release(struct load_search *search)
{
    struct loading *l = search->scratch;
    if (!l)
        return;
    free(l->option);
    free(l->pax);
    free(l->ride);
    free(l->known);
    load_memory_free(l->memory);
    free(l->toll);
    free(l->due);
    free(l->moved);
    free(l->worth);
    free(l);
    search->scratch = NULL;
}
