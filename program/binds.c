#include "program/binds.h"

#include "solver/column.h"

int32_t type_seats(const struct aircraft_type *type, int32_t *configuration)
{
    *configuration = 0;
    for (size_t i = 1; i < type->n_configurations; i++)
        if (type->configuration[i].seats > type->configuration[*configuration].seats)
            *configuration = (int32_t)i;
    return type->configuration[*configuration].seats;
}

/* Most that a crew flies: n duties, each no longer than the FDP allows, with rest between. */
static sec_t most_hours(const struct instance *inst, const struct crew *crew)
{
    const struct rules *rules = &inst->rules;
    sec_t gap = rules->show + rules->post_flight + rules->rest, duty = 0, most = 0;
    for (size_t i = 0; i < crew->n_types; i++) {
        sec_t fdp = inst->type[crew->types[i]].fdp[crew->kind] - rules->show;
        duty = fdp > duty ? fdp : duty;
    }
    for (sec_t n = 1; duty > 0 && (n - 1) * gap < inst->end; n++) {
        sec_t left = inst->end - (n - 1) * gap, flown = n * duty < left ? n * duty : left;
        most = flown > most ? flown : most;
        if (n * duty >= left)
            break; /* one more duty leaves less */
    }
    return most;
}

bool rolling_may_bind(const struct instance *inst, size_t limit)
{
    for (size_t c = 0; c < inst->n_crews; c++) {
        sec_t sum = most_hours(inst, &inst->crew[c]);
        for (size_t i = 0; i < inst->crew[c].n_recent; i++)
            sum += inst->crew[c].recent[i].block;
        if (sum > inst->rules.rolling[limit].most)
            return true;
    }
    return false;
}

bool pax_cap_may_bind(const struct instance *inst, const struct limit *limit, const struct cap *cap)
{
    int64_t pax = 0;
    for (size_t d = 0; d < inst->n_demands; d++)
        if (may_end_at(false, limit->airfields, limit->n_airfields, inst->demand[d].destination))
            pax += inst->demand[d].pax;
    return cap->pax >= 0 && pax > cap->pax;
}

bool parking_may_bind(const struct instance *inst, int32_t airfield)
{
    int64_t units = 0;
    for (size_t a = 0; a < inst->n_airframes; a++)
        units += inst->type[inst->airframe[a].type].mog_units;
    return inst->airfield[airfield].mog >= 0 && units > inst->airfield[airfield].mog;
}

bool within(sec_t t, struct interval window)
{
    return window.from <= t && t <= window.until;
}

static bool in_any(sec_t t, const struct interval *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (within(t, list[i]))
            return true;
    return false;
}

bool is_open(const struct instance *inst, int32_t airfield, sec_t t)
{
    const struct airfield *f = &inst->airfield[airfield];
    return f->always_open || in_any(t, f->open, f->n_open);
}

bool at_limit(const struct limit *limit, int32_t airfield)
{
    return may_end_at(false, limit->airfields, limit->n_airfields, airfield);
}

bool is_cleared(const struct instance *inst, int32_t airfield, sec_t t)
{
    for (size_t i = 0; i < inst->n_limits; i++)
        if (inst->limit[i].needs_clearance && at_limit(&inst->limit[i], airfield) &&
            !in_any(t, inst->limit[i].clear, inst->limit[i].n_clear))
            return false;
    return true;
}

bool no_more_caps(const struct instance *inst, int32_t airfield, sec_t earlier, sec_t later)
{
    for (size_t l = 0; l < inst->n_limits; l++)
        for (size_t c = 0; c < inst->limit[l].n_caps && at_limit(&inst->limit[l], airfield); c++) {
            const struct cap *cap = &inst->limit[l].cap[c];
            bool counts = cap->from <= earlier && earlier < cap->until, did = cap->from <= later && later < cap->until;
            if (cap->arrivals >= 0 && counts && !did)
                return false;
        }
    return true;
}
