/* Which whole loads the last solution breaks (whole_loads.h). Sets of demands are those that a planner would send
 * together: one alone, all of an origin, a destination or both, and pairs that share one of these. Sizes are what an
 * aircraft takes of them at most; where none of these is broken, the loads that the solution flies. */
#include "solver/load.h"
#include "solver/master.h"

#include <stdlib.h>
#include <string.h>

#define LEAST_SHARE 1e-3 /* of the set's passengers: a smaller breach is let be */

enum { LOADS_PER_ROUND = 60, MOST_LOADS = 400, MOST_PAIRS = 3000, MOST_SIZES = 64 };

struct breach_of_load {
    int32_t *demand; /* [n]; owned */
    size_t n;
    int32_t size;
    double excess;
};

struct finder {
    struct master *m;
    int32_t *set;  /* [n_demands] scratch */
    size_t *flown; /* [n_flown] columns of the solution */
    size_t n_flown;
    int32_t *aboard; /* [n_flown] passengers of the set */
    bool as_flown;   /* sizes are the loads flown */
    struct breach_of_load *found;
    size_t n_found, room;
    bool failed;
};

static bool known_load(const struct master *m, const int32_t *set, size_t n, int32_t size)
{
    for (size_t i = 0; i < m->n_loads; i++) {
        size_t members = 0, same = 0;
        for (size_t d = 0; d < m->inst->n_demands && m->load[i].size == size; d++)
            members += m->load[i].has[d];
        for (size_t k = 0; k < n; k++)
            same += m->load[i].has[set[k]];
        if (m->load[i].size == size && members == n && same == n)
            return true;
    }
    return false;
}

static void note(struct finder *f, size_t n, int32_t size, double excess)
{
    if (f->n_found == f->room) {
        size_t room = f->room ? 2 * f->room : 64;
        struct breach_of_load *grown = realloc(f->found, room * sizeof *grown);
        f->failed = f->failed || !grown;
        if (!grown)
            return;
        f->found = grown;
        f->room = room;
    }
    int32_t *copy = malloc(n * sizeof *copy);
    f->failed = f->failed || !copy;
    if (!copy)
        return;
    memcpy(copy, f->set, n * sizeof *copy);
    f->found[f->n_found++] = (struct breach_of_load){copy, n, size, excess};
}

static size_t add_size(int32_t size[MOST_SIZES], size_t n, int32_t fresh)
{
    for (size_t k = 0; k < n; k++)
        if (size[k] == fresh)
            return n;
    if (fresh > 1 && n < MOST_SIZES)
        size[n++] = fresh;
    return n;
}

/* Passengers of the set that the aircraft of a type take. */
static int32_t taken_by(const struct finder *f, size_t n, const struct aircraft_type *type)
{
    int32_t per = 1;
    for (size_t k = 0; k < n; k++)
        per = escorts_joint(per, f->m->inst->demand[f->set[k]].escort_per);
    return (int32_t)load_seated(seats_of(type), per);
}

static size_t list_sizes(const struct finder *f, size_t n, int32_t size[MOST_SIZES])
{
    const struct instance *inst = f->m->inst;
    size_t n_sizes = 0;
    if (f->as_flown)
        for (size_t i = 0; i < f->n_flown; i++)
            n_sizes = add_size(size, n_sizes, f->aboard[i]);
    else
        for (size_t a = 0; a < inst->n_airframes; a++)
            if (a == 0 || inst->airframe[a].type != inst->airframe[a - 1].type)
                n_sizes = add_size(size, n_sizes, taken_by(f, n, &inst->type[inst->airframe[a].type]));
    return n_sizes;
}

/* The size at which the set in f->set [n] is broken most. */
static void try_set(struct finder *f, size_t n)
{
    const struct master *m = f->m;
    int32_t size[MOST_SIZES], best = 0;
    int64_t all = 0;
    for (size_t k = 0; k < n; k++)
        all += m->inst->demand[f->set[k]].pax;
    for (size_t i = 0; i < f->n_flown; i++) {
        const struct mission *mission = &m->column[f->flown[i]].mission;
        f->aboard[i] = 0;
        for (size_t r = 0; r < mission->n_rides; r++)
            for (size_t k = 0; k < n; k++)
                f->aboard[i] += mission->ride[r].demand == f->set[k] ? mission->ride[r].pax : 0;
    }
    size_t n_sizes = list_sizes(f, n, size);
    double most = LEAST_SHARE * (double)all;
    for (size_t s = 0; s < n_sizes; s++) {
        if (all > INT32_MAX || all % size[s] == 0)
            continue;
        struct whole_load w = {.all = (int32_t)all, .size = size[s], .rest = (int32_t)(all % size[s])};
        double excess = -whole_load_waste(&w, w.all);
        for (size_t i = 0; i < f->n_flown; i++)
            excess += m->x[f->flown[i]] * whole_load_waste(&w, f->aboard[i]);
        if (excess > most && !known_load(m, f->set, n, size[s]))
            most = excess, best = size[s];
    }
    if (best)
        note(f, n, best, most);
}

enum shared { ORIGIN, DESTINATION, BOTH, ANYTHING, N_SHARED };

static bool share(const struct instance *inst, size_t a, size_t b, enum shared what)
{
    bool origin = inst->demand[a].origin == inst->demand[b].origin;
    bool destination = inst->demand[a].destination == inst->demand[b].destination;
    return what == ORIGIN ? origin : what == DESTINATION ? destination : what == BOTH ? origin && destination : true;
}

static void try_all_sets(struct finder *f)
{
    const struct instance *inst = f->m->inst;
    size_t pairs = 0;
    for (size_t d = 0; d < inst->n_demands && !f->failed; d++) {
        f->set[0] = (int32_t)d;
        try_set(f, 1);
        for (size_t e = d + 1; e < inst->n_demands && pairs < MOST_PAIRS; e++) {
            if (!share(inst, d, e, ORIGIN) && !share(inst, d, e, DESTINATION))
                continue;
            pairs++;
            f->set[0] = (int32_t)d;
            f->set[1] = (int32_t)e;
            try_set(f, 2);
        }
    }
    for (enum shared what = ORIGIN; what < N_SHARED; what++)
        for (size_t d = 0; d < inst->n_demands && !f->failed; d++) {
            size_t n = 0;
            bool first = true;
            for (size_t e = 0; e < inst->n_demands; e++) {
                if (!share(inst, d, e, what))
                    continue;
                first = first && e >= d;
                f->set[n++] = (int32_t)e;
            }
            if (first && n > 2)
                try_set(f, n);
        }
}

static int by_excess(const void *a, const void *b)
{
    const struct breach_of_load *x = a, *y = b;
    if (x->excess != y->excess)
        return x->excess < y->excess ? 1 : -1;
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    return memcmp(x->demand, y->demand, x->n * sizeof *x->demand);
}

static bool add_load(struct master *m, const struct breach_of_load *b, int *added)
{
    bool failed = false;
    if (m->n_loads == m->cap_loads) {
        size_t cap = m->cap_loads ? 2 * m->cap_loads : 32;
        struct whole_load *grown = realloc(m->load, cap * sizeof *grown);
        if (!grown)
            return false;
        m->load = grown;
        m->cap_loads = cap;
    }
    if (!whole_load_init(&m->load[m->n_loads], m->inst, b->demand, b->n, b->size, &failed))
        return !failed;
    const struct whole_load *w = &m->load[m->n_loads++];
    struct row row = {.kind = ROW_LOADS,
                      .a = (int32_t)m->n_loads - 1,
                      .b = b->size,
                      .rhs = whole_load_waste(w, w->all),
                      .active = true};
    ++*added;
    return master_add_row(m, row);
}

int master_separate_loads(struct master *m, bool as_flown)
{
    struct finder f = {.m = m};
    int added = 0;
    f.set = malloc((m->inst->n_demands + 1) * sizeof *f.set);
    f.flown = malloc((m->n_columns + 1) * sizeof *f.flown);
    f.aboard = malloc((m->n_columns + 1) * sizeof *f.aboard);
    f.failed = !f.set || !f.flown || !f.aboard;
    for (size_t j = 0; j < m->n_columns && !f.failed; j++)
        if (m->x[j] > 1e-7 && m->column[j].mission.n_rides > 0)
            f.flown[f.n_flown++] = j;
    if (!f.failed)
        try_all_sets(&f);
    f.as_flown = true;
    if (!f.failed && f.n_found == 0 && as_flown)
        try_all_sets(&f);
    if (f.n_found > 1)
        qsort(f.found, f.n_found, sizeof *f.found, by_excess);
    for (size_t i = 0; i < f.n_found && i < LOADS_PER_ROUND && m->n_loads < MOST_LOADS && !f.failed; i++)
        f.failed = !add_load(m, &f.found[i], &added);
    for (size_t i = 0; i < f.n_found; i++)
        free(f.found[i].demand);
    free(f.found);
    free(f.set);
    free(f.flown);
    free(f.aboard);
    return f.failed ? -1 : added;
}
