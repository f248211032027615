/* What solve() promises whatever the instance: it ends in time, what it returns is valid, and its figures agree. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check/check.h"
#include "solver/line_fill.h"
#include "solver/price.h"
#include "solver/quick_bound.h"
#include "solver/solve.h"
#include "solver/stretch.h"
#include "solver/whole_loads.h"
#include "tests/oracle.h"
#include "tests/random_instance.h"
#include "tests/tests.h"

static const struct oracle_budget budget = {.tried = 100000, .missions = 4000, .steps = 1000000};

/* --- building --- */

struct size {
    int32_t fields, airframes, crews, demands;
    sec_t days, step;
};

static void *need(void *p)
{
    if (!p)
        abort();
    return p;
}

static void *room(size_t n, size_t size)
{
    return need(calloc(n > 0 ? n : 1, size));
}

static char *name(const char *kind, size_t i)
{
    char text[32];
    snprintf(text, sizeof text, "%s%zu", kind, i);
    return need(strdup(text));
}

static int32_t between(uint64_t *state, int32_t least, int32_t most)
{
    return least + (int32_t)(random_draw(state) % (uint64_t)(most - least + 1));
}

static void build_fields(struct instance *inst, int32_t n, uint64_t *state)
{
    inst->airfield = room((size_t)n, sizeof *inst->airfield);
    inst->n_airfields = (size_t)n;
    for (size_t i = 0; i < inst->n_airfields; i++) {
        struct airfield *f = &inst->airfield[i];
        f->id = name("F", i);
        f->name = name("Field ", i);
        f->country = name("", 0);
        f->time_zone = name("", 0);
        f->lat = between(state, -60, 60);
        f->lon = between(state, -60, 60);
        f->runway_ft = 9000;
        f->has_fuel = between(state, 0, 3) > 0;
        f->mog = between(state, 0, 1) ? -1 : between(state, 2, 6);
        f->always_open = true;
    }
}

static void build_type(struct instance *inst, uint64_t *state)
{
    size_t n = inst->n_airfields;
    inst->type = room(1, sizeof *inst->type);
    inst->n_types = 1;
    struct aircraft_type *t = inst->type;
    t->id = name("T", 0);
    t->name = name("Type ", 0);
    t->configuration = room(1, sizeof *t->configuration);
    t->n_configurations = 1;
    t->configuration[0] = (struct configuration){.id = name("C", 0), .seats = 60};
    t->range = room(2, sizeof *t->range);
    t->n_range = 2;
    t->range[0] = (struct range_point){.payload = 3000000, .range = 3000000};
    t->range[1] = (struct range_point){.payload = 9000000, .range = 1800000};
    t->ground[GROUND_ONLOAD] = t->ground[GROUND_OFFLOAD] = 3600;
    t->ground[GROUND_ENROUTE] = t->turn = 2700;
    t->runway_ft = 5000;
    t->mog_units = 1;
    t->fdp[CREW_BASIC] = 14 * 3600;
    t->fdp[CREW_AUGMENTED] = 18 * 3600;
    t->cost_per_block_hour = 500000;
    t->cost_per_mission = 100000;
    inst->leg = room(n * n, sizeof *inst->leg);
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            int32_t minutes = between(state, 40, 300);
            inst->leg[a * n + b] =
                a == b
                    ? (struct leg){.block = -1}
                    : (struct leg){.block = minutes * 60, .nm = minutes * 7000, .cost = minutes * 8333, .fee = 10000};
        }
}

static void build_fleet(struct instance *inst, const struct size *size, uint64_t *state)
{
    int32_t most = size->fields < 4 ? size->fields - 1 : 3; /* a few bases */
    inst->airframe = room((size_t)size->airframes, sizeof *inst->airframe);
    inst->n_airframes = (size_t)size->airframes;
    for (size_t i = 0; i < inst->n_airframes; i++)
        inst->airframe[i] = (struct airframe){.id = name("A", i),
                                              .at = between(state, 0, most),
                                              .from = SEC_EARLIEST,
                                              .until = SEC_LATEST,
                                              .end_anywhere = true,
                                              .flight_limit = between(state, 0, 3) ? -1 : 100 * 3600};
    inst->crew = room((size_t)size->crews, sizeof *inst->crew);
    inst->n_crews = (size_t)size->crews;
    for (size_t i = 0; i < inst->n_crews; i++)
        inst->crew[i] = (struct crew){.id = name("K", i),
                                      .kind = between(state, 0, 1) ? CREW_BASIC : CREW_AUGMENTED,
                                      .types = room(1, sizeof(int32_t)),
                                      .n_types = 1,
                                      .at = between(state, 0, most),
                                      .from = SEC_EARLIEST,
                                      .until = SEC_LATEST,
                                      .end_anywhere = true,
                                      .last_duty_end = SEC_NONE};
}

static void build_demands(struct instance *inst, const struct size *size, uint64_t *state)
{
    inst->demand = room((size_t)size->demands, sizeof *inst->demand);
    inst->n_demands = (size_t)size->demands;
    for (size_t i = 0; i < inst->n_demands; i++) {
        int32_t from = between(state, 0, size->fields - 1);
        sec_t ready = between(state, 0, (int32_t)(inst->end * 3 / 4));
        inst->demand[i] = (struct demand){.id = name("D", i),
                                          .origin = from,
                                          .destination = (from + between(state, 1, size->fields - 1)) % size->fields,
                                          .pax = between(state, 5, 150),
                                          .pax_mass = 110000,
                                          .pickup = {ready, ready + 2 * 86400},
                                          .delivery = {ready, ready + 3 * 86400},
                                          .smallest_lot = 1,
                                          .aboard_limit = -1,
                                          .category = -1,
                                          .penalty = 500000,
                                          .delay_cost = 500};
    }
}

static void build(struct instance *inst, struct size size)
{
    uint64_t state = 7;
    instance_init(inst);
    inst->name = name("size ", (size_t)size.demands);
    inst->currency = need(strdup("EUR"));
    inst->start_unix = 1767225600;
    inst->end = size.days * 86400;
    inst->rules = (struct rules){.step = size.step, .show = 3600, .post_flight = 1800, .rest = 36000};
    inst->rules.rolling = room(1, sizeof *inst->rules.rolling);
    inst->rules.n_rolling = 1;
    inst->rules.rolling[0] = (struct rolling_limit){.window = 7 * 86400, .most = 60 * 3600};
    build_fields(inst, size.fields, &state);
    build_type(inst, &state);
    build_fleet(inst, &size, &state);
    build_demands(inst, &size, &state);
}

/* --- what all cases share --- */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A valid schedule at the price named, and a bound that does not exceed it. */
static bool holds(const struct instance *inst, const struct plan *plan)
{
    struct verdict v;
    if (plan->status != PLAN_OPTIMAL && plan->status != PLAN_FEASIBLE)
        return false;
    if (!check_schedule(inst, &plan->schedule, &v, NULL))
        abort();
    for (size_t i = 0; i < v.n_breaches; i++)
        fprintf(stderr, "  %s\n", v.breach[i].text);
    bool right = v.n_breaches == 0 && memcmp(&v.cost, &plan->cost, sizeof v.cost) == 0 &&
                 plan->bound <= plan->cost.total && plan->bound >= 0;
    verdict_release(&v);
    return right;
}

/* Solves; returns the seconds it took. The caller releases `plan`. */
static double solved(const struct instance *inst, const struct solve_options *options, struct plan *plan)
{
    struct error err;
    error_init(&err);
    double began = now();
    bool done = solve(inst, options, plan, &err);
    double took = now() - began;
    if (!done)
        fprintf(stderr, "  %s\n", err.text);
    CU_ASSERT(done);
    return took;
}

static bool same_mission(const struct mission *a, const struct mission *b)
{
    return a->airframe == b->airframe && a->crew == b->crew && a->configuration == b->configuration &&
           a->committed == b->committed && a->n_stops == b->n_stops && a->n_rides == b->n_rides &&
           memcmp(a->stop, b->stop, a->n_stops * sizeof *a->stop) == 0 &&
           (a->n_rides == 0 || memcmp(a->ride, b->ride, a->n_rides * sizeof *a->ride) == 0);
}

static bool same_schedule(const struct schedule *a, const struct schedule *b)
{
    bool same = a->n_missions == b->n_missions;
    for (size_t i = 0; i < a->n_missions && same; i++)
        same = same_mission(&a->mission[i], &b->mission[i]);
    return same;
}

/* --- time --- */

static const struct size large = {40, 60, 80, 300, 30, 900}, fine = {6, 4, 6, 20, 3, 1}, small = {4, 2, 3, 4, 1, 3600},
                         tiny = {3, 1, 2, 2, 1, 7200};

static void limited(const char *what, struct size size, double most)
{
    struct instance inst;
    struct plan plan;
    build(&inst, size);
    struct solve_options options = {.time_limit_s = 1, .threads = 1};
    double took = solved(&inst, &options, &plan);
    if (took > most)
        fprintf(stderr, "  %s: %.1f s, at most %.1f s\n", what, took, most);
    CU_ASSERT(took <= most);
    CU_ASSERT(holds(&inst, &plan));
    plan_release(&plan);
    instance_release(&inst);
}

static void test_time_limit(void)
{
    limited("a large instance", large, 3);
}

static void test_time_limit_fine(void)
{
    limited("a step of one second", fine, 3);
}

static void interrupted_at_once(struct size size)
{
    static const atomic_int stop = 1;
    struct instance inst;
    struct plan plan;
    build(&inst, size);
    struct solve_options options = {.threads = 1, .interrupted = &stop};
    double took = solved(&inst, &options, &plan);
    if (took > 2)
        fprintf(stderr, "  interrupted: %.1f s\n", took);
    CU_ASSERT(took <= 2);
    CU_ASSERT(holds(&inst, &plan));
    plan_release(&plan);
    instance_release(&inst);
}

static void test_interrupted(void)
{
    interrupted_at_once(small);
    interrupted_at_once(fine);
    interrupted_at_once(large);
}

/* --- the same again, and what is reported on the way --- */

struct trace {
    cent_t bound, best;
    double seconds;
    int calls;
    bool wrong, over;
    double phase_s[N_PHASES]; /* summed over searches */
};

/* The last report: every moment counts once. */
static void watch_phases(const struct solve_progress *p, struct trace *t)
{
    double sum = 0;
    for (int i = 0; i < N_PHASES; i++) {
        t->wrong = t->wrong || p->phase_s[i] < 0;
        t->phase_s[i] += p->phase_s[i];
        sum += p->phase_s[i];
    }
    t->wrong = t->wrong || sum > p->seconds || sum < p->seconds - 0.1;
    t->over = true;
}

static void watch(const struct solve_progress *p, void *context)
{
    struct trace *t = context;
    bool first = t->calls++ == 0;
    t->wrong = t->wrong || t->over || (!first && (p->bound < t->bound || p->seconds < t->seconds)) ||
               (t->best >= 0 && (p->best < 0 || p->best > t->best)) || (p->best >= 0 && p->bound > p->best) ||
               !p->phase || p->gap < 0 || p->gap > 1;
    t->bound = p->bound;
    t->best = p->best;
    t->seconds = p->seconds;
    if (p->phase_s)
        watch_phases(p, t);
}

static void test_progress(void)
{
    double phase_s[N_PHASES] = {0};
    for (uint64_t seed = 1; seed <= 30; seed++) {
        struct instance inst;
        struct plan plan;
        struct trace trace = {.best = -1};
        if (!random_instance(seed, &inst))
            abort();
        struct solve_options options = {
            .time_limit_s = 0.25, .threads = 1, .progress = watch, .progress_context = &trace};
        solved(&inst, &options, &plan);
        if (trace.wrong)
            fprintf(stderr, "  progress of seed %d goes back\n", (int)seed);
        CU_ASSERT(!trace.wrong);
        CU_ASSERT(trace.over);
        for (int i = 0; i < N_PHASES; i++)
            phase_s[i] += trace.phase_s[i];
        CU_ASSERT(plan.status == PLAN_IMPOSSIBLE || trace.best < 0 || plan.cost.total <= trace.best);
        CU_ASSERT(plan.status == PLAN_IMPOSSIBLE || trace.calls == 0 || plan.bound >= trace.bound);
        plan_release(&plan);
        instance_release(&inst);
    }
    for (int i = 0; i < N_PHASES; i++)
        CU_ASSERT(phase_s[i] > 0);
}

static void test_same_twice(void)
{
    struct instance inst;
    struct plan a, b;
    build(&inst, tiny);
    struct solve_options options = {.threads = 1, .seed = 5};
    solved(&inst, &options, &a);
    solved(&inst, &options, &b);
    CU_ASSERT(holds(&inst, &a));
    CU_ASSERT(same_schedule(&a.schedule, &b.schedule));
    CU_ASSERT(a.bound == b.bound && a.status == b.status);
    plan_release(&a);
    plan_release(&b);
    instance_release(&inst);
}

/* --- bounds --- */

static void test_quick_bound(void)
{
    int compared = 0;
    for (uint64_t seed = 1; compared < 50; seed++) {
        struct instance inst;
        struct oracle_answer answer;
        if (!random_instance(seed, &inst))
            abort();
        oracle_solve(&inst, &budget, &answer);
        if (answer.status == ORACLE_OPTIMAL) {
            compared++;
            CU_ASSERT(quick_bound(&inst) <= answer.cost);
        }
        oracle_answer_release(&answer);
        instance_release(&inst);
    }
}

/* On a grid so fine that rows are means over spans at first, the optimum is that of the coarse grid or less. */
static void test_spans(void)
{
    int compared = 0, told = 0;
    for (uint64_t seed = 1; compared < 25; seed++) {
        struct instance inst;
        struct oracle_answer answer;
        if (!random_instance(seed, &inst))
            abort();
        oracle_solve(&inst, &budget, &answer);
        if (answer.status == ORACLE_OPTIMAL && answer.schedule.n_missions > 0 && inst.committed.n_missions == 0) {
            struct solve_options options = {.threads = 1, .time_limit_s = 1, .gap = 0.01};
            struct plan plan;
            while (inst.end / inst.rules.step <= 500 && inst.rules.step % 2 == 0)
                inst.rules.step /= 2;
            solved(&inst, &options, &plan);
            CU_ASSERT(holds(&inst, &plan));
            CU_ASSERT(plan.bound <= answer.cost);
            compared++;
            told += plan.bound * 2 > answer.cost;
            plan_release(&plan);
        }
        oracle_answer_release(&answer);
        instance_release(&inst);
    }
    CU_ASSERT(told >= 12);
}

/* Columns from a round of pricing; how many. */
static size_t fill(struct master *m)
{
    struct price_task task = {.threshold = -1e-6, .nodes = 2000, .leaf_nodes = 2000, .stride = 1, .budget = INT64_MAX};
    struct price_result result = {0};
    size_t n = 0;
    if (master_solve(m, NULL, NULL) != LP_OPTIMAL || !price(m, &task, &result)) {
        CU_FAIL("pricing failed");
        return 0;
    }
    for (size_t i = 0; i < result.n; i++) {
        n += master_take_column(m, &result.column[i]) == 1;
        result.column[i].mission.stop = NULL;
    }
    price_result_release(&result);
    return n;
}

/* Most that riders from i on earn in whole units, by trying everything. */
static double most_by_trying(const struct rider *rider, size_t n, size_t i, int32_t legs, double *left)
{
    if (i == n)
        return 0;
    double best = 0;
    for (int q = 0; q <= (int)rider[i].room; q++) {
        bool fits = true;
        for (int32_t leg = rider[i].from; leg < rider[i].to; leg++)
            fits = fits && left[leg] >= q;
        if (!fits)
            break;
        for (int32_t leg = rider[i].from; leg < rider[i].to; leg++)
            left[leg] -= q;
        best = fmax(best, q * rider[i].value + most_by_trying(rider, n, i + 1, legs, left));
        for (int32_t leg = rider[i].from; leg < rider[i].to; leg++)
            left[leg] += q;
    }
    return best;
}

/* Legs' rows have consecutive ones, so the flow is worth what whole passengers are. */
static void test_line_fill(void)
{
    uint64_t state = 3;
    size_t early = 0;
    for (int i = 0; i < 3000; i++) {
        struct rider rider[6];
        double left[4];
        int32_t legs = between(&state, 1, 4);
        size_t n = (size_t)between(&state, 0, 5);
        for (int32_t leg = 0; leg < legs; leg++)
            left[leg] = between(&state, 0, 5);
        for (size_t k = 0; k < n; k++) {
            int32_t from = between(&state, 0, legs - 1);
            rider[k] = (struct rider){from, between(&state, from + 1, legs), between(&state, 0, 4),
                                      between(&state, -20, 200) / 4.0, 0};
        }
        double right = most_by_trying(rider, n, 0, legs, left);
        CU_ASSERT_DOUBLE_EQUAL(line_fill(rider, n, legs, left, -INFINITY), right, 1e-4);
        double enough = right + between(&state, -40, 200) / 4.0, bound = line_fill(rider, n, legs, left, enough);
        CU_ASSERT(bound >= right - 1e-4);
        CU_ASSERT(bound <= fmax(enough, right + 1e-4));
        early += bound > right + 1;
    }
    CU_ASSERT(early >= 100);
}

static double least_of(const struct price_result *result)
{
    double least = 0;
    for (size_t i = 0; i < result->n; i++)
        least = fmin(least, result->reduced_cost[i]);
    return least;
}

static const struct price_task every_mission = {.threshold = 1e9,
                                                .all = true,
                                                .most = 30000,
                                                .most_work = 1000000,
                                                .nodes = 1000000,
                                                .leaf_nodes = 1000000,
                                                .stride = 1,
                                                .budget = INT64_MAX};

/* Compares the least reduced cost by bounds with that of all missions there are; whether there were few enough, and
 * some toll was due. */
static bool compare_least(const struct master *m, uint64_t seed)
{
    struct price_task best = {
        .threshold = -1e-6, .bound = true, .nodes = 1000000, .leaf_nodes = 1000000, .stride = 1, .budget = INT64_MAX};
    struct price_result all = {0}, found = {0};
    if (!price(m, &every_mission, &all) || !price(m, &best, &found))
        abort();
    bool known = all.complete;
    if (known) {
        double least = least_of(&all), scale = 1e-6 * (1 - least);
        bool right = found.complete && fabs(least_of(&found) - least) < 1e-5 + scale && found.least <= least + scale &&
                     found.chain <= least + scale;
        if (!right)
            fprintf(stderr, "  seed %d: least %.6f, found %.6f, bounds %.6f and %.6f\n", (int)seed, least,
                    least_of(&found), found.least, found.chain);
        CU_ASSERT(right);
    }
    price_result_release(&all);
    price_result_release(&found);
    return known;
}

/* Landings of the mission that a cap on block-ins counts, beyond the cap. */
static int32_t lands_beyond(const struct instance *inst, const struct mission *m)
{
    int32_t beyond = 0;
    for (size_t l = 0; l < inst->n_limits; l++)
        for (size_t c = 0; c < inst->limit[l].n_caps; c++) {
            const struct cap *cap = &inst->limit[l].cap[c];
            int32_t n = 0;
            for (size_t s = 1; s < m->n_stops; s++)
                for (size_t f = 0; f < inst->limit[l].n_airfields; f++)
                    n += m->stop[s].airfield == inst->limit[l].airfields[f] && cap->from <= m->stop[s].arrival &&
                         m->stop[s].arrival < cap->until;
            if (cap->arrivals >= 0 && n - cap->arrivals > beyond)
                beyond = n - cap->arrivals;
        }
    return beyond;
}

/* Stops where the airframe takes more parking than there is; limits of block time that the whole mission is beyond, at
 * whatever time it is flown. */
static size_t parks_beyond(const struct instance *inst, const struct mission *m)
{
    size_t n = 0;
    for (size_t s = 0; s < m->n_stops; s++) {
        int32_t mog = inst->airfield[m->stop[s].airfield].mog;
        sec_t from = s == 0 ? m->stop[s].handling_start : m->stop[s].arrival;
        sec_t until = s + 1 == m->n_stops ? m->stop[s].handling_end : m->stop[s].departure;
        n += from < until && mog >= 0 && inst->type[inst->airframe[m->airframe].type].mog_units > mog;
    }
    return n;
}

static size_t flies_beyond(const struct instance *inst, const struct mission *m)
{
    sec_t duty = inst->type[inst->airframe[m->airframe].type].fdp[inst->crew[m->crew].kind], block = 0, limit = inst->airframe[m->airframe].flight_limit;
    for (size_t s = 1; s < m->n_stops; s++)
        block += m->stop[s].arrival - m->stop[s - 1].departure;
    size_t n = limit >= 0 && block > limit;
    for (size_t k = 0; k < inst->rules.n_rolling; k++)
        n += inst->rules.rolling[k].window > duty && block > inst->rules.rolling[k].most;
    return n;
}

/* Of all missions none breaks a cap, parking or hours by itself, but some would with a little less of each. */
static void test_alone(void)
{
    size_t at_cap = 0, at_mog = 0, at_hours = 0;
    for (uint64_t seed = 1; seed <= 120; seed++) {
        struct instance inst;
        struct groups groups;
        struct master m;
        int64_t work = 0;
        struct price_result all = {0};
        if (!random_instance(seed, &inst) || !groups_init(&groups, &inst, false) ||
            !master_init(&m, &inst, &groups, 1e7, 1e6, &work) || master_solve(&m, NULL, NULL) != LP_OPTIMAL ||
            !price(&m, &every_mission, &all))
            abort();
        for (size_t i = 0; i < all.n; i++) {
            struct mission *mission = &all.column[i].mission;
            mission->airframe = groups.airframe[all.column[i].airframe_group].member[0];
            mission->crew = groups.crew[all.column[i].crew_group].member[0];
            CU_ASSERT_EQUAL(lands_beyond(&inst, mission), 0);
            CU_ASSERT_EQUAL(parks_beyond(&inst, mission), 0);
            CU_ASSERT_EQUAL(flies_beyond(&inst, mission), 0);
        }
        for (size_t l = 0; l < inst.n_limits; l++)
            for (size_t c = 0; c < inst.limit[l].n_caps; c++)
                inst.limit[l].cap[c].arrivals -= inst.limit[l].cap[c].arrivals > 0;
        for (size_t f = 0; f < inst.n_airfields; f++)
            inst.airfield[f].mog -= inst.airfield[f].mog > 0;
        for (size_t a = 0; a < inst.n_airframes; a++)
            inst.airframe[a].flight_limit -= inst.airframe[a].flight_limit / 3;
        for (size_t i = 0; i < all.n; i++) {
            at_cap += lands_beyond(&inst, &all.column[i].mission) > 0;
            at_mog += parks_beyond(&inst, &all.column[i].mission) > 0;
            at_hours += flies_beyond(&inst, &all.column[i].mission) > 0;
        }
        price_result_release(&all);
        master_release(&m);
        groups_release(&groups);
        instance_release(&inst);
    }
    CU_ASSERT(at_cap >= 100);
    CU_ASSERT(at_mog >= 100);
    CU_ASSERT(at_hours >= 100);
}

/* Demands worth moving, and tolls that take much of it back. */
static void draw_tolls(struct master *m, uint64_t *state)
{
    for (size_t r = 0; r < m->n_rows; r++) {
        const struct row *row = &m->row[r];
        double worth = 1000;
        for (size_t d = 0; d < m->inst->n_demands; d++)
            worth = fmin(worth, (double)m->inst->demand[d].penalty / 100.0);
        m->dual[r] = row->kind == ROW_DEMAND  ? worth * between(state, 20, 200) / 100.0
                     : row->kind == ROW_LOADS ? -worth * between(state, 0, 120) / 100.0
                                              : -worth * between(state, 0, 50) / 100.0;
    }
}

/* Adds a row for some demands and size. */
static void add_loads(struct master *m, uint64_t *state)
{
    int32_t set[3], n_demands = (int32_t)m->inst->n_demands;
    size_t n = 0;
    for (int32_t d = 0; d < n_demands && n < 3; d++)
        if (random_draw(state) % 2)
            set[n++] = d;
    bool failed = false;
    if (n == 0 || m->n_loads == m->cap_loads ||
        !whole_load_init(&m->load[m->n_loads], m->inst, set, n, (int32_t)between(state, 2, 12), &failed))
        return;
    const struct whole_load *w = &m->load[m->n_loads++];
    struct row row = {.kind = ROW_LOADS,
                      .a = (int32_t)m->n_loads - 1,
                      .b = w->size,
                      .rhs = whole_load_waste(w, w->all),
                      .active = true};
    if (!master_add_row(m, row))
        abort();
}

/* Bounds of routes and loads leave nothing out that pays, whatever the tolls. */
static void test_least(void)
{
    uint64_t state = 7;
    size_t compared = 0, tolled = 0;
    for (uint64_t seed = 1; seed <= 240; seed++) {
        struct instance inst;
        struct groups groups;
        struct master m;
        int64_t work = 0;
        bool made = seed % 3 ? random_instance(seed, &inst) : random_cabin_instance(seed, &inst);
        if (!made || !groups_init(&groups, &inst, false) || !master_init(&m, &inst, &groups, 1e7, 1e6, &work))
            abort();
        fill(&m);
        m.cap_loads = 8;
        m.load = calloc(m.cap_loads, sizeof *m.load);
        if (!m.load)
            abort();
        while (master_solve(&m, NULL, NULL) == LP_OPTIMAL && master_separate(&m) > 0)
            continue;
        for (int i = 0; i < 6; i++)
            add_loads(&m, &state);
        for (int round = 0; round < 3; round++) {
            draw_tolls(&m, &state);
            bool known = compare_least(&m, seed);
            compared += known;
            tolled += known && m.n_loads > 2;
        }
        master_release(&m);
        groups_release(&groups);
        instance_release(&inst);
    }
    CU_ASSERT(compared >= 200);
    CU_ASSERT(tolled >= 150);
}

/* Columns of all missions of the schedule, each flown as often as there. */
static void take_missions(struct master *m, const struct schedule *schedule)
{
    for (size_t i = 0; i < schedule->n_missions; i++) {
        struct column col;
        size_t at = m->n_columns;
        double times = 1;
        if (!column_from(&col, m->inst, m->groups, &schedule->mission[i]))
            abort();
        cent_t cost = col.cost;
        sec_t begin = col.begin;
        if (master_take_column(m, &col) < 1) { /* a twin */
            times = 2;
            for (at = 0; m->column[at].cost != cost || m->column[at].begin != begin;)
                at++;
        }
        lp_set_bounds(m->lp, m->lp_column[at], times, times);
    }
}

/* A schedule that is valid keeps every row, of instants and of spans. */
static void test_rows(void)
{
    int kept = 0;
    for (uint64_t seed = 1; seed <= 120; seed++) {
        struct instance inst;
        struct oracle_answer answer;
        if (!random_instance(seed, &inst))
            abort();
        oracle_solve(&inst, &budget, &answer);
        sec_t spans[] = {1, inst.rules.step, 4 * inst.rules.step, 16 * inst.rules.step, inst.end + 1};
        bool wanted = answer.status == ORACLE_OPTIMAL && inst.committed.n_missions == 0;
        for (size_t k = 0; wanted && k < sizeof spans / sizeof spans[0]; k++) {
            struct groups groups;
            struct master m;
            int64_t work = 0;
            if (!groups_init(&groups, &inst, seed % 2) || !master_init(&m, &inst, &groups, 0, 1e6, &work))
                abort();
            m.span = spans[k];
            take_missions(&m, &answer.schedule);
            int added = 1;
            while (added > 0 && master_solve(&m, NULL, NULL) == LP_OPTIMAL)
                added = master_separate(&m);
            if (added == 0)
                added = master_separate_loads(&m, true);
            if (added == 0)
                added = master_separate_crossings(&m);
            CU_ASSERT_EQUAL(added, 0); /* the program still has a solution, and it breaks nothing */
            kept += added == 0 && answer.schedule.n_missions > 1;
            master_release(&m);
            groups_release(&groups);
        }
        oracle_answer_release(&answer);
        instance_release(&inst);
    }
    CU_ASSERT(kept >= 100);
}

/* nm that the airframe flies between two missions, k of its own, on the tank it has then: before it and after it. */
static mnm_t since_full(const struct instance *inst, const struct schedule *s, const struct mission *until)
{
    const struct mission *before = NULL;
    for (size_t i = 0; i < s->n_missions; i++) {
        const struct mission *m = &s->mission[i];
        if (m->airframe == until->airframe && m->stop[0].departure < until->stop[0].departure &&
            (!before || m->stop[0].departure > before->stop[0].departure))
            before = m;
    }
    mnm_t nm = 0;
    for (size_t k = before ? before->n_stops - 1 : 0; k > 0; k--) {
        if (inst->airfield[before->stop[k].airfield].has_fuel)
            return nm;
        nm += instance_leg(inst, inst->airframe[before->airframe].type, before->stop[k - 1].airfield,
                           before->stop[k].airfield)
                  ->nm;
    }
    return !before || inst->airfield[before->stop[0].airfield].has_fuel ? nm : nm + since_full(inst, s, before);
}

static mnm_t until_full(const struct instance *inst, const struct schedule *s, const struct mission *from)
{
    const struct mission *after = NULL;
    if (inst->airfield[from->stop[from->n_stops - 1].airfield].has_fuel)
        return 0;
    for (size_t i = 0; i < s->n_missions; i++) {
        const struct mission *m = &s->mission[i];
        if (m->airframe == from->airframe && m->stop[0].departure > from->stop[0].departure &&
            (!after || m->stop[0].departure < after->stop[0].departure))
            after = m;
    }
    mnm_t nm = 0;
    for (size_t k = 1; after && k < after->n_stops; k++) {
        nm += instance_leg(inst, inst->airframe[after->airframe].type, after->stop[k - 1].airfield,
                           after->stop[k].airfield)
                  ->nm;
        if (inst->airfield[after->stop[k].airfield].has_fuel)
            return nm;
    }
    return after ? nm + until_full(inst, s, after) : 0;
}

/* No valid schedule flies less on one tank than stretches_init says. */
static void test_stretches(void)
{
    size_t before = 0, after = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct instance inst;
        struct oracle_answer answer;
        if (!random_instance(seed, &inst))
            abort();
        oracle_solve(&inst, &budget, &answer);
        for (size_t i = 0; i < answer.schedule.n_missions; i++) {
            const struct mission *m = &answer.schedule.mission[i];
            struct stretches least;
            if (!stretches_init(&least, &inst, inst.airframe[m->airframe].type))
                abort();
            mnm_t came = least.before[m->stop[0].airfield], goes = least.after[m->stop[m->n_stops - 1].airfield];
            CU_ASSERT(came <= since_full(&inst, &answer.schedule, m));
            CU_ASSERT(goes <= until_full(&inst, &answer.schedule, m));
            before += came > 0;
            after += goes > 0;
            stretches_release(&least);
        }
        oracle_answer_release(&answer);
        instance_release(&inst);
    }
    CU_ASSERT(before >= 10);
    CU_ASSERT(after >= 4);
}

static void draw_duals(struct master *m, uint64_t *state)
{
    for (size_t r = 0; r < m->n_rows; r++)
        m->dual[r] = m->row[r].kind == ROW_DEMAND ? between(state, -100, 20000) / 4.0 : -between(state, 0, 4000) / 4.0;
}

/* Columns whose price by time differs from the price by rows. */
static size_t mispriced(const struct master *m)
{
    struct duals duals;
    size_t wrong = 0;
    if (!duals_init(&duals, m))
        abort();
    for (size_t j = 0; j < m->n_columns; j++) {
        double a = duals_price(&duals, m->inst, &m->column[j]), b = master_reduced_cost(m, &m->column[j]);
        double scale = a < 0 ? 1 - a : 1 + a;
        wrong += a - b > 1e-9 * scale || b - a > 1e-9 * scale;
    }
    duals_release(&duals);
    return wrong;
}

static size_t compare_prices(const struct instance *inst, uint64_t *state, bool single, sec_t span, size_t *loads,
                             size_t *crossings)
{
    struct groups groups;
    struct master m;
    size_t columns = 0, wrong = 0;
    int64_t work = 0;
    if (!groups_init(&groups, inst, single) || !master_init(&m, inst, &groups, 1e7, 1e6, &work))
        abort();
    m.span = span;
    for (int round = 0; round < 3; round++) {
        columns += fill(&m);
        while (master_solve(&m, NULL, NULL) == LP_OPTIMAL &&
               (master_separate(&m) > 0 || master_separate_crossings(&m) > 0 || master_separate_loads(&m, true) > 0))
            continue;
    }
    *loads += m.n_loads;
    *crossings += m.n_crossings;
    for (int round = 0; round < 5; round++) {
        draw_duals(&m, state);
        wrong += mispriced(&m);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    master_release(&m);
    groups_release(&groups);
    return columns;
}

static void test_prices(void)
{
    uint64_t state = 11;
    size_t columns = 0, loads = 0, crossings = 0;
    for (uint64_t seed = 1; seed <= 80; seed++) {
        struct instance inst;
        if (!random_instance(seed, &inst))
            abort();
        if (inst.committed.n_missions == 0)
            columns += compare_prices(&inst, &state, seed % 2, 1, &loads, &crossings) +
                       compare_prices(&inst, &state, seed % 2, 3 * inst.rules.step, &loads, &crossings);
        instance_release(&inst);
    }
    CU_ASSERT(columns >= 400);
    CU_ASSERT(loads >= 10);
    CU_ASSERT(crossings >= 20);
}

/* --- little or nothing to plan --- */

static cent_t penalties(const struct instance *inst)
{
    cent_t sum = 0;
    for (size_t i = 0; i < inst->n_demands; i++)
        sum += inst->demand[i].pax * inst->demand[i].penalty;
    return sum;
}

/* Nobody flies, which is known to be the best. */
static void stays_down(struct instance *inst)
{
    struct plan plan;
    struct solve_options options = {.threads = 1, .time_limit_s = 5};
    double took = solved(inst, &options, &plan);
    CU_ASSERT(took < 2);
    CU_ASSERT(holds(inst, &plan));
    CU_ASSERT_EQUAL(plan.status, PLAN_OPTIMAL);
    CU_ASSERT_EQUAL(plan.schedule.n_missions, 0);
    CU_ASSERT_EQUAL(plan.cost.total, penalties(inst));
    CU_ASSERT_EQUAL(plan.bound, penalties(inst));
    plan_release(&plan);
    instance_release(inst);
}

static void test_no_demands(void)
{
    struct instance inst;
    build(&inst, (struct size){4, 2, 3, 0, 1, 3600});
    stays_down(&inst);
}

static void test_no_airframes(void)
{
    struct instance inst;
    build(&inst, (struct size){4, 0, 3, 4, 1, 3600});
    stays_down(&inst);
}

static void test_no_crews(void)
{
    struct instance inst;
    build(&inst, (struct size){4, 2, 0, 4, 1, 3600});
    stays_down(&inst);
}

static void test_nothing(void)
{
    struct instance inst;
    build(&inst, (struct size){1, 1, 1, 0, 1, 3600});
    stays_down(&inst);
    build(&inst, (struct size){1, 0, 0, 0, 1, 3600});
    stays_down(&inst);
}

/* No take-off and block-in fit, or just do not. */
static void test_short_horizon(void)
{
    struct instance inst;
    build(&inst, small);
    inst.end = 0;
    stays_down(&inst);
    build(&inst, small);
    inst.end = 1;
    stays_down(&inst);
    build(&inst, small);
    inst.end = 40 * 60 - 1; /* the shortest flight there can be */
    stays_down(&inst);
}

static void test_all_shut(void)
{
    struct instance inst;
    build(&inst, small);
    for (size_t i = 0; i < inst.n_airfields; i++)
        inst.airfield[i].always_open = false;
    stays_down(&inst);
}

static void test_free_to_leave(void)
{
    struct instance inst;
    build(&inst, small);
    for (size_t i = 0; i < inst.n_demands; i++)
        inst.demand[i].penalty = 0;
    stays_down(&inst);
}

/* --- commitments --- */

/* An empty flight of airframe 0 with the crew given to field 3 at `departure`; both are at field 0. */
static void commit(struct instance *inst, int32_t crew, sec_t departure)
{
    struct schedule *s = &inst->committed;
    sec_t in = departure + instance_leg(inst, 0, 0, 3)->block;
    s->mission = need(realloc(s->mission, (s->n_missions + 1) * sizeof *s->mission));
    struct mission *m = &s->mission[s->n_missions++];
    *m = (struct mission){.crew = crew, .committed = true, .stop = room(2, sizeof *m->stop), .n_stops = 2};
    m->stop[0] = (struct stop){0, SEC_NONE, departure, departure, departure};
    m->stop[1] = (struct stop){3, in, in, in, SEC_NONE};
}

static void with_commitments(int n, enum plan_status status)
{
    struct instance inst;
    struct plan plan;
    build(&inst, (struct size){4, 1, 2, 1, 1, 7200});
    inst.airframe[0].at = inst.crew[0].at = inst.crew[1].at = 0;
    for (int32_t i = 0; i < n; i++)
        commit(&inst, i, 36000 + 7200 * i);
    struct solve_options options = {.threads = 1, .time_limit_s = 5};
    solved(&inst, &options, &plan);
    CU_ASSERT_EQUAL(plan.status, status);
    CU_ASSERT(status == PLAN_IMPOSSIBLE || holds(&inst, &plan));
    CU_ASSERT(status != PLAN_IMPOSSIBLE || (plan.schedule.n_missions == 0 && plan.cost.total == 0 && plan.bound == 0));
    plan_release(&plan);
    instance_release(&inst);
}

static void test_commitments(void)
{
    with_commitments(1, PLAN_OPTIMAL);
    with_commitments(2, PLAN_IMPOSSIBLE); /* one airframe cannot leave the same field twice */
}

/* Every way to carry some of `left` passengers in missions of at most `most` each, the largest first: the waste of all
 * missions is never above that of all passengers. Returns how often it is just as much. */
static int carry(const struct whole_load *w, int32_t left, int32_t most, int32_t wasted)
{
    int tight = wasted == whole_load_waste(w, w->all);
    CU_ASSERT_FATAL(wasted <= whole_load_waste(w, w->all));
    for (int32_t q = 1; q <= most && q <= left; q++)
        tight += carry(w, left - q, q, wasted + whole_load_waste(w, q));
    return tight;
}

static void test_whole_loads(void)
{
    struct instance inst;
    struct whole_load w;
    bool failed = false;
    const int32_t both[] = {0, 1};
    build(&inst, (struct size){3, 1, 1, 2, 1, 3600});
    /* 13 and 5 are 18 passengers: in loads of 7 that is 7, 7 and 4, so each load of more than 4 wastes, 3 at most, and
     * there are two such loads: 18 - 3 * 4 = 6 */
    inst.demand[0].pax = 13;
    inst.demand[1].pax = 5;
    CU_ASSERT_FATAL(whole_load_init(&w, &inst, both, 2, 7, &failed));
    CU_ASSERT_EQUAL(w.all, 18);
    CU_ASSERT_EQUAL(w.rest, 4);
    CU_ASSERT_EQUAL(whole_load_waste(&w, 4), 0);
    CU_ASSERT_EQUAL(whole_load_waste(&w, 6), 2);
    CU_ASSERT_EQUAL(whole_load_waste(&w, 7), 3);
    CU_ASSERT_EQUAL(whole_load_waste(&w, 11), 3);
    CU_ASSERT_EQUAL(whole_load_waste(&w, 18), 6);
    free(w.has);
    CU_ASSERT(!whole_load_init(&w, &inst, both, 2, 9, &failed)); /* two full loads: rounding gives nothing */
    CU_ASSERT(!whole_load_init(&w, &inst, both, 2, 1, &failed));
    for (int32_t pax = 2; pax <= 14; pax++)
        for (int32_t size = 2; size <= pax + 2; size++) {
            inst.demand[0].pax = pax;
            if (!whole_load_init(&w, &inst, both, 1, size, &failed))
                continue;
            CU_ASSERT(carry(&w, pax, pax, 0) > 0);
            free(w.has);
        }
    CU_ASSERT(!failed);
    instance_release(&inst);
}

void add_solver_tests(CU_pSuite suite)
{
    CU_add_test(suite, "a time limit holds on a large instance", test_time_limit);
    CU_add_test(suite, "a time limit holds with a step of one second", test_time_limit_fine);
    CU_add_test(suite, "interrupted from the start", test_interrupted);
    CU_add_test(suite, "bound and best go one way", test_progress);
    CU_add_test(suite, "the same schedule twice", test_same_twice);
    CU_add_test(suite, "the quick bound is one", test_quick_bound);
    CU_add_test(suite, "a fine grid's bound is not above a coarse grid's optimum", test_spans);
    CU_add_test(suite, "a valid schedule keeps every row", test_rows);
    CU_add_test(suite, "rides along a line of legs against every way to fill it", test_line_fill);
    CU_add_test(suite, "nothing that pays is left out", test_least);
    CU_add_test(suite, "no mission breaks a cap, parking or hours by itself", test_alone);
    CU_add_test(suite, "no schedule flies less on a tank", test_stretches);
    CU_add_test(suite, "prices by time and by row agree", test_prices);
    CU_add_test(suite, "whole loads against every way to carry", test_whole_loads);
    CU_add_test(suite, "no demands", test_no_demands);
    CU_add_test(suite, "no airframes", test_no_airframes);
    CU_add_test(suite, "no crews", test_no_crews);
    CU_add_test(suite, "one airfield, nothing to do", test_nothing);
    CU_add_test(suite, "no time to fly", test_short_horizon);
    CU_add_test(suite, "every airfield shut", test_all_shut);
    CU_add_test(suite, "nobody need be moved", test_free_to_leave);
    CU_add_test(suite, "commitments kept and contradictory", test_commitments);
}
