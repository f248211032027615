/* What searches for loads of one route found, for the same airfields at other times: there passengers earn about as
 * much, so who earned too little mostly does again. */
#ifndef SORTIE_SOLVER_LOAD_MEMORY_H
#define SORTIE_SOLVER_LOAD_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A ride that the times allowed, by load stop, unload stop and demand. */
struct known_ride {
    int32_t from, to, demand;
    int32_t most;       /* passengers */
    double value;       /* per passenger, at its most favourable */
    double first, last; /* what loading at the first stop, unloading at the last costs whoever does it, once */
};

struct load_memory;

struct load_memory *load_memory_new(void); /* NULL: out of memory */
void load_memory_free(struct load_memory *memory);

/* No load of these rides [n, in order] over the airfields [stops] earns more, tolls paid: INFINITY where nothing is
 * known. seats: of the aircraft. */
double load_memory_most(const struct load_memory *memory, const int32_t *airfield, int32_t stops,
                        const struct known_ride *ride, size_t n, int32_t seats);

/* Remembers that none earns more than `most`. What does not fit in is forgotten. */
void load_memory_keep(struct load_memory *memory, const int32_t *airfield, int32_t stops, const struct known_ride *ride,
                      size_t n, double most);

#endif
