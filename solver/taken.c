#include "solver/taken.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void taken_set_bounds(struct master *m, size_t j, double least, double most)
{
    lp_set_bounds(m->lp, m->lp_column[j], least, most);
    m->rows_changed = true;
}

bool taken_begin(struct master *m, struct taken *t)
{
    *t = (struct taken){.rows = m->n_rows};
    return lp_keep_basis(m->lp, &t->basis) && taken_grow(m, t);
}

void taken_end(struct master *m, struct taken *t)
{
    for (size_t j = 0; j < m->n_columns; j++)
        taken_set_bounds(m, j, 0, m->column[j].fixed ? 1 : INFINITY);
    lp_set_hasty(m->lp, false);
    if (t->basis.status)
        lp_resume_basis(m->lp, &t->basis);
    m->rows_changed = m->n_rows > t->rows;
    free(t->least);
    free(t->before);
}

bool taken_grow(const struct master *m, struct taken *t)
{
    double *least = realloc(t->least, (m->n_columns + 1) * sizeof *least);
    if (least)
        t->least = least;
    double *before = realloc(t->before, (m->n_columns + 1) * sizeof *before);
    if (before)
        t->before = before;
    if (!least || !before)
        return false;
    for (; t->n < m->n_columns; t->n++)
        t->least[t->n] = t->before[t->n] = 0;
    return true;
}

void taken_take(struct master *m, struct taken *t, size_t j, double least)
{
    t->least[j] = least;
    taken_set_bounds(m, j, least, m->column[j].fixed ? 1 : INFINITY);
}

void taken_step(struct taken *t)
{
    memcpy(t->before, t->least, t->n * sizeof *t->before);
}

void taken_back(struct master *m, struct taken *t)
{
    for (size_t j = 0; j < t->n; j++)
        if (t->least[j] != t->before[j])
            taken_take(m, t, j, t->before[j]);
}

void taken_ban(struct master *m, const struct taken *t, size_t j)
{
    taken_set_bounds(m, j, t->least[j], fmax(t->least[j], whole_part(m->x[j])));
}
