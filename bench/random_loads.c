/* Load plans of random missions with ten demands in the 188 seats of a C-17A: how many are proven best in 100 ms.
 *
 *   make build/random_loads && build/random_loads [LOADS [SEED]]        default: 100 of each kind, seed 1
 *
 * A table with tabs between the columns, a line for each number of free seats and of places where people unload: loads,
 * those proven, those proven in 100 ms, and milliseconds (median, 95 of 100, most). */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "loadplan/planner.h"

enum { DEMANDS = 10, ZONES = 6, POSITIONS = 4, MOST_PLACES = 5, SEATS = 188 };

struct world {
    struct instance inst;
    struct aircraft_type type;
    struct configuration configuration;
    struct cabin cabin;
    struct cabin_zone zone[ZONES];
    struct cabin_position position[POSITIONS];
    struct airframe airframe;
    struct demand demand[DEMANDS];
    struct stop stop[MOST_PLACES + 1];
    struct ride ride[DEMANDS];
    struct mission mission;
};

static uint64_t draw(uint64_t *state, uint64_t least, uint64_t most)
{
    *state += 0x9e3779b97f4a7c15u;
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return least + (z ^ z >> 31) % (most - least + 1);
}

/* The layout "nine-seat-pallets" of the catalogue. */
static void make_cabin(struct world *w)
{
    static const struct cabin_zone zone[ZONES] = {{"Z1", 32, 1.7},  {"Z2", 31, 5.1},  {"Z3", 32, 8.5},
                                                  {"Z4", 31, 11.9}, {"Z5", 31, 15.3}, {"Z6", 31, 18.7}};
    static const struct cabin_position position[POSITIONS] = {
        {"R1", 4536000, 21.9}, {"R2", 4536000, 21.9}, {"R3", 4536000, 24.7}, {"R4", 4536000, 24.7}};
    for (int z = 0; z < ZONES; z++)
        w->zone[z] = zone[z];
    for (int q = 0; q < POSITIONS; q++)
        w->position[q] = position[q];
    w->cabin = (struct cabin){.zone = w->zone,
                              .n_zones = ZONES,
                              .position = w->position,
                              .n_positions = POSITIONS,
                              .empty_mass = 128140000,
                              .empty_arm = 12.7,
                              .cg_from = 11.9,
                              .cg_until = 13.3};
}

/* Ten demands that leave `free` seats, each to one of `places`. Shares are drawn between 1 and 10. */
static void make_load(struct world *w, int free, int places, uint64_t *state)
{
    int64_t share[DEMANDS], shares = 0, seated = 0, people = SEATS - free;
    for (int d = 0; d < DEMANDS; d++)
        shares += share[d] = (int64_t)draw(state, 1, 10);
    for (int d = 0; d < DEMANDS; d++) {
        int64_t until = 0, baggage = (int64_t)draw(state, 8000, 25000);
        for (int k = 0; k <= d; k++)
            until += share[k];
        until = until * people / shares;
        int32_t to = (int32_t)draw(state, 1, (uint64_t)places);
        w->demand[d] = (struct demand){.id = "D",
                                       .destination = to,
                                       .pax = (int32_t)(until - seated),
                                       .pax_mass = (gram_t)draw(state, 60000, 95000) + baggage,
                                       .pax_baggage = baggage,
                                       .category = -1,
                                       .smallest_lot = 1};
        w->ride[d] = (struct ride){d, w->demand[d].pax, 0, to};
        seated = until;
    }
    w->mission.n_stops = (size_t)places + 1;
}

static void make_world(struct world *w)
{
    *w = (struct world){.configuration = {.id = "all", .seats = SEATS, .cabin = &w->cabin},
                        .type = {.id = "T", .configuration = &w->configuration, .n_configurations = 1},
                        .airframe = {.id = "A"},
                        .inst = {.type = &w->type,
                                 .n_types = 1,
                                 .airframe = &w->airframe,
                                 .n_airframes = 1,
                                 .demand = w->demand,
                                 .n_demands = DEMANDS},
                        .mission = {.stop = w->stop, .ride = w->ride, .n_rides = DEMANDS}};
    make_cabin(w);
    for (int32_t s = 0; s <= MOST_PLACES; s++)
        w->stop[s] = (struct stop){.airfield = s};
}

/* Of the processor, whatever else the machine does. */
static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool measure(struct world *w, int free, int places, int loads, uint64_t seed, double *ms)
{
    int proven = 0, soon = 0;
    uint64_t state = seed * 1000 + (uint64_t)(free * 10 + places);
    for (int i = 0; i < loads; i++) {
        struct load_plan *plan;
        make_load(w, free, places, &state);
        double began = milliseconds();
        enum load_answer answer = load_plan_best(&w->inst, &w->mission, LOAD_NODES, &plan);
        ms[i] = milliseconds() - began;
        if (answer == LOAD_NO_MEMORY)
            return false;
        proven += plan && plan->proven;
        soon += plan && plan->proven && ms[i] <= 100;
        load_plan_free(plan);
    }
    qsort(ms, (size_t)loads, sizeof *ms, rising);
    printf("%d\t%d\t%d\t%d\t%d\t%.1f\t%.1f\t%.1f\n", free, places, loads, proven, soon, ms[loads / 2],
           ms[loads * 95 / 100], ms[loads - 1]);
    return true;
}

int main(int argc, char **argv)
{
    static const int free_seats[] = {0, 5, 20, 60}, places[] = {1, 2, 3};
    struct world w;
    int loads = argc > 1 ? atoi(argv[1]) : 100;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    double *ms = loads > 0 ? calloc((size_t)loads, sizeof *ms) : NULL;
    bool ok = ms != NULL;
    make_world(&w);
    printf("free\tplaces\tloads\tproven\tin_100_ms\tmedian\tp95\tmost\n");
    for (int f = 0; f < 4 && ok; f++)
        for (int p = 0; p < 3 && ok; p++)
            ok = measure(&w, free_seats[f], places[p], loads, seed, ms);
    free(ms);
    if (!ok)
        fprintf(stderr, "usage: random_loads [LOADS [SEED]]\n");
    return ok ? 0 : 2;
}
