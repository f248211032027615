/* The shortest way between two airfields as points on a map: the geodesic on WGS84, the same that distances come from.
 */
#ifndef SORTIE_EXPORT_GREAT_CIRCLE_H
#define SORTIE_EXPORT_GREAT_CIRCLE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/error.h"
#include "model/instance.h"

/* Points are 100 km apart at most. */
#define GREAT_CIRCLE_STEP_M 100e3

struct track_point {
    double lat, lon; /* degrees; a longitude of 180 has the sign of the side that the line comes from or goes to */
    bool begins;     /* a new line: the first, and where the antimeridian or a pole is passed */
};

struct track {
    struct track_point *point;
    size_t n, cap;
};

void track_init(struct track *track);
void track_release(struct track *track);

/* Replaces the points by those from `from` to `to`, both included. Every line has two points at least; no two points of
 * a line are 180 degrees of longitude or more apart. */
bool track_set(struct track *track, const struct airfield *from, const struct airfield *to, struct error *err);

#endif
