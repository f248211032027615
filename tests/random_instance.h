/* Instances of all kinds of rule, the same for the same seed everywhere. */
#ifndef SORTIE_TESTS_RANDOM_INSTANCE_H
#define SORTIE_TESTS_RANDOM_INSTANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/instance.h"

/* A tiny one for complete enumeration. Fills `inst`, which the caller releases; false, with nothing left allocated, when out of memory.
 * Over a few hundred seeds every kind of rule decides the optimum of some. */
bool random_instance(uint64_t seed, struct instance *inst);

/* The same with cabin layouts, baggage and categories that share no zone. */
bool random_cabin_instance(uint64_t seed, struct instance *inst);

/* The same, too large for enumeration: several airframes and crews, 5 to 16 demands, some days; every third on a step of
 * one second. */
bool random_middle_instance(uint64_t seed, struct instance *inst);

/* splitmix64: the next number, any of 64 bits. */
uint64_t random_draw(uint64_t *state);

#endif
