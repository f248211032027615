/* The planning problem as plain data: what io/ fills in and everybody else reads.
 *
 * Invariants after reading (io/ guarantees them, nobody re-checks):
 *   - every index is in range; ids are unique within their array;
 *   - intervals have from <= until; `open`, `clear` are sorted and disjoint;
 *   - start is instant 0; all instants are seconds since start;
 *   - block times of flyable legs are >= 1 s.
 * Ownership: instance_release frees everything an instance points to.
 */
#ifndef SORTIE_MODEL_INSTANCE_H
#define SORTIE_MODEL_INSTANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/measure.h"
#include "model/schedule.h"

struct airfield {
    char *id;        /* ICAO code or any id */
    char *name;      /* may be "" */
    char *country;   /* may be "" */
    char *time_zone; /* IANA name, display only, may be "" */
    char iata[4];    /* code of the station, for exports, may be "" */
    double lat, lon; /* degrees north, degrees east */
    int32_t runway_ft;
    bool has_fuel;
    int32_t mog; /* parking units for handling; -1: unlimited */
    bool always_open;
    struct interval *open; /* [n_open] both ends inclusive: arrivals and departures only inside; unused if always_open */
    size_t n_open;
};

struct range_point {
    gram_t payload;
    mnm_t range;
};

struct cabin_zone {
    char *id;
    int32_t seats;
    double arm; /* any one unit, aft positive; the same unit in the whole layout */
};

struct cabin_position {
    char *id;
    gram_t largest;
    double arm;
};

/* Where people and baggage may be in a configuration; zones from the door inward. */
struct cabin {
    struct cabin_zone *zone;
    size_t n_zones;
    struct cabin_position *position;
    size_t n_positions;
    gram_t empty_mass;
    double empty_arm, cg_from, cg_until; /* zero-fuel centre of gravity, as arms */
};

struct configuration {
    char *id;
    int32_t seats;
    struct cabin *cabin; /* NULL: no load planning */
};

enum ground_work { GROUND_ONLOAD, GROUND_OFFLOAD, GROUND_ENROUTE, N_GROUND_WORK };
enum crew_kind { CREW_BASIC, CREW_AUGMENTED, N_CREW_KINDS };

struct aircraft_type {
    char *id;
    char *name;
    char icao_type[5], iata_type[4]; /* designators, for exports, may be "" */
    char wake[2];                    /* "L", "M", "H" or "J": turbulence category, for exports, may be "" */
    struct configuration *configuration; /* [n_configurations], at least one */
    size_t n_configurations;
    struct range_point *range; /* [n_range], at least one; payload strictly rising, range never rising */
    size_t n_range;
    sec_t ground[N_GROUND_WORK];
    sec_t turn;
    int32_t runway_ft;
    int32_t mog_units;
    sec_t fdp[N_CREW_KINDS]; /* 0: no such crew may fly it */
    cent_t cost_per_block_hour;
    cent_t cost_per_mission;
};

/* One leg of one type; see instance_leg. */
struct leg {
    sec_t block;  /* -1: cannot be flown (same airfield) */
    mnm_t nm;
    cent_t cost;  /* block cost, rounded once half up; the fee is apart */
    cent_t fee;
};

struct airframe {
    char *id;
    int32_t type;
    int32_t at;
    sec_t from, until;     /* SEC_EARLIEST, SEC_LATEST where not given; inclusive */
    int32_t *end_at;       /* [n_end_at] airfields */
    size_t n_end_at;
    bool end_anywhere;
    sec_t flight_limit;    /* most block seconds before inspection; -1: none */
};

struct recent_flight {
    sec_t block_in;
    sec_t block;
};

struct crew {
    char *id;
    enum crew_kind kind;
    int32_t *types; /* [n_types] qualified on */
    size_t n_types;
    int32_t at;
    sec_t from, until; /* as for airframes */
    int32_t *end_at;
    size_t n_end_at;
    bool end_anywhere;
    sec_t last_duty_end; /* SEC_NONE: none; first show is not before it plus rest */
    struct recent_flight *recent;
    size_t n_recent;
};

struct demand {
    char *id;
    int32_t origin, destination;
    int32_t pax;               /* >= 1 */
    gram_t pax_mass;           /* of one passenger with baggage */
    gram_t pax_baggage;        /* what of it goes on positions, where load plans are made */
    gram_t freight;            /* of the whole demand; goes with the passengers in proportion, rounded up */
    struct interval pickup;    /* start of loading, both ends inclusive */
    struct interval delivery;  /* start of unloading, both ends inclusive */
    bool together;
    int32_t smallest_lot;      /* 1 where not given; pax where together */
    sec_t aboard_limit;        /* -1: none */
    int32_t category;          /* index; -1: none */
    int32_t escort_per;        /* one escort per so many passengers; 0: none */
    gram_t escort_mass;        /* with baggage */
    gram_t escort_baggage;     /* as for passengers */
    sec_t onload, offload;     /* the demand's own handling time, per visit */
    cent_t penalty;            /* per passenger not moved */
    cent_t delay_cost;         /* per passenger-hour from pickup.from to the start of unloading */
};

/* A limit counts in [from, until). */
struct cap {
    sec_t from, until;
    int32_t arrivals; /* most block-ins; -1: no cap */
    int32_t pax;      /* most passengers whose unloading starts in it; -1: no cap */
};

struct limit {
    char *id;
    int32_t *airfields; /* [n_airfields] */
    size_t n_airfields;
    struct cap *cap; /* [n_caps]; calendar days are written out */
    size_t n_caps;
    bool needs_clearance;
    struct interval *clear; /* [n_clear] both ends inclusive: block-in only inside, where needs_clearance */
    size_t n_clear;
};

struct rolling_limit {
    sec_t window; /* days as seconds */
    sec_t most;   /* block seconds */
};

struct rules {
    sec_t step;
    sec_t show, post_flight, rest;
    struct rolling_limit *rolling;
    size_t n_rolling;
    bool *apart; /* [n_categories * n_categories], symmetric; apart[a*n+b]: never aboard together */
    bool *zones_apart; /* the same shape: aboard together perhaps, but never in one zone */
    cent_t change_cost;
};

struct instance {
    char *name;
    char *currency;
    int64_t start_unix; /* seconds since 1970-01-01T00:00:00Z */
    sec_t end;          /* the horizon is [0, end], both ends inclusive for take-offs and block-ins */
    struct airfield *airfield;
    size_t n_airfields;
    struct aircraft_type *type;
    size_t n_types;
    struct leg *leg; /* [n_types * n_airfields * n_airfields] */
    struct airframe *airframe;
    size_t n_airframes;
    struct crew *crew;
    size_t n_crews;
    struct demand *demand;
    size_t n_demands;
    struct limit *limit;
    size_t n_limits;
    char **category; /* [n_categories] */
    size_t n_categories;
    struct rules rules;
    struct schedule committed;
    char sha256[65]; /* of the bytes read, hexadecimal; "" where not read from a file */
};

void instance_init(struct instance *inst);
void instance_release(struct instance *inst);

/* Escorts of `pax` passengers of the demand together, and what all of them weigh with baggage and their share of the
 * freight, rounded up. For io/ and solver/; check/ counts by itself. */
int64_t demand_escorts(const struct demand *demand, int64_t pax);
gram_t demand_mass(const struct demand *demand, int64_t pax);
/* What of it goes on positions. For loadplan/ and solver/, as above. */
gram_t demand_cargo(const struct demand *demand, int64_t pax);

/* Whether passengers of the two demands may never be aboard together; a demand's own may. For solver/, as above. */
bool demands_apart(const struct instance *inst, int32_t a, int32_t b);

static inline const struct leg *instance_leg(const struct instance *inst, int32_t type, int32_t from, int32_t to)
{
    size_t n = inst->n_airfields;
    return &inst->leg[((size_t)type * n + (size_t)from) * n + (size_t)to];
}

#endif
