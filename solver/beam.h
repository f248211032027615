/* Schedules made flight by flight in order of time, several side by side (beam search, Ow and Morton 1988). A flight is
 * judged by its reduced cost, so the duals of a linear program say what airframes, crews and places are worth
 * later: the sum of reduced costs and of the price of idle airframes is what a schedule costs above the program's
 * bound. */
#ifndef SORTIE_SOLVER_BEAM_H
#define SORTIE_SOLVER_BEAM_H

#include "solver/guide.h"
#include "solver/insert.h"

struct beam_task {
    const struct guide *guide;
    const struct timeline *begin; /* not s->work */
    const bool *closed;           /* [n_airframes] lines that get no more flights; NULL: none */
    size_t width;                 /* timelines side by side */
    size_t most;                  /* finished ones that are handed over */
};

/* Adds flights behind those of the open lines. `made` is called with s->work as each of the most promising finished
 * timelines, the best first, until it returns true; airframes may stand where they may not end there. s->noise is the
 * share by which judgements are off. True: `made` did. False, too, when stopped or out of memory (`failed` is set). */
bool beam(struct builder *s, const struct beam_task *task, bool (*made)(struct builder *s));

#endif
