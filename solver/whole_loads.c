#include "solver/whole_loads.h"

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
