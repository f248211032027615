/* A tree that decides how many of something there are, with column generation at every node. docs/model.md. */
#include "solver/solve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/certify.h"
#include "solver/construct.h"
#include "solver/dive.h"
#include "solver/quick_bound.h"
#include "solver/search.h"

#define ROOT_TIME    0.35 /* most of the time limit spent before the first dive */
#define FIRST_TIME   0.05 /* ... on schedules before the first linear program ... */
#define SEARCH_TIME  0.8  /* ... and of what is left after it on schedules, where its rows are means over spans */
#define LARGE_MASTER 3e6  /* rows x columns; branching is not tried out beyond */

enum { MOST_CANDIDATES = 10, FIRST_ROUNDS = 400, MORE_ROUNDS = 20000, FEW_ROUNDS = 5000, MOST_MISSES = 5 };

/* Leaves the next phase `share` of the time; returns what `until` is to be again after it. */
static double begin_phase(struct search *s, double share)
{
    double until = s->until;
    if (until > 0)
        s->until -= (1 - share) * fmax(0, until - seconds(s));
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

/* Schedules without a linear program, from the best there is or anew. */
static bool search_schedules(struct search *s, bool anew, int64_t rounds, uint64_t seed)
{
    struct schedule begin;
    struct construct_task task = {.inst = s->inst,
                                  .seed = seed,
                                  .most_rounds = rounds,
                                  .stop = search_over,
                                  .take = take_schedule,
                                  .loads = s->loads,
                                  .context = s};
    if (!anew && s->have_plan && s->plan->schedule.n_missions > s->inst->committed.n_missions) {
        if (!schedule_copy(&begin, &s->plan->schedule))
            return error_set(s->err, ERR_MEMORY, "out of memory");
        task.begin = &begin;
    }
    bool ok = construct(&task) || error_set(s->err, ERR_MEMORY, "out of memory");
    if (task.begin)
        schedule_release(&begin);
    return ok;
}

/* Passes in turn from the best schedule and anew, each twice as long as the one before, until several gain nothing. */
static bool search_passes(struct search *s)
{
    int64_t rounds = FEW_ROUNDS;
    bool ok = true;
    s->phase = "search";
    for (uint64_t pass = 1, misses = 0; ok && misses < MOST_MISSES && !search_over(s); pass++, rounds *= 2) {
        cent_t before = s->have_plan ? s->plan->cost.total : INT64_MAX;
        ok = search_schedules(s, pass % 2 == 0, rounds, s->options->seed + pass);
        misses = s->have_plan && s->plan->cost.total < before ? 0 : misses + 1;
    }
    s->phase = "tree";
    return ok;
}

/* Column generation at the root. Rows that are means over spans get finer, after a schedule was found with them. */
static enum outcome generate_root(struct search *s, double *bound)
{
    bool large = s->master.span > 1;
    double until = begin_phase(s, ROOT_TIME);
    enum outcome outcome = generate(s, coarsest(s), bound);
    s->until = until;
    if (large && (outcome == CONVERGED || outcome == STOPPED)) {
        until = begin_phase(s, outcome == CONVERGED ? SEARCH_TIME : 1);
        bool ok = search_passes(s);
        s->until = until;
        if (!ok)
            return BROKEN;
    }
    if (good_enough(s))
        return ENOUGH;
    while (outcome == CONVERGED && s->master.span > 1) {
        s->master.span = s->master.span / 2 < s->inst->rules.step ? 1 : s->master.span / 2;
        outcome = generate(s, 1, bound);
    }
    return outcome;
}

static void give_up(struct search *s, double bound)
{
    s->open = fmin(s->open, bound);
}

static bool node(struct search *s, double bound, int depth);

/* One side of a branching. */
static bool child(struct search *s, const struct branch *branch, bool at_least, double k, double bound, int depth)
{
    if (hopeless(s, bound))
        return true;
    if (out_of_time(s) || good_enough(s) || depth >= DEEPEST) {
        give_up(s, bound);
        return true;
    }
    int row = master_branch(&s->master, branch, at_least, k);
    if (row < 0)
        return error_set(s->err, ERR_ENGINE, "a branch could not be added");
    bool ok = node(s, bound, depth + 1);
    master_relax_branch(&s->master, row);
    return ok;
}

static double *copy_duals(const struct master *m)
{
    double *copy = malloc((m->n_rows + 1) * sizeof *copy);
    if (copy)
        memcpy(copy, m->dual, m->n_rows * sizeof *copy);
    return copy;
}

/* Some mission of x comes to an airfield twice. */
static bool revisits(const struct master *m)
{
    for (size_t j = 0; j < m->n_columns; j++) {
        const struct mission *mission = &m->column[j].mission;
        for (size_t a = 0; m->x[j] > WHOLE && a < mission->n_stops; a++)
            for (size_t b = a + 1; b < mission->n_stops; b++)
                if (mission->stop[a].airfield == mission->stop[b].airfield && b - a < mission->n_stops - 1)
                    return true;
    }
    return false;
}

static bool is_fixed(void *context, const struct branch *branch, double value)
{
    const struct search *s = context;
    return master_fixes(&s->master, branch, value);
}

/* A whole-numbered solution that is no schedule, for a rule that no row says: everything but it is in the children.
 * With groups it may be the assignment that failed; that is left to the search without groups. */
static bool split_whole(struct search *s, double bound, int depth)
{
    struct master *m = &s->master;
    struct branch branch;
    double value = 0;
    if (s->groups.n_airframe < s->inst->n_airframes || s->groups.n_crew < s->inst->n_crews) {
        s->unassignable = true;
        give_up(s, bound);
        return true;
    }
    int found = branch_next(s->inst, m->column, m->x, m->n_columns, is_fixed, s, &branch, &value);
    if (found < 0)
        return error_set(s->err, ERR_MEMORY, "out of memory");
    if (found == 0) {
        /* Only when something is handled, and at which visit, may still differ. */
        if (!(s->timing_blameless || s->unplannable) || revisits(m))
            give_up(s, bound);
        return true;
    }
    if (!child(s, &branch, true, value + 1, bound, depth) ||
        (value > 0 && !child(s, &branch, false, value - 1, bound, depth)))
        return false;
    int most = master_branch(m, &branch, false, value), least = most < 0 ? -1 : master_branch(m, &branch, true, value);
    if (least < 0)
        return error_set(s->err, ERR_ENGINE, "a branch could not be added");
    bool ok = true;
    if (out_of_time(s) || depth >= DEEPEST)
        give_up(s, bound);
    else
        ok = node(s, bound, depth + 1);
    master_relax_branch(m, most);
    master_relax_branch(m, least);
    return ok;
}

/* The candidate whose two sides raise the value most (strong branching, without pricing). */
static bool choose_branch(struct search *s, struct candidate *candidate, int n, struct candidate *chosen)
{
    double value = lp_value(s->master.lp), best = -1;
    *chosen = candidate[0];
    if (n == 1 || (double)s->master.n_rows * (double)s->master.n_columns > LARGE_MASTER)
        return true;
    for (int i = 0; i < n && !out_of_time(s); i++) {
        double k = floor(candidate[i].value), gain[2];
        for (int up = 0; up < 2; up++) {
            gain[up] = master_try_branch(&s->master, &candidate[i].branch, up == 1, k + up) - value;
            if (isnan(gain[up]))
                return error_set(s->err, ERR_ENGINE, "the linear program could not be solved");
            gain[up] = fmin(fmax(gain[up], 1e-3), 1e12);
        }
        if (gain[0] * gain[1] > best * (1 + 1e-9))
            best = gain[0] * gain[1], *chosen = candidate[i];
    }
    return true;
}

/* At the root: a schedule by diving, then either neighbourhoods of it, or all missions that can still matter. */
static bool improve_root(struct search *s, enum outcome *outcome, double *bound)
{
    struct master *m = &s->master;
    size_t n = m->n_rows;
    double proven = s->round_bound, *dual = copy_duals(m);
    bool ok = dual || error_set(s->err, ERR_MEMORY, "out of memory");
    if (ok && first_span(s) <= 1)
        ok = dive(s, NULL);
    if (ok && *outcome == STOPPED && first_span(s) <= 1)
        ok = polish(s);
    if (ok && *outcome == CONVERGED) {
        for (size_t i = 0; i < m->n_rows; i++)
            m->dual[i] = i < n ? dual[i] : 0;
        ok = enumerate(s, proven);
        *outcome = ok ? generate(s, coarsest(s), bound) : BROKEN;
    }
    free(dual);
    return ok;
}

/* Depth first, more before fewer. */
static bool node(struct search *s, double bound, int depth)
{
    struct master *m = &s->master;
    struct candidate candidate[MOST_CANDIDATES], chosen;
    bool valid;
    enum outcome outcome = depth == 0 ? generate_root(s, &bound) : generate(s, coarsest(s), &bound);
    s->nodes++;
    if (depth == 0 && (outcome == STOPPED || (outcome == CONVERGED && !all_whole(m))) &&
        !improve_root(s, &outcome, &bound))
        return false;
    if (outcome == BROKEN)
        return false;
    if (outcome == HOPELESS)
        return true;
    if (outcome != CONVERGED) {
        give_up(s, bound);
        return true;
    }
    if (!keeps_all(m))
        return true; /* whoever drops a commitment pays more than any schedule that keeps them all */
    if (all_whole(m)) {
        if (!consider_solution(s, &valid))
            return false;
        return valid || split_whole(s, bound, depth);
    }
    int found = branch_choose(s->inst, m->column, m->x, m->n_columns, candidate, MOST_CANDIDATES);
    if (found < 0)
        return error_set(s->err, ERR_MEMORY, "out of memory");
    if (found == 0) {
        give_up(s, bound);
        return true;
    }
    return choose_branch(s, candidate, found, &chosen) &&
           child(s, &chosen.branch, true, floor(chosen.value) + 1, bound, depth) &&
           child(s, &chosen.branch, false, floor(chosen.value), bound, depth);
}

static bool take_commitments(struct search *s)
{
    const struct schedule *committed = &s->inst->committed;
    for (size_t i = 0; i < committed->n_missions; i++) {
        struct column col = {.fixed = true};
        if (!mission_copy(&col.mission, &committed->mission[i]))
            return error_set(s->err, ERR_MEMORY, "out of memory");
        col.mission.committed = true;
        col.airframe_group = s->groups.airframe_group[col.mission.airframe];
        col.crew_group = s->groups.crew_group[col.mission.crew];
        col.type = s->inst->airframe[col.mission.airframe].type;
        column_finish(&col, s->inst);
        if (master_take_column(&s->master, &col) < 0)
            return error_set(s->err, ERR_ENGINE, "a commitment could not be added");
    }
    return true;
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
    s->open = INFINITY;
    s->nodes = 0;
    s->phase = single ? "single" : "tree";
    if (!groups_init(&s->groups, s->inst, single))
        return error_set(s->err, ERR_MEMORY, "out of memory");
    bool ok = master_init(&s->master, s->inst, &s->groups, s->keep, s->keep > 0 ? s->keep : worth_keeping(s->inst)) ||
              error_set(s->err, ERR_ENGINE, "the linear program could not be set up");
    s->master.span = first_span(s);
    ok = ok && take_commitments(s) && node(s, -INFINITY, 0);
    if (ok)
        raise_bound(s, fmin(s->open, s->have_plan ? (double)s->plan->cost.total / 100.0 : -INFINITY));
    free(s->best);
    s->best = NULL;
    s->n_best = 0;
    master_release(&s->master);
    groups_release(&s->groups);
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
    return ok;
}

/* What is known at the end. ok: the search did not fail. */
static bool conclude(struct search *s, bool ok)
{
    struct plan *plan = s->plan;
    if (!s->have_plan) {
        plan->status = isinf(s->open) ? PLAN_IMPOSSIBLE : PLAN_UNKNOWN;
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
    struct search s = {.inst = inst, .options = options, .err = err, .plan = plan, .until = options->time_limit_s};
    clock_gettime(CLOCK_MONOTONIC, &s.began);
    plan_init(plan);
    s.phase = "start";
    s.keep = inst->committed.n_missions ? worth_keeping(inst) : 0;
    bool ok = (!load_planning(inst) || (s.loads = load_planner_new(inst)) != NULL ||
               error_set(err, ERR_MEMORY, "out of memory")) &&
              consider_least(&s);
    s.bound = quick_bound(inst);
    ok = ok && (certify_quick(options->certificate, inst) || error_set(err, ERR_MEMORY, "out of memory"));
    s.open = INFINITY;
    if (ok && s.have_plan && !good_enough(&s)) {
        double until = begin_phase(&s, FIRST_TIME);
        ok = search_schedules(&s, true, first_span(&s) > 1 ? MORE_ROUNDS : FIRST_ROUNDS, options->seed);
        s.until = until;
    }
    bool impossible = ok && !s.have_plan && s.beyond_repair;
    if (ok && !impossible && !good_enough(&s))
        ok = search_with(&s, false);
    if (ok && !impossible && !good_enough(&s) && s.unassignable && !out_of_time(&s))
        ok = search_with(&s, true);
    ok = conclude(&s, ok);
    load_planner_free(s.loads);
    return ok;
}
