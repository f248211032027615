/* The solver and the checker against complete enumeration, on hundreds of tiny random instances.
 *   SORTIE_ORACLE_SEEDS=N   so many compared instances (300)
 *   SORTIE_ORACLE_FIRST=S   from this seed on (1) */
#include <stdlib.h>
#include <string.h>

#include "check/check.h"
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

struct tally {
    long compared, wrong, skipped, impossible, moved;
};

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

static void one_seed(uint64_t seed, struct tally *tally)
{
    struct instance inst;
    struct oracle_answer answer;
    if (!random_instance(seed, &inst)) {
        CU_FAIL("out of memory");
        return;
    }
    oracle_solve(&inst, &oracle_default_budget, &answer);
    if (answer.status == ORACLE_OPTIMAL || answer.status == ORACLE_IMPOSSIBLE) {
        struct solve_options options = {.threads = 1};
        struct plan plan;
        struct error err;
        error_init(&err);
        const char *fault = "the solver failed";
        if (solve(&inst, &options, &plan, &err))
            fault = compare(&inst, &answer, &plan);
        else
            fprintf(stderr, "%s\n", err.text);
        tally->compared++;
        tally->impossible += answer.status == ORACLE_IMPOSSIBLE;
        tally->moved += answer.schedule.n_missions > 0;
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

static void test_agrees(void)
{
    struct tally tally = {0};
    long wanted = setting("SORTIE_ORACLE_SEEDS", 300);
    uint64_t seed = (uint64_t)setting("SORTIE_ORACLE_FIRST", 1);
    for (; tally.compared < wanted && tally.skipped <= wanted; seed++)
        one_seed(seed, &tally);
    printf("\n    %ld instances compared (%ld flown, %ld impossible), %ld too large, %ld wrong\n", tally.compared,
           tally.moved, tally.impossible, tally.skipped, tally.wrong);
    CU_ASSERT_EQUAL(tally.compared, wanted);
    CU_ASSERT_EQUAL(tally.wrong, 0);
}

/* Dropping what is dominated loses nothing. */
static void test_plain(void)
{
    struct oracle_budget plain = oracle_default_budget;
    plain.plain = true;
    int compared = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct instance inst;
        struct oracle_answer a, b;
        if (!random_instance(seed, &inst)) {
            CU_FAIL("out of memory");
            return;
        }
        oracle_solve(&inst, &oracle_default_budget, &a);
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

void add_oracle_tests(CU_pSuite suite)
{
    CU_add_test(suite, "dominated missions are not needed", test_plain);
    CU_add_test(suite, "solver and checker agree with enumeration", test_agrees);
}
