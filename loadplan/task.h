/* One mission as a load planner sees it: who rides from where to where, and where they may be. */
#ifndef SORTIE_LOADPLAN_TASK_H
#define SORTIE_LOADPLAN_TASK_H

#include "model/instance.h"

enum person { PASSENGER, ESCORT, N_PERSONS };

/* All of one demand that rides from one stop to another. */
struct lot {
    int32_t demand, from, to;
    int32_t people[N_PERSONS];
    double body[N_PERSONS]; /* kg of one, without baggage */
    gram_t cargo;           /* baggage and freight */
    int32_t later;          /* stops where others leave after them */
    int32_t demand_slot;    /* counts the demands of the mission from 0 */
};

/* Sorties with the same people aboard are one leg. */
struct load_leg {
    bool *aboard;  /* [n_lots] */
    double mass;   /* kg, the empty aircraft included; more than 0 */
    double moment; /* of the empty aircraft about the middle of the limits, kg x arm */
};

struct load_task {
    const struct cabin *cabin;
    size_t n_zones, n_positions; /* of the cabin */
    struct lot *lot;
    size_t n_lots, n_demands;
    struct load_leg *leg;
    size_t n_legs;
    bool *apart;          /* [n_lots * n_lots] may not share a zone, and are aboard together */
    double *zone_arm;     /* [n_zones] from the middle of the limits */
    double *position_arm; /* [n_positions] likewise */
    double half;          /* of the limits' width */
    double unit;          /* of the deviation goal, see docs/rules.md */
};

/* A plan in the making, lot by lot. */
struct placing {
    int32_t *seat; /* [n_lots * N_PERSONS * n_zones] */
    gram_t *cargo; /* [n_lots * n_positions] */
    struct load_goals goals;
};

#define CG_TOLERANCE 5e-4 /* arms are compared to the thousandth of their unit */
#define FREE_STEPS   1.01 /* of a deviation that cost nothing: grams and persons cannot do better than a step */

/* False when memory ran out. */
bool load_task_init(struct load_task *task, const struct instance *inst, const struct cabin *cabin,
                    const struct mission *mission);
void load_task_release(struct load_task *task);

bool placing_init(struct placing *placing, const struct load_task *task);
void placing_release(struct placing *placing);
void placing_copy(struct placing *to, const struct placing *from, const struct load_task *task);
void placing_clear(struct placing *placing, const struct load_task *task);

static inline int32_t *placing_seat(const struct load_task *t, const struct placing *p, size_t lot, int person)
{
    return &p->seat[(lot * N_PERSONS + (size_t)person) * t->n_zones];
}

static inline int32_t lot_size(const struct lot *lot)
{
    return lot->people[PASSENGER] + lot->people[ESCORT];
}

/* People of the lot in the zone. */
int32_t placing_in_zone(const struct load_task *task, const struct placing *placing, size_t lot, size_t zone);

/* How far the centre of gravity is from the middle on a leg; signed. */
double placing_deviation(const struct load_task *task, const struct placing *placing, size_t leg);

/* Fills goals; false where the placing is not valid. */
bool placing_judge(const struct load_task *task, struct placing *placing);

bool goals_less(const struct load_goals *a, const struct load_goals *b);

/* NULL when memory ran out. */
struct load_plan *placing_to_plan(const struct load_task *task, const struct placing *placing);

#endif
