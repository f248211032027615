/* R12: who and what goes where in the cabin. Counts lots, masses and moments by itself. */
#include <math.h>
#include <stdlib.h>

#include "check/judge.h"

#define JUDGE_MASS   ((gram_t)1 << 50) /* masses beyond are breaches by themselves */
#define CG_TOLERANCE 5e-4L             /* arms are compared to the thousandth of their unit */

struct cabin_judge {
    struct judge *j;
    size_t i; /* of the mission */
    const struct mission *m;
    const struct cabin *cabin;
    const struct load_plan *plan;
    const char *type;
};

static const struct demand *demand_of(const struct cabin_judge *c, int32_t demand)
{
    return &c->j->inst->demand[demand];
}

static int64_t lot_pax(const struct cabin_judge *c, int32_t demand, int32_t from, int32_t to)
{
    int64_t sum = 0;
    for (size_t r = 0; r < c->m->n_rides; r++) {
        const struct ride *p = &c->m->ride[r];
        sum += p->demand == demand && p->from_stop == from && p->to_stop == to ? p->pax : 0;
    }
    return sum;
}

static int64_t lot_escorts(const struct cabin_judge *c, int32_t demand, int64_t pax)
{
    int64_t per = demand_of(c, demand)->escort_per;
    return per > 0 ? (pax + per - 1) / per : 0;
}

static bool place_sound(const struct cabin_judge *c, const char *what, int32_t demand, int32_t from, int32_t to,
                        int32_t place, size_t n_places)
{
    if (place < 0 || (size_t)place >= n_places) {
        judge_breach(c->j, 12, c->i, NO_STOP, place, (int64_t)n_places - 1, "no such %s: %d", what, place);
        return false;
    }
    if (demand < 0 || (size_t)demand >= c->j->inst->n_demands) {
        judge_breach(c->j, 12, c->i, NO_STOP, demand, (int64_t)c->j->inst->n_demands - 1, "no such demand: %d", demand);
        return false;
    }
    if (lot_pax(c, demand, from, to) == 0) {
        judge_breach(c->j, 12, c->i, NO_STOP, to, from, "nobody of demand \"%.*s\" rides from stop %d to stop %d",
                     ID(demand_of(c, demand)->id), from, to);
        return false;
    }
    return true;
}

static bool plan_sound(const struct cabin_judge *c)
{
    bool sound = true;
    for (size_t k = 0; k < c->plan->n_seatings; k++) {
        const struct seating *s = &c->plan->seating[k];
        sound = place_sound(c, "zone", s->demand, s->from_stop, s->to_stop, s->zone, c->cabin->n_zones) && sound;
        int32_t least = s->pax < s->escorts ? s->pax : s->escorts, most = s->pax > s->escorts ? s->pax : s->escorts;
        if (least < 0 || most > JUDGE_PAX) {
            judge_breach(c->j, 12, c->i, NO_STOP, least < 0 ? least : most, least < 0 ? 0 : JUDGE_PAX,
                         "%d passengers and %d escorts in one zone", s->pax, s->escorts);
            sound = false;
        }
    }
    for (size_t k = 0; k < c->plan->n_stowages; k++) {
        const struct stowage *s = &c->plan->stowage[k];
        sound = place_sound(c, "position", s->demand, s->from_stop, s->to_stop, s->position, c->cabin->n_positions) &&
                sound;
        if (s->mass < 0 || s->mass > JUDGE_MASS) {
            judge_breach(c->j, 12, c->i, NO_STOP, s->mass, s->mass < 0 ? 0 : JUDGE_MASS, "%lld g on one position",
                         (long long)s->mass);
            sound = false;
        }
    }
    return sound;
}

/* --- everybody and everything has a place --- */

static void one_lot(const struct cabin_judge *c, const struct ride *p)
{
    const struct demand *d = demand_of(c, p->demand);
    int64_t pax = lot_pax(c, p->demand, p->from_stop, p->to_stop), escorts = lot_escorts(c, p->demand, pax),
            seated_pax = 0, seated_escorts = 0;
    judge_wide cargo = (judge_wide)pax * d->pax_baggage + (judge_wide)escorts * d->escort_baggage +
                       ((judge_wide)d->freight * pax + d->pax - 1) / d->pax,
               stowed = 0;
    for (size_t k = 0; k < c->plan->n_seatings; k++) {
        const struct seating *s = &c->plan->seating[k];
        bool mine = s->demand == p->demand && s->from_stop == p->from_stop && s->to_stop == p->to_stop;
        seated_pax += mine ? s->pax : 0;
        seated_escorts += mine ? s->escorts : 0;
    }
    for (size_t k = 0; k < c->plan->n_stowages; k++) {
        const struct stowage *s = &c->plan->stowage[k];
        bool mine = s->demand == p->demand && s->from_stop == p->from_stop && s->to_stop == p->to_stop;
        stowed += mine ? s->mass : 0;
    }
    if (seated_pax != pax)
        judge_breach(c->j, 12, c->i, p->from_stop, seated_pax, pax,
                     "%lld passengers of demand \"%.*s\" have a zone, %lld ride to stop %d", (long long)seated_pax,
                     ID(d->id), (long long)pax, p->to_stop);
    if (seated_escorts != escorts)
        judge_breach(c->j, 12, c->i, p->from_stop, seated_escorts, escorts,
                     "%lld escorts of demand \"%.*s\" have a zone, %lld ride to stop %d", (long long)seated_escorts,
                     ID(d->id), (long long)escorts, p->to_stop);
    if (stowed != cargo)
        judge_breach(c->j, 12, c->i, p->from_stop, judge_narrow(stowed), judge_narrow(cargo),
                     "%.3f kg of demand \"%.*s\" have a position, %.3f kg ride to stop %d", (double)stowed / 1000.0,
                     ID(d->id), (double)cargo / 1000.0, p->to_stop);
}

static void lots(const struct cabin_judge *c)
{
    for (size_t r = 0; r < c->m->n_rides; r++) {
        const struct ride *p = &c->m->ride[r];
        bool counted = false;
        for (size_t k = 0; k < r; k++)
            counted = counted || (c->m->ride[k].demand == p->demand && c->m->ride[k].from_stop == p->from_stop &&
                                  c->m->ride[k].to_stop == p->to_stop);
        if (!counted)
            one_lot(c, p);
    }
}

/* --- on a sortie --- */

static bool rides_on(int32_t from, int32_t to, int32_t sortie)
{
    return from <= sortie && sortie < to;
}

static void zones(const struct cabin_judge *c, int32_t sortie)
{
    for (size_t z = 0; z < c->cabin->n_zones; z++) {
        int64_t seated = 0;
        for (size_t k = 0; k < c->plan->n_seatings; k++) {
            const struct seating *s = &c->plan->seating[k];
            if (s->zone == (int32_t)z && rides_on(s->from_stop, s->to_stop, sortie))
                seated += (int64_t)s->pax + s->escorts;
        }
        if (seated > c->cabin->zone[z].seats)
            judge_breach(c->j, 12, c->i, sortie, seated, c->cabin->zone[z].seats, "%lld in zone \"%.*s\", it seats %d",
                         (long long)seated, ID(c->cabin->zone[z].id), c->cabin->zone[z].seats);
    }
}

static void positions(const struct cabin_judge *c, int32_t sortie)
{
    for (size_t q = 0; q < c->cabin->n_positions; q++) {
        judge_wide mass = 0;
        for (size_t k = 0; k < c->plan->n_stowages; k++) {
            const struct stowage *s = &c->plan->stowage[k];
            if (s->position == (int32_t)q && rides_on(s->from_stop, s->to_stop, sortie))
                mass += s->mass;
        }
        if (mass > c->cabin->position[q].largest)
            judge_breach(c->j, 12, c->i, sortie, judge_narrow(mass), c->cabin->position[q].largest,
                         "%.3f kg on position \"%.*s\", it holds %.3f kg", (double)mass / 1000.0,
                         ID(c->cabin->position[q].id), (double)c->cabin->position[q].largest / 1000.0);
    }
}

static bool kept_apart(const struct instance *inst, int32_t a, int32_t b)
{
    int32_t x = inst->demand[a].category, y = inst->demand[b].category;
    if (a == b || x < 0 || y < 0)
        return false;
    size_t pair = (size_t)x * inst->n_categories + (size_t)y;
    return inst->rules.apart[pair] || (inst->rules.zones_apart && inst->rules.zones_apart[pair]);
}

static bool sits(const struct seating *s)
{
    return s->pax > 0 || s->escorts > 0;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static void separation(const struct cabin_judge *c)
{
    for (size_t k = 0; k < c->plan->n_seatings; k++)
        for (size_t l = 0; l < k; l++) {
            const struct seating *s = &c->plan->seating[k], *o = &c->plan->seating[l];
            bool together = s->from_stop < o->to_stop && o->from_stop < s->to_stop;
            if (together && s->zone == o->zone && sits(s) && sits(o) && kept_apart(c->j->inst, s->demand, o->demand))
                judge_breach(c->j, 12, c->i, later(s->from_stop, o->from_stop), 2, 1,
                             "demands \"%.*s\" and \"%.*s\" share zone \"%.*s\"", ID(demand_of(c, o->demand)->id),
                             ID(demand_of(c, s->demand)->id), ID(c->cabin->zone[s->zone].id));
        }
}

/* The zero-fuel centre of gravity, as an arm. plan NULL: nobody is aboard. */
static long double centre(const struct cabin_judge *c, int32_t sortie)
{
    long double mass = (long double)c->cabin->empty_mass, moment = mass * (long double)c->cabin->empty_arm;
    for (size_t k = 0; c->plan && k < c->plan->n_seatings; k++) {
        const struct seating *s = &c->plan->seating[k];
        const struct demand *d = demand_of(c, s->demand);
        if (!rides_on(s->from_stop, s->to_stop, sortie))
            continue;
        long double bodies = (long double)s->pax * (long double)(d->pax_mass - d->pax_baggage) +
                             (long double)s->escorts * (long double)(d->escort_mass - d->escort_baggage);
        mass += bodies;
        moment += bodies * (long double)c->cabin->zone[s->zone].arm;
    }
    for (size_t k = 0; c->plan && k < c->plan->n_stowages; k++) {
        const struct stowage *s = &c->plan->stowage[k];
        if (!rides_on(s->from_stop, s->to_stop, sortie))
            continue;
        mass += (long double)s->mass;
        moment += (long double)s->mass * (long double)c->cabin->position[s->position].arm;
    }
    return mass > 0 ? moment / mass : (long double)c->cabin->empty_arm;
}

static int64_t thousandths(long double arm)
{
    return (int64_t)llroundl(arm * 1000);
}

static void balance(const struct cabin_judge *c, int32_t sortie, long double *farthest)
{
    long double cg = centre(c, sortie), from = (long double)c->cabin->cg_from, until = (long double)c->cabin->cg_until;
    long double off = fabsl(cg - (from + until) / 2);
    *farthest = off > *farthest ? off : *farthest;
    if (cg >= from - CG_TOLERANCE && cg <= until + CG_TOLERANCE)
        return;
    long double edge = cg < from ? from : until;
    judge_breach(c->j, 12, c->i, sortie, thousandths(cg), thousandths(edge),
                 "zero-fuel centre of gravity at %.3Lf, %s limit of \"%.*s\" is %.3Lf", cg,
                 cg < from ? "forward" : "aft", ID(c->type), edge);
}

/* --- what the plan says of itself --- */

static int64_t zones_used(const struct cabin_judge *c)
{
    int64_t sum = 0;
    for (size_t k = 0; k < c->plan->n_seatings; k++) {
        const struct seating *s = &c->plan->seating[k];
        bool counted = !sits(s);
        for (size_t l = 0; l < k; l++) {
            const struct seating *o = &c->plan->seating[l];
            counted = counted || (o->demand == s->demand && o->zone == s->zone && sits(o));
        }
        sum += !counted;
    }
    return sum;
}

static int64_t order_of(const struct cabin_judge *c)
{
    int64_t sum = 0;
    for (size_t k = 0; k < c->plan->n_seatings; k++) {
        const struct seating *s = &c->plan->seating[k];
        int64_t later = 0;
        for (int32_t stop = s->to_stop + 1; stop < (int32_t)c->m->n_stops; stop++) {
            bool loads, unloads;
            judge_handled(c->m, (size_t)stop, &loads, &unloads);
            later += unloads;
        }
        sum += ((int64_t)s->pax + s->escorts) * s->zone * later;
    }
    return sum;
}

static void stated(const struct cabin_judge *c, const char *what, int64_t says, int64_t counted)
{
    if (says >= 0 && says != counted)
        judge_breach(c->j, 12, c->i, NO_STOP, says, counted, "load plan states %lld %s, counted %lld", (long long)says,
                     what, (long long)counted);
}

/* A bound that the plan itself is better than is none. */
static void bound_stated(const struct cabin_judge *c, struct load_goals counted)
{
    const struct load_goals *b = &c->plan->bound;
    bool says = b->zones != counted.zones           ? b->zones > counted.zones
                : b->deviation != counted.deviation ? b->deviation > counted.deviation
                                                    : b->order > counted.order;
    if (says)
        judge_breach(c->j, 12, c->i, NO_STOP, b->zones, counted.zones,
                     "load plan states that none is better than %lld, %lld, %lld, and is better itself",
                     (long long)b->zones, (long long)b->deviation, (long long)b->order);
}

static void goals(const struct cabin_judge *c, long double farthest)
{
    const struct load_goals *g = &c->plan->goals;
    long double unit = (long double)(c->cabin->cg_until - c->cabin->cg_from) / 200;
    unit = unit > 1e-3L ? unit : 1e-3L;
    stated(c, "zones of its demands", g->zones, zones_used(c));
    int64_t deviation = (int64_t)ceill(fmaxl(farthest / unit - 1.01L, 0));
    stated(c, "of deviation", g->deviation, deviation);
    stated(c, "of unloading order", g->order, order_of(c));
    bound_stated(c, (struct load_goals){zones_used(c), deviation, order_of(c)});
}

static void one_mission(struct judge *j, size_t i)
{
    const struct mission *m = &j->schedule->mission[i];
    const struct aircraft_type *type = judge_type(j, i);
    struct cabin_judge c = {j, i, m, type->configuration[m->configuration].cabin, m->load_plan, type->id};
    long double farthest = 0;
    if (!c.cabin) {
        if (c.plan)
            judge_breach(j, 12, i, NO_STOP, 1, 0, "a load plan, but configuration \"%.*s\" has no cabin layout",
                         ID(type->configuration[m->configuration].id));
        return;
    }
    if (!c.plan && m->n_rides > 0) {
        judge_breach(j, 12, i, NO_STOP, 0, 1, "no load plan, and configuration \"%.*s\" has a cabin layout",
                     ID(type->configuration[m->configuration].id));
        return;
    }
    if (c.plan && !plan_sound(&c))
        return;
    if (c.plan) {
        lots(&c);
        separation(&c);
    }
    for (int32_t s = 0; s + 1 < (int32_t)m->n_stops; s++) {
        if (c.plan) {
            zones(&c, s);
            positions(&c, s);
        }
        balance(&c, s, &farthest);
    }
    if (c.plan)
        goals(&c, farthest);
}

void judge_load_plans(struct judge *j)
{
    for (size_t i = 0; i < j->schedule->n_missions; i++)
        if (j->sound[i])
            one_mission(j, i);
}
