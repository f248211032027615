/* What those who unload at an airfield give: a level that no seat exceeds, and what is beyond it for the whole aircraft
 * (docs/model.md, "Levels"). */
#ifndef SORTIE_SOLVER_LEVELS_H
#define SORTIE_SOLVER_LEVELS_H

#include "solver/duals.h"

struct chunk { /* passengers of one demand */
    int32_t demand;
    double toll, seats; /* a seat pays at least; seats of them all */
};

/* A toll charged to all of its set that want to go to an airfield, by `price` each, but for what `free` of them pay. */
struct common_toll {
    const struct whole_load *load;
    double price, free;
};

struct levels {
    const struct instance *inst;
    const struct duals *duals;
    size_t n_fields, n_slots;
    double seats;   /* of the aircraft */
    int32_t *reach; /* [n_tolls] passengers of its set that the aircraft has room for */
    size_t *first;  /* [n_fields + 1] by destination: chunk[first[f]] .. */
    struct chunk *chunk;
    size_t n_chunks, room;
    size_t *first_common;       /* [n_fields + 1] by destination */
    struct common_toll *common; /* [n_fields * n_tolls at most] */
    double *price;              /* [n_demands] what every seat of the demand pays of them */
    double *level, *beyond;     /* [n_slots * n_fields] by arrival */
};

/* value [n_slots * n_demands]: what a seat earns that unloads a passenger of the demand after an arrival in the slot,
 * tolls apart. The levels borrow inst and duals. False: out of memory; levels_release in either case. */
bool levels_init(struct levels *levels, const struct instance *inst, const struct duals *duals, double seats,
                 const double *value, size_t n_slots);
void levels_release(struct levels *levels);

/* What a seat gives up to the level, when it earns `value` but for tolls. */
double level_value(const struct levels *levels, size_t slot, int32_t demand, double value);

/* Most that passengers who unload at the airfield give beyond `level`, by what a seat of each earns, value [n_demands];
 * those alone are aboard that are loaded [n_demands] (NULL: all), and others are of no value. */
double beyond_level(const struct levels *levels, int32_t field, double level, const double *value, const bool *loaded);

#endif
