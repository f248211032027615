/* What the parts of program_build share. Only for program/. */
#ifndef SORTIE_PROGRAM_BUILDING_H
#define SORTIE_PROGRAM_BUILDING_H

#include "program/route.h"
#include "solver/column.h"

enum chain_kind { CHAIN_AIRFRAMES, CHAIN_CREWS, CHAIN_PARKING, CHAIN_HOURS };

/* A resource over time: what is free of it may never fall below 0. */
struct chain_key {
    enum chain_kind kind;
    int32_t a, b; /* group and airfield; airfield and 0; crew and rolling limit */
    struct program_tanks tanks;
};

/* Some of it is taken (amount > 0) or given (< 0) at an instant, by a column or, where that is -1, by nobody. What is
 * given at an instant can be taken at it. */
struct change {
    struct chain_key key;
    sec_t at;
    int32_t column;
    int64_t amount;
};

struct building {
    const struct instance *inst;
    struct program *program;
    struct groups groups;
    int64_t most_columns;
    struct change *change;
    size_t n_changes, room;
    int32_t *demand_row;             /* [n_demands] */
    int32_t *arrivals_row, *pax_row; /* [caps of all limits, in order]; -1: not needed yet */
    int32_t *inspection_row;         /* [airframe groups] the same */
};

void building_change(struct building *b, struct chain_key key, sec_t at, int32_t column, int64_t amount);
/* What a mission by itself asks of what all share: parking, arrivals, and for the two who fly it places and hours. */
void building_present(struct building *b, const struct route *route, int32_t column, bool loads_first);
void building_airframe(struct building *b, const struct route *route, int32_t group, int32_t column);
void building_crew(struct building *b, const struct route *route, int32_t group, int32_t column);
/* Passengers of a ride: the demand's row and every cap. */
void building_ride(struct building *b, const struct route *route, const struct ride *ride, int32_t column, int64_t pax);

bool building_airframe_may(const struct building *b, const struct route *route, int32_t group);
bool building_crew_may(const struct building *b, const struct route *route, int32_t group);

/* Columns and rows of a route. */
void building_route(struct building *b, const struct route *route);
/* Rows and stock columns of all changes. */
void building_chains(struct building *b);

#endif
