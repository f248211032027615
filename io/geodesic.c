/* A geodesic is a great circle on an auxiliary sphere of reduced latitudes; length and longitude are integrals along it
 * (Bessel 1825; Karney, Algorithms for geodesics, J. Geodesy 87, 2013, equations 7, 8, 45). The integrals are taken by
 * Gauss–Legendre, as what they are of is nearly constant. */
#include "io/geodesic.h"

#include <math.h>
#include <stdbool.h>

#define EQUATORIAL_M 6378137.0
#define FLATTENING   (1 / 298.257223563)
#define POLAR_M      (EQUATORIAL_M * (1 - FLATTENING))
#define RADIAN       (M_PI / 180)

enum { ROUNDS = 40, BISECTIONS = 60 };

/* A great circle crosses the equator northward at azimuth alpha0; the arc begins `from` after that. */
struct arc {
    double sin_alpha0, from, length; /* radians */
};

/* Of the integrand of length (metres by the polar radius) or of longitude over the arc. */
static double integrate(const struct arc *arc, bool longitude)
{
    static const double node[] = {0.14887433898163122, 0.43339539412924719, 0.67940956829902441, 0.86506336668898451,
                                  0.97390652851717172};
    static const double weight[] = {0.29552422471475287, 0.26926671930999635, 0.21908636251598204, 0.14945134915058059,
                                    0.06667134430868814};
    double e2 = FLATTENING * (2 - FLATTENING) / ((1 - FLATTENING) * (1 - FLATTENING));
    double k2 = e2 * (1 - arc->sin_alpha0 * arc->sin_alpha0), half = arc->length / 2, sum = 0;
    for (int i = 0; i < 10; i++) {
        double s = sin(arc->from + half * (1 + (i < 5 ? node[i] : -node[i - 5])));
        double root = sqrt(1 + k2 * s * s);
        sum += weight[i % 5] * (longitude ? (2 - FLATTENING) / (1 + (1 - FLATTENING) * root) : root);
    }
    return sum * half;
}

/* The arc between reduced latitudes, given the difference of longitudes on the sphere. */
static struct arc arc_over(double beta1, double beta2, double omega)
{
    double east = cos(beta2) * sin(omega), north = cos(beta1) * sin(beta2) - sin(beta1) * cos(beta2) * cos(omega);
    double sine = hypot(east, north), cosine = sin(beta1) * sin(beta2) + cos(beta1) * cos(beta2) * cos(omega);
    struct arc arc = {.length = atan2(sine, cosine)};
    if (sine > 0) {
        arc.sin_alpha0 = cos(beta1) * east / sine;
        arc.from = atan2(sin(beta1), cos(beta1) * north / sine);
    }
    return arc;
}

/* The arc that leaves beta1 at azimuth alpha1 and first comes to beta2; *lambda: how far east that is on the ellipsoid.
 * beta1 <= 0, |beta2| <= |beta1|. */
static struct arc arc_at(double beta1, double beta2, double alpha1, double *lambda)
{
    double sin_alpha0 = sin(alpha1) * cos(beta1), north1 = cos(alpha1) * cos(beta1);
    double north2 = sqrt(fmax(0, north1 * north1 + (cos(beta2) - cos(beta1)) * (cos(beta2) + cos(beta1))));
    struct arc arc = {.sin_alpha0 = sin_alpha0, .from = atan2(sin(beta1), north1)};
    arc.length = fmax(0, atan2(sin(beta2), north2) - arc.from);
    double omega = atan2(sin_alpha0 * sin(beta2), north2) - atan2(sin_alpha0 * sin(beta1), north1);
    *lambda = omega - FLATTENING * sin_alpha0 * integrate(&arc, true);
    return arc;
}

/* Nearly opposite points: lambda rises with alpha1. */
static struct arc bisect(double beta1, double beta2, double lambda)
{
    bool turned =
        fabs(beta2) > fabs(beta1); /* the arc is sought from the point farther from the equator, in the south */
    double begin = turned ? beta2 : beta1, end = turned ? beta1 : beta2, side = begin >= 0 ? -1 : 1;
    double first = fmin(side * begin, -1e-15); /* on the equator atan2 would not know where it is */
    double from = 0, until = M_PI, at;
    struct arc arc = {0};
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = (from + until) / 2;
        arc = arc_at(first, side * end, middle, &at);
        *(at < lambda ? &from : &until) = middle;
    }
    if (side < 0)
        arc.from += M_PI;
    if (turned)
        arc.from = M_PI - (arc.from + arc.length);
    return arc;
}

void geodesic_between(struct geodesic_line *line, double lat1, double lon1, double lat2, double lon2)
{
    if (fabs(lat1) == 90) /* a pole is on every meridian */
        lon1 = lon2;
    else if (fabs(lat2) == 90)
        lon2 = lon1;
    double beta1 = atan((1 - FLATTENING) * tan(lat1 * RADIAN)), beta2 = atan((1 - FLATTENING) * tan(lat2 * RADIAN));
    double east = remainder(lon2 - lon1, 360), lambda = fabs(east) * RADIAN, omega = lambda, change = 1;
    struct arc arc = {0};
    for (int i = 0; i < ROUNDS && fabs(change) > 1e-15 && omega < M_PI; i++) {
        arc = arc_over(beta1, beta2, omega);
        double next = lambda + FLATTENING * arc.sin_alpha0 * integrate(&arc, true);
        change = next - omega;
        omega = next;
    }
    if (fabs(change) > 1e-12 || omega > M_PI)
        arc = bisect(beta1, beta2, lambda);
    *line = (struct geodesic_line){.metres = POLAR_M * integrate(&arc, false),
                                   .sin_alpha0 = arc.sin_alpha0,
                                   .from = arc.from,
                                   .length = arc.length,
                                   .lon = lon1,
                                   .side = east < 0 ? -1 : 1};
}

double geodesic_m(double lat1, double lon1, double lat2, double lon2)
{
    struct geodesic_line line;
    geodesic_between(&line, lat1, lon1, lat2, lon2);
    return line.metres;
}

void geodesic_position(const struct geodesic_line *line, double metres, double *lat, double *lon)
{
    double sin0 = line->sin_alpha0, cos0 = sqrt(fmax(0, 1 - sin0 * sin0));
    struct arc arc = {sin0, line->from, line->metres > 0 ? line->length * metres / line->metres : 0};
    for (int i = 0; i < 4; i++) /* metres grow with the arc nearly evenly */
        arc.length += (metres / POLAR_M - integrate(&arc, false));
    double sigma = arc.from + arc.length;
    *lat = atan2(cos0 * sin(sigma), (1 - FLATTENING) * hypot(cos0 * cos(sigma), sin0)) / RADIAN;
    double omega = atan2(sin0 * sin(sigma), cos(sigma)) - atan2(sin0 * sin(arc.from), cos(arc.from));
    if (omega < -1e-9)
        omega += 2 * M_PI;
    double lambda = omega - FLATTENING * sin0 * integrate(&arc, true);
    *lon = remainder(line->lon + line->side * lambda / RADIAN, 360);
}
