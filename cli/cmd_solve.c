/* sortie solve: instance in, judged schedule out. Nothing leaves that the checker has not accepted. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/judge.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/say.h"
#include "io/read_instance.h"
#include "io/schedule_json.h"
#include "io/show_time.h"
#include "io/whole_file.h"
#include "solver/solve.h"

static void summarise(const struct instance *inst, const struct plan *plan)
{
    int64_t pax = 0, moved = 0;
    for (size_t i = 0; i < inst->n_demands; i++)
        pax += inst->demand[i].pax;
    for (size_t i = 0; i < plan->schedule.n_missions; i++)
        for (size_t j = 0; j < plan->schedule.mission[i].n_rides; j++)
            moved += plan->schedule.mission[i].ride[j].pax;
    char bound[SHOW_TIME_SIZE], gap[SHOW_TIME_SIZE];
    struct text text;
    text_init(&text);
    text_addf(&text, "%s: cost ", plan_status_text(plan->status));
    money_write(plan->cost.total, inst->currency, &text);
    text_addf(&text, ", bound %s, gap %s, missions %zu, passengers moved %" PRId64 " of %" PRId64,
              show_money(plan->bound, bound), show_gap(plan_gap(plan->cost.total, plan->bound), gap),
              plan->schedule.n_missions, moved, pax);
    say_text(&text);
}

/* The last gate. A breach here is a fault of the solver: it is said in full, and nothing is written. */
static int judge_plan(const struct instance *inst, const struct plan *plan)
{
    struct error err;
    struct verdict verdict;
    error_init(&err);
    if (!check_schedule(inst, &plan->schedule, &verdict, &err))
        return fail(&err);
    struct text text;
    text_init(&text);
    bool sound = figures_agree(plan, &verdict, inst->currency, &text) && verdict.n_breaches == 0;
    breaches_write(&verdict, &text);
    say_text(&text);
    if (!sound)
        say("internal error: the solver's schedule does not pass the checker; nothing is written");
    verdict_release(&verdict);
    return sound ? EXIT_GOOD : EXIT_INTERNAL;
}

static int write_plan(const struct instance *inst, const struct plan *plan, const struct options *options)
{
    struct error err;
    error_init(&err);
    struct plan_options stated = {
        .time_limit_s = options->time_limit_s, .gap = options->gap, .threads = options->threads, .seed = options->seed};
    char *json = schedule_to_json(inst, plan, &stated, &err);
    if (json == NULL)
        return fail(&err);
    bool to_file = strcmp(options->output, "-") != 0;
    if (to_file)
        interrupt_hold();
    bool written = whole_file_write(options->output, json, strlen(json), &err);
    if (to_file)
        interrupt_let();
    free(json);
    return written ? EXIT_GOOD : fail(&err);
}

static int finish(const struct instance *inst, const struct plan *plan, const struct options *options)
{
    if (!has_schedule(plan)) { /* the file says so, too */
        say(plan->status == PLAN_IMPOSSIBLE ? "no plan possible: the committed missions cannot all be kept"
                                            : "stopped before a valid schedule was found");
        int written = write_plan(inst, plan, options);
        return written != EXIT_GOOD ? written : EXIT_NO_ANSWER;
    }
    int status = judge_plan(inst, plan);
    if (status == EXIT_GOOD)
        status = write_plan(inst, plan, options);
    if (status == EXIT_GOOD && !options->quiet)
        summarise(inst, plan);
    return status;
}

int cmd_solve(const struct options *options)
{
    struct instance inst;
    struct error err;
    char *faults = NULL;
    error_init(&err);
    if (!output_is_sound(options, false))
        return EXIT_INPUT;
    if (!read_instance(options->file[0], &inst, &faults, &err))
        return fail_with_faults(faults, &err);
    if (!options->quiet)
        warn_of_load_plans(&inst);

    struct progress progress;
    progress_init(&progress, options->quiet, options->progress_json);
    const struct solve_options how = {
        .time_limit_s = options->time_limit_s,
        .gap = options->gap,
        .threads = options->threads,
        .seed = options->seed,
        .interrupted = &interrupted,
        .progress = progress.kind != PROGRESS_NONE ? progress_report : NULL,
        .progress_context = &progress,
    };
    struct plan plan;
    int status;
    if (!interrupt_catch()) {
        say("signals cannot be caught");
        status = EXIT_INTERNAL;
    } else if (!solve(&inst, &how, &plan, &err)) {
        progress_end(&progress);
        status = fail(&err);
    } else {
        progress_end(&progress);
        status = finish(&inst, &plan, options);
        plan_release(&plan);
    }
    instance_release(&inst);
    return status;
}
