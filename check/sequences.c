/* What the missions of one airframe or one crew break together: R1, R5 over stretches, R6 between duties and rolling
 * limits. */
#include <stdlib.h>

#include "check/judge.h"

struct turn {
    size_t mission;
    sec_t at; /* begin or show */
};

static int by_instant(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->mission > y->mission) - (x->mission < y->mission);
}

static const struct stop *last_stop(const struct mission *m)
{
    return &m->stop[m->n_stops - 1];
}

static void flown_limit(struct judge *j, const struct turn *turn, size_t n, const struct airframe *a)
{
    sec_t sum = 0;
    char x[CLOCK_SIZE], y[CLOCK_SIZE];
    for (size_t k = 0; k < n; k++)
        for (size_t s = 0; s + 1 < j->schedule->mission[turn[k].mission].n_stops; s++) {
            sec_t block = judge_block(j, turn[k].mission, s);
            sum += block > 0 ? block : 0;
        }
    if (a->flight_limit >= 0 && sum > a->flight_limit)
        judge_breach(j, 1, turn[n - 1].mission, NO_STOP, sum, a->flight_limit,
                     "airframe \"%.*s\" flies %s, inspection after %s", ID(a->id), judge_duration(sum, x),
                     judge_duration(a->flight_limit, y));
}

/* Range over stretches without fuel, which run on from one mission into the next. */
static void stretches(struct judge *j, const struct turn *turn, size_t n)
{
    const struct aircraft_type *type = judge_type(j, turn[0].mission);
    mnm_t nm = 0;
    gram_t most = 0;
    for (size_t k = 0; k < n; k++) {
        size_t i = turn[k].mission;
        const struct mission *m = &j->schedule->mission[i];
        for (size_t s = 0; s + 1 < m->n_stops; s++) {
            int64_t seats;
            gram_t payload = judge_payload(j, i, s, &seats);
            if (j->inst->airfield[m->stop[s].airfield].has_fuel)
                nm = 0, most = 0;
            nm +=
                instance_leg(j->inst, j->inst->airframe[m->airframe].type, m->stop[s].airfield, m->stop[s + 1].airfield)
                    ->nm;
            most = payload > most ? payload : most;
            bool ends = j->inst->airfield[m->stop[s + 1].airfield].has_fuel || (k + 1 == n && s + 2 == m->n_stops);
            mnm_t range = judge_range(type, most);
            if (ends && range >= 0 && nm > range)
                judge_breach(j, 5, i, (int32_t)s + 1, nm, range,
                             "%.3f nm without fuel, \"%.*s\" flies %.3f nm with %.3f kg", (double)nm / 1000.0,
                             ID(type->id), (double)range / 1000.0, (double)most / 1000.0);
        }
    }
}

static void airframe_turns(struct judge *j, const struct turn *turn, size_t n, const struct airframe *a)
{
    const struct instance *inst = j->inst;
    char x[CLOCK_SIZE], y[CLOCK_SIZE];
    int32_t at = a->at;
    sec_t ready = SEC_EARLIEST;
    for (size_t k = 0; k < n; k++) {
        size_t i = turn[k].mission;
        const struct mission *m = &j->schedule->mission[i];
        const struct stop *last = last_stop(m);
        sec_t begin = turn[k].at, ground = last->handling_end - last->arrival;
        if (m->stop[0].airfield != at)
            judge_breach(j, 1, i, 0, m->stop[0].airfield, at,
                         "airframe \"%.*s\" begins at \"%.*s\" but stands at \"%.*s\"", ID(a->id),
                         ID(inst->airfield[m->stop[0].airfield].id), ID(inst->airfield[at].id));
        if (begin < ready)
            judge_breach(j, 1, i, 0, begin, ready, "airframe \"%.*s\" begins %s, ready %s", ID(a->id),
                         judge_instant(j, begin, x), judge_instant(j, ready, y));
        if (begin < a->from)
            judge_breach(j, 1, i, 0, begin, a->from, "airframe \"%.*s\" begins %s, available from %s", ID(a->id),
                         judge_instant(j, begin, x), judge_instant(j, a->from, y));
        if (last->handling_end > a->until)
            judge_breach(j, 1, i, (int32_t)m->n_stops - 1, last->handling_end, a->until,
                         "airframe \"%.*s\" is handled until %s, available until %s", ID(a->id),
                         judge_instant(j, last->handling_end, x), judge_instant(j, a->until, y));
        at = last->airfield;
        ready = last->arrival + (ground > judge_type(j, i)->turn ? ground : judge_type(j, i)->turn);
    }
    if (!a->end_anywhere && !judge_listed(a->end_at, a->n_end_at, at))
        judge_breach(j, 1, turn[n - 1].mission, (int32_t)j->schedule->mission[turn[n - 1].mission].n_stops - 1, at, -1,
                     "airframe \"%.*s\" may not be left at \"%.*s\"", ID(a->id), ID(inst->airfield[at].id));
    flown_limit(j, turn, n, a);
    stretches(j, turn, n);
}

static void crew_turns(struct judge *j, const struct turn *turn, size_t n, const struct crew *c)
{
    const struct instance *inst = j->inst;
    char x[CLOCK_SIZE], y[CLOCK_SIZE];
    int32_t at = c->at;
    sec_t rested = c->last_duty_end == SEC_NONE ? SEC_EARLIEST : c->last_duty_end + inst->rules.rest;
    for (size_t k = 0; k < n; k++) {
        size_t i = turn[k].mission;
        const struct mission *m = &j->schedule->mission[i];
        sec_t show = turn[k].at, off = last_stop(m)->arrival + inst->rules.post_flight;
        if (m->stop[0].airfield != at)
            judge_breach(j, 6, i, 0, m->stop[0].airfield, at, "crew \"%.*s\" begins at \"%.*s\" but is at \"%.*s\"",
                         ID(c->id), ID(inst->airfield[m->stop[0].airfield].id), ID(inst->airfield[at].id));
        if (show < rested)
            judge_breach(j, 6, i, 0, show, rested, "crew \"%.*s\" shows %s, rested %s", ID(c->id),
                         judge_instant(j, show, x), judge_instant(j, rested, y));
        if (show < c->from)
            judge_breach(j, 6, i, 0, show, c->from, "crew \"%.*s\" shows %s, available from %s", ID(c->id),
                         judge_instant(j, show, x), judge_instant(j, c->from, y));
        if (off > c->until)
            judge_breach(j, 6, i, (int32_t)m->n_stops - 1, off, c->until, "crew \"%.*s\" is off %s, available until %s",
                         ID(c->id), judge_instant(j, off, x), judge_instant(j, c->until, y));
        at = last_stop(m)->airfield;
        rested = off + inst->rules.rest;
    }
    if (!c->end_anywhere && !judge_listed(c->end_at, c->n_end_at, at))
        judge_breach(j, 6, turn[n - 1].mission, (int32_t)j->schedule->mission[turn[n - 1].mission].n_stops - 1, at, -1,
                     "crew \"%.*s\" may not end at \"%.*s\"", ID(c->id), ID(inst->airfield[at].id));
}

struct hours {
    sec_t at, block; /* block-in; negative block: leaves the window */
    bool scheduled;
    size_t mission;
    int32_t stop;
};

static int hours_order(const void *a, const void *b)
{
    const struct hours *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    if (x->mission != y->mission)
        return x->mission < y->mission ? -1 : 1;
    return (x->stop > y->stop) - (x->stop < y->stop);
}

/* One rolling limit of one crew; reports the first instant of every excess. */
static void rolling(struct judge *j, const struct turn *turn, size_t n, const struct crew *c,
                    const struct rolling_limit *limit)
{
    size_t room = 2 * c->n_recent, k = 0;
    for (size_t t = 0; t < n; t++)
        room += 2 * j->schedule->mission[turn[t].mission].n_stops;
    struct hours *h = calloc(room + 1, sizeof *h);
    if (!h) {
        j->failed = true;
        return;
    }
    for (size_t r = 0; r < c->n_recent; r++) {
        h[k++] = (struct hours){c->recent[r].block_in, c->recent[r].block, false, NO_MISSION, NO_STOP};
        h[k++] = (struct hours){c->recent[r].block_in + limit->window, -c->recent[r].block, false, NO_MISSION, NO_STOP};
    }
    for (size_t t = 0; t < n; t++) {
        size_t i = turn[t].mission;
        const struct mission *m = &j->schedule->mission[i];
        for (size_t s = 1; s < m->n_stops; s++) {
            sec_t block = judge_block(j, i, s - 1);
            if (block <= 0)
                continue;
            h[k++] = (struct hours){m->stop[s].arrival, block, true, i, (int32_t)s};
            h[k++] = (struct hours){m->stop[s].arrival + limit->window, -block, true, i, (int32_t)s};
        }
    }
    qsort(h, k, sizeof *h, hours_order);
    sec_t sum = 0, counting = 0;
    bool over = false;
    size_t mission = NO_MISSION;
    int32_t stop = NO_STOP;
    char x[CLOCK_SIZE], y[CLOCK_SIZE];
    for (size_t e = 0; e < k; e++) {
        sum += h[e].block;
        counting += h[e].scheduled ? h[e].block : 0;
        if (h[e].scheduled && h[e].block > 0)
            mission = h[e].mission, stop = h[e].stop;
        if (e + 1 < k && h[e + 1].at == h[e].at)
            continue;
        bool now = counting > 0 && sum > limit->most;
        if (now && !over)
            judge_breach(j, 6, mission, stop, sum, limit->most, "crew \"%.*s\" has flown %s in %lld days, at most %s",
                         ID(c->id), judge_duration(sum, x), (long long)(limit->window / 86400),
                         judge_duration(limit->most, y));
        over = now;
    }
    free(h);
}

static sec_t begin_of(const struct mission *m)
{
    bool on, off;
    judge_handled(m, 0, &on, &off);
    return on ? m->stop[0].handling_start : m->stop[0].departure;
}

/* Missions by owner: owner k has turn[first[k]] .. turn[first[k + 1] - 1]. */
static struct turn *by_owner(const struct judge *j, bool crews, size_t n_owners, size_t *first)
{
    struct turn *turn = calloc(j->schedule->n_missions + 1, sizeof *turn);
    if (!turn)
        return NULL;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = j->schedule->n_missions; i-- > 0;) {
            const struct mission *m = &j->schedule->mission[i];
            if (!j->sound[i])
                continue;
            size_t owner = (size_t)(crews ? m->crew : m->airframe);
            if (pass == 0)
                first[owner]++;
            else
                turn[--first[owner]] =
                    (struct turn){i, crews ? m->stop[0].departure - j->inst->rules.show : begin_of(m)};
        }
        for (size_t k = 1; pass == 0 && k <= n_owners; k++)
            first[k] += first[k - 1];
    }
    return turn;
}

static void judge_owners(struct judge *j, bool crews)
{
    size_t n = crews ? j->inst->n_crews : j->inst->n_airframes;
    size_t *first = calloc(n + 2, sizeof *first);
    struct turn *turn = first ? by_owner(j, crews, n, first) : NULL;
    j->failed = j->failed || !turn;
    for (size_t k = 0; turn && k < n; k++) {
        size_t count = first[k + 1] - first[k];
        if (count == 0)
            continue;
        qsort(&turn[first[k]], count, sizeof *turn, by_instant);
        if (!crews) {
            airframe_turns(j, &turn[first[k]], count, &j->inst->airframe[k]);
            continue;
        }
        crew_turns(j, &turn[first[k]], count, &j->inst->crew[k]);
        for (size_t r = 0; r < j->inst->rules.n_rolling; r++)
            rolling(j, &turn[first[k]], count, &j->inst->crew[k], &j->inst->rules.rolling[r]);
    }
    free(turn);
    free(first);
}

void judge_sequences(struct judge *j)
{
    judge_owners(j, false);
    judge_owners(j, true);
}
