/* Which crossings (crossing.h) the last solution breaks. Inside is one airfield, all but one, two, or, where there are
 * few airfields, any part of them; the demands are all that begin inside and end outside, or those of them that the
 * solution moves most of. Sizes are what an aircraft of the fleet seats. */
#include "solver/crossing.h"
#include "solver/master.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_SHARE 1e-3 /* of the set's passengers: a smaller breach is let be */
#define MOSTLY      0.98 /* of a demand is moved */

enum { CROSSINGS_PER_ROUND = 30, MOST_CROSSINGS = 300, FEW_FIELDS = 9 };

struct seeker {
    struct master *m;
    bool *has, *inside;     /* [n_demands], [n_airfields] scratch */
    double *moved;          /* [n_demands] by the solution */
    double *flown;          /* [n_types * n_airfields * n_airfields] flights of the solution */
    struct crossing *found; /* [n_found], the worst first */
    double excess[CROSSINGS_PER_ROUND];
    size_t n_found;
    bool failed;
};

static bool known_crossing(const struct master *m, const struct crossing *c)
{
    for (size_t i = 0; i < m->n_crossings; i++)
        if (m->crossing[i].size == c->size && memcmp(m->crossing[i].has, c->has, m->inst->n_demands) == 0 &&
            memcmp(m->crossing[i].inside, c->inside, m->inst->n_airfields) == 0)
            return true;
    return false;
}

static double excess_of(const struct seeker *s, const struct crossing *c)
{
    size_t n = s->m->inst->n_airfields;
    double use = -crossing_rhs(c);
    for (size_t d = 0; d < s->m->inst->n_demands; d++)
        use += c->has[d] ? s->moved[d] : 0;
    for (size_t y = 0; y < s->m->inst->n_types; y++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n && c->inside[i]; j++)
                use -= c->inside[j] ? 0 : c->gain[y] * s->flown[(y * n + i) * n + j];
    return use;
}

/* Keeps the worst. */
static void note(struct seeker *s, struct crossing *c, double excess)
{
    if (s->n_found == CROSSINGS_PER_ROUND && excess <= s->excess[s->n_found - 1]) {
        crossing_release(c);
        return;
    }
    if (s->n_found == CROSSINGS_PER_ROUND)
        crossing_release(&s->found[--s->n_found]);
    size_t at = s->n_found++;
    for (; at > 0 && s->excess[at - 1] < excess; at--) {
        s->found[at] = s->found[at - 1];
        s->excess[at] = s->excess[at - 1];
    }
    s->found[at] = *c;
    s->excess[at] = excess;
}

/* The size at which the demands in s->has break the row most. */
static void try_demands(struct seeker *s)
{
    const struct instance *inst = s->m->inst;
    struct crossing best = {0};
    double most = 0;
    for (size_t a = 0; a < inst->n_airframes && !s->failed; a++) {
        struct crossing c;
        if ((a > 0 && inst->airframe[a].type == inst->airframe[a - 1].type) ||
            !crossing_init(&c, inst, s->has, s->inside, seated_of(inst, s->has, inst->airframe[a].type), &s->failed))
            continue;
        double excess = excess_of(s, &c);
        if (excess > fmax(most, LEAST_SHARE * c.all) && !known_crossing(s->m, &c)) {
            crossing_release(&best);
            best = c;
            most = excess;
        } else {
            crossing_release(&c);
        }
    }
    if (most > 0)
        note(s, &best, most);
}

/* All demands that have to get out of s->inside, and those of them that are moved, alone or together. */
static void try_inside(struct seeker *s)
{
    const struct instance *inst = s->m->inst;
    size_t n = 0, whole = 0;
    for (size_t d = 0; d < inst->n_demands; d++) {
        const struct demand *demand = &inst->demand[d];
        s->has[d] = s->inside[demand->origin] && !s->inside[demand->destination];
        n += s->has[d];
        whole += s->has[d] && s->moved[d] >= MOSTLY * demand->pax;
    }
    if (n == 0)
        return;
    try_demands(s);
    if (whole == 0 || whole == n)
        return;
    for (size_t d = 0; d < inst->n_demands; d++)
        s->has[d] = s->has[d] && s->moved[d] >= MOSTLY * inst->demand[d].pax;
    try_demands(s);
}

/* Each demand by itself out of its origin, and into its destination. */
static void try_single(struct seeker *s)
{
    const struct instance *inst = s->m->inst;
    for (size_t d = 0; d < inst->n_demands && !s->failed; d++) {
        memset(s->has, 0, inst->n_demands);
        s->has[d] = true;
        for (int into = 0; into < 2; into++) {
            int32_t f = into ? inst->demand[d].destination : inst->demand[d].origin;
            for (size_t i = 0; i < inst->n_airfields; i++)
                s->inside[i] = ((int32_t)i == f) != (into == 1);
            try_demands(s);
        }
    }
}

static void try_parts(struct seeker *s)
{
    size_t n = s->m->inst->n_airfields;
    if (n <= FEW_FIELDS) {
        for (size_t part = 1; part + 1 < (size_t)1 << n && !s->failed; part++) {
            for (size_t i = 0; i < n; i++)
                s->inside[i] = part >> i & 1;
            try_inside(s);
        }
        return;
    }
    for (size_t f = 0; f < n; f++)
        for (size_t g = f; g < n && !s->failed; g++)
            for (int outside = 0; outside < 2; outside++) {
                for (size_t i = 0; i < n; i++)
                    s->inside[i] = (i == f || i == g) != (outside == 1);
                try_inside(s);
            }
}

static void sum_up(struct seeker *s)
{
    const struct master *m = s->m;
    size_t n = m->inst->n_airfields;
    for (size_t j = 0; j < m->n_columns; j++) {
        const struct mission *mission = &m->column[j].mission;
        if (m->x[j] < 1e-9)
            continue;
        for (size_t r = 0; r < mission->n_rides; r++)
            s->moved[mission->ride[r].demand] += m->x[j] * mission->ride[r].pax;
        for (size_t k = 1; k < mission->n_stops; k++)
            s->flown[((size_t)m->column[j].type * n + (size_t)mission->stop[k - 1].airfield) * n +
                     (size_t)mission->stop[k].airfield] += m->x[j];
    }
}

/* Takes the crossing over. */
static bool add_crossing(struct master *m, struct crossing *c)
{
    if (m->n_crossings == m->cap_crossings) {
        size_t cap = m->cap_crossings ? 2 * m->cap_crossings : 32;
        struct crossing *grown = realloc(m->crossing, cap * sizeof *grown);
        if (!grown)
            return false;
        m->crossing = grown;
        m->cap_crossings = cap;
    }
    m->crossing[m->n_crossings++] = *c;
    struct row row = {
        .kind = ROW_CROSSING, .a = (int32_t)m->n_crossings - 1, .b = c->size, .rhs = crossing_rhs(c), .active = true};
    *c = (struct crossing){0};
    return master_add_row(m, row);
}

int master_separate_crossings(struct master *m)
{
    size_t n = m->inst->n_airfields;
    struct seeker s = {.m = m};
    int added = 0;
    s.has = calloc(m->inst->n_demands + 1, sizeof *s.has);
    s.inside = calloc(n + 1, sizeof *s.inside);
    s.moved = calloc(m->inst->n_demands + 1, sizeof *s.moved);
    s.flown = calloc(m->inst->n_types * n * n + 1, sizeof *s.flown);
    s.found = calloc(CROSSINGS_PER_ROUND, sizeof *s.found);
    s.failed = !s.has || !s.inside || !s.moved || !s.flown || !s.found;
    if (!s.failed) {
        sum_up(&s);
        try_parts(&s);
        try_single(&s);
    }
    for (size_t i = 0; i < s.n_found && m->n_crossings < MOST_CROSSINGS && !s.failed; i++, added++)
        s.failed = !add_crossing(m, &s.found[i]);
    for (size_t i = 0; i < s.n_found; i++)
        crossing_release(&s.found[i]);
    free(s.has);
    free(s.inside);
    free(s.moved);
    free(s.flown);
    free(s.found);
    return s.failed ? -1 : added;
}
