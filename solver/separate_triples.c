/* Triples of demands of which missions carry two: subset-row inequalities (Jepsen et al. 2008). Of three demands that
 * travel whole, at most one mission carries two or more. docs/model.md. */
#include <stdlib.h>

#include "solver/master.h"

#define BROKEN_BY 0.02 /* less is left alone */

enum { TRIPLES_PER_ROUND = 30, MOST_TRIPLES = 400, MOST_OF_ONE = 6 };

struct breach_of_triple {
    int32_t demand[3];
    double excess;
};

struct triple_finder {
    const struct master *m;
    size_t *flown; /* [n_flown] columns of the solution */
    size_t n_flown;
    bool *carries; /* [n_flown * n_demands] */
    double *pair;  /* [n_demands * n_demands] how often both are carried by one mission */
    struct breach_of_triple *found;
    size_t n_found, room;
    bool failed;
};

static bool note(struct triple_finder *f, int32_t a, int32_t b, int32_t c, double excess)
{
    if (f->n_found == f->room) {
        size_t room = f->room ? 2 * f->room : 64;
        struct breach_of_triple *grown = realloc(f->found, room * sizeof *grown);
        if (!grown)
            return false;
        f->found = grown;
        f->room = room;
    }
    f->found[f->n_found++] = (struct breach_of_triple){{a, b, c}, excess};
    return true;
}

static void count_pairs(struct triple_finder *f)
{
    size_t n = f->m->inst->n_demands;
    for (size_t k = 0; k < f->n_flown; k++) {
        const struct mission *mission = &f->m->column[f->flown[k]].mission;
        for (size_t r = 0; r < mission->n_rides; r++)
            f->carries[k * n + (size_t)mission->ride[r].demand] = true;
        for (size_t a = 0; a < n; a++)
            for (size_t b = a + 1; b < n && f->carries[k * n + a]; b++)
                if (f->carries[k * n + b])
                    f->pair[a * n + b] += f->m->x[f->flown[k]];
    }
}

static void try_triple(struct triple_finder *f, size_t a, size_t b, size_t c)
{
    size_t n = f->m->inst->n_demands;
    double sum = f->pair[a * n + b] + f->pair[a * n + c] + f->pair[b * n + c];
    if (sum <= 1 + BROKEN_BY)
        return;
    for (size_t k = 0; k < f->n_flown; k++) /* who carries all three was counted three times */
        if (f->carries[k * n + a] && f->carries[k * n + b] && f->carries[k * n + c])
            sum -= 2 * f->m->x[f->flown[k]];
    if (sum > 1 + BROKEN_BY)
        f->failed = f->failed || !note(f, (int32_t)a, (int32_t)b, (int32_t)c, sum - 1);
}

static int by_excess(const void *a, const void *b)
{
    const struct breach_of_triple *x = a, *y = b;
    if (x->excess != y->excess)
        return x->excess < y->excess ? 1 : -1;
    for (int i = 0; i < 2; i++)
        if (x->demand[i] != y->demand[i])
            return x->demand[i] < y->demand[i] ? -1 : 1;
    return (x->demand[2] > y->demand[2]) - (x->demand[2] < y->demand[2]);
}

/* The worst first, no demand in too many; returns how many were added, -1 on failure. */
static int add_worst(struct master *m, const struct triple_finder *f)
{
    int added = 0, there = 0;
    int *of = calloc(m->inst->n_demands + 1, sizeof *of);
    if (!of)
        return -1;
    for (size_t i = 0; i < m->n_rows; i++)
        there += m->row[i].kind == ROW_TRIPLE;
    for (size_t i = 0; i < f->n_found && added < TRIPLES_PER_ROUND && there + added < MOST_TRIPLES; i++) {
        const int32_t *d = f->found[i].demand;
        if (of[d[0]] >= MOST_OF_ONE || of[d[1]] >= MOST_OF_ONE || of[d[2]] >= MOST_OF_ONE)
            continue;
        struct row row = {.kind = ROW_TRIPLE, .a = d[0], .b = d[1], .at = d[2], .rhs = 1, .active = true};
        for (int k = 0; k < 3; k++) {
            row.triple[k] = d[k];
            of[d[k]]++;
        }
        if (!master_add_row(m, row)) {
            free(of);
            return -1;
        }
        added++;
    }
    free(of);
    return added;
}

int master_separate_triples(struct master *m)
{
    struct triple_finder f = {.m = m};
    size_t n = m->inst->n_demands;
    int added = -1;
    f.flown = malloc((m->n_columns + 1) * sizeof *f.flown);
    for (size_t j = 0; j < m->n_columns && f.flown; j++)
        if (m->x[j] > 1e-7 && m->column[j].mission.n_rides > 0)
            f.flown[f.n_flown++] = j;
    f.carries = calloc(f.n_flown * n + 1, sizeof *f.carries);
    f.pair = calloc(n * n + 1, sizeof *f.pair);
    f.failed = !f.flown || !f.carries || !f.pair;
    if (!f.failed)
        count_pairs(&f);
    for (size_t a = 0; a < n && !f.failed; a++)
        for (size_t b = a + 1; b < n; b++)
            for (size_t c = b + 1; c < n; c++)
                try_triple(&f, a, b, c);
    if (f.n_found > 1)
        qsort(f.found, f.n_found, sizeof *f.found, by_excess);
    if (!f.failed)
        added = add_worst(m, &f);
    free(f.flown);
    free(f.carries);
    free(f.pair);
    free(f.found);
    return added;
}
