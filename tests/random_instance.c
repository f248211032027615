/* Times are drawn in parts of the step, so that a horizon of about ten steps holds a few missions and no more. */
#include "tests/random_instance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/oracle.h"

struct maker {
    struct instance *inst;
    uint64_t state;
    sec_t u;            /* the step, by which times are measured */
    int32_t x[8], y[8]; /* of airfields, 0..700 */
    int32_t most_seats;
    bool middle; /* too large for enumeration */
};

uint64_t random_draw(uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15u;
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int64_t between(struct maker *m, int64_t least, int64_t most)
{
    return most <= least ? least : least + (int64_t)(random_draw(&m->state) % (uint64_t)(most - least + 1));
}

static int32_t small(struct maker *m, int32_t least, int32_t most)
{
    return (int32_t)between(m, least, most);
}

static bool chance(struct maker *m, int percent)
{
    return between(m, 1, 100) <= percent;
}

/* Hundredths of a step. */
static sec_t part(struct maker *m, int64_t least, int64_t most)
{
    return between(m, m->u * least / 100, m->u * most / 100);
}

static void *room(size_t n, size_t size)
{
    return calloc(n > 0 ? n : 1, size);
}

static char *name(const char *kind, size_t i)
{
    char text[32];
    snprintf(text, sizeof text, "%s%zu", kind, i);
    return strdup(text);
}

static sec_t distance(const struct maker *m, size_t a, size_t b)
{
    int32_t dx = abs(m->x[a] - m->x[b]), dy = abs(m->y[a] - m->y[b]);
    return dx > dy ? dx + dy / 2 : dy + dx / 2;
}

/* --- airfields and types --- */

static bool make_openings(struct maker *m, struct airfield *f)
{
    sec_t end = m->inst->end;
    f->always_open = chance(m, 88);
    if (f->always_open)
        return true;
    size_t n = chance(m, 50) ? 2 : 1;
    f->open = room(n, sizeof *f->open);
    if (!f->open)
        return false;
    f->n_open = n;
    sec_t from = between(m, -m->u, end / 4);
    for (size_t i = 0; i < n; i++) {
        sec_t until = from + part(m, 300, n == 1 ? 1000 : 600);
        if (chance(m, 30))
            until = (until + m->u - 1) / m->u * m->u; /* the edge second itself counts */
        f->open[i] = (struct interval){from, until};
        from = until + part(m, 30, 250);
    }
    return true;
}

static bool make_airfields(struct maker *m)
{
    struct instance *inst = m->inst;
    size_t n = (size_t)(m->middle ? between(m, 4, 7) : between(m, 2, chance(m, 30) ? 4 : 3));
    inst->airfield = room(n, sizeof *inst->airfield);
    if (!inst->airfield)
        return false;
    inst->n_airfields = n;
    for (size_t i = 0; i < n; i++) {
        struct airfield *f = &inst->airfield[i];
        m->x[i] = small(m, 0, 700);
        m->y[i] = small(m, 0, 700);
        f->id = name("F", i);
        f->name = name("Field ", i);
        f->country = strdup("");
        f->time_zone = strdup("");
        f->lat = (double)m->y[i] / 100;
        f->lon = (double)m->x[i] / 100;
        f->runway_ft = chance(m, 97) ? 9000 : 4000;
        f->has_fuel = chance(m, 70);
        f->mog = chance(m, 78) ? -1 : chance(m, 5) ? 0 : small(m, 1, 3);
        if (!f->id || !f->name || !f->country || !f->time_zone || !make_openings(m, f))
            return false;
    }
    return true;
}

static bool make_range(struct maker *m, struct aircraft_type *t)
{
    size_t n = (size_t)between(m, 1, 3);
    t->range = room(n, sizeof *t->range);
    if (!t->range)
        return false;
    t->n_range = n;
    mnm_t range = between(m, 1000000, 2600000);
    gram_t payload = n == 1 ? m->most_seats * between(m, 90000, 180000) : chance(m, 50) ? 0 : between(m, 50000, 200000);
    for (size_t i = 0; i < n; i++) {
        t->range[i] = (struct range_point){.payload = payload, .range = range};
        payload += 1 + m->most_seats * between(m, 50000, 120000);
        range -= between(m, 0, range / 2);
    }
    return true;
}

static bool make_legs(struct maker *m, size_t ty)
{
    struct instance *inst = m->inst;
    size_t n = inst->n_airfields;
    int64_t slow = between(m, 80, 200), taxi = between(m, 20, 50);
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            struct leg *leg = &inst->leg[(ty * n + a) * n + b];
            *leg = (struct leg){.block = -1};
            if (a == b)
                continue;
            sec_t d = distance(m, a, b);
            leg->nm = d * 1000 + between(m, 1, 999);
            leg->block = m->u * taxi / 100 + m->u * d * slow / 100000 + between(m, 1, 60);
            if (chance(m, 15))
                leg->block = (leg->block + m->u - 1) / m->u * m->u;
            leg->cost = muldiv_half_up(leg->block, inst->type[ty].cost_per_block_hour, 3600);
            leg->fee = chance(m, 50) ? 0 : between(m, 0, 80000);
        }
    return true;
}

static bool make_type(struct maker *m, size_t ty)
{
    struct aircraft_type *t = &m->inst->type[ty];
    size_t n = chance(m, 35) ? 2 : 1;
    t->id = name("T", ty);
    t->name = name("Type ", ty);
    t->configuration = room(n, sizeof *t->configuration);
    if (!t->id || !t->name || !t->configuration)
        return false;
    t->n_configurations = n;
    m->most_seats = 0;
    for (size_t i = 0; i < n; i++) {
        t->configuration[i].id = name("C", i);
        t->configuration[i].seats = m->middle ? small(m, 6, 60) : small(m, 2, 4);
        if (!t->configuration[i].id)
            return false;
        if (t->configuration[i].seats > m->most_seats)
            m->most_seats = t->configuration[i].seats;
    }
    t->ground[GROUND_ONLOAD] = part(m, 0, 60);
    t->ground[GROUND_OFFLOAD] = part(m, 0, 60);
    t->ground[GROUND_ENROUTE] = part(m, 20, 120);
    t->turn = part(m, 0, 100);
    t->runway_ft = small(m, 3000, 6000);
    t->mog_units = small(m, 1, 2);
    t->fdp[CREW_BASIC] = part(m, 320, 600);
    t->fdp[CREW_AUGMENTED] = t->fdp[CREW_BASIC] + part(m, 0, 200);
    if (chance(m, 8))
        t->fdp[chance(m, 50) ? CREW_BASIC : CREW_AUGMENTED] = 0;
    t->cost_per_block_hour = between(m, 100000, 450000);
    t->cost_per_mission = chance(m, 50) ? 0 : between(m, 0, 200000);
    return make_range(m, t);
}

static bool make_types(struct maker *m)
{
    struct instance *inst = m->inst;
    size_t n = chance(m, 25) ? 2 : 1, nf = inst->n_airfields;
    inst->type = room(n, sizeof *inst->type);
    inst->leg = room(n * nf * nf, sizeof *inst->leg);
    if (!inst->type || !inst->leg)
        return false;
    inst->n_types = n;
    for (size_t i = 0; i < n; i++)
        if (!make_type(m, i) || !make_legs(m, i))
            return false;
    return true;
}

/* --- airframes and crews --- */

static int32_t some_field(struct maker *m)
{
    return small(m, 0, (int32_t)m->inst->n_airfields - 1);
}

/* Where an airframe or crew may end: anywhere, at home, at a drawn field, or at none. */
static bool make_ends(struct maker *m, int32_t home, bool *anywhere, int32_t **list, size_t *n)
{
    *anywhere = chance(m, 75);
    if (*anywhere)
        return true;
    *list = room(2, sizeof **list);
    if (!*list)
        return false;
    if (chance(m, 90))
        (*list)[(*n)++] = home;
    if (chance(m, 35))
        (*list)[(*n)++] = some_field(m);
    return true;
}

static void make_availability(struct maker *m, sec_t *from, sec_t *until)
{
    *from = chance(m, 88) ? SEC_EARLIEST : between(m, -m->u, m->inst->end / 3);
    *until = chance(m, 88) ? SEC_LATEST : between(m, m->inst->end * 2 / 3, m->inst->end + m->u);
}

static bool make_airframes(struct maker *m, int32_t home)
{
    struct instance *inst = m->inst;
    size_t n = m->middle ? (size_t)between(m, 3, 6) : chance(m, 80) || inst->n_types == 2 ? 2 : 1;
    inst->airframe = room(n, sizeof *inst->airframe);
    if (!inst->airframe)
        return false;
    inst->n_airframes = n;
    for (size_t i = 0; i < n; i++) {
        struct airframe *a = &inst->airframe[i];
        a->id = name("A", i);
        a->type = (int32_t)(i % inst->n_types);
        a->at = chance(m, 90) ? home : some_field(m);
        make_availability(m, &a->from, &a->until);
        a->flight_limit = chance(m, 75) ? -1 : part(m, 150, 500);
        if (!a->id || !make_ends(m, a->at, &a->end_anywhere, &a->end_at, &a->n_end_at))
            return false;
    }
    return true;
}

static bool make_recent(struct maker *m, struct crew *c)
{
    size_t n = (size_t)between(m, 1, 2);
    c->recent = room(n, sizeof *c->recent);
    if (!c->recent)
        return false;
    c->n_recent = n;
    sec_t in = -part(m, 400, 800);
    for (size_t i = 0; i < n; i++) {
        c->recent[i] = (struct recent_flight){.block_in = in, .block = part(m, 50, 200)};
        in += part(m, 100, 300);
    }
    return true;
}

static bool make_crew(struct maker *m, size_t i)
{
    struct instance *inst = m->inst;
    struct crew *c = &inst->crew[i];
    c->id = name("K", i);
    c->types = room(inst->n_types, sizeof *c->types);
    if (!c->id || !c->types)
        return false;
    c->kind = chance(m, 60) ? CREW_BASIC : CREW_AUGMENTED;
    for (size_t t = 0; t < inst->n_types; t++)
        if (chance(m, inst->n_types == 1 ? 97 : 85))
            c->types[c->n_types++] = (int32_t)t;
    c->at = chance(m, 90) ? inst->airframe[i % inst->n_airframes].at : some_field(m);
    make_availability(m, &c->from, &c->until);
    c->last_duty_end = chance(m, 70) ? SEC_NONE : -part(m, 0, 250);
    if (chance(m, inst->rules.n_rolling > 0 ? 60 : 10) && !make_recent(m, c))
        return false;
    return make_ends(m, c->at, &c->end_anywhere, &c->end_at, &c->n_end_at);
}

static bool make_crews(struct maker *m)
{
    struct instance *inst = m->inst;
    size_t n = m->middle ? inst->n_airframes + (size_t)between(m, 0, 4) : chance(m, 88) ? 2 : 1;
    inst->crew = room(n, sizeof *inst->crew);
    if (!inst->crew)
        return false;
    inst->n_crews = n;
    for (size_t i = 0; i < n; i++)
        if (!make_crew(m, i))
            return false;
    return true;
}

/* --- demands --- */

static cent_t some_penalty(struct maker *m)
{
    if (m->middle) /* so that what is flown weighs as much as who is left */
        return between(m, 10000, 80000);
    if (chance(m, 3))
        return 0;
    return chance(m, 20) ? between(m, 50000, 600000) : between(m, 1000000, 8000000);
}

/* Windows about a flight that takes off when it is drawn to; sometimes none that bind. */
static void make_windows(struct maker *m, struct demand *d)
{
    sec_t end = m->inst->end;
    const struct leg *leg = instance_leg(m->inst, 0, d->origin, d->destination);
    sec_t take_off = between(m, 0, end > leg->block ? (end - leg->block) * 3 / 4 : 0) / m->u * m->u;
    d->pickup = (struct interval){0, end};
    d->delivery = (struct interval){0, end + 2 * m->u};
    if (chance(m, m->middle ? 25 : 50)) {
        d->pickup.from = take_off - part(m, 60, 300);
        d->pickup.until = take_off + part(m, chance(m, 15) ? -40 : 0, 400);
    }
    if (d->pickup.until < d->pickup.from)
        d->pickup.until = d->pickup.from;
    if (chance(m, m->middle ? 20 : 45)) {
        d->delivery.from = take_off + leg->block + part(m, -300, 50);
        d->delivery.until = take_off + leg->block + part(m, 100, 600);
    }
    if (chance(m, 25))
        d->aboard_limit = leg->block + part(m, 0, 100);
}

static void make_demand(struct maker *m, struct demand *d, int32_t home, int32_t most_pax)
{
    struct instance *inst = m->inst;
    d->origin = chance(m, 80) ? home : some_field(m);
    do
        d->destination = some_field(m);
    while (d->destination == d->origin);
    d->pax = small(m, 1, most_pax);
    d->pax_mass = between(m, 60000, 110000);
    d->freight = chance(m, 60) ? 0 : between(m, 1, 100000) * d->pax;
    d->aboard_limit = -1;
    make_windows(m, d);
    d->together = chance(m, 18);
    if (d->together && d->pax > m->most_seats)
        d->pax = m->most_seats;
    d->smallest_lot = d->together ? d->pax : chance(m, 70) || d->pax < 2 ? 1 : small(m, 2, d->pax < 4 ? d->pax : 4);
    d->category = inst->n_categories == 0 || chance(m, 25) ? -1 : small(m, 0, (int32_t)inst->n_categories - 1);
    if (chance(m, 25)) {
        d->escort_per = small(m, 1, 4);
        d->escort_mass = between(m, 70000, 110000);
    }
    d->onload = chance(m, 55) ? 0 : part(m, 1, 60);
    d->offload = chance(m, 55) ? 0 : part(m, 1, 60);
    d->penalty = some_penalty(m);
    d->delay_cost = chance(m, 60) ? 0 : between(m, 1, 50000);
}

static bool make_categories(struct maker *m, size_t n)
{
    struct instance *inst = m->inst;
    inst->category = room(n, sizeof *inst->category);
    inst->rules.apart = room(n * n, sizeof *inst->rules.apart);
    if (!inst->category || !inst->rules.apart)
        return false;
    for (size_t a = 0; a < n; a++) {
        inst->category[a] = name("G", a);
        if (!inst->category[a])
            return false;
        inst->n_categories = a + 1;
    }
    for (size_t a = 0; a < n; a++)
        for (size_t b = a; b < n; b++)
            inst->rules.apart[a * n + b] = inst->rules.apart[b * n + a] = chance(m, a == b ? 45 : 80);
    return true;
}

static bool make_demands(struct maker *m, int32_t home)
{
    static const int many[] = {1, 2, 2, 2, 2, 3, 3, 3, 4};
    struct instance *inst = m->inst;
    size_t n =
        m->middle ? (size_t)between(m, 5, 16) : (size_t)many[random_draw(&m->state) % (sizeof many / sizeof many[0])];
    inst->demand = room(n, sizeof *inst->demand);
    if (!inst->demand)
        return false;
    inst->n_demands = n;
    int32_t most_pax = n <= 2 || m->middle ? m->most_seats * 2 : n == 3 ? m->most_seats : 2;
    for (size_t i = 0; i < n; i++) {
        inst->demand[i].id = name("D", i);
        if (!inst->demand[i].id)
            return false;
        make_demand(m, &inst->demand[i], home, most_pax);
    }
    return true;
}

/* --- limits and rules --- */

static bool make_limit(struct maker *m, struct limit *l, size_t i)
{
    struct instance *inst = m->inst;
    l->id = name("L", i);
    l->airfields = room(2, sizeof *l->airfields);
    l->cap = room(2, sizeof *l->cap);
    l->clear = room(2, sizeof *l->clear);
    if (!l->id || !l->airfields || !l->cap || !l->clear)
        return false;
    l->airfields[l->n_airfields++] = inst->demand[random_draw(&m->state) % inst->n_demands].destination;
    int32_t other = some_field(m);
    if (other != l->airfields[0] && chance(m, 35))
        l->airfields[l->n_airfields++] = other;
    l->n_caps = (size_t)between(m, 0, 2);
    sec_t from = part(m, -100, 300);
    for (size_t c = 0; c < l->n_caps; c++) {
        sec_t until = from + part(m, 300, 1200);
        bool arrivals = chance(m, 60), pax = !arrivals || chance(m, 30);
        l->cap[c] = (struct cap){.from = from,
                                 .until = until,
                                 .arrivals = arrivals ? small(m, chance(m, 15) ? 0 : 1, chance(m, 60) ? 1 : 2) : -1,
                                 .pax = pax ? small(m, chance(m, 10) ? 0 : 1, m->middle ? 3 * m->most_seats : 5) : -1};
        from = chance(m, 60) ? until : from + part(m, 20, 300);
    }
    l->needs_clearance = l->n_caps == 0 || chance(m, 25);
    sec_t open = between(m, 0, inst->end / 3);
    l->n_clear = l->needs_clearance ? (size_t)between(m, 1, 2) : 0;
    for (size_t c = 0; c < l->n_clear; c++) {
        l->clear[c] = (struct interval){open, open + part(m, 150, 700)};
        open = l->clear[c].until + part(m, 10, 200);
    }
    return true;
}

static bool make_limits(struct maker *m)
{
    struct instance *inst = m->inst;
    size_t n = (size_t)(chance(m, 60) ? 0 : between(m, 1, 2));
    inst->limit = room(n, sizeof *inst->limit);
    if (!inst->limit)
        return false;
    for (; inst->n_limits < n; inst->n_limits++)
        if (!make_limit(m, &inst->limit[inst->n_limits], inst->n_limits)) {
            inst->n_limits++; /* so that its parts are released */
            return false;
        }
    return true;
}

static bool make_rules(struct maker *m)
{
    static const sec_t steps[] = {1800, 2700, 3600, 3600, 5400, 7200, 10800, 2113, 4321, 7001};
    struct instance *inst = m->inst;
    struct rules *r = &inst->rules;
    m->u = r->step = steps[random_draw(&m->state) % (sizeof steps / sizeof steps[0])];
    inst->end = m->u * between(m, 7, 10) + (chance(m, 50) ? 0 : between(m, 0, m->u - 1));
    if (inst->end < 6 * 3600)
        inst->end = 6 * 3600;
    if (inst->end > 36 * 3600)
        inst->end = 36 * 3600;
    if (m->middle)
        inst->end *= between(m, 2, 4);
    r->show = part(m, 0, 50);
    r->post_flight = part(m, 0, 40);
    r->rest = part(m, 0, 180);
    r->n_rolling = (size_t)(chance(m, 65) ? 0 : between(m, 1, 2));
    r->rolling = room(r->n_rolling, sizeof *r->rolling);
    if (!r->rolling) {
        r->n_rolling = 0;
        return false;
    }
    for (size_t i = 0; i < r->n_rolling; i++)
        r->rolling[i] = (struct rolling_limit){.window = part(m, 200, 1200), .most = part(m, 100, 450)};
    return true;
}

/* --- commitments --- */

/* Valid still, but no longer what a planner would choose. */
static void make_odd(struct maker *m, struct mission *mission)
{
    struct instance *inst = m->inst;
    bool first = false;
    for (size_t r = 0; r < mission->n_rides; r++)
        first = first || mission->ride[r].from_stop == 0;
    if (first && chance(m, 40)) { /* stands ready a while before it leaves */
        struct stop *s = &mission->stop[0];
        sec_t back = part(m, 1, 50);
        for (size_t r = 0; r < mission->n_rides; r++) {
            const struct demand *d = &inst->demand[mission->ride[r].demand];
            if (mission->ride[r].from_stop == 0 && s->handling_start - back < d->pickup.from)
                back = s->handling_start - d->pickup.from;
        }
        s->handling_start -= back;
        if (chance(m, 50))
            s->handling_end -= back;
    }
    if (chance(m, 20) && mission->configuration != 0) {
        mission->configuration = 0;
        load_plan_free(mission->load_plan); /* of the other configuration */
        mission->load_plan = NULL;
    }
}

static bool same_flight(const struct mission *a, const struct mission *b)
{
    return a->airframe == b->airframe && a->crew == b->crew && a->stop[0].departure == b->stop[0].departure &&
           a->n_stops == b->n_stops && a->n_rides == b->n_rides;
}

static bool may_stay(bool anywhere, const int32_t *list, size_t n, int32_t field)
{
    for (size_t i = 0; i < n && !anywhere; i++)
        anywhere = list[i] == field;
    return anywhere;
}

/* Airframe and crew are there, and may be left where it ends. */
static bool can_come_first(const struct instance *inst, const struct mission *m)
{
    const struct airframe *a = &inst->airframe[m->airframe];
    const struct crew *c = &inst->crew[m->crew];
    int32_t from = m->stop[0].airfield, to = m->stop[m->n_stops - 1].airfield;
    return a->at == from && c->at == from && may_stay(a->end_anywhere, a->end_at, a->n_end_at, to) &&
           may_stay(c->end_anywhere, c->end_at, c->n_end_at, to);
}

/* One or two missions, most of them able to be the first of their airframe and crew. Two often contradict each other.
 */
static bool make_commitments(struct maker *m)
{
    struct instance *inst = m->inst;
    size_t n = chance(m, 25) ? 2 : 1;
    inst->committed.mission = room(n, sizeof *inst->committed.mission);
    if (!inst->committed.mission)
        return false;
    for (size_t i = 0; i < n; i++) {
        struct mission mission = {0};
        bool found = false;
        for (int attempt = 0; attempt < 8 && !found; attempt++) {
            if (!oracle_some_mission(inst, &oracle_default_budget, random_draw(&m->state), &mission))
                return true;
            found = attempt == 7 || i > 0 || (can_come_first(inst, &mission) && mission.n_rides > 0);
            if (!found)
                mission_release(&mission);
        }
        make_odd(m, &mission);
        mission.committed = true;
        if (inst->committed.n_missions > 0 && same_flight(&inst->committed.mission[0], &mission))
            mission_release(&mission);
        else
            inst->committed.mission[inst->committed.n_missions++] = mission;
    }
    return true;
}

/* --- cabins --- */

/* Two or three zones for all the seats, now and then with one seat more or less. */
static bool make_cabin(struct maker *m, struct configuration *c)
{
    struct cabin *cabin = c->cabin = room(1, sizeof *cabin);
    if (!cabin)
        return false;
    cabin->zone = room(3, sizeof *cabin->zone);
    cabin->position = room(2, sizeof *cabin->position);
    if (!cabin->zone || !cabin->position)
        return false;
    size_t zones = chance(m, 60) ? 2 : 3, positions = (size_t)(chance(m, 15) ? 0 : between(m, 1, 2));
    int32_t left = c->seats + (chance(m, 20) ? small(m, -1, 1) : 0);
    double length = (double)between(m, 3000, 9000) / 1000;
    for (; cabin->n_zones < zones; cabin->n_zones++) {
        bool last = cabin->n_zones + 1 == zones;
        int32_t seats = last ? left : small(m, 0, left);
        cabin->zone[cabin->n_zones] =
            (struct cabin_zone){.id = name("Z", cabin->n_zones),
                                .seats = seats,
                                .arm = length * ((double)cabin->n_zones - 1) + (double)between(m, -999, 999) / 1000};
        left -= seats;
        if (!cabin->zone[cabin->n_zones].id)
            return false;
    }
    for (; cabin->n_positions < positions; cabin->n_positions++) {
        cabin->position[cabin->n_positions] =
            (struct cabin_position){.id = name("P", cabin->n_positions),
                                    .largest = between(m, 20000, 400000),
                                    .arm = (double)between(m, -9000, 9000) / 1000 + 0.00037};
        if (!cabin->position[cabin->n_positions].id)
            return false;
    }
    cabin->empty_mass = between(m, 300000, 3000000);
    cabin->empty_arm = (double)between(m, -400, 400) / 1000;
    cabin->cg_from = cabin->empty_arm - (double)between(m, -20, 900) / 1000 - 0.00011;
    cabin->cg_until = cabin->empty_arm + (double)between(m, -20, 900) / 1000 + 0.00013;
    if (chance(m, 50)) { /* which rarely bind */
        cabin->cg_from -= 3;
        cabin->cg_until += 3;
    }
    if (cabin->cg_from > cabin->cg_until)
        cabin->cg_until = cabin->cg_from + 0.1;
    return true;
}

/* Where there were none: two or three, and everybody has one. */
static bool make_categories_anew(struct maker *m)
{
    struct instance *inst = m->inst;
    free(inst->category);
    free(inst->rules.apart);
    inst->category = NULL;
    inst->rules.apart = NULL;
    if (!make_categories(m, (size_t)between(m, 2, 3)))
        return false;
    for (size_t d = 0; d < inst->n_demands; d++)
        inst->demand[d].category = small(m, 0, (int32_t)inst->n_categories - 1);
    return true;
}

/* Drawn from numbers of their own: the instance is that of the seed, and cabins. */
static bool make_cabins(struct maker *m)
{
    struct instance *inst = m->inst;
    bool any = false;
    for (size_t t = 0; t < inst->n_types; t++)
        for (size_t c = 0; c < inst->type[t].n_configurations; c++) {
            bool drawn = chance(m, 85) || (!any && t + 1 == inst->n_types);
            if (drawn && !make_cabin(m, &inst->type[t].configuration[c]))
                return false;
            any = any || drawn;
        }
    if (inst->n_categories == 0 && !make_categories_anew(m))
        return false;
    size_t n = inst->n_categories;
    inst->rules.zones_apart = room(n * n, sizeof *inst->rules.zones_apart);
    if (!inst->rules.zones_apart)
        return false;
    for (size_t a = 0; a < n; a++)
        for (size_t b = a; b < n; b++) {
            size_t ab = a * n + b, ba = b * n + a;
            if (chance(m, 90)) /* may fly together after all, but not sit together */
                inst->rules.apart[ab] = inst->rules.apart[ba] = false;
            inst->rules.zones_apart[ab] = inst->rules.zones_apart[ba] = a != b || chance(m, 60);
        }
    bool one_way = chance(m, 50); /* who goes the same way may share an aircraft, but not a zone */
    for (size_t d = 0; d < inst->n_demands; d++) {
        struct demand *demand = &inst->demand[d];
        if (one_way) {
            demand->origin = inst->demand[0].origin;
            demand->destination = inst->demand[0].destination;
            demand->pickup = inst->demand[0].pickup;
            demand->delivery = inst->demand[0].delivery;
            demand->pax = small(m, 1, 2);
            demand->smallest_lot = demand->together ? demand->pax : 1;
        }
        demand->pax_baggage = chance(m, 40) ? 0 : between(m, 0, 30000);
        demand->escort_baggage = demand->escort_per > 0 ? between(m, 0, 20000) : 0;
        if (chance(m, 50))
            demand->freight = 0;
    }
    return true;
}

static bool make_instance(uint64_t seed, bool middle, struct instance *inst)
{
    struct maker m = {.inst = inst, .state = seed, .middle = middle};
    instance_init(inst);
    inst->name = name("seed ", (size_t)seed);
    inst->currency = strdup("EUR");
    inst->start_unix = 1767225600;
    bool made = inst->name && inst->currency && make_rules(&m) && make_airfields(&m) && make_types(&m);
    if (made) {
        int32_t home = some_field(&m);
        made = make_airframes(&m, home) && make_crews(&m) &&
               make_categories(&m, chance(&m, 50) ? 0 : (size_t)between(&m, 1, 2)) && make_demands(&m, home) &&
               make_limits(&m);
    }
    if (made && !middle && chance(&m, 12))
        made = make_commitments(&m);
    if (made && middle && seed % 3 == 0)
        inst->rules.step = 1;
    if (!made)
        instance_release(inst);
    return made;
}

bool random_instance(uint64_t seed, struct instance *inst)
{
    return make_instance(seed, false, inst);
}

bool random_cabin_instance(uint64_t seed, struct instance *inst)
{
    struct maker m = {.inst = inst, .state = ~seed};
    if (!make_instance(seed, false, inst))
        return false;
    schedule_release(&inst->committed); /* made without load plans */
    if (make_cabins(&m) && (!chance(&m, 12) || make_commitments(&m)))
        return true;
    instance_release(inst);
    return false;
}

bool random_middle_instance(uint64_t seed, struct instance *inst)
{
    return make_instance(seed, true, inst);
}
