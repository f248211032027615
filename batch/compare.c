#include "batch/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "import/csv_read.h"
#include "io/outcome_json.h"
#include "io/whole_file.h"

/* --- reading */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct outcome *)a)->instance, ((const struct outcome *)b)->instance);
}

static bool read_row(const char *path, const struct csv *csv, size_t row, struct outcome *outcome, struct error *err)
{
    outcome_init(outcome);
    for (size_t c = 0; c < csv_width(csv, 0); c++)
        if (!outcome_set(outcome, csv_cell(csv, 0, c), csv_cell(csv, row, c)))
            return error_set(err, ERR_INPUT,
                             "%.400s: row %zu, column \"%.100s\": not a field of results, got \"%.100s\"", path,
                             row + 1, csv_cell(csv, 0, c), csv_cell(csv, row, c));
    return (outcome->instance && *outcome->instance) ||
           error_set(err, ERR_INPUT, "%.500s: row %zu: no instance", path, row + 1);
}

static bool has_columns(const char *path, const struct csv *csv, struct error *err)
{
    static const char *const needed[] = {"instance", "sha256", "status", "cost", "bound", "seconds"};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        size_t c = 0;
        while (c < csv_width(csv, 0) && strcmp(csv_cell(csv, 0, c), needed[i]) != 0)
            c++;
        if (c == csv_width(csv, 0))
            return error_set(err, ERR_INPUT, "%.500s: no column \"%s\": not a results.csv", path, needed[i]);
    }
    return true;
}

static bool read_rows(const char *path, const struct csv *csv, struct results *results, struct error *err)
{
    results->outcome = calloc(csv->n_rows, sizeof *results->outcome);
    if (!results->outcome)
        return error_set(err, ERR_MEMORY, "out of memory");
    for (size_t row = 1; row < csv->n_rows; row++)
        if (!read_row(path, csv, row, &results->outcome[results->n++], err))
            return false;
    qsort(results->outcome, results->n, sizeof *results->outcome, by_name);
    for (size_t i = 1; i < results->n; i++)
        if (by_name(&results->outcome[i - 1], &results->outcome[i]) == 0)
            return error_set(err, ERR_INPUT, "%.500s: \"%.400s\" is there twice", path, results->outcome[i].instance);
    return true;
}

bool results_read(const char *path, struct results *results, struct error *err)
{
    struct csv csv;
    struct csv_fault fault = {0};
    size_t size;
    *results = (struct results){0};
    char *bytes = whole_file_read(path, &size, err);
    if (!bytes)
        return false;
    if (!csv_take(bytes, size, &csv, &fault))
        return fault.what ? error_set(err, ERR_INPUT, "%.500s: row %zu: %s", path, fault.row + 1, fault.what)
                          : error_set(err, ERR_MEMORY, "out of memory");
    bool good = (csv.n_rows > 0 || error_set(err, ERR_INPUT, "%.500s: the file is empty", path)) &&
                has_columns(path, &csv, err) && read_rows(path, &csv, results, err);
    csv_release(&csv);
    if (!good)
        results_release(results);
    return good;
}

void results_release(struct results *results)
{
    for (size_t i = 0; i < results->n; i++)
        outcome_release(&results->outcome[i]);
    free(results->outcome);
    *results = (struct results){0};
}

/* --- comparing */

double sign_test(size_t wins, size_t losses)
{
    size_t n = wins + losses, least = wins < losses ? wins : losses;
    double term = -(double)n * log(2), sum = 0; /* the logarithm of n over k times 2^-n */
    for (size_t k = 0; k <= least; k++) {
        sum += exp(term);
        term += log((double)(n - k)) - log((double)(k + 1));
    }
    return fmin(1, 2 * sum);
}

static bool is_failure(const struct outcome *run)
{
    return run->status >= OUTCOME_BAD_INPUT;
}

static double gap_of(const struct outcome *run)
{
    if (outcome_has_plan(run->status))
        return plan_gap(run->figures.cost, run->figures.bound);
    return run->status == OUTCOME_IMPOSSIBLE ? 0 : 1;
}

/* side: below 0 where the first is better. */
static void count(struct measure_of_two *measure, int side)
{
    if (side == 0)
        measure->ties++;
    else
        measure->better[side > 0]++;
}

static int order(double a, double b)
{
    return (a > b) - (a < b);
}

static int order_of_money(const struct outcome *a, const struct outcome *b, cent_t x, cent_t y)
{
    bool first = outcome_has_plan(a->status), second = outcome_has_plan(b->status);
    if (!first || !second)
        return (int)second - (int)first;
    return (x > y) - (x < y);
}

static int order_of_times(double a, double b)
{
    double apart = fabs(a - b);
    return apart <= 0.05 || apart <= 0.1 * fmax(a, b) ? 0 : order(a, b);
}

static void compare_pair(const struct outcome *const run[2], struct comparison *c)
{
    const struct figures *f = &run[0]->figures, *g = &run[1]->figures;
    double gap[2], seconds[2];
    c->pairs++;
    for (int i = 0; i < 2; i++) {
        c->optimal[i] += run[i]->status == OUTCOME_OPTIMAL;
        c->with_plan[i] += outcome_has_plan(run[i]->status);
        c->failed[i] += is_failure(run[i]);
        gap[i] = gap_of(run[i]);
        seconds[i] = is_failure(run[i]) ? c->longest_s : run[i]->seconds;
        c->gap.mean[i] += log(gap[i] + COMPARE_GAP_SHIFT);
        c->seconds.mean[i] += log(seconds[i] + COMPARE_TIME_SHIFT);
    }
    count(&c->cost, order_of_money(run[0], run[1], f->cost, g->cost));
    count(&c->bound, order_of_money(run[0], run[1], -f->bound, -g->bound));
    count(&c->gap, order(gap[0], gap[1]));
    count(&c->seconds, order_of_times(seconds[0], seconds[1]));
}

/* Calls `see` for every pair, and counts those that are none. */
static void each_pair(const struct results *a, const struct results *b, struct comparison *c,
                      void (*see)(const struct outcome *const run[2], struct comparison *c))
{
    size_t i = 0, j = 0;
    c->only[0] = c->only[1] = c->changed = 0;
    while (i < a->n || j < b->n) {
        int side = i == a->n ? 1 : j == b->n ? -1 : strcmp(a->outcome[i].instance, b->outcome[j].instance);
        const struct outcome *run[2] = {&a->outcome[side <= 0 ? i : 0], &b->outcome[side >= 0 ? j : 0]};
        if (side != 0)
            c->only[side > 0]++;
        else if (strcmp(run[0]->sha256, run[1]->sha256) != 0)
            c->changed++;
        else
            see(run, c);
        i += side <= 0;
        j += side >= 0;
    }
}

static void see_longest(const struct outcome *const run[2], struct comparison *c)
{
    c->longest_s = fmax(c->longest_s, fmax(run[0]->seconds, run[1]->seconds));
}

static void finish(struct measure_of_two *measure, size_t pairs, double shift)
{
    for (int i = 0; i < 2; i++)
        measure->mean[i] = pairs > 0 ? exp(measure->mean[i] / (double)pairs) - shift : 0;
    measure->chance = sign_test(measure->better[0], measure->better[1]);
}

void compare_results(const struct results *a, const struct results *b, struct comparison *comparison)
{
    *comparison = (struct comparison){0};
    each_pair(a, b, comparison, see_longest);
    each_pair(a, b, comparison, compare_pair);
    finish(&comparison->gap, comparison->pairs, COMPARE_GAP_SHIFT);
    finish(&comparison->seconds, comparison->pairs, COMPARE_TIME_SHIFT);
    comparison->cost.chance = sign_test(comparison->cost.better[0], comparison->cost.better[1]);
    comparison->bound.chance = sign_test(comparison->bound.better[0], comparison->bound.better[1]);
}
