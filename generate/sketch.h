/* An instance in the making: what the families fill in and sketch_write turns into an instance file. Whole numbers
 * only, so that a seed means the same bytes on every machine. */
#ifndef SORTIE_GENERATE_SKETCH_H
#define SORTIE_GENERATE_SKETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "io/show_text.h"

enum { MOST_FIELDS = 64, MOST_FRAMES = 400, MOST_CREWS = 1200, MOST_DEMANDS = 2000, MOST_LIMITS = 16, MOST_DAYS = 60 };
enum { DAY_MIN = 1440, NONE = -1 };

/* Minutes count from the start of the horizon; NONE: left out. */
struct sketch_field {
    char country[3];
    int32_t lat, lon; /* thousandths of a degree */
    int32_t runway_ft, mog;
    int32_t open_from, open_until; /* of the day */
    bool fuel;
};

struct sketch_demand {
    int32_t origin, destination; /* fields */
    int32_t pax, kg;
    int32_t pickup_from, pickup_until, delivery_until;
    int32_t lot, aboard_min, escort_per, onload_min, penalty, delay;
    const char *category; /* NULL: none */
    bool together;
};

struct sketch_frame {
    int32_t type, at;
    bool anywhere; /* may be left anywhere */
};

struct sketch_crew {
    int32_t type, at, last_duty_end, flown_min; /* last_duty_end before the start: below 0; 0: none */
    bool augmented, anywhere;
};

/* Of all airfields of a country: a day's most arrivals and passengers, and the hours of the day that are cleared. */
struct sketch_limit {
    char country[3];
    int32_t arrivals, pax, clear_from, clear_until;
};

struct sketch {
    char name[96];
    int32_t days;
    int32_t step_min, show_min, rest_min, rolling_days, rolling_min;
    const char *type[4]; /* ids of the catalogue */
    int32_t n_types;
    const char *apart[2]; /* categories kept apart; NULL: none */
    struct sketch_field field[MOST_FIELDS];
    struct sketch_frame frame[MOST_FRAMES];
    struct sketch_crew crew[MOST_CREWS];
    struct sketch_demand demand[MOST_DEMANDS];
    struct sketch_limit limit[MOST_LIMITS];
    int32_t n_fields, n_frames, n_crews, n_demands, n_limits;
};

/* The instance file. */
void sketch_write(const struct sketch *sketch, struct text *to);

#endif
