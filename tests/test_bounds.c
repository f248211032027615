/* Bounds of searches that are stopped: whenever a search ends, no valid schedule that anybody found is below its bound.
 *
 * SORTIE_BOUNDS_SEEDS  how many instances, default 8
 * SORTIE_BOUNDS_FIRST  seed of the first, default 1 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "check/check.h"
#include "solver/construct.h"
#include "solver/solve.h"
#include "tests/random_instance.h"
#include "tests/tests.h"

/* What is known of one instance. */
struct known {
    const struct instance *inst;
    uint64_t seed; /* that it was made from */
    cent_t value;  /* of the best valid schedule, whoever found it */
    cent_t bound;  /* the greatest that anybody claimed */
    /* of the search that is going on */
    int reports, stop_at; /* interrupted at that report; 0: never */
    atomic_int interrupted;
};

static uint64_t from_environment(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

static void learn_value(struct known *k, cent_t value)
{
    k->value = value < k->value ? value : k->value;
}

static void learn_bound(struct known *k, cent_t bound)
{
    k->bound = bound > k->bound ? bound : k->bound;
}

/* The checker's own count; breaches fail the test. */
static void learn_schedule(struct known *k, const struct schedule *schedule)
{
    struct verdict v;
    if (!check_schedule(k->inst, schedule, &v, NULL))
        abort();
    for (size_t i = 0; i < v.n_breaches; i++)
        fprintf(stderr, "  seed %d: %s\n", (int)k->seed, v.breach[i].text);
    CU_ASSERT(v.n_breaches == 0);
    if (v.n_breaches == 0)
        learn_value(k, v.cost.total);
    verdict_release(&v);
}

static void listen(const struct solve_progress *p, void *context)
{
    struct known *k = context;
    learn_bound(k, p->bound);
    k->interrupted = ++k->reports == k->stop_at || k->interrupted;
}

/* Searches for `limit` seconds or up to report `stop_at`. */
static void search(struct known *k, double limit, int stop_at, uint64_t seed, sec_t most_instants)
{
    struct solve_options options = {.time_limit_s = limit,
                                    .threads = 1,
                                    .seed = seed,
                                    .most_instants = most_instants,
                                    .interrupted = &k->interrupted,
                                    .progress = listen,
                                    .progress_context = k};
    struct plan plan;
    struct error err;
    error_init(&err);
    k->reports = 0;
    k->stop_at = stop_at;
    k->interrupted = 0;
    bool done = solve(k->inst, &options, &plan, &err);
    CU_ASSERT(done && (plan.status == PLAN_OPTIMAL || plan.status == PLAN_FEASIBLE));
    if (done) {
        learn_bound(k, plan.bound);
        learn_schedule(k, &plan.schedule);
    }
    plan_release(&plan);
}

static bool take(void *context, struct schedule *schedule, cent_t cost)
{
    (void)cost;
    learn_schedule(context, schedule);
    schedule_release(schedule);
    return true;
}

/* Schedules that no linear program had a part in. */
static void build_schedules(struct known *k)
{
    for (uint64_t seed = 1; seed <= 2; seed++) {
        struct construct_task task = {.inst = k->inst, .seed = seed, .most_rounds = 300, .take = take, .context = k};
        CU_ASSERT(construct(&task));
    }
}

static void stop_everywhere(uint64_t seed)
{
    static const double limits[] = {0.001, 0.01, 0.04, 0.15};
    struct instance inst;
    if (!random_middle_instance(seed, &inst))
        abort();
    struct known k = {.inst = &inst, .seed = seed, .value = INT64_MAX};
    build_schedules(&k);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        search(&k, limits[i], 0, seed + i, i % 2 ? 100000 : 0);
    /* reports come at every gain and, seldom, without one */
    for (int stop_at = 1; stop_at < 200; stop_at += 1 + stop_at / 2) {
        search(&k, 0.4, stop_at, seed, stop_at % 2 ? 0 : 100000);
        if (!k.interrupted)
            break; /* over before */
    }
    if (k.bound > k.value)
        fprintf(stderr, "  seed %d: the bound %.2f is above a schedule of %.2f\n", (int)seed, (double)k.bound / 100,
                (double)k.value / 100);
    CU_ASSERT(k.bound <= k.value);
    instance_release(&inst);
}

static void test_stopped_bounds(void)
{
    uint64_t first = from_environment("SORTIE_BOUNDS_FIRST", 1), seeds = from_environment("SORTIE_BOUNDS_SEEDS", 8);
    for (uint64_t seed = first; seed < first + seeds; seed++)
        stop_everywhere(seed);
}

void add_bounds_tests(CU_pSuite suite)
{
    CU_add_test(suite, "no schedule is below the bound of a search stopped anywhere", test_stopped_bounds);
}
