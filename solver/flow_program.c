/* Times are kept by periods. What must be moved flows over flights, flights of a type start where its airframes stand
 * and end where they may, and take of its airframes' hours and of its crews' duties. docs/model.md. */
#include "solver/flow_program.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/column.h"
#include "solver/flow_facts.h"
#include "solver/flow_parts.h"
#include "solver/load.h"

void flow_put(struct flow_entries *e, int at, double value)
{
    if (at < 0 || value == 0)
        return;
    e->at[e->n] = at;
    e->value[e->n++] = value;
}

static bool keep(int n, const int *at, const double *value, int **at_out, double **value_out)
{
    *at_out = malloc(((size_t)n + 1) * sizeof **at_out);
    *value_out = malloc(((size_t)n + 1) * sizeof **value_out);
    if (!*at_out || !*value_out)
        return false;
    memcpy(*at_out, at, (size_t)n * sizeof **at_out);
    memcpy(*value_out, value, (size_t)n * sizeof **value_out);
    return true;
}

/* A list with room for one more than n; NULL: out of memory, noted. */
static void *grown(struct flow_program *f, void *list, int n, int *cap, size_t size)
{
    int wanted = n < *cap ? *cap : 2 * *cap + 64;
    void *more = wanted == *cap ? list : realloc(list, (size_t)wanted * size);
    if (more)
        *cap = wanted;
    f->failed = f->failed || !more;
    return more;
}

/* A row over columns that are there already, or over none. */
int flow_add_row(struct flow_program *f, bool equal, double rhs, int n, const int *column, const double *value)
{
    struct flow_row *list = grown(f, f->row, f->n_rows, &f->cap_rows, sizeof *list);
    if (!list)
        return -1;
    f->row = list;
    struct flow_row *row = &f->row[f->n_rows];
    *row = (struct flow_row){.rhs = rhs, .equal = equal, .n = n};
    int at = lp_add_row(f->lp, "flow", equal, rhs, n, column, value);
    bool kept = n == 0 || keep(n, column, value, &row->column, &row->value);
    f->failed = f->failed || at < 0 || !kept;
    f->n_rows++;
    return f->n_rows - 1;
}

int flow_add_column(struct flow_program *f, double cost, double most, const struct flow_entries *e)
{
    struct flow_column *list = grown(f, f->column, f->n_columns, &f->cap_columns, sizeof *list);
    if (!list)
        return -1;
    f->column = list;
    struct flow_column *c = &f->column[f->n_columns];
    *c = (struct flow_column){.cost = cost, .most = most, .n = e->n};
    int at = lp_add_column(f->lp, "flow", cost, 0, most, e->n, e->at, e->value);
    bool kept = keep(e->n, e->at, e->value, &c->row, &c->value);
    f->failed = f->failed || at < 0 || !kept;
    f->n_columns++;
    return f->n_columns - 1;
}

int *flow_numbers(size_t n)
{
    int *rows = malloc((n + 1) * sizeof *rows);
    for (size_t i = 0; rows && i <= n; i++)
        rows[i] = -1;
    return rows;
}

/* Ends of caps, every so many of them; then the longest period is halved again and again. */
static bool choose_periods(struct flow_program *f, int32_t periods)
{
    int32_t n;
    sec_t *end = flow_ends_of_caps(f->inst, &n);
    f->cut = malloc(((size_t)periods + 2) * sizeof *f->cut);
    if (!end || !f->cut) {
        free(end);
        return false;
    }
    int32_t taken = (int32_t)smaller(n, periods - 1), count = 0;
    f->cut[count++] = 0;
    for (int32_t i = 0; i < taken; i++) /* the first and the last among them */
        f->cut[count++] = end[taken > 1 ? (int64_t)i * (n - 1) / (taken - 1) : n - 1];
    f->cut[count] = f->inst->end + 1;
    free(end);
    while (count < periods) {
        int32_t longest = 0;
        for (int32_t i = 1; i < count; i++)
            if (f->cut[i + 1] - f->cut[i] > f->cut[longest + 1] - f->cut[longest])
                longest = i;
        sec_t half = (f->cut[longest + 1] - f->cut[longest]) / 2;
        if (half < 1)
            break;
        memmove(&f->cut[longest + 2], &f->cut[longest + 1], (size_t)(count - longest) * sizeof *f->cut);
        f->cut[longest + 1] = f->cut[longest] + half;
        count++;
    }
    f->n_periods = count;
    return true;
}

/* Floyd's shortest ways; a stop in between takes the least that any type needs. */
static bool find_ways(struct flow_program *f)
{
    const struct instance *inst = f->inst;
    size_t n = (size_t)f->n;
    sec_t stop = SEC_LATEST;
    f->way = malloc((n * n + 1) * sizeof *f->way);
    if (!f->way)
        return false;
    for (size_t t = 0; t < inst->n_types; t++)
        stop = smaller(stop, least_stop(&inst->type[t]));
    for (int32_t i = 0; i < f->n; i++)
        for (int32_t j = 0; j < f->n; j++) {
            sec_t *way = &f->way[i * f->n + j];
            *way = SEC_LATEST / 4;
            for (int32_t t = 0; t < (int32_t)inst->n_types; t++)
                *way = flow_flown(inst, t, i, j) ? smaller(*way, instance_leg(inst, t, i, j)->block) : *way;
        }
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                f->way[i * n + j] = smaller(f->way[i * n + j], f->way[i * n + k] + stop + f->way[k * n + j]);
    return true;
}

double flow_program_columns(const struct instance *inst, int32_t periods)
{
    double n = (double)inst->n_airfields, types = (double)inst->n_types, demands = (double)inst->n_demands;
    return n * n * (types * periods + demands) + periods * (5 * demands + types * (4 * n + 4) + n);
}

bool flow_program_init(struct flow_program *f, const struct instance *inst, int32_t periods, int64_t *work)
{
    *f = (struct flow_program){.inst = inst, .n = (int32_t)inst->n_airfields};
    if (!choose_periods(f, periods) || !find_ways(f))
        return false;
    size_t n = (size_t)f->n, k = (size_t)f->n_periods, types = inst->n_types, demands = inst->n_demands;
    f->lp = lp_new(work);
    f->flight = flow_numbers(types * n * n * k);
    f->stand = flow_numbers(types * n * k);
    f->works = flow_numbers(types * n * k);
    f->works_amid = flow_numbers(types * n * k);
    f->loads = calloc(n + 1, sizeof *f->loads);
    f->begins = flow_numbers(types * n * k);
    f->ends = flow_numbers(types * n * k);
    f->under_way = flow_numbers(types * n * k);
    f->carried = flow_numbers(demands * n * n);
    f->leaves = flow_numbers(demands * k);
    f->comes = flow_numbers(demands * k);
    f->unloads = flow_numbers(demands * (k + 1));
    f->aboard = flow_numbers(demands * k);
    f->waits = flow_numbers(demands * k);
    f->failed = !f->lp || !f->flight || !f->stand || !f->works || !f->works_amid || !f->loads || !f->begins ||
                !f->ends || !f->under_way || !f->carried || !f->leaves || !f->comes || !f->unloads || !f->aboard ||
                !f->waits;
    if (!f->failed)
        flow_make_columns(f);
    if (!f->failed)
        flow_add_limits(f);
    return !f->failed;
}

void flow_program_release(struct flow_program *f)
{
    for (int i = 0; i < f->n_rows; i++) {
        free(f->row[i].column);
        free(f->row[i].value);
    }
    for (int j = 0; j < f->n_columns; j++) {
        free(f->column[j].row);
        free(f->column[j].value);
    }
    free(f->row);
    free(f->column);
    free(f->cut);
    free(f->way);
    free(f->flight);
    free(f->stand);
    free(f->works);
    free(f->works_amid);
    free(f->loads);
    free(f->begins);
    free(f->ends);
    free(f->under_way);
    free(f->carried);
    free(f->leaves);
    free(f->comes);
    free(f->unloads);
    free(f->aboard);
    free(f->waits);
    lp_free(f->lp);
}

double flow_program_proven(const struct flow_program *f)
{
    double sum = 0, size = 0, *y = malloc(((size_t)f->n_rows + 1) * sizeof *y);
    double *rc = malloc(((size_t)f->n_columns + 1) * sizeof *rc);
    for (int j = 0; rc && j < f->n_columns; j++)
        rc[j] = f->column[j].cost;
    for (int i = 0; y && rc && i < f->n_rows; i++) {
        const struct flow_row *row = &f->row[i];
        y[i] = lp_dual(f->lp, i);
        y[i] = row->equal ? y[i] : fmin(y[i], 0);
        sum += y[i] * row->rhs;
        size += fabs(y[i] * row->rhs);
        for (int k = 0; k < row->n; k++)
            rc[row->column[k]] -= y[i] * row->value[k];
    }
    for (int j = 0; y && rc && j < f->n_columns; j++) {
        const struct flow_column *c = &f->column[j];
        for (int k = 0; k < c->n; k++)
            rc[j] -= y[c->row[k]] * c->value[k];
        sum += fmin(rc[j], 0) * c->most;
        size += fabs(rc[j]) * 1e-6;
    }
    bool told = y && rc;
    free(y);
    free(rc);
    return told ? sum - 1e-9 * size : 0;
}
