/* The clock for durations. Never goes into an answer. */
#ifndef SORTIE_MODEL_CLOCK_H
#define SORTIE_MODEL_CLOCK_H

#include <time.h>

/* Seconds on the monotonic clock, from any beginning. */
static inline double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

#endif
