/* Schedules without a linear program: always valid, at the cost they are said to have, and the same every time. */
#include <stdlib.h>
#include <string.h>

#include "check/check.h"
#include "io/read_instance.h"
#include "loadplan/planner.h"
#include "solver/construct.h"
#include "solver/follow.h"
#include "solver/guide.h"
#include "solver/ruin.h"
#include "tests/oracle.h"
#include "tests/random_instance.h"
#include "tests/tests.h"

struct seen {
    const struct instance *inst;
    struct schedule best;
    cent_t cost; /* of the best */
    long taken, asked, most_asked;
    bool fault;
};

/* Takes a schedule over and judges it. */
static bool take(void *context, struct schedule *schedule, cent_t cost)
{
    struct seen *seen = context;
    struct verdict verdict;
    if (!check_schedule(seen->inst, schedule, &verdict, NULL))
        abort();
    seen->fault =
        seen->fault || verdict.n_breaches > 0 || verdict.cost.total != cost || (seen->taken > 0 && cost >= seen->cost);
    verdict_release(&verdict);
    schedule_release(&seen->best);
    seen->best = *schedule;
    seen->cost = cost;
    seen->taken++;
    return true;
}

static bool stop(void *context)
{
    struct seen *seen = context;
    return ++seen->asked > seen->most_asked && seen->most_asked >= 0;
}

static void run_guided(const struct instance *inst, uint64_t seed, int64_t rounds, long most_asked,
                       const struct schedule *begin, const struct guide *guide, struct seen *seen)
{
    *seen = (struct seen){.inst = inst, .most_asked = most_asked};
    schedule_init(&seen->best);
    struct construct_task task = {
        .inst = inst, .seed = seed, .most_rounds = rounds, .stop = stop, .take = take, .context = seen, .begin = begin};
    task.guide = guide;
    CU_ASSERT(construct(&task));
    CU_ASSERT(!seen->fault);
}

static void run(const struct instance *inst, uint64_t seed, int64_t rounds, long most_asked,
                const struct schedule *begin, struct seen *seen)
{
    run_guided(inst, seed, rounds, most_asked, begin, NULL, seen);
}

/* Against enumeration: never below the optimum, and mostly at it. */
static void test_valid(void)
{
    static const struct oracle_budget budget = {.tried = 100000, .missions = 4000, .steps = 1000000};
    int compared = 0, met = 0, contradictory = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct instance inst;
        struct oracle_answer answer;
        struct seen seen;
        if (!random_instance(seed, &inst))
            abort();
        oracle_solve(&inst, &budget, &answer);
        run(&inst, seed, 100, -1, NULL, &seen);
        if (answer.status == ORACLE_OPTIMAL && seen.taken > 0) {
            compared++;
            met += seen.cost == answer.cost;
            CU_ASSERT(seen.cost >= answer.cost);
        }
        if (answer.status == ORACLE_IMPOSSIBLE) {
            contradictory++;
            CU_ASSERT_EQUAL(seen.taken, 0);
        }
        schedule_release(&seen.best);
        oracle_answer_release(&answer);
        instance_release(&inst);
    }
    printf("\n    %d compared, %d at the optimum, %d contradictory\n", compared, met, contradictory);
    CU_ASSERT(compared >= 120);
    CU_ASSERT(met * 4 >= compared * 3);
    CU_ASSERT(contradictory >= 5);
}

static void test_same_twice(void)
{
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct instance inst;
        struct seen a, b;
        if (!random_instance(seed, &inst))
            abort();
        run(&inst, 7, 60, -1, NULL, &a);
        run(&inst, 7, 60, -1, NULL, &b);
        CU_ASSERT(a.taken == b.taken && a.cost == b.cost && a.best.n_missions == b.best.n_missions);
        for (size_t i = 0; i < a.best.n_missions && i < b.best.n_missions; i++)
            CU_ASSERT(a.best.mission[i].airframe == b.best.mission[i].airframe &&
                      a.best.mission[i].crew == b.best.mission[i].crew &&
                      a.best.mission[i].stop[0].departure == b.best.mission[i].stop[0].departure);
        schedule_release(&a.best);
        schedule_release(&b.best);
        instance_release(&inst);
    }
}

/* From a given schedule only better ones are handed over. */
static void test_from_schedule(void)
{
    int begun = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct instance inst;
        struct seen first, then;
        if (!random_instance(seed, &inst))
            abort();
        run(&inst, 1, 0, -1, NULL, &first);
        if (first.taken > 0) {
            begun++;
            run(&inst, 2, 100, -1, &first.best, &then);
            CU_ASSERT(then.taken == 0 || then.cost < first.cost);
            schedule_release(&then.best);
        }
        schedule_release(&first.best);
        instance_release(&inst);
    }
    CU_ASSERT(begun >= 20);
}

/* A program whose columns are the missions of a schedule. */
static void know(struct master *m, const struct schedule *schedule)
{
    for (size_t i = 0; i < schedule->n_missions; i++) {
        struct column col;
        if (!column_from(&col, m->inst, m->groups, &schedule->mission[i]))
            abort();
        if (master_take_column(m, &col) < 0)
            abort();
    }
    while (master_solve(m, NULL, NULL) == LP_OPTIMAL && master_separate(m) > 0)
        continue;
}

struct tally {
    int compared, alone, met;
};

/* Calls `one` for random instances without commitments whose best schedule is known and flies something. */
static void each_solved(void (*one)(const struct instance *inst, uint64_t seed, const struct oracle_answer *answer,
                                    struct tally *tally),
                        struct tally *tally)
{
    static const struct oracle_budget budget = {.tried = 100000, .missions = 4000, .steps = 1000000};
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct instance inst;
        struct oracle_answer answer;
        if (!random_instance(seed, &inst))
            abort();
        oracle_solve(&inst, &budget, &answer);
        if (answer.status == ORACLE_OPTIMAL && inst.committed.n_missions == 0 && answer.schedule.n_missions > 0) {
            tally->compared++;
            one(&inst, seed, &answer, tally);
        }
        oracle_answer_release(&answer);
        instance_release(&inst);
    }
    CU_ASSERT(tally->compared >= 100);
}

static void guide_one(const struct instance *inst, uint64_t seed, const struct oracle_answer *answer,
                      struct tally *tally)
{
    struct seen seen, told;
    struct groups groups;
    struct master m;
    struct guide guide;
    int64_t work = 0;
    if (!groups_init(&groups, inst, seed % 2) || !master_init(&m, inst, &groups, 0, 1e6, &work))
        abort();
    know(&m, &answer->schedule);
    if (!guide_init(&guide, &m))
        abort();
    run(inst, seed, 1, -1, NULL, &seen);
    run_guided(inst, seed, 1, -1, NULL, &guide, &told);
    CU_ASSERT(told.taken > 0 && told.cost >= answer->cost);
    tally->alone += seen.cost == answer->cost;
    tally->met += told.cost == answer->cost;
    schedule_release(&seen.best);
    schedule_release(&told.best);
    guide_release(&guide);
    master_release(&m);
    groups_release(&groups);
}

/* Who is told the missions of the best schedule flies it, nearly always, where one round alone often finds another;
 * and what a guide says of one schedule's missions never makes another invalid. */
static void test_guided(void)
{
    struct tally tally = {0};
    each_solved(guide_one, &tally);
    printf("\n    %d compared, %d at the optimum alone, %d guided\n", tally.compared, tally.alone, tally.met);
    CU_ASSERT(tally.met * 10 >= tally.compared * 9);
    CU_ASSERT(tally.met > tally.alone);
}

/* What comes of it when a program flies the missions of a schedule, `times` each, without a round. */
static cent_t follow_cost(const struct instance *inst, uint64_t seed, const struct schedule *schedule, int32_t times)
{
    struct seen seen = {.inst = inst, .most_asked = -1};
    struct groups groups;
    struct construct_task task = {
        .inst = inst, .seed = seed, .stop = stop, .take = take, .context = &seen, .groups = &groups};
    struct column *column = calloc(schedule->n_missions, sizeof *column);
    task.flown = calloc(schedule->n_missions, sizeof *task.flown);
    task.n_flown = schedule->n_missions;
    if (!column || !task.flown || !groups_init(&groups, inst, seed % 2))
        abort();
    for (size_t i = 0; i < task.n_flown; i++) {
        if (!column_from(&column[i], inst, &groups, &schedule->mission[i]))
            abort();
        task.flown[task.n_flown - 1 - i] = (struct flown){&column[i], times};
    }
    schedule_init(&seen.best);
    CU_ASSERT(construct(&task) && !seen.fault && seen.taken > 0);
    for (size_t i = 0; i < task.n_flown; i++)
        mission_release(&column[i].mission);
    free(column);
    free(task.flown);
    groups_release(&groups);
    schedule_release(&seen.best);
    return seen.cost;
}

static void follow_one(const struct instance *inst, uint64_t seed, const struct oracle_answer *answer,
                       struct tally *tally)
{
    tally->met += follow_cost(inst, seed, &answer->schedule, 1) == answer->cost;
    CU_ASSERT(follow_cost(inst, seed, &answer->schedule, 2) >= answer->cost);
}

/* Begun with the missions of the best schedule, nothing is left to be done: the same cost, without a round. With each of
 * them twice, more than there are to be moved, what comes is valid all the same. */
static void test_follows(void)
{
    struct tally tally = {0};
    each_solved(follow_one, &tally);
    printf("\n    %d compared, %d at the optimum\n", tally.compared, tally.met);
    CU_ASSERT(tally.met * 100 >= tally.compared * 95);
}

/* Where an airframe stands on a runway that is too short for it, it stays. */
static void test_short_runway(void)
{
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct instance inst;
        struct seen seen;
        if (!random_instance(seed, &inst))
            abort();
        for (size_t a = 0; a < inst.n_airframes && inst.committed.n_missions == 0; a++)
            inst.airfield[inst.airframe[a].at].runway_ft = 0;
        run(&inst, 1, 20, -1, NULL, &seen);
        schedule_release(&seen.best);
        instance_release(&inst);
    }
}

struct planned {
    const struct instance *inst;
    struct load_planner *loads;
    struct schedule best;
    cent_t cost; /* of the best */
    int taken;
    bool fault;
};

/* Equips a schedule with load plans and judges it. */
static bool take_planned(void *context, struct schedule *schedule, cent_t cost)
{
    struct planned *seen = context;
    struct verdict verdict;
    size_t bad;
    seen->fault = seen->fault || load_planner_equip(seen->loads, schedule, &bad) != LOAD_PLANNED;
    if (!check_schedule(seen->inst, schedule, &verdict, NULL))
        abort();
    seen->fault = seen->fault || verdict.n_breaches > 0 || verdict.cost.total != cost;
    verdict_release(&verdict);
    schedule_release(&seen->best);
    seen->best = *schedule;
    seen->cost = cost;
    seen->taken++;
    return true;
}

/* The best schedule's flights that take off before `until` become commitments. */
static void commit(struct instance *inst, const struct schedule *best, sec_t until)
{
    struct schedule all;
    if (!schedule_copy(&all, best))
        abort();
    schedule_release(&inst->committed);
    size_t n = 0;
    for (size_t i = 0; i < all.n_missions; i++) {
        all.mission[i].committed = true;
        if (all.mission[i].stop[0].departure >= until)
            mission_release(&all.mission[i]);
        else
            all.mission[n++] = all.mission[i];
    }
    all.n_missions = n;
    inst->committed = all;
}

static void construct_planned(const struct construct_task *task, struct planned *seen)
{
    schedule_init(&seen->best);
    seen->taken = 0;
    CU_ASSERT(construct(task));
    CU_ASSERT(seen->taken > 0);
    CU_ASSERT(!seen->fault);
}

static void run_planned(const char *path, uint64_t seed, int64_t rounds)
{
    struct instance inst;
    char *faults = NULL;
    if (!read_instance(path, &inst, &faults, NULL))
        abort();
    struct planned seen = {.inst = &inst, .loads = load_planner_new(&inst)};
    struct construct_task task = {.inst = &inst,
                                  .seed = seed,
                                  .most_rounds = rounds,
                                  .take = take_planned,
                                  .loads = seen.loads,
                                  .context = &seen};
    construct_planned(&task, &seen);
    cent_t cost = seen.cost;
    struct schedule before = seen.best;
    commit(&inst, &before, inst.end / 5);
    construct_planned(&task, &seen);
    CU_ASSERT(inst.committed.n_missions > 0 && inst.committed.n_missions < seen.best.n_missions);
    CU_ASSERT((double)seen.cost < 2 * (double)cost); /* the commitments alone are far above that */
    schedule_release(&before);
    schedule_release(&seen.best);
    load_planner_free(seen.loads);
    instance_release(&inst);
}

/* A flight that fills the tanks stays where a later one counts on them; rides are planned as they are handed over. The
 * same once a part of it is flown: what goes on from there has no load plans yet when it is judged first. */
static void test_tanks_and_cabins(void)
{
    run_planned("instances/kabul-2021.json", 3, 40);
    run_planned("instances/bridge-one-second.json", 1, 1500);
}

/* The schedule on the work timeline of a builder, who has what bumping needs. */
static void builder_begin(struct builder *s, const struct construct_task *task, const struct schedule *schedule)
{
    *s = (struct builder){.task = task, .inst = task->inst, .random = task->seed};
    s->found = calloc(1, sizeof *s->found);
    s->trial = calloc(1, sizeof *s->trial);
    if (!s->found || !s->trial || !ground_init(&s->ground, s->inst) || !make_ways(s) ||
        !timeline_init(&s->work, &s->ground))
        abort();
    for (size_t i = 0; i < schedule->n_missions; i++) {
        const struct mission *m = &schedule->mission[i];
        struct flight *f = flight_from_mission(s->inst, m, false);
        size_t k = 0;
        while (f && k < s->work.line[m->airframe].n && s->work.line[m->airframe].flight[k]->begin < f->begin)
            k++;
        if (!f || !timeline_add(&s->work, f, k, m->crew))
            abort();
    }
    timeline_cover(&s->work);
}

static void builder_end(struct builder *s)
{
    timeline_release(&s->work);
    ground_release(&s->ground);
    free(s->hop[0]);
    free(s->hop[1]);
    free(s->pick);
    free(s->found);
    free(s->trial);
}

/* Where no flight is dropped for it, what is left when passengers are bumped is a schedule, at the cost that it is said
 * to have. */
static void test_bumped(void)
{
    int bumped = 0, whole = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        struct instance inst;
        struct seen seen, left;
        if (!(seed % 2 ? random_instance(seed, &inst) : random_middle_instance(seed, &inst)))
            abort();
        run(&inst, seed, 20, -1, NULL, &seen);
        struct construct_task task = {.inst = &inst, .seed = seed};
        for (uint64_t time = 0; time < 4 && seen.taken > 0 && inst.committed.n_missions == 0; time++) {
            struct builder s;
            struct schedule schedule;
            task.seed = 4 * seed + time;
            builder_begin(&s, &task, &seen.best);
            size_t rides = count_rides(&s), turns = s.work.n_turns;
            CU_ASSERT(s.work.cost == seen.cost && s.work.defects == 0);
            bump(&s);
            CU_ASSERT(!s.failed);
            CU_ASSERT(rides == 0 || count_rides(&s) < rides);
            bumped += rides > 0;
            if (rides > 0 && s.work.n_turns == turns) {
                left = (struct seen){.inst = &inst};
                schedule_init(&left.best);
                CU_ASSERT_EQUAL(s.work.defects, 0);
                if (!timeline_schedule(&s.work, &schedule))
                    abort();
                take(&left, &schedule, s.work.cost);
                CU_ASSERT(!left.fault);
                schedule_release(&left.best);
                whole++;
            }
            builder_end(&s);
        }
        schedule_release(&seen.best);
        instance_release(&inst);
    }
    printf("\n    %d bumped, %d without a flight less\n", bumped, whole);
    CU_ASSERT(whole >= 100);
}

/* It ends soon after it was told to, wherever it is. */
static void test_stops(void)
{
    for (long asked = 0; asked <= 6; asked++) {
        struct instance inst;
        struct seen seen;
        if (!random_instance(3, &inst))
            abort();
        run(&inst, 1, INT64_MAX, asked, NULL, &seen);
        CU_ASSERT(seen.asked <= asked + 20);
        schedule_release(&seen.best);
        instance_release(&inst);
    }
}

void add_construct_tests(CU_pSuite suite)
{
    CU_add_test(suite, "valid, and not below the optimum", test_valid);
    CU_add_test(suite, "the same schedules twice", test_same_twice);
    CU_add_test(suite, "better than a given schedule, or nothing", test_from_schedule);
    CU_add_test(suite, "told the best missions", test_guided);
    CU_add_test(suite, "begun with the best missions", test_follows);
    CU_add_test(suite, "no take-off from a short runway", test_short_runway);
    CU_add_test(suite, "valid after passengers are bumped", test_bumped);
    CU_add_test(suite, "tanks and cabins", test_tanks_and_cabins);
    CU_add_test(suite, "stops when told", test_stops);
}
