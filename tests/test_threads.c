/* The number of threads changes nothing but when an answer is there. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check/check.h"
#include "io/read_instance.h"
#include "io/schedule_json.h"
#include "solver/construct.h"
#include "solver/pool.h"
#include "solver/solve.h"
#include "solver/work.h"
#include "tests/random_instance.h"
#include "tests/tests.h"

/* --- the pool --- */

struct tally {
    struct pool *pool;
    atomic_int times[200]; /* each piece was done */
    atomic_int at_work;
    atomic_bool wrong_thread;
};

static void count(void *context, size_t number, int thread)
{
    struct tally *t = context;
    atomic_fetch_add(&t->times[number], 1);
    if (thread < 0 || thread >= pool_threads(t->pool))
        atomic_store(&t->wrong_thread, true);
}

static void test_every_piece_once(void)
{
    for (int threads = 1; threads <= 4; threads++) {
        struct tally t = {.pool = threads > 1 ? pool_new(threads) : NULL};
        CU_ASSERT_EQUAL(pool_threads(t.pool), threads);
        pool_run(t.pool, 200, count, &t);
        pool_run(t.pool, 0, count, &t);
        pool_run(t.pool, 50, count, &t);
        bool right = !t.wrong_thread;
        for (int i = 0; i < 200; i++)
            right = right && t.times[i] == (i < 50 ? 2 : 1);
        CU_ASSERT(right);
        pool_free(t.pool);
    }
}

/* Waits for the other piece, ten seconds at most. */
static void meet(void *context, size_t number, int thread)
{
    struct tally *t = context;
    (void)number;
    (void)thread;
    atomic_fetch_add(&t->at_work, 1);
    for (int i = 0; i < 10000 && atomic_load(&t->at_work) < 2; i++)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    if (atomic_load(&t->at_work) == 2)
        atomic_store(&t->times[number], 1);
}

static void test_at_the_same_time(void)
{
    struct tally t = {.pool = pool_new(2)};
    pool_run(t.pool, 2, meet, &t);
    CU_ASSERT(t.times[0] == 1 && t.times[1] == 1);
    pool_free(t.pool);
}

/* --- schedules --- */

/* FNV-1a over what is handed over, in order. */
struct series {
    const struct instance *inst;
    uint64_t hash;
    int taken;
};

static char *plan_text(const struct instance *inst, const struct plan *plan)
{
    static const struct plan_options options = {.gap = 0, .seed = 1};
    char *text = schedule_to_json(inst, plan, &options, NULL);
    if (!text)
        abort();
    return text;
}

static bool take(void *context, struct schedule *schedule, cent_t cost)
{
    struct series *series = context;
    struct plan plan = {.status = PLAN_FEASIBLE, .schedule = *schedule, .cost.total = cost};
    char *text = plan_text(series->inst, &plan);
    for (const char *c = text; *c; c++)
        series->hash = (series->hash ^ (unsigned char)*c) * 0x100000001b3u;
    series->taken++;
    free(text);
    schedule_release(schedule);
    return true;
}

static struct series construct_with(const struct instance *inst, int threads, int64_t rounds,
                                    struct load_planner *loads)
{
    struct series series = {.inst = inst};
    struct construct_task task = {.inst = inst,
                                  .seed = 3,
                                  .most_rounds = rounds,
                                  .take = take,
                                  .context = &series,
                                  .loads = loads,
                                  .pool = threads > 1 ? pool_new(threads) : NULL};
    CU_ASSERT(construct(&task));
    pool_free(task.pool);
    return series;
}

static void test_same_series(void)
{
    int taken = 0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct instance inst;
        if (!random_middle_instance(seed, &inst))
            abort();
        struct load_planner *loads = load_planner_new(&inst);
        struct series one = construct_with(&inst, 1, 300, loads);
        for (int threads = 2; threads <= 5; threads++) {
            struct series more = construct_with(&inst, threads, 300, loads);
            CU_ASSERT(one.hash == more.hash && one.taken == more.taken);
        }
        taken += one.taken;
        load_planner_free(loads);
        instance_release(&inst);
    }
    CU_ASSERT(taken >= 40);
}

/* --- the whole search --- */

static char *solved_with(const struct instance *inst, int threads, struct solve_options options)
{
    struct plan plan;
    options.threads = threads;
    if (!solve(inst, &options, &plan, NULL))
        abort();
    char *text = plan_text(inst, &plan);
    plan_release(&plan);
    return text;
}

static void same_bytes(const struct instance *inst, struct solve_options options)
{
    char *one = solved_with(inst, 1, options);
    for (int threads = 2; threads <= 3; threads++) {
        char *more = solved_with(inst, threads, options);
        CU_ASSERT_STRING_EQUAL(one, more);
        free(more);
    }
    free(one);
}

/* By gap, on grids and by labels. */
static void test_same_answer(void)
{
    for (uint64_t seed = 1; seed <= 17; seed++) {
        struct instance inst;
        if (!random_instance(seed, &inst))
            abort();
        same_bytes(&inst, (struct solve_options){.gap = 0.0001, .seed = seed});
        same_bytes(&inst, (struct solve_options){.gap = 0.01, .seed = seed, .labels = true, .most_instants = 20});
        instance_release(&inst);
    }
}

/* A limit of work, on instances that are proven sooner or not. */
static void test_same_at_limit(void)
{
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct instance inst;
        if (!random_middle_instance(seed, &inst))
            abort();
        same_bytes(&inst, (struct solve_options){.deterministic_limit = 0.02 * (double)seed, .seed = seed});
        same_bytes(&inst, (struct solve_options){
                              .deterministic_limit = 0.03, .seed = seed, .labels = true, .most_instants = 20});
        instance_release(&inst);
    }
}

static void test_real_instances(void)
{
    static const char *const name[] = {"border-2025", "border-surge", "kabul-2021", "bridge-one-second"};
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
        char path[80];
        char *faults = NULL;
        struct instance inst;
        snprintf(path, sizeof path, "instances/%s.json", name[i]);
        if (!read_instance(path, &inst, &faults, NULL))
            abort();
        same_bytes(&inst, (struct solve_options){.deterministic_limit = 0.1, .seed = 1});
        instance_release(&inst);
    }
}

/* The limit ends the search where it is, with a bound and a schedule that hold; more of it never gives less. */
static void test_limit_ends(void)
{
    int better = 0, proven = 0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct instance inst;
        struct plan little, much;
        if (!random_middle_instance(seed, &inst))
            abort();
        struct solve_options options = {.threads = 2, .seed = seed, .deterministic_limit = 1e-3};
        if (!solve(&inst, &options, &little, NULL))
            abort();
        options.deterministic_limit = 0.2;
        if (!solve(&inst, &options, &much, NULL))
            abort();
        if (little.status == PLAN_FEASIBLE) {
            struct verdict verdict;
            CU_ASSERT(check_schedule(&inst, &little.schedule, &verdict, NULL) && verdict.n_breaches == 0);
            CU_ASSERT(verdict.cost.total == little.cost.total);
            verdict_release(&verdict);
            CU_ASSERT(little.bound <= much.cost.total && much.bound <= little.cost.total);
            better += much.cost.total < little.cost.total || much.bound > little.bound;
        }
        proven += little.status == PLAN_OPTIMAL && little.cost.total > little.bound;
        plan_release(&little);
        plan_release(&much);
        instance_release(&inst);
    }
    CU_ASSERT(better >= 6);
    CU_ASSERT(proven == 0);
}

/* --- budgets --- */

/* Whoever is done when, the same pieces count. */
static void test_budget(void)
{
    static const size_t orders[][4] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 0, 3, 2}};
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        struct budget budget;
        int64_t work;
        CU_ASSERT(budget_init(&budget, 4, 35)); /* 10, 20 and 30 are 60: the third is beyond */
        CU_ASSERT(!budget_exceeded(&budget, 35));
        for (size_t k = 0; k < 4; k++)
            budget_done(&budget, orders[i][k], 10 * (int64_t)(orders[i][k] + 1));
        CU_ASSERT_EQUAL(budget_count(&budget, &work), 2);
        CU_ASSERT_EQUAL(work, 35);
        CU_ASSERT(budget_exceeded(&budget, 6));
        budget_release(&budget);
    }
}

void add_threads_tests(CU_pSuite suite)
{
    CU_add_test(suite, "every piece is done once", test_every_piece_once);
    CU_add_test(suite, "two pieces at the same time", test_at_the_same_time);
    CU_add_test(suite, "the same series of schedules", test_same_series);
    CU_add_test(suite, "the same answer where the gap ends the search", test_same_answer);
    CU_add_test(suite, "the same answer where a limit of work does", test_same_at_limit);
    CU_add_test(suite, "the same on real instances", test_real_instances);
    CU_add_test(suite, "a limit of work ends the search", test_limit_ends);
    CU_add_test(suite, "budgets cut where one thread would", test_budget);
}
