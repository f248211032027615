/* How many zones the demands of a mission need at least, whatever the balance. */
#ifndef SORTIE_LOADPLAN_ZONE_BOUND_H
#define SORTIE_LOADPLAN_ZONE_BOUND_H

#include "loadplan/task.h"

struct zone_bound {
    int64_t zones;   /* over the demands; no valid placing uses fewer */
    int64_t *demand; /* [n_demands] of each; owned */
};

/* Zones by size. Some of each size are a vector, written as one number whose digits have the bases count + 1: digits
 * add and subtract as the numbers do. */
struct zone_sizes {
    int32_t *seats, *count; /* [n] sizes, falling */
    size_t n, vectors;      /* how many vectors there are */
    struct zone_vector {
        int64_t seats;
        int32_t zones, smallest; /* how many; seats of the smallest */
    } * vector;                  /* [vectors] */
    bool *within;                /* [vectors * vectors] b has all that a has, at a * vectors + b; NULL: too many */
};

bool zone_sizes_init(struct zone_sizes *sizes, const struct cabin *cabin); /* false when memory ran out */
void zone_sizes_release(struct zone_sizes *sizes);

/* Whether so many people need all zones of a vector: none of them is one too many. */
static inline bool zone_vector_serves(const struct zone_sizes *sizes, size_t vector, int64_t people)
{
    const struct zone_vector *v = &sizes->vector[vector];
    return v->seats >= people && v->seats - v->smallest < people;
}

/* Whether b has all that a has. */
bool zone_vector_within(const struct zone_sizes *sizes, size_t a, size_t b);

enum { MOST_DIVIDED = 10, ZONES_NEVER = 1000000 };

/* The least zones over demands, for every set of the demands aboard at once and every vector of zones. */
struct zone_division {
    const struct zone_sizes *s; /* outlives it */
    size_t n;                   /* demands, MOST_DIVIDED at most */
    int32_t *least;             /* [2^n * vectors] ZONES_NEVER: they do not fit */
    int64_t *sum;               /* [2^n] people */
};

bool zone_divides(const struct zone_sizes *sizes, size_t n); /* whether so many are not too many */
bool zone_division_init(struct zone_division *division, const struct zone_sizes *sizes, const int64_t *people,
                        size_t n);
void zone_division_release(struct zone_division *division);

/* False when memory ran out. */
bool zone_bound_init(struct zone_bound *bound, const struct load_task *task);
void zone_bound_release(struct zone_bound *bound);

#endif
