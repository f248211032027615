/* A dive in a program whose solutions are no schedules, as its rows are means over spans. Many missions are taken at a
 * step, so that it suits programs of many alike airframes, whose solutions are whole for the most part. */
#include <math.h>
#include <stdlib.h>

#include "solver/dive.h"
#include "solver/taken.h"

#define STEP      0.25 /* of what is fractional is taken at a step */
#define OPEN_SUIT 0.3  /* of the missions flown may be fractional before a dive, ... */
#define OPEN_LEFT 0.1  /* ... and so many after it */

enum { MOST_IN_A_ROW = 8 /* steps that were too much */ };

struct part {
    size_t column;
    double part;
};

static int by_part(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    if (x->part != y->part)
        return x->part > y->part ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

static double above_whole(double x)
{
    double above = x - whole_part(x);
    return above > WHOLE ? above : 0;
}

/* How much of what the last solution flies is fractional; *share: of all of it. */
static double count_open(const struct master *m, double *share)
{
    double open = 0, flown = 0;
    for (size_t j = 0; j < m->n_columns; j++) {
        open += above_whole(m->x[j]);
        flown += m->x[j];
    }
    *share = flown > 0 ? open / flown : 1;
    return open;
}

bool dive_suits(const struct search *s)
{
    double share;
    count_open(&s->master, &share);
    return relaxed(s) && share <= OPEN_SUIT;
}

/* What is fractional, the most chosen first; returns how many. part [n_columns]. */
static size_t list_parts(const struct master *m, struct part *part)
{
    size_t n = 0;
    for (size_t j = 0; j < m->n_columns; j++)
        if (above_whole(m->x[j]) > 0)
            part[n++] = (struct part){j, above_whole(m->x[j])};
    if (n > 1)
        qsort(part, n, sizeof *part, by_part);
    return n;
}

/* Takes what is whole, and the `most` first parts. */
static void take_parts(struct master *m, struct taken *t, const struct part *part, size_t n, size_t most)
{
    taken_step(t);
    for (size_t j = 0; j < t->n; j++)
        if (whole_part(m->x[j]) > t->least[j])
            taken_take(m, t, j, whole_part(m->x[j]));
    for (size_t i = 0; i < n && i < most; i++)
        taken_take(m, t, part[i].column, whole_part(m->x[part[i].column]) + 1);
}

/* Demands may get more seats than they need, and rows that count on whole loads are left out. */
static void set_covering(struct master *m, bool more)
{
    for (size_t i = 0; i < m->n_rows; i++) {
        if (m->row[i].kind == ROW_DEMAND)
            lp_cover_row(m->lp, (int)i, more);
        if (m->row[i].kind == ROW_LOADS && m->row[i].active)
            lp_bound_row(m->lp, (int)i, more ? INFINITY : m->row[i].rhs);
    }
}

/* The missions taken. False: out of memory. */
static bool list_flown(const struct master *m, const struct taken *t, struct flown **flown, size_t *n)
{
    *n = 0;
    *flown = malloc((m->n_columns + 1) * sizeof **flown);
    for (size_t j = 0; j < t->n && *flown; j++)
        if (t->least[j] > 0 && !m->column[j].fixed)
            (*flown)[(*n)++] = (struct flown){&m->column[j], (int32_t)t->least[j]};
    return *flown != NULL;
}

/* What steps need of the one before. */
struct descent {
    struct part *part; /* [n] that were fractional then; owned */
    size_t n, most;    /* and how many of them were taken at most */
    struct lp_basis basis;
    bool taken; /* and not known to hold yet */
    double pace;
};

/* Takes more. False: out of memory. */
static bool step_down(struct master *m, struct taken *taken, struct descent *step, double open)
{
    struct part *grown = realloc(step->part, (m->n_columns + 1) * sizeof *grown);
    step->part = grown ? grown : step->part;
    free(step->basis.status);
    step->basis.status = NULL;
    if (!grown || !lp_keep_basis(m->lp, &step->basis))
        return false;
    step->n = list_parts(m, step->part);
    step->most = (size_t)ceil(step->pace * open);
    take_parts(m, taken, step->part, step->n, step->most);
    step->taken = true;
    return true;
}

/* The last step was too much: as before it, and smaller steps from now on. */
static void step_back(struct master *m, struct taken *taken, struct descent *step)
{
    taken_back(m, taken);
    if (step->most <= 1 && step->n > 0)
        taken_ban(m, taken, step->part[0].column);
    lp_resume_basis(m->lp, &step->basis);
    step->pace /= 2;
    step->taken = false;
}

/* The steps; *open: the share of the missions flown that stayed fractional, as before where there was none. */
static bool descend(struct search *s, struct taken *taken, double *open)
{
    struct master *m = &s->master;
    struct descent step = {.pace = STEP};
    bool ok = true;
    for (int i = 0, misses = 0; ok && i < DEEPEST && misses <= MOST_IN_A_ROW && !out_of_time(s); i++) {
        enum lp_status status = refresh(s);
        ok = taken_grow(m, taken);
        if (ok && status == LP_INFEASIBLE && step.taken) {
            step_back(m, taken, &step);
            misses++;
            continue;
        }
        if (!ok || status != LP_OPTIMAL)
            break;
        report(s);
        lp_set_hasty(m->lp, true);
        step.pace = step.taken ? fmin(STEP, 2 * step.pace) : step.pace;
        misses = step.taken ? 0 : misses;
        step.taken = false;
        int banned = ban_unplannable(s);
        ok = banned >= 0;
        if (banned != 0)
            continue;
        double fractional = count_open(m, open);
        ok = step_down(m, taken, &step, fractional);
        if (step.n == 0)
            break;
    }
    free(step.basis.status);
    free(step.part);
    return ok || error_set(s->err, ERR_MEMORY, "out of memory");
}

bool dive_relaxed(struct search *s, struct flown **flown, size_t *n_flown)
{
    struct master *m = &s->master;
    struct taken taken;
    double open = 1;
    *flown = NULL;
    *n_flown = 0;
    bool ok = taken_begin(m, &taken) || error_set(s->err, ERR_MEMORY, "out of memory");
    s->phase = "dive";
    set_covering(m, true);
    m->rows_changed = false; /* the last solution still is one */
    ok = ok && descend(s, &taken, &open);
    if (ok && open <= OPEN_LEFT)
        ok = list_flown(m, &taken, flown, n_flown) || error_set(s->err, ERR_MEMORY, "out of memory");
    set_covering(m, false);
    taken_end(m, &taken);
    enum search_phase before = turn_to(s, PHASE_MASTER);
    if (ok && !out_of_time(s))
        master_solve(m, out_of_time, s);
    turn_to(s, before);
    s->phase = "tree";
    return ok;
}
