#include "export/report_limits.h"

#include <stdlib.h>

#include "export/walk.h"

static int by_instant(const void *a, const void *b)
{
    const struct limit_event *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

bool limit_counts_init(struct limit_counts *counts, const struct instance *inst, const struct schedule *schedule,
                       struct error *err)
{
    struct walk walk;
    size_t most = 0;
    *counts = (struct limit_counts){.inst = inst};
    for (size_t i = 0; i < schedule->n_missions; i++)
        most += 2 * schedule->mission[i].n_stops;
    if (!walk_init(&walk, inst, schedule, WALK_BY_TIME, err))
        return false;
    counts->event = malloc((most + 1) * sizeof *counts->event);
    while (counts->event != NULL && walk_mission(&walk)) {
        while (walk_stop(&walk)) {
            const struct stop *stop = walk.stop.plan;
            if (walk.stop.index > 0)
                counts->event[counts->n++] =
                    (struct limit_event){.at = stop->arrival, .airfield = stop->airfield, .arrivals = 1};
            if (walk.stop.leaves.pax > 0)
                counts->event[counts->n++] = (struct limit_event){
                    .at = stop->handling_start, .airfield = stop->airfield, .pax = walk.stop.leaves.pax};
        }
    }
    walk_release(&walk);
    if (counts->event == NULL)
        return error_set(err, ERR_MEMORY, "out of memory");
    qsort(counts->event, counts->n, sizeof *counts->event, by_instant);
    return true;
}

void limit_counts_release(struct limit_counts *counts)
{
    free(counts->event);
    *counts = (struct limit_counts){.n = 0};
}

/* The first event at `at` or later. */
static size_t first_event(const struct limit_counts *counts, sec_t at)
{
    size_t low = 0, high = counts->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (counts->event[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool counts_for(const struct limit *limit, int32_t airfield)
{
    for (size_t i = 0; i < limit->n_airfields; i++)
        if (limit->airfields[i] == airfield)
            return true;
    return false;
}

struct limit_count limit_count(const struct limit_counts *counts, const struct limit *limit, const struct cap *cap)
{
    struct limit_count used = {.arrivals = 0, .pax = 0};
    for (size_t i = first_event(counts, cap->from); i < counts->n && counts->event[i].at < cap->until; i++) {
        if (!counts_for(limit, counts->event[i].airfield))
            continue;
        used.arrivals += counts->event[i].arrivals;
        used.pax += counts->event[i].pax;
    }
    return used;
}
