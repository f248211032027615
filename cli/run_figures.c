#include "cli/run_figures.h"

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/say.h"
#include "io/outcome_json.h"
#include "model/clock.h"

void run_figures_init(struct run_figures *run, struct progress *progress)
{
    *run = (struct run_figures){.progress = progress, .last_gap = 1, .lap = clock_seconds()};
    figures_init(&run->figures);
}

double run_figures_lap(struct run_figures *run)
{
    double now = clock_seconds(), seconds = now - run->lap;
    run->lap = now;
    return seconds;
}

/* The gap holds from one report to the next. */
static void integrate(struct run_figures *run, double seconds)
{
    if (run->figures.gap_integral_s < 0)
        run->figures.gap_integral_s = 0;
    if (seconds > run->last_s) {
        run->figures.gap_integral_s += run->last_gap * (seconds - run->last_s);
        run->last_s = seconds;
    }
}

void run_figures_report(const struct solve_progress *now, void *context)
{
    struct run_figures *run = context;
    integrate(run, now->seconds);
    run->last_gap = now->gap;
    run->figures.columns = now->columns;
    run->figures.nodes = now->nodes;
    if (now->phase_s)
        memcpy(run->figures.phase_s, now->phase_s, sizeof run->figures.phase_s);
    progress_report(now, run->progress);
}

void run_figures_plan(struct run_figures *run, const struct instance *inst, const struct plan *plan)
{
    struct figures *f = &run->figures;
    f->search_s = run_figures_lap(run);
    integrate(run, f->search_s);
    f->cost = plan->cost.total;
    f->bound = plan->bound;
    f->missions = (int64_t)plan->schedule.n_missions;
    f->pax = f->pax_moved = 0;
    for (size_t i = 0; i < inst->n_demands; i++)
        f->pax += inst->demand[i].pax;
    for (size_t i = 0; i < plan->schedule.n_missions; i++)
        for (size_t j = 0; j < plan->schedule.mission[i].n_rides; j++)
            f->pax_moved += plan->schedule.mission[i].ride[j].pax;
}

/* getrusage would count what ran in this process before the program did. -1 where /proc does not say. */
static int64_t peak_kib(void)
{
    FILE *status = fopen("/proc/self/status", "re");
    char line[256];
    long long kib = -1;
    while (status && fgets(line, sizeof line, status))
        if (sscanf(line, "VmHWM: %lld", &kib) == 1)
            break;
    if (status)
        fclose(status);
    return kib;
}

int run_figures_answer(struct run_figures *run, enum outcome_status status)
{
    struct text text;
    text_init(&text);
    run->figures.peak_kib = peak_kib();
    figures_write(status, &run->figures, &text);
    return answer_text(&text);
}

enum outcome_status outcome_of_error(enum error_code code)
{
    switch (code) {
    case ERR_INPUT:
        return OUTCOME_BAD_INPUT;
    case ERR_IO:
        return OUTCOME_IO_ERROR;
    case ERR_MEMORY:
        return OUTCOME_NO_MEMORY;
    default:
        return OUTCOME_FAILED;
    }
}
