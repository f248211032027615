/* Who is aboard a route: the load that earns most, found by trying numbers of passengers ride by ride. */
#include <stdlib.h>
#include <string.h>

#include "tools/verify.h"

enum { MOST_RIDES = 200, MOST_NODES = 300000 };

struct loads {
    const struct verify *v;
    const struct flown *f;
    int64_t seats;
    mnm_t before, after; /* of the stretches that come in and go on */
    struct ride ride[MOST_RIDES]; /* the best earners first; pax: chosen */
    int64_t most[MOST_RIDES];
    mpz_t value[MOST_RIDES]; /* of one passenger, delay not rounded */
    int32_t n;
    mpz_t best, half; /* half a hundredth */
    bool found, relaxed;
    int64_t nodes;
};

static const struct demand *demand_of(const struct loads *l, int32_t r)
{
    return &l->v->inst->demand[l->ride[r].demand];
}

static bool on_leg(const struct ride *ride, int32_t leg)
{
    return ride->from_stop <= leg && leg < ride->to_stop;
}

static int64_t escorts(const struct demand *d, int64_t pax)
{
    return d->escort_per > 0 ? (pax + d->escort_per - 1) / d->escort_per : 0;
}

/* --- values
 * ------------------------------------------------------------------------------------------------------------ */

/* Duals that one passenger on the ride earns: of his demand, and of the caps where he unloads. */
static void earn(const struct verify *v, const struct flown *f, const struct ride *ride, mpz_t sum)
{
    const struct stop *to = &f->stop[ride->to_stop];
    for (size_t k = 0; k < v->n_rows; k++) {
        const struct row *row = &v->row[k];
        if ((row->kind == DEMAND && row->a == ride->demand) || (row->kind == CROSSING && row->has[ride->demand]))
            mpz_add(sum, sum, row->dual);
        if (row->kind != PAX || !in_limit(&v->inst->limit[row->a], to->airfield))
            continue;
        const struct cap *cap = &v->inst->limit[row->a].cap[row->b];
        if (cap->from <= to->handling_start && to->handling_start < cap->until)
            mpz_add(sum, sum, row->dual);
    }
}

void load_value(const struct verify *v, const struct flown *f, const struct ride *ride, size_t n, mpz_t value)
{
    mpz_t one;
    mpz_init(one);
    mpz_set_ui(value, 0);
    for (size_t r = 0; r < n; r++) {
        mpz_set_ui(one, 0);
        earn(v, f, &ride[r], one);
        mpz_mul_si(one, one, ride[r].pax);
        mpz_add(value, value, one);
    }
    for (size_t d = 0; d < v->inst->n_demands; d++) {
        int64_t waited = 0;
        for (size_t r = 0; r < n; r++)
            if (ride[r].demand == (int32_t)d)
                waited += ride[r].pax * (f->stop[ride[r].to_stop].handling_start - v->inst->demand[d].pickup.from);
        mpz_mul_si(one, v->scale, muldiv_half_up(waited, v->inst->demand[d].delay_cost, 3600));
        mpz_sub(value, value, one);
    }
    for (size_t k = 0; k < v->n_rows; k++) {
        int64_t pax = 0;
        if (v->row[k].kind != LOADS)
            continue;
        for (size_t r = 0; r < n; r++)
            pax += v->row[k].has[ride[r].demand] ? ride[r].pax : 0;
        mpz_mul_si(one, v->row[k].dual, waste(&v->row[k], pax));
        mpz_add(value, value, one);
    }
    mpz_clear(one);
}

/* --- rules
 * ------------------------------------------------------------------------------------------------------------- */

static bool within(sec_t t, struct interval window)
{
    return window.from <= t && t <= window.until;
}

static bool may_ride(const struct loads *l, int32_t d, int32_t i, int32_t j)
{
    const struct demand *demand = &l->v->inst->demand[d];
    const struct stop *from = &l->f->stop[i], *to = &l->f->stop[j];
    const struct aircraft_type *type = &l->v->inst->type[l->f->type];
    sec_t on = from->handling_end - from->handling_start, off = to->handling_end - to->handling_start;
    return demand->origin == from->airfield && demand->destination == to->airfield &&
           within(from->handling_start, demand->pickup) && within(to->handling_start, demand->delivery) &&
           on >= type->ground[GROUND_ONLOAD] && on >= demand->onload && off >= type->ground[GROUND_OFFLOAD] &&
           off >= demand->offload &&
           (demand->aboard_limit < 0 || to->handling_start - from->handling_end <= demand->aboard_limit);
}

static int64_t aboard(const struct loads *l, int32_t demand, int32_t leg)
{
    int64_t pax = 0;
    for (int32_t r = 0; r < l->n; r++)
        if (l->ride[r].demand == demand && on_leg(&l->ride[r], leg))
            pax += l->ride[r].pax;
    return pax;
}

static bool first_ride(const struct loads *l, int32_t r)
{
    for (int32_t k = 0; k < r; k++)
        if (l->ride[k].demand == l->ride[r].demand)
            return false;
    return true;
}

/* Passengers and escorts on a leg, and what they weigh. */
static int64_t persons(const struct loads *l, int32_t leg, gram_t *payload)
{
    int64_t sum = 0;
    *payload = 0;
    for (int32_t r = 0; r < l->n; r++) {
        const struct demand *d = demand_of(l, r);
        int64_t pax = first_ride(l, r) ? aboard(l, l->ride[r].demand, leg) : 0;
        if (pax == 0)
            continue;
        sum += pax + escorts(d, pax);
        *payload += pax * d->pax_mass + (d->freight * pax + d->pax - 1) / d->pax + escorts(d, pax) * d->escort_mass;
    }
    return sum;
}

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
    __extension__ typedef __int128 wide;
    wide loss = (wide)(p[i - 1].range - p[i].range) * (payload - p[i - 1].payload);
    return p[i - 1].range - (mnm_t)((loss + rise - 1) / rise);
}

/* Least that an airframe of the mission's type has flown since it was last full when it takes off at the airfield, or
 * (`on`) flies on from there until it is full again or may stay. */
static mnm_t beside(const struct loads *l, int32_t airfield, bool on)
{
    const struct instance *inst = l->v->inst;
    size_t n = inst->n_airfields;
    mnm_t *least = room(n, sizeof *least), found;
    for (size_t f = 0; f < n; f++) {
        least[f] = inst->airfield[f].has_fuel ? 0 : SEC_LATEST / 4;
        for (size_t a = 0; a < inst->n_airframes; a++) {
            const struct airframe *k = &inst->airframe[a];
            bool there = on ? k->end_anywhere : k->at == (int32_t)f;
            for (size_t i = 0; on && i < k->n_end_at; i++)
                there = there || k->end_at[i] == (int32_t)f;
            if (k->type == l->f->type && there)
                least[f] = 0;
        }
    }
    for (size_t round = 0; round < n; round++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                const struct leg *leg = on ? instance_leg(inst, l->f->type, (int32_t)j, (int32_t)i)
                                           : instance_leg(inst, l->f->type, (int32_t)i, (int32_t)j);
                if (i != j && leg->block > 0 && least[i] + leg->nm < least[j])
                    least[j] = least[i] + leg->nm;
            }
    found = least[airfield];
    free(least);
    return found;
}

/* Seats, and range on every stretch; what is chosen so far never gets lighter. */
static bool sorties_hold(const struct loads *l)
{
    const struct instance *inst = l->v->inst;
    gram_t greatest = 0, payload;
    mnm_t nm = l->before;
    for (int32_t i = 0; i < l->f->n; i++) {
        const struct stop *from = &l->f->stop[i], *to = &l->f->stop[i + 1];
        if (persons(l, i, &payload) > l->seats)
            return false;
        nm += instance_leg(inst, l->f->type, from->airfield, to->airfield)->nm;
        greatest = payload > greatest ? payload : greatest;
        if (nm > range_at(&inst->type[l->f->type], greatest))
            return false;
        if (inst->airfield[to->airfield].has_fuel)
            nm = greatest = 0;
    }
    return nm + l->after <= range_at(&inst->type[l->f->type], greatest);
}

/* Caps on passengers, which no mission may break by itself; what is chosen so far never gets less. */
static bool caps_hold(const struct loads *l)
{
    const struct instance *inst = l->v->inst;
    for (size_t i = 0; i < inst->n_limits; i++)
        for (size_t c = 0; c < inst->limit[i].n_caps; c++) {
            const struct cap *cap = &inst->limit[i].cap[c];
            int64_t pax = 0;
            for (int32_t r = 0; r < l->n && cap->pax >= 0; r++) {
                const struct stop *to = &l->f->stop[l->ride[r].to_stop];
                if (in_limit(&inst->limit[i], to->airfield) && cap->from <= to->handling_start &&
                    to->handling_start < cap->until)
                    pax += l->ride[r].pax;
            }
            if (cap->pax >= 0 && pax > cap->pax)
                return false;
        }
    return true;
}

static bool kept_apart(const struct loads *l, int32_t r)
{
    const struct instance *inst = l->v->inst;
    int32_t a = demand_of(l, r)->category;
    for (int32_t k = 0; k < r && a >= 0; k++) {
        int32_t b = demand_of(l, k)->category;
        if (l->ride[k].pax > 0 && b >= 0 && l->ride[k].demand != l->ride[r].demand &&
            l->ride[k].from_stop < l->ride[r].to_stop && l->ride[r].from_stop < l->ride[k].to_stop &&
            inst->rules.apart[(size_t)a * inst->n_categories + (size_t)b])
            return true;
    }
    return false;
}

/* Lots, and handling: the demands' own times, and `enroute` where nothing is done. */
static bool whole_holds(const struct loads *l)
{
    const struct instance *inst = l->v->inst;
    for (int32_t r = 0; r < l->n; r++) {
        int64_t sum = 0;
        for (int32_t k = 0; k < l->n; k++)
            sum += l->ride[k].demand == l->ride[r].demand ? l->ride[k].pax : 0;
        if (sum > 0 && sum < demand_of(l, r)->smallest_lot)
            return false;
    }
    for (int32_t s = 0; s <= l->f->n; s++) {
        const struct stop *stop = &l->f->stop[s];
        sec_t own = 0;
        bool worked = false;
        for (size_t d = 0; d < inst->n_demands; d++) {
            bool on = false, off = false;
            for (int32_t r = 0; r < l->n; r++) {
                bool rides = l->ride[r].pax > 0 && l->ride[r].demand == (int32_t)d;
                on = on || (rides && l->ride[r].from_stop == s);
                off = off || (rides && l->ride[r].to_stop == s);
            }
            own += (on ? inst->demand[d].onload : 0) + (off ? inst->demand[d].offload : 0);
            worked = worked || on || off;
        }
        if (own > stop->handling_end - stop->handling_start)
            return false;
        if (!worked && s > 0 && s < l->f->n &&
            stop->departure - stop->arrival < inst->type[l->f->type].ground[GROUND_ENROUTE])
            return false;
    }
    return true;
}

/* --- the search
 * -------------------------------------------------------------------------------------------------------- */

/* No more than what rides from `from` on can earn: each is charged to the leg it boards on, and a leg's free seats are
 * filled with the best earners. What rounding may save is added. */
static void fill(const struct loads *l, int32_t from, mpz_t sum)
{
    gram_t payload;
    mpz_t part;
    mpz_init(part);
    mpz_set_ui(sum, 0);
    for (int32_t leg = 0; leg < l->f->n; leg++) {
        int64_t left = l->seats - persons(l, leg, &payload);
        for (int32_t r = from; r < l->n && left > 0; r++) { /* in order of value */
            if (l->ride[r].from_stop != leg || mpz_sgn(l->value[r]) <= 0)
                continue;
            int64_t pax = l->most[r] < left ? l->most[r] : left;
            mpz_mul_si(part, l->value[r], pax);
            mpz_add(sum, sum, part);
            left -= pax;
        }
    }
    for (int32_t r = 0; r < l->n; r++)
        if (first_ride(l, r) && demand_of(l, r)->delay_cost > 0)
            mpz_add(sum, sum, l->half);
    mpz_clear(part);
}

static void choose(struct loads *l, int32_t r, const mpz_t so_far)
{
    mpz_t most, value;
    mpz_inits(most, value, NULL);
    if (r == l->n) {
        if (whole_holds(l)) {
            load_value(l->v, l->f, l->ride, (size_t)l->n, value);
            if (!l->found || mpz_cmp(value, l->best) > 0)
                mpz_set(l->best, value);
            l->found = true;
        }
        mpz_clears(most, value, NULL);
        return;
    }
    const struct demand *d = demand_of(l, r);
    int64_t top = l->most[r];
    for (int32_t k = 0; k < r; k++)
        if (l->ride[k].demand == l->ride[r].demand)
            top -= l->ride[k].pax;
    top = kept_apart(l, r) || (d->together && top < d->pax) ? 0 : top;
    for (int64_t q = top; q >= 0 && !l->relaxed; q = d->together && q > 0 ? 0 : q - 1) {
        l->ride[r].pax = (int32_t)q;
        if (!sorties_hold(l) || !caps_hold(l))
            continue;
        mpz_mul_si(value, l->value[r], q);
        mpz_add(value, value, so_far);
        fill(l, r + 1, most);
        mpz_add(most, most, value);
        if (l->found && mpz_cmp(most, l->best) <= 0)
            continue;
        l->relaxed = ++l->nodes > MOST_NODES;
        choose(l, r + 1, value);
    }
    l->ride[r].pax = 0;
    mpz_clears(most, value, NULL);
}

/* The value of a passenger, linear: duals less delay. */
static void rate_ride(struct loads *l, int32_t r)
{
    sec_t waited = l->f->stop[l->ride[r].to_stop].handling_start - demand_of(l, r)->pickup.from;
    mpz_t delay;
    mpz_init(delay);
    mpz_init_set_ui(l->value[r], 0);
    earn(l->v, l->f, &l->ride[r], l->value[r]);
    mpz_mul_si(delay, l->v->scale, waited);
    mpz_mul_si(delay, delay, demand_of(l, r)->delay_cost);
    mpz_divexact_ui(delay, delay, 3600); /* the scale is a multiple */
    mpz_sub(l->value[r], l->value[r], delay);
    mpz_clear(delay);
}

static void list_rides(struct loads *l)
{
    for (int32_t i = 0; i < l->f->n; i++)
        for (int32_t j = i + 1; j <= l->f->n; j++)
            for (int32_t d = 0; d < (int32_t)l->v->inst->n_demands; d++) {
                if (!may_ride(l, d, i, j))
                    continue;
                if (l->n == MOST_RIDES)
                    bad_input("a route has more than %d rides", MOST_RIDES);
                int64_t pax = l->v->inst->demand[d].pax;
                l->ride[l->n] = (struct ride){.demand = d, .from_stop = i, .to_stop = j};
                l->most[l->n] = pax < l->seats ? pax : l->seats;
                rate_ride(l, l->n++);
            }
    for (int32_t i = 1; i < l->n; i++) /* best first */
        for (int32_t k = i; k > 0 && mpz_cmp(l->value[k - 1], l->value[k]) < 0; k--) {
            struct ride ride = l->ride[k];
            int64_t most = l->most[k];
            l->ride[k] = l->ride[k - 1];
            l->ride[k - 1] = ride;
            l->most[k] = l->most[k - 1];
            l->most[k - 1] = most;
            mpz_swap(l->value[k], l->value[k - 1]);
        }
}

bool best_load(const struct verify *v, const struct flown *f, mpz_t most, bool *relaxed)
{
    struct loads *l = room(1, sizeof *l);
    const struct aircraft_type *type = &v->inst->type[f->type];
    mpz_t nothing;
    l->v = v;
    l->f = f;
    for (size_t i = 0; i < type->n_configurations; i++)
        l->seats = type->configuration[i].seats > l->seats ? type->configuration[i].seats : l->seats;
    l->before = beside(l, f->stop[0].airfield, false);
    l->after = beside(l, f->stop[f->n].airfield, true);
    mpz_inits(l->best, l->half, nothing, NULL);
    mpz_cdiv_q_ui(l->half, v->scale, 2);
    list_rides(l);
    fill(l, 0, most);
    choose(l, 0, nothing);
    if (!l->relaxed)
        mpz_set(most, l->best);
    *relaxed = l->relaxed;
    bool any = l->found || l->relaxed;
    for (int32_t r = 0; r < l->n; r++)
        mpz_clear(l->value[r]);
    mpz_clears(l->best, l->half, nothing, NULL);
    free(l);
    return any;
}
