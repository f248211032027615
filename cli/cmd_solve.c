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
#include "cli/run_figures.h"
#include "cli/say.h"
#include "io/certificate_json.h"
#include "io/read_instance.h"
#include "io/schedule_json.h"
#include "io/show_time.h"
#include "io/whole_file.h"
#include "solver/solve.h"

static void summarise(const struct instance *inst, const struct plan *plan, const struct figures *figures)
{
    char bound[SHOW_TIME_SIZE], gap[SHOW_TIME_SIZE];
    struct text text;
    text_init(&text);
    text_addf(&text, "%s: cost ", plan_status_text(plan->status));
    money_write(plan->cost.total, inst->currency, &text);
    text_addf(&text, ", bound %s, gap %s, missions %zu, passengers moved %" PRId64 " of %" PRId64,
              show_money(plan->bound, bound), show_gap(plan_gap(plan->cost.total, plan->bound), gap),
              plan->schedule.n_missions, figures->pax_moved, figures->pax);
    say_text(&text);
}

/* The last gate. A breach here is a fault of the solver: it is said in full, and nothing is written. */
static bool judge_plan(const struct instance *inst, const struct plan *plan, struct error *err)
{
    struct verdict verdict;
    if (!check_schedule(inst, &plan->schedule, &verdict, err))
        return false;
    struct text text;
    text_init(&text);
    bool sound = figures_agree(plan, &verdict, inst->currency, &text) && verdict.n_breaches == 0;
    breaches_write(&verdict, &text);
    say_text(&text);
    verdict_release(&verdict);
    return sound || error_set(err, ERR_INTERNAL,
                              "internal error: the solver's schedule does not pass the checker; nothing is written");
}

static bool write_plan(const struct instance *inst, const struct plan *plan, const struct options *options,
                       struct error *err)
{
    struct plan_options stated = {.time_limit_s = options->time_limit_s,
                                  .deterministic_limit = options->work_limit,
                                  .gap = options->gap,
                                  .seed = options->seed};
    char *json = schedule_to_json(inst, plan, &stated, err);
    if (json == NULL)
        return false;
    bool to_file = strcmp(options->output, "-") != 0;
    if (to_file)
        interrupt_hold();
    bool written = whole_file_write(options->output, json, strlen(json), err);
    if (to_file)
        interrupt_let();
    free(json);
    return written;
}

static bool write_certificate(const struct instance *inst, const struct certificate *certificate,
                              const struct options *options, struct error *err)
{
    char *json = certificate_to_json(inst, certificate, err);
    interrupt_hold();
    bool written = json && whole_file_write(options->certificate, json, strlen(json), err);
    interrupt_let();
    free(json);
    return written;
}

static int finish(const struct instance *inst, const struct plan *plan, const struct options *options,
                  struct run_figures *run, struct error *err)
{
    bool known = has_schedule(plan); /* where not, the file says so, too */
    run_figures_plan(run, inst, plan);
    bool good = !known || judge_plan(inst, plan, err);
    run->figures.check_s = run_figures_lap(run);
    good = good && write_plan(inst, plan, options, err);
    run->figures.write_s = run_figures_lap(run);
    if (!good)
        return fail(err);
    if (!known)
        say(plan->status == PLAN_IMPOSSIBLE ? "no plan possible: the committed missions cannot all be kept"
                                            : "stopped before a valid schedule was found");
    else if (!options->quiet)
        summarise(inst, plan, &run->figures);
    return known ? EXIT_GOOD : EXIT_NO_ANSWER;
}

static int search(const struct instance *inst, const struct options *options, struct run_figures *run,
                  enum outcome_status *outcome, struct error *err)
{
    struct certificate certificate = {.wanted = options->certificate != NULL};
    const struct solve_options how = {
        .time_limit_s = options->time_limit_s,
        .deterministic_limit = options->work_limit,
        .gap = options->gap,
        .threads = options->threads,
        .seed = options->seed,
        .interrupted = &interrupted,
        .progress = options->json || run->progress->kind != PROGRESS_NONE ? run_figures_report : NULL,
        .progress_context = run,
        .certificate = &certificate,
    };
    struct plan plan;
    bool solved = solve(inst, &how, &plan, err);
    progress_end(run->progress);
    if (!solved) {
        certificate_release(&certificate);
        return fail(err);
    }
    *outcome = (enum outcome_status)plan.status; /* in the same order */
    int status = finish(inst, &plan, options, run, err);
    if (status == EXIT_GOOD && certificate.wanted && !write_certificate(inst, &certificate, options, err))
        status = fail(err);
    certificate_release(&certificate);
    plan_release(&plan);
    return status;
}

static int read_and_search(const struct options *options, struct run_figures *run, enum outcome_status *outcome,
                           struct error *err)
{
    struct instance inst;
    char *faults = NULL;
    if (!read_instance(options->file[0], &inst, &faults, err))
        return fail_with_faults(faults, err);
    run->figures.read_s = run_figures_lap(run);
    int status;
    if (interrupt_catch()) {
        status = search(&inst, options, run, outcome, err);
    } else {
        say("signals cannot be caught");
        status = EXIT_INTERNAL;
    }
    instance_release(&inst);
    return status;
}

int cmd_solve(const struct options *options)
{
    struct progress progress;
    struct run_figures run;
    struct error err;
    enum outcome_status outcome = OUTCOME_FAILED;
    error_init(&err);
    if (options->json && strcmp(options->output, "-") == 0) {
        say("--json needs -o with a file: the schedule is on standard output");
        return EXIT_USAGE;
    }
    if (!outputs_are_sound(options, options->certificate))
        return EXIT_INPUT;
    progress_init(&progress, options->quiet, options->progress_json);
    run_figures_init(&run, &progress);
    int status = read_and_search(options, &run, &outcome, &err);
    if (!options->json)
        return status;
    int answered = run_figures_answer(&run, err.code != ERR_NONE ? outcome_of_error(err.code) : outcome);
    return status != EXIT_GOOD ? status : answered;
}
