/* Who rides on a route whose times are fixed: branch and bound over rides. */
#ifndef SORTIE_SOLVER_LOAD_H
#define SORTIE_SOLVER_LOAD_H

#include "solver/duals.h"

enum { ROUTE_STOPS = 24 };

struct route {
    int32_t n; /* stops 0 .. n */
    int32_t airfield[ROUTE_STOPS];
    sec_t arrival[ROUTE_STOPS], departure[ROUTE_STOPS];
};

struct load_search {
    const struct instance *inst;
    const struct groups *groups;
    const struct duals *duals;
    int32_t airframe_group, crew_group, type;
    double threshold; /* reduced costs at or above are not wanted; `take` may lower it */
    bool all;         /* every load below the threshold, not the best alone */
    int64_t nodes;    /* left to spend in one call */
    double least;     /* lowered to the bound of what was given up */
    bool (*take)(void *context, struct column *col,
                 double reduced_cost); /* owns col->mission; false: stop, out of memory */
    void *context;
};

/* Configuration with most seats; nothing else tells them apart in the rules. */
int32_t most_seats(const struct aircraft_type *type);

/* Thousandths of nm that the type flies with `payload`; -1: more than it carries. */
mnm_t range_with(const struct aircraft_type *type, gram_t payload);

/* Takes every wanted load of `route`, the empty one included. base: reduced cost of the empty mission at its most
 * favourable. False when memory ran out. */
bool load_search(struct load_search *search, const struct route *route, double base);

#endif
