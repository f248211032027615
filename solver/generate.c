/* Column generation: linear program, rows, pricing, from coarse to fine. docs/model.md. */
#include "solver/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/certify.h"
#include "solver/label.h"
#include "solver/price.h"
#include "solver/work.h"

#define NEGATIVE     (-1e-6)
#define NEAR         0.1  /* currency units; see struct price_task */
#define NEAR_SHARE   0.05 /* of the gap asked for, spent on missions that are not looked for */
#define TAIL         5e-4 /* rows of whole loads that raised the value by less are not followed by more */
#define TRY_AGAIN    0.6  /* of the gap when all missions were looked for in vain */
#define LEFT_OPEN    1.5  /* times what proofs give away may lie between the program's value and what is proven */
#define LEAST_RISE   0.05 /* of the gap, by rows of whole loads over means */
#define SLOW         2e-4 /* of the value gained by a round is little; ... */
#define SLOW_PROOF   0.01 /* ... of the gap, too, or, where less is given away, a fifth of that */
#define GIVES_MUCH   0.2  /* of the gap: missions need not be the best */
#define GIVES_ENOUGH 0.05 /* of the gap: so little is always tried */

enum {
    STARTS_PER_ROUND = 48,
    MOST_SPANS = 32,
    COLUMNS_PER_ROUND = 480,
    FEW_ADDED = 24,
    SPAN_LOOKS = 4, /* first take-offs in a span, before all of them are looked at */
    FEW_ROUTES = 60,
    MORE_ROUTES = 1000,
    FEW_LOADS = 300,
    MANY_LOADS = 20000,
    ALL_ROUTES = 1000000,
    ALL_LOADS = 1000000,
    DIVE_ROUNDS = 2,
    MOST_ENUMERATED = 20000,
    MOST_WORK = 20000000
};

/* Solves the linear program until no row is broken. */
static enum lp_status relax(struct search *s)
{
    for (;;) {
        if (out_of_time(s))
            return LP_STOPPED;
        enum search_phase before = turn_to(s, PHASE_MASTER);
        enum lp_status status = master_solve(&s->master, out_of_time, s);
        turn_to(s, PHASE_CUTS);
        s->work += (int64_t)s->master.n_columns * WORK_COLUMN;
        int added = status == LP_OPTIMAL ? master_separate(&s->master) : 0;
        turn_to(s, before);
        if (status != LP_OPTIMAL)
            return status;
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
    enum search_phase before = turn_to(s, PHASE_MASTER);
    for (size_t i = 0; i < result->n; i++)
        order[i] = &result->reduced_cost[i];
    qsort(order, result->n, sizeof *order, by_reduced_cost);
    for (size_t i = 0; i < result->n && i < most && added >= 0; i++) {
        struct column *col = &result->column[order[i] - result->reduced_cost];
        int taken = master_take_column(&s->master, col);
        col->mission.stop = NULL;
        added = taken < 0 ? -1 : added + taken;
    }
    turn_to(s, before);
    free(order);
    return added;
}

static sec_t starts(const struct search *s)
{
    return s->inst->end / s->inst->rules.step + 1;
}

/* First take-offs are looked at on a coarse grid first: a power of two of steps. */
sec_t coarsest(const struct search *s)
{
    sec_t stride = 1;
    if (s->master.labels)
        return stride; /* a quick look before the exact one */
    while (stride * STARTS_PER_ROUND < starts(s))
        stride *= 2;
    return stride;
}

/* First take-offs so far apart see enough of a span. */
static bool sees_spans(const struct search *s, sec_t stride)
{
    return stride * SPAN_LOOKS * s->inst->rules.step <= s->master.span;
}

sec_t finest(const struct search *s)
{
    sec_t stride = coarsest(s);
    while (stride > 1 && !sees_spans(s, stride))
        stride /= 2;
    return stride;
}

bool by_labels(const struct search *s)
{
    return labels_suit(s->inst) && (s->options->labels || price_grid_too_fine(s->inst));
}

/* Rows of a long horizon are means over a power of two of steps at first. */
sec_t first_span(const struct search *s)
{
    sec_t steps = 1;
    if (by_labels(s))
        return steps; /* nothing grows with the number of instants */
    sec_t instants = s->options->most_instants > 0 ? s->options->most_instants : s->outer ? MOST_COARSE : MOST_INSTANTS;
    while (starts(s) > instants && (steps == 1 || steps * MOST_SPANS < starts(s)))
        steps *= 2;
    return steps > 1 ? steps * s->inst->rules.step : 1;
}

/* The program's value, all commitments kept. */
static double program_value(const struct search *s)
{
    return lp_value(s->master.lp) + s->keep * (double)s->inst->committed.n_missions;
}

/* So little gains one mission that all together are a small part of the gap asked for. */
static double near_enough(const struct search *s)
{
    double value = fmax(program_value(s), 0) * NEAR_SHARE * s->options->gap;
    return fmax(NEAR, value / fmax(1, (double)master_most_missions(&s->master)));
}

/* From the program's value to the best schedule, or what is asked for where that is more. */
static double open_gap(const struct search *s)
{
    double value = program_value(s), best = s->have_plan ? (double)s->plan->cost.total / 100.0 : 0;
    return fmax(best - value, s->options->gap * fabs(value));
}

bool relaxed(const struct search *s)
{
    return s->master.span > 1 || s->outer;
}

bool gives_away(const struct search *s)
{
    return s->given_away > 0;
}

/* Pricing by smaller duals proves a little less, and far sooner (Farley 1990). By how much smaller, as a share. */
static double proof_share(const struct search *s)
{
    double value = program_value(s);
    return gives_away(s) && value > 0 ? s->given_away * open_gap(s) / value : 0;
}

/* Proofs that give away more than lies between the program's value and the bound there is say nothing new. */
static void give_no_more(struct search *s, double value)
{
    while (s->given_away > GIVES_ENOUGH && value - s->given_away * open_gap(s) <= (double)s->bound / 100.0)
        s->given_away /= 5;
}

/* Proofs with tolls take long: not for a small part of the gap. */
static bool worth_proving(const struct search *s, double value)
{
    double bound = (double)s->bound / 100.0, best = (double)s->plan->cost.total / 100.0;
    return !s->have_plan || value - bound >= LEAST_RISE * (best - bound);
}

/* One round of pricing; how many missions were new, -1 on failure. routes: of each first take-off, at most; where that
 * is ALL_ROUTES, every load that gains more than `near`. stride 0: of every first take-off, which raises *bound. */
static int64_t price_round(struct search *s, sec_t stride, int64_t routes, double near, double *bound, bool *complete)
{
    bool fine = stride == 0, all = routes == ALL_ROUTES;
    double most = (double)master_most_missions(&s->master), share = all && near > 0 ? proof_share(s) : 0;
    for (size_t i = 0; i < s->master.n_rows && share > 0; i++)
        s->master.dual[i] /= 1 + share;
    struct price_task task = {.threshold = near > NEAR ? -near : NEGATIVE,
                              .nodes = routes,
                              .leaf_nodes = !fine        ? FEW_LOADS
                                            : share == 0 ? ALL_LOADS
                                                         : MANY_LOADS,
                              .bound = fine,
                              .near = near,
                              .near_share = share,
                              .stride = fine ? 1 : stride,
                              .stop = out_of_time,
                              .context = s,
                              .pool = s->pool,
                              .budget = s->until.work - s->work};
    struct price_result result;
    enum search_phase before = turn_to(s, PHASE_PRICING);
    bool ok = price(&s->master, &task, &result);
    s->work += result.work;
    turn_to(s, before);
    int64_t added = ok ? take_columns(s, &result, COLUMNS_PER_ROUND) : -1;
    if (!ok)
        error_set(s->err, ERR_MEMORY, "out of memory");
    else if (added < 0)
        error_set(s->err, ERR_ENGINE, "a mission could not be added");
    /* Pricing leaves out what gains less than the threshold, and by itself what gains less than 1e-5. */
    s->round_bound = -INFINITY;
    if (fine && ok)
        s->round_bound =
            master_bound(&s->master, fmax(result.chain, result.least * most) + (task.threshold - 1e-5) * most);
    *bound = fmax(*bound, s->round_bound);
    *complete = fine && result.complete && near <= NEAR; /* beyond, the threshold left missions out */
    price_result_release(&result);
    return added;
}

/* The routes that the solution flies, at other times; how many missions were new, -1 on failure. */
static int64_t shift_round(struct search *s)
{
    struct master *m = &s->master;
    size_t *flown = malloc((m->n_columns + 1) * sizeof *flown);
    struct price_task task = {.threshold = NEGATIVE,
                              .leaf_nodes = FEW_LOADS,
                              .near = NEAR,
                              .stride = 1,
                              .stop = out_of_time,
                              .context = s,
                              .pool = s->pool,
                              .budget = s->until.work - s->work};
    struct price_shifts shifts = {.column = flown, .reach = coarsest(s)};
    struct price_result result = {0};
    for (size_t j = 0; j < m->n_columns && flown; j++)
        if (m->x[j] > WHOLE)
            flown[shifts.n++] = j;
    enum search_phase before = turn_to(s, PHASE_PRICING);
    bool ok = flown && price_shifted(m, &task, &shifts, &result);
    s->work += result.work;
    turn_to(s, before);
    int64_t added = ok ? take_columns(s, &result, COLUMNS_PER_ROUND) : -1;
    if (added < 0)
        error_set(s->err, ok ? ERR_ENGINE : ERR_MEMORY, ok ? "a mission could not be added" : "out of memory");
    price_result_release(&result);
    free(flown);
    return added;
}

/* Fits the times of what is flown, as long as that gains something. */
static bool shift_columns(struct search *s)
{
    double before = INFINITY;
    for (;;) {
        enum lp_status status = relax(s);
        double value = program_value(s);
        if (status != LP_OPTIMAL || before - value < SLOW * fabs(value))
            return true;
        before = value;
        int64_t added = shift_round(s);
        if (added <= 0)
            return added == 0;
    }
}

/* Loads within NEAR were not looked for: that matters where the last cents decide. */
static bool exactness_matters(const struct search *s, double bound)
{
    return all_whole(&s->master) || hopeless(s, bound + NEAR * (double)master_most_missions(&s->master));
}

/* A round that gains less goes on to a finer grid. */
static double slow_gain(const struct search *s)
{
    return fmax(SLOW * fabs(program_value(s)), fmin(SLOW_PROOF, s->given_away / 5) * open_gap(s));
}

/* Until then, the program's value says nothing of how good its missions are. */
static bool better_than_best(const struct search *s, double value)
{
    return !s->have_plan || value < (double)s->plan->cost.total / 100.0 - 1;
}

/* Column generation at one node, from first take-offs `stride` apart to all of them. bound: no schedule of this node
 * costs less, in currency units. */
enum outcome generate(struct search *s, sec_t stride, double *bound)
{
    double before = INFINITY, cut_at = -INFINITY;
    bool all = stride == 0, slow_before = false;
    int64_t routes = FEW_ROUTES;
    while (!out_of_time(s)) {
        enum lp_status status = relax(s);
        if (status == LP_STOPPED)
            return STOPPED;
        if (status != LP_OPTIMAL && s->have_plan)
            return STOPPED; /* the engine gave up: what is known stays true, and schedules are found without it */
        if (status != LP_OPTIMAL) {
            error_set(s->err, ERR_ENGINE, "the linear program could not be solved");
            return BROKEN;
        }
        double value = program_value(s);
        bool complete;
        if (s->entire) {
            *bound = fmax(*bound, master_bound(&s->master, 0));
            if (s->nodes % 64 == 0)
                report(s);
            return hopeless(s, *bound) ? HOPELESS : CONVERGED;
        }
        if (s->master.labels) {
            enum search_phase phase = turn_to(s, PHASE_MASTER);
            master_center(&s->master);
            turn_to(s, phase);
        }
        int64_t added =
            price_round(s, stride, all ? ALL_ROUTES : routes, stride ? NEAR : near_enough(s), bound, &complete);
        if (added < 0)
            return BROKEN;
        if (s->nodes == 0)
            raise_bound(s, *bound);
        if (s->nodes == 0 && !certify_root(s->options->certificate, &s->master, whole_bound(s->round_bound))) {
            error_set(s->err, ERR_MEMORY, "out of memory");
            return BROKEN;
        }
        report(s);
        if (hopeless(s, *bound))
            return HOPELESS;
        if (s->nodes == 0 && good_enough(s))
            return ENOUGH;
        if (stride == 0 && added == 0 && !complete && exactness_matters(s, *bound)) {
            added = price_round(s, stride, ALL_ROUTES, 0, bound, &complete);
            if (added < 0)
                return BROKEN;
            if (hopeless(s, *bound))
                return HOPELESS;
            if (added == 0)
                return complete ? CONVERGED : STOPPED;
        }
        if (stride == 0 && gives_away(s) && value - s->round_bound <= LEFT_OPEN * s->given_away * open_gap(s))
            return CONVERGED;
        if (stride == 0 && added == 0 && s->master.labels && !out_of_time(s)) {
            enum search_phase phase = turn_to(s, PHASE_CUTS);
            int cuts = master_separate_triples(&s->master);
            turn_to(s, phase);
            if (cuts < 0) {
                error_set(s->err, ERR_ENGINE, "a row could not be added");
                return BROKEN;
            }
            if (cuts > 0) {
                stride = 1;
                all = false;
                before = INFINITY;
                continue;
            }
        }
        if (stride == 0 && added == 0)
            return out_of_time(s) || !isfinite(s->round_bound) ? STOPPED : CONVERGED;
        bool slow = before - value < slow_gain(s);
        bool stands =
            added == 0 || (slow && (added < FEW_ADDED || (slow_before && (relaxed(s) || better_than_best(s, value)))));
        slow_before = slow;
        if (stride > 0 && (all ? added < FEW_ADDED : stands)) {
            slow_before = false;
            bool large = s->master.span > 1, rises = value - cut_at >= TAIL * fabs(value);
            enum search_phase phase = turn_to(s, PHASE_CUTS);
            bool cut = s->nodes == 0 && rises && (all || !large);
            int cuts = cut && s->crossings ? master_separate_crossings(&s->master) : 0;
            if (cut && cuts == 0 && s->whole_loads)
                cuts = master_separate_loads(&s->master, !large && !s->outer);
            turn_to(s, phase);
            if (cuts < 0) {
                error_set(s->err, ERR_ENGINE, "a row could not be added");
                return BROKEN;
            }
            if (large && !shift_columns(s))
                return BROKEN;
            if (all && cuts == 0 && s->whole_loads && relaxed(s) && !worth_proving(s, value))
                return STOPPED;
            bool more_rows = s->whole_loads && large && !all; /* they are not looked for yet, and raise the value */
            if (cuts == 0 && !more_rows)
                give_no_more(s, value);
            if (sees_spans(s, stride)) {
                /* in between, nothing changes much */
                stride = cuts == 0 && !more_rows && (all || s->given_away > GIVES_MUCH) ? 0 : stride;
                all = true;
            } else if (cuts == 0) {
                /* proofs that give away need no finer grid before, but routes that are hard to find */
                bool last = gives_away(s) && !relaxed(s) && 2 * stride <= coarsest(s), more = routes == FEW_ROUTES;
                if (last && more)
                    routes = MORE_ROUTES;
                else
                    stride = last ? 0 : stride / 2;
                all = stride == 0;
            }
            cut_at = cuts > 0 ? value : cut_at;
            value = INFINITY;
        }
        if (s->master.labels && stride == 0 && added > 0)
            stride = 1, all = false;
        before = value;
    }
    return STOPPED;
}

/* Once every mission that matters is a column, those without a load plan may go: the program's bound asks for no other.
 */
static bool ban_impossible(struct search *s)
{
    struct master *m = &s->master;
    for (size_t j = 0; j < m->n_columns && s->loads && !out_of_time(s); j++) {
        if (m->column[j].fixed)
            continue;
        enum load_answer answer = column_plan(s, &m->column[j]);
        if (answer == LOAD_NO_MEMORY)
            return false;
        if (answer != LOAD_IMPOSSIBLE)
            continue;
        lp_set_bounds(m->lp, m->lp_column[j], 0, 0);
        m->rows_changed = true;
    }
    return true;
}

/* Where few missions can be part of a better schedule (reduced cost below best - bound, by the root's duals), all of
 * them become columns: nodes need no pricing then. */
bool enumerate(struct search *s)
{
    struct master *m = &s->master;
    if (!s->have_plan || !s->root || s->entire || out_of_time(s))
        return true;
    double gap = (double)s->plan->cost.total / 100.0 - s->root_bound;
    if (gap > TRY_AGAIN * s->tried_gap)
        return true;
    s->tried_gap = gap;
    struct price_task task = {.threshold = gap + 0.02,
                              .all = true,
                              .most = MOST_ENUMERATED,
                              .most_work = MOST_WORK,
                              .nodes = ALL_ROUTES,
                              .leaf_nodes = ALL_LOADS,
                              .stride = 1,
                              .stop = out_of_time,
                              .context = s,
                              .pool = s->pool,
                              .budget = s->until.work - s->work};
    struct price_result result;
    double *own = malloc((m->n_rows + 1) * sizeof *own);
    if (!own)
        return error_set(s->err, ERR_MEMORY, "out of memory");
    memcpy(own, m->dual, m->n_rows * sizeof *own);
    for (size_t i = 0; i < m->n_rows; i++)
        m->dual[i] = i < s->n_root ? s->root[i] : 0;
    enum search_phase before = turn_to(s, PHASE_PRICING);
    bool ok = price(m, &task, &result) || error_set(s->err, ERR_MEMORY, "out of memory");
    s->work += result.work;
    turn_to(s, before);
    memcpy(m->dual, own, m->n_rows * sizeof *own);
    free(own);
    if (!ok)
        return false;
    if (result.complete) {
        ok = take_columns(s, &result, SIZE_MAX) >= 0 || error_set(s->err, ERR_ENGINE, "a mission could not be added");
        s->entire = ok;
        ok = ok && ban_impossible(s);
    }
    price_result_release(&result);
    return ok;
}

/* Relaxes and prices a few rounds. */
enum lp_status refresh(struct search *s)
{
    enum lp_status status = relax(s);
    for (int round = 0; round < DIVE_ROUNDS && status == LP_OPTIMAL; round++) {
        double bound = -INFINITY;
        bool complete;
        int64_t added = price_round(s, coarsest(s), FEW_ROUTES, NEAR, &bound, &complete);
        if (added < 0)
            return LP_FAILED;
        if (added == 0)
            break;
        status = relax(s);
    }
    return status;
}
