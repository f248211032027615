/* What a search knows: the time, the bound, the best schedule. */
#include "solver/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check/check.h"
#include "solver/assign.h"

double seconds(const struct search *s)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - s->began.tv_sec) + 1e-9 * (double)(now.tv_nsec - s->began.tv_nsec);
}

enum search_phase turn_to(struct search *s, enum search_phase phase)
{
    enum search_phase before = s->at;
    double now = seconds(s);
    s->phase_s[before] += now - s->at_since;
    s->at_since = now;
    s->at = phase;
    return before;
}

bool out_of_time(void *context)
{
    const struct search *s = context;
    if (s->options->interrupted && *s->options->interrupted)
        return true;
    return s->work >= s->until.work || (s->until.seconds > 0 && seconds(s) >= s->until.seconds);
}

void report(struct search *s)
{
    if (!s->options->progress)
        return;
    struct solve_progress p = {.seconds = seconds(s),
                               .bound = s->bound,
                               .best = s->have_plan ? s->plan->cost.total : -1,
                               .gap = s->have_plan ? plan_gap(s->plan->cost.total, s->bound) : 1,
                               .columns = s->columns + (int64_t)s->master.n_columns,
                               .nodes = s->nodes,
                               .phase = s->phase,
                               .phase_s = s->over ? s->phase_s : NULL};
    s->options->progress(&p, s->options->progress_context);
}

cent_t whole_bound(double bound)
{
    double cents = ceil(bound * 100.0 - 1e-2);
    return cents > 0 ? (cent_t)fmin(cents, 9e18) : 0;
}

/* In currency units; a schedule costs whole hundredths. */
void raise_bound(struct search *s, double bound)
{
    cent_t cents = whole_bound(bound);
    if (cents > s->bound)
        s->bound = cents;
    if (s->outer && s->bound > s->outer->bound) {
        s->outer->bound = s->bound;
        report(s->outer);
    }
}

bool good_enough(const struct search *s)
{
    return s->have_plan && plan_gap(s->plan->cost.total, s->bound) <= s->options->gap;
}

/* Keeps the schedule when the checker accepts it and it is better. Takes it over. False when memory ran out. */
bool consider(struct search *s, struct schedule *schedule, bool *valid)
{
    struct verdict verdict;
    size_t bad;
    enum load_answer loads = s->loads ? load_planner_equip(s->loads, schedule, &bad) : LOAD_PLANNED;
    *valid = false;
    if (loads == LOAD_NO_MEMORY) {
        schedule_release(schedule);
        return error_set(s->err, ERR_MEMORY, "out of memory");
    }
    if (!check_schedule(s->inst, schedule, &verdict, s->err)) {
        schedule_release(schedule);
        return false;
    }
    *valid = verdict.n_breaches == 0;
    s->beyond_repair = false;
    s->timing_blameless = true;                       /* fuel and flying hours do not ask when something is handled */
    for (size_t i = 0; i < verdict.n_breaches; i++) { /* where airframes and crews are, and their fuel, may be mended */
        int rule = verdict.breach[i].rule;
        bool mendable = rule == 1 || rule == 5 || rule == 6 || (rule == 12 && loads == LOAD_UNKNOWN);
        s->beyond_repair = s->beyond_repair || !mendable;
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

enum load_answer column_plan(struct search *s, const struct column *col)
{
    if (!s->loads)
        return LOAD_PLANNED;
    enum load_answer answer = load_planner_ask(s->loads, col->type, &col->mission, col->fixed, NULL, NULL);
    if (answer == LOAD_NO_MEMORY)
        error_set(s->err, ERR_MEMORY, "out of memory");
    return answer;
}

/* The last solution, whole-numbered, as a schedule. */
bool consider_solution(struct search *s, bool *valid)
{
    struct master *m = &s->master;
    int *count = calloc(m->n_columns + 1, sizeof *count);
    struct schedule schedule;
    *valid = false;
    if (!count)
        return error_set(s->err, ERR_MEMORY, "out of memory");
    s->unplannable = false;
    for (size_t j = 0; j < m->n_columns; j++) {
        count[j] = (int)lround(m->x[j]);
        enum load_answer answer = count[j] > 0 ? column_plan(s, &m->column[j]) : LOAD_PLANNED;
        s->unplannable = s->unplannable || answer == LOAD_IMPOSSIBLE;
        if (answer == LOAD_NO_MEMORY) {
            free(count);
            return false;
        }
    }
    if (s->unplannable) {
        free(count);
        return true;
    }
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

/* A schedule costs whole hundredths: better ones save one at least. */
bool hopeless(const struct search *s, double bound)
{
    return s->have_plan && ceil(bound * 100.0 - 1e-2) >= (double)s->plan->cost.total;
}

bool all_whole(const struct master *m)
{
    for (size_t j = 0; j < m->n_columns; j++)
        if (fabs(m->x[j] - round(m->x[j])) > WHOLE)
            return false;
    return true;
}

bool keeps_all(const struct master *m)
{
    for (size_t j = 0; j < m->n_columns; j++)
        if (m->column[j].fixed && m->x[j] < 1 - WHOLE)
            return false;
    return true;
}
