/* Missions with small reduced cost: for every first take-off a backward pass bounds what can still be gained, a forward
 * search walks the routes that the bound leaves, and solver/load.h fills them. docs/model.md has the proof. */
#ifndef SORTIE_SOLVER_PRICE_H
#define SORTIE_SOLVER_PRICE_H

#include "solver/duals.h"
#include "solver/pool.h"

struct price_task {
    double threshold;            /* only reduced costs below */
    bool all;                    /* every mission below the threshold, not the best few of each first take-off ... */
    size_t most;                 /* ... so many at most */
    int64_t most_work;           /* loads looked at in all; nothing is known beyond; 0: no limit */
    int64_t nodes;               /* routes looked at for one first take-off; the best few missions of each are kept */
    int64_t leaf_nodes;          /* loads looked at for one route */
    bool bound;                  /* all routes are looked at, so that `chain` is known */
    double near;                 /* of a route, a load so little better than the one found is not looked for */
    double near_share;           /* ... or by so much of what the route costs without anybody */
    sec_t stride, offset;        /* first take-offs: grid slot = offset modulo stride; 1, 0: every one */
    bool (*stop)(void *context); /* asked by all threads of the pool, also while others ask */
    void *context;
    struct pool *pool;
    int64_t budget; /* of work (solver/work.h); beyond, it stops. INT64_MAX: no limit */
};

/* What shifted routes are made from: columns of the master, flown as they are but `reach` steps earlier to later, with
 * whom it pays to carry. */
struct price_shifts {
    const size_t *column; /* [n] */
    size_t n;
    sec_t reach; /* steps */
};

struct price_result {
    struct column *column; /* [n], by reduced cost */
    double *reduced_cost;
    size_t n, room;
    double least; /* no mission of any first take-off looked at costs less; 0 where none is negative. -INFINITY: nothing
                     known */
    double chain; /* where task.bound: the reduced costs of the missions of any one schedule sum to this or more */
    bool complete; /* all wanted columns are here, over the whole grid */
    int64_t work;  /* what it took, at most the budget */
};

/* The grid of take-offs is too fine to be walked: missions are made on a coarser one, and nothing is proven. */
bool price_grid_too_fine(const struct instance *inst);

/* False when memory ran out. Release with price_result_release; columns taken out must have their stop set to NULL. */
bool price(const struct master *master, const struct price_task *task, struct price_result *result);
/* As price, but only for routes that are flown, at other times: finds good missions, proves nothing. */
bool price_shifted(const struct master *master, const struct price_task *task, const struct price_shifts *shifts,
                   struct price_result *result);
/* Takes the column over, even where it fails. */
bool price_result_push(struct price_result *result, struct column *col, double reduced_cost);
void price_result_release(struct price_result *result);

#endif
