/* Inside the search by parts: parts.c, with what is prepared for it (parts_prepare.c) and what it does within a part
 * (parts_tree.c). Sets of lots and of zones are bits; lots count in the order of `struct parts`. */
#ifndef SORTIE_LOADPLAN_PARTS_SEARCH_H
#define SORTIE_LOADPLAN_PARTS_SEARCH_H

#include "loadplan/order_bound.h"
#include "loadplan/stow.h"
#include "loadplan/zone_bound.h"

enum { MOST_ZONES = 10, BOUND_WORK = 10 /* of a step that looks at bounds */ };

/* Demands of a division's part, and how many zones of which size. */
struct part {
    uint32_t lots;
    size_t vector;
    int32_t edges;
};

struct parts {
    const struct load_task *t;
    struct zone_sizes sizes;
    struct zone_division division;
    struct stow stow;
    bool stows; /* there is cargo */
    size_t n;
    size_t lot[MOST_DIVIDED];     /* of the task, in the order they are placed: who leaves late, then the largest */
    int32_t people[MOST_DIVIDED]; /* of each, in this order, as all that follows */
    uint32_t apart[MOST_DIVIDED];
    size_t by_body[MOST_DIVIDED]; /* the heaviest person first */
    size_t by_arm[MOST_ZONES];    /* zones, the smallest arm first */
    size_t weight[MOST_ZONES];    /* of one zone in a vector */
    struct part *part;            /* [first[n]] those of best divisions, by their first demand */
    size_t first[MOST_DIVIDED + 1];
    uint32_t *zones_of; /* [zones_first[vectors]] sets of zones, by vector */
    size_t *zones_first;
    double *pull;     /* [n_legs * n] units of deviation that a person gives by arm; 0: not aboard */
    double *cargo[2]; /* [n_legs] least and most units that cargo gives */
    double *moment;   /* [n_legs] units of those seated and of the aircraft */
    int32_t seat[MOST_DIVIDED][MOST_ZONES];
    int64_t order;
    /* what is looked for */
    double within; /* units */
    int64_t steps; /* the goal that this allows */
    bool any;      /* the first placing ends the search; else one with a better order than best_order is wanted */
    int64_t best_order;
    double paid;  /* of those seated, beyond bound.least */
    double *more; /* [n * 2^n_zones] least that a person of a lot pays in a set of zones */
    struct order_bound bound;
    double nearest;          /* least units that placings left out for their deviation have */
    int64_t work;            /* left */
    bool over, lost, failed; /* lost: a placing was left out for grams */
    struct placing trial, *best;
    bool *found;
};

static inline bool has(uint32_t set, size_t i)
{
    return set >> i & 1;
}

static inline int32_t size_of(uint32_t set)
{
    int32_t n = 0;
    for (; set; set &= set - 1)
        n++;
    return n;
}

/* Whether the search applies to the task. */
bool parts_apply(const struct load_task *task);
/* The task stands in p->t and the sizes of its zones in p->sizes. False when memory ran out or the engine failed. */
bool parts_init(struct parts *p);
void parts_release(struct parts *p);
size_t parts_vector(const struct parts *p, uint32_t zones);

/* Whether what is wanted may come of those seated with `rest` in `zones`. */
bool parts_promising(struct parts *p, uint32_t rest, uint32_t zones);
/* Whether no better order comes of those seated with `rest` in `zones` and `lots` in `in`. */
bool parts_too_dear(const struct parts *p, uint32_t rest, uint32_t zones, uint32_t lots, uint32_t in);
/* Notes n more people of a lot in a zone. */
void parts_seat(struct parts *p, size_t lot, size_t zone, int32_t n);
/* Lots that sit in a zone. */
uint32_t parts_in(const struct parts *p, size_t zone);
/* Notes work; true where the search is over. */
bool parts_spent(struct parts *p, int64_t work);

/* Goes on with the lots `rest` in `zones`, at `edges` edges at most. */
void parts_divide(struct parts *p, uint32_t rest, uint32_t zones, int32_t edges);
/* Seats a part in the zones `in` in every way, and goes on with the rest after each. */
void parts_take(struct parts *p, const struct part *part, uint32_t in, uint32_t rest, uint32_t zones, int32_t edges);

#endif
