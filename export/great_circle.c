#include "export/great_circle.h"

#include <math.h>
#include <stdlib.h>

#include "io/earth.h"

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
static double passing_lat(const struct geod_geodesicline *line, double near, double far, double side)
{
    double lat = 0, lon;
    while (far - near > 1e-3) {
        double middle = (near + far) / 2;
        geod_position(line, middle, &lat, &lon, NULL);
        if (lon * side > 0)
            near = middle;
        else
            far = middle;
    }
    geod_position(line, near, &lat, NULL, NULL);
    return lat;
}

/* The point at `s` metres, the last one at `before` metres; in between, the end of a line and the beginning of the next
 * where they do not belong to one. */
static bool go_on(struct track *track, const struct geod_geodesicline *line, double before, double s, double lat,
                  double lon, struct error *err)
{
    const double last = track->point[track->n - 1].lon;
    if (fabs(lon) == 180)
        lon = copysign(180, last);
    if (fabs(lon - last) < 180)
        return add(track, lat, lon, false, err);
    if (fabs(lon - last) == 180) { /* over a pole: up one meridian, down the other */
        double pole = lat > 0 ? 90 : -90;
        return add(track, pole, last, false, err) && add(track, pole, lon, true, err) &&
               add(track, lat, lon, false, err);
    }
    double side = last > 0 ? 1 : -1, passed = passing_lat(line, before, s, side);
    return add(track, passed, 180 * side, false, err) && add(track, passed, -180 * side, true, err) &&
           add(track, lat, lon, false, err);
}

bool track_set(struct track *track, const struct airfield *from, const struct airfield *to, struct error *err)
{
    struct geod_geodesic earth;
    struct geod_geodesicline line;
    double metres, azimuth, lat, lon, next_lon, before = 0;
    earth_init(&earth);
    geod_inverse(&earth, from->lat, from->lon, to->lat, to->lon, &metres, &azimuth, NULL);
    geod_lineinit(&line, &earth, from->lat, from->lon, azimuth, 0);
    size_t pieces = (size_t)ceil(metres / GREAT_CIRCLE_STEP_M);
    pieces = pieces < 1 ? 1 : pieces;
    track->n = 0;
    lon = from->lon;
    geod_position(&line, metres / (double)pieces, NULL, &next_lon, NULL);
    if (fabs(lon) == 180 && fabs(next_lon) != 180)
        lon = copysign(180, next_lon);
    bool good = add(track, from->lat, lon, true, err);
    for (size_t i = 1; good && i <= pieces; i++) {
        double s = metres * (double)i / (double)pieces;
        geod_position(&line, s, &lat, &lon, NULL);
        if (i == pieces)
            lat = to->lat, lon = to->lon;
        good = go_on(track, &line, before, s, lat, lon, err);
        before = s;
    }
    return good;
}
