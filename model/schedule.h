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

/* For qsort: by load stop, unload stop, demand, passengers. */
int ride_order(const void *a, const void *b);

/* People in one zone for a whole ride: of the lot of `demand` that rides from from_stop to to_stop. */
struct seating {
    int32_t demand, from_stop, to_stop;
    int32_t zone; /* index into the cabin */
    int32_t pax, escorts;
};

/* Baggage and freight of such a lot on one position. */
struct stowage {
    int32_t demand, from_stop, to_stop;
    int32_t position; /* index into the cabin */
    gram_t mass;
};

/* How good a load plan is, by docs/rules.md: the first that differs decides, less is better. */
struct load_goals {
    int64_t zones;     /* over the demands, the zones that each sits in */
    int64_t deviation; /* largest of the centre of gravity from the middle, hundredths of half the limits' width,
                          beyond the first */
    int64_t order;     /* people x zones between them and the door x stops where others leave later */
};

struct load_plan {
    struct seating *seating; /* [n_seatings] */
    size_t n_seatings;
    struct stowage *stowage; /* [n_stowages] */
    size_t n_stowages;
    struct load_goals goals; /* as stated; -1: not stated */
    bool proven;             /* no valid load plan is better */
    struct load_goals bound; /* where that is not so: none has goals before these; all 0: nothing is said */
};

struct mission {
    int32_t airframe, crew;
    int32_t configuration; /* index into the airframe's type */
    bool committed;
    struct stop *stop; /* [n_stops], at least 2 */
    size_t n_stops;
    struct ride *ride;
    size_t n_rides;
    struct load_plan *load_plan; /* NULL: none */
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
    X(PLAN_OPTIMAL, "optimal")             /* gap within the tolerance asked for */                                    \
    X(PLAN_FEASIBLE, "feasible")           /* valid; the gap is larger than asked for */                               \
    X(PLAN_IMPOSSIBLE, "no_plan_possible") /* proven: the commitments cannot all be kept */                            \
    X(PLAN_UNKNOWN, "unknown")             /* stopped before any valid schedule was found */

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

/* NULL when out of memory. */
struct load_plan *load_plan_copy(const struct load_plan *plan);
void load_plan_free(struct load_plan *plan); /* NULL is allowed */

void plan_init(struct plan *plan);
void plan_release(struct plan *plan);

/* (total - bound) / total as a fraction; 0 where total is 0. */
double plan_gap(cent_t total, cent_t bound);

/* The same in millionths, rounded up: never made smaller; 0 where the bound is reached. */
int64_t plan_gap_millionths(cent_t total, cent_t bound);

#endif
