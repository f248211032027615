/* Column generation over timed missions at every node of a tree that decides how many of something there are.
 * docs/model.md. */
#include "solver/solve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check/check.h"
#include "solver/assign.h"
#include "solver/price.h"
#include "solver/quick_bound.h"

#define NEGATIVE     (-1e-6)
#define WHOLE        1e-6
#define NEAR         0.1  /* currency units; see struct price_task */
#define SLOW         2e-4 /* a round that gains less of the value goes on to a finer grid */
#define ROOT_TIME    0.35 /* most of the time limit spent before the first dive */
#define LARGE_MASTER 3e6  /* rows x columns; branching is not tried out beyond */
#define NEARLY       0.9  /* a dive takes what is as good as chosen */

enum {
    STARTS_PER_ROUND = 48,
    COLUMNS_PER_ROUND = 480,
    FEW_ROUTES = 60,
    FEW_LOADS = 2000,
    ALL_ROUTES = 1000000,
    ALL_LOADS = 1000000,
    DIVE_ROUNDS = 2,
    MOST_MISSES = 100,
    MOST_CANDIDATES = 10,
    MOST_ENUMERATED = 20000,
    MOST_WORK = 20000000,
    DEEPEST = 2000
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
    double keep;           /* see struct master */
    double open;           /* least bound of the nodes that were given up; INFINITY: none was */
    bool beyond_repair;    /* the schedule looked at last breaks a rule that more missions cannot mend */
    bool timing_blameless; /* it breaks no rule that handling times have to do with */
    bool unassignable;     /* a whole-numbered solution could not be given to single airframes and crews */
    bool entire;           /* every mission that a better schedule may use is a column */
    double round_bound;    /* what the last round of pricing proves */
    int64_t nodes;
    int *best; /* [n_best] how often each column is flown in the best schedule, where that came from columns */
    size_t n_best;
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

/* In currency units; a schedule costs whole hundredths. */
static void raise_bound(struct search *s, double bound)
{
    double cents = ceil(bound * 100.0 - 1e-2);
    if (cents > (double)s->bound)
        s->bound = (cent_t)cents;
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
    s->beyond_repair = false;
    s->timing_blameless = true;                       /* fuel and flying hours do not ask when something is handled */
    for (size_t i = 0; i < verdict.n_breaches; i++) { /* where airframes and crews are, and their fuel, may be mended */
        int rule = verdict.breach[i].rule;
        s->beyond_repair = s->beyond_repair || (rule != 1 && rule != 5 && rule != 6);
        s->timing_blameless = s->timing_blameless && (rule == 5 || rule == 6);
    }
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
    cent_t before = s->have_plan ? s->plan->cost.total : INT64_MAX;
    enum assign_result result = assign(s->inst, &s->groups, m->column, m->n_columns, count, &schedule);
    bool ok = result != ASSIGN_NO_MEMORY || error_set(s->err, ERR_MEMORY, "out of memory");
    if (result == ASSIGNED)
        ok = consider(s, &schedule, valid);
    if (ok && *valid && s->plan->cost.total < before) {
        free(s->best);
        s->best = count;
        s->n_best = m->n_columns;
        return true;
    }
    free(count);
    return ok;
}

/* Solves the linear program until no row is broken. */
static enum lp_status relax(struct search *s)
{
    for (;;) {
        if (out_of_time(s))
            return LP_STOPPED;
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

static sec_t starts(const struct search *s)
{
    return s->inst->end / s->inst->rules.step + 1;
}

/* First take-offs are looked at on a coarse grid first: a power of two of steps. */
static sec_t coarsest(const struct search *s)
{
    sec_t stride = 1;
    while (stride * STARTS_PER_ROUND < starts(s))
        stride *= 2;
    return stride;
}

/* One round of pricing; how many missions were new, -1 on failure. Raises *bound where stride is 1. */
static int64_t price_round(struct search *s, sec_t stride, double near, double *bound, bool *complete)
{
    bool fine = stride == 1;
    double most = (double)master_most_missions(&s->master);
    struct price_task task = {.threshold = NEGATIVE,
                              .nodes = fine ? ALL_ROUTES : FEW_ROUTES,
                              .leaf_nodes = fine ? ALL_LOADS : FEW_LOADS,
                              .bound = fine,
                              .near = near,
                              .stride = stride,
                              .stop = out_of_time,
                              .context = s};
    struct price_result result;
    bool ok = price(&s->master, &task, &result);
    int64_t added = ok ? take_columns(s, &result, COLUMNS_PER_ROUND) : -1;
    if (!ok)
        error_set(s->err, ERR_MEMORY, "out of memory");
    else if (added < 0)
        error_set(s->err, ERR_ENGINE, "a mission could not be added");
    /* Pricing itself leaves out what gains less than 1e-5. */
    s->round_bound = -INFINITY;
    if (fine && ok)
        s->round_bound = master_bound(&s->master, fmax(result.chain, result.least * most) - 1e-5 * most);
    *bound = fmax(*bound, s->round_bound);
    *complete = fine && result.complete;
    price_result_release(&result);
    return added;
}

enum outcome {
    CONVERGED, /* no mission with negative reduced cost is missing */
    HOPELESS,  /* nothing here is better than the best schedule */
    STOPPED,   /* by the time, or pricing could not be finished */
    ENOUGH,    /* the gap asked for is reached */
    BROKEN     /* err is set */
};

/* A schedule costs whole hundredths: better ones save one at least. */
static bool hopeless(const struct search *s, double bound)
{
    return s->have_plan && ceil(bound * 100.0 - 1e-2) >= (double)s->plan->cost.total;
}

static bool all_whole(const struct master *m)
{
    for (size_t j = 0; j < m->n_columns; j++)
        if (fabs(m->x[j] - round(m->x[j])) > WHOLE)
            return false;
    return true;
}

/* Loads within NEAR were not looked for: that matters where the last cents decide. */
static bool exactness_matters(const struct search *s, double bound)
{
    return all_whole(&s->master) || hopeless(s, bound + NEAR * (double)master_most_missions(&s->master));
}

/* Column generation at one node. bound: no schedule of this node costs less, in currency units. */
static enum outcome generate(struct search *s, double *bound)
{
    sec_t stride = coarsest(s);
    double before = INFINITY;
    while (!out_of_time(s)) {
        enum lp_status status = relax(s);
        if (status == LP_STOPPED)
            return STOPPED;
        if (status != LP_OPTIMAL) {
            error_set(s->err, ERR_ENGINE, "the linear program could not be solved");
            return BROKEN;
        }
        double value = lp_value(s->master.lp);
        bool complete;
        if (s->entire) {
            *bound = fmax(*bound, master_bound(&s->master, 0));
            if (s->nodes % 64 == 0)
                report(s);
            return hopeless(s, *bound) ? HOPELESS : CONVERGED;
        }
        int64_t added = price_round(s, stride, NEAR, bound, &complete);
        if (added < 0)
            return BROKEN;
        if (s->nodes == 0)
            raise_bound(s, *bound);
        report(s);
        if (hopeless(s, *bound))
            return HOPELESS;
        if (s->nodes == 0 && good_enough(s))
            return ENOUGH;
        if (stride == 1 && added == 0 && !complete && exactness_matters(s, *bound)) {
            added = price_round(s, stride, 0, bound, &complete);
            if (added < 0)
                return BROKEN;
            if (hopeless(s, *bound))
                return HOPELESS;
            if (added == 0)
                return complete ? CONVERGED : STOPPED;
        }
        if (stride == 1 && added == 0)
            return out_of_time(s) || !isfinite(s->round_bound) ? STOPPED : CONVERGED;
        if (stride > 1 && (added == 0 || before - value < SLOW * fabs(value)))
            stride /= 2, value = INFINITY;
        before = value;
    }
    return STOPPED;
}

/* Where few missions can be part of a better schedule (reduced cost below best - bound), all of them become columns:
 * nodes need no pricing then. The duals must be those of the root's last solution, `bound` what they prove. */
static bool enumerate(struct search *s, double bound)
{
    if (!s->have_plan || out_of_time(s))
        return true;
    struct price_task task = {.threshold = (double)s->plan->cost.total / 100.0 - bound + 0.02,
                              .all = true,
                              .most = MOST_ENUMERATED,
                              .most_work = MOST_WORK,
                              .nodes = ALL_ROUTES,
                              .leaf_nodes = ALL_LOADS,
                              .stride = 1,
                              .stop = out_of_time,
                              .context = s};
    struct price_result result;
    if (!price(&s->master, &task, &result))
        return error_set(s->err, ERR_MEMORY, "out of memory");
    bool ok = true;
    if (result.complete) {
        ok = take_columns(s, &result, SIZE_MAX) >= 0 || error_set(s->err, ERR_ENGINE, "a mission could not be added");
        s->entire = ok;
    }
    price_result_release(&result);
    return ok;
}

static bool keeps_all(const struct master *m)
{
    for (size_t j = 0; j < m->n_columns; j++)
        if (m->column[j].fixed && m->x[j] < 1 - WHOLE)
            return false;
    return true;
}

/* The fractional column to take next in a dive; -1: none. */
static ptrdiff_t most_chosen(const struct master *m)
{
    ptrdiff_t best = -1;
    double most = WHOLE;
    for (size_t j = 0; j < m->n_columns; j++) {
        double part = m->x[j] - floor(m->x[j] + WHOLE);
        if (part > most + 1e-9)
            most = part, best = (ptrdiff_t)j;
    }
    return best;
}

static void set_least(struct master *m, size_t j, double least, double most)
{
    lp_set_bounds(m->lp, m->lp_column[j], least, most);
    m->rows_changed = true;
}

/* What a dive has taken so far: column j is flown least[j] times or more; `before` is the step before. */
struct taken {
    double *least, *before;
    size_t n;
};

static void taken_release(struct taken *t)
{
    free(t->least);
    free(t->before);
    *t = (struct taken){0};
}

static bool taken_grow(struct taken *t, size_t n)
{
    double *least = realloc(t->least, (n + 1) * sizeof *least);
    if (least)
        t->least = least;
    double *before = realloc(t->before, (n + 1) * sizeof *before);
    if (before)
        t->before = before;
    if (!least || !before)
        return false;
    for (; t->n < n; t->n++)
        t->least[t->n] = t->before[t->n] = 0;
    return true;
}

static void take(struct master *m, struct taken *t, size_t j, double least)
{
    t->least[j] = least;
    set_least(m, j, least, m->column[j].fixed ? 1 : INFINITY);
}

/* Takes the column that is most chosen, and all that are nearly whole. */
static void take_next(struct master *m, struct taken *t, size_t next)
{
    memcpy(t->before, t->least, t->n * sizeof *t->before);
    for (size_t j = 0; j < t->n; j++) {
        double whole = floor(m->x[j] + WHOLE);
        bool up = j == next || whole + 1 - m->x[j] < 1 - NEARLY;
        if (whole + up > t->least[j])
            take(m, t, j, whole + up);
    }
}

/* The last step was too much: as before it, and never again so many of `last`. */
static void take_back(struct master *m, struct taken *t, size_t last)
{
    for (size_t j = 0; j < t->n; j++)
        if (t->least[j] != t->before[j])
            take(m, t, j, t->before[j]);
    set_least(m, last, t->least[last], fmax(t->least[last], floor(m->x[last] + WHOLE)));
}

/* Relaxes and prices a few rounds. */
static enum lp_status refresh(struct search *s)
{
    enum lp_status status = relax(s);
    for (int round = 0; round < DIVE_ROUNDS && status == LP_OPTIMAL; round++) {
        double bound = -INFINITY;
        bool complete;
        int64_t added = price_round(s, coarsest(s), NEAR, &bound, &complete);
        if (added < 0)
            return LP_FAILED;
        if (added == 0)
            break;
        status = relax(s);
    }
    return status;
}

/* Keeps what the best schedule flies outside `window`, so that a dive only decides what is inside. */
static void keep_outside(struct search *s, struct taken *t, const struct interval *window)
{
    struct master *m = &s->master;
    for (size_t j = 0; j < s->n_best; j++) {
        sec_t start = m->column[j].mission.stop[0].departure;
        if (s->best[j] > 0 && (start < window->from || start >= window->until))
            take(m, t, j, s->best[j]);
    }
}

/* Nothing that comes of this can be better than the best schedule. */
static bool too_dear(const struct search *s)
{
    double kept = s->keep * (double)s->inst->committed.n_missions;
    return s->have_plan && lp_value(s->master.lp) + kept >= (double)s->plan->cost.total / 100.0;
}

/* Takes mission after mission, pricing again after each: a schedule, not always a good one. window: only what begins
 * inside is decided anew; NULL: everything. */
static bool dive(struct search *s, const struct interval *window)
{
    struct master *m = &s->master;
    struct taken taken = {0};
    ptrdiff_t last = -1;
    bool valid, ok = taken_grow(&taken, m->n_columns) || error_set(s->err, ERR_MEMORY, "out of memory");
    s->phase = "dive";
    if (ok && window)
        keep_outside(s, &taken, window);
    for (int step = 0, misses = 0; ok && step < DEEPEST && misses <= MOST_MISSES && !out_of_time(s); step++) {
        enum lp_status status = refresh(s);
        ok = taken_grow(&taken, m->n_columns) || error_set(s->err, ERR_MEMORY, "out of memory");
        if (ok && status == LP_INFEASIBLE && last >= 0) {
            take_back(m, &taken, (size_t)last);
            last = -1;
            misses++;
            continue;
        }
        if (!ok || status != LP_OPTIMAL || too_dear(s))
            break;
        report(s);
        last = most_chosen(m);
        if (last < 0) {
            ok = !keeps_all(m) || consider_solution(s, &valid);
            break;
        }
        take_next(m, &taken, (size_t)last);
    }
    for (size_t j = 0; j < m->n_columns; j++)
        set_least(m, j, 0, m->column[j].fixed ? 1 : INFINITY);
    taken_release(&taken);
    s->phase = "tree";
    return ok;
}

static void give_up(struct search *s, double bound)
{
    s->open = fmin(s->open, bound);
}

static bool node(struct search *s, double bound, int depth);

/* Searches large neighbourhoods of the best schedule (Shaw 1998): what is flown in a span of days is decided anew.
 * Spans of several lengths pass over the horizon until none gains anything or the time is up. */
static bool polish(struct search *s)
{
    static const sec_t spans[] = {2 * 86400, 4 * 86400, 3 * 86400};
    bool gained = true;
    while (gained && s->best && !out_of_time(s)) {
        gained = false;
        for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++)
            for (sec_t from = -spans[i] / 2; from < s->inst->end && !out_of_time(s); from += spans[i] / 2) {
                cent_t before = s->plan->cost.total;
                struct interval window = {from, from + spans[i]};
                if (!dive(s, &window))
                    return false;
                gained = gained || s->plan->cost.total < before;
            }
    }
    return true;
}

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
        if (!s->timing_blameless || revisits(m))
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
    bool ok = dual ? dive(s, NULL) : error_set(s->err, ERR_MEMORY, "out of memory");
    if (ok && *outcome == STOPPED)
        ok = polish(s);
    if (ok && *outcome == CONVERGED) {
        for (size_t i = 0; i < m->n_rows; i++)
            m->dual[i] = i < n ? dual[i] : 0;
        ok = enumerate(s, proven);
        *outcome = ok ? generate(s, bound) : BROKEN;
    }
    free(dual);
    return ok;
}

/* Depth first, more before fewer. */
static bool node(struct search *s, double bound, int depth)
{
    struct master *m = &s->master;
    struct candidate candidate[MOST_CANDIDATES], chosen;
    double until = s->until;
    bool valid;
    if (depth == 0 && s->until > 0)
        s->until -= (1 - ROOT_TIME) * (s->until - seconds(s));
    enum outcome outcome = generate(s, &bound);
    s->until = until;
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

bool solve(const struct instance *inst, const struct solve_options *options, struct plan *plan, struct error *err)
{
    struct search s = {.inst = inst, .options = options, .err = err, .plan = plan, .until = options->time_limit_s};
    clock_gettime(CLOCK_MONOTONIC, &s.began);
    plan_init(plan);
    s.phase = "start";
    s.keep = inst->committed.n_missions ? worth_keeping(inst) : 0;
    bool ok = consider_least(&s);
    s.bound = quick_bound(inst);
    s.open = INFINITY;
    bool impossible = ok && !s.have_plan && s.beyond_repair;
    if (ok && !impossible && !good_enough(&s))
        ok = search_with(&s, false);
    if (ok && !impossible && !good_enough(&s) && s.unassignable && !out_of_time(&s))
        ok = search_with(&s, true);
    if (!ok && !s.have_plan)
        return false;
    if (!s.have_plan) {
        plan->status = isinf(s.open) ? PLAN_IMPOSSIBLE : PLAN_UNKNOWN;
        plan->bound = 0;
        return true;
    }
    if (s.bound > plan->cost.total)
        return error_set(err, ERR_INTERNAL, "the bound is above the cost of a valid schedule");
    plan->bound = s.bound;
    plan->status = good_enough(&s) ? PLAN_OPTIMAL : PLAN_FEASIBLE;
    return true;
}
