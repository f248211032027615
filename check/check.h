/* Judges a schedule by docs/rules.md. Shares nothing with solver/ but the plain data of model/. */
#ifndef SORTIE_CHECK_CHECK_H
#define SORTIE_CHECK_CHECK_H

#include "model/error.h"
#include "model/instance.h"
#include "model/schedule.h"

/* One breach. -1 where a place does not apply. `measured` and `allowed` are the two figures, in the unit the text
 * names. Where the rule has no figure:
 *   shut, or no clearance   the instant; 0
 *   off the grid            the instant; the step
 *   no such index           the index; the largest there is, -1 where there is none
 *   wrong airfield          the airfield; the right one, -1 where several or none are allowed
 *   same airfield twice     the airfield; the airfield
 *   stops of a ride         to; from
 *   must not be             how many there are; how many there may be
 *   must be                 0; 1 (qualification, commitment), or how many there should be
 *   missing instant         0; 0 */
struct breach {
    int rule;        /* 1 .. 12 */
    int32_t mission; /* index into the schedule; -1: none in particular */
    int32_t stop;    /* index into the mission; -1: none in particular */
    int64_t measured, allowed;
    char text[256]; /* "R6 mission 3 stop 2: FDP 16:20 exceeds 16:00 of crew \"C1\"" */
};

struct verdict {
    struct breach *breach; /* [n_breaches], ordered by rule, mission, stop */
    size_t n_breaches;
    struct cost cost; /* counted by the checker alone; meaningful where indices are in range. Sums beyond the largest
                         cent_t stay at it */
};

/* True when the judgement could be made (not: that the schedule is valid); false with `err` set when memory ran out.
 * Tolerates any figures in the schedule, indices out of range included (reported as breaches, never followed). */
bool check_schedule(const struct instance *inst, const struct schedule *schedule, struct verdict *verdict,
                    struct error *err);

void verdict_release(struct verdict *verdict);

#endif
