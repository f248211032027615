/* Every route that a schedule of least cost may need: airfields, instants, handling and tanks, without who is aboard.
 * docs/model.md, "The program for other solvers", says why these are enough. */
#ifndef SORTIE_PROGRAM_ROUTE_H
#define SORTIE_PROGRAM_ROUTE_H

#include "program/binds.h"
#include "program/tanks.h"

enum { ROUTE_MOST_STOPS = 20, ROUTE_MOST_RIDES = 200 };

struct route {
    int32_t type, n; /* stops 0 .. n */
    struct stop stop[ROUTE_MOST_STOPS];
    struct program_tanks from, to;
    gram_t carries[ROUTE_MOST_STOPS];   /* [n] largest payload by sortie, on the stretch it is part of */
    bool must_work[ROUTE_MOST_STOPS];   /* [n + 1] somebody boards or leaves there, or the stop is too short */
    struct ride ride[ROUTE_MOST_RIDES]; /* rides that the instants allow; pax: most of them */
    int32_t n_rides;
};

enum routes_result {
    ROUTES_ALL,
    ROUTES_ENOUGH,   /* `take` returned false */
    ROUTES_TOO_MANY, /* a route has too many stops, handling times or states of tanks */
    ROUTES_NO_MEMORY
};

/* Hands every route to `take`, in order of type, first airfield and first take-off. */
enum routes_result routes_make(const struct instance *inst, bool (*take)(void *context, const struct route *route),
                               void *context);

/* The same for one mission, whose instants stand: a route for every state that its tanks may begin and end in. */
enum routes_result route_tanks(const struct instance *inst, const struct mission *mission,
                               bool (*take)(void *context, const struct route *route), void *context);

#endif
