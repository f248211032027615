/* Random numbers that are the same everywhere: splitmix64. */
#ifndef SORTIE_GENERATE_CHANCE_H
#define SORTIE_GENERATE_CHANCE_H

#include <stdint.h>

struct chance {
    uint64_t state;
};

static inline uint64_t chance_draw(struct chance *chance)
{
    chance->state += 0x9e3779b97f4a7c15u;
    uint64_t z = chance->state;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* least <= ... <= most */
static inline int32_t chance_in(struct chance *chance, int32_t least, int32_t most)
{
    return least + (int32_t)(chance_draw(chance) % (uint64_t)((int64_t)most - least + 1));
}

/* True `of_1000` times in a thousand. */
static inline int chance_is(struct chance *chance, int32_t of_1000)
{
    return chance_in(chance, 0, 999) < of_1000;
}

#endif
