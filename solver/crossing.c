#include "solver/crossing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/load.h"

int32_t seated_of(const struct instance *inst, const bool *has, int32_t type)
{
    int32_t per = 1;
    for (size_t d = 0; d < inst->n_demands; d++)
        if (has[d])
            per = escorts_joint(per, inst->demand[d].escort_per);
    return (int32_t)load_seated(seats_of(&inst->type[type]), per);
}

static bool copy(bool **to, const bool *from, size_t n)
{
    *to = malloc(n + 1);
    if (*to && n)
        memcpy(*to, from, n);
    return *to;
}

bool crossing_init(struct crossing *c, const struct instance *inst, const bool *has, const bool *inside, int32_t size,
                   bool *failed)
{
    int64_t all = 0;
    for (size_t d = 0; d < inst->n_demands; d++)
        all += has[d] ? inst->demand[d].pax : 0;
    *c = (struct crossing){.size = size};
    *failed = false;
    if (size < 2 || all > INT32_MAX || all % size == 0)
        return false;
    c->all = (int32_t)all;
    c->rest = (int32_t)(all % size);
    c->gain = calloc(inst->n_types + 1, sizeof *c->gain);
    *failed = !copy(&c->has, has, inst->n_demands) || !copy(&c->inside, inside, inst->n_airfields) || !c->gain;
    if (*failed) {
        crossing_release(c);
        return false;
    }
    for (int32_t y = 0; y < (int32_t)inst->n_types; y++) {
        int32_t takes = seated_of(inst, has, y), over = takes % size;
        c->gain[y] = (double)(takes / size) * c->rest + (over < c->rest ? over : c->rest);
    }
    return true;
}

void crossing_release(struct crossing *c)
{
    free(c->has);
    free(c->inside);
    free(c->gain);
    *c = (struct crossing){0};
}

double crossing_rhs(const struct crossing *c)
{
    return (double)(c->all / c->size) * (c->size - c->rest);
}

double crossing_use(const struct crossing *c, int32_t type, const struct mission *mission)
{
    double use = 0;
    for (size_t r = 0; r < mission->n_rides; r++)
        use += c->has[mission->ride[r].demand] ? mission->ride[r].pax : 0;
    for (size_t s = 1; s < mission->n_stops; s++)
        use -= crosses(c, mission->stop[s - 1].airfield, mission->stop[s].airfield) ? c->gain[type] : 0;
    return use;
}
