/* What is refused for want of time cannot be timed: every place for a ride in the flights of random schedules. */
#include <stdlib.h>
#include <string.h>

#include "solver/column.h"
#include "solver/construct.h"
#include "solver/slack.h"
#include "tests/random_instance.h"
#include "tests/tests.h"

struct places {
    struct instance *inst;
    const struct timeline *t;
    long fits, tight, refused, refused_that_fit;
};

static bool take(void *context, struct schedule *schedule, cent_t cost)
{
    struct schedule *best = context;
    (void)cost;
    schedule_release(best);
    *best = *schedule;
    return true;
}

static void put_stop(struct draft *d, int32_t airfield)
{
    d->stop[d->flight.mission.n_stops++] = (struct stop){.airfield = airfield};
}

/* The flight with a ride of the demand, boarding at stop i or at a new stop after it, and leaving at stop j or at a new
 * stop after it. False: two stops in a row at one airfield. */
static bool draw(const struct places *p, const struct flight *f, int32_t demand, int32_t i, int32_t j, struct draft *d)
{
    const struct demand *x = &p->inst->demand[demand];
    const struct mission *m = &f->mission;
    struct ride ride = {.demand = demand, .pax = x->together ? x->pax : x->smallest_lot};
    int32_t moved[DRAFT_STOPS];
    d->flight = *f;
    d->flight.mission.stop = d->stop;
    d->flight.mission.ride = d->ride;
    d->flight.mission.n_stops = 0;
    for (int32_t k = 0; k < (int32_t)m->n_stops; k++) {
        moved[k] = (int32_t)d->flight.mission.n_stops;
        put_stop(d, m->stop[k].airfield);
        if (k == i) {
            if (m->stop[k].airfield != x->origin)
                put_stop(d, x->origin);
            ride.from_stop = (int32_t)d->flight.mission.n_stops - 1;
        }
        if (k == j) {
            if (j == i || m->stop[k].airfield != x->destination)
                put_stop(d, x->destination);
            ride.to_stop = (int32_t)d->flight.mission.n_stops - 1;
        }
    }
    for (size_t r = 0; r < m->n_rides; r++) {
        d->ride[r] = m->ride[r];
        d->ride[r].from_stop = moved[m->ride[r].from_stop];
        d->ride[r].to_stop = moved[m->ride[r].to_stop];
    }
    d->ride[m->n_rides] = ride;
    d->flight.mission.n_rides = m->n_rides + 1;
    for (size_t k = 1; k < d->flight.mission.n_stops; k++)
        if (d->stop[k].airfield == d->stop[k - 1].airfield)
            return false;
    return ride.from_stop < ride.to_stop;
}

static bool can_be_timed(const struct places *p, int32_t airframe, size_t k, struct draft *d)
{
    const struct line *line = &p->t->line[airframe];
    struct slot slot = {.ready = line_ready(p->t, airframe, k),
                        .due = k + 1 < line->n ? line->flight[k + 1]->begin : SEC_LATEST,
                        .show = SEC_EARLIEST,
                        .fdp = p->t->ground->longest_fdp[d->flight.type],
                        .skip = line->flight[k]};
    return draft_fit(p->t, d, &slot);
}

/* As the search asks. */
static bool has_time(const struct slack *s, const struct demand *x, int32_t i, int32_t j)
{
    const struct mission *m = &s->flight->mission;
    struct leaving l;
    if (!slack_board(s, x, i, m->stop[i].airfield != x->origin, &l))
        return false;
    for (int32_t k = i + 1; k <= j; k++)
        if (!slack_go(s, k, &l))
            return false;
    return j > i && m->stop[j].airfield == x->destination ? slack_in_time(s, j, l) : slack_reaches(s, x, j + 1, l);
}

/* The same where nothing may be any later than it is in the draft. */
static void look_tight(struct places *p, int32_t airframe, size_t k, struct draft *d, int32_t i, int32_t j)
{
    const struct mission *m = &d->flight.mission;
    const struct ride *ride = &m->ride[m->n_rides - 1];
    const struct stop *last = &m->stop[m->n_stops - 1];
    struct instance *inst = p->inst;
    struct demand *x = &inst->demand[ride->demand], demand = *x;
    sec_t until = inst->airframe[airframe].until, end = inst->end;
    struct slack slack;
    x->pickup.until = m->stop[ride->from_stop].handling_start;
    x->delivery.until = m->stop[ride->to_stop].handling_start;
    inst->airframe[airframe].until = last->handling_end;
    inst->end = last->arrival;
    slack_of(p->t, airframe, k, &slack);
    bool fits = can_be_timed(p, airframe, k, d), time = has_time(&slack, x, i, j);
    p->tight += fits;
    p->refused_that_fit += fits && !time;
    *x = demand;
    inst->airframe[airframe].until = until;
    inst->end = end;
}

static void look(struct places *p, int32_t airframe, size_t k)
{
    const struct flight *f = p->t->line[airframe].flight[k];
    int32_t last = (int32_t)f->mission.n_stops - 1;
    struct slack slack;
    struct draft draft;
    slack_of(p->t, airframe, k, &slack);
    for (int32_t d = 0; d < (int32_t)p->inst->n_demands; d++) {
        const struct demand *x = &p->inst->demand[d];
        for (int32_t i = 0; i < last; i++)
            for (int32_t j = i; j <= last; j++) {
                if (j == last && (j == i || f->mission.stop[j].airfield != x->destination))
                    continue;
                if (!draw(p, f, d, i, j, &draft))
                    continue;
                bool fits = can_be_timed(p, airframe, k, &draft), time = has_time(&slack, x, i, j);
                p->fits += fits;
                p->refused += !time;
                p->refused_that_fit += fits && !time;
                if (fits)
                    look_tight(p, airframe, k, &draft, i, j);
            }
    }
}

static void look_at(struct instance *inst, uint64_t seed, struct places *sum)
{
    struct schedule best;
    struct ground ground;
    struct timeline t;
    schedule_init(&best);
    struct construct_task task = {.inst = inst, .seed = seed, .most_rounds = 20, .take = take, .context = &best};
    if (!construct(&task) || !ground_init(&ground, inst) || !timeline_init(&t, &ground))
        abort();
    for (size_t i = 0; i < best.n_missions; i++) {
        struct mission m = best.mission[i];
        m.n_rides -= seed % 2 && m.n_rides > 1; /* there may be a stop without work then */
        struct flight *f = flight_from_mission(inst, &m, false);
        size_t k = 0;
        while (f && k < t.line[m.airframe].n && t.line[m.airframe].flight[k]->begin < f->begin)
            k++;
        if (!f || !timeline_add(&t, f, k, m.crew))
            abort();
    }
    timeline_cover(&t);
    sum->inst = inst;
    sum->t = &t;
    for (int32_t a = 0; a < (int32_t)inst->n_airframes; a++)
        for (size_t k = 0; k < t.line[a].n; k++)
            look(sum, a, k);
    timeline_release(&t);
    ground_release(&ground);
    schedule_release(&best);
}

static void test_necessary(void)
{
    struct places sum = {0};
    for (uint64_t seed = 1; seed <= 600; seed++) {
        struct instance inst;
        if (!(seed % 4 ? random_instance(seed, &inst) : random_middle_instance(seed, &inst)))
            abort();
        look_at(&inst, seed, &sum);
        instance_release(&inst);
    }
    printf("\n    %ld places fit, %ld just so, %ld refused\n", sum.fits, sum.tight, sum.refused);
    CU_ASSERT_EQUAL(sum.refused_that_fit, 0);
    CU_ASSERT(sum.fits >= 3000);
    CU_ASSERT(sum.tight >= 3000);
    CU_ASSERT(sum.refused >= 3000);
}

void add_slack_tests(CU_pSuite suite)
{
    CU_add_test(suite, "what has no time cannot be timed", test_necessary);
}
