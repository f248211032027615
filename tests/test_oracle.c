/* The solver and the checker against complete enumeration, on hundreds of tiny random instances.
 *   SORTIE_ORACLE_SEEDS=N   so many compared instances (300)
 *   SORTIE_ORACLE_FIRST=S   from this seed on (1)
 *   SORTIE_ORACLE_CABINS=N  so many with cabins (150) */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check/check.h"
#include "solver/flow_bound.h"
#include "solver/solve.h"
#include "tests/oracle.h"
#include "tests/random_instance.h"
#include "tests/tests.h"

static long setting(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : otherwise;
}

/* Breaches of the schedule, printed; -1: could not be judged. */
static long breaches(const struct instance *inst, const struct schedule *schedule, struct cost *cost)
{
    struct verdict verdict;
    if (!check_schedule(inst, schedule, &verdict, NULL))
        return -1;
    long n = (long)verdict.n_breaches;
    for (size_t i = 0; i < verdict.n_breaches; i++)
        fprintf(stderr, "  %s\n", verdict.breach[i].text);
    *cost = verdict.cost;
    verdict_release(&verdict);
    return n;
}

/* --- what the optima show --- */

#define SIGHTS(X)                                                                                                      \
    X(FLEW, "anything flown", 180)                                                                                     \
    X(TWO, "two missions or more", 66)                                                                                 \
    X(ROUTE, "a mission to three airfields or more", 15)                                                               \
    X(ON_BOARD, "aboard over a stop", 6)                                                                               \
    X(SPLIT, "a demand split over missions", 15)                                                                       \
    X(LOTS, "two lots of a demand on a mission", 6)                                                                    \
    X(MIXED, "two demands aboard at once", 24)                                                                         \
    X(SOME_LEFT, "flown, yet some left behind", 120)                                                                   \
    X(TOGETHER, "together and moved", 24)                                                                              \
    X(ESCORTED, "with escorts", 42)                                                                                    \
    X(SHUTTLED, "two missions of an airframe", 36)                                                                     \
    X(TWINS, "two missions at one instant", 6)                                                                         \
    X(KEPT, "a commitment kept", 9)                                                                                    \
    X(CONTRADICTION, "impossible commitments", 9)

enum sight {
#define X(code, text, least) code,
    SIGHTS(X)
#undef X
        N_SIGHTS
};

static bool split(const struct schedule *s, int32_t demand)
{
    int missions = 0;
    for (size_t i = 0; i < s->n_missions; i++) {
        bool here = false;
        for (size_t r = 0; r < s->mission[i].n_rides; r++)
            here = here || s->mission[i].ride[r].demand == demand;
        missions += here;
    }
    return missions > 1;
}

static void see_rides(const struct instance *inst, const struct mission *m, bool *seen)
{
    for (size_t r = 0; r < m->n_rides; r++) {
        const struct ride *p = &m->ride[r];
        seen[ON_BOARD] = seen[ON_BOARD] || p->to_stop - p->from_stop > 1;
        seen[TOGETHER] = seen[TOGETHER] || (inst->demand[p->demand].together && p->pax > 1);
        seen[ESCORTED] = seen[ESCORTED] || inst->demand[p->demand].escort_per > 0;
        for (size_t k = 0; k < r; k++) {
            const struct ride *q = &m->ride[k];
            bool meet = q->from_stop < p->to_stop && p->from_stop < q->to_stop;
            seen[LOTS] = seen[LOTS] || p->demand == q->demand;
            seen[MIXED] = seen[MIXED] || (meet && p->demand != q->demand);
        }
    }
}

static void see_pair(const struct mission *m, const struct mission *n, bool *seen)
{
    seen[SHUTTLED] = seen[SHUTTLED] || m->airframe == n->airframe;
    seen[TWINS] = seen[TWINS] || m->stop[0].departure == n->stop[0].departure;
}

static int32_t n_fields_of(const struct mission *m)
{
    int32_t n = 0;
    for (size_t i = 0; i < m->n_stops; i++) {
        bool known = false;
        for (size_t k = 0; k < i; k++)
            known = known || m->stop[k].airfield == m->stop[i].airfield;
        n += !known;
    }
    return n;
}

static void see(const struct instance *inst, const struct oracle_answer *answer, bool *seen)
{
    const struct schedule *s = &answer->schedule;
    int64_t moved = 0, wanted = 0;
    for (size_t i = 0; i < s->n_missions; i++) {
        const struct mission *m = &s->mission[i];
        see_rides(inst, m, seen);
        seen[ROUTE] = seen[ROUTE] || n_fields_of(m) > 2;
        seen[KEPT] = seen[KEPT] || m->committed;
        for (size_t k = 0; k < i; k++)
            see_pair(&s->mission[k], m, seen);
        for (size_t r = 0; r < m->n_rides; r++)
            moved += m->ride[r].pax;
    }
    for (size_t d = 0; d < inst->n_demands; d++) {
        wanted += inst->demand[d].pax;
        seen[SPLIT] = seen[SPLIT] || split(s, (int32_t)d);
    }
    seen[FLEW] = s->n_missions > 0;
    seen[TWO] = s->n_missions > 1;
    seen[SOME_LEFT] = moved > 0 && moved < wanted;
    seen[CONTRADICTION] = answer->status == ORACLE_IMPOSSIBLE;
}

/* --- what a rule decides --- */

/* Each takes a rule away; false: there was none. */

static bool relax_mog(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_airfields; i++) {
        any = any || inst->airfield[i].mog >= 0;
        inst->airfield[i].mog = -1;
    }
    return any;
}

static bool relax_openings(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_airfields; i++) {
        any = any || !inst->airfield[i].always_open;
        inst->airfield[i].always_open = true;
    }
    return any;
}

static bool relax_fuel(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_airfields; i++) {
        any = any || !inst->airfield[i].has_fuel;
        inst->airfield[i].has_fuel = true;
    }
    return any;
}

static bool relax_runway(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_airfields; i++) {
        any = any || inst->airfield[i].runway_ft < 6000;
        inst->airfield[i].runway_ft = 9000;
    }
    return any;
}

static bool relax_range(struct instance *inst)
{
    for (size_t i = 0; i < inst->n_types; i++)
        for (size_t k = 0; k < inst->type[i].n_range; k++)
            inst->type[i].range[k].range = 100000000;
    return true;
}

static bool relax_payload(struct instance *inst)
{
    for (size_t i = 0; i < inst->n_demands; i++)
        inst->demand[i].pax_mass = inst->demand[i].freight = inst->demand[i].escort_mass = 0;
    return true;
}

static bool relax_turn(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_types; i++) {
        any = any || inst->type[i].turn > 0;
        inst->type[i].turn = 0;
    }
    return any;
}

static bool relax_duty(struct instance *inst)
{
    for (size_t i = 0; i < inst->n_types; i++)
        for (int k = 0; k < N_CREW_KINDS; k++)
            inst->type[i].fdp[k] = inst->type[i].fdp[k] > 0 ? 10000000 : 0;
    return true;
}

static bool relax_rest(struct instance *inst)
{
    bool any = inst->rules.rest > 0;
    inst->rules.rest = 0;
    return any;
}

static bool relax_rolling(struct instance *inst)
{
    bool any = inst->rules.n_rolling > 0;
    inst->rules.n_rolling = 0;
    return any;
}

static bool relax_inspection(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_airframes; i++) {
        any = any || inst->airframe[i].flight_limit >= 0;
        inst->airframe[i].flight_limit = -1;
    }
    return any;
}

static bool relax_availability(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_airframes; i++) {
        struct airframe *a = &inst->airframe[i];
        any = any || a->from != SEC_EARLIEST || a->until != SEC_LATEST;
        a->from = SEC_EARLIEST, a->until = SEC_LATEST;
    }
    for (size_t i = 0; i < inst->n_crews; i++) {
        struct crew *c = &inst->crew[i];
        any = any || c->from != SEC_EARLIEST || c->until != SEC_LATEST;
        c->from = SEC_EARLIEST, c->until = SEC_LATEST;
    }
    return any;
}

static bool relax_airframe_ends(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_airframes; i++) {
        any = any || !inst->airframe[i].end_anywhere;
        inst->airframe[i].end_anywhere = true;
    }
    return any;
}

static bool relax_crew_ends(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_crews; i++) {
        any = any || !inst->crew[i].end_anywhere;
        inst->crew[i].end_anywhere = true;
    }
    return any;
}

static bool relax_arrivals(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_limits; i++)
        for (size_t k = 0; k < inst->limit[i].n_caps; k++) {
            any = any || inst->limit[i].cap[k].arrivals >= 0;
            inst->limit[i].cap[k].arrivals = -1;
        }
    return any;
}

static bool relax_pax_caps(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_limits; i++)
        for (size_t k = 0; k < inst->limit[i].n_caps; k++) {
            any = any || inst->limit[i].cap[k].pax >= 0;
            inst->limit[i].cap[k].pax = -1;
        }
    return any;
}

static bool relax_clearance(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_limits; i++) {
        any = any || inst->limit[i].needs_clearance;
        inst->limit[i].needs_clearance = false;
    }
    return any;
}

static bool relax_windows(struct instance *inst)
{
    for (size_t i = 0; i < inst->n_demands; i++) { /* the start of pickup stays: delay counts from it */
        inst->demand[i].pickup.until = inst->demand[i].delivery.until = SEC_LATEST;
        inst->demand[i].delivery.from = SEC_EARLIEST;
    }
    return true;
}

static bool relax_together(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_demands; i++) {
        struct demand *d = &inst->demand[i];
        any = any || (d->together && d->pax > 1);
        d->smallest_lot = d->together ? 1 : d->smallest_lot;
        d->together = false;
    }
    return any;
}

static bool relax_smallest_lot(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_demands; i++) {
        struct demand *d = &inst->demand[i];
        any = any || (!d->together && d->smallest_lot > 1);
        d->smallest_lot = d->together ? d->pax : 1;
    }
    return any;
}

static bool relax_aboard(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_demands; i++) {
        any = any || inst->demand[i].aboard_limit >= 0;
        inst->demand[i].aboard_limit = -1;
    }
    return any;
}

static bool relax_escorts(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_demands; i++) {
        any = any || inst->demand[i].escort_per > 0;
        inst->demand[i].escort_per = 0;
    }
    return any;
}

static bool relax_handling(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_demands; i++) {
        any = any || inst->demand[i].onload > 0 || inst->demand[i].offload > 0;
        inst->demand[i].onload = inst->demand[i].offload = 0;
    }
    return any;
}

static bool relax_apart(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_categories * inst->n_categories; i++) {
        any = any || inst->rules.apart[i];
        inst->rules.apart[i] = false;
    }
    return any;
}

static bool relax_delay(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_demands; i++) {
        any = any || inst->demand[i].delay_cost > 0;
        inst->demand[i].delay_cost = 0;
    }
    return any;
}

static bool relax_commitments(struct instance *inst)
{
    bool any = inst->committed.n_missions > 0;
    schedule_release(&inst->committed);
    return any;
}

static const struct rule_kind {
    const char *name;
    bool (*relax)(struct instance *inst);
    int least; /* so many of SHOWN instances it decides, of CABINS where it is one of cabins */
} kinds[] = {
    {"parking", relax_mog, 10},
    {"openings", relax_openings, 6},
    {"fuel", relax_fuel, 2},
    {"runways", relax_runway, 3},
    {"range", relax_range, 1},
    {"payload", relax_payload, 15},
    {"turn", relax_turn, 1},
    {"duty", relax_duty, 5},
    {"rest", relax_rest, 5},
    {"rolling", relax_rolling, 15},
    {"inspection", relax_inspection, 4},
    {"availability", relax_availability, 6},
    {"airframes end", relax_airframe_ends, 14},
    {"crews end", relax_crew_ends, 18},
    {"arrivals", relax_arrivals, 4},
    {"passenger caps", relax_pax_caps, 4},
    {"clearance", relax_clearance, 6},
    {"windows", relax_windows, 20},
    {"together", relax_together, 8},
    {"smallest lot", relax_smallest_lot, 8},
    {"time aboard", relax_aboard, 3},
    {"escorts", relax_escorts, 20},
    {"own handling", relax_handling, 1},
    {"apart", relax_apart, 5},
    {"delay", relax_delay, 40},
    {"commitments", relax_commitments, 12},
};

static bool relax_balance(struct instance *inst)
{
    for (size_t t = 0; t < inst->n_types; t++)
        for (size_t c = 0; c < inst->type[t].n_configurations; c++) {
            struct cabin *cabin = inst->type[t].configuration[c].cabin;
            if (cabin)
                cabin->cg_from = -1e6, cabin->cg_until = 1e6;
        }
    return true;
}

static bool relax_zones(struct instance *inst)
{
    for (size_t t = 0; t < inst->n_types; t++)
        for (size_t c = 0; c < inst->type[t].n_configurations; c++) {
            struct cabin *cabin = inst->type[t].configuration[c].cabin;
            for (size_t z = 0; cabin && z < cabin->n_zones; z++)
                cabin->zone[z].seats = 1000;
        }
    return true;
}

static bool relax_positions(struct instance *inst)
{
    bool any = false;
    for (size_t t = 0; t < inst->n_types; t++)
        for (size_t c = 0; c < inst->type[t].n_configurations; c++) {
            struct cabin *cabin = inst->type[t].configuration[c].cabin;
            for (size_t q = 0; cabin && q < cabin->n_positions; q++)
                cabin->position[q].largest = 1000000000, any = true;
        }
    return any;
}

static bool relax_zones_apart(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_categories * inst->n_categories; i++) {
        any = any || inst->rules.zones_apart[i];
        inst->rules.zones_apart[i] = false;
    }
    return any;
}

static const struct rule_kind cabin_kinds[] = {
    {"balance", relax_balance, 8},
    {"seats of zones", relax_zones, 10},
    {"positions", relax_positions, 2},
    {"zones apart", relax_zones_apart, 4},
};

enum { N_KINDS = sizeof kinds / sizeof kinds[0], N_CABIN_KINDS = sizeof cabin_kinds / sizeof cabin_kinds[0] };

struct tally {
    long compared, wrong, skipped, unfinished, noted;
    double flows; /* bounds as parts of `optima` costs, summed */
    long optima;
    long seen[N_SIGHTS], has[N_KINDS], decides[N_KINDS];
};

/* Enough for all but a few of the instances, and soon spent on those. */
static const struct oracle_budget budget = {.tried = 100000, .missions = 4000, .steps = 5000000};

static const struct oracle_budget brief = {.tried = 20000, .missions = 1500, .steps = 500000};

/* Whether the optimum is another one without the rule. */
static void without(bool (*make)(uint64_t seed, struct instance *inst), uint64_t seed,
                    const struct oracle_answer *answer, const struct rule_kind *kind, long *has, long *decides)
{
    struct instance inst;
    if (!make(seed, &inst)) {
        CU_FAIL("out of memory");
        return;
    }
    if (kind->relax(&inst)) {
        struct oracle_answer other;
        oracle_solve(&inst, &brief, &other);
        ++*has;
        *decides += (other.status == ORACLE_OPTIMAL || other.status == ORACLE_IMPOSSIBLE) &&
                                (other.status != answer->status || other.cost != answer->cost);
        oracle_answer_release(&other);
    }
    instance_release(&inst);
}

static void note(uint64_t seed, const struct instance *inst, const struct oracle_answer *answer, struct tally *tally)
{
    bool seen[N_SIGHTS] = {false};
    see(inst, answer, seen);
    for (size_t i = 0; i < N_SIGHTS; i++)
        tally->seen[i] += seen[i];
    for (size_t k = 0; k < N_KINDS; k++)
        without(random_instance, seed, answer, &kinds[k], &tally->has[k], &tally->decides[k]);
}

/* assured: these are the instances that are known to show enough, and perhaps more of them. */
static void check_coverage(const struct tally *tally, bool assured)
{
    static const struct {
        const char *text;
        int least;
    } sight[] = {
#define X(code, text, least) {text, least},
        SIGHTS(X)
#undef X
    };
    for (size_t i = 0; i < N_SIGHTS; i++) {
        printf("    %4ld  %s\n", tally->seen[i], sight[i].text);
        CU_ASSERT(!assured || tally->seen[i] >= sight[i].least);
    }
    for (size_t k = 0; k < N_KINDS; k++) {
        printf("    %4ld with %s, %ld decided by it\n", tally->has[k], kinds[k].name, tally->decides[k]);
        CU_ASSERT(!assured || tally->decides[k] >= kinds[k].least);
    }
}

/* --- comparing --- */

static void complain(uint64_t seed, const char *what, const struct instance *inst, const struct oracle_answer *answer,
                     const struct plan *plan)
{
    fprintf(stderr, "seed %llu: %s; enumeration: %s, cost %lld; solver: %s, cost %lld, bound %lld\n",
            (unsigned long long)seed, what, oracle_status_text(answer->status), (long long)answer->cost,
            plan_status_text(plan->status), (long long)plan->cost.total, (long long)plan->bound);
    if (getenv("SORTIE_ORACLE_PRINT")) {
        oracle_print_instance(stderr, inst);
        fprintf(stderr, "enumeration:\n");
        oracle_print_schedule(stderr, inst, &answer->schedule);
        fprintf(stderr, "solver:\n");
        oracle_print_schedule(stderr, inst, &plan->schedule);
    }
}

enum { SHOWN = 300 }; /* so many are looked at for what they show */
enum { PATIENCE = 10, LITTLE_PATIENCE = 2 }; /* seconds; most instances take hundredths of one */
enum { LABEL_WORK = 1 };                     /* units of counted work, less than a second */

static double since(const struct timespec *began)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - began->tv_sec) + 1e-9 * (double)(now.tv_nsec - began->tv_nsec);
}

/* A search cut short may miss the optimum, but never says what is not so. */
static bool stopped_soundly(const struct instance *inst, const struct oracle_answer *answer, const struct plan *plan)
{
    struct cost cost = {0};
    if (plan->status == PLAN_UNKNOWN)
        return true;
    return plan->status == PLAN_FEASIBLE && answer->status == ORACLE_OPTIMAL && plan->bound <= answer->cost &&
           plan->cost.total >= answer->cost && breaches(inst, &plan->schedule, &cost) == 0 &&
           cost.total == plan->cost.total;
}

/* What is wrong with the solver's plan; NULL: nothing. */
static const char *compare(const struct instance *inst, const struct oracle_answer *answer, const struct plan *plan)
{
    struct cost cost = {0};
    if (answer->status == ORACLE_IMPOSSIBLE)
        return plan->status == PLAN_IMPOSSIBLE ? NULL : "a plan where there is none";
    if (breaches(inst, &answer->schedule, &cost) != 0 || cost.total != answer->cost)
        return "the checker and the enumeration differ";
    if (plan->status == PLAN_IMPOSSIBLE || plan->status == PLAN_UNKNOWN)
        return "no plan where there is one";
    if (breaches(inst, &plan->schedule, &cost) != 0 || cost.total != plan->cost.total)
        return "the solver's schedule is not valid";
    if (plan->cost.total != answer->cost)
        return "costs differ";
    if (plan->bound > answer->cost)
        return "the bound is too high";
    if (plan->bound != answer->cost || plan->status != PLAN_OPTIMAL)
        return "not proven";
    return NULL;
}

/* most_instants: as in struct solve_options. */
static void one_seed(uint64_t seed, sec_t most_instants, struct tally *tally)
{
    struct instance inst;
    struct oracle_answer answer;
    if (!random_instance(seed, &inst)) {
        CU_FAIL("out of memory");
        return;
    }
    oracle_solve(&inst, &budget, &answer);
    if (answer.status == ORACLE_OPTIMAL || answer.status == ORACLE_IMPOSSIBLE) {
        struct solve_options options = {.threads = 1, .time_limit_s = PATIENCE, .most_instants = most_instants};
        struct plan plan;
        struct error err;
        struct timespec began;
        error_init(&err);
        const char *fault = "the solver failed";
        clock_gettime(CLOCK_MONOTONIC, &began);
        if (solve(&inst, &options, &plan, &err))
            fault = compare(&inst, &answer, &plan);
        else
            fprintf(stderr, "%s\n", err.text);
        if (fault && since(&began) >= PATIENCE && stopped_soundly(&inst, &answer, &plan)) {
            fault = NULL;
            tally->unfinished++;
        } else {
            tally->compared++;
        }
        if (answer.status == ORACLE_OPTIMAL) {
            int64_t work = 0;
            int32_t periods = 1;
            cent_t flows = flow_bound(&inst, &periods, 32, &work, NULL, NULL);
            tally->flows += (double)flows / (double)(answer.cost > 0 ? answer.cost : 1);
            tally->optima += answer.cost > 0;
            if (flows > answer.cost)
                fault = "the bound from flows is too high";
        }
        if (most_instants == 0 && tally->noted++ < SHOWN / 2)
            note(seed, &inst, &answer, tally); /* whether or not the machine was fast enough to compare it */
        if (fault) {
            tally->wrong++;
            complain(seed, fault, &inst, &answer, &plan);
        }
        plan_release(&plan);
    } else {
        tally->skipped++;
    }
    oracle_answer_release(&answer);
    instance_release(&inst);
}

/* Every `stride`th seed from `first` on, until `wanted` were compared. */
static void compare_some(uint64_t first, uint64_t stride, long wanted, sec_t most_instants, struct tally *tally)
{
    for (uint64_t seed = first; tally->compared < wanted && tally->skipped + tally->unfinished <= wanted; seed += stride)
        one_seed(seed, most_instants, tally);
}

static void check_tally(const struct tally *tally, long wanted)
{
    printf("\n    %ld instances compared, %ld wrong; %ld too large, %ld cut short after %d s, soundly\n",
           tally->compared, tally->wrong, tally->skipped, tally->unfinished, PATIENCE);
    printf("    bounds from flows are %.2f of the optimum on the whole\n", tally->flows / (double)tally->optima);
    CU_ASSERT(tally->flows >= 0.4 * (double)tally->optima);
    CU_ASSERT_EQUAL(tally->compared, wanted);
    CU_ASSERT_EQUAL(tally->wrong, 0);
}

static void add_tally(struct tally *to, const struct tally *from)
{
    to->compared += from->compared;
    to->wrong += from->wrong;
    to->skipped += from->skipped;
    to->unfinished += from->unfinished;
    to->flows += from->flows;
    to->optima += from->optima;
    for (size_t i = 0; i < N_SIGHTS; i++)
        to->seen[i] += from->seen[i];
    for (size_t k = 0; k < N_KINDS; k++) {
        to->has[k] += from->has[k];
        to->decides[k] += from->decides[k];
    }
}

/* Half of the seeds in a second process. False where it said nothing. */
static bool compare_in_two(uint64_t first, long wanted, struct tally *tally)
{
    int ends[2];
    struct tally other;
    fflush(stdout);
    if (pipe(ends) != 0)
        return false;
    pid_t child = fork();
    if (child == 0) {
        compare_some(first + 1, 2, wanted / 2, 0, tally);
        _exit(write(ends[1], tally, sizeof *tally) == (ssize_t)sizeof *tally ? 0 : 1);
    }
    close(ends[1]);
    if (child > 0)
        compare_some(first, 2, wanted - wanted / 2, 0, tally);
    bool told = child > 0 && read(ends[0], &other, sizeof other) == (ssize_t)sizeof other;
    close(ends[0]);
    if (child > 0)
        waitpid(child, NULL, 0);
    if (told)
        add_tally(tally, &other);
    return told;
}

static void test_agrees(void)
{
    struct tally tally = {0};
    long wanted = setting("SORTIE_ORACLE_SEEDS", SHOWN), first = setting("SORTIE_ORACLE_FIRST", 1);
    CU_ASSERT(compare_in_two((uint64_t)first, wanted, &tally));
    check_tally(&tally, wanted);
    CU_ASSERT(tally.unfinished * 4 <= tally.compared);
    check_coverage(&tally, wanted >= SHOWN && first == 1);
}

/* --- cabins --- */

enum { CABINS = 150 };

struct cabin_tally {
    int compared, best, proven, skipped;
    int beside; /* optima with people aboard at once who share no zone */
    long has[N_CABIN_KINDS], decides[N_CABIN_KINDS];
};

static bool some_beside(const struct instance *inst, const struct schedule *s)
{
    for (size_t i = 0; i < s->n_missions; i++)
        for (size_t r = 0; r < s->mission[i].n_rides; r++)
            for (size_t k = 0; k < r; k++) {
                const struct ride *p = &s->mission[i].ride[r], *q = &s->mission[i].ride[k];
                int32_t a = inst->demand[p->demand].category, b = inst->demand[q->demand].category;
                if (p->demand != q->demand && p->from_stop < q->to_stop && q->from_stop < p->to_stop && a >= 0 &&
                    b >= 0 && inst->rules.zones_apart[(size_t)a * inst->n_categories + (size_t)b])
                    return true;
            }
    return false;
}

static void one_cabin_seed(uint64_t seed, struct cabin_tally *tally)
{
    struct instance inst;
    struct oracle_answer answer;
    if (!random_cabin_instance(seed, &inst)) {
        CU_FAIL("out of memory");
        return;
    }
    oracle_solve(&inst, &budget, &answer);
    if (answer.status == ORACLE_OPTIMAL || answer.status == ORACLE_IMPOSSIBLE) {
        struct solve_options options = {.threads = 1, .time_limit_s = LITTLE_PATIENCE};
        struct plan plan;
        struct error err;
        error_init(&err);
        const char *fault = "the solver failed";
        if (solve(&inst, &options, &plan, &err))
            fault = compare(&inst, &answer, &plan);
        bool sound = !fault || stopped_soundly(&inst, &answer, &plan);
        tally->compared++;
        tally->beside += some_beside(&inst, &answer.schedule);
        tally->best += !fault || (plan.status == PLAN_FEASIBLE && plan.cost.total == answer.cost);
        tally->proven += !fault;
        CU_ASSERT(sound);
        if (!sound)
            complain(seed, fault, &inst, &answer, &plan);
        for (size_t k = 0; k < N_CABIN_KINDS; k++)
            without(random_cabin_instance, seed, &answer, &cabin_kinds[k], &tally->has[k], &tally->decides[k]);
        plan_release(&plan);
    } else {
        tally->skipped++;
    }
    oracle_answer_release(&answer);
    instance_release(&inst);
}

/* With load plans (R12), which the enumeration judges by every seating there is. */
static void test_cabins(void)
{
    struct cabin_tally tally = {0};
    long wanted = setting("SORTIE_ORACLE_CABINS", CABINS);
    for (uint64_t seed = 1; tally.compared < wanted && tally.skipped < 2 * wanted; seed++)
        one_cabin_seed(seed, &tally);
    printf("\n    %d instances with cabins, %d at the optimum, %d proven; %d too large\n"
           "    %4d with people aboard who share no zone\n",
           tally.compared, tally.best, tally.proven, tally.skipped, tally.beside);
    CU_ASSERT_EQUAL(tally.compared, wanted);
    CU_ASSERT(tally.best * 100 >= tally.compared * 95);
    CU_ASSERT(tally.proven * 100 >= tally.compared * 85);
    for (size_t k = 0; k < N_CABIN_KINDS; k++) {
        printf("    %4ld with %s, %ld decided by it\n", tally.has[k], cabin_kinds[k].name, tally.decides[k]);
        CU_ASSERT(wanted != CABINS || tally.decides[k] >= cabin_kinds[k].least);
    }
}

/* The same where rows are means over spans at first, as they are on long horizons. */
static void test_agrees_by_spans(void)
{
    struct tally tally = {0};
    long wanted = setting("SORTIE_ORACLE_SEEDS", SHOWN) / 5;
    compare_some((uint64_t)setting("SORTIE_ORACLE_FIRST", 1) + 5000, 1, wanted, 8, &tally);
    check_tally(&tally, wanted);
}

/* With a gap the search leaves out what is worth little; what it says is true all the same. */
static void test_gap(void)
{
    int compared = 0, not_best = 0;
    for (uint64_t seed = 7001; compared < 80; seed++) {
        struct instance inst;
        struct oracle_answer answer;
        if (!random_instance(seed, &inst)) {
            CU_FAIL("out of memory");
            return;
        }
        oracle_solve(&inst, &budget, &answer);
        if (answer.status == ORACLE_OPTIMAL) {
            struct solve_options options = {.threads = 1, .time_limit_s = PATIENCE, .gap = compared % 2 ? 0.02 : 0.4};
            struct plan plan;
            struct error err;
            error_init(&err);
            bool ok = solve(&inst, &options, &plan, &err) &&
                      (plan.status == PLAN_OPTIMAL || plan.status == PLAN_FEASIBLE) && plan.bound <= answer.cost &&
                      plan.cost.total >= answer.cost;
            CU_ASSERT(ok);
            if (!ok)
                complain(seed, "not so with a gap", &inst, &answer, &plan);
            compared++;
            not_best += plan.cost.total > answer.cost;
            plan_release(&plan);
        }
        oracle_answer_release(&answer);
        instance_release(&inst);
    }
    printf("\n    %d instances with a gap, %d not at the optimum\n", compared, not_best);
}

/* Every demand as one party that no mission splits, small enough to share an aircraft. */
static void make_whole(struct instance *inst)
{
    for (size_t d = 0; d < inst->n_demands; d++) {
        struct demand *demand = &inst->demand[d];
        demand->pax = demand->pax < 3 ? demand->pax : 3;
        demand->smallest_lot = demand->pax;
        demand->together = true;
    }
}

/* Demands that travel whole, missions made by labels: what is said is true, and mostly the optimum is proven. Where
 * parking, caps or flying hours have a price, labels count it at its most favourable, and a gap may stay. */
static void test_labels(void)
{
    int compared = 0, proven = 0, best = 0;
    int wanted = (int)setting("SORTIE_ORACLE_SEEDS", SHOWN) / 3;
    for (uint64_t seed = 9001; compared < wanted; seed++) {
        struct instance inst;
        struct oracle_answer answer;
        if (!random_instance(seed, &inst)) {
            CU_FAIL("out of memory");
            return;
        }
        make_whole(&inst);
        oracle_solve(&inst, &budget, &answer);
        if (answer.status == ORACLE_OPTIMAL && inst.committed.n_missions == 0) {
            struct solve_options options = {.threads = 1, .deterministic_limit = LABEL_WORK, .labels = true};
            struct plan plan;
            struct error err;
            struct cost cost = {0};
            error_init(&err);
            bool ok = solve(&inst, &options, &plan, &err) &&
                      (plan.status == PLAN_OPTIMAL || plan.status == PLAN_FEASIBLE) && plan.bound <= answer.cost &&
                      plan.cost.total >= answer.cost && breaches(&inst, &plan.schedule, &cost) == 0;
            CU_ASSERT(ok);
            if (!ok)
                complain(seed, "not so with labels", &inst, &answer, &plan);
            compared++;
            proven += plan.status == PLAN_OPTIMAL;
            best += plan.cost.total == answer.cost;
            plan_release(&plan);
        }
        oracle_answer_release(&answer);
        instance_release(&inst);
    }
    printf("\n    %d instances by labels, %d at the optimum, %d proven\n", compared, best, proven);
    CU_ASSERT(best * 10 >= compared * 9);
    CU_ASSERT(proven * 10 >= compared * 6);
}

/* Dropping what is dominated loses nothing. */
static void test_plain(void)
{
    struct oracle_budget plain = budget;
    plain.plain = true;
    int compared = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct instance inst;
        struct oracle_answer a, b;
        if (!random_instance(seed, &inst)) {
            CU_FAIL("out of memory");
            return;
        }
        oracle_solve(&inst, &budget, &a);
        oracle_solve(&inst, &plain, &b);
        if (a.status == ORACLE_OPTIMAL && b.status == ORACLE_OPTIMAL) {
            compared++;
            CU_ASSERT_EQUAL(a.cost, b.cost);
        }
        oracle_answer_release(&a);
        oracle_answer_release(&b);
        instance_release(&inst);
    }
    CU_ASSERT(compared >= 20);
}

/* --- by hand ---
 *
 * Two airfields X and Y, an hour's flight at 1000.00 apart, and 50.00 for each mission. Four seats; half an hour for
 * any handling; take-offs on the hour of one day; a duty of four hours holds one round trip and no more: show, flight,
 * half an hour of handling and as much until the full hour, flight. Ten hours of rest. All begin and end at X, demands
 * go from X to Y. A round trip costs 2 x 1000.00 + 50.00 = 2050.00. Its earliest is 01:00 - 02:00, 03:00 - 04:00. */

static void *filled(const void *from, size_t size)
{
    void *p = malloc(size);
    if (!p)
        abort();
    return memcpy(p, from, size);
}

#define ONE(type, ...) filled(&(type){__VA_ARGS__}, sizeof(type))

static char *id(const char *text)
{
    return filled(text, strlen(text) + 1);
}

static void hand_fleet(struct instance *inst, size_t crews)
{
    static const int32_t home = 0;
    inst->type = ONE(struct aircraft_type, .id = id("T"), .n_configurations = 1, .n_range = 1,
                     .ground = {1800, 1800, 1800}, .turn = 1800, .runway_ft = 1000, .mog_units = 1,
                     .fdp = {14400, 14400}, .cost_per_block_hour = 100000, .cost_per_mission = 5000);
    inst->n_types = 1;
    inst->type->name = id("");
    inst->type->configuration = ONE(struct configuration, .id = id("C"), .seats = 4);
    inst->type->range = ONE(struct range_point, .payload = 10000000, .range = 10000000);
    struct leg leg = {.block = 3600, .nm = 400000, .cost = 100000};
    inst->leg = filled((struct leg[]){{.block = -1}, leg, leg, {.block = -1}}, 4 * sizeof leg);
    inst->airframe = ONE(struct airframe, .id = id("A"), .from = SEC_EARLIEST, .until = SEC_LATEST, .n_end_at = 1,
                         .flight_limit = -1);
    inst->airframe->end_at = filled(&home, sizeof home);
    inst->n_airframes = 1;
    inst->crew = calloc(crews, sizeof *inst->crew);
    for (; inst->crew && inst->n_crews < crews; inst->n_crews++)
        inst->crew[inst->n_crews] = (struct crew){.id = id("K"),
                                                  .types = filled(&home, sizeof home), /* type 0 */
                                                  .n_types = 1,
                                                  .from = SEC_EARLIEST,
                                                  .until = SEC_LATEST,
                                                  .end_at = filled(&home, sizeof home),
                                                  .n_end_at = 1,
                                                  .last_duty_end = SEC_NONE};
}

static void hand_world(struct instance *inst, size_t crews, int32_t pax, cent_t penalty)
{
    instance_init(inst);
    inst->name = id("by hand");
    inst->currency = id("EUR");
    inst->end = 86400;
    inst->rules = (struct rules){.step = 3600, .show = 3600, .post_flight = 1800, .rest = 36000};
    inst->airfield = calloc(2, sizeof *inst->airfield);
    for (; inst->airfield && inst->n_airfields < 2; inst->n_airfields++)
        inst->airfield[inst->n_airfields] = (struct airfield){.id = id(inst->n_airfields ? "Y" : "X"),
                                                              .runway_ft = 9000,
                                                              .has_fuel = true,
                                                              .mog = -1,
                                                              .always_open = true};
    hand_fleet(inst, crews);
    inst->demand =
        ONE(struct demand, .id = id("D"), .destination = 1, .pax = pax, .pax_mass = 100000, .pickup = {0, 86400},
            .delivery = {0, 86400}, .smallest_lot = 1, .aboard_limit = -1, .category = -1, .penalty = penalty);
    inst->n_demands = 1;
}

/* An empty round trip that leaves at `departure`. */
static void hand_commit(struct instance *inst, int32_t crew, sec_t departure)
{
    struct schedule *s = &inst->committed;
    struct mission *m = realloc(s->mission, (s->n_missions + 1) * sizeof *m);
    if (!m)
        abort();
    s->mission = m;
    sec_t in = departure + 3600, out = in + 3600, home = out + 3600;
    const struct stop stop[] = {
        {0, SEC_NONE, departure, departure, departure}, {1, in, in, in + 1800, out}, {0, home, home, home, SEC_NONE}};
    m[s->n_missions++] =
        (struct mission){.crew = crew, .committed = true, .stop = filled(stop, sizeof stop), .n_stops = 3};
}

/* The optimum is `cost`; -1: there is no plan. Releases the instance. */
static void optimum(struct instance *inst, cent_t cost)
{
    struct solve_options options = {.threads = 1, .time_limit_s = 10};
    struct oracle_answer answer;
    struct plan plan;
    struct cost checked = {0};
    oracle_solve(inst, &oracle_default_budget, &answer);
    CU_ASSERT_EQUAL(answer.status, cost < 0 ? ORACLE_IMPOSSIBLE : ORACLE_OPTIMAL);
    CU_ASSERT(cost < 0 || answer.cost == cost);
    CU_ASSERT(solve(inst, &options, &plan, NULL));
    CU_ASSERT_EQUAL(plan.status, cost < 0 ? PLAN_IMPOSSIBLE : PLAN_OPTIMAL);
    CU_ASSERT(cost < 0 || (plan.cost.total == cost && plan.bound == cost));
    CU_ASSERT(cost < 0 || (breaches(inst, &plan.schedule, &checked) == 0 && checked.total == cost));
    plan_release(&plan);
    oracle_answer_release(&answer);
    instance_release(inst);
}

static void test_round_trip(void)
{
    struct instance inst;
    hand_world(&inst, 1, 4, 100000); /* left behind: 4 x 1000.00 */
    optimum(&inst, 205000);
    hand_world(&inst, 1, 4, 100000);
    inst.demand[0].delay_cost = 1000; /* unloads at 02:00: 4 x 2 h at 10.00 are 80.00 more */
    optimum(&inst, 213000);
}

static void test_left_behind(void)
{
    struct instance inst;
    hand_world(&inst, 1, 2, 100000); /* 2 x 1000.00 against 2050.00 */
    optimum(&inst, 200000);
    hand_world(&inst, 1, 6, 200000);
    inst.demand[0].together = true; /* six do not fit into four seats: 6 x 2000.00 */
    inst.demand[0].smallest_lot = 6;
    optimum(&inst, 1200000);
    hand_world(&inst, 1, 4, 200000);
    inst.demand[0].escort_per = 2; /* 2 and an escort fit, 3 and two do not: 2050.00 + 2 x 2000.00, one trip in time */
    inst.demand[0].delivery.until = 7200;
    optimum(&inst, 605000);
}

/* Two round trips, 4100.00; one would be 2050.00 + 2 x 2000.00. The crew leaves at 01:00, is off at 04:30, shows again
 * at 14:30 at the earliest and leaves at 16:00. */
static void test_split(void)
{
    struct instance inst;
    hand_world(&inst, 1, 6, 200000);
    optimum(&inst, 410000);
}

/* With a duty of eight hours both trips are one mission: 4 x 1000.00 + 50.00. */
static void test_long_duty(void)
{
    struct instance inst;
    hand_world(&inst, 1, 6, 200000);
    inst.type[0].fdp[CREW_BASIC] = 8 * 3600;
    optimum(&inst, 405000);
}

/* One block-in at Y on the day: 2050.00 + 2 x 2000.00. At most five passengers: 4100.00 + 2000.00 is dearer, too. */
static void test_cap(void)
{
    for (int pax = 0; pax < 2; pax++) {
        struct instance inst;
        hand_world(&inst, 1, 6, 200000);
        inst.limit = ONE(struct limit, .id = id("L"), .n_airfields = 1, .n_caps = 1);
        inst.n_limits = 1;
        inst.limit->airfields = filled(&inst.demand[0].destination, sizeof(int32_t));
        inst.limit->cap = ONE(struct cap, .from = 0, .until = 86400, .arrivals = pax ? -1 : 1, .pax = pax ? 5 : -1);
        optimum(&inst, 605000);
    }
}

/* All is to be there by noon: the crew cannot go twice, 2050.00 + 2 x 2000.00; a second one can, 4100.00. */
static void test_rest(void)
{
    for (size_t crews = 1; crews <= 2; crews++) {
        struct instance inst;
        hand_world(&inst, crews, 6, 200000);
        inst.demand[0].delivery.until = 43200;
        optimum(&inst, crews == 1 ? 605000 : 410000);
    }
}

/* An empty round trip for 2050.00, and one passenger left behind who is not worth another: 1000.00. */
static void test_commitment(void)
{
    struct instance inst;
    hand_world(&inst, 1, 1, 100000);
    hand_commit(&inst, 0, 36000);
    optimum(&inst, 305000);
    hand_world(&inst, 2, 1, 100000);
    hand_commit(&inst, 0, 36000);
    hand_commit(&inst, 1, 39600); /* the airframe is away then */
    optimum(&inst, -1);
}

void add_oracle_tests(CU_pSuite suite)
{
    CU_add_test(suite, "by hand: a round trip", test_round_trip);
    CU_add_test(suite, "by hand: left behind", test_left_behind);
    CU_add_test(suite, "by hand: split over two missions", test_split);
    CU_add_test(suite, "by hand: two trips in a duty", test_long_duty);
    CU_add_test(suite, "by hand: caps", test_cap);
    CU_add_test(suite, "by hand: rest", test_rest);
    CU_add_test(suite, "by hand: a commitment", test_commitment);
    CU_add_test(suite, "dominated missions are not needed", test_plain);
    CU_add_test(suite, "solver and checker agree with enumeration", test_agrees);
    CU_add_test(suite, "the same with rows over spans first", test_agrees_by_spans);
    CU_add_test(suite, "the bound holds with a gap", test_gap);
    CU_add_test(suite, "the bound holds with labels", test_labels);
}

void add_cabins_tests(CU_pSuite suite)
{
    CU_add_test(suite, "solver and checker agree with enumeration of load plans", test_cabins);
}
