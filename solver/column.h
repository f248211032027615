/* A column: one whole mission of an airframe group with a crew group. And the groups themselves.
 *
 * Airframes that can stand in for one another (same type, end of availability, allowed ends, no inspection limit, not
 * named by a commitment) are one group, wherever they are at first and whenever they come in, provided that they may be
 * left where they are; crews likewise. What a group cannot say (rolling hours of one crew) is found when single
 * airframes and crews are assigned. A group of one stands for itself. */
#ifndef SORTIE_SOLVER_COLUMN_H
#define SORTIE_SOLVER_COLUMN_H

#include "model/instance.h"

struct group {
    int32_t *member; /* [n_members], indices into inst->airframe or inst->crew; member[0] speaks for all */
    size_t n_members;
    sec_t from; /* earliest of member_from */
};

struct groups {
    struct group *airframe, *crew;
    size_t n_airframe, n_crew;
    int32_t *airframe_group, *crew_group; /* [n_airframes], [n_crews] */
};

static inline sec_t larger(sec_t a, sec_t b)
{
    return a > b ? a : b;
}

static inline sec_t smaller(sec_t a, sec_t b)
{
    return a < b ? a : b;
}

/* First instant at which an airframe may begin, a crew may show. */
sec_t airframe_from(const struct instance *inst, int32_t airframe);
sec_t crew_from(const struct instance *inst, int32_t crew);

/* Block seconds of what the crew flew before that count in a window at an instant. */
sec_t recent_block(const struct crew *crew, sec_t window, sec_t at);

/* Block time between two airfields: 0 where they are one, negative where the type has no leg. */
static inline sec_t block_between(const struct instance *inst, int32_t type, int32_t from, int32_t to)
{
    return from == to ? 0 : instance_leg(inst, type, from, to)->block;
}

/* For qsort of instants. */
int instant_order(const void *a, const void *b);

/* single: every airframe and crew is a group of its own. False when memory ran out. */
bool groups_init(struct groups *groups, const struct instance *inst, bool single);
void groups_release(struct groups *groups);

struct column {
    int32_t airframe_group, crew_group, type;
    struct mission mission; /* airframe and crew are those of member[0]; owned */
    cent_t cost;            /* block + fees + mission + delay; not the penalties */
    sec_t begin, ready;     /* airframe: taken at begin, given back at ready */
    sec_t show, crew_ready; /* crew: taken at show, given back at off + rest */
    bool fixed;             /* a commitment */
};

/* Fills cost, begin, ready, show, crew_ready from mission, airframe_group, crew_group, type. */
void column_finish(struct column *col, const struct instance *inst);

/* A copy of a mission of a schedule as a finished column, flown by the first of its groups. False: out of memory. */
bool column_from(struct column *col, const struct instance *inst, const struct groups *groups,
                 const struct mission *mission);

/* No ride of the mission before ride r is of its demand. */
bool first_of_demand(const struct mission *mission, size_t r);

/* Somebody loads at the first stop. */
bool mission_loads_first(const struct mission *mission);

/* Passengers of demand d over all rides of the mission. */
int32_t mission_moves(const struct mission *mission, int32_t demand);

bool may_end_at(bool anywhere, const int32_t *end_at, size_t n, int32_t airfield);
bool in_limit(const struct limit *limit, int32_t airfield);
/* An instant from `from` to before `until`. */
bool cap_counts(const struct cap *cap, sec_t at);
bool crew_flies(const struct crew *crew, int32_t type);

#endif
