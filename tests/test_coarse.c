/* Relaxations by coarser steps: every valid schedule, rounded down to them, is a valid one there at the same cost. */
#include <stdio.h>
#include <stdlib.h>

#include "check/check.h"
#include "solver/coarse.h"
#include "solver/construct.h"
#include "tests/oracle.h"
#include "tests/random_instance.h"
#include "tests/tests.h"

enum { N_STEPS = 4 };

struct trial {
    const struct instance *inst;
    uint64_t seed;
    struct instance coarse[N_STEPS];
    size_t n_coarse, judged, moved; /* schedules; departures that were rounded */
};

static void release_trial(struct trial *t)
{
    for (size_t i = 0; i < t->n_coarse; i++)
        coarse_release(&t->coarse[i]);
}

/* Longer times on the ground, so that there are steps to ease by. */
static void lengthen(struct instance *inst, sec_t by)
{
    for (size_t y = 0; y < inst->n_types; y++) {
        struct aircraft_type *type = &inst->type[y];
        for (int work = 0; work < N_GROUND_WORK; work++)
            type->ground[work] += by;
        type->turn += by;
        for (int kind = 0; kind < N_CREW_KINDS; kind++)
            type->fdp[kind] += type->fdp[kind] > 0 ? 3 * by : 0;
    }
    inst->rules.show += by;
}

/* Steps from the shortest to the longest there may be. */
static void make_coarse(struct trial *t)
{
    sec_t most = coarse_most(t->inst);
    const sec_t steps[N_STEPS] = {2, most / 3, most * 2 / 3, most};
    for (size_t i = 0; i < N_STEPS; i++)
        if (steps[i] >= 2 && steps[i] <= most && !coarse_instance(t->inst, steps[i], &t->coarse[t->n_coarse++]))
            abort();
}

static void judge_rounded(struct trial *t, const struct schedule *schedule, cent_t cost)
{
    for (size_t i = 0; i < t->n_coarse; i++) {
        struct schedule rounded;
        struct verdict verdict;
        if (!schedule_copy(&rounded, schedule))
            abort();
        for (size_t k = 0; k < rounded.n_missions; k++) {
            coarse_mission(&t->coarse[i], &rounded.mission[k]);
            t->moved += rounded.mission[k].stop[0].departure != schedule->mission[k].stop[0].departure;
        }
        if (!check_schedule(&t->coarse[i], &rounded, &verdict, NULL))
            abort();
        for (size_t b = 0; b < verdict.n_breaches; b++)
            fprintf(stderr, "  seed %d, step %d: %s\n", (int)t->seed, (int)t->coarse[i].rules.step,
                    verdict.breach[b].text);
        CU_ASSERT_EQUAL(verdict.n_breaches, 0);
        CU_ASSERT_EQUAL(verdict.cost.total, cost);
        t->judged++;
        verdict_release(&verdict);
        schedule_release(&rounded);
    }
}

static bool take(void *context, struct schedule *schedule, cent_t cost)
{
    struct trial *t = context;
    judge_rounded(t, schedule, cost);
    schedule_release(schedule);
    return true;
}

static void test_middle(void)
{
    size_t judged = 0, moved = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct instance inst;
        if (!random_middle_instance(seed, &inst))
            abort();
        lengthen(&inst, (sec_t)(seed % 4) * 600);
        struct trial t = {.inst = &inst, .seed = seed};
        make_coarse(&t);
        struct construct_task task = {.inst = &inst, .seed = seed, .most_rounds = 60, .take = take, .context = &t};
        CU_ASSERT(construct(&task));
        judged += t.judged;
        moved += t.moved;
        release_trial(&t);
        instance_release(&inst);
    }
    CU_ASSERT(judged >= 500);
    CU_ASSERT(moved >= 500);
}

/* All kinds of rule; and the optimum of the relaxation, by enumeration, is no more than that of the instance. */
static void test_tiny(void)
{
    struct oracle_budget budget = {.tried = 20000, .missions = 2000, .steps = 100000};
    size_t judged = 0, compared = 0;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct instance inst;
        struct oracle_answer answer, relaxed;
        if (!random_instance(seed, &inst))
            abort();
        lengthen(&inst, inst.rules.step);
        oracle_solve(&inst, &budget, &answer);
        struct trial t = {.inst = &inst, .seed = seed};
        if (answer.status == ORACLE_OPTIMAL)
            make_coarse(&t);
        if (t.n_coarse > 0)
            judge_rounded(&t, &answer.schedule, answer.cost);
        for (size_t i = t.n_coarse > 0 ? t.n_coarse - 1 : 0; i < t.n_coarse; i++) { /* finer ones are too large */
            oracle_solve(&t.coarse[i], &budget, &relaxed);
            compared += relaxed.status == ORACLE_OPTIMAL;
            CU_ASSERT(relaxed.status != ORACLE_IMPOSSIBLE);
            CU_ASSERT(relaxed.status != ORACLE_OPTIMAL || relaxed.cost <= answer.cost);
            oracle_answer_release(&relaxed);
        }
        judged += t.judged;
        release_trial(&t);
        oracle_answer_release(&answer);
        instance_release(&inst);
    }
    CU_ASSERT(judged >= 30);
    CU_ASSERT(compared >= 20);
}

void add_coarse_tests(CU_pSuite suite)
{
    CU_add_test(suite, "schedules of middle-sized instances, rounded down", test_middle);
    CU_add_test(suite, "optimal schedules under all kinds of rule, rounded down", test_tiny);
}
