#include "model/schedule.h"

#include <stdlib.h>
#include <string.h>

const char *plan_status_text(enum plan_status status)
{
    static const char *const text[] = {
#define X(code, text_) text_,
        PLAN_STATUSES(X)
#undef X
    };
    return text[status];
}

void schedule_init(struct schedule *schedule)
{
    memset(schedule, 0, sizeof *schedule);
}

void load_plan_free(struct load_plan *plan)
{
    if (!plan)
        return;
    free(plan->seating);
    free(plan->stowage);
    free(plan);
}

struct load_plan *load_plan_copy(const struct load_plan *plan)
{
    struct load_plan *copy = malloc(sizeof *copy);
    if (!copy)
        return NULL;
    *copy = *plan;
    copy->seating = malloc((plan->n_seatings + 1) * sizeof *copy->seating);
    copy->stowage = malloc((plan->n_stowages + 1) * sizeof *copy->stowage);
    if (!copy->seating || !copy->stowage) {
        load_plan_free(copy);
        return NULL;
    }
    if (plan->n_seatings)
        memcpy(copy->seating, plan->seating, plan->n_seatings * sizeof *copy->seating);
    if (plan->n_stowages)
        memcpy(copy->stowage, plan->stowage, plan->n_stowages * sizeof *copy->stowage);
    return copy;
}

void mission_release(struct mission *mission)
{
    load_plan_free(mission->load_plan);
    free(mission->stop);
    free(mission->ride);
    memset(mission, 0, sizeof *mission);
}

int mission_compare(const struct mission *a, const struct mission *b)
{
    if (a->stop[0].departure != b->stop[0].departure)
        return a->stop[0].departure < b->stop[0].departure ? -1 : 1;
    return (a->airframe > b->airframe) - (a->airframe < b->airframe);
}

void schedule_release(struct schedule *schedule)
{
    for (size_t i = 0; i < schedule->n_missions; i++)
        mission_release(&schedule->mission[i]);
    free(schedule->mission);
    schedule_init(schedule);
}

bool mission_copy(struct mission *to, const struct mission *from)
{
    *to = *from;
    to->stop = malloc((from->n_stops ? from->n_stops : 1) * sizeof *to->stop);
    to->ride = malloc((from->n_rides ? from->n_rides : 1) * sizeof *to->ride);
    to->load_plan = from->load_plan ? load_plan_copy(from->load_plan) : NULL;
    if (!to->stop || !to->ride || (from->load_plan && !to->load_plan)) {
        mission_release(to);
        return false;
    }
    if (from->n_stops)
        memcpy(to->stop, from->stop, from->n_stops * sizeof *to->stop);
    if (from->n_rides)
        memcpy(to->ride, from->ride, from->n_rides * sizeof *to->ride);
    return true;
}

bool schedule_copy(struct schedule *to, const struct schedule *from)
{
    schedule_init(to);
    to->mission = calloc(from->n_missions ? from->n_missions : 1, sizeof *to->mission);
    if (!to->mission)
        return false;
    for (; to->n_missions < from->n_missions; to->n_missions++) {
        if (!mission_copy(&to->mission[to->n_missions], &from->mission[to->n_missions])) {
            schedule_release(to);
            return false;
        }
    }
    return true;
}

int ride_order(const void *a, const void *b)
{
    const struct ride *x = a, *y = b;
    if (x->from_stop != y->from_stop)
        return x->from_stop < y->from_stop ? -1 : 1;
    if (x->to_stop != y->to_stop)
        return x->to_stop < y->to_stop ? -1 : 1;
    if (x->demand != y->demand)
        return x->demand < y->demand ? -1 : 1;
    return (x->pax > y->pax) - (x->pax < y->pax);
}

void plan_init(struct plan *plan)
{
    memset(plan, 0, sizeof *plan);
    plan->status = PLAN_UNKNOWN;
}

void plan_release(struct plan *plan)
{
    schedule_release(&plan->schedule);
    plan_init(plan);
}

double plan_gap(cent_t total, cent_t bound)
{
    return total > bound && total != 0 ? (double)(total - bound) / (double)total : 0.0;
}

int64_t plan_gap_millionths(cent_t total, cent_t bound)
{
    __extension__ typedef __int128 wide;
    return total > bound && total > 0 ? (int64_t)(((wide)(total - bound) * 1000000 + total - 1) / total) : 0;
}
