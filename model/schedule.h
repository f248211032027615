/* A schedule: missions in the order they take off. Plain data, indices into one instance. */
#ifndef SORTIE_MODEL_SCHEDULE_H
#define SORTIE_MODEL_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/measure.h"

/* arrival is SEC_NONE at stop 0, departure at the last. Where nothing is handled at stop 0, handling_start =
 * handling_end = departure; where nothing is handled at the last stop, both are the arrival. */
struct stop {
    int32_t airfield;
    sec_t arrival, handling_start, handling_end, departure;
};

/* A lot of one demand: loaded at from_stop, unloaded at to_stop, from_stop < to_stop, pax >= 1. */
struct ride {
    int32_t demand;
    int32_t pax;
    int32_t from_stop, to_stop;
};

struct mission {
    int32_t airframe, crew;
    int32_t configuration; /* index into the airframe's type */
    bool committed;
    struct stop *stop; /* [n_stops], at least 2 */
    size_t n_stops;
    struct ride *ride;
    size_t n_rides;
};

struct schedule {
    struct mission *mission;
    size_t n_missions;
};

/* Costs by term, in hundredths; total is their sum. */
struct cost {
    cent_t block, fees, missions, not_moved, delay, total;
};

/* What is known at the end of a search, as written into a schedule file. */
#define PLAN_STATUSES(X)                                                                                               \
    X(PLAN_OPTIMAL, "optimal")                   /* gap within the tolerance asked for */                              \
    X(PLAN_FEASIBLE, "feasible")                 /* valid; the gap is larger than asked for */                         \
    X(PLAN_IMPOSSIBLE, "no_plan_possible")       /* proven: the commitments cannot all be kept */                      \
    X(PLAN_UNKNOWN, "unknown")                   /* stopped before any valid schedule was found */

enum plan_status {
#define X(code, text) code,
    PLAN_STATUSES(X)
#undef X
};

const char *plan_status_text(enum plan_status status);

/* bound: no valid schedule costs less. */
struct plan {
    enum plan_status status;
    struct schedule schedule;
    struct cost cost;
    cent_t bound;
};

void schedule_init(struct schedule *schedule);
void schedule_release(struct schedule *schedule);

/* Deep copy; false when out of memory, and then nothing is left allocated. */
bool schedule_copy(struct schedule *to, const struct schedule *from);
bool mission_copy(struct mission *to, const struct mission *from);
void mission_release(struct mission *mission);

/* The order of missions in a schedule file: by first departure, then airframe. Below 0, 0 or above, for sorting; two of
 * 0 keep their places. */
int mission_compare(const struct mission *a, const struct mission *b);

void plan_init(struct plan *plan);
void plan_release(struct plan *plan);

/* (total - bound) / total as a fraction; 0 where total is 0. */
double plan_gap(cent_t total, cent_t bound);

/* The same in millionths, rounded up: never made smaller; 0 where the bound is reached. */
int64_t plan_gap_millionths(cent_t total, cent_t bound);

#endif
