/* Columns and rows of one copy of a route: that it is flown, and who is aboard. */
#include <stdlib.h>
#include <string.h>

#include "program/copy.h"

static const struct demand *demand_of(const struct copy *c, int32_t r)
{
    return &c->b->inst->demand[c->route->ride[r].demand];
}

static bool on_sortie(const struct ride *ride, int32_t i)
{
    return ride->from_stop <= i && i < ride->to_stop;
}

static int64_t common_divisor(int64_t x, int64_t y)
{
    while (y != 0) {
        int64_t rest = x % y;
        x = y;
        y = rest;
    }
    return x;
}

/* Seconds from the start of the pickup window to unloading. */
static sec_t waited(const struct copy *c, int32_t r)
{
    return c->route->stop[c->route->ride[r].to_stop].handling_start - demand_of(c, r)->pickup.from;
}

/* --- what a route asks for
 * --------------------------------------------------------------------------------------------- */

/* Passengers of the two rides are on one sortie and may not be. */
static bool rides_apart(const struct copy *c, int32_t r, int32_t k)
{
    const struct ride *x = &c->route->ride[r], *y = &c->route->ride[k];
    return x->demand != y->demand && x->from_stop < y->to_stop && y->from_stop < x->to_stop &&
           demands_apart(c->b->inst, x->demand, y->demand);
}

static sec_t own_time(const struct copy *c, int32_t r, bool loads)
{
    return loads ? demand_of(c, r)->onload : demand_of(c, r)->offload;
}

static int32_t stop_of(const struct ride *ride, bool loads)
{
    return loads ? ride->from_stop : ride->to_stop;
}

/* No ride before r handles the same demand at the same stop in the same direction. */
static bool first_visit(const struct copy *c, int32_t r, bool loads)
{
    const struct ride *ride = c->route->ride;
    for (int32_t k = 0; k < r; k++)
        if (ride[k].demand == ride[r].demand && stop_of(&ride[k], loads) == stop_of(&ride[r], loads))
            return false;
    return true;
}

/* The demands' own handling times may come to more than there is at stop s. */
static bool handling_binds(const struct copy *c, int32_t s)
{
    const struct stop *stop = &c->route->stop[s];
    sec_t sum = 0;
    for (int32_t r = 0; r < c->route->n_rides; r++)
        for (int loads = 0; loads < 2; loads++)
            if (stop_of(&c->route->ride[r], loads) == s && first_visit(c, r, loads))
                sum += own_time(c, r, loads);
    return sum > stop->handling_end - stop->handling_start;
}

static gram_t heaviest(const struct demand *d)
{
    gram_t each = d->pax_mass + (d->freight + d->pax - 1) / d->pax;
    return d->escort_per > 0 && d->escort_mass > each ? d->escort_mass : each;
}

static bool payload_binds(const struct copy *c, int32_t i)
{
    gram_t each = 0;
    for (int32_t r = 0; r < c->route->n_rides; r++)
        if (on_sortie(&c->route->ride[r], i) && heaviest(demand_of(c, r)) > each)
            each = heaviest(demand_of(c, r));
    return each * c->seats > c->route->carries[i];
}

/* 3600ths of a hundredth by which the delay of one passenger on ride r exceeds whole hundredths. */
static int64_t delay_rest(const struct copy *c, int32_t r)
{
    return waited(c, r) % 3600 * (demand_of(c, r)->delay_cost % 3600) % 3600;
}

static bool delay_is_whole(const struct copy *c, int32_t demand)
{
    for (int32_t r = 0; r < c->route->n_rides; r++)
        if (c->route->ride[r].demand == demand && delay_rest(c, r) != 0)
            return false;
    return true;
}

bool copy_is_plain(const struct copy *c)
{
    const struct route *route = c->route;
    for (int32_t s = 0; s <= route->n; s++)
        if (route->must_work[s] || handling_binds(c, s) || (s < route->n && payload_binds(c, s)))
            return false;
    for (int32_t r = 0; r < route->n_rides; r++) {
        const struct demand *d = demand_of(c, r);
        if (d->together || d->smallest_lot > 1 || d->escort_per > 0 || !delay_is_whole(c, route->ride[r].demand))
            return false;
        for (int32_t k = 0; k < r; k++)
            if (rides_apart(c, r, k))
                return false;
    }
    return true;
}

/* --- columns
 * ----------------------------------------------------------------------------------------------------------- */

static struct program_column column_of(const struct copy *c, enum program_column_kind kind, int64_t upper)
{
    return (struct program_column){.kind = kind,
                                   .route = c->index,
                                   .copy = c->number,
                                   .group = -1,
                                   .demand = -1,
                                   .load_stop = -1,
                                   .unload_stop = -1,
                                   .upper = upper,
                                   .integer = true};
}

/* A column about a demand, or a ride of it. */
static int32_t add_column(const struct copy *c, enum program_column_kind kind, int64_t upper, int32_t demand,
                          int32_t load_stop, int32_t unload_stop)
{
    struct program_column column = column_of(c, kind, upper);
    column.demand = demand;
    column.load_stop = load_stop;
    column.unload_stop = unload_stop;
    return program_add_column(c->b->program, column, "%s_R%dc%d_%d_%d_d%d_%s", program_column_text(kind), c->index,
                              c->number, load_stop < 0 ? 0 : load_stop, unload_stop < 0 ? 0 : unload_stop, demand,
                              c->b->inst->demand[demand].id);
}

static int32_t add_row(const struct copy *c, enum program_sense sense, int64_t rhs, const char *what, int32_t k)
{
    return program_add_row(c->b->program, sense, rhs, "%s_R%dc%d_%d", what, c->index, c->number, k);
}

/* Puts passengers of ride r into a row, `each` for one. */
static void put_pax(const struct copy *c, int32_t row, int32_t r, int64_t each)
{
    const struct demand *d = demand_of(c, r);
    if (d->together)
        program_add_entry(c->b->program, row, c->ride[r], each * d->pax);
    else
        program_add_entry(c->b->program, row, c->pax[r], each);
}

static cent_t fly_cost(const struct copy *c)
{
    const struct route *route = c->route;
    cent_t cost = c->b->inst->type[route->type].cost_per_mission;
    for (int32_t i = 0; i < route->n; i++) {
        const struct leg *leg =
            instance_leg(c->b->inst, route->type, route->stop[i].airfield, route->stop[i + 1].airfield);
        cost += leg->cost + leg->fee;
    }
    return cost;
}

static void add_fly(struct copy *c)
{
    const struct route *route = c->route;
    const struct instance *inst = c->b->inst;
    char way[PROGRAM_NAME] = "";
    for (int32_t s = 0; s <= route->n; s++) {
        size_t used = strlen(way);
        const char *id = inst->airfield[route->stop[s].airfield].id;
        if (used + 10 < sizeof way) {
            way[used] = '_';
            strncpy(&way[used + 1], id, 8);
            way[used + 9] = '\0';
        }
    }
    struct program_column column = column_of(c, COLUMN_FLY, c->times);
    column.cost = fly_cost(c);
    c->fly = program_add_column(c->b->program, column, "fly_R%dc%d_t%lld%s", c->index, c->number,
                                (long long)route->stop[0].departure, way);
    building_present(c->b, route, c->fly, route->stop[0].handling_start < route->stop[0].departure);
}

static bool needs_binary(const struct copy *c, int32_t r)
{
    const struct ride *ride = &c->route->ride[r];
    if (demand_of(c, r)->together || (own_time(c, r, true) > 0 && handling_binds(c, ride->from_stop)) ||
        (own_time(c, r, false) > 0 && handling_binds(c, ride->to_stop)))
        return true;
    for (int32_t k = 0; k < c->route->n_rides; k++)
        if (rides_apart(c, r, k))
            return true;
    return false;
}

static void add_rides(struct copy *c)
{
    struct program *p = c->b->program;
    for (int32_t r = 0; r < c->route->n_rides; r++) {
        const struct ride *ride = &c->route->ride[r];
        const struct demand *d = demand_of(c, r);
        int64_t most = c->times * ride->pax < d->pax ? c->times * ride->pax : d->pax;
        c->pax[r] = d->together ? -1 : add_column(c, COLUMN_PAX, most, ride->demand, ride->from_stop, ride->to_stop);
        c->ride[r] =
            needs_binary(c, r) ? add_column(c, COLUMN_RIDE, 1, ride->demand, ride->from_stop, ride->to_stop) : -1;
        if (d->together)
            building_ride(c->b, c->route, ride, c->ride[r], d->pax);
        else
            building_ride(c->b, c->route, ride, c->pax[r], 1);
        if (c->ride[r] >= 0) {
            int32_t row = add_row(c, PROGRAM_AT_MOST, 0, "flown", r);
            program_add_entry(p, row, c->ride[r], 1);
            program_add_entry(p, row, c->fly, -1);
        }
        if (!d->together && (c->ride[r] >= 0 || ride->pax < c->seats)) {
            int32_t row = add_row(c, PROGRAM_AT_MOST, 0, "most", r);
            program_add_entry(p, row, c->pax[r], 1);
            program_add_entry(p, row, c->ride[r] >= 0 ? c->ride[r] : c->fly, -ride->pax);
        }
    }
}

/* --- rows
 * -------------------------------------------------------------------------------------------------------------- */

/* The demand's rides that are aboard on sortie i are those on sortie i - 1. */
static bool same_aboard(const struct copy *c, int32_t demand, int32_t i)
{
    for (int32_t r = 0; r < c->route->n_rides && i > 0; r++)
        if (c->route->ride[r].demand == demand &&
            on_sortie(&c->route->ride[r], i) != on_sortie(&c->route->ride[r], i - 1))
            return false;
    return i > 0;
}

/* A column of at least `part` / `whole` of the demand's passengers aboard on sortie i, rounded up. */
static int32_t add_share(const struct copy *c, enum program_column_kind kind, int32_t demand, int32_t i, int64_t part,
                         int64_t whole)
{
    int64_t by = common_divisor(whole, part);
    int32_t column = add_column(c, kind, PROGRAM_NO_BOUND, demand, i, -1);
    int32_t row = program_add_row(c->b->program, PROGRAM_AT_LEAST, 0, "%s_R%dc%d_%d_d%d", program_column_text(kind),
                                  c->index, c->number, i, demand);
    program_add_entry(c->b->program, row, column, whole / by);
    for (int32_t r = 0; r < c->route->n_rides; r++)
        if (c->route->ride[r].demand == demand && on_sortie(&c->route->ride[r], i))
            put_pax(c, row, r, -part / by);
    return column;
}

/* Escorts and freight of what is aboard on a sortie; -1: counted with the passengers. */
struct company {
    int32_t escorts, freight;
};

/* Seats and payload of every sortie. */
static void limit_sorties(const struct copy *c)
{
    struct program *p = c->b->program;
    const struct route *route = c->route;
    size_t n_demands = c->b->inst->n_demands;
    struct company *with = malloc((n_demands + 1) * sizeof *with);
    if (!with) {
        p->failed = true;
        return;
    }
    for (int32_t i = 0; i < route->n; i++) {
        int32_t seats = -1, payload = -1;
        for (int32_t r = 0; r < route->n_rides; r++) {
            if (!on_sortie(&route->ride[r], i))
                continue;
            const struct demand *d = demand_of(c, r);
            int32_t k = route->ride[r].demand;
            if (seats < 0) {
                seats = add_row(c, PROGRAM_AT_MOST, 0, "seats", i);
                program_add_entry(p, seats, c->fly, -c->seats);
                if (payload_binds(c, i)) {
                    payload = add_row(c, PROGRAM_AT_MOST, 0, "payload", i);
                    program_add_entry(p, payload, c->fly, -route->carries[i]);
                }
            }
            bool first = true; /* ride of the demand on this sortie */
            for (int32_t q = 0; q < r; q++)
                first = first && !(route->ride[q].demand == k && on_sortie(&route->ride[q], i));
            bool rounds = d->freight > 0 && !d->together && d->freight % d->pax != 0;
            if (first && !same_aboard(c, k, i))
                with[k] = (struct company){-1, -1};
            if (first && d->escort_per > 0 && !d->together && with[k].escorts < 0)
                with[k].escorts = add_share(c, COLUMN_ESCORTS, k, i, 1, d->escort_per);
            if (first && rounds && payload >= 0 && with[k].freight < 0)
                with[k].freight = add_share(c, COLUMN_FREIGHT, k, i, d->freight, d->pax);
            put_pax(c, seats, r, 1);
            if (d->together)
                program_add_entry(p, seats, c->ride[r], demand_escorts(d, d->pax));
            else if (first && with[k].escorts >= 0)
                program_add_entry(p, seats, with[k].escorts, 1);
            if (payload < 0)
                continue;
            if (d->together) {
                program_add_entry(p, payload, c->ride[r], demand_mass(d, d->pax));
                continue;
            }
            put_pax(c, payload, r, d->pax_mass + (rounds ? 0 : d->freight / d->pax));
            if (first && with[k].escorts >= 0)
                program_add_entry(p, payload, with[k].escorts, d->escort_mass);
            if (first && rounds)
                program_add_entry(p, payload, with[k].freight, 1);
        }
    }
    free(with);
}

/* The column that says whether anybody of ride r's demand is handled at its stop. */
static int32_t visit_column(const struct copy *c, int32_t r, bool loads)
{
    const struct ride *ride = c->route->ride;
    int32_t n = 0, s = stop_of(&ride[r], loads);
    for (int32_t k = 0; k < c->route->n_rides; k++)
        n += ride[k].demand == ride[r].demand && stop_of(&ride[k], loads) == s;
    if (n == 1)
        return c->ride[r];
    int32_t visit = add_column(c, COLUMN_VISIT, 1, ride[r].demand, loads ? s : -1, loads ? -1 : s);
    for (int32_t k = 0; k < c->route->n_rides; k++) {
        if (ride[k].demand != ride[r].demand || stop_of(&ride[k], loads) != s)
            continue;
        int32_t row = program_add_row(c->b->program, PROGRAM_AT_MOST, 0, "visit_R%dc%d_%d_%d_%d", c->index, c->number,
                                      s, k, (int)loads);
        program_add_entry(c->b->program, row, c->ride[k], 1);
        program_add_entry(c->b->program, row, visit, -1);
    }
    return visit;
}

/* What is done at a stop: not more than there is time for, and not nothing where that takes longer. */
static void limit_stop(const struct copy *c, int32_t s)
{
    const struct route *route = c->route;
    struct program *p = c->b->program;
    if (route->must_work[s]) {
        int32_t row = add_row(c, PROGRAM_AT_LEAST, 0, "work", s);
        program_add_entry(p, row, c->fly, -1);
        for (int32_t r = 0; r < route->n_rides; r++)
            if (route->ride[r].from_stop == s || route->ride[r].to_stop == s)
                put_pax(c, row, r, 1);
    }
    if (!handling_binds(c, s))
        return;
    int32_t row =
        add_row(c, PROGRAM_AT_MOST, route->stop[s].handling_end - route->stop[s].handling_start, "handling", s);
    for (int32_t r = 0; r < route->n_rides; r++)
        for (int loads = 0; loads < 2; loads++)
            if (stop_of(&route->ride[r], loads) == s && own_time(c, r, loads) > 0 && first_visit(c, r, loads))
                program_add_entry(p, row, visit_column(c, r, loads), own_time(c, r, loads));
}

static void limit_lot(const struct copy *c, int32_t demand)
{
    const struct demand *d = &c->b->inst->demand[demand];
    struct program *p = c->b->program;
    if (d->together || d->smallest_lot <= 1)
        return;
    int32_t carries = add_column(c, COLUMN_CARRIES, 1, demand, -1, -1);
    int32_t least = program_add_row(p, PROGRAM_AT_LEAST, 0, "lot_R%dc%d_d%d", c->index, c->number, demand);
    int32_t most = program_add_row(p, PROGRAM_AT_MOST, 0, "carries_R%dc%d_d%d", c->index, c->number, demand);
    program_add_entry(p, least, carries, -d->smallest_lot);
    program_add_entry(p, most, carries, -d->pax);
    for (int32_t r = 0; r < c->route->n_rides; r++)
        if (c->route->ride[r].demand == demand) {
            put_pax(c, least, r, 1);
            put_pax(c, most, r, 1);
        }
}

/* Delay is rounded half up once for the demand: whole hundredths are charged with the passengers, and for the rest r of
 * each, in 3600ths, 3600 delay >= sum of r - 1799. */
static void charge_delay(const struct copy *c, int32_t demand)
{
    const struct demand *d = &c->b->inst->demand[demand];
    struct program *p = c->b->program;
    int64_t by = 3600;
    for (int32_t r = 0; r < c->route->n_rides; r++) {
        if (c->route->ride[r].demand != demand)
            continue;
        int64_t rest = delay_rest(c, r);
        if (d->together)
            p->column[c->ride[r]].cost = muldiv_half_up(d->pax * waited(c, r), d->delay_cost, 3600);
        else
            p->column[c->pax[r]].cost = muldiv_half_up(waited(c, r), d->delay_cost, 3600) - (rest >= 1800);
        by = common_divisor(by, rest);
    }
    if (d->together || delay_is_whole(c, demand))
        return;
    int32_t delay = add_column(c, COLUMN_DELAY, PROGRAM_NO_BOUND, demand, -1, -1);
    p->column[delay].cost = 1;
    int32_t row = program_add_row(p, PROGRAM_AT_LEAST, -(1799 / by), "delay_R%dc%d_d%d", c->index, c->number, demand);
    program_add_entry(p, row, delay, 3600 / by);
    for (int32_t r = 0; r < c->route->n_rides; r++)
        if (c->route->ride[r].demand == demand)
            put_pax(c, row, r, -(delay_rest(c, r) / by));
}

static void limit_demands(const struct copy *c)
{
    for (int32_t r = 0; r < c->route->n_rides; r++) {
        bool first = true;
        for (int32_t k = 0; k < r; k++) {
            first = first && c->route->ride[k].demand != c->route->ride[r].demand;
            if (!rides_apart(c, r, k))
                continue;
            int32_t row =
                program_add_row(c->b->program, PROGRAM_AT_MOST, 0, "apart_R%dc%d_%d_%d", c->index, c->number, k, r);
            program_add_entry(c->b->program, row, c->ride[r], 1);
            program_add_entry(c->b->program, row, c->ride[k], 1);
            program_add_entry(c->b->program, row, c->fly, -1);
        }
        if (!first || c->b->program->failed)
            continue;
        limit_lot(c, c->route->ride[r].demand);
        if (demand_of(c, r)->delay_cost > 0)
            charge_delay(c, c->route->ride[r].demand);
    }
}

void copy_add(struct copy *c)
{
    add_fly(c);
    add_rides(c);
    if (c->b->program->failed)
        return;
    limit_sorties(c);
    for (int32_t s = 0; s <= c->route->n; s++)
        limit_stop(c, s);
    limit_demands(c);
}
