/* sortie import-solution: what another solver found for an exported program, as a schedule that the checker accepts. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/judge.h"
#include "cli/output.h"
#include "cli/say.h"
#include "io/program_text.h"
#include "io/read_instance.h"
#include "io/schedule_json.h"
#include "io/solution_file.h"
#include "io/whole_file.h"
#include "loadplan/planner.h"
#include "program/answer.h"
#include "solver/quick_bound.h"

static int write_plan(const struct instance *inst, const struct plan *plan, const struct options *options)
{
    struct error err;
    error_init(&err);
    struct plan_options stated = {.time_limit_s = options->time_limit_s, .gap = options->gap, .seed = options->seed};
    char *json = schedule_to_json(inst, plan, &stated, &err);
    bool written = json && whole_file_write(options->output, json, strlen(json), &err);
    free(json);
    return written ? EXIT_GOOD : fail(&err);
}

/* The other solver's bound is its own affair: what is proven here needs no program. */
static void rate(const struct instance *inst, const struct options *options, struct plan *plan)
{
    plan->bound = quick_bound(inst);
    plan->bound = plan->bound < plan->cost.total ? plan->bound : plan->cost.total;
    plan->status = plan_gap(plan->cost.total, plan->bound) <= options->gap ? PLAN_OPTIMAL : PLAN_FEASIBLE;
}

static int judge_and_write(const struct instance *inst, struct plan *plan, const struct options *options)
{
    struct error err;
    struct verdict verdict;
    struct text text;
    error_init(&err);
    if (!check_schedule(inst, &plan->schedule, &verdict, &err))
        return fail(&err);
    text_init(&text);
    int status = EXIT_BREACH;
    if (verdict.n_breaches == 0) {
        plan->cost = verdict.cost;
        rate(inst, options, plan);
        status = write_plan(inst, plan, options);
        text_addf(&text, "cost ");
        money_write(plan->cost.total, inst->currency, &text);
        text_addf(&text, ", missions %zu", plan->schedule.n_missions);
    } else {
        breaches_write(&verdict, &text);
    }
    if (status == EXIT_BREACH || (status == EXIT_GOOD && !options->quiet))
        say_text(&text);
    else
        text_release(&text);
    if (status == EXIT_BREACH)
        say("the solution makes no valid schedule; nothing is written");
    verdict_release(&verdict);
    return status;
}

static int import(const struct instance *inst, const struct program *p, const struct options *options)
{
    struct error err;
    struct plan plan;
    error_init(&err);
    double *value = read_solution(options->file[1], p, &err);
    if (!value)
        return fail(&err);
    plan_init(&plan);
    bool made = program_answer(inst, p, value, &plan.schedule, &err) && load_plans_make(inst, &plan.schedule, &err);
    free(value);
    int status = made ? judge_and_write(inst, &plan, options) : fail(&err);
    plan_release(&plan);
    return status;
}

/* Neither the schedule nor anything else is written over the mapping. */
static bool files_are_sound(const struct options *options)
{
    struct options other = *options;
    other.n_files = 1;
    other.file[0] = options->map;
    return output_is_sound(options, false) && output_is_sound(&other, false);
}

int cmd_import_solution(const struct options *options)
{
    struct instance inst;
    struct program program;
    struct error err;
    char *faults = NULL;
    error_init(&err);
    if (options->map == NULL) {
        say("--map is missing: the file that sortie model wrote beside the program");
        return EXIT_USAGE;
    }
    if (!files_are_sound(options))
        return EXIT_INPUT;
    if (!read_instance(options->file[0], &inst, &faults, &err))
        return fail_with_faults(faults, &err);
    int status;
    if (read_program_map(options->map, &inst, &program, &faults, &err)) {
        status = import(&inst, &program, options);
        program_release(&program);
    } else {
        status = fail_with_faults(faults, &err);
    }
    instance_release(&inst);
    return status;
}
