/* The number of threads changes nothing but when an answer is there. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "io/schedule_json.h"
#include "solver/construct.h"
#include "solver/pool.h"
#include "solver/solve.h"
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

static void hand_out_more(void *context, size_t number, int thread)
{
    struct tally *t = context;
    struct pool_job job = {.piece = count, .context = t, .n = 50};
    (void)number;
    (void)thread;
    pool_run(t->pool, &job);
}

static void test_every_piece_once(void)
{
    for (int threads = 1; threads <= 4; threads++) {
        struct tally t = {.pool = threads > 1 ? pool_new(threads) : NULL};
        CU_ASSERT_EQUAL(pool_threads(t.pool), threads);
        struct pool_job own = {.piece = count, .context = &t, .n = 200};
        struct pool_job nested = {.piece = hand_out_more, .context = &t, .n = 3}, none = {.piece = count};
        pool_begin(t.pool, &nested);
        pool_run(t.pool, &own);
        pool_run(t.pool, &none);
        pool_finish(t.pool, &nested);
        bool right = !t.wrong_thread;
        for (int i = 0; i < 200; i++)
            right = right && t.times[i] == (i < 50 ? 4 : 1);
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
    struct pool_job job = {.piece = meet, .context = &t, .n = 2};
    pool_run(t.pool, &job);
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
    CU_ASSERT(taken >= 60);
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

void add_threads_tests(CU_pSuite suite)
{
    CU_add_test(suite, "every piece is done once", test_every_piece_once);
    CU_add_test(suite, "two pieces at the same time", test_at_the_same_time);
    CU_add_test(suite, "the same series of schedules", test_same_series);
    CU_add_test(suite, "the same answer where the gap ends the search", test_same_answer);
}
