#include "solver/whole_loads.h"

#include <math.h>
#include <stdlib.h>

bool whole_load_init(struct whole_load *w, const struct instance *inst, const int32_t *demands, size_t n, int32_t size,
                     bool *failed)
{
    int64_t all = 0;
    for (size_t i = 0; i < n; i++)
        all += inst->demand[demands[i]].pax;
    *w = (struct whole_load){.size = size};
    if (size < 2 || all > INT32_MAX || all % size == 0)
        return false;
    w->all = (int32_t)all;
    w->rest = (int32_t)(all % size);
    w->has = calloc(inst->n_demands + 1, sizeof *w->has);
    *failed = !w->has;
    if (!w->has)
        return false;
    for (size_t i = 0; i < n; i++)
        w->has[demands[i]] = true;
    return true;
}

int32_t whole_load_aboard(const struct whole_load *w, const struct mission *mission)
{
    int32_t q = 0;
    for (size_t r = 0; r < mission->n_rides; r++)
        q += w->has[mission->ride[r].demand] ? mission->ride[r].pax : 0;
    return q;
}

double least_slope(const struct whole_load *w, int32_t aboard, int32_t reach, int32_t *free)
{
    int32_t over = aboard % w->size, before = whole_load_waste(w, aboard);
    *free = over < w->rest ? w->rest - over : 0;
    double slope = 1;
    for (int32_t q = aboard - over + w->size + w->rest;; q += w->size) { /* waste stands still up to there */
        int32_t at = q < reach ? q : reach, x = at - aboard - *free;
        if (x > 0)
            slope = fmin(slope, (double)(whole_load_waste(w, at) - before) / x);
        if (at == reach)
            return slope;
    }
}
