/* Dives that place missions at instants that the checker accepts. */
#include <math.h>
#include <stdlib.h>

#include "check/check.h"
#include "solver/assign.h"
#include "solver/dive.h"

#define PLACED_AT_ONCE 0.7  /* so much chosen, a mission is placed beside the most chosen one */
#define PLACED_FROM    0.02 /* less does not count as chosen */

enum {
    PLACED_AHEAD = 86400, /* seconds after the first mission within which the next is chosen */
    MOST_SHIFTS = 12,     /* steps by which a mission is moved, to either side; ... */
    FEW_SHIFTS = 4        /* ... where others can be placed instead */
};

/* Missions that a placing dive has fixed; together they are a valid schedule. */
struct placed {
    struct column *column; /* [n], owned */
    int *once;             /* [n] all 1 */
    size_t n, room;
    double *least; /* [n_least] how often each column of the master is among them */
    size_t n_least;
    struct instance open_ended; /* where all may end anywhere: borrows all but its airframes and crews */
};

static void placed_release(struct placed *p)
{
    for (size_t i = 0; i < p->n; i++)
        mission_release(&p->column[i].mission);
    free(p->column);
    free(p->once);
    free(p->least);
    free(p->open_ended.airframe);
    free(p->open_ended.crew);
    *p = (struct placed){0};
}

static bool placed_init(struct placed *p, const struct instance *inst)
{
    *p = (struct placed){.open_ended = *inst};
    p->open_ended.airframe = malloc((inst->n_airframes + 1) * sizeof *inst->airframe);
    p->open_ended.crew = malloc((inst->n_crews + 1) * sizeof *inst->crew);
    if (!p->open_ended.airframe || !p->open_ended.crew) {
        placed_release(p);
        return false;
    }
    for (size_t i = 0; i < inst->n_airframes; i++) {
        p->open_ended.airframe[i] = inst->airframe[i];
        p->open_ended.airframe[i].end_anywhere = true;
    }
    for (size_t i = 0; i < inst->n_crews; i++) {
        p->open_ended.crew[i] = inst->crew[i];
        p->open_ended.crew[i].end_anywhere = true;
    }
    return true;
}

static bool placed_grow(struct placed *p, size_t n_columns)
{
    double *least = realloc(p->least, (n_columns + 1) * sizeof *least);
    if (!least)
        return false;
    p->least = least;
    for (; p->n_least < n_columns; p->n_least++)
        least[p->n_least] = 0;
    if (p->n < p->room)
        return true;
    size_t room = p->room ? 2 * p->room : 64;
    struct column *column = realloc(p->column, room * sizeof *column);
    if (column)
        p->column = column;
    int *once = realloc(p->once, room * sizeof *once);
    if (once)
        p->once = once;
    if (!column || !once)
        return false;
    p->room = room;
    return true;
}

/* Leaves out passengers that others carry already, and lots that are too small then. */
static void trim_rides(const struct instance *inst, const struct placed *p, struct mission *mission)
{
    size_t n = 0;
    for (size_t r = 0; r < mission->n_rides; r++) {
        struct ride ride = mission->ride[r];
        const struct demand *d = &inst->demand[ride.demand];
        int32_t left = d->pax, wanted = ride.pax;
        for (size_t i = 0; i < p->n; i++)
            left -= column_moves(&p->column[i], ride.demand);
        for (size_t k = 0; k < n; k++)
            left -= mission->ride[k].demand == ride.demand ? mission->ride[k].pax : 0;
        ride.pax = left < wanted ? left : wanted;
        if (ride.pax == wanted || (ride.pax >= d->smallest_lot && ride.pax > 0))
            mission->ride[n++] = ride;
    }
    mission->n_rides = n;
}

static void shift_stops(struct mission *mission, sec_t by)
{
    for (size_t i = 0; i < mission->n_stops; i++) {
        struct stop *stop = &mission->stop[i];
        stop->handling_start += by;
        stop->handling_end += by;
        stop->arrival += i > 0 ? by : 0;
        stop->departure += i + 1 < mission->n_stops ? by : 0;
    }
}

/* Whether all that is placed can be flown, by the checker; wherever airframes and crews end. */
static bool can_be_flown(struct search *s, const struct placed *p, bool *valid)
{
    struct schedule schedule;
    struct verdict verdict;
    *valid = false;
    enum assign_result result = assign(s->inst, &s->groups, p->column, p->n, p->once, &schedule);
    if (result == ASSIGN_NO_MEMORY)
        return error_set(s->err, ERR_MEMORY, "out of memory");
    if (result != ASSIGNED)
        return true;
    bool ok = check_schedule(&p->open_ended, &schedule, &verdict, s->err);
    schedule_release(&schedule);
    if (ok) {
        *valid = verdict.n_breaches == 0;
        verdict_release(&verdict);
    }
    return ok;
}

/* Takes the last mission of whoever ends where he may not away, until the rest is a schedule. */
static bool consider_placed(struct search *s, struct placed *p)
{
    bool valid = false, ok = true;
    while (ok && !valid && p->n > 0) {
        struct schedule schedule;
        enum assign_result result = assign(s->inst, &s->groups, p->column, p->n, p->once, &schedule);
        if (result != ASSIGNED)
            return result != ASSIGN_NO_MEMORY || error_set(s->err, ERR_MEMORY, "out of memory");
        ok = consider(s, &schedule, &valid);
        size_t last = p->n;
        for (size_t i = 0; i < p->n; i++) {
            const struct column *col = &p->column[i];
            const struct airframe *a = &s->inst->airframe[col->mission.airframe];
            const struct crew *c = &s->inst->crew[col->mission.crew];
            int32_t end = col->mission.stop[col->mission.n_stops - 1].airfield;
            bool home = may_end_at(a->end_anywhere, a->end_at, a->n_end_at, end) &&
                        may_end_at(c->end_anywhere, c->end_at, c->n_end_at, end);
            if (!home && !col->fixed && (last == p->n || col->begin > p->column[last].begin))
                last = i;
        }
        if (ok && !valid) {
            if (last == p->n)
                return true;
            mission_release(&p->column[last].mission);
            p->column[last] = p->column[--p->n];
        }
    }
    return ok;
}

/* Fixes a mission like column j, as little earlier or later as lets it be flown with what is fixed. */
static bool place(struct search *s, struct placed *p, size_t j, int most_shifts, bool *valid)
{
    struct master *m = &s->master;
    struct column col = m->column[j];
    size_t at;
    *valid = false;
    if (!placed_grow(p, m->n_columns + 1) || !mission_copy(&col.mission, &m->column[j].mission))
        return error_set(s->err, ERR_MEMORY, "out of memory");
    trim_rides(s->inst, p, &col.mission);
    bool ok = true;
    sec_t shifted = 0;
    for (int k = 0; ok && k <= 2 * most_shifts && !*valid; k++) {
        sec_t shift = (k % 2 ? -1 : 1) * (sec_t)((k + 1) / 2) * s->inst->rules.step;
        shift_stops(&col.mission, shift - shifted);
        shifted = shift;
        column_finish(&col, s->inst);
        p->column[p->n] = col;
        p->once[p->n++] = 1;
        ok = can_be_flown(s, p, valid);
        p->n -= !*valid;
    }
    if (!ok || !*valid || !mission_copy(&p->column[p->n - 1].mission, &col.mission)) {
        p->n -= *valid;
        mission_release(&col.mission);
        return ok && (!*valid || error_set(s->err, ERR_MEMORY, "out of memory"));
    }
    if (master_take_column(m, &col, &at) < 0)
        return error_set(s->err, ERR_ENGINE, "a mission could not be added");
    p->least[at]++;
    set_least(m, at, p->least[at], m->column[at].fixed ? 1 : INFINITY);
    return true;
}

/* Places all missions that begin before `until` and are chosen at `share` or more. strict: what does not fit is not
 * asked for again. */
static bool place_chosen(struct search *s, struct placed *p, double share, sec_t until, bool strict, size_t *n_placed)
{
    struct master *m = &s->master;
    size_t n = m->n_columns;
    bool valid, ok = true;
    *n_placed = 0;
    for (size_t j = 0; ok && j < n && !out_of_time(s); j++) {
        if (m->x[j] - p->least[j] < share - 1e-9 || m->column[j].begin >= until)
            continue;
        ok = place(s, p, j, strict ? MOST_SHIFTS : FEW_SHIFTS, &valid);
        if (ok && !valid && strict)
            set_least(m, j, p->least[j], p->least[j]);
        *n_placed += valid;
    }
    return ok;
}

/* Places what is nearly whole, wherever it is; else, in the order of time, what is chosen most of those that begin
 * within a day of the first that is not whole. *found: there was one. */
static bool place_next(struct search *s, struct placed *p, bool *found)
{
    const struct master *m = &s->master;
    size_t n = m->n_columns, n_placed;
    sec_t first = SEC_LATEST;
    double most = 0;
    if (!placed_grow(p, n))
        return error_set(s->err, ERR_MEMORY, "out of memory");
    for (size_t j = 0; j < n; j++)
        if (m->x[j] - p->least[j] > PLACED_FROM && m->column[j].begin < first)
            first = m->column[j].begin;
    *found = first < SEC_LATEST;
    if (!*found || !place_chosen(s, p, PLACED_AT_ONCE, SEC_LATEST, false, &n_placed))
        return !*found;
    if (n_placed > 0)
        return true;
    for (size_t j = 0; j < n; j++)
        if (m->column[j].begin < first + PLACED_AHEAD)
            most = fmax(most, m->x[j] - p->least[j]);
    return place_chosen(s, p, fmin(most, PLACED_AT_ONCE), first + PLACED_AHEAD, true, &n_placed);
}

/* A dive whose every step is a valid schedule. The linear program only says what to fly; when exactly, the checker. */
bool dive_placing(struct search *s)
{
    struct master *m = &s->master;
    struct placed placed;
    bool found = true, ok = placed_init(&placed, s->inst) || error_set(s->err, ERR_MEMORY, "out of memory");
    s->phase = "dive";
    for (size_t j = 0; ok && j < m->n_columns; j++)
        if (m->column[j].fixed) {
            bool valid;
            ok = place(s, &placed, j, 0, &valid);
            found = found && valid;
        }
    while (ok && found && !out_of_time(s)) {
        enum lp_status status = refresh(s);
        if (status != LP_OPTIMAL || too_dear(s))
            break;
        ok = place_next(s, &placed, &found);
        report(s);
    }
    ok = ok && consider_placed(s, &placed);
    for (size_t j = 0; j < m->n_columns; j++)
        set_least(m, j, 0, m->column[j].fixed ? 1 : INFINITY);
    placed_release(&placed);
    s->phase = "tree";
    return ok;
}
