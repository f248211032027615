#include "solver/guide.h"

#include <stdlib.h>

#include "solver/mix.h"

static uint64_t kind_of(const struct mission *m)
{
    uint64_t kind = m->n_stops;
    for (size_t i = 0; i < m->n_stops; i++)
        kind = mix(kind * 1000003 + (uint64_t)m->stop[i].airfield + 1);
    for (size_t r = 0; r < m->n_rides; r++)
        kind += mix((uint64_t)m->ride[r].demand + 77);
    return kind;
}

static int by_group_and_begin(const void *a, const void *b)
{
    const struct guide_known *x = a, *y = b;
    if (x->column->airframe_group != y->column->airframe_group)
        return x->column->airframe_group < y->column->airframe_group ? -1 : 1;
    if (x->column->begin != y->column->begin)
        return x->column->begin < y->column->begin ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column); /* one array: its order */
}

static bool list_columns(struct guide *g, const struct column *column, size_t n_columns)
{
    size_t n = 0, i = 0;
    g->first = calloc(g->groups->n_airframe + 1, sizeof *g->first);
    g->known = calloc(n_columns + 1, sizeof *g->known);
    if (!g->first || !g->known)
        return false;
    for (size_t j = 0; j < n_columns; j++) {
        const struct column *col = &column[j];
        if (!col->fixed)
            g->known[n++] = (struct guide_known){col, kind_of(&col->mission), duals_price(&g->duals, g->inst, col),
                                                 mission_loads_first(&col->mission)};
    }
    if (n > 1)
        qsort(g->known, n, sizeof *g->known, by_group_and_begin);
    for (size_t a = 0; a <= g->groups->n_airframe; a++) {
        while (i < n && (size_t)g->known[i].column->airframe_group < a)
            i++;
        g->first[a] = i;
    }
    return true;
}

static int by_at(const void *a, const void *b)
{
    const struct guide_progress *x = a, *y = b;
    return x->at != y->at ? (x->at > y->at) - (x->at < y->at) : (x->pax > y->pax) - (x->pax < y->pax);
}

static void note_progress(struct guide *g, size_t of, sec_t at, double pax)
{
    if (g->progress && pax > 0)
        g->progress[g->since[of + 1]] = (struct guide_progress){at, pax};
    g->since[of + (g->progress ? 1 : 2)] += pax > 0;
}

static void note_columns(struct guide *g, const struct column *column, const double *x, size_t n_columns)
{
    size_t demands = g->inst->n_demands;
    for (size_t j = 0; j < n_columns; j++) {
        const struct column *col = &column[j];
        for (size_t r = 0; x[j] > 0 && r < col->mission.n_rides; r++)
            note_progress(g, (size_t)col->mission.ride[r].demand, col->begin, x[j] * col->mission.ride[r].pax);
        for (size_t i = 0; x[j] > 0 && i < g->duals.n_tolls; i++) {
            const struct whole_load *w = g->duals.toll[i].load;
            int32_t waste = whole_load_waste(w, whole_load_aboard(w, &col->mission));
            note_progress(g, demands + i, col->begin, x[j] * waste);
        }
    }
}

static bool list_progress(struct guide *g, const struct column *column, const double *x, size_t n_columns)
{
    size_t n = g->inst->n_demands + g->duals.n_tolls;
    g->since = calloc(n + 2, sizeof *g->since);
    if (!g->since)
        return false;
    note_columns(g, column, x, n_columns); /* counts */
    for (size_t i = 2; i < n + 2; i++)
        g->since[i] += g->since[i - 1];
    g->progress = calloc(g->since[n + 1] + 1, sizeof *g->progress);
    if (!g->progress)
        return false;
    note_columns(g, column, x, n_columns);
    for (size_t i = 0; i < n; i++) {
        struct guide_progress *p = &g->progress[g->since[i]];
        size_t k = g->since[i + 1] - g->since[i];
        if (k > 1)
            qsort(p, k, sizeof *p, by_at);
        for (size_t j = 1; j < k; j++)
            p[j].pax += p[j - 1].pax;
    }
    return true;
}

double guide_done_by(const struct guide *g, size_t of, sec_t clock)
{
    size_t low = g->since[of], high = g->since[of + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (g->progress[middle].at < clock)
            low = middle + 1;
        else
            high = middle;
    }
    return low > g->since[of] ? g->progress[low - 1].pax : 0;
}

bool guide_init(struct guide *g, const struct master *m)
{
    *g = (struct guide){.inst = m->inst, .groups = m->groups};
    if (!duals_init(&g->duals, m))
        return false;
    if (list_columns(g, m->column, m->n_columns) && list_progress(g, m->column, m->x, m->n_columns))
        return true;
    guide_release(g);
    return false;
}

void guide_release(struct guide *g)
{
    duals_release(&g->duals);
    free(g->known);
    free(g->first);
    free(g->progress);
    free(g->since);
}
