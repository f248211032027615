#include "model/outcome.h"

#include <stdlib.h>

const char *outcome_status_text(enum outcome_status status)
{
    static const char *const texts[] = {
#define X(code, text) [code] = text,
        OUTCOME_STATUSES(X)
#undef X
    };
    return texts[status];
}

bool outcome_has_plan(enum outcome_status status)
{
    return status == OUTCOME_OPTIMAL || status == OUTCOME_FEASIBLE;
}

void figures_init(struct figures *figures)
{
    *figures = (struct figures){.missions = -1,
                                .pax = -1,
                                .pax_moved = -1,
                                .columns = -1,
                                .nodes = -1,
                                .read_s = -1,
                                .search_s = -1,
                                .check_s = -1,
                                .write_s = -1,
                                .gap_integral_s = -1,
                                .peak_kib = -1};
    for (int i = 0; i < PHASE_REST; i++)
        figures->phase_s[i] = -1;
}

void outcome_init(struct outcome *outcome)
{
    *outcome = (struct outcome){.status = OUTCOME_FAILED, .exit = -1};
    figures_init(&outcome->figures);
}

void outcome_release(struct outcome *outcome)
{
    free(outcome->instance);
    free(outcome->message);
    outcome_init(outcome);
}
