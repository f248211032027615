/* What a search says while it runs: a line that overwrites itself on a terminal, or one JSON object a line. */
#ifndef SORTIE_CLI_PROGRESS_H
#define SORTIE_CLI_PROGRESS_H

#include <stdbool.h>

#include "solver/solve.h"

struct progress {
    enum { PROGRESS_NONE, PROGRESS_LINE, PROGRESS_JSON } kind;
    bool shown;        /* a line stands on the terminal */
    double last_shown; /* seconds of the search */
};

/* On a terminal the line, elsewhere nothing, unless `json` or `quiet` say otherwise. `json` wins over `quiet`. */
void progress_init(struct progress *progress, bool quiet, bool json);

/* For solve_options.progress; `context` is a struct progress. */
void progress_report(const struct solve_progress *now, void *context);

/* Clears the line. */
void progress_end(struct progress *progress);

#endif
