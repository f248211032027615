#include "solver/timeline.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "solver/column.h"
#include "solver/load.h"

/* --- ground --- */

static bool survey_caps(struct ground *g)
{
    const struct instance *inst = g->inst;
    size_t places = 0;
    for (size_t l = 0; l < inst->n_limits; l++)
        places += inst->limit[l].n_airfields * inst->limit[l].n_caps;
    g->cap = calloc(places + 1, sizeof *g->cap);
    g->first_cap = calloc(inst->n_airfields + 2, sizeof *g->first_cap);
    if (!g->cap || !g->first_cap)
        return false;
    int32_t n = 0;
    for (size_t f = 0; f < inst->n_airfields; f++) {
        g->first_cap[f] = n;
        int32_t index = 0;
        for (size_t l = 0; l < inst->n_limits; l++) {
            const struct limit *limit = &inst->limit[l];
            bool here = in_limit(limit, (int32_t)f);
            for (size_t c = 0; c < limit->n_caps; c++, index++)
                if (here)
                    g->cap[n++] = (struct cap_place){index, &limit->cap[c]};
        }
        g->n_caps = index;
    }
    g->first_cap[inst->n_airfields] = n;
    return true;
}

static bool survey_crews(struct ground *g)
{
    const struct instance *inst = g->inst;
    g->qualified = calloc(inst->n_types * inst->n_crews + 1, sizeof *g->qualified);
    g->breadth = calloc(inst->n_crews + 1, sizeof *g->breadth);
    g->longest_fdp = calloc(inst->n_types + 1, sizeof *g->longest_fdp);
    g->shortest_fdp = calloc(inst->n_types + 1, sizeof *g->shortest_fdp);
    g->seats = calloc(inst->n_types + 1, sizeof *g->seats);
    if (!g->qualified || !g->breadth || !g->longest_fdp || !g->shortest_fdp || !g->seats)
        return false;
    for (size_t y = 0; y < inst->n_types; y++) {
        const struct aircraft_type *type = &inst->type[y];
        g->seats[y] = seats_of(type);
        for (size_t c = 0; c < inst->n_crews; c++) {
            sec_t fdp = type->fdp[inst->crew[c].kind];
            if (fdp <= 0 || !crew_flies(&inst->crew[c], (int32_t)y))
                continue;
            g->qualified[y * inst->n_crews + c] = true;
            g->breadth[c] += inst->crew[c].kind == CREW_AUGMENTED ? 2 : 1;
            g->longest_fdp[y] = fdp > g->longest_fdp[y] ? fdp : g->longest_fdp[y];
            if (g->shortest_fdp[y] == 0 || fdp < g->shortest_fdp[y])
                g->shortest_fdp[y] = fdp;
        }
    }
    return true;
}

bool ground_init(struct ground *ground, const struct instance *inst)
{
    *ground = (struct ground){.inst = inst, .all_fuel = true};
    for (size_t f = 0; f < inst->n_airfields; f++)
        ground->all_fuel = ground->all_fuel && inst->airfield[f].has_fuel;
    if (survey_caps(ground) && survey_crews(ground))
        return true;
    ground_release(ground);
    return false;
}

void ground_release(struct ground *ground)
{
    free(ground->cap);
    free(ground->first_cap);
    free(ground->qualified);
    free(ground->breadth);
    free(ground->longest_fdp);
    free(ground->shortest_fdp);
    free(ground->seats);
    *ground = (struct ground){0};
}

/* --- flights --- */

void flight_count(struct flight *f, const struct instance *inst)
{
    const struct mission *m = &f->mission;
    f->type = inst->airframe[m->airframe].type;
    struct column col = {.type = f->type, .mission = *m};
    column_finish(&col, inst);
    f->cost = col.cost;
    f->begin = col.begin;
    f->ready = col.ready;
    f->show = col.show;
    f->crew_ready = col.crew_ready;
    f->fdp = m->stop[m->n_stops - 1].arrival - col.show;
    f->from = m->stop[0].airfield;
    f->to = m->stop[m->n_stops - 1].airfield;
    f->block = 0;
    for (size_t s = 1; s < m->n_stops; s++)
        f->block += m->stop[s].arrival - m->stop[s - 1].departure;
}

/* Every flight on a timeline is one of these, and flight_copy makes them: the count is apart, for threads change it
 * while others read the flight. */
struct counted {
    struct flight flight;
    atomic_int refs;
};

struct flight *flight_copy(const struct flight *from)
{
    struct counted *c = malloc(sizeof *c);
    if (!c)
        return NULL;
    c->flight = *from;
    atomic_init(&c->refs, 0);
    if (mission_copy(&c->flight.mission, &from->mission))
        return &c->flight;
    free(c);
    return NULL;
}

static void flight_hold(struct flight *f)
{
    atomic_fetch_add_explicit(&((struct counted *)f)->refs, 1, memory_order_relaxed);
}

struct flight *flight_from_mission(const struct instance *inst, const struct mission *mission, bool fixed)
{
    struct flight f = {.mission = *mission, .fixed = fixed};
    f.mission.committed = fixed;
    if (!fixed) { /* a load plan is of this load alone, and another load may want all seats again */
        f.mission.crew = -1;
        f.mission.configuration = most_seats(&inst->type[inst->airframe[mission->airframe].type]);
        f.mission.load_plan = NULL;
    }
    flight_count(&f, inst);
    return flight_copy(&f);
}

static void flight_drop(struct flight *f)
{
    if (atomic_fetch_sub_explicit(&((struct counted *)f)->refs, 1, memory_order_acq_rel) > 1)
        return;
    mission_release(&f->mission);
    free(f);
}

/* --- timelines --- */

static bool room_for_turns(struct timeline *t, size_t n)
{
    if (n < t->room)
        return true;
    size_t room = 2 * n + 16, crews = t->ground->inst->n_crews;
    struct turn *turn = realloc(t->turn, room * sizeof *turn);
    if (turn)
        t->turn = turn;
    struct turn *trial = realloc(t->trial, (room + 8) * sizeof *trial);
    if (trial)
        t->trial = trial;
    struct watch *watch = realloc(t->watch, ((room / WATCH_EVERY + 1) * crews + 1) * sizeof *watch);
    if (watch)
        t->watch = watch;
    if (!turn || !trial || !watch)
        return false;
    t->room = room;
    return true;
}

bool timeline_init(struct timeline *t, const struct ground *ground)
{
    const struct instance *inst = ground->inst;
    *t = (struct timeline){.ground = ground};
    t->line = calloc(inst->n_airframes + 1, sizeof *t->line);
    t->parking = calloc(inst->n_airfields + 1, sizeof *t->parking);
    t->left = calloc(inst->n_demands + 1, sizeof *t->left);
    t->arrivals = calloc((size_t)ground->n_caps + 1, sizeof *t->arrivals);
    t->pax = calloc((size_t)ground->n_caps + 1, sizeof *t->pax);
    t->row = calloc(inst->n_crews + 1, sizeof *t->row);
    t->end = calloc(inst->n_crews + 1, sizeof *t->end);
    t->next_turn = calloc(inst->n_crews + 1, sizeof *t->next_turn);
    t->doubt = calloc(inst->n_crews + 1, sizeof *t->doubt);
    t->trial_doubt = calloc(inst->n_crews + 1, sizeof *t->trial_doubt);
    if (!t->line || !t->parking || !t->left || !t->arrivals || !t->pax || !t->row || !t->end || !t->next_turn ||
        !t->doubt || !t->trial_doubt || !room_for_turns(t, 0)) {
        timeline_release(t);
        return false;
    }
    for (size_t d = 0; d < inst->n_demands; d++) {
        t->left[d] = inst->demand[d].pax;
        t->cost += inst->demand[d].pax * inst->demand[d].penalty;
    }
    for (size_t c = 0; c < inst->n_crews; c++) {
        t->watch[c] = (struct watch){.at = inst->crew[c].at, .last = -1, .ready = crew_from(inst, (int32_t)c)};
        for (size_t r = 0; r < inst->crew[c].n_recent; r++)
            t->watch[c].flown += inst->crew[c].recent[r].block;
        t->end[c] = t->watch[c];
    }
    return true;
}

void timeline_release(struct timeline *t)
{
    for (size_t a = 0; t->line && a < t->ground->inst->n_airframes; a++) {
        for (size_t k = 0; k < t->line[a].n; k++)
            flight_drop(t->line[a].flight[k]);
        free(t->line[a].flight);
    }
    for (size_t f = 0; t->parking && f < t->ground->inst->n_airfields; f++)
        free(t->parking[f].presence);
    free(t->line);
    free(t->parking);
    free(t->left);
    free(t->arrivals);
    free(t->pax);
    free(t->turn);
    free(t->watch);
    free(t->trial);
    free(t->row);
    free(t->end);
    free(t->next_turn);
    free(t->doubt);
    free(t->trial_doubt);
    *t = (struct timeline){0};
}

static bool line_room(struct line *c, size_t n)
{
    if (n <= c->room)
        return true;
    struct flight **grown = realloc(c->flight, 2 * n * sizeof(struct flight *));
    if (!grown)
        return false;
    c->flight = grown;
    c->room = 2 * n;
    return true;
}

static bool parking_room(struct parking *p, size_t n)
{
    if (n <= p->room)
        return true;
    struct presence *grown = realloc(p->presence, 2 * n * sizeof *grown);
    if (!grown)
        return false;
    p->presence = grown;
    p->room = 2 * n;
    return true;
}

bool timeline_copy(struct timeline *to, const struct timeline *from)
{
    const struct instance *inst = from->ground->inst;
    for (size_t a = 0; a < inst->n_airframes; a++) {
        struct line *x = &to->line[a];
        const struct line *y = &from->line[a];
        if (!line_room(x, y->n))
            return false;
        for (size_t k = 0; k < y->n; k++)
            flight_hold(y->flight[k]);
        for (size_t k = 0; k < x->n; k++)
            flight_drop(x->flight[k]);
        if (y->n)
            memcpy(x->flight, y->flight, y->n * sizeof(struct flight *));
        x->n = y->n;
        x->block = y->block;
    }
    for (size_t f = 0; f < inst->n_airfields; f++) {
        if (!parking_room(&to->parking[f], from->parking[f].n))
            return false;
        to->parking[f].n = from->parking[f].n;
        to->parking[f].longest = from->parking[f].longest;
        if (from->parking[f].n)
            memcpy(to->parking[f].presence, from->parking[f].presence,
                   from->parking[f].n * sizeof *to->parking[f].presence);
    }
    if (!room_for_turns(to, from->n_turns))
        return false;
    memcpy(to->left, from->left, inst->n_demands * sizeof *to->left);
    memcpy(to->arrivals, from->arrivals, (size_t)from->ground->n_caps * sizeof *to->arrivals);
    memcpy(to->pax, from->pax, (size_t)from->ground->n_caps * sizeof *to->pax);
    memcpy(to->turn, from->turn, from->n_turns * sizeof *to->turn);
    memcpy(to->watch, from->watch, (from->n_turns / WATCH_EVERY + 1) * inst->n_crews * sizeof *to->watch);
    memcpy(to->end, from->end, inst->n_crews * sizeof *to->end);
    memcpy(to->doubt, from->doubt, inst->n_crews * sizeof *to->doubt);
    to->n_turns = from->n_turns;
    to->clean = from->clean;
    to->cost = from->cost;
    to->defects = from->defects;
    to->astray = from->astray;
    return true;
}

/* --- what flights take from each other: parking, caps, passengers --- */

static void presence_of(const struct mission *m, size_t s, sec_t *from, sec_t *until)
{
    *from = s == 0 ? m->stop[s].handling_start : m->stop[s].arrival;
    *until = s + 1 == m->n_stops ? m->stop[s].handling_end : m->stop[s].departure;
}

static bool park(struct timeline *t, const struct flight *f)
{
    const struct mission *m = &f->mission;
    for (size_t s = 0; s < m->n_stops; s++) {
        struct parking *p = &t->parking[m->stop[s].airfield];
        sec_t from, until;
        presence_of(m, s, &from, &until);
        if (from >= until || t->ground->inst->airfield[m->stop[s].airfield].mog < 0)
            continue;
        if (!parking_room(p, p->n + 1))
            return false;
        size_t i = p->n++;
        for (; i > 0 && p->presence[i - 1].from > from; i--)
            p->presence[i] = p->presence[i - 1];
        p->presence[i] = (struct presence){from, until, t->ground->inst->type[f->type].mog_units, f};
        p->longest = until - from > p->longest ? until - from : p->longest;
    }
    return true;
}

size_t parking_since(const struct parking *p, sec_t at)
{
    size_t low = 0, high = p->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->presence[middle].from < at - p->longest)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void leave(struct timeline *t, const struct flight *f)
{
    for (size_t s = 0; s < f->mission.n_stops; s++) {
        struct parking *p = &t->parking[f->mission.stop[s].airfield];
        size_t n = parking_since(p, f->begin);
        for (size_t i = n; i < p->n; i++)
            if (p->presence[i].of != f)
                p->presence[n++] = p->presence[i];
        p->n = n;
    }
}

int32_t mission_unloads(const struct mission *m, size_t s)
{
    int32_t pax = 0;
    for (size_t r = 0; r < m->n_rides; r++)
        if (m->ride[r].to_stop == (int32_t)s)
            pax += m->ride[r].pax;
    return pax;
}

void timeline_count(struct timeline *t, const struct flight *f, int sign)
{
    const struct ground *g = t->ground;
    const struct mission *m = &f->mission;
    for (size_t s = 1; s < m->n_stops; s++) {
        int32_t pax = mission_unloads(m, s), field = m->stop[s].airfield;
        for (int32_t i = g->first_cap[field]; i < g->first_cap[field + 1]; i++) {
            if (cap_counts(g->cap[i].cap, m->stop[s].arrival))
                t->arrivals[g->cap[i].index] += sign;
            if (cap_counts(g->cap[i].cap, m->stop[s].handling_start))
                t->pax[g->cap[i].index] += sign * pax;
        }
    }
    for (size_t r = 0; r < m->n_rides; r++) {
        t->left[m->ride[r].demand] -= sign * m->ride[r].pax;
        t->cost -= sign * m->ride[r].pax * g->inst->demand[m->ride[r].demand].penalty;
    }
    t->cost += sign * f->cost;
}

bool timeline_add(struct timeline *t, struct flight *f, size_t k, int32_t crew)
{
    struct line *c = &t->line[f->mission.airframe];
    bool parked = line_room(c, c->n + 1) && room_for_turns(t, t->n_turns + 1) && park(t, f);
    flight_hold(f);
    if (!parked) {
        leave(t, f);
        flight_drop(f);
        return false;
    }
    memmove(&c->flight[k + 1], &c->flight[k], (c->n - k) * sizeof(struct flight *));
    c->flight[k] = f;
    c->n++;
    c->block += f->block;
    timeline_count(t, f, 1);
    size_t i = t->n_turns++;
    for (; i > 0 && t->turn[i - 1].flight->show > f->show; i--)
        t->turn[i] = t->turn[i - 1];
    t->turn[i] = (struct turn){f, f->fixed ? f->mission.crew : crew, -1, false};
    if (t->turn[i].crew >= 0)
        t->doubt[t->turn[i].crew] = true;
    t->clean = i < t->clean ? i : t->clean;
    return true;
}

void timeline_remove(struct timeline *t, int32_t airframe, size_t k)
{
    struct line *c = &t->line[airframe];
    struct flight *f = c->flight[k];
    c->n--;
    memmove(&c->flight[k], &c->flight[k + 1], (c->n - k) * sizeof(struct flight *));
    c->block -= f->block;
    leave(t, f);
    timeline_count(t, f, -1);
    size_t i = timeline_turn(t, f);
    if (t->turn[i].crew >= 0)
        t->doubt[t->turn[i].crew] = true;
    t->n_turns--;
    memmove(&t->turn[i], &t->turn[i + 1], (t->n_turns - i) * sizeof *t->turn);
    t->clean = i < t->clean ? i : t->clean;
    flight_drop(f);
}

int32_t line_place(const struct timeline *t, int32_t airframe, size_t k)
{
    return k ? t->line[airframe].flight[k - 1]->to : t->ground->inst->airframe[airframe].at;
}

sec_t line_ready(const struct timeline *t, int32_t airframe, size_t k)
{
    return k ? t->line[airframe].flight[k - 1]->ready : airframe_from(t->ground->inst, airframe);
}

/* --- out --- */

static int by_departure(const void *a, const void *b)
{
    const struct mission *x = a, *y = b;
    if (x->stop[0].departure != y->stop[0].departure)
        return x->stop[0].departure < y->stop[0].departure ? -1 : 1;
    return (x->airframe > y->airframe) - (x->airframe < y->airframe);
}

bool timeline_schedule(const struct timeline *t, struct schedule *schedule)
{
    schedule_init(schedule);
    schedule->mission = calloc(t->n_turns + 1, sizeof *schedule->mission);
    if (!schedule->mission)
        return false;
    for (size_t i = 0; i < t->n_turns; i++) {
        const struct flight *f = t->turn[i].flight;
        struct mission *m = &schedule->mission[i];
        if (!mission_copy(m, &f->mission)) {
            schedule_release(schedule);
            return false;
        }
        schedule->n_missions = i + 1;
        if (f->fixed)
            continue;
        m->crew = t->turn[i].crew;
        qsort(m->ride, m->n_rides, sizeof *m->ride, ride_order);
    }
    qsort(schedule->mission, schedule->n_missions, sizeof *schedule->mission, by_departure);
    return true;
}
