/* The exported program against complete enumeration: glpsol and cbc find the optimum of tiny random instances to the
 * hundredth, and what they find makes a valid schedule.
 *   SORTIE_PROGRAM_SEEDS=N   so many compared instances (40)
 *   SORTIE_PROGRAM_FIRST=S   from this seed on (1) */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check/check.h"
#include "io/program_text.h"
#include "io/solution_file.h"
#include "io/whole_file.h"
#include "program/answer.h"
#include "program/build.h"
#include "tests/oracle.h"
#include "tests/random_instance.h"
#include "tests/tests.h"

enum { MOST_COLUMNS = 4000, PEERS = 4 };

static char folder[] = "/tmp/sortie-program-XXXXXX";

/* Each way to solve is given the program's file, and writes its solution. */
static const struct peer {
    const char *program, *solution, *command;
    double tolerance; /* of its own, relative: glpsol ends the search there */
} peer[PEERS] = {
    {"p.lp", "p.glp", "glpsol --lp p.lp --tmlim 4 -o p.glp", 1e-7},
    {"p.mps", "p.raw", "glpsol --freemps p.mps --cuts --tmlim 4 -w p.raw", 1e-7},
    {"p.lp", "p.cbc", "cbc p.lp -sec 4 -ratio 0 -allow 0 solve -solu p.cbc", 0},
    {"p.mps", "p.sol", "cbc p.mps -sec 4 -ratio 0 -allow 0 solve -solu p.sol", 0},
};

static long setting(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : otherwise;
}

static char *in_folder(const char *name)
{
    static char path[2][128];
    static int turn;
    turn = 1 - turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static bool write_text(const char *name, char *text)
{
    bool ok = text && whole_file_write(in_folder(name), text, strlen(text), NULL);
    free(text);
    return ok;
}

static bool file_says(const char *name, const char *what)
{
    size_t size;
    char *bytes = whole_file_read(in_folder(name), &size, NULL);
    bool found = bytes && strstr(bytes, what);
    free(bytes);
    return found;
}

enum outcome { OPTIMAL, INFEASIBLE, GAVE_UP };

static enum outcome run_peer(const struct peer *how)
{
    char command[512];
    unlink(in_folder(how->solution));
    snprintf(command, sizeof command, "cd %s && timeout 20 %s > log 2>&1", folder, how->command);
    if (system(command) != 0)
        return GAVE_UP;
    if (file_says("log", "INTEGER OPTIMAL SOLUTION FOUND") || file_says("log", "Result - Optimal solution found"))
        return OPTIMAL;
    return file_says("log", "PROBLEM HAS NO PRIMAL FEASIBLE") || file_says("log", "PROBLEM HAS NO INTEGER FEASIBLE") ||
                   file_says("log", "Problem is infeasible") || file_says("log", "Problem proven infeasible")
               ? INFEASIBLE
               : GAVE_UP;
}

/* The schedule of a solution costs `cost`, and the program counted the same. */
static void compare(const struct instance *inst, const struct program *p, const struct peer *how, cent_t cost,
                    uint64_t seed)
{
    const char *solution = how->solution;
    struct error err;
    struct schedule schedule;
    struct verdict verdict;
    struct program back;
    char *faults = NULL;
    double sum = 0;
    error_init(&err);
    schedule_init(&schedule);
    bool ok = write_text("p.map", program_to_map(inst, p, NULL)) &&
              read_program_map(in_folder("p.map"), inst, &back, &faults, &err);
    CU_ASSERT_FATAL(ok);
    double *value = read_solution(in_folder(solution), &back, &err);
    for (size_t j = 0; value && j < p->n_columns; j++)
        sum += value[j] * (double)p->column[j].cost;
    ok =
        value && program_answer(inst, &back, value, &schedule, &err) && check_schedule(inst, &schedule, &verdict, &err);
    CU_ASSERT(ok);
    if (!ok) {
        fprintf(stderr, "seed %llu: %s: %s\n", (unsigned long long)seed, solution, err.text);
    } else {
        bool same = verdict.n_breaches == 0 && verdict.cost.total == cost &&
                    fabs(sum - (double)cost) < 0.5 + how->tolerance * sum;
        CU_ASSERT(same);
        if (!same) {
            fprintf(stderr, "seed %llu: %s: enumeration %lld, program %.2f, schedule %lld\n", (unsigned long long)seed,
                    solution, (long long)cost, sum, (long long)verdict.cost.total);
            for (size_t i = 0; i < verdict.n_breaches; i++)
                fprintf(stderr, "  %s\n", verdict.breach[i].text);
        }
        verdict_release(&verdict);
    }
    free(value);
    free(faults);
    schedule_release(&schedule);
    program_release(&back);
}

static void test_optimum(void)
{
    static const struct oracle_budget budget = {.tried = 100000, .missions = 4000, .steps = 1000000};
    long wanted = setting("SORTIE_PROGRAM_SEEDS", 40), compared = 0, impossible = 0, tried = 0;
    for (uint64_t seed = (uint64_t)setting("SORTIE_PROGRAM_FIRST", 1); compared < wanted && tried < 40 * wanted;
         seed++) {
        struct instance inst;
        struct oracle_answer answer;
        struct program p;
        struct error err;
        error_init(&err);
        CU_ASSERT_FATAL(random_instance(seed, &inst));
        oracle_solve(&inst, &budget, &answer);
        bool decided = answer.status == ORACLE_OPTIMAL || answer.status == ORACLE_IMPOSSIBLE;
        tried++;
        if (decided && answer.missions > 0 && !program_build(&inst, MOST_COLUMNS, &p, &err)) {
            bool said = err.code == ERR_NO_ANSWER &&
                        (strncmp(err.text, "the program", 11) == 0 || answer.status == ORACLE_IMPOSSIBLE);
            CU_ASSERT(said);
            if (!said)
                fprintf(stderr, "seed %llu: %s\n", (unsigned long long)seed, err.text);
        } else if (decided && answer.missions > 0) {
            const struct peer *how = &peer[seed % PEERS];
            bool mps = strcmp(how->program, "p.mps") == 0;
            CU_ASSERT_FATAL(
                write_text(how->program, mps ? program_to_mps(&inst, &p, NULL) : program_to_lp(&inst, &p, NULL)));
            enum outcome outcome = run_peer(how);
            if (outcome != GAVE_UP) {
                bool same = (outcome == INFEASIBLE) == (answer.status == ORACLE_IMPOSSIBLE);
                CU_ASSERT(same);
                if (!same)
                    fprintf(stderr, "seed %llu: %s: enumeration says %s\n", (unsigned long long)seed, how->command,
                            oracle_status_text(answer.status));
                if (same && outcome == OPTIMAL)
                    compare(&inst, &p, how, answer.cost, seed);
                impossible += outcome == INFEASIBLE;
                compared++;
            }
            program_release(&p);
        }
        oracle_answer_release(&answer);
        instance_release(&inst);
    }
    fprintf(stderr, "%ld of %ld compared, %ld of them impossible\n", compared, tried, impossible);
    CU_ASSERT(compared == wanted);
}

static void test_peers(void)
{
    CU_ASSERT_FATAL(mkdtemp(folder) != NULL);
    char command[256];
    CU_ASSERT(system("command -v glpsol > /dev/null && command -v cbc > /dev/null") == 0);
    test_optimum();
    snprintf(command, sizeof command, "rm -rf %s", folder);
    CU_ASSERT(system(command) == 0);
}

void add_program_tests(CU_pSuite suite)
{
    CU_add_test(suite, "other solvers find the optimum of the exported program", test_peers);
}
