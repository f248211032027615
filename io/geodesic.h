/* Distances and the shortest way on the WGS84 ellipsoid, and the nautical mile. */
#ifndef SORTIE_IO_GEODESIC_H
#define SORTIE_IO_GEODESIC_H

#define METRES_PER_NM 1852.0

/* The shortest way between two points, degrees north and east; also where they lie opposite each other. */
struct geodesic_line {
    double metres;                   /* within a hundredth of a millimetre */
    double sin_alpha0, from, length; /* the arc on the auxiliary sphere, radians: io/geodesic.c */
    double lon, side;                /* of the first point; 1: eastward, -1: westward */
};

void geodesic_between(struct geodesic_line *line, double lat1, double lon1, double lat2, double lon2);

/* Its length alone. */
double geodesic_m(double lat1, double lon1, double lat2, double lon2);

/* The point so many metres along the line, 0 to its length; lon from -180 to 180. */
void geodesic_position(const struct geodesic_line *line, double metres, double *lat, double *lon);

#endif
