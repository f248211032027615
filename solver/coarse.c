#include "solver/coarse.h"

#include <stdlib.h>
#include <string.h>

#include "solver/column.h"

/* Earlier by `ease`, where it is an instant. */
static sec_t before(sec_t t, sec_t ease)
{
    return t == SEC_EARLIEST ? t : t - ease;
}

static sec_t shorter(sec_t length, sec_t ease)
{
    return length > ease ? length - ease : 0;
}

static void *copy_of(const void *array, size_t n, size_t size)
{
    void *copy = malloc(n * size + 1);
    if (copy && n)
        memcpy(copy, array, n * size);
    return copy;
}

sec_t coarse_most(const struct instance *inst)
{
    sec_t ease = inst->rules.show;
    for (size_t y = 0; y < inst->n_types; y++) {
        const struct aircraft_type *type = &inst->type[y];
        ease = smaller(ease, type->turn);
        for (int work = 0; work < N_GROUND_WORK; work++)
            ease = smaller(ease, type->ground[work]);
    }
    return ease + 1;
}

/* Intervals that begin earlier; those that then meet become one. */
static size_t widen(struct interval *interval, size_t n, sec_t ease)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        interval[i].from = before(interval[i].from, ease);
        if (kept > 0 && interval[i].from <= interval[kept - 1].until)
            interval[kept - 1].until = interval[i].until;
        else
            interval[kept++] = interval[i];
    }
    return kept;
}

static bool ease_airfields(struct instance *coarse, sec_t ease)
{
    for (size_t i = 0; i < coarse->n_airfields; i++) {
        struct airfield *field = &coarse->airfield[i];
        field->mog = -1;
        field->open = copy_of(field->open, field->n_open, sizeof *field->open);
        field->n_open = field->open ? widen(field->open, field->n_open, ease) : 0;
    }
    for (size_t i = 0; i < coarse->n_airfields; i++)
        if (!coarse->airfield[i].open)
            return false;
    return true;
}

/* Block-ins may be earlier than they were, unloading is not. */
static bool ease_limits(struct instance *coarse, sec_t ease)
{
    bool ok = true;
    for (size_t i = 0; i < coarse->n_limits; i++) {
        struct limit *limit = &coarse->limit[i];
        const struct cap *cap = limit->cap;
        size_t n = 0;
        limit->clear = copy_of(limit->clear, limit->n_clear, sizeof *limit->clear);
        limit->n_clear = limit->clear ? widen(limit->clear, limit->n_clear, ease) : 0;
        limit->cap = malloc(2 * limit->n_caps * sizeof *limit->cap + 1);
        for (size_t c = 0; c < limit->n_caps && limit->cap; c++) {
            struct cap arrivals = cap[c], pax = cap[c];
            arrivals.until -= ease;
            arrivals.pax = pax.arrivals = -1;
            if (arrivals.arrivals >= 0 && arrivals.from < arrivals.until)
                limit->cap[n++] = arrivals;
            if (pax.pax >= 0)
                limit->cap[n++] = pax;
        }
        limit->n_caps = n;
        ok = ok && limit->clear && limit->cap;
    }
    return ok;
}

static void ease_fleet(struct instance *coarse, sec_t ease)
{
    for (size_t y = 0; y < coarse->n_types; y++) {
        struct aircraft_type *type = &coarse->type[y];
        type->turn = shorter(type->turn, ease);
        for (int work = 0; work < N_GROUND_WORK; work++)
            type->ground[work] = shorter(type->ground[work], ease);
    }
    for (size_t a = 0; a < coarse->n_airframes; a++)
        coarse->airframe[a].from = before(coarse->airframe[a].from, ease);
    for (size_t d = 0; d < coarse->n_demands; d++) {
        struct demand *demand = &coarse->demand[d];
        demand->onload = shorter(demand->onload, ease);
        demand->offload = shorter(demand->offload, ease);
        if (demand->aboard_limit >= 0)
            demand->aboard_limit += ease;
    }
    coarse->rules.show -= ease;
    for (size_t i = 0; i < coarse->rules.n_rolling; i++)
        coarse->rules.rolling[i].window = shorter(coarse->rules.rolling[i].window, ease);
}

static bool handled(const struct mission *m, size_t s)
{
    for (size_t r = 0; r < m->n_rides; r++)
        if (m->ride[r].from_stop == (int32_t)s || m->ride[r].to_stop == (int32_t)s)
            return true;
    return false;
}

void coarse_mission(const struct instance *coarse, struct mission *m)
{
    int32_t type = coarse->airframe[m->airframe].type;
    for (size_t s = 0; s < m->n_stops; s++) {
        struct stop *stop = &m->stop[s];
        bool first = s == 0, last = s + 1 == m->n_stops;
        if (!first)
            stop->arrival =
                m->stop[s - 1].departure + instance_leg(coarse, type, m->stop[s - 1].airfield, stop->airfield)->block;
        if (!last)
            stop->departure -= stop->departure % coarse->rules.step;
        if ((first || last) && !handled(m, s))
            stop->handling_start = stop->handling_end = first ? stop->departure : stop->arrival;
        else
            stop->handling_end =
                last ? stop->handling_end - (coarse->rules.step - 1) : smaller(stop->handling_end, stop->departure);
    }
}

bool coarse_instance(const struct instance *inst, sec_t step, struct instance *coarse)
{
    sec_t ease = step - 1;
    *coarse = *inst;
    coarse->rules.step = step;
    coarse->airfield = copy_of(inst->airfield, inst->n_airfields, sizeof *inst->airfield);
    coarse->type = copy_of(inst->type, inst->n_types, sizeof *inst->type);
    coarse->airframe = copy_of(inst->airframe, inst->n_airframes, sizeof *inst->airframe);
    coarse->demand = copy_of(inst->demand, inst->n_demands, sizeof *inst->demand);
    coarse->limit = copy_of(inst->limit, inst->n_limits, sizeof *inst->limit);
    coarse->rules.rolling = copy_of(inst->rules.rolling, inst->rules.n_rolling, sizeof *inst->rules.rolling);
    bool copied = coarse->airfield && coarse->type && coarse->airframe && coarse->demand && coarse->limit &&
                  coarse->rules.rolling;
    if (!copied) { /* what lies deeper is still that of `inst` */
        coarse->n_airfields = coarse->n_limits = 0;
        schedule_init(&coarse->committed);
        coarse_release(coarse);
        return false;
    }
    bool ok = ease_airfields(coarse, ease);
    ok = ease_limits(coarse, ease) && ok;
    ok = schedule_copy(&coarse->committed, &inst->committed) && ok;
    ease_fleet(coarse, ease);
    for (size_t i = 0; i < coarse->committed.n_missions; i++)
        coarse_mission(coarse, &coarse->committed.mission[i]);
    if (!ok)
        coarse_release(coarse);
    return ok;
}

void coarse_release(struct instance *coarse)
{
    for (size_t i = 0; i < coarse->n_airfields; i++)
        free(coarse->airfield[i].open);
    for (size_t i = 0; i < coarse->n_limits; i++) {
        free(coarse->limit[i].clear);
        free(coarse->limit[i].cap);
    }
    free(coarse->airfield);
    free(coarse->type);
    free(coarse->airframe);
    free(coarse->demand);
    free(coarse->limit);
    free(coarse->rules.rolling);
    schedule_release(&coarse->committed);
    memset(coarse, 0, sizeof *coarse);
}
