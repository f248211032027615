/* The mixing step of splitmix64 (Steele, Lea and Flood 2014): bits that look random from bits that differ a little. */
#ifndef SORTIE_SOLVER_MIX_H
#define SORTIE_SOLVER_MIX_H

#include <stdint.h>

static inline uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

#endif
