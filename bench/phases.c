/* Fixed work by phase: what reading, checking, writing, pricing, linear programs, load plans cost, each by itself.
 *
 *   build/bench-phases RUNS FOLDER      FOLDER holds border-2025.json, border-surge.json, kabul-2021.json,
 *                                       bridge-one-second.json, and many.json with many.schedule.json
 *
 * Prints a table with tabs: phase, on what, the work as a figure that is the same where the same was done, the median
 * and the least milliseconds of processor time of RUNS runs after one that does not count. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check/check.h"
#include "io/read_instance.h"
#include "io/schedule_json.h"
#include "io/whole_file.h"
#include "loadplan/planner.h"
#include "solver/construct.h"
#include "solver/flow_bound.h"
#include "solver/price.h"

#define WORTH 0.6 /* of its penalty, what moving a passenger earns in pricing */

enum { MOST_RUNS = 1000, ROUNDS = 60, SEEDS = 12, CHECKS = 100 };

struct bench {
    char *kabul_bytes, *many_bytes;
    size_t kabul_size, many_size;
    struct instance border, surge, bridge, many;
    struct plan plan;             /* of many */
    struct schedule plans[SEEDS]; /* of border */
    struct master coarse, labels;
    struct groups groups, bridge_groups;
};

static int64_t work_done; /* what the solver counts; not looked at */

static _Noreturn void stop(const char *what)
{
    fprintf(stderr, "phases: %s\n", what);
    exit(EXIT_FAILURE);
}

/* --- what is worked on */

static char *bytes_of(const char *folder, const char *name, size_t *size)
{
    char path[4096];
    struct error err;
    error_init(&err);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *bytes = whole_file_read(path, size, &err);
    if (!bytes)
        stop(err.text);
    return bytes;
}

static void take_instance(const char *name, const char *bytes, size_t size, struct instance *inst)
{
    char *faults;
    struct error err;
    error_init(&err);
    if (!read_instance_text(name, bytes, size, inst, &faults, &err))
        stop(err.text);
}

static void read_named(const char *folder, const char *name, struct instance *inst)
{
    size_t size;
    char *bytes = bytes_of(folder, name, &size);
    take_instance(name, bytes, size, inst);
    free(bytes);
}

static void take_schedule(const struct bench *b, struct plan *plan)
{
    bool other;
    char *faults;
    struct error err;
    error_init(&err);
    if (!read_schedule_text("many.schedule.json", b->many_bytes, b->many_size, &b->many, plan, &other, &faults, &err))
        stop(err.text);
}

static bool keep_schedule(void *context, struct schedule *schedule, cent_t cost)
{
    struct schedule *kept = context;
    (void)cost;
    schedule_release(kept);
    *kept = *schedule;
    return true;
}

static void make_schedule(const struct instance *inst, uint64_t seed, struct schedule *schedule)
{
    const struct construct_task task = {
        .inst = inst, .seed = seed, .most_rounds = ROUNDS, .take = keep_schedule, .context = schedule};
    schedule_init(schedule);
    if (!construct(&task))
        stop("out of memory");
}

/* A master without columns, and duals that do not hang on any linear program. */
static void set_master(struct master *m, struct groups *groups, const struct instance *inst, bool by_labels)
{
    if (!groups_init(groups, inst, false) || !master_init(m, inst, groups, 0, 1e9, &work_done))
        stop("the linear program could not be set up");
    m->labels = by_labels;
    for (size_t i = 0; i < m->n_rows; i++)
        m->dual[i] = m->row[i].kind == ROW_DEMAND ? WORTH * (double)inst->demand[m->row[i].a].penalty / 100.0 : 0;
}

static void set_up(struct bench *b, const char *folder)
{
    b->kabul_bytes = bytes_of(folder, "kabul-2021.json", &b->kabul_size);
    b->many_bytes = bytes_of(folder, "many.schedule.json", &b->many_size);
    read_named(folder, "border-2025.json", &b->border);
    read_named(folder, "border-surge.json", &b->surge);
    read_named(folder, "bridge-one-second.json", &b->bridge);
    read_named(folder, "many.json", &b->many);
    take_schedule(b, &b->plan);
    for (int k = 0; k < SEEDS; k++)
        make_schedule(&b->border, (uint64_t)k + 1, &b->plans[k]);
    set_master(&b->coarse, &b->groups, &b->border, false);
    set_master(&b->labels, &b->bridge_groups, &b->bridge, true);
}

static void take_down(struct bench *b)
{
    free(b->kabul_bytes);
    free(b->many_bytes);
    plan_release(&b->plan);
    for (int k = 0; k < SEEDS; k++)
        schedule_release(&b->plans[k]);
    master_release(&b->coarse);
    master_release(&b->labels);
    groups_release(&b->groups);
    groups_release(&b->bridge_groups);
    instance_release(&b->border);
    instance_release(&b->surge);
    instance_release(&b->bridge);
    instance_release(&b->many);
}

/* --- the work; each returns what says whether it was the same */

static int64_t work_read(struct bench *b)
{
    struct instance inst;
    take_instance("kabul-2021.json", b->kabul_bytes, b->kabul_size, &inst);
    int64_t legs = (int64_t)(inst.n_types * inst.n_airfields * inst.n_airfields + inst.n_demands);
    instance_release(&inst);
    return legs;
}

static int64_t work_read_schedule(struct bench *b)
{
    struct plan plan;
    take_schedule(b, &plan);
    int64_t missions = (int64_t)plan.schedule.n_missions;
    plan_release(&plan);
    return missions;
}

static int64_t check_once(struct bench *b)
{
    struct verdict verdict;
    struct error err;
    error_init(&err);
    if (!check_schedule(&b->many, &b->plan.schedule, &verdict, &err))
        stop(err.text);
    int64_t cost = verdict.cost.total;
    if (verdict.n_breaches > 0)
        stop("the schedule is not valid");
    verdict_release(&verdict);
    return cost;
}

static int64_t work_check(struct bench *b)
{
    int64_t cost = 0;
    for (int i = 0; i < CHECKS; i++)
        cost += check_once(b);
    return cost;
}

static int64_t work_write(struct bench *b)
{
    const struct plan_options options = {.gap = 0.0001, .seed = 1};
    struct error err;
    error_init(&err);
    char *json = schedule_to_json(&b->many, &b->plan, &options, &err);
    if (!json)
        stop(err.text);
    int64_t size = (int64_t)strlen(json);
    free(json);
    return size;
}

/* stride 0: everything, as where a bound is wanted. */
static int64_t price_once(const struct master *m, sec_t stride)
{
    bool all = stride == 0;
    const struct price_task task = {.threshold = -1e-6,
                                    .nodes = all ? 1000000 : 60,
                                    .leaf_nodes = all ? 1000000 : 2000,
                                    .budget = INT64_MAX,
                                    .bound = all,
                                    .near = 0.1,
                                    .stride = all ? 1 : stride};
    struct price_result result;
    if (!price(m, &task, &result))
        stop("out of memory");
    double sum = 0;
    for (size_t i = 0; i < result.n; i++)
        sum += result.reduced_cost[i];
    price_result_release(&result);
    return (int64_t)sum;
}

static int64_t work_price(struct bench *b)
{
    return price_once(&b->coarse, 16);
}

static int64_t work_labels(struct bench *b)
{
    return price_once(&b->labels, 0);
}

/* Columns of many schedules, and rows until none is broken. */
static int64_t work_master(struct bench *b)
{
    struct master m;
    int added = 1;
    if (!master_init(&m, &b->border, &b->groups, 0, 1e9, &work_done))
        stop("the linear program could not be set up");
    for (int k = 0; k < SEEDS; k++) {
        for (size_t i = 0; i < b->plans[k].n_missions; i++) {
            const struct mission *mission = &b->plans[k].mission[i];
            struct column col = {.airframe_group = b->groups.airframe_group[mission->airframe],
                                 .crew_group = b->groups.crew_group[mission->crew],
                                 .type = b->border.airframe[mission->airframe].type};
            if (!mission_copy(&col.mission, mission))
                stop("out of memory");
            column_finish(&col, &b->border);
            if (master_take_column(&m, &col) < 0)
                stop("a mission could not be added");
        }
    }
    while (added > 0)
        if (master_solve(&m, NULL, NULL) != LP_OPTIMAL || (added = master_separate(&m)) < 0)
            stop("the linear program could not be solved");
    int64_t value = (int64_t)lp_value(m.lp);
    master_release(&m);
    return value;
}

static int64_t work_construct(struct bench *b)
{
    struct schedule schedule;
    struct verdict verdict;
    make_schedule(&b->surge, 1, &schedule);
    if (!check_schedule(&b->surge, &schedule, &verdict, NULL))
        stop("out of memory");
    int64_t cost = verdict.cost.total;
    verdict_release(&verdict);
    schedule_release(&schedule);
    return cost;
}

static int64_t work_flows(struct bench *b)
{
    int32_t periods = 1;
    return flow_bound(&b->surge, &periods, 8, &work_done, NULL, NULL);
}

static int64_t work_loads(struct bench *b)
{
    int64_t seatings = 0;
    for (size_t i = 0; i < b->plans[0].n_missions; i++) {
        struct load_plan *plan;
        if (load_plan_best(&b->border, &b->plans[0].mission[i], LOAD_NODES, &plan) == LOAD_NO_MEMORY)
            stop("out of memory");
        seatings += plan ? (int64_t)(plan->n_seatings + plan->n_stowages) : 0;
        load_plan_free(plan);
    }
    return seatings;
}

static const struct {
    const char *name, *what;
    int64_t (*work)(struct bench *b);
} phases[] = {
    {"reader", "kabul-2021.json, 82 kB", work_read},
    {"reader of schedules", "2,000 sorties", work_read_schedule},
    {"checker", "2,000 sorties, 100 times", work_check},
    {"writer", "2,000 sorties", work_write},
    {"load planner", "a schedule of border-2025", work_loads},
    {"construction", "border-surge, 60 rounds", work_construct},
    {"flow bound", "border-surge", work_flows},
    {"pricing, grid", "border-2025, every 16th take-off, set duals", work_price},
    {"pricing, labels", "bridge-one-second, all, set duals", work_labels},
    {"master", "missions of 12 schedules of border-2025, rows until none is broken", work_master},
};

/* --- measuring */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Not wall clock: others may be at work. */
static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void measure(struct bench *b, size_t phase, int runs)
{
    double ms[MOST_RUNS];
    int64_t did = phases[phase].work(b);
    for (int i = 0; i < runs; i++) {
        double began = processor_seconds();
        if (phases[phase].work(b) != did)
            stop("the same work gave another result");
        ms[i] = 1e3 * (processor_seconds() - began);
    }
    qsort(ms, (size_t)runs, sizeof *ms, by_value);
    double median = runs % 2 ? ms[runs / 2] : (ms[runs / 2 - 1] + ms[runs / 2]) / 2;
    printf("%s\t%s\t%" PRId64 "\t%.3f\t%.3f\n", phases[phase].name, phases[phase].what, did, median, ms[0]);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static struct bench b;
    char *end = NULL;
    errno = 0;
    long runs = argc == 3 ? strtol(argv[1], &end, 10) : 0;
    if (errno || argc != 3 || *end || runs < 1 || runs > MOST_RUNS) {
        fprintf(stderr, "usage: bench-phases RUNS FOLDER      1 to %d runs\n", MOST_RUNS);
        return 2;
    }
    set_up(&b, argv[2]);
    printf("phase\ton\twork\tmedian_ms\tleast_ms\n");
    for (size_t i = 0; i < sizeof phases / sizeof phases[0]; i++)
        measure(&b, i, (int)runs);
    take_down(&b);
    return ferror(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
