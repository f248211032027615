/* Tiny instances for complete enumeration, the same for the same seed everywhere. */
#ifndef SORTIE_TESTS_RANDOM_INSTANCE_H
#define SORTIE_TESTS_RANDOM_INSTANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/instance.h"

/* Fills `inst`, which the caller releases; false, with nothing left allocated, when out of memory.
 * Over a few hundred seeds every kind of rule decides the optimum of some. */
bool random_instance(uint64_t seed, struct instance *inst);

/* splitmix64: the next number, any of 64 bits. */
uint64_t random_draw(uint64_t *state);

#endif
