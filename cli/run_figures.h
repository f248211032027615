/* What one search comes to in figures, for `solve --json`. */
#ifndef SORTIE_CLI_RUN_FIGURES_H
#define SORTIE_CLI_RUN_FIGURES_H

#include "cli/progress.h"
#include "model/instance.h"
#include "model/outcome.h"

struct run_figures {
    struct figures figures;
    double lap;                /* since when the present phase runs, by clock_seconds */
    double last_s, last_gap;   /* last report of the search */
    struct progress *progress; /* gets every report, too */
};

void run_figures_init(struct run_figures *run, struct progress *progress);

/* Seconds since the last lap, or since init. */
double run_figures_lap(struct run_figures *run);

/* For solve_options.progress; `context` is a struct run_figures. */
void run_figures_report(const struct solve_progress *now, void *context);

/* The search is over: what its plan comes to. Ends a lap. */
void run_figures_plan(struct run_figures *run, const struct instance *inst, const struct plan *plan);

/* One object on standard output. Returns the exit code. */
int run_figures_answer(struct run_figures *run, enum outcome_status status);

/* What a failure is called; ERR_NONE counts as failed. */
enum outcome_status outcome_of_error(enum error_code code);

#endif
