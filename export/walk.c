#include "export/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A mission with its place in the order wanted. */
struct walk_entry {
    const struct mission *plan;
    size_t number, of_airframe, of_crew;
};

/* --- order */

static int by_time(const void *a, const void *b)
{
    const struct walk_entry *x = a, *y = b;
    int order = mission_compare(x->plan, y->plan);
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static int by_airframe(const void *a, const void *b)
{
    const struct walk_entry *x = a, *y = b;
    if (x->plan->airframe != y->plan->airframe)
        return x->plan->airframe < y->plan->airframe ? -1 : 1;
    return by_time(a, b);
}

static int by_crew(const void *a, const void *b)
{
    const struct walk_entry *x = a, *y = b;
    if (x->plan->crew != y->plan->crew)
        return x->plan->crew < y->plan->crew ? -1 : 1;
    return by_time(a, b);
}

/* Numbers each airframe's and each crew's missions; `entry` is in time order. */
static bool count_turns(const struct instance *inst, struct walk_entry *entry, size_t n)
{
    size_t *turns = calloc(inst->n_airframes + inst->n_crews + 1, sizeof *turns);
    if (turns == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        entry[i].of_airframe = ++turns[entry[i].plan->airframe];
        entry[i].of_crew = ++turns[inst->n_airframes + (size_t)entry[i].plan->crew];
    }
    free(turns);
    return true;
}

bool walk_init(struct walk *walk, const struct instance *inst, const struct schedule *schedule, enum walk_order order,
               struct error *err)
{
    size_t n = schedule->n_missions, most_rides = 0;
    *walk = (struct walk){.inst = inst, .schedule = schedule};
    for (size_t i = 0; i < n; i++)
        most_rides = schedule->mission[i].n_rides > most_rides ? schedule->mission[i].n_rides : most_rides;
    walk->order = malloc((n + 1) * sizeof *walk->order);
    walk->place = malloc((n + 1) * sizeof *walk->place);
    walk->ride = malloc((most_rides + 1) * sizeof *walk->ride);
    walk->stop.boards.lot = malloc((most_rides + 1) * sizeof(struct lot));
    walk->stop.leaves.lot = malloc((most_rides + 1) * sizeof(struct lot));
    walk->sortie.aboard.lot = malloc((most_rides + 1) * sizeof(struct lot));
    bool good = walk->order != NULL && walk->place != NULL && walk->ride != NULL && walk->stop.boards.lot != NULL &&
                walk->stop.leaves.lot != NULL && walk->sortie.aboard.lot != NULL;
    for (size_t i = 0; good && i < n; i++)
        walk->order[i] = (struct walk_entry){.plan = &schedule->mission[i], .number = i + 1};
    if (good)
        qsort(walk->order, n, sizeof *walk->order, by_time);
    if (!good || !count_turns(inst, walk->order, n)) {
        walk_release(walk);
        return error_set(err, ERR_MEMORY, "out of memory");
    }
    if (order != WALK_BY_TIME)
        qsort(walk->order, n, sizeof *walk->order, order == WALK_BY_CREW ? by_crew : by_airframe);
    for (size_t i = 0; i < n; i++)
        walk->place[walk->order[i].number - 1] = i;
    return true;
}

void walk_release(struct walk *walk)
{
    free(walk->order);
    free(walk->place);
    free(walk->ride);
    free(walk->stop.boards.lot);
    free(walk->stop.leaves.lot);
    free(walk->sortie.aboard.lot);
    *walk = (struct walk){.inst = NULL};
}

/* --- one mission */

static int by_demand(const void *a, const void *b)
{
    const struct ride *x = a, *y = b;
    return (x->demand > y->demand) - (x->demand < y->demand);
}

static void sum_sorties(const struct instance *inst, struct walk_mission *m)
{
    const struct mission *plan = m->plan;
    for (size_t s = 0; s + 1 < plan->n_stops; s++) {
        const struct leg *leg =
            instance_leg(inst, m->airframe->type, plan->stop[s].airfield, plan->stop[s + 1].airfield);
        m->block += plan->stop[s + 1].arrival - plan->stop[s].departure;
        m->nm += leg->nm;
        m->block_cost += leg->cost;
        m->fees += leg->fee;
    }
}

const struct mission *walk_peek(const struct walk *walk)
{
    return walk->next_mission < walk->schedule->n_missions ? walk->order[walk->next_mission].plan : NULL;
}

bool walk_mission(struct walk *walk)
{
    if (walk->next_mission == walk->schedule->n_missions)
        return false;
    const struct walk_entry *entry = &walk->order[walk->next_mission++];
    const struct instance *inst = walk->inst;
    const struct mission *plan = entry->plan;
    const struct airframe *airframe = &inst->airframe[plan->airframe];
    const struct crew *crew = &inst->crew[plan->crew];
    const struct aircraft_type *type = &inst->type[airframe->type];
    const struct stop *first = &plan->stop[0], *last = &plan->stop[plan->n_stops - 1];
    sec_t show = first->departure - inst->rules.show, end = last->arrival + inst->rules.post_flight;
    walk->mission = (struct walk_mission){
        .plan = plan,
        .number = entry->number,
        .airframe = airframe,
        .type = type,
        .configuration = &type->configuration[plan->configuration],
        .crew = crew,
        .of_airframe = entry->of_airframe,
        .of_crew = entry->of_crew,
        .from = first->handling_start,
        .until = last->handling_end,
        .duty = {.show = show,
                 .end = end,
                 .rested = end + inst->rules.rest,
                 .fdp = last->arrival - show,
                 .fdp_limit = type->fdp[crew->kind]},
    };
    snprintf(walk->mission.name, sizeof walk->mission.name, "M%03zu", entry->number);
    sum_sorties(inst, &walk->mission);
    if (plan->n_rides > 0)
        memcpy(walk->ride, plan->ride, plan->n_rides * sizeof *walk->ride);
    qsort(walk->ride, plan->n_rides, sizeof *walk->ride, by_demand);
    walk->next_stop = walk->next_sortie = 0;
    return true;
}

/* --- its stops and sorties */

static void lots_clear(struct lots *lots)
{
    *lots = (struct lots){.lot = lots->lot};
}

/* Adds what makes `before` passengers of the demand into `after`; escorts and freight are rounded up for the whole of a
 * demand aboard, so the parts are differences. */
static void lots_add(struct lots *lots, const struct instance *inst, int32_t demand, int64_t before, int64_t after)
{
    const struct demand *d = &inst->demand[demand];
    struct lot lot = {.demand = demand,
                      .pax = after - before,
                      .escorts = demand_escorts(d, after) - demand_escorts(d, before),
                      .mass = demand_mass(d, after) - demand_mass(d, before)};
    if (lot.pax <= 0)
        return;
    lots->lot[lots->n++] = lot;
    lots->pax += lot.pax;
    lots->escorts += lot.escorts;
    lots->mass += lot.mass;
}

/* Passengers of the demand at rides [*at ...] that stay aboard over stop `stop`, board and leave there; *at goes on to
 * the next demand. */
struct change {
    int32_t demand;
    int64_t stay, board, leave;
};

static struct change next_change(const struct walk *walk, size_t *at, size_t stop)
{
    struct change c = {.demand = walk->ride[*at].demand};
    for (; *at < walk->mission.plan->n_rides && walk->ride[*at].demand == c.demand; ++*at) {
        const struct ride *ride = &walk->ride[*at];
        size_t from = (size_t)ride->from_stop, to = (size_t)ride->to_stop;
        if (from == stop)
            c.board += ride->pax;
        else if (to == stop)
            c.leave += ride->pax;
        else if (from < stop && stop < to)
            c.stay += ride->pax;
    }
    return c;
}

void walk_parking(const struct mission *mission, size_t index, sec_t *from, sec_t *until)
{
    const struct stop *stop = &mission->stop[index];
    *from = index == 0 ? stop->handling_start : stop->arrival;
    *until = index + 1 == mission->n_stops ? stop->handling_end : stop->departure;
}

bool walk_stop(struct walk *walk)
{
    const struct mission *plan = walk->mission.plan;
    struct walk_stop *stop = &walk->stop;
    if (walk->next_stop == plan->n_stops)
        return false;
    stop->index = walk->next_stop++;
    stop->plan = &plan->stop[stop->index];
    stop->airfield = &walk->inst->airfield[stop->plan->airfield];
    walk_parking(plan, stop->index, &stop->from, &stop->until);
    lots_clear(&stop->boards);
    lots_clear(&stop->leaves);
    for (size_t at = 0; at < plan->n_rides;) {
        struct change c = next_change(walk, &at, stop->index);
        lots_add(&stop->boards, walk->inst, c.demand, c.stay, c.stay + c.board);
        lots_add(&stop->leaves, walk->inst, c.demand, c.stay, c.stay + c.leave);
    }
    return true;
}

bool walk_sortie(struct walk *walk)
{
    const struct mission *plan = walk->mission.plan;
    struct walk_sortie *sortie = &walk->sortie;
    if (walk->next_sortie + 1 >= plan->n_stops)
        return false;
    sortie->index = walk->next_sortie++;
    const struct stop *from = &plan->stop[sortie->index], *to = from + 1;
    sortie->from = &walk->inst->airfield[from->airfield];
    sortie->to = &walk->inst->airfield[to->airfield];
    sortie->take_off = from->departure;
    sortie->block_in = to->arrival;
    sortie->leg = instance_leg(walk->inst, walk->mission.airframe->type, from->airfield, to->airfield);
    lots_clear(&sortie->aboard);
    for (size_t at = 0; at < plan->n_rides;) {
        struct change c = next_change(walk, &at, sortie->index);
        lots_add(&sortie->aboard, walk->inst, c.demand, 0, c.stay + c.board);
    }
    return true;
}

/* --- visits */

struct timed_visit {
    struct walk_visit visit;
    int32_t airfield;
    sec_t from;
};

static int by_airfield(const void *a, const void *b)
{
    const struct timed_visit *x = a, *y = b;
    if (x->airfield != y->airfield)
        return x->airfield < y->airfield ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->visit.mission != y->visit.mission)
        return x->visit.mission < y->visit.mission ? -1 : 1;
    return (x->visit.stop > y->visit.stop) - (x->visit.stop < y->visit.stop);
}

/* All visits, sorted; the caller frees. */
static struct timed_visit *list_visits(const struct schedule *schedule, size_t n)
{
    struct timed_visit *list = malloc((n + 1) * sizeof *list);
    size_t at = 0;
    for (size_t m = 0; list != NULL && m < schedule->n_missions; m++)
        for (size_t s = 0; s < schedule->mission[m].n_stops; s++) {
            sec_t from, until;
            walk_parking(&schedule->mission[m], s, &from, &until);
            list[at++] = (struct timed_visit){
                .visit = {.mission = m, .stop = s}, .airfield = schedule->mission[m].stop[s].airfield, .from = from};
        }
    if (list != NULL)
        qsort(list, n, sizeof *list, by_airfield);
    return list;
}

void walk_visit(struct walk *walk, const struct walk_visit *visit)
{
    walk->next_mission = walk->place[visit->mission];
    walk_mission(walk);
    walk->next_stop = visit->stop;
    walk_stop(walk);
}

bool walk_visits_init(struct walk_visits *visits, const struct instance *inst, const struct schedule *schedule,
                      struct error *err)
{
    size_t n = 0;
    for (size_t m = 0; m < schedule->n_missions; m++)
        n += schedule->mission[m].n_stops;
    struct timed_visit *list = list_visits(schedule, n);
    visits->visit = malloc((n + 1) * sizeof *visits->visit);
    visits->from = malloc((inst->n_airfields + 1) * sizeof *visits->from);
    if (list == NULL || visits->visit == NULL || visits->from == NULL) {
        free(list);
        walk_visits_release(visits);
        return error_set(err, ERR_MEMORY, "out of memory");
    }
    size_t at = 0;
    for (size_t a = 0; a < inst->n_airfields; a++) {
        visits->from[a] = at;
        for (; at < n && list[at].airfield == (int32_t)a; at++)
            visits->visit[at] = list[at].visit;
    }
    visits->from[inst->n_airfields] = n;
    free(list);
    return true;
}

void walk_visits_release(struct walk_visits *visits)
{
    free(visits->visit);
    free(visits->from);
    *visits = (struct walk_visits){.visit = NULL, .from = NULL};
}
