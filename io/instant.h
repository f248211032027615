/* Instants as text: ISO 8601, UTC, to the second, "2025-01-23T12:00:00Z"; years 1970 to 2199. */
#ifndef SORTIE_IO_INSTANT_H
#define SORTIE_IO_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#define INSTANT_SIZE    32
#define SECONDS_PER_DAY 86400

/* Seconds since 1970-01-01T00:00:00Z. False where `text` has another form or is no such date. */
bool instant_parse(const char *text, int64_t *unix_time);

/* Any year. Returns `to`. */
const char *instant_print(int64_t unix_time, char to[INSTANT_SIZE]);

/* "06:00" to seconds after midnight; "24:00" is 86400. */
bool time_of_day_parse(const char *text, int64_t *seconds);

/* a / b rounded down, b > 0. */
static inline int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

#endif
