/* What all missions share: parking (R7), limits (R8), the demands' numbers (R9), commitments (R11). */
#include <stdlib.h>

#include "check/judge.h"

struct use {
    sec_t at;
    int64_t units;
    size_t mission;
    int32_t stop;
};

static int use_order(const void *a, const void *b)
{
    const struct use *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    if (x->units != y->units)
        return x->units < y->units ? -1 : 1; /* who leaves goes first */
    return (x->mission > y->mission) - (x->mission < y->mission);
}

static void parking(struct judge *j, int32_t airfield, struct use *use)
{
    const struct airfield *f = &j->inst->airfield[airfield];
    char x[CLOCK_SIZE];
    size_t n = 0;
    for (size_t i = 0; i < j->schedule->n_missions; i++) {
        const struct mission *m = &j->schedule->mission[i];
        for (size_t s = 0; j->sound[i] && s < m->n_stops; s++) {
            if (m->stop[s].airfield != airfield)
                continue;
            sec_t from = s == 0 ? m->stop[s].handling_start : m->stop[s].arrival;
            sec_t until = s + 1 == m->n_stops ? m->stop[s].handling_end : m->stop[s].departure;
            if (from >= until)
                continue;
            use[n++] = (struct use){from, judge_type(j, i)->mog_units, i, (int32_t)s};
            use[n++] = (struct use){until, -judge_type(j, i)->mog_units, i, (int32_t)s};
        }
    }
    if (n)
        qsort(use, n, sizeof *use, use_order);
    int64_t units = 0;
    bool over = false;
    for (size_t e = 0; e < n; e++) {
        units += use[e].units;
        if (e + 1 < n && use[e + 1].at == use[e].at)
            continue;
        if (units > f->mog && !over)
            judge_breach(j, 7, use[e].mission, use[e].stop, units, f->mog,
                         "%lld parking units taken at \"%.*s\" %s, MOG is %d", (long long)units, ID(f->id),
                         judge_instant(j, use[e].at, x), f->mog);
        over = units > f->mog;
    }
}

static void all_parking(struct judge *j)
{
    size_t room = 0;
    for (size_t i = 0; i < j->schedule->n_missions; i++)
        room += j->sound[i] ? 2 * j->schedule->mission[i].n_stops : 0;
    struct use *use = calloc(room + 1, sizeof *use);
    j->failed = j->failed || !use;
    for (int32_t f = 0; use && f < (int32_t)j->inst->n_airfields; f++)
        if (j->inst->airfield[f].mog >= 0)
            parking(j, f, use);
    free(use);
}

static void one_cap(struct judge *j, const struct limit *limit, const struct cap *cap)
{
    int64_t arrivals = 0, pax = 0;
    size_t arrival_mission = NO_MISSION, pax_mission = NO_MISSION;
    int32_t arrival_stop = NO_STOP, pax_stop = NO_STOP;
    char x[CLOCK_SIZE];
    for (size_t i = 0; i < j->schedule->n_missions; i++) {
        const struct mission *m = &j->schedule->mission[i];
        for (size_t s = 1; j->sound[i] && s < m->n_stops; s++) {
            const struct stop *p = &m->stop[s];
            if (!judge_listed(limit->airfields, limit->n_airfields, p->airfield))
                continue;
            if (cap->from <= p->arrival && p->arrival < cap->until) {
                arrivals++;
                arrival_mission = i, arrival_stop = (int32_t)s;
            }
            if (p->handling_start < cap->from || p->handling_start >= cap->until)
                continue;
            for (size_t r = 0; r < m->n_rides; r++)
                if (m->ride[r].to_stop == (int32_t)s) {
                    pax += m->ride[r].pax;
                    pax_mission = i, pax_stop = (int32_t)s;
                }
        }
    }
    if (cap->arrivals >= 0 && arrivals > cap->arrivals)
        judge_breach(j, 8, arrival_mission, arrival_stop, arrivals, cap->arrivals,
                     "%lld block-ins of limit \"%.*s\" from %s, at most %d", (long long)arrivals, ID(limit->id),
                     judge_instant(j, cap->from, x), cap->arrivals);
    if (cap->pax >= 0 && pax > cap->pax)
        judge_breach(j, 8, pax_mission, pax_stop, pax, cap->pax,
                     "%lld passengers of limit \"%.*s\" from %s, at most %d", (long long)pax, ID(limit->id),
                     judge_instant(j, cap->from, x), cap->pax);
}

static void numbers(struct judge *j)
{
    size_t n = j->inst->n_demands;
    int64_t *pax = calloc(n + 1, sizeof *pax), *rides = calloc(n + 1, sizeof *rides);
    for (size_t i = 0; pax && rides && i < j->schedule->n_missions; i++)
        for (size_t r = 0; j->sound[i] && r < j->schedule->mission[i].n_rides; r++) {
            const struct ride *p = &j->schedule->mission[i].ride[r];
            pax[p->demand] += p->pax;
            rides[p->demand]++;
        }
    for (size_t d = 0; pax && rides && d < n; d++) {
        const struct demand *demand = &j->inst->demand[d];
        if (pax[d] > demand->pax)
            judge_breach(j, 9, NO_MISSION, NO_STOP, pax[d], demand->pax,
                         "%lld passengers of demand \"%.*s\" moved, it has %d", (long long)pax[d], ID(demand->id),
                         demand->pax);
        if (demand->together && rides[d] > 1)
            judge_breach(j, 9, NO_MISSION, NO_STOP, rides[d], 1, "demand \"%.*s\" stays together but is split in %lld",
                         ID(demand->id), (long long)rides[d]);
    }
    j->failed = j->failed || !pax || !rides;
    free(pax);
    free(rides);
}

static bool equal(const struct mission *a, const struct mission *b)
{
    if (a->airframe != b->airframe || a->crew != b->crew || a->configuration != b->configuration ||
        a->n_stops != b->n_stops || a->n_rides != b->n_rides)
        return false;
    for (size_t s = 0; s < a->n_stops; s++) {
        const struct stop *p = &a->stop[s], *q = &b->stop[s];
        if (p->airfield != q->airfield || p->arrival != q->arrival || p->handling_start != q->handling_start ||
            p->handling_end != q->handling_end || p->departure != q->departure)
            return false;
    }
    for (size_t r = 0; r < a->n_rides; r++) { /* a ride may stand at any place of the list, as often as in the other */
        size_t here = 0, there = 0;
        for (size_t k = 0; k < a->n_rides; k++) {
            const struct ride *p = &a->ride[r], *q = &b->ride[k], *o = &a->ride[k];
            there +=
                p->demand == q->demand && p->pax == q->pax && p->from_stop == q->from_stop && p->to_stop == q->to_stop;
            here +=
                p->demand == o->demand && p->pax == o->pax && p->from_stop == o->from_stop && p->to_stop == o->to_stop;
        }
        if (here != there)
            return false;
    }
    return true;
}

static void commitments(struct judge *j)
{
    for (size_t c = 0; c < j->inst->committed.n_missions; c++) {
        const struct mission *m = &j->inst->committed.mission[c];
        bool found = false;
        for (size_t i = 0; i < j->schedule->n_missions && !found; i++)
            found = j->sound[i] && equal(m, &j->schedule->mission[i]);
        if (!found)
            judge_breach(j, 11, NO_MISSION, NO_STOP, 0, 1,
                         "committed mission %zu (airframe \"%.*s\", crew \"%.*s\") is not kept", c,
                         ID(j->inst->airframe[m->airframe].id), ID(j->inst->crew[m->crew].id));
    }
}

void judge_shared(struct judge *j)
{
    all_parking(j);
    for (size_t l = 0; l < j->inst->n_limits; l++)
        for (size_t c = 0; c < j->inst->limit[l].n_caps; c++)
            one_cap(j, &j->inst->limit[l], &j->inst->limit[l].cap[c]);
    numbers(j);
    commitments(j);
}
