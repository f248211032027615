#include "export/great_circle.h"

#include <math.h>
#include <stdlib.h>

#include "io/geodesic.h"

/* Meridians this near to 180 degrees apart, in degrees, meet at the pole: a tenth of a metre at the equator. */
#define OPPOSITE 1e-6

void track_init(struct track *track)
{
    *track = (struct track){.point = NULL};
}

void track_release(struct track *track)
{
    free(track->point);
    track_init(track);
}

static bool add(struct track *track, double lat, double lon, bool begins, struct error *err)
{
    if (track->n == track->cap) {
        size_t cap = track->cap == 0 ? 64 : track->cap * 2;
        struct track_point *point = realloc(track->point, cap * sizeof *point);
        if (point == NULL)
            return error_set(err, ERR_MEMORY, "out of memory");
        track->point = point;
        track->cap = cap;
    }
    track->point[track->n++] = (struct track_point){.lat = lat, .lon = lon, .begins = begins};
    return true;
}

/* Where between `near` and `far` metres along the line the antimeridian is passed: by halves, to a millimetre. `side`
 * is the sign of the longitude before it. */
static double passing_lat(const struct geodesic_line *line, double near, double far, double side)
{
    double lat = 0, lon;
    while (far - near > 1e-3) {
        double middle = (near + far) / 2;
        geodesic_position(line, middle, &lat, &lon);
        if (lon * side > 0)
            near = middle;
        else
            far = middle;
    }
    geodesic_position(line, near, &lat, &lon);
    return lat;
}

/* The point at `s` metres, the last one at `before` metres; in between, the end of a line and the beginning of the next
 * where they do not belong to one. */
static bool go_on(struct track *track, const struct geodesic_line *line, double before, double s, double lat,
                  double lon, struct error *err)
{
    const double last = track->point[track->n - 1].lon;
    if (fabs(lon) == 180)
        lon = copysign(180, last);
    if (fabs(fabs(lon - last) - 180) < OPPOSITE) { /* over a pole: up one meridian, down the other */
        double pole = lat > 0 ? 90 : -90;
        return add(track, pole, last, false, err) && add(track, pole, lon, true, err) &&
               add(track, lat, lon, false, err);
    }
    if (fabs(lon - last) < 180)
        return add(track, lat, lon, false, err);
    double side = last > 0 ? 1 : -1, passed = passing_lat(line, before, s, side);
    return add(track, passed, 180 * side, false, err) && add(track, passed, -180 * side, true, err) &&
           add(track, lat, lon, false, err);
}

bool track_set(struct track *track, const struct airfield *from, const struct airfield *to, struct error *err)
{
    struct geodesic_line line;
    double lat, lon, next_lon, before = 0;
    geodesic_between(&line, from->lat, from->lon, to->lat, to->lon);
    size_t pieces = (size_t)ceil(line.metres / GREAT_CIRCLE_STEP_M);
    pieces = pieces < 1 ? 1 : pieces;
    track->n = 0;
    lon = from->lon;
    geodesic_position(&line, line.metres / (double)pieces, &lat, &next_lon);
    if (fabs(lon) == 180 && fabs(next_lon) != 180)
        lon = copysign(180, next_lon);
    bool good = add(track, from->lat, lon, true, err);
    for (size_t i = 1; good && i <= pieces; i++) {
        double s = line.metres * (double)i / (double)pieces;
        geodesic_position(&line, s, &lat, &lon);
        if (i == pieces)
            lat = to->lat, lon = to->lon;
        good = go_on(track, &line, before, s, lat, lon, err);
        before = s;
    }
    return good;
}
