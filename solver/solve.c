/* The phases of a search. docs/model.md. */
#include "solver/solve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/certify.h"
#include "solver/coarse.h"
#include "solver/construct.h"
#include "solver/dive.h"
#include "solver/flow_bound.h"
#include "solver/guide.h"
#include "solver/price.h"
#include "solver/quick_bound.h"
#include "solver/search.h"
#include "solver/tree.h"
#include "solver/work.h"

#define ROOT_TIME   0.35  /* most of the time limit spent before the first dive */
#define MEANS_TIME  0.4   /* ... where rows are means over spans */
#define GIVEN_FIRST 0.5   /* of the gap, by the first proofs there, ... */
#define GIVEN_LAST  0.005 /* ... and by the last, with rows of whole loads and before them */
#define LOADS_AFTER 0.5   /* of the time for the root is gone: rows of whole loads are left out */
#define BETTER_TIME 0.3   /* of what is left after the root, on schedules ... */
#define DIVE_TIME   0.4   /* ... of what is left then, on dives and neighbourhoods */
#define BELOW_TIME  0.4   /* of the time for schedules at most, on a dive in means over spans */
#define FIRST_TIME  0.05  /* ... on schedules before the first linear program ... */
#define FLOW_TIME   0.1   /* ... on the flow bound after them, and after a root that proved less ... */
#define COARSE_TIME 0.4   /* ... on bounds by coarser steps, where those of the instance are too fine ... */
#define FREE_TIME   0.3   /* ... on a bound without commitments, where they make rows many ... */
#define SEARCH_TIME 0.8   /* ... and of what is left after it on schedules, where its rows are means over spans */
#define PASS_TIME   0.85  /* ... of that, of what is left of it, on one pass on a long horizon, ... */
#define LEAST_PASS  2     /* ... or all of it where that is no more seconds or units of work */
#define WARM        0.004 /* of the cost: where rounds begin to cool down there ... */
#define COOL        0.001 /* ... and where those do that go on with a good schedule */

enum {
    FIRST_ROUNDS = 400,
    ROUNDS_EACH = 100 /* demand */,
    MORE_ROUNDS = 20000,
    FEW_ROUNDS = 5000,
    LONG_EACH = 10000 /* demand */,
    MOST_MISSES = 5,
    MOST_PERIODS = 128 /* of the flow bound */
};

/* Leaves the next phase `share` of the time and of the work; returns what `until` is to be again after it. */
static struct deadline begin_phase(struct search *s, double share)
{
    struct deadline until = s->until;
    if (until.seconds > 0)
        s->until.seconds -= (1 - share) * fmax(0, until.seconds - seconds(s));
    if (until.work < INT64_MAX)
        s->until.work -= (int64_t)((1 - share) * fmax(0, (double)(until.work - s->work)));
    return until;
}

/* As begin_phase, and no more work than all before. */
static struct deadline begin_as_long(struct search *s, double share)
{
    struct deadline until = begin_phase(s, share);
    if (s->until.work > 2 * s->work)
        s->until.work = 2 * s->work;
    return until;
}

static bool search_over(void *context)
{
    return out_of_time(context) || good_enough(context);
}

static bool take_schedule(void *context, struct schedule *schedule, cent_t cost)
{
    bool valid;
    (void)cost;
    return consider(context, schedule, &valid);
}

/* Schedules without a linear program, from the best there is or anew. The task says the seed, the rounds, and what a
 * program knows. */
static bool search_schedules(struct search *s, bool anew, struct construct_task task)
{
    struct schedule begin;
    task.inst = s->inst;
    task.stop = search_over;
    task.take = take_schedule;
    task.pool = s->pool;
    task.work = &s->work;
    task.loads = s->loads;
    task.context = s;
    if (!anew && s->have_plan && s->plan->schedule.n_missions > s->inst->committed.n_missions) {
        if (!schedule_copy(&begin, &s->plan->schedule))
            return error_set(s->err, ERR_MEMORY, "out of memory");
        task.begin = &begin;
    }
    enum search_phase before = turn_to(s, PHASE_PRIMAL);
    bool ok = construct(&task) || error_set(s->err, ERR_MEMORY, "out of memory");
    turn_to(s, before);
    if (task.begin)
        schedule_release(&begin);
    return ok;
}

/* Schedules that begin with what a dive takes. */
static bool search_below(struct search *s, uint64_t seed)
{
    struct construct_task task = {.seed = seed, .most_rounds = FEW_ROUNDS, .groups = &s->groups};
    struct deadline until = begin_phase(s, BELOW_TIME);
    enum search_phase before = turn_to(s, PHASE_PRIMAL);
    bool ok = dive_relaxed(s, &task.flown, &task.n_flown);
    turn_to(s, before);
    s->until = until;
    s->phase = "search";
    ok = ok && (!task.flown || search_schedules(s, true, task));
    free(task.flown);
    return ok;
}

static bool limited(const struct search *s)
{
    return s->until.seconds > 0 || s->until.work < INT64_MAX;
}

/* Of the time and the work of the pass. */
static double pass_gone(void *context)
{
    const struct search *s = context;
    double gone = 0;
    if (s->until.seconds > 0)
        gone = (seconds(s) - s->pass.seconds) / fmax(s->until.seconds - s->pass.seconds, 1e-3);
    if (s->until.work < INT64_MAX)
        gone = fmax(gone, (double)(s->work - s->pass.work) / fmax((double)(s->until.work - s->pass.work), 1));
    return fmin(gone, 1);
}

/* Leaves a pass its part of the time, all of it where that is little; returns what `until` is to be again after it. */
static struct deadline begin_pass(struct search *s)
{
    struct deadline until = begin_phase(s, PASS_TIME);
    s->pass = (struct deadline){seconds(s), s->work};
    if ((s->until.seconds > 0 && s->until.seconds - s->pass.seconds < LEAST_PASS) ||
        (s->until.work < INT64_MAX && s->until.work - s->pass.work < LEAST_PASS * (int64_t)WORK_UNIT))
        s->until = until;
    return until;
}

/* Passes from the best schedule, one in four anew, until several gain nothing. On a long horizon each cools down in a
 * part of what time is left, or in as many rounds as demands ask for; elsewhere, and where there is no limit, in
 * rounds, twice as many as the one before. */
static bool search_passes(struct search *s)
{
    bool whole = dive_suits(s), ok = !whole || search_below(s, s->options->seed);
    bool long_pass = relaxed(s) && limited(s);
    struct guide guide;
    if (!ok || !guide_init(&guide, &s->master))
        return error_set(s->err, ERR_MEMORY, "out of memory");
    guide.whole = whole;
    s->phase = "search";
    struct construct_task task = {.most_rounds = long_pass ? (int64_t)s->inst->n_demands * LONG_EACH : FEW_ROUNDS,
                                  .guide = &guide,
                                  .gone = long_pass ? pass_gone : NULL};
    for (uint64_t pass = 1, misses = 0; ok && misses < MOST_MISSES && !search_over(s); pass++) {
        cent_t before = s->have_plan ? s->plan->cost.total : INT64_MAX;
        struct deadline until = long_pass ? begin_pass(s) : s->until;
        task.seed = s->options->seed + pass;
        task.heat = !relaxed(s) ? 0 : pass == 1 && !whole ? WARM : COOL;
        ok = search_schedules(s, !whole && pass % 4 == 0, task);
        task.most_rounds *= long_pass ? 1 : 2;
        s->until = until;
        misses = s->have_plan && s->plan->cost.total < before ? 0 : misses + 1;
    }
    guide_release(&guide);
    s->phase = "tree";
    return ok;
}

/* Proofs that give away less and less. */
static enum outcome sharpen(struct search *s, double *bound)
{
    enum outcome outcome = CONVERGED;
    while (outcome == CONVERGED && s->given_away > GIVEN_LAST) {
        s->given_away /= 5;
        outcome = generate(s, 0, bound);
    }
    return outcome;
}

/* What of the phase's time and work has gone since `begun`. */
static double used(const struct search *s, struct deadline begun)
{
    double share = 0;
    if (s->until.seconds > 0)
        share = (seconds(s) - begun.seconds) / fmax(1e-9, s->until.seconds - begun.seconds);
    if (s->until.work < INT64_MAX)
        share = fmax(share, (double)(s->work - begun.work) / fmax(1, (double)(s->until.work - begun.work)));
    return share;
}

/* Schedules without a linear program again. */
static bool search_as_long(struct search *s)
{
    struct deadline until = begin_as_long(s, BETTER_TIME);
    bool ok = search_passes(s);
    s->until = until;
    return ok;
}

/* Goes on with the bound from flows until `until`, which is what s->until will be again. */
static void raise_by_flows(struct search *s, struct deadline until)
{
    enum search_phase before = turn_to(s, PHASE_FLOWS);
    cent_t bound = flow_bound(s->inst, &s->periods, MOST_PERIODS, &s->work, out_of_time, s);
    turn_to(s, before);
    s->flows = bound > s->flows ? bound : s->flows;
    s->bound = bound > s->bound ? bound : s->bound;
    s->until = until;
}

/* Column generation at the root: proofs that give away first, a bound is soon there then. Rows of whole loads, which
 * make pricing slower, come only where the program without them took little of the time. Rows that are means over spans
 * get finer, after a schedule was found with them. */
static enum outcome generate_root(struct search *s, double *bound)
{
    bool large = s->master.span > 1;
    struct deadline until = begin_phase(s, s->outer ? 1 : large ? MEANS_TIME : ROOT_TIME);
    struct deadline begun = {seconds(s), s->work};
    s->given_away = s->master.labels ? 0 : GIVEN_FIRST;
    s->crossings = s->whole_loads = false;
    enum outcome outcome = generate(s, coarsest(s), bound), sharper = outcome;
    s->crossings = !s->master.labels;
    if (sharper == CONVERGED && s->crossings)
        sharper = generate(s, relaxed(s) ? finest(s) : coarsest(s), bound);
    if (sharper == CONVERGED)
        sharper = sharpen(s, bound);
    if (sharper == CONVERGED && !s->master.labels && used(s, begun) < LOADS_AFTER) {
        s->whole_loads = true;
        s->given_away = GIVEN_FIRST;
        sharper = generate(s, relaxed(s) ? finest(s) : coarsest(s), bound);
    }
    if (sharper == CONVERGED)
        sharper = sharpen(s, bound);
    s->until = until;
    if (s->outer && sharper != CONVERGED)
        return sharper;
    if (sharper == STOPPED && s->bound == s->flows) /* pricing has nothing to say yet */
        raise_by_flows(s, begin_phase(s, FLOW_TIME));
    if (!large) {
        s->given_away = s->outer || s->master.labels ? 0 : GIVEN_LAST;
        if (s->outer)
            return generate(s, 0, bound);
        bool improve = sharper == STOPPED || (sharper == CONVERGED && !s->master.labels);
        return !improve || search_as_long(s) ? sharper : BROKEN;
    }
    if (!s->outer && (outcome == CONVERGED || outcome == STOPPED)) {
        until = begin_phase(s, outcome == CONVERGED ? SEARCH_TIME : 1);
        bool ok = search_passes(s);
        s->until = until;
        if (!ok)
            return BROKEN;
    }
    if (good_enough(s))
        return ENOUGH;
    if (outcome == CONVERGED)
        outcome = generate(s, 0, bound); /* a smaller gap asks for sharper proofs */
    while (outcome == CONVERGED && s->master.span > 1) {
        s->master.span = s->master.span / 2 < s->inst->rules.step ? 1 : s->master.span / 2;
        if (s->outer && s->master.span == 1)
            s->given_away = 0;
        outcome = generate(s, 1, bound);
    }
    return outcome;
}

static double *copy_duals(const struct master *m)
{
    double *copy = malloc((m->n_rows + 1) * sizeof *copy);
    if (copy)
        memcpy(copy, m->dual, m->n_rows * sizeof *copy);
    return copy;
}

/* At the root: schedules by diving. What the duals of the root say about missions is kept for later. */
static bool improve_root(struct search *s, enum outcome *outcome, double *bound)
{
    struct master *m = &s->master;
    s->root = *outcome == CONVERGED && isfinite(s->round_bound) ? copy_duals(m) : NULL;
    s->n_root = m->n_rows;
    s->root_bound = s->round_bound;
    bool ok =
        s->root || *outcome != CONVERGED || !isfinite(s->round_bound) || error_set(s->err, ERR_MEMORY, "out of memory");
    enum search_phase before = turn_to(s, PHASE_PRIMAL);
    bool dives = first_span(s) <= 1 && !s->outer;
    struct deadline until = begin_phase(s, DIVE_TIME);
    if (ok && dives)
        ok = dive_again(s);
    if (ok && dives && *outcome == STOPPED && !s->master.labels)
        ok = polish(s);
    s->until = until;
    turn_to(s, before);
    if (ok && !out_of_time(s))
        ok = enumerate(s);
    if (ok) /* a dive left another solution behind */
        *outcome = out_of_time(s) || good_enough(s) ? STOPPED : generate(s, coarsest(s), bound);
    return ok;
}

/* Whether the root's solution is no schedule yet: not whole-numbered, or without load plans. */
static bool unfinished(struct search *s)
{
    const struct master *m = &s->master;
    bool planned = all_whole(m);
    for (size_t j = 0; j < m->n_columns && planned; j++)
        planned = m->x[j] < WHOLE || column_plan(s, &m->column[j]) == LOAD_PLANNED;
    return !planned;
}

/* The root, and from it the tree. */
static bool search_tree(struct search *s)
{
    double bound = -INFINITY;
    enum outcome outcome = generate_root(s, &bound);
    s->nodes++;
    if ((outcome == STOPPED || (outcome == CONVERGED && unfinished(s))) && !improve_root(s, &outcome, &bound))
        return false;
    return tree(s, outcome, bound);
}

/* Who flies a commitment speaks for nobody else. */
static bool take_mission(struct search *s, const struct mission *mission, bool fixed)
{
    struct column col;
    if (!column_from(&col, s->inst, &s->groups, mission))
        return error_set(s->err, ERR_MEMORY, "out of memory");
    col.fixed = col.mission.committed = fixed;
    return master_take_column(&s->master, &col) >= 0 || error_set(s->err, ERR_ENGINE, "a mission could not be added");
}

static bool take_commitments(struct search *s)
{
    bool ok = true;
    for (size_t i = 0; i < s->inst->committed.n_missions && ok; i++)
        ok = take_mission(s, &s->inst->committed.mission[i], true);
    return ok;
}

/* The missions of the best schedule, so that the first duals are those of something flown. */
static bool take_best(struct search *s)
{
    bool ok = true;
    for (size_t i = 0; s->have_plan && i < s->plan->schedule.n_missions && ok; i++)
        ok = s->plan->schedule.mission[i].committed || take_mission(s, &s->plan->schedule.mission[i], false);
    return ok;
}

/* More than any schedule costs that need not be beaten: all penalties, the commitments, and as many missions again. */
static double worth_keeping(const struct instance *inst)
{
    double sum = 1000, dearest = 0;
    for (size_t d = 0; d < inst->n_demands; d++)
        sum += (double)inst->demand[d].penalty / 100.0 * inst->demand[d].pax;
    for (size_t i = 0; i < inst->n_types * inst->n_airfields * inst->n_airfields; i++)
        if (inst->leg[i].block > 0)
            dearest = fmax(dearest, (double)(inst->leg[i].cost + inst->leg[i].fee) / 100.0);
    for (size_t t = 0; t < inst->n_types; t++)
        dearest = fmax(dearest, (double)inst->type[t].cost_per_mission / 100.0);
    for (size_t i = 0; i < inst->committed.n_missions; i++) {
        struct column col = {.mission = inst->committed.mission[i]};
        col.type = inst->airframe[col.mission.airframe].type;
        column_finish(&col, inst);
        sum += (double)col.cost / 100.0;
    }
    return 2 * sum + 40 * dearest * (double)(inst->n_airframes + inst->n_crews + inst->committed.n_missions);
}

/* The schedule that moves nobody but keeps the commitments. */
static bool consider_least(struct search *s)
{
    struct schedule schedule;
    bool valid;
    if (!schedule_copy(&schedule, &s->inst->committed))
        return error_set(s->err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < schedule.n_missions; i++)
        schedule.mission[i].committed = true;
    return consider(s, &schedule, &valid);
}

/* The search with airframes and crews grouped or each by itself. */
static bool search_with(struct search *s, bool single)
{
    s->unassignable = s->entire = false;
    s->tried_gap = INFINITY;
    s->open = INFINITY;
    s->nodes = 0;
    s->phase = single ? "single" : "tree";
    if (!groups_init(&s->groups, s->inst, single))
        return error_set(s->err, ERR_MEMORY, "out of memory");
    bool ok = master_init(&s->master, s->inst, &s->groups, s->keep, s->keep > 0 ? s->keep : worth_keeping(s->inst),
                          &s->work) ||
              error_set(s->err, ERR_ENGINE, "the linear program could not be set up");
    s->master.span = first_span(s);
    s->master.labels = by_labels(s);
    ok = ok && take_commitments(s) && take_best(s) && search_tree(s);
    if (ok)
        raise_bound(s, fmin(s->open, s->have_plan ? (double)s->plan->cost.total / 100.0 : -INFINITY));
    free(s->root);
    s->root = NULL;
    free(s->best);
    s->best = NULL;
    s->n_best = 0;
    s->columns += (int64_t)s->master.n_columns;
    master_release(&s->master);
    groups_release(&s->groups);
    return ok;
}

/* A bound by a relaxation of the instance, of which `best`, taken over, is the best schedule known. *more: it had time
 * enough. */
static bool bound_by(struct search *s, const struct instance *relaxation, struct schedule *best, bool *more)
{
    struct plan plan;
    struct solve_options options = *s->options;
    options.certificate = NULL;
    options.progress = NULL;
    struct search r = {.inst = relaxation,
                       .options = &options,
                       .err = s->err,
                       .pool = s->pool,
                       .began = s->began,
                       .until = s->until,
                       .work = s->work,
                       .plan = &plan,
                       .keep = relaxation->committed.n_missions ? worth_keeping(relaxation) : 0,
                       .at = s->at,
                       .at_since = s->at_since,
                       .outer = s};
    bool valid = false;
    plan_init(&plan);
    memcpy(r.phase_s, s->phase_s, sizeof r.phase_s);
    bool ok = !load_planning(relaxation) || (r.loads = load_planner_new(relaxation)) != NULL ||
              error_set(s->err, ERR_MEMORY, "out of memory");
    if (!ok)
        schedule_release(best);
    ok = ok && consider(&r, best, &valid);
    /* no relaxation that leaves out a schedule we know may say anything */
    ok = ok && (!valid || price_grid_too_fine(relaxation) || search_with(&r, false));
    *more = ok && valid && !out_of_time(&r);
    s->work = r.work;
    s->at_since = r.at_since;
    memcpy(s->phase_s, r.phase_s, sizeof r.phase_s);
    s->columns += r.columns;
    load_planner_free(r.loads);
    plan_release(&plan);
    return ok;
}

/* A bound by the instance with take-offs every `step` seconds and everything else eased. */
static bool bound_by_steps(struct search *s, sec_t step, bool *more)
{
    struct instance coarse;
    struct schedule rounded;
    if (!coarse_instance(s->inst, step, &coarse))
        return error_set(s->err, ERR_MEMORY, "out of memory");
    bool ok = schedule_copy(&rounded, &s->plan->schedule) || error_set(s->err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; ok && i < rounded.n_missions; i++)
        coarse_mission(&coarse, &rounded.mission[i]);
    ok = ok && bound_by(s, &coarse, &rounded, more);
    coarse_release(&coarse);
    return ok;
}

/* A bound by the instance without its commitments, whose airframes and crews are alike then. */
static bool raise_by_freedom(struct search *s)
{
    struct instance free_of_them = *s->inst; /* a view */
    struct schedule best;
    bool more;
    schedule_init(&free_of_them.committed);
    if (!schedule_copy(&best, &s->plan->schedule))
        return error_set(s->err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < best.n_missions; i++)
        best.mission[i].committed = false;
    struct deadline until = begin_phase(s, FREE_TIME);
    bool ok = bound_by(s, &free_of_them, &best, &more);
    s->until = until;
    return ok;
}

/* Where steps are too fine for pricing: bounds by steps as coarse as few rows ask for, and then by finer ones. */
static bool raise_by_steps(struct search *s)
{
    static const sec_t steps[] = {3600, 1800, 1200, 900, 600, 300, 120, 60};
    enum { N = sizeof steps / sizeof steps[0] };
    sec_t most = coarse_most(s->inst);
    size_t i = 0;
    while (i < N && (steps[i] > most || (i + 1 < N && s->inst->end / steps[i + 1] <= MOST_COARSE)))
        i++;
    struct deadline until = begin_phase(s, COARSE_TIME);
    bool ok = true;
    for (bool more = true; ok && i < N && more && !good_enough(s); i++)
        ok = bound_by_steps(s, steps[i], &more);
    s->until = until;
    return ok;
}

static bool came_with_plan(const struct search *s, const struct mission *m)
{
    const struct schedule *committed = &s->inst->committed;
    for (size_t i = 0; i < committed->n_missions && m->committed; i++)
        if (committed->mission[i].load_plan && committed->mission[i].airframe == m->airframe &&
            committed->mission[i].stop[0].departure == m->stop[0].departure)
            return true;
    return false;
}

/* The best load plan of every mission of the best schedule; that of a commitment that came with one stays. */
static bool finish_load_plans(struct search *s)
{
    bool ok = true;
    enum search_phase before = turn_to(s, PHASE_PRIMAL);
    s->phase = "load plans";
    for (size_t i = 0; i < s->plan->schedule.n_missions && ok && s->loads; i++) {
        struct mission *m = &s->plan->schedule.mission[i];
        struct load_plan *best;
        if (!m->load_plan || came_with_plan(s, m) || (s->options->interrupted && *s->options->interrupted))
            continue;
        enum load_answer answer = load_plan_best(s->inst, m, LOAD_NODES, &best);
        ok = answer != LOAD_NO_MEMORY || error_set(s->err, ERR_MEMORY, "out of memory");
        if (answer != LOAD_PLANNED)
            continue;
        load_plan_free(m->load_plan);
        m->load_plan = best;
    }
    turn_to(s, before);
    return ok;
}

/* What is known at the end. ok: the search did not fail. exhausted: no schedule is left to be looked at. */
static bool conclude(struct search *s, bool ok, bool exhausted)
{
    struct plan *plan = s->plan;
    if (!s->have_plan) {
        plan->status = exhausted ? PLAN_IMPOSSIBLE : PLAN_UNKNOWN;
        plan->bound = 0;
        return ok;
    }
    if (s->bound > plan->cost.total)
        return error_set(s->err, ERR_INTERNAL, "the bound is above the cost of a valid schedule");
    plan->bound = s->bound;
    plan->status = good_enough(s) ? PLAN_OPTIMAL : PLAN_FEASIBLE;
    return finish_load_plans(s);
}

bool solve(const struct instance *inst, const struct solve_options *options, struct plan *plan, struct error *err)
{
    struct search s = {.inst = inst,
                       .options = options,
                       .err = err,
                       .plan = plan,
                       .periods = 1,
                       .until = {options->time_limit_s, INT64_MAX}};
    if (options->deterministic_limit > 0)
        s.until.work = (int64_t)(options->deterministic_limit * WORK_UNIT);
    clock_gettime(CLOCK_MONOTONIC, &s.began);
    plan_init(plan);
    s.phase = "start";
    s.at = PHASE_REST;
    s.pool = options->threads > 1 ? pool_new(options->threads) : NULL; /* without one it takes longer, no more */
    s.keep = inst->committed.n_missions ? worth_keeping(inst) : 0;
    bool quick = options->only_rounds > 0;
    bool ok = (!load_planning(inst) || (s.loads = load_planner_new(inst)) != NULL ||
               error_set(err, ERR_MEMORY, "out of memory")) &&
              consider_least(&s);
    bool impossible = ok && !s.have_plan && s.beyond_repair;
    s.bound = quick_bound(inst);
    ok = ok && (certify_quick(options->certificate, inst) || error_set(err, ERR_MEMORY, "out of memory"));
    s.open = INFINITY;
    if (ok && !impossible && !good_enough(&s)) { /* no plan yet: commitments alone leave somebody away */
        struct deadline until = begin_phase(&s, FIRST_TIME);
        int64_t rounds = FIRST_ROUNDS + ROUNDS_EACH * (int64_t)inst->n_demands;
        rounds = by_labels(&s) ? FIRST_ROUNDS : first_span(&s) > 1 || rounds > MORE_ROUNDS ? MORE_ROUNDS : rounds;
        ok = search_schedules(
            &s, true,
            (struct construct_task){.seed = options->seed, .most_rounds = quick ? options->only_rounds : rounds});
        s.until = until;
        if (!quick)
            raise_by_flows(&s, begin_as_long(&s, FLOW_TIME));
    }
    if (ok && !quick && s.have_plan && !good_enough(&s) && price_grid_too_fine(inst) && !by_labels(&s))
        ok = raise_by_steps(&s);
    if (ok && !quick && s.have_plan && !good_enough(&s) && inst->committed.n_missions > 0 && first_span(&s) > 1)
        ok = raise_by_freedom(&s);
    bool looks = ok && !impossible && !quick && !good_enough(&s);
    if (looks)
        ok = search_with(&s, false);
    if (ok && s.unassignable && !good_enough(&s) && !out_of_time(&s))
        ok = search_with(&s, true);
    /* what was given up is open, with a bound of -INFINITY where nothing is proven of it */
    ok = conclude(&s, ok, impossible || (looks && s.open > 0 && isinf(s.open)));
    turn_to(&s, PHASE_REST);
    s.phase = "end";
    s.over = true;
    report(&s);
    load_planner_free(s.loads);
    pool_free(s.pool);
    return ok;
}
