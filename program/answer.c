#include "program/answer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "program/route.h"
#include "solver/assign.h"

#define WHOLE 1e-3 /* farther from a whole number is fractional */

struct answer {
    const struct instance *inst;
    const struct program *p;
    struct groups groups;
    int64_t *count;         /* [n_columns] values, rounded */
    size_t *first, *order;  /* columns of route i: order[first[i]] .. order[first[i + 1] - 1] */
    struct column *mission; /* [n_missions] */
    size_t n_missions, room;
    struct error *err;
};

static bool no_memory(const struct answer *a)
{
    return error_set(a->err, ERR_MEMORY, "out of memory");
}

static bool round_all(struct answer *a, const double *value)
{
    for (size_t j = 0; j < a->p->n_columns; j++) {
        const struct program_column *c = &a->p->column[j];
        if (c->kind == COLUMN_STOCK || c->kind == COLUMN_LEFT)
            continue;
        double whole = nearbyint(value[j]);
        if (!(fabs(value[j] - whole) <= WHOLE) || fabs(whole) > 1e15 || whole < 0)
            return error_set(a->err, ERR_INPUT, "column \"%s\" must be a whole number, got %.9g", c->name, value[j]);
        a->count[j] = (int64_t)whole;
    }
    return true;
}

static bool order_columns(struct answer *a)
{
    const struct program *p = a->p;
    a->first = calloc(p->n_routes + 2, sizeof *a->first);
    a->order = malloc((p->n_columns + 1) * sizeof *a->order);
    if (!a->first || !a->order)
        return no_memory(a);
    for (size_t j = 0; j < p->n_columns; j++)
        if (p->column[j].route >= 0)
            a->first[p->column[j].route + 1]++;
    for (size_t i = 0; i < p->n_routes; i++)
        a->first[i + 1] += a->first[i];
    for (size_t j = p->n_columns; j-- > 0;)
        if (p->column[j].route >= 0)
            a->order[--a->first[p->column[j].route + 1]] = j;
    for (size_t i = 0; i < p->n_routes; i++)
        a->first[i] = a->first[i + 1];
    a->first[p->n_routes] = 0;
    for (size_t j = 0; j < p->n_columns; j++)
        a->first[p->n_routes] += p->column[j].route >= 0;
    return true;
}

/* --- missions
 * ---------------------------------------------------------------------------------------------------------- */

static bool take_mission(struct answer *a, struct column *col)
{
    if (a->n_missions == a->room) {
        size_t room = a->room ? 2 * a->room : 64;
        struct column *grown = realloc(a->mission, room * sizeof *grown);
        if (!grown) {
            mission_release(&col->mission);
            return no_memory(a);
        }
        a->mission = grown;
        a->room = room;
    }
    column_finish(col, a->inst);
    a->mission[a->n_missions++] = *col;
    return true;
}

static bool handled_at(const struct mission *m, int32_t s)
{
    for (size_t r = 0; r < m->n_rides; r++)
        if (m->ride[r].from_stop == s || m->ride[r].to_stop == s)
            return true;
    return false;
}

/* Where nobody is handled, nothing waits for it. */
static void calm_stops(struct mission *m)
{
    for (size_t s = 0; s < m->n_stops; s++) {
        struct stop *stop = &m->stop[s];
        if (handled_at(m, (int32_t)s))
            continue;
        stop->handling_start = s ? stop->arrival : stop->departure;
        stop->handling_end = s + 1 < m->n_stops ? stop->departure : stop->arrival;
    }
}

static int by_place(const void *x, const void *y)
{
    const struct ride *a = x, *b = y;
    if (a->from_stop != b->from_stop)
        return a->from_stop < b->from_stop ? -1 : 1;
    if (a->to_stop != b->to_stop)
        return a->to_stop < b->to_stop ? -1 : 1;
    return (a->demand > b->demand) - (a->demand < b->demand);
}

/* One mission of a route with what is aboard; rides of nobody are left out. */
static bool add_mission(struct answer *a, const struct program_route *route, struct ride *ride, size_t n_rides)
{
    struct column col = {.airframe_group = route->airframe_group, .crew_group = route->crew_group, .type = route->type};
    struct mission m = {.stop = route->stop, .n_stops = route->n_stops, .ride = ride};
    type_seats(&a->inst->type[route->type], &m.configuration);
    for (size_t r = 0; r < n_rides; r++)
        if (ride[r].pax > 0)
            ride[m.n_rides++] = ride[r];
    if (m.n_rides)
        qsort(ride, m.n_rides, sizeof *ride, by_place);
    if (!mission_copy(&col.mission, &m))
        return no_memory(a);
    calm_stops(&col.mission);
    return take_mission(a, &col);
}

/* Rides of one copy. together: a ride column counts all of the demand. */
static size_t list_rides(const struct answer *a, int32_t route, int32_t copy, struct ride *ride)
{
    size_t n = 0;
    for (size_t k = a->first[route]; k < a->first[route + 1]; k++) {
        const struct program_column *c = &a->p->column[a->order[k]];
        int64_t count = a->count[a->order[k]];
        bool together = c->demand >= 0 && a->inst->demand[c->demand].together;
        if (c->copy != copy || count == 0 || c->kind != (together ? COLUMN_RIDE : COLUMN_PAX))
            continue;
        int64_t pax = together ? a->inst->demand[c->demand].pax : count;
        ride[n++] = (struct ride){.demand = c->demand,
                                  .pax = (int32_t)(pax < INT32_MAX ? pax : INT32_MAX),
                                  .from_stop = c->load_stop,
                                  .to_stop = c->unload_stop};
    }
    return n;
}

/* Shares out the rides of several missions that seats alone limit: stop by stop everybody takes a seat that is free. */
static bool share_out(struct answer *a, int32_t index, int64_t times, const struct ride *all, size_t n_rides)
{
    const struct program_route *route = &a->p->route[index];
    int32_t configuration, seats = type_seats(&a->inst->type[route->type], &configuration);
    size_t n = (size_t)times;
    int32_t *free_seats = malloc(n * sizeof *free_seats);
    struct ride *ride = calloc(n * (n_rides + 1), sizeof *ride);
    bool ok = free_seats && ride;
    for (size_t c = 0; ok && c < n; c++) {
        free_seats[c] = seats;
        if (n_rides)
            memcpy(&ride[c * n_rides], all, n_rides * sizeof *ride);
        for (size_t r = 0; r < n_rides; r++)
            ride[c * n_rides + r].pax = 0;
    }
    for (int32_t s = 0; ok && s < (int32_t)route->n_stops; s++) {
        for (size_t c = 0; c < n; c++)
            for (size_t r = 0; r < n_rides; r++)
                free_seats[c] += all[r].to_stop == s ? ride[c * n_rides + r].pax : 0;
        for (size_t r = 0; r < n_rides; r++) {
            int32_t left = all[r].from_stop == s ? all[r].pax : 0;
            for (size_t c = 0; c < n && left > 0; c++) {
                int32_t pax = left < free_seats[c] ? left : free_seats[c];
                ride[c * n_rides + r].pax = pax;
                free_seats[c] -= pax;
                left -= pax;
            }
            if (left > 0) /* the answer breaks its row of seats: the checker says so */
                ride[r].pax += left;
        }
    }
    for (size_t c = 0; ok && c < n; c++)
        ok = add_mission(a, route, &ride[c * n_rides], n_rides);
    ok = ok || no_memory(a);
    free(free_seats);
    free(ride);
    return ok;
}

/* Gives the missions of a route, from `from` on, to the groups that its columns name. */
static bool name_groups(struct answer *a, int32_t index, size_t from, bool airframes)
{
    const struct program_route *route = &a->p->route[index];
    if ((airframes ? route->airframe_group : route->crew_group) >= 0)
        return true;
    for (size_t k = a->first[index]; k < a->first[index + 1]; k++) {
        const struct program_column *c = &a->p->column[a->order[k]];
        if (c->kind != (airframes ? COLUMN_AIRFRAME : COLUMN_CREW))
            continue;
        for (int64_t i = 0; i < a->count[a->order[k]] && from < a->n_missions; i++, from++)
            *(airframes ? &a->mission[from].airframe_group : &a->mission[from].crew_group) = c->group;
    }
    return from == a->n_missions || error_set(a->err, ERR_INPUT, "route %d is flown more often than by %s", index,
                                              airframes ? "airframes" : "crews");
}

static bool fly_route(struct answer *a, int32_t index, struct ride *ride)
{
    const struct program_route *route = &a->p->route[index];
    size_t from = a->n_missions;
    for (size_t k = a->first[index]; k < a->first[index + 1]; k++) {
        const struct program_column *c = &a->p->column[a->order[k]];
        int64_t times = a->count[a->order[k]];
        if (c->kind != COLUMN_FLY || times == 0)
            continue;
        if (times > (int64_t)(a->inst->n_airframes))
            return error_set(a->err, ERR_INPUT, "column \"%s\" is more than there are airframes", c->name);
        size_t n_rides = list_rides(a, index, c->copy, ride);
        if (!(times == 1 ? add_mission(a, route, ride, n_rides) : share_out(a, index, times, ride, n_rides)))
            return false;
    }
    return name_groups(a, index, from, true) && name_groups(a, index, from, false);
}

static bool fly_commitments(struct answer *a)
{
    for (size_t i = 0; i < a->inst->committed.n_missions; i++) {
        const struct mission *m = &a->inst->committed.mission[i];
        struct column col = {.airframe_group = a->groups.airframe_group[m->airframe],
                             .crew_group = a->groups.crew_group[m->crew],
                             .type = a->inst->airframe[m->airframe].type,
                             .fixed = true};
        if (!mission_copy(&col.mission, m))
            return no_memory(a);
        col.mission.committed = true;
        if (!take_mission(a, &col))
            return false;
    }
    return true;
}

static bool groups_known(const struct answer *a)
{
    for (size_t i = 0; i < a->n_missions; i++) {
        const struct column *c = &a->mission[i];
        if (c->airframe_group < 0 || (size_t)c->airframe_group >= a->groups.n_airframe || c->crew_group < 0 ||
            (size_t)c->crew_group >= a->groups.n_crew)
            return error_set(a->err, ERR_INPUT, "the mapping names a group that the instance does not have");
    }
    return true;
}

static bool give_out(struct answer *a, struct schedule *schedule)
{
    int *once = malloc((a->n_missions + 1) * sizeof *once);
    if (!once)
        return no_memory(a);
    for (size_t i = 0; i < a->n_missions; i++)
        once[i] = 1;
    enum assign_result result = assign(a->inst, &a->groups, a->mission, a->n_missions, once, schedule);
    free(once);
    if (result == NOT_ASSIGNABLE)
        return error_set(a->err, ERR_INPUT, "no airframe or crew stands where a mission of the solution begins");
    return result == ASSIGNED || no_memory(a);
}

bool program_answer(const struct instance *inst, const struct program *p, const double *value,
                    struct schedule *schedule, struct error *err)
{
    struct answer a = {.inst = inst, .p = p, .err = err};
    a.count = calloc(p->n_columns + 1, sizeof *a.count);
    struct ride *ride = malloc((p->n_columns + 1) * sizeof *ride);
    bool ok = (a.count && ride && groups_init(&a.groups, inst, p->single)) || no_memory(&a);
    ok = ok && round_all(&a, value) && order_columns(&a) && fly_commitments(&a);
    for (int32_t i = 0; ok && i < (int32_t)p->n_routes; i++)
        ok = fly_route(&a, i, ride);
    ok = ok && groups_known(&a) && give_out(&a, schedule);
    for (size_t i = 0; i < a.n_missions; i++)
        mission_release(&a.mission[i].mission);
    free(a.mission);
    free(a.count);
    free(a.first);
    free(a.order);
    free(ride);
    groups_release(&a.groups);
    return ok;
}
