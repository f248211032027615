/* A copy of a route while its columns and rows are written. Only for program/. */
#ifndef SORTIE_PROGRAM_COPY_H
#define SORTIE_PROGRAM_COPY_H

#include "program/building.h"

/* One copy while it is written; -1: no such column. */
struct copy {
    struct building *b;
    const struct route *route;
    int32_t index, number; /* of the route, of the copy */
    int64_t times;         /* most that the fly column counts */
    int64_t seats;
    int32_t fly;
    int32_t pax[ROUTE_MOST_RIDES], ride[ROUTE_MOST_RIDES];
};

/* Whether the loads of several copies may be counted together: seats and numbers of passengers alone limit them. */
bool copy_is_plain(const struct copy *c);
/* Fills fly, pax and ride. */
void copy_add(struct copy *c);

#endif
