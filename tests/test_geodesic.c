/* Distances, against PROJ's geodesics and against lengths known by hand. */
#include <geodesic.h>
#include <math.h>

#include "io/geodesic.h"
#include "tests/random_instance.h"
#include "tests/tests.h"

static void known(void)
{
    /* A quarter of a meridian is 10,001,965.729 m; along the equator a degree is 2 pi 6,378,137 m / 360. */
    CU_ASSERT_DOUBLE_EQUAL(geodesic_m(0, 0, 90, 0), 10001965.7293, 1e-4);
    CU_ASSERT_DOUBLE_EQUAL(geodesic_m(0, 10, 0, 11), 6378137 * M_PI / 180, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(geodesic_m(0, 179.5, 0, -179.5), 6378137 * M_PI / 180, 1e-6);
    /* From pole to pole, and between opposite points of the equator: over a pole. */
    CU_ASSERT_DOUBLE_EQUAL(geodesic_m(90, 0, -90, 77), 20003931.4586, 1e-4);
    CU_ASSERT_DOUBLE_EQUAL(geodesic_m(0, 0, 0, 180), 20003931.4586, 1e-4);
    CU_ASSERT_EQUAL(geodesic_m(51.5, -0.1, 51.5, -0.1), 0);
}

static double random_in(uint64_t *state, double least, double most)
{
    return least + (most - least) * (double)(random_draw(state) >> 11) / 9007199254740992.0;
}

/* All over the earth; near each other; nearly opposite; on one meridian; on the equator; from a pole. */
static void against_proj(void)
{
    struct geod_geodesic earth;
    struct geod_geodesicline way;
    struct geodesic_line line;
    uint64_t state = 1;
    double worst = 0, worst_place = 0, metres, azimuth, lat, lon, place_lat, place_lon, off;
    geod_init(&earth, 6378137, 1 / 298.257223563);
    for (int i = 0; i < 60000; i++) {
        double lat1 = random_in(&state, -89, 89), lon1 = random_in(&state, -180, 180);
        double lat2 = random_in(&state, -90, 90), lon2 = random_in(&state, -180, 180);
        switch (i % 6) {
        case 1:
            lat2 = lat1 + random_in(&state, 0, 1e-3), lon2 = lon1 + random_in(&state, 0, 1e-3);
            break;
        case 2:
            lat2 = -lat1 + random_in(&state, -1, 1), lon2 = lon1 + 180 + random_in(&state, -1, 1);
            break;
        case 3:
            lon2 = lon1;
            break;
        case 4:
            lat1 = lat2 = 0;
            break;
        case 5:
            lat1 = 90;
            break;
        }
        geod_inverse(&earth, lat1, lon1, lat2, lon2, &metres, &azimuth, NULL);
        geodesic_between(&line, lat1, lon1, lat2, lon2);
        worst = fmax(worst, fabs(line.metres - metres));
        double at = metres * random_in(&state, 0, 1);
        geod_lineinit(&way, &earth, lat1, lon1, azimuth, 0);
        geod_position(&way, at, &lat, &lon, NULL);
        geodesic_position(&line, at, &place_lat, &place_lon);
        geod_inverse(&earth, lat, lon, place_lat, place_lon, &off, NULL, NULL);
        worst_place = fmax(worst_place, off);
    }
    CU_ASSERT(worst < 1e-5);
    CU_ASSERT(worst_place < 0.1); /* between nearly opposite points; elsewhere a micrometre */
}

void add_geodesic_tests(CU_pSuite suite)
{
    CU_add_test(suite, "known lengths", known);
    CU_add_test(suite, "as PROJ has them", against_proj);
}
