/* Who rides on a route whose times are fixed: branch and bound over rides. */
#ifndef SORTIE_SOLVER_LOAD_H
#define SORTIE_SOLVER_LOAD_H

#include "solver/cabins.h"
#include "solver/duals.h"
#include "solver/stretch.h"

enum { ROUTE_STOPS = 24, MOST_WISHES = 16 };

struct route {
    int32_t n; /* stops 0 .. n */
    int32_t airfield[ROUTE_STOPS];
    sec_t arrival[ROUTE_STOPS], departure[ROUTE_STOPS];
};

/* Demands by origin and destination, and what one leg lets a type carry. */
struct lanes {
    size_t n_fields;
    int32_t *first;  /* [n_fields * n_fields + 1] into demand, at origin * n_fields + destination */
    int32_t *demand; /* [n_demands] */
    gram_t *carries; /* [n_fields * n_fields] largest payload over the leg; -1: too far even empty */
    struct stretches stretches;
    struct cabins *cabins; /* NULL: R12 asks for nothing */
};

bool lanes_init(struct lanes *lanes, const struct instance *inst, int32_t type);
void lanes_release(struct lanes *lanes);

struct load_search {
    const struct instance *inst;
    const struct lanes *lanes;
    const struct groups *groups;
    const struct duals *duals;
    int32_t airframe_group, crew_group, type;
    double threshold; /* reduced costs at or above are not wanted; `take` may lower it */
    bool few;         /* a quick look: not every number of passengers where tolls are due */
    bool all;         /* every load below the threshold, not the best of the route alone */
    int64_t work;     /* loads looked at so far; *stopped is set beyond most_work, unless that is 0 */
    int64_t most_work;
    double near;           /* loads so little better than the best of their route are not looked for; `least` says so */
    double near_share;     /* ... or by so much of what the empty mission costs */
    const double *per_pax; /* [n_demands] what branching charges for each passenger aboard ... */
    const struct lot_charge *lot; /* [n_lots] ... and for lots */
    size_t n_lots;
    double bonus;        /* most that branching gives for when unloading starts */
    bool shifted;        /* departures but the first stand for later ones, too: ... */
    struct wish {        /* ... of the last route, */
        int32_t stop;    /* > 0 */
        sec_t departure; /* no sooner, and some ride is within its time aboard that is not now */
    } wish[MOST_WISHES]; /* [n_wishes], no two alike */
    size_t n_wishes;
    sec_t grid, last_in; /* departures are multiples of it, the last block-in no later */
    bool lost_wishes;    /* there were more */
    int64_t nodes;       /* left to spend in one call */
    double least;        /* lowered to the bound of what was given up */
    bool (*take)(void *context, struct column *col,
                 double reduced_cost); /* owns col->mission; false: stop, out of memory */
    bool (*stop)(void *context);       /* asked now and then; NULL: never */
    bool *stopped;                     /* set by `stop`, or by others: all searches end */
    void *context;
    void *scratch; /* NULL at first; load_search_release */
};

/* Configuration with most seats; nothing else tells them apart in the rules. And how many those are. */
int32_t most_seats(const struct aircraft_type *type);
int32_t seats_of(const struct aircraft_type *type);

/* An empty aircraft of the type flies so far, and both runways are long enough. */
bool leg_in_range(const struct instance *inst, int32_t type, int32_t from, int32_t to);

/* Whether one airframe of the type finds parking there. Without it nothing is handled, and a mission may only begin or
 * end. */
bool finds_parking(const struct instance *inst, int32_t type, int32_t airfield);
/* Whether it is handled where the demand loads and unloads: there is parking, or it takes no time. */
bool may_handle(const struct instance *inst, int32_t type, const struct demand *demand);

/* Thousandths of nm that the type flies with `payload`; -1: more than it carries. */
mnm_t range_with(const struct aircraft_type *type, gram_t payload);

/* Least ground time of a stop between two flights of a mission. */
sec_t least_stop(const struct aircraft_type *type);

/* Largest payload that flies `nm`; -1: none. */
gram_t payload_over(const struct aircraft_type *type, mnm_t nm);

/* Seats that a passenger of the demand takes with his share of an escort, where escorts are not rounded up. */
double seats_each(const struct demand *demand);

/* One escort for so many passengers, at the most favourable, of demands together: `per` of those before, 1 at first,
 * and `own` of the next. 0: some have none. */
int32_t escorts_joint(int32_t per, int32_t own);

/* Most passengers in `seats` beside their own escorts, one for `per` of them; 0: none. */
int64_t load_seated(int64_t seats, int32_t per);

/* What taking the airframe, and parking, costs more where somebody loads before the first take-off and has to begin
 * by `until`; >= 0. */
double handling_price(const struct duals *duals, const struct instance *inst, int32_t airframe_group, int32_t type,
                      int32_t airfield, sec_t departure, sec_t until);

/* Takes every wanted load of `route`, the empty one included. base: reduced cost of the empty mission at its most
 * favourable. False when memory ran out. */
bool load_search(struct load_search *search, const struct route *route, double base);
void load_search_release(struct load_search *search);

#endif
