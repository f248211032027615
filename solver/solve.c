/* Column generation over timed missions, then branch and bound over the columns that can still matter. docs/model.md.
 */
#include "solver/solve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check/check.h"
#include "solver/assign.h"
#include "solver/price.h"
#include "solver/quick_bound.h"

#define NEGATIVE (-1e-6)
#define WHOLE    1e-6
#define CENT     0.01

enum {
    SEPARATION_ROUNDS = 60,
    STARTS_PER_ROUND = 48,
    COLUMNS_PER_ROUND = 240,
    ROUTE_NODES = 20000,
    ALL_NODES = 20000000,
    MOST_ENUMERATED = 30000,
    QUICK_NODES = 600
};

struct search {
    const struct instance *inst;
    const struct solve_options *options;
    struct error *err;
    struct timespec began;
    double until; /* seconds since began; <= 0: none */
    struct groups groups;
    struct master master;
    struct plan *plan;
    bool have_plan;
    cent_t bound;
    double keep;       /* see struct master */
    double *last_dual; /* [n_last] duals that gave the bound */
    size_t n_last;
    cent_t lp_bound;     /* the bound those duals gave */
    bool converged;      /* no mission with negative reduced cost is missing */
    bool entire;         /* every mission that a better schedule may use is a column */
    bool unassignable;   /* a whole-numbered solution could not be given to single airframes and crews */
    bool exhausted;      /* the tree was searched to its end */
    bool dropped;        /* the tree met no node that keeps all commitments */
    double *from, *most; /* [n_columns] bounds at the present node */
    int64_t nodes, most_nodes;
    const char *phase;
};

static double seconds(const struct search *s)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - s->began.tv_sec) + 1e-9 * (double)(now.tv_nsec - s->began.tv_nsec);
}

static bool out_of_time(void *context)
{
    const struct search *s = context;
    if (s->options->interrupted && *s->options->interrupted)
        return true;
    return s->until > 0 && seconds(s) >= s->until;
}

static void report(struct search *s)
{
    if (!s->options->progress)
        return;
    struct solve_progress p = {.seconds = seconds(s),
                               .bound = s->bound,
                               .best = s->have_plan ? s->plan->cost.total : -1,
                               .gap = s->have_plan ? plan_gap(s->plan->cost.total, s->bound) : 1,
                               .columns = (int64_t)s->master.n_columns,
                               .nodes = s->nodes,
                               .phase = s->phase};
    s->options->progress(&p, s->options->progress_context);
}

static void raise_bound(struct search *s, cent_t bound)
{
    if (s->have_plan && bound > s->plan->cost.total)
        bound = s->plan->cost.total;
    if (bound > s->bound)
        s->bound = bound;
}

static bool good_enough(const struct search *s)
{
    return s->have_plan && plan_gap(s->plan->cost.total, s->bound) <= s->options->gap;
}

/* Keeps the schedule when the checker accepts it and it is better. Takes it over. False when memory ran out. */
static bool consider(struct search *s, struct schedule *schedule, bool *valid)
{
    struct verdict verdict;
    *valid = false;
    if (!check_schedule(s->inst, schedule, &verdict, s->err)) {
        schedule_release(schedule);
        return false;
    }
    *valid = verdict.n_breaches == 0;
    if (*valid && (!s->have_plan || verdict.cost.total < s->plan->cost.total)) {
        schedule_release(&s->plan->schedule);
        s->plan->schedule = *schedule;
        s->plan->cost = verdict.cost;
        s->have_plan = true;
        report(s);
    } else {
        schedule_release(schedule);
    }
    verdict_release(&verdict);
    return true;
}

/* The last solution, whole-numbered, as a schedule. */
static bool consider_solution(struct search *s, bool *valid)
{
    struct master *m = &s->master;
    int *count = calloc(m->n_columns + 1, sizeof *count);
    struct schedule schedule;
    *valid = false;
    if (!count)
        return error_set(s->err, ERR_MEMORY, "out of memory");
    for (size_t j = 0; j < m->n_columns; j++)
        count[j] = (int)lround(m->x[j]);
    enum assign_result result = assign(s->inst, &s->groups, m->column, m->n_columns, count, &schedule);
    free(count);
    if (result == ASSIGN_NO_MEMORY)
        return error_set(s->err, ERR_MEMORY, "out of memory");
    return result == NOT_ASSIGNABLE || consider(s, &schedule, valid);
}

/* Solves the linear program until no row is broken. */
static enum lp_status relax(struct search *s)
{
    for (int round = 0;; round++) {
        enum lp_status status = master_solve(&s->master, out_of_time, s);
        if (status != LP_OPTIMAL)
            return status;
        int added = master_separate(&s->master);
        if (added < 0)
            return LP_FAILED;
        if (added == 0)
            return LP_OPTIMAL;
    }
}

static int by_reduced_cost(const void *a, const void *b)
{
    double x = **(const double *const *)a, y = **(const double *const *)b;
    if (x != y)
        return x < y ? -1 : 1;
    return (*(const double *const *)a > *(const double *const *)b) -
           (*(const double *const *)a < *(const double *const *)b);
}

/* Takes the `most` best columns of a result into the master; returns how many were new, -1 on failure. */
static int64_t take_columns(struct search *s, struct price_result *result, size_t most)
{
    const double **order = malloc((result->n + 1) * sizeof *order);
    int64_t added = 0;
    if (!order)
        return -1;
    for (size_t i = 0; i < result->n; i++)
        order[i] = &result->reduced_cost[i];
    qsort(order, result->n, sizeof *order, by_reduced_cost);
    for (size_t i = 0; i < result->n && i < most && added >= 0; i++) {
        struct column *col = &result->column[order[i] - result->reduced_cost];
        int taken = master_take_column(&s->master, col);
        col->mission.stop = NULL;
        added = taken < 0 ? -1 : added + taken;
    }
    free(order);
    return added;
}

/* Remembers the duals where they give the best bound so far. */
static bool note_bound(struct search *s, double least)
{
    cent_t bound = master_bound(&s->master, least);
    if (s->last_dual && bound < s->lp_bound)
        return true;
    double *dual = malloc((s->master.n_rows + 1) * sizeof *dual);
    if (!dual)
        return error_set(s->err, ERR_MEMORY, "out of memory");
    memcpy(dual, s->master.dual, s->master.n_rows * sizeof *dual);
    free(s->last_dual);
    s->last_dual = dual;
    s->n_last = s->master.n_rows;
    s->lp_bound = bound;
    raise_bound(s, bound);
    report(s);
    return true;
}

static sec_t starts(const struct search *s)
{
    return s->inst->end / s->inst->rules.step + 1;
}

/* Column generation at the root until nothing is missing or the time is up. False on failure. */
static bool generate(struct search *s, double share)
{
    double until = s->until;
    if (until > 0)
        s->until = until * share;
    sec_t stride = (starts(s) + STARTS_PER_ROUND - 1) / STARTS_PER_ROUND, offset = 0, empty = 0;
    bool ok = true;
    s->phase = "columns";
    while (ok && !s->converged && !out_of_time(s)) {
        enum lp_status status = relax(s);
        if (status != LP_OPTIMAL) {
            ok = status == LP_STOPPED || error_set(s->err, ERR_ENGINE, "the linear program could not be solved");
            break;
        }
        bool full = empty >= stride || stride == 1;
        struct price_task task = {.threshold = NEGATIVE,
                                  .most = SIZE_MAX,
                                  .nodes = ROUTE_NODES,
                                  .stride = full ? 1 : stride,
                                  .offset = full ? 0 : offset,
                                  .stop = out_of_time,
                                  .context = s};
        struct price_result result;
        ok = price(&s->master, &task, &result) || error_set(s->err, ERR_MEMORY, "out of memory");
        int64_t added = ok ? take_columns(s, &result, COLUMNS_PER_ROUND) : -1;
        ok = ok && (added >= 0 || error_set(s->err, ERR_ENGINE, "a mission could not be added"));
        if (ok && full && isfinite(result.least))
            ok = note_bound(s, result.least);
        if (ok && full && added == 0)
            s->converged = result.complete, price_result_release(&result);
        else
            price_result_release(&result);
        if (full && added == 0)
            break;
        empty = added ? 0 : empty + 1;
        offset = (offset + 1) % stride;
        if (!full && added)
            offset = (offset + stride / 2) % stride;
        report(s);
    }
    s->until = until;
    return ok;
}

/* The column nearest to a whole number of at least one more; the most undecided where none is close. -1: all whole. */
static ptrdiff_t branching_column(const struct master *m)
{
    ptrdiff_t best = -1;
    double score = -1;
    for (size_t j = 0; j < m->n_columns; j++) {
        double part = m->x[j] - floor(m->x[j] + WHOLE);
        if (part <= WHOLE)
            continue;
        if (part > score + 1e-9)
            score = part, best = (ptrdiff_t)j;
    }
    return best;
}

static bool keeps_all(const struct master *m)
{
    for (size_t j = 0; j < m->n_columns; j++)
        if (m->column[j].fixed && m->x[j] < 0.5)
            return false;
    return true;
}

/* No schedule costs less than a node's linear program says; a better one saves a cent. */
static bool hopeless(const struct search *s)
{
    double value = lp_value(s->master.lp);
    for (size_t j = 0; j < s->master.n_columns; j++)
        value += s->master.column[j].fixed ? s->master.keep : 0;
    return s->have_plan && value > (double)s->plan->cost.total / 100.0 - CENT + 1e-3 * CENT + 1e-9 * fabs(value);
}

static double column_most(const struct search *s, size_t j)
{
    const struct column *col = &s->master.column[j];
    size_t a = s->groups.airframe[col->airframe_group].n_members, c = s->groups.crew[col->crew_group].n_members;
    return col->fixed ? 1 : (double)(a < c ? a : c);
}

/* The whole-numbered solution is no schedule: forbids this very set, when every group is a single one. */
static bool forbid(struct search *s)
{
    struct master *m = &s->master;
    double *value = calloc(m->n_columns + 1, sizeof *value);
    double rhs = -1;
    if (!value)
        return error_set(s->err, ERR_MEMORY, "out of memory");
    for (size_t j = 0; j < m->n_columns; j++) {
        value[j] = m->x[j] > 0.5 ? 1 : -1;
        rhs += m->x[j] > 0.5;
    }
    return master_add_cut(m, rhs, value) || error_set(s->err, ERR_ENGINE, "a cut could not be added");
}

static bool branch(struct search *s);

static bool child(struct search *s, size_t j, double from, double until)
{
    if (from > until || out_of_time(s) || s->nodes >= s->most_nodes) {
        s->exhausted = s->exhausted && from > until;
        return true;
    }
    lp_set_bounds(s->master.lp, s->master.lp_column[j], from, until);
    s->master.rows_changed = true;
    return branch(s);
}

/* Depth first, up before down. */
static bool branch(struct search *s)
{
    struct master *m = &s->master;
    s->nodes++;
    for (;;) {
        enum lp_status status = relax(s);
        if (status == LP_INFEASIBLE)
            return true;
        if (status != LP_OPTIMAL) {
            s->exhausted = false;
            return status == LP_STOPPED || error_set(s->err, ERR_ENGINE, "the linear program could not be solved");
        }
        if (hopeless(s))
            return true;
        ptrdiff_t j = branching_column(m);
        if (j >= 0) {
            size_t k = (size_t)j;
            double cut = floor(m->x[k] + WHOLE), lo = s->from[k], hi = s->most[k];
            s->from[k] = cut + 1;
            bool ok = child(s, k, s->from[k], hi);
            s->from[k] = lo;
            s->most[k] = cut;
            ok = ok && child(s, k, lo, cut);
            s->most[k] = hi;
            lp_set_bounds(m->lp, m->lp_column[k], lo, hi);
            m->rows_changed = true;
            return ok;
        }
        if (!keeps_all(m))
            return true; /* whoever drops a commitment pays more than any schedule that keeps them all */
        s->dropped = false;
        bool valid;
        if (!consider_solution(s, &valid))
            return false;
        if (valid)
            return true;
        bool single = s->groups.n_airframe == s->inst->n_airframes && s->groups.n_crew == s->inst->n_crews;
        if (!single) {
            s->unassignable = true;
            s->exhausted = false;
            return true;
        }
        if (!forbid(s))
            return false;
    }
}

/* Branch and bound over the columns there are. */
static bool tree(struct search *s, int64_t nodes)
{
    size_t n = s->master.n_columns;
    s->from = calloc(n + 1, sizeof *s->from);
    s->most = calloc(n + 1, sizeof *s->most);
    if (!s->from || !s->most)
        return error_set(s->err, ERR_MEMORY, "out of memory");
    for (size_t j = 0; j < n; j++)
        s->most[j] = column_most(s, j);
    s->exhausted = true;
    s->dropped = true;
    s->most_nodes = s->nodes + nodes;
    s->phase = "tree";
    bool ok = branch(s);
    free(s->from);
    free(s->most);
    s->from = s->most = NULL;
    report(s);
    return ok;
}

/* Adds every mission that a schedule better than the best may use: reduced cost below best - bound. */
static bool enumerate(struct search *s)
{
    struct master *m = &s->master;
    s->phase = "enumeration";
    if (!s->last_dual)
        return true;
    for (size_t i = 0; i < m->n_rows; i++)
        m->dual[i] = i < s->n_last ? s->last_dual[i] : 0;
    double room = s->have_plan ? (double)(s->plan->cost.total - s->lp_bound) / 100.0 : s->keep / 4;
    struct price_task task = {.threshold = room + 2 * CENT,
                              .all = true,
                              .most = MOST_ENUMERATED,
                              .nodes = ALL_NODES,
                              .stride = 1,
                              .stop = out_of_time,
                              .context = s};
    struct price_result result;
    if (!price(m, &task, &result))
        return error_set(s->err, ERR_MEMORY, "out of memory");
    bool ok = true;
    if (result.complete) {
        ok = take_columns(s, &result, SIZE_MAX) >= 0 || error_set(s->err, ERR_ENGINE, "a mission could not be added");
        s->entire = ok;
    }
    price_result_release(&result);
    return ok;
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

/* More than any schedule costs that need not be beaten: all penalties, all commitments, and as many missions again. */
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

/* One search with airframes and crews grouped or each by itself. */
static bool search_with(struct search *s, bool single)
{
    s->converged = s->entire = s->unassignable = s->exhausted = false;
    s->lp_bound = 0;
    if (!groups_init(&s->groups, s->inst, single))
        return error_set(s->err, ERR_MEMORY, "out of memory");
    bool ok = master_init(&s->master, s->inst, &s->groups, s->keep) ||
              error_set(s->err, ERR_ENGINE, "the linear program could not be set up");
    if (ok) {
        ok = take_commitments(s) && generate(s, 0.6);
        if (ok && !good_enough(s))
            ok = tree(s, QUICK_NODES);
        if (ok && !good_enough(s) && s->last_dual && !out_of_time(s)) {
            ok = enumerate(s);
            if (ok && !out_of_time(s))
                ok = tree(s, s->entire ? INT64_MAX / 2 : 20 * QUICK_NODES);
            if (ok && s->entire && s->exhausted && s->have_plan)
                raise_bound(s, s->plan->cost.total);
        }
    }
    free(s->last_dual);
    s->last_dual = NULL;
    master_release(&s->master);
    groups_release(&s->groups);
    return ok;
}

bool solve(const struct instance *inst, const struct solve_options *options, struct plan *plan, struct error *err)
{
    struct search s = {.inst = inst, .options = options, .err = err, .plan = plan, .until = options->time_limit_s};
    clock_gettime(CLOCK_MONOTONIC, &s.began);
    plan_init(plan);
    s.phase = "start";
    s.keep = inst->committed.n_missions ? worth_keeping(inst) : 0;
    bool ok = consider_least(&s);
    raise_bound(&s, quick_bound(inst));
    if (ok && !good_enough(&s))
        ok = search_with(&s, false);
    bool whole = s.exhausted && s.entire;
    if (ok && !good_enough(&s) && s.unassignable && !out_of_time(&s)) {
        ok = search_with(&s, true);
        whole = s.exhausted && s.entire;
    }
    if (!ok && !s.have_plan)
        return false;
    if (!s.have_plan) {
        plan->status = whole ? PLAN_IMPOSSIBLE : PLAN_UNKNOWN;
        plan->bound = 0;
        return true;
    }
    plan->bound = s.bound < plan->cost.total ? s.bound : plan->cost.total;
    plan->status = good_enough(&s) ? PLAN_OPTIMAL : PLAN_FEASIBLE;
    return true;
}
