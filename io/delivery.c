#include "io/delivery.h"

#include <stdlib.h>

static void count_ride(const struct mission *mission, const struct ride *ride, struct delivery *to)
{
    to->moved += ride->pax;
    if (ride->to_stop < 0 || (size_t)ride->to_stop >= mission->n_stops)
        return;
    sec_t at = mission->stop[ride->to_stop].handling_start;
    to->first = to->first == SEC_NONE || at < to->first ? at : to->first;
    to->last = to->last == SEC_NONE || at > to->last ? at : to->last;
}

struct delivery *deliveries(const struct instance *inst, const struct schedule *schedule, struct error *err)
{
    struct delivery *all = malloc((inst->n_demands + 1) * sizeof *all);
    if (all == NULL) {
        error_set(err, ERR_MEMORY, "out of memory");
        return NULL;
    }
    for (size_t i = 0; i < inst->n_demands; i++)
        all[i] = (struct delivery){.moved = 0, .first = SEC_NONE, .last = SEC_NONE};
    for (size_t i = 0; i < schedule->n_missions; i++) {
        const struct mission *mission = &schedule->mission[i];
        for (size_t j = 0; j < mission->n_rides; j++) {
            const struct ride *ride = &mission->ride[j];
            if (ride->demand >= 0 && (size_t)ride->demand < inst->n_demands)
                count_ride(mission, ride, &all[ride->demand]);
        }
    }
    return all;
}
