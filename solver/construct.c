#include "solver/construct.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check/check.h"
#include "solver/ahead.h"
#include "solver/beam.h"
#include "solver/change.h"
#include "solver/column.h"
#include "solver/follow.h"
#include "solver/ruin.h"

#define REBUILT 0.004 /* of the rounds, where a linear program helps */
#define WIDE    0.15  /* of the rounds look for those left behind before them on all lines */

/* --- making a schedule of it --- */

static bool ferry(struct builder *s, int32_t airframe, size_t k, int32_t to)
{
    struct change *c = change_new(s, airframe, k);
    draft_begin(&c->part[0], s, airframe, line_place(&s->work, airframe, k));
    return draft_go(&c->part[0], s, to, 0) && change_fit(s, c, INT64_MAX) && change_apply(s, c);
}

/* Joins a line where it is broken, by a ferry or by dropping flights. False: a commitment stands in the way. */
static bool join_line(struct builder *s, int32_t a)
{
    const struct airframe *airframe = &s->inst->airframe[a];
    struct line *line = &s->work.line[a];
    for (size_t k = 0; k < line->n;) {
        if (line->flight[k]->from == line_place(&s->work, a, k)) {
            k++;
        } else if (ferry(s, a, k, line->flight[k]->from)) {
            k += 2;
        } else if (!line->flight[k]->fixed || (k > 0 && !line->flight[k - 1]->fixed)) {
            k -= line->flight[k]->fixed;
            timeline_remove(&s->work, a, k);
            timeline_cover(&s->work);
            k -= k > 0;
        } else {
            return false;
        }
        if (s->failed)
            return false;
    }
    while (line->n > 0 &&
           !may_end_at(airframe->end_anywhere, airframe->end_at, airframe->n_end_at, line->flight[line->n - 1]->to)) {
        int32_t end[MOST_ENDS];
        int n = list_ends(s, a, line->n, line->flight[line->n - 1]->to, end);
        bool home = false;
        for (int e = 0; e < n && !home; e++)
            home = ferry(s, a, line->n, end[e]);
        if (!home && line->flight[line->n - 1]->fixed)
            return false;
        if (!home) {
            timeline_remove(&s->work, a, line->n - 1);
            timeline_cover(&s->work);
        }
    }
    return true;
}

/* A flight to drop so that crews suffice: one that nobody flies, or the last of a crew that may not stay. NULL: a
 * commitment. */
static const struct flight *drop_for_crews(const struct builder *s)
{
    const struct timeline *t = &s->work;
    for (size_t i = t->n_turns; i-- > 0;)
        if (t->turn[i].crew < 0 && !t->turn[i].flight->fixed)
            return t->turn[i].flight;
    for (size_t i = t->n_turns; i-- > 0;) {
        int32_t c = t->turn[i].crew;
        if (c < 0 || t->turn[i].flight->fixed)
            continue;
        const struct watch *w = &t->end[c];
        const struct crew *crew = &s->inst->crew[c];
        if (!may_end_at(crew->end_anywhere, crew->end_at, crew->n_end_at, w->at))
            return t->turn[i].flight;
    }
    return NULL;
}

/* Makes a schedule of the work timeline by dropping what does not fit. False: it cannot be. */
static bool settle(struct builder *s)
{
    /* a ferry that is dropped for want of a crew may be flown again, so not for ever */
    for (size_t patience = 2 * s->work.n_turns + 20; patience > 0; patience--) {
        timeline_cover(&s->work);
        bool dropped = false;
        for (int32_t a = 0; a < (int32_t)s->inst->n_airframes; a++) {
            if (!join_line(s, a))
                return false;
            struct line *line = &s->work.line[a];
            if (line_holds(&s->work, a))
                continue;
            size_t k = line->n;
            while (k > 0 && line->flight[k - 1]->fixed)
                k--;
            if (k == 0)
                return false;
            timeline_remove(&s->work, a, k - 1);
            timeline_cover(&s->work);
            dropped = true;
        }
        if (s->work.defects > 0) {
            const struct flight *f = drop_for_crews(s);
            if (!f)
                return false;
            drop(s, f);
            dropped = true;
        }
        if (!dropped)
            return true;
    }
    return false;
}

/* Tanks of the line suffice without flight k, which may have ended where there is fuel. */
static bool holds_without(struct builder *s, int32_t a, size_t k)
{
    struct line *line = &s->work.line[a];
    struct flight *f = line->flight[k];
    size_t after = (line->n - k - 1) * sizeof(struct flight *);
    if (s->ground.all_fuel)
        return true;
    memmove(&line->flight[k], &line->flight[k + 1], after);
    line->n--;
    bool holds = line_holds(&s->work, a);
    line->n++;
    memmove(&line->flight[k + 1], &line->flight[k], after);
    line->flight[k] = f;
    return holds;
}

/* Drops flights that cost more than leaving their passengers behind, where line, tanks and crews do without. */
static void prune(struct builder *s)
{
    for (int32_t a = 0; a < (int32_t)s->inst->n_airframes; a++) {
        struct line *line = &s->work.line[a];
        const struct airframe *x = &s->inst->airframe[a];
        for (size_t k = line->n; k-- > 0;) {
            const struct flight *f = line->flight[k];
            cent_t worth = 0;
            for (size_t r = 0; r < f->mission.n_rides; r++)
                worth += f->mission.ride[r].pax * s->inst->demand[f->mission.ride[r].demand].penalty;
            int32_t at = line_place(&s->work, a, k);
            bool joined = k + 1 < line->n ? line->flight[k + 1]->from == at
                                          : k == 0 || may_end_at(x->end_anywhere, x->end_at, x->n_end_at, at);
            if (f->fixed || worth > f->cost || !joined || !holds_without(s, a, k) ||
                timeline_covers(&s->work, f, NULL, 0) > s->work.defects)
                continue;
            timeline_remove(&s->work, a, k);
            timeline_cover(&s->work);
        }
    }
}

/* Times flights anew where that is cheaper: what was in their way may be gone. */
static void tighten(struct builder *s)
{
    for (int32_t a = 0; a < (int32_t)s->inst->n_airframes; a++)
        for (size_t k = 0; k < s->work.line[a].n && !s->failed; k++) {
            struct change *c = s->trial;
            const struct flight *f = s->work.line[a].flight[k];
            if (f->fixed || !draft_from(&c->part[0], f))
                continue;
            c->airframe = a;
            c->place = k;
            c->old = f;
            c->n = 1;
            if (change_fit(s, c, 0))
                change_apply(s, c);
        }
}

/* --- repair --- */

enum { BY_CHANCE, BY_WORTH, BY_UNTIL, BY_FROM, BY_LENGTH, BY_PAST, N_RULES };

static double urgency(struct builder *s, int32_t d, int rule)
{
    const struct demand *x = &s->inst->demand[d];
    switch (rule) {
    case BY_CHANCE:
        return chance_unit(s);
    case BY_WORTH:
        return -(double)s->work.left[d] * (double)x->penalty;
    case BY_UNTIL:
        return (double)x->pickup.until;
    case BY_FROM:
        return (double)x->pickup.from;
    case BY_PAST:
        return -s->past[d] * chance_unit(s);
    default: /* BY_LENGTH */
        if (s->inst->n_types == 0)
            return 0;
        return -(double)instance_leg(s->inst, 0, x->origin, x->destination)->block + chance_unit(s);
    }
}

void remember_missed(struct builder *s, const bool *missed)
{
    for (size_t d = 0; d < s->inst->n_demands; d++)
        s->past[d] = 0.99 * s->past[d] + missed[d];
}

static void note_missed(struct builder *s, const struct timeline *t)
{
    for (size_t d = 0; d < s->inst->n_demands; d++)
        s->missed[d] = t->left[d] > 0;
}

/* Inserts who is left behind, and notes in `missed` who still is. in_round: a few only of those who were left behind
 * before it, for whom most of the lines have no more room than when they were tried last. */
static void repair(struct builder *s, int rule, bool in_round)
{
    enum { FEW = 4 };
    size_t n = 0, old = 0;
    for (size_t d = 0; d < s->inst->n_demands && in_round; d++)
        old += s->work.left[d] > 0 && s->work.left[d] == s->now.left[d];
    double share = old > FEW ? (double)FEW / (double)old : 1;
    bool near = in_round && chance_unit(s) >= WIDE;
    for (int32_t d = 0; d < (int32_t)s->inst->n_demands; d++)
        if (s->work.left[d] > 0 && (share >= 1 || s->work.left[d] != s->now.left[d] || chance_unit(s) < share))
            s->order[n++] = (struct pick){.demand = d, .key = urgency(s, d, rule)};
    if (n)
        qsort(s->order, n, sizeof *s->order, by_key);
    for (size_t i = 0; i < n && !s->stopped && !s->failed; i++) {
        int32_t d = s->order[i].demand;
        while (s->work.left[d] > 0 && insert_some(s, d, near && s->work.left[d] == s->now.left[d]))
            ;
    }
    note_missed(s, &s->work);
}

/* --- shift: what comes later is flown again, earlier or behind something new --- */

enum { FEW_LINES = 6 };

/* The flight as a draft of an airframe that stands at `place`. */
static bool draft_adapted(struct draft *d, const struct flight *f, int32_t airframe, int32_t place)
{
    if (!draft_from(d, f))
        return false;
    d->flight.mission.airframe = airframe;
    return draft_start_at(d, place);
}

/* Flies it again as early as may be, by whichever airframe of the type does so at the least cost. */
static void fly_again(struct builder *s, const struct flight *f)
{
    double share = fmin(0.5, (double)FEW_LINES / (double)s->inst->n_airframes);
    s->found->score = INFINITY;
    s->found->n = 0;
    for (int32_t a = 0; a < (int32_t)s->inst->n_airframes; a++) {
        const struct line *line = &s->work.line[a];
        if (s->inst->airframe[a].type != f->type || (a != f->mission.airframe && chance_unit(s) >= share))
            continue;
        for (size_t k = line->n + 1; k-- > 0;) {
            struct change *c = change_new(s, a, k);
            struct draft *d = &c->part[0];
            int32_t place = line_place(&s->work, a, k);
            if ((k < line->n && !line->flight[k]->fixed) || search_stopped(s))
                break;
            if ((k < line->n && line->flight[k]->from != f->to) || !draft_adapted(d, f, a, place) ||
                !clamp_rides(s, &d->flight.mission))
                continue;
            if ((place != f->from || !s->ground.all_fuel) && !draft_carries(&s->work, d, k, NULL))
                continue;
            if (!change_fit(s, c, INT64_MAX))
                continue;
            double score = (double)d->flight.cost + s->hour_scale * (double)(d->flight.ready - f->ready) / 3600;
            if (score < s->found->score)
                change_keep(s, score);
        }
    }
    if (s->found->n > 0)
        change_apply(s, s->found);
}

/* Takes everything off some airframes from some turn on, puts in a little of what was left behind, and flies the rest
 * again. */
static void shift(struct builder *s)
{
    struct timeline *t = &s->work;
    size_t n = 0, first = chance_below(s, t->n_turns + 1), lines = 1 + chance_below(s, FEW_LINES);
    if (!pick_room(s, s->work.n_turns))
        return;
    for (size_t a = 0; a < s->inst->n_airframes; a++)
        s->touched[a] = chance_below(s, s->inst->n_airframes) < lines;
    for (size_t i = first; i < t->n_turns; i++)
        if (!t->turn[i].flight->fixed && s->touched[t->turn[i].flight->mission.airframe])
            s->pick[n++].flight = t->turn[i].flight; /* `now` keeps them alive */
    for (size_t i = n; i-- > 0;)
        drop(s, s->pick[i].flight);
    timeline_cover(t);
    double lose = 0.2 * chance_unit(s) * chance_unit(s), swap = 0.2 * chance_unit(s) * chance_unit(s);
    for (size_t i = 0; i + 1 < n; i++)
        if (chance_unit(s) < swap) {
            struct pick other = s->pick[i];
            s->pick[i] = s->pick[i + 1];
            s->pick[i + 1] = other;
        }
    size_t open = 0;
    for (int32_t d = 0; d < (int32_t)s->inst->n_demands; d++)
        if (s->now.left[d] > 0)
            s->order[open++].demand = d;
    for (size_t i = chance_below(s, 3); i-- > 0 && open > 0 && !s->stopped && !s->failed;)
        insert_some(s, s->order[chance_below(s, open)].demand, false);
    for (size_t i = 0; i < n && !s->stopped && !s->failed; i++)
        if (chance_unit(s) >= lose)
            fly_again(s, s->pick[i].flight);
}

/* --- rebuild: some airframes fly anew from some time on, by what a linear program says --- */

/* Ends a round: true where the work timeline is a schedule that costs less than `limit`. */
static bool finish(struct builder *s)
{
    if (!settle(s) || s->failed)
        return false;
    prune(s);
    if (s->work.cost < s->limit + (s->now.cost >> 10))
        tighten(s);
    return s->work.defects == 0 && s->work.cost < s->limit;
}

/* As finish. */
static bool rebuild(struct builder *s)
{
    enum { LEAST_WIDTH = 4, DOUBLINGS = 4, MOST_LINES = 3, OFFERED = 3 };
    size_t lines = 1 + chance_below(s, MOST_LINES), n = 0, open = s->inst->n_airframes;
    sec_t from = chance_unit(s) < 0.3 ? SEC_EARLIEST : (sec_t)(chance_unit(s) * (double)s->inst->end);
    bool *closed = calloc(s->inst->n_airframes + 1, sizeof *closed);
    if (!closed || !pick_room(s, s->work.n_turns)) {
        s->failed = true;
        free(closed);
        return false;
    }
    for (; open > lines; open--) {
        size_t a = chance_below(s, s->inst->n_airframes);
        while (closed[a])
            a = (a + 1) % s->inst->n_airframes;
        closed[a] = true;
    }
    for (size_t i = 0; i < s->work.n_turns; i++) {
        const struct flight *f = s->work.turn[i].flight;
        if (!f->fixed && !closed[f->mission.airframe] && f->begin >= from)
            s->pick[n++].flight = f; /* `now` keeps them alive */
    }
    for (size_t i = n; i-- > 0;)
        drop(s, s->pick[i].flight);
    timeline_cover(&s->work);
    struct timeline begin;
    struct beam_task task = {.guide = s->task->guide,
                             .begin = &begin,
                             .closed = closed,
                             .width = (size_t)LEAST_WIDTH << chance_below(s, DOUBLINGS),
                             .most = OFFERED};
    bool made = timeline_init(&begin, &s->ground) && timeline_copy(&begin, &s->work);
    s->failed = s->failed || !made;
    made = made && beam(s, &task, finish);
    if (begin.ground)
        timeline_release(&begin);
    free(closed);
    return made;
}

/* --- rounds --- */

enum { LOAD_PLAN_RULE = 12 };

/* The schedule keeps the commitments, which may contradict each other, and breaks no rule but that of load plans: it
 * has none yet, and flights were asked for theirs when they were made. False, too, when out of memory (`failed` is
 * set). */
static bool keeps_commitments(struct builder *s, const struct schedule *schedule)
{
    struct verdict verdict;
    if (!check_schedule(s->inst, schedule, &verdict, NULL)) {
        s->failed = true;
        return false;
    }
    bool valid = true;
    for (size_t i = 0; i < verdict.n_breaches; i++)
        valid = valid && verdict.breach[i].rule == LOAD_PLAN_RULE;
    verdict_release(&verdict);
    return valid;
}

/* Hands a timeline over where it is a schedule better than the best. */
static void offer(struct builder *s, const struct timeline *t)
{
    if (t->defects > 0 || t->cost >= s->best_cost)
        return;
    struct schedule schedule;
    if (!timeline_schedule(t, &schedule)) {
        s->failed = true;
        return;
    }
    if (s->inst->committed.n_missions > 0 && !keeps_commitments(s, &schedule)) {
        schedule_release(&schedule);
        return;
    }
    s->best_cost = t->cost;
    s->failed = !s->task->take(s->task->context, &schedule, t->cost) || !timeline_copy(&s->best, t);
}

/* What the outcome of a round has to cost less than. */
static cent_t limit_by(struct builder *s, double heat)
{
    return s->now.cost + (cent_t)(-heat * log(chance_unit(s) + 1e-12));
}

static bool round_of(struct builder *s, double heat)
{
    if (!timeline_copy(&s->work, &s->now)) {
        s->failed = true;
        return false;
    }
    memset(s->touched, 0, s->inst->n_airframes * sizeof *s->touched);
    s->blink = 0.02 * chance_unit(s);
    s->noise = 0.2 * chance_unit(s);
    s->hope = 0.3;
    s->detour = fmin(1, 2 * chance_unit(s));
    s->hour = s->hour_scale * 0.1 * pow(chance_unit(s), 2);
    if (s->task->guide && chance_unit(s) < REBUILT) {
        s->limit = limit_by(s, heat);
        note_missed(s, &s->now);
        return rebuild(s);
    }
    double flights = (double)s->now.n_turns, rides = (double)count_rides(s);
    if (chance_unit(s) < 0.15)
        shift(s);
    else if (rides > 0 && chance_unit(s) < 1 - flights / rides) /* with one ride on each it is the same */
        bump(s);
    else
        destroy(s);
    if (s->failed)
        return false;
    repair(s, (int)chance_below(s, N_RULES), true);
    if (s->failed || s->stopped)
        return false;
    s->limit = limit_by(s, heat);
    return finish(s);
}

/* The work timeline becomes a schedule; the best since `now` was taken last is gone on with. */
static bool take_made(struct builder *s)
{
    if (settle(s) && !s->failed) {
        prune(s);
        offer(s, &s->work);
        if (s->work.defects == 0 && !s->failed && s->work.cost < s->now.cost)
            s->failed = !timeline_copy(&s->now, &s->work);
    }
    return false;
}

/* A schedule from nothing but the commitments, by what a linear program says. Beams get wider each time. False: none.
 */
static bool start_guided(struct builder *s)
{
    enum { FIRST_WIDTH = 32, MOST_WIDTH = 256, MOST_TOGETHER = 25600 };
    if (s->task->guide->whole)
        return false;
    size_t most = MOST_TOGETHER / (s->inst->n_airframes + s->inst->n_crews + s->inst->n_demands + 1);
    s->width = s->width ? 2 * s->width : FIRST_WIDTH;
    s->width = s->width < MOST_WIDTH ? s->width : MOST_WIDTH;
    s->width = s->width < most + 1 ? s->width : most + 1;
    s->noise = 0.2 * chance_unit(s);
    s->now.cost = INT64_MAX;
    struct beam_task task = {.guide = s->task->guide, .begin = &s->base, .width = s->width, .most = s->width};
    beam(s, &task, take_made);
    return s->now.cost < INT64_MAX;
}

/* A schedule from nothing but the commitments. */
static bool start_afresh(struct builder *s)
{
    if (s->task->guide)
        return start_guided(s);
    if (!timeline_copy(&s->work, &s->base)) {
        s->failed = true;
        return false;
    }
    s->blink = 0.02;
    s->noise = 0.2;
    repair(s, (int)chance_below(s, N_RULES), false);
    remember_missed(s, s->missed);
    if (s->stopped || s->failed || !settle(s))
        return false;
    prune(s);
    offer(s, &s->work);
    if (s->work.defects > 0 || s->failed)
        return false;
    s->failed = s->failed || !timeline_copy(&s->now, &s->work);
    return true;
}

/* A round changes a few flights, however many there are; where they are many, less of the cost is at stake. */
static double warmth(const struct builder *s)
{
    enum { FEW = 100 };
    return s->now.n_turns <= FEW ? 1 : (double)FEW / (double)s->now.n_turns;
}

/* Up to `most` rounds with some heat at first and little at last, after `length` of them or when all time is gone. */
static void cool(struct builder *s, struct ahead *ahead, double heat, int64_t length, int64_t most)
{
    for (int64_t k = 0; k < most && !s->stopped && !s->failed;) {
        double heats[MOST_AHEAD], by_time = s->task->gone ? s->task->gone(s->task->context) : 0;
        size_t n = most - k < MOST_AHEAD ? (size_t)(most - k) : MOST_AHEAD;
        for (size_t i = 0; i < n; i++) {
            double share = fmax(by_time, (double)(k + (int64_t)i) / (double)length);
            heats[i] = heat * warmth(s) * pow(0.01, share) * (double)s->now.cost;
        }
        const struct timeline *changed;
        k += (int64_t)ahead_run(ahead, heats, n, &changed);
        if (changed)
            offer(s, changed);
        if (changed && !s->failed)
            s->failed = !timeline_copy(&s->now, changed);
    }
}

static void begin_phase(struct builder *s, bool fresh)
{
    if ((!fresh || !start_afresh(s)) && !s->failed)
        s->failed = !timeline_copy(&s->now, &s->best);
}

/* Phases that cool down. The first begin afresh, since where one begins decides much of where one ends; later ones go
 * on with the best, longer and longer. */
static void rounds(struct builder *s, struct ahead *ahead)
{
    enum { FRESH = 4, EVERY = 4 };
    int64_t i = 0, length = 3000;
    bool begun = s->task->begin || s->task->flown;
    if (s->task->heat > 0) {
        begin_phase(s, !begun);
        cool(s, ahead, s->task->heat, s->task->most_rounds, s->task->most_rounds);
        return;
    }
    for (int phase = begun ? FRESH : 0; i < s->task->most_rounds && !s->stopped && !s->failed; phase++) {
        bool fresh = phase < FRESH || phase % EVERY == EVERY - 1;
        if (phase > FRESH)
            length += length / 2;
        begin_phase(s, fresh);
        int64_t most = s->task->most_rounds - i < length ? s->task->most_rounds - i : length;
        cool(s, ahead, fresh ? 0.01 : 0.001, length, most);
        i += most;
    }
}

/* --- beginning --- */

static bool same_mission(const struct mission *a, const struct mission *b)
{
    return a->airframe == b->airframe && a->crew == b->crew && a->stop[0].departure == b->stop[0].departure &&
           a->n_stops == b->n_stops;
}

static bool is_committed(const struct instance *inst, const struct mission *m)
{
    bool found = false;
    for (size_t i = 0; i < inst->committed.n_missions && !found; i++)
        found = same_mission(&inst->committed.mission[i], m);
    return found;
}

static bool begin_with(struct builder *s, struct timeline *t, const struct schedule *schedule)
{
    for (size_t i = 0; i < schedule->n_missions; i++) {
        const struct mission *m = &schedule->mission[i];
        struct flight *f = flight_from_mission(s->inst, m, is_committed(s->inst, m));
        if (!f)
            return false;
        size_t k = t->line[m->airframe].n;
        while (k > 0 && t->line[m->airframe].flight[k - 1]->begin > f->begin)
            k--;
        if (!timeline_add(t, f, k, m->crew))
            return false;
    }
    timeline_cover(t);
    return true;
}

/* What an hour of flying costs: the scale of what an hour of an airframe may be worth. */
static double dearest_hour(const struct instance *inst)
{
    cent_t most = 0;
    for (size_t y = 0; y < inst->n_types; y++)
        most = inst->type[y].cost_per_block_hour > most ? inst->type[y].cost_per_block_hour : most;
    return (double)most;
}

static bool search_init(struct builder *s, const struct construct_task *task)
{
    *s = (struct builder){.task = task, .inst = task->inst, .random = task->seed, .best_cost = INT64_MAX};
    s->hour_scale = dearest_hour(s->inst);
    s->order = calloc(s->inst->n_demands + 1, sizeof *s->order);
    s->past = calloc(s->inst->n_demands + 1, sizeof *s->past);
    s->missed = calloc(s->inst->n_demands + 1, sizeof *s->missed);
    s->found = calloc(1, sizeof *s->found);
    s->trial = calloc(1, sizeof *s->trial);
    return s->order && s->past && s->missed && s->found && s->trial && ground_init(&s->ground, s->inst) &&
           make_ways(s) && timeline_init(&s->base, &s->ground) && timeline_init(&s->now, &s->ground) &&
           timeline_init(&s->work, &s->ground) && timeline_init(&s->best, &s->ground);
}

static void search_release(struct builder *s)
{
    if (s->base.ground)
        timeline_release(&s->base);
    if (s->now.ground)
        timeline_release(&s->now);
    if (s->work.ground)
        timeline_release(&s->work);
    if (s->best.ground)
        timeline_release(&s->best);
    ground_release(&s->ground);
    free(s->hop[0]);
    free(s->hop[1]);
    free(s->order);
    free(s->past);
    free(s->missed);
    free(s->pick);
    free(s->found);
    free(s->trial);
}

bool construct(const struct construct_task *task)
{
    struct builder s;
    const struct schedule *committed = &task->inst->committed;
    bool ok = search_init(&s, task) && begin_with(&s, &s.base, committed) &&
              begin_with(&s, &s.work, task->begin ? task->begin : committed);
    if (ok && task->begin)
        s.best_cost = s.work.cost;
    if (ok) {
        s.detour = 1;
        if (task->flown) {
            follow(&s, task->groups, task->flown, task->n_flown);
            settle(&s);
        }
        repair(&s, BY_WORTH, false);
        remember_missed(&s, s.missed);
        bool settled = !s.failed && settle(&s);
        prune(&s);
        if (settled && !s.failed)
            offer(&s, &s.work);
        ok = !s.failed && timeline_copy(&s.now, &s.work) && timeline_copy(&s.best, &s.work);
        struct ahead *ahead = ok && settled ? ahead_new(&s, round_of) : NULL;
        if (ahead)
            rounds(&s, ahead);
        ok = ok && (ahead || !settled);
        ahead_free(ahead);
    }
    ok = ok && !s.failed;
    search_release(&s);
    return ok;
}
