/* The program of flows: every valid schedule is a solution of it, at no more than its cost, and its rows do what they
 * are for. That its bound is not above the optimum of tiny instances is among the tests of the oracle.
 *
 * SORTIE_FLOWS_SEEDS  how many instances of either kind, default 25
 * SORTIE_FLOWS_FIRST  seed of the first, default 1 */
#include <stdio.h>
#include <stdlib.h>

#include "io/read_instance.h"
#include "solver/construct.h"
#include "solver/flow_bound.h"
#include "solver/flow_program.h"
#include "tests/random_instance.h"
#include "tests/tests.h"

/* What a schedule is as a solution, [column]. */
struct point {
    const struct flow_program *f;
    double *value;
};

static void add(struct point *x, int column, double value)
{
    CU_ASSERT_FATAL(column >= 0); /* a schedule needs a column that is not there */
    x->value[column] += value;
}

static int32_t period(const struct flow_program *f, sec_t t)
{
    int32_t p = 0;
    while (p < f->n_periods && f->cut[p + 1] <= t)
        p++;
    return p;
}

static int32_t place(const struct flow_program *f, int32_t type, int32_t airfield, sec_t t)
{
    return flow_place(f, type, airfield, period(f, t));
}

/* Legs from the last stop at the origin to the next at the destination, rounds left out. */
static void add_way(struct point *x, const struct mission *m, const struct ride *r)
{
    const struct flow_program *f = x->f;
    const struct demand *d = &f->inst->demand[r->demand];
    int32_t s = r->from_stop;
    for (int32_t k = s; k < r->to_stop; k++)
        s = m->stop[k].airfield == d->origin ? k : s;
    while (m->stop[s].airfield != d->destination) {
        int32_t from = m->stop[s].airfield, next = s;
        for (int32_t k = s; k < r->to_stop; k++)
            next = m->stop[k].airfield == from ? k : next;
        s = next + 1;
        add(x, f->carried[(r->demand * f->n + from) * f->n + m->stop[s].airfield], r->pax);
    }
}

static void add_ride(struct point *x, const struct mission *m, const struct ride *r)
{
    const struct flow_program *f = x->f;
    int32_t leave = period(f, m->stop[r->from_stop + 1].arrival), come = period(f, m->stop[r->to_stop].arrival);
    int32_t unload = period(f, m->stop[r->to_stop].handling_start);
    add(x, f->leaves[r->demand * f->n_periods + leave], r->pax);
    add(x, f->comes[r->demand * f->n_periods + come], r->pax);
    for (int32_t p = leave; p < come; p++)
        add(x, f->aboard[r->demand * f->n_periods + p], r->pax);
    if (f->unloads[r->demand * (f->n_periods + 1) + unload] >= 0) {
        add(x, f->unloads[r->demand * (f->n_periods + 1) + unload], r->pax);
        for (int32_t p = come; p < unload; p++)
            add(x, f->waits[r->demand * f->n_periods + p], r->pax);
    }
    add_way(x, m, r);
}

static void add_mission(struct point *x, const struct mission *m)
{
    const struct flow_program *f = x->f;
    int32_t type = f->inst->airframe[m->airframe].type;
    const struct stop *stop = m->stop, *last = &m->stop[m->n_stops - 1];
    add(x, f->begins[place(f, type, stop[0].airfield, stop[1].arrival)], 1);
    add(x, f->ends[place(f, type, last->airfield, last->arrival)], 1);
    for (size_t s = 0; s + 1 < m->n_stops; s++) {
        int32_t p = period(f, stop[s + 1].arrival);
        add(x, f->flight[flow_leg(f, type, stop[s].airfield, stop[s + 1].airfield, p)], 1);
    }
    for (size_t r = 0; r < m->n_rides; r++)
        add_ride(x, m, &m->ride[r]);
}

static void fix(const struct point *x, const int *column, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (column[i] >= 0)
            lp_set_bounds(x->f->lp, column[i], x->value[column[i]], x->value[column[i]]);
}

/* The rest is for the program to find: what is left of rows, and where work is done. */
static const char *fault_of(struct flow_program *f, const struct schedule *schedule, cent_t cost)
{
    size_t n = (size_t)f->n, k = (size_t)f->n_periods, types = f->inst->n_types, demands = f->inst->n_demands;
    struct point x = {.f = f, .value = calloc((size_t)f->n_columns + 1, sizeof *x.value)};
    const char *fault = NULL;
    if (!x.value)
        abort();
    for (size_t i = 0; i < schedule->n_missions; i++)
        add_mission(&x, &schedule->mission[i]);
    fix(&x, f->flight, types * n * n * k);
    fix(&x, f->begins, types * n * k);
    fix(&x, f->ends, types * n * k);
    fix(&x, f->carried, demands * n * n);
    fix(&x, f->leaves, demands * k);
    fix(&x, f->comes, demands * k);
    fix(&x, f->unloads, demands * (k + 1));
    fix(&x, f->aboard, demands * k);
    fix(&x, f->waits, demands * k);
    for (int added = 1, pass = 0; added > 0 && !fault && pass < 20; pass++) {
        enum lp_status status = lp_solve(f->lp, true, NULL, NULL);
        if (status != LP_OPTIMAL)
            fault = status == LP_INFEASIBLE ? "it breaks a row" : "the engine failed";
        else if (lp_value(f->lp) > (double)cost / 100 + 1e-4)
            fault = "it costs more as a flow";
        else
            added = flow_program_separate(f);
        fault = added < 0 ? "no rows could be added" : fault;
    }
    free(x.value);
    return fault;
}

struct trial {
    const struct instance *inst;
    uint64_t seed;
    int tried, flown;
};

static bool try_schedule(void *context, struct schedule *schedule, cent_t cost)
{
    static const int32_t periods[] = {1, 5, 16, 48};
    struct trial *t = context;
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        struct flow_program f;
        int64_t work = 0;
        bool made = flow_program_init(&f, t->inst, periods[i], &work);
        const char *fault = made ? fault_of(&f, schedule, cost) : "no program";
        if (fault)
            fprintf(stderr, "  seed %d, %d periods, a schedule of %.2f: %s\n", (int)t->seed, (int)periods[i],
                    (double)cost / 100, fault);
        CU_ASSERT(!fault);
        flow_program_release(&f);
    }
    t->tried++;
    t->flown += schedule->n_missions > 1;
    schedule_release(schedule);
    return true;
}

static void try_schedules(bool (*make)(uint64_t seed, struct instance *inst), int64_t rounds)
{
    const char *seeds = getenv("SORTIE_FLOWS_SEEDS"), *from = getenv("SORTIE_FLOWS_FIRST");
    uint64_t first = from && *from ? strtoull(from, NULL, 10) : 1;
    uint64_t n = seeds && *seeds ? strtoull(seeds, NULL, 10) : 25;
    struct trial t = {0};
    for (uint64_t seed = first; seed < first + n; seed++) {
        struct instance inst;
        if (!make(seed, &inst))
            abort();
        t.inst = &inst;
        t.seed = seed;
        struct construct_task task = {
            .inst = &inst, .seed = seed, .most_rounds = rounds, .take = try_schedule, .context = &t};
        CU_ASSERT(construct(&task));
        instance_release(&inst);
    }
    printf("\n    %d schedules, %d of several missions\n", t.tried, t.flown);
    CU_ASSERT(t.tried >= (int)n && t.flown * 8 > t.tried);
}

static void test_tiny_schedules(void)
{
    try_schedules(random_instance, 40);
}

static void test_middle_schedules(void)
{
    try_schedules(random_middle_instance, 3);
}

/* A C-17 goes from A to B and has to be back. */
static const char by_hand[] =
    "{\"format\": \"sortie-instance\", \"version\": 1, \"name\": \"by hand\", \"currency\": \"USD\","
    "\"start\": \"2026-01-01T00:00:00Z\", \"end\": \"2026-01-03T00:00:00Z\","
    "\"airfields\": [{\"id\": \"A\", \"lat\": 0, \"lon\": 0, \"country\": \"AA\", \"runway_ft\": 9000},"
    "                {\"id\": \"B\", \"lat\": 10, \"lon\": 0, \"country\": \"BB\", \"runway_ft\": 9000}],"
    "\"aircraft_types\": [\"C-17A\"],"
    "\"airframes\": [{\"id\": \"P\", \"type\": \"C-17A\", \"at\": \"A\"}],"
    "\"crews\": [{\"id\": \"C\", \"types\": [\"C-17A\"], \"kind\": \"basic\", \"at\": \"A\"}],"
    "\"demands\": [{\"id\": \"D\", \"origin\": \"A\", \"destination\": \"B\", \"pax\": %d, \"kg_per_pax\": 100,"
    "  \"pickup\": {\"from\": \"2026-01-01T06:00:00Z\", \"until\": \"2026-01-01T06:15:00Z\"},"
    "  \"delivery\": {\"until\": \"2026-01-02T23:00:00Z\"}, \"penalty\": 1000000}],"
    "%s"
    "\"rules\": {\"step_min\": 15, \"show_min\": 60, \"post_flight_min\": 30, \"rest_min\": 600}}";

/* What is proven with up to `most` periods beyond the cost of a trip. */
static cent_t bound_by_hand(int pax, const char *limits, int32_t most)
{
    char text[2048];
    struct instance inst;
    char *faults = NULL;
    struct error err;
    int64_t work = 0;
    int32_t periods = 1;
    error_init(&err);
    int n = snprintf(text, sizeof text, by_hand, pax, limits);
    if (!read_instance_text("by hand", text, (size_t)n, &inst, &faults, &err)) {
        fprintf(stderr, "%s%s\n", err.text, faults ? faults : "");
        abort();
    }
    cent_t bound = flow_bound(&inst, &periods, most, &work, NULL, NULL);
    const struct leg *there = instance_leg(&inst, 0, 0, 1), *back = instance_leg(&inst, 0, 1, 0);
    cent_t trip = there->cost + there->fee + back->cost + back->fee;
    instance_release(&inst);
    return bound - trip;
}

/* One passenger takes as much of a flight as a full aircraft does. */
static void test_whole_flights(void)
{
    CU_ASSERT(bound_by_hand(1, "", 1) >= -100 && bound_by_hand(1, "", 1) <= 0);
    CU_ASSERT(bound_by_hand(100, "", 1) >= -100 && bound_by_hand(100, "", 1) <= 0);
}

/* B takes five a day, on the second those who wait aboard; two stay. Flights carry twelve at most, so the program flies
 * ten twelfths of one. */
static void test_caps(void)
{
    static const char five[] = "\"limits\": [{\"id\": \"BB\", \"airfields\": [\"B\"], \"per_day\": {\"pax\": 5}}],";
    for (int32_t most = 4; most <= 16; most *= 2) {
        cent_t over = bound_by_hand(12, five, most) - 2 * 100000000;
        CU_ASSERT(over > -1700000 && over < -1600000);
    }
}

/* All have to be loaded at six: one aircraft takes those who have a seat, and the others stay. Without times it could
 * come again. */
static void test_windows(void)
{
    cent_t coarse = bound_by_hand(250, "", 1), fine = bound_by_hand(250, "", 64);
    CU_ASSERT(coarse < 100000000);
    CU_ASSERT(fine >= 60LL * 100000000);
}

void add_flows_tests(CU_pSuite suite)
{
    CU_add_test(suite, "schedules of tiny instances are solutions", test_tiny_schedules);
    CU_add_test(suite, "schedules of middle-sized instances are solutions", test_middle_schedules);
    CU_add_test(suite, "by hand: whole flights", test_whole_flights);
    CU_add_test(suite, "by hand: caps", test_caps);
    CU_add_test(suite, "by hand: windows", test_windows);
}
