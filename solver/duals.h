/* The last duals as what a mission pays: functions of time, in currency units. */
#ifndef SORTIE_SOLVER_DUALS_H
#define SORTIE_SOLVER_DUALS_H

#include "solver/master.h"

/* A piecewise linear function: value + slope * (t - at) from a step's `at` to the next one's; 0 before the first. */
struct step {
    sec_t at;
    double value, slope;
};

struct steps {
    struct step *step;
    size_t n, room;
};

double steps_at(const struct steps *steps, sec_t t);

/* Smallest and largest value in [from, until]. */
double steps_least(const struct steps *steps, sec_t from, sec_t until);
double steps_most(const struct steps *steps, sec_t from, sec_t until);
/* Smallest value where `rise` is added for every second after `from`. */
double steps_least_rising(const struct steps *steps, sec_t from, sec_t until, double rise);
/* Some step begins in (from, until]. */
bool steps_change(const struct steps *steps, sec_t from, sec_t until);

struct duals {
    size_t n_fields;
    double *pax;            /* [n_demands] worth of one passenger moved */
    struct steps *airframe; /* [group * n_fields + field] paid when taken there, got when given back there */
    double
        *airframe_end; /* [group * n_fields + field] paid when given back, got when taken (<= 0 duals negated: >= 0) */
    struct steps *crew;
    double *crew_end;
    struct steps *mog;       /* [field] paid for one unit in [from, until): value(until) - value(from) */
    struct steps *arrival;   /* [field] paid by a block-in */
    struct steps *unloading; /* [field] paid by each passenger */
    struct steps *hour;      /* [crew group] paid by a block hour that ends at t */
    double *flight;          /* [(type * n_fields + from) * n_fields + to] paid by a flight, whenever; <= 0 */
    double *inspection;      /* [airframe group] paid by a block hour */
    size_t n_airframe, n_crew;
    struct toll { /* paid for each passenger wasted; ROW_LOADS */
        const struct whole_load *load;
        double amount; /* > 0 */
    } * toll;          /* [n_tolls] */
    size_t n_tolls;
    struct triple_charge {     /* ROW_TRIPLE: paid by who carries two or all of the three */
        const int32_t *demand; /* [3] */
        double amount;         /* > 0 */
    } * triple;                /* [n_triples] */
    size_t n_triples;
    size_t *first_toll; /* [n_demands + 1] tolls of demand d: toll_of[first_toll[d]] .. */
    int32_t *toll_of;
    struct charge {
        const struct branch *branch;
        double amount; /* paid for each; negative: earned */
    } * charge;        /* [n_charges] */
    size_t n_charges;
};

static inline double flight_price(const struct duals *duals, int32_t type, int32_t from, int32_t to)
{
    return duals->flight[((size_t)type * duals->n_fields + (size_t)from) * duals->n_fields + (size_t)to];
}

/* What branching charges a mission of airframe group a and crew group c whose first take-off is at `start` ... */
double charge_mission(const struct duals *duals, int32_t a, int32_t c, int32_t from, sec_t start);
/* ... for a flight that leaves at `departure`, ... */
double charge_flight(const struct duals *duals, int32_t a, int32_t c, int32_t from, int32_t to, sec_t departure);
/* ... for each passenger of a demand aboard, ... */
double charge_pax(const struct duals *duals, int32_t a, int32_t c, int32_t demand, sec_t start);
/* ... and for lots of so many: fills lot [n_charges] with those that are due; returns how many. */
struct lot_charge {
    int32_t demand, pax;
    double amount;
};
size_t charge_lots(const struct duals *duals, int32_t a, int32_t c, sec_t start, struct lot_charge *lot);
/* ... and most that unloadings may earn in one mission of the group. */
double charge_unloads(const struct duals *duals, int32_t a);
/* Most that one passenger of the demand may earn by it, whatever the first take-off. */
double charge_least(const struct duals *duals, int32_t a, int32_t c, int32_t demand);

/* cost - duals x coefficients of a finished column, in currency units; as master_reduced_cost. */
double duals_price(const struct duals *duals, const struct instance *inst, const struct column *col);

bool duals_init(struct duals *duals, const struct master *master);
void duals_release(struct duals *duals);

#endif
