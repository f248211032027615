#include "solver/assign.h"

#include <stdlib.h>
#include <string.h>

struct unit {
    int32_t at;
    sec_t ready;
    sec_t flown;
    bool used;
};

struct task {
    const struct column *col;
    int32_t airframe, crew;
};

static int by_begin(const void *a, const void *b)
{
    const struct task *x = a, *y = b;
    if (x->col->begin != y->col->begin)
        return x->col->begin < y->col->begin ? -1 : 1;
    return (x->col > y->col) - (x->col < y->col); /* columns lie in one array */
}

static int by_show(const void *a, const void *b)
{
    const struct task *x = a, *y = b;
    if (x->col->show != y->col->show)
        return x->col->show < y->col->show ? -1 : 1;
    return x->col != y->col ? (x->col < y->col ? -1 : 1) : (x->airframe > y->airframe) - (x->airframe < y->airframe);
}

static sec_t flown(const struct instance *inst, const struct column *col)
{
    sec_t sum = 0;
    for (size_t s = 1; s < col->mission.n_stops; s++)
        sum += instance_leg(inst, col->type, col->mission.stop[s - 1].airfield, col->mission.stop[s].airfield)->block;
    return sum;
}

/* Who of the group takes a mission from `at`: one in use before a fresh one where the fresh may stay and the used may
 * not, then the one that has flown least. -1: nobody is there. */
static int32_t pick(const struct unit *unit, const struct group *group, int32_t at, sec_t when, bool used_first)
{
    int32_t best = -1;
    for (size_t i = 0; i < group->n_members; i++) {
        int32_t k = group->member[i];
        if (unit[k].at != at || unit[k].ready > when)
            continue;
        if (best < 0 || (used_first && unit[k].used && !unit[best].used) ||
            ((!used_first || unit[k].used == unit[best].used) && unit[k].flown < unit[best].flown))
            best = k;
    }
    return best;
}

static bool take_airframes(const struct instance *inst, const struct groups *groups, struct task *task, size_t n,
                           struct unit *unit)
{
    for (size_t i = 0; i < inst->n_airframes; i++)
        unit[i] = (struct unit){inst->airframe[i].at, airframe_from(inst, (int32_t)i), 0, false};
    qsort(task, n, sizeof *task, by_begin);
    for (size_t i = 0; i < n; i++) {
        const struct column *col = task[i].col;
        const struct group *group = &groups->airframe[col->airframe_group];
        const struct airframe *a = &inst->airframe[group->member[0]];
        bool home = may_end_at(a->end_anywhere, a->end_at, a->n_end_at, a->at);
        int32_t k = pick(unit, group, col->mission.stop[0].airfield, col->begin, !home);
        if (k < 0)
            return false;
        task[i].airframe = k;
        unit[k] = (struct unit){col->mission.stop[col->mission.n_stops - 1].airfield, col->ready,
                                unit[k].flown + flown(inst, col), true};
    }
    return true;
}

static bool take_crews(const struct instance *inst, const struct groups *groups, struct task *task, size_t n,
                       struct unit *unit)
{
    for (size_t i = 0; i < inst->n_crews; i++) {
        unit[i] = (struct unit){inst->crew[i].at, crew_from(inst, (int32_t)i), 0, false};
        for (size_t k = 0; k < inst->crew[i].n_recent; k++)
            unit[i].flown += inst->crew[i].recent[k].block;
    }
    qsort(task, n, sizeof *task, by_show);
    for (size_t i = 0; i < n; i++) {
        const struct column *col = task[i].col;
        const struct group *group = &groups->crew[col->crew_group];
        const struct crew *c = &inst->crew[group->member[0]];
        bool home = may_end_at(c->end_anywhere, c->end_at, c->n_end_at, c->at);
        int32_t k = pick(unit, group, col->mission.stop[0].airfield, col->show, !home);
        if (k < 0)
            return false;
        task[i].crew = k;
        unit[k] = (struct unit){col->mission.stop[col->mission.n_stops - 1].airfield, col->crew_ready,
                                unit[k].flown + flown(inst, col), true};
    }
    return true;
}

static int by_departure(const void *a, const void *b)
{
    const struct task *x = a, *y = b;
    sec_t p = x->col->mission.stop[0].departure, q = y->col->mission.stop[0].departure;
    if (p != q)
        return p < q ? -1 : 1;
    return (x->airframe > y->airframe) - (x->airframe < y->airframe);
}

static bool write_schedule(const struct task *task, size_t n, struct schedule *schedule)
{
    schedule_init(schedule);
    schedule->mission = calloc(n + 1, sizeof *schedule->mission);
    if (!schedule->mission)
        return false;
    for (size_t i = 0; i < n; i++) {
        struct mission *m = &schedule->mission[i];
        if (!mission_copy(m, &task[i].col->mission)) {
            schedule_release(schedule);
            return false;
        }
        schedule->n_missions = i + 1;
        m->airframe = task[i].airframe;
        m->crew = task[i].crew;
        m->committed = task[i].col->fixed;
    }
    return true;
}

enum assign_result assign(const struct instance *inst, const struct groups *groups, const struct column *column,
                          size_t n, const int *count, struct schedule *schedule)
{
    size_t n_tasks = 0;
    for (size_t j = 0; j < n; j++)
        n_tasks += (size_t)count[j];
    size_t units = inst->n_airframes > inst->n_crews ? inst->n_airframes : inst->n_crews;
    struct task *task = calloc(n_tasks + 1, sizeof *task);
    struct unit *unit = calloc(units + 1, sizeof *unit);
    enum assign_result result = ASSIGN_NO_MEMORY;
    if (task && unit) {
        size_t k = 0;
        for (size_t j = 0; j < n; j++)
            for (int i = 0; i < count[j]; i++)
                task[k++].col = &column[j];
        result = NOT_ASSIGNABLE;
        if (take_airframes(inst, groups, task, n_tasks, unit) && take_crews(inst, groups, task, n_tasks, unit)) {
            qsort(task, n_tasks, sizeof *task, by_departure);
            result = write_schedule(task, n_tasks, schedule) ? ASSIGNED : ASSIGN_NO_MEMORY;
        }
    }
    free(task);
    free(unit);
    return result;
}
