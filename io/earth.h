/* The Earth as distances are measured here: WGS84, and the mile. */
#ifndef SORTIE_IO_EARTH_H
#define SORTIE_IO_EARTH_H

#include <geodesic.h>

#define METRES_PER_NM 1852.0

static inline void earth_init(struct geod_geodesic *earth)
{
    geod_init(earth, 6378137, 1 / 298.257223563);
}

#endif
