#include <math.h>
#include <stdlib.h>

#include "solver/column.h"
#include "solver/flow_facts.h"
#include "solver/flow_parts.h"
#include "solver/load.h"
#include "solver/opening.h"

/* Rows that columns are put into. */
struct rows {
    int *room, *lift;  /* [n * n] seats and payload of all flights of a leg */
    int *off, *in;     /* [n * n_periods] seats of those that leave an airfield, come to it */
    int *stand;        /* [n_types * n * n_periods] airframes that stand there at the end of a period */
    int *ready;        /* [n_types * n * n_periods] airframes that may have come early enough to leave */
    int *goes_on;      /* [n_types * n * n_periods] missions likewise */
    int *work;         /* [n * n_periods] seats of those who load there, or unload */
    int *under_way;    /* [n_types * n * n_periods] missions there at the end of a period */
    int *rested;       /* [n * n_periods] crews there */
    int *rest_ends;    /* [n] crews there in the end */
    int *duty, *watch; /* [n_types * n_periods], [(n_types + 1) * n_periods] */
    int *hours;        /* [n_types] */
    int *loads;        /* [n] seats loaded there */
    int crews;
    double missions; /* no schedule has more */
};

static int new_row(struct flow_program *f, bool equal, double rhs)
{
    return flow_add_row(f, equal, rhs, 0, NULL, NULL);
}

static bool rows_init(struct rows *r, const struct flow_program *f)
{
    size_t n = (size_t)f->n, periods = (size_t)f->n_periods, types = f->inst->n_types;
    r->room = flow_numbers(n * n);
    r->lift = flow_numbers(n * n);
    r->off = flow_numbers(n * periods);
    r->in = flow_numbers(n * periods);
    r->stand = flow_numbers(types * n * periods);
    r->ready = flow_numbers(types * n * periods);
    r->goes_on = flow_numbers(types * n * periods);
    r->work = flow_numbers(n * periods);
    r->under_way = flow_numbers(types * n * periods);
    r->rested = flow_numbers(n * periods);
    r->rest_ends = flow_numbers(n);
    r->duty = flow_numbers(types * periods);
    r->watch = flow_numbers((types + 1) * periods);
    r->hours = flow_numbers(types);
    r->loads = flow_numbers(n);
    return r->room && r->lift && r->off && r->in && r->stand && r->ready && r->goes_on && r->work && r->under_way &&
           r->rested && r->rest_ends && r->duty && r->watch && r->hours && r->loads;
}

static void rows_release(struct rows *r)
{
    free(r->room);
    free(r->lift);
    free(r->off);
    free(r->in);
    free(r->stand);
    free(r->ready);
    free(r->goes_on);
    free(r->work);
    free(r->under_way);
    free(r->rested);
    free(r->rest_ends);
    free(r->duty);
    free(r->watch);
    free(r->hours);
    free(r->loads);
}

/* The column for what is left at the end of period p, of rows that are each the difference to the one before: taken in
 * the period, there in the next. */
static int add_left(struct flow_program *f, const int *row, int32_t p, double most)
{
    struct flow_entries e = {0};
    flow_put(&e, row[p], 1);
    flow_put(&e, p + 1 < f->n_periods ? row[p + 1] : -1, -1);
    return flow_add_column(f, 0, most, &e);
}

/* A row for each period, `<=` the limit that grows from one to the next, of what has been used by its end: each is the
 * difference to the one before, and a column takes over what is left. */
static void add_chain(struct flow_program *f, int *row, const double *limit, double more)
{
    for (int32_t p = 0; p < f->n_periods; p++)
        row[p] = new_row(f, true, limit[p] - (p > 0 ? limit[p - 1] : 0));
    for (int32_t p = 0; p < f->n_periods; p++)
        add_left(f, row, p, limit[p] + more);
}

/* The first period that holds an instant more than `gap` after the beginning of period p. n_periods: none. */
static int32_t period_after(const struct flow_program *f, int32_t p, sec_t gap)
{
    sec_t at = f->cut[p] + gap;
    while (p < f->n_periods && f->cut[p + 1] <= at)
        p++;
    return p;
}

/* From a block-in at the airfield to the next elsewhere, at least. */
static sec_t next_flight(const struct flow_program *f, int32_t type, int32_t airfield, sec_t ground)
{
    return ground + flow_shortest_block_of(f->inst, type, airfield);
}

/* Periods are so short that some are over within the gap. */
static bool lags(const struct flow_program *f, sec_t gap)
{
    for (int32_t p = 0; p < f->n_periods; p++)
        if (period_after(f, p, gap) > p)
            return true;
    return false;
}

/* A row for each period: what leaves by its end was there at first or has come, at most `most` are there. */
static void add_stock(struct flow_program *f, int *row, double first, double most)
{
    for (int32_t p = 0; p < f->n_periods; p++)
        row[p] = new_row(f, true, p == 0 ? first : 0);
    for (int32_t p = 0; p < f->n_periods; p++)
        add_left(f, row, p, most);
}

/* Airframes of a type at an airfield: what leaves by the end of a period stood there or came. */
static void add_stand(struct flow_program *f, struct rows *r, int32_t type, int32_t airfield)
{
    const struct instance *inst = f->inst;
    int32_t row_at = flow_place(f, type, airfield, 0);
    int *row = &r->stand[row_at];
    double all = flow_airframes(inst, type), stand = 0, may = 0;
    for (size_t a = 0; a < inst->n_airframes; a++) {
        const struct airframe *k = &inst->airframe[a];
        bool ends = k->at == airfield || may_end_at(k->end_anywhere, k->end_at, k->n_end_at, airfield);
        stand += k->type == type && k->at == airfield;
        may += k->type == type && ends;
    }
    for (int32_t p = 0; p < f->n_periods; p++)
        row[p] = new_row(f, true, p == 0 ? stand : 0);
    if (lags(f, next_flight(f, type, airfield, flow_ground(&inst->type[type]))))
        add_stock(f, &r->ready[row_at], stand, all);
    if (lags(f, next_flight(f, type, airfield, least_stop(&inst->type[type]))))
        add_stock(f, &r->goes_on[row_at], 0, all);
    for (int32_t p = 0; p < f->n_periods; p++)
        f->stand[row_at + p] = add_left(f, row, p, p + 1 == f->n_periods ? may : all);
}

/* What unloading at a stop takes longer than the shortest, on any type. */
static sec_t longest_work(const struct instance *inst)
{
    sec_t longest = 0;
    for (size_t t = 0; t < inst->n_types; t++)
        longest = larger(longest, inst->type[t].ground[GROUND_OFFLOAD] - least_stop(&inst->type[t]));
    return longest;
}

/* Crews that fly the type (those of all types: n_types), by the end of each period. Work at the stop after it counts
 * with the flight that came there. */
static void add_watch(struct flow_program *f, struct rows *r, int32_t type, double *limit)
{
    const struct instance *inst = f->inst;
    double more = 0;
    sec_t work = longest_work(inst);
    for (int32_t p = 0; p < f->n_periods; p++) {
        sec_t sum = 0;
        for (int32_t c = 0; c < (int32_t)inst->n_crews; c++)
            if (type == (int32_t)inst->n_types || crew_flies(&inst->crew[c], type)) {
                sec_t watch = flow_on_watch(inst, c, f->cut[p + 1]);
                sum += watch > 0 ? watch + work : 0;
            }
        limit[p] = flow_hours(sum);
    }
    for (size_t t = 0; t < inst->n_types; t++)
        more = fmax(more, r->missions * flow_hours(least_stop(&inst->type[t])));
    add_chain(f, &r->watch[type * f->n_periods], limit, more);
}

static void add_type(struct flow_program *f, struct rows *r, int32_t type, double *limit)
{
    const struct instance *inst = f->inst;
    const struct aircraft_type *y = &inst->type[type];
    sec_t all = 0;
    for (int32_t i = 0; i < f->n; i++) {
        add_stand(f, r, type, i);
        for (int32_t p = 0; p < f->n_periods; p++)
            r->under_way[flow_place(f, type, i, p)] = new_row(f, true, 0);
    }
    for (size_t a = 0; a < inst->n_airframes; a++)
        if (inst->airframe[a].type == type)
            all += flow_available(inst, &inst->airframe[a]) + y->turn;
    r->hours[type] = new_row(f, false, flow_hours(all));
    double duty = flow_hours(flow_longest_duty(inst, type) + least_stop(y));
    for (int32_t p = 0; p < f->n_periods; p++)
        limit[p] = 0;
    add_chain(f, &r->duty[type * f->n_periods], limit, r->missions * duty);
    add_watch(f, r, type, limit);
}

/* Crews at an airfield: who shows for a mission with a block-in by the end of a period has stood there since the
 * beginning, or come there early enough to rest. In the end they are where they may be. */
static void add_crews(struct flow_program *f, struct rows *r, int32_t airfield)
{
    const struct instance *inst = f->inst;
    int *row = &r->rested[airfield * f->n_periods];
    double may = 0, stand = 0, before = 0;
    for (size_t c = 0; c < inst->n_crews; c++) {
        const struct crew *k = &inst->crew[c];
        may += k->at == airfield || may_end_at(k->end_anywhere, k->end_at, k->n_end_at, airfield);
        stand += k->at == airfield;
    }
    for (int32_t p = 0; p < f->n_periods; p++) {
        double come_in = 0;
        for (int32_t c = 0; c < (int32_t)inst->n_crews; c++)
            come_in += inst->crew[c].at == airfield && crew_from(inst, c) + inst->rules.show < f->cut[p + 1];
        row[p] = new_row(f, true, come_in - before);
        before = come_in;
    }
    r->rest_ends[airfield] = new_row(f, false, may - stand);
    for (int32_t p = 0; p < f->n_periods; p++)
        add_left(f, row, p, (double)inst->n_crews);
}

static void add_missions(struct flow_program *f, const struct rows *r, int32_t type)
{
    const struct instance *inst = f->inst;
    const struct aircraft_type *y = &inst->type[type];
    double duty = flow_hours(flow_longest_duty(inst, type) + least_stop(y));
    double idle = flow_hours(inst->rules.show + inst->rules.post_flight + inst->rules.rest - least_stop(y));
    sec_t off = inst->rules.post_flight + inst->rules.rest + inst->rules.show;
    double airframes = flow_airframes(inst, type);
    for (int32_t i = 0; i < f->n; i++) {
        sec_t stop = next_flight(f, type, i, least_stop(y));
        for (int32_t p = 0; p < f->n_periods; p++) {
            int32_t at = flow_place(f, type, i, p);
            int32_t again = period_after(f, p, off), goes_on = period_after(f, p, stop);
            struct flow_entries begin = {0}, end = {0}, stay = {0};
            flow_put(&begin, r->duty[type * f->n_periods + p], -duty);
            flow_put(&begin, r->hours[type], flow_hours(larger(0, y->turn - least_stop(y))));
            flow_put(&begin, r->watch[type * f->n_periods + p], idle);
            flow_put(&begin, r->watch[(int32_t)inst->n_types * f->n_periods + p], idle);
            flow_put(&begin, r->crews, 1);
            flow_put(&begin, r->under_way[at], 1);
            flow_put(&begin, r->goes_on[at], -1);
            flow_put(&begin, r->rested[i * f->n_periods + p], 1);
            flow_put(&begin, r->rest_ends[i], -1);
            f->begins[at] = flow_add_column(f, (double)y->cost_per_mission / 100.0, r->missions, &begin);
            flow_put(&end, goes_on < f->n_periods ? r->goes_on[at - p + goes_on] : -1, 1);
            flow_put(&end, r->under_way[at], -1);
            flow_put(&end, again < f->n_periods ? r->rested[i * f->n_periods + again] : -1, -1);
            flow_put(&end, r->rest_ends[i], 1);
            f->ends[at] = flow_add_column(f, 0, r->missions, &end);
            flow_put(&stay, r->under_way[at], -1);
            flow_put(&stay, p + 1 < f->n_periods ? r->under_way[at + 1] : -1, 1);
            if (p + 1 < f->n_periods)
                f->under_way[at] = flow_add_column(f, 0, airframes, &stay);
        }
    }
}

/* What a stop takes longer than the shortest where it does what is mostly done there. */
sec_t flow_works_longer(const struct flow_program *f, int32_t type, int32_t airfield, sec_t least)
{
    const struct aircraft_type *y = &f->inst->type[type];
    return larger(0, y->ground[f->loads[airfield] ? GROUND_ONLOAD : GROUND_OFFLOAD] - least);
}

/* Flights of so many airframes that block in in a period, each at least so long after the one before. */
static double most_flights(const struct flow_program *f, double airframes, int32_t p, sec_t each)
{
    return airframes * (double)(1 + (f->cut[p + 1] - f->cut[p] - 1) / each);
}

static void add_works(struct flow_program *f, const struct rows *r, int32_t type)
{
    const struct aircraft_type *y = &f->inst->type[type];
    double seats = seats_of(y), airframes = flow_airframes(f->inst, type);
    for (int32_t i = 0; i < f->n; i++)
        for (int32_t p = 0; p < f->n_periods; p++) {
            int32_t at = flow_place(f, type, i, p);
            double longer = flow_hours(flow_works_longer(f, type, i, least_stop(y)));
            struct flow_entries all = {0}, amid = {0};
            flow_put(&all, r->work[i * f->n_periods + p], -seats);
            double most = most_flights(f, airframes, p, 1 + flow_ground(y));
            f->works[at] = flow_add_column(f, 0, most, &all);
            flow_put(&amid, r->duty[type * f->n_periods + p], longer);
            flow_put(&amid, r->watch[type * f->n_periods + p], longer);
            flow_put(&amid, r->watch[(int32_t)f->inst->n_types * f->n_periods + p], longer);
            f->works_amid[at] = flow_add_column(f, 0, most, &amid);
        }
}

/* Stops at which airframes of the type load: they take longer than the shortest. */
static void add_loading(struct flow_program *f, const struct rows *r, int32_t type)
{
    const struct aircraft_type *y = &f->inst->type[type];
    double seats = seats_of(y);
    for (int32_t i = 0; i < f->n && seats > 0; i++) {
        struct flow_entries e = {0};
        flow_put(&e, r->loads[i], -seats);
        flow_put(&e, r->hours[type], flow_hours(y->ground[GROUND_ONLOAD] - least_stop(y)));
        flow_add_column(f, 0, -f->row[r->loads[i]].rhs / seats, &e);
    }
}

/* A flight may block in in the period. */
static bool may_fly(const struct flow_program *f, int32_t type, int32_t from, int32_t to, int32_t p)
{
    const struct instance *inst = f->inst;
    sec_t block = instance_leg(inst, type, from, to)->block, first = SEC_LATEST, last = SEC_EARLIEST;
    for (size_t a = 0; a < inst->n_airframes; a++)
        if (inst->airframe[a].type == type) {
            first = smaller(first, inst->airframe[a].from);
            last = larger(last, inst->airframe[a].until);
        }
    return larger(0, first) + block < f->cut[p + 1] && last >= f->cut[p] &&
           next_block_in(inst, to, f->cut[p]) < f->cut[p + 1] &&
           next_open(inst, from, f->cut[p] - block) < f->cut[p + 1] - block;
}

static void add_flights(struct flow_program *f, const struct rows *r, int32_t type, int32_t from, int32_t to)
{
    const struct instance *inst = f->inst;
    const struct aircraft_type *y = &inst->type[type];
    const struct leg *leg = instance_leg(inst, type, from, to);
    double seats = seats_of(y);
    double lift = (double)payload_over(y, flow_stretch(inst, type, from, to)) / 1000.0;
    double duty = flow_hours(leg->block + least_stop(y)), airframes = flow_airframes(inst, type);
    sec_t each = leg->block + flow_ground(y);
    sec_t turn = next_flight(f, type, to, flow_ground(y)), stop = next_flight(f, type, to, least_stop(y));
    for (int32_t p = 0; p < f->n_periods; p++) {
        struct flow_entries e = {0};
        if (!may_fly(f, type, from, to, p))
            continue;
        flow_put(&e, r->room[from * f->n + to], -seats);
        flow_put(&e, r->lift[from * f->n + to], -lift);
        flow_put(&e, r->off[from * f->n_periods + p], -seats);
        flow_put(&e, r->in[to * f->n_periods + p], -seats);
        flow_put(&e, r->stand[flow_place(f, type, from, p)], 1);
        flow_put(&e, r->stand[flow_place(f, type, to, p)], -1);
        int32_t again = period_after(f, p, turn), goes_on = period_after(f, p, stop);
        flow_put(&e, r->ready[flow_place(f, type, from, p)], 1);
        flow_put(&e, again < f->n_periods ? r->ready[flow_place(f, type, to, again)] : -1, -1);
        flow_put(&e, r->goes_on[flow_place(f, type, from, p)], 1);
        flow_put(&e, goes_on < f->n_periods ? r->goes_on[flow_place(f, type, to, goes_on)] : -1, -1);
        flow_put(&e, r->under_way[flow_place(f, type, from, p)], -1);
        flow_put(&e, r->under_way[flow_place(f, type, to, p)], 1);
        flow_put(&e, r->duty[type * f->n_periods + p], duty);
        flow_put(&e, r->hours[type], flow_hours(each));
        flow_put(&e, r->watch[type * f->n_periods + p], duty);
        flow_put(&e, r->watch[(int32_t)inst->n_types * f->n_periods + p], duty);
        double most = most_flights(f, airframes, p, each);
        f->flight[flow_leg(f, type, from, to, p)] =
            flow_add_column(f, (double)(leg->cost + leg->fee) / 100.0, most, &e);
    }
}

/* A passenger of the demand who flies the leg is in time at his destination. */
static bool on_the_way(const struct flow_program *f, const struct demand *d, int32_t i, int32_t j)
{
    const struct instance *inst = f->inst;
    sec_t duty = 0, block = SEC_LATEST / 4, stop = SEC_LATEST;
    for (int32_t t = 0; t < (int32_t)inst->n_types; t++) {
        duty = larger(duty, flow_longest_duty(inst, t));
        block = flow_flown(inst, t, i, j) ? smaller(block, instance_leg(inst, t, i, j)->block) : block;
        stop = smaller(stop, least_stop(&inst->type[t]));
    }
    sec_t way = block;
    way += i == d->origin ? 0 : f->way[d->origin * f->n + i] + stop;
    way += j == d->destination ? 0 : f->way[j * f->n + d->destination] + stop;
    return way <= (d->aboard_limit >= 0 ? smaller(duty, d->aboard_limit) : duty);
}

/* Passengers of a demand on every leg. */
static void add_legs(struct flow_program *f, const struct rows *r, int32_t demand, const int *at)
{
    const struct demand *d = &f->inst->demand[demand];
    for (int32_t i = 0; i < f->n; i++)
        for (int32_t j = 0; j < f->n; j++) {
            int room = r->room[i * f->n + j];
            struct flow_entries e = {0};
            if (room < 0 || i == d->destination || j == d->origin || !on_the_way(f, d, i, j))
                continue;
            flow_put(&e, at[i], 1);
            flow_put(&e, at[j], -1);
            flow_put(&e, room, seats_each(d));
            flow_put(&e, r->lift[i * f->n + j], (double)d->pax_mass / 1000.0);
            f->carried[(demand * f->n + i) * f->n + j] = flow_add_column(f, 0, d->pax, &e);
        }
}

/* What one passenger's delay costs at least where unloading starts at t or later; the half hundredth is the most that
 * rounding can save. */
static double delay(const struct demand *d, sec_t t)
{
    double cents = (double)larger(0, t - d->pickup.from) * (double)d->delay_cost / 3600.0;
    return fmax(0, cents - 0.5) / 100.0;
}

static sec_t earliest_arrival(const struct flow_program *f, const struct demand *d)
{
    return flow_first_take_off(f->inst, d) + f->way[d->origin * f->n + d->destination];
}

/* When those of a demand leave, come and are unloaded. */
static void add_times(struct flow_program *f, const struct rows *r, int32_t demand, int moved)
{
    const struct instance *inst = f->inst;
    const struct demand *d = &inst->demand[demand];
    int32_t last = f->n_periods - 1;
    bool waits = flow_counts_pax(inst, d->destination);
    sec_t take_off = flow_first_take_off(inst, d), arrival = earliest_arrival(f, d);
    sec_t start = larger(arrival, d->delivery.from);
    int *row = malloc(2 * ((size_t)f->n_periods + 1) * sizeof *row); /* aboard; at the last stop */
    f->failed = f->failed || !row;
    if (f->failed) {
        free(row);
        return;
    }
    for (int32_t p = 0; p <= f->n_periods; p++) {
        row[2 * p] = p <= last ? new_row(f, true, 0) : -1;
        row[2 * p + 1] = waits ? new_row(f, true, 0) : -1;
    }
    for (int32_t p = 0; p <= last; p++) {
        size_t k = (size_t)demand * (size_t)f->n_periods + (size_t)p;
        struct flow_entries leave = {0}, come = {0}, rides = {0}, wait = {0};
        flow_put(&leave, moved, 1);
        flow_put(&leave, row[2 * p], 1);
        flow_put(&leave, r->off[d->origin * f->n_periods + p], seats_each(d));
        flow_put(&leave, f->loads[d->origin] ? r->work[d->origin * f->n_periods + p] : -1, seats_each(d));
        if (f->cut[p + 1] > take_off)
            f->leaves[k] = flow_add_column(f, 0, d->pax, &leave);
        flow_put(&come, row[2 * p], -1);
        flow_put(&come, row[2 * p + 1], 1);
        flow_put(&come, r->in[d->destination * f->n_periods + p], seats_each(d));
        flow_put(&come, f->loads[d->destination] ? -1 : r->work[d->destination * f->n_periods + p], seats_each(d));
        if (f->cut[p + 1] > arrival && f->cut[p] <= d->delivery.until)
            f->comes[k] = flow_add_column(f, waits ? 0 : delay(d, larger(start, f->cut[p])), d->pax, &come);
        flow_put(&rides, row[2 * p], -1);
        flow_put(&rides, p < last ? row[2 * p + 2] : -1, 1);
        if (p < last)
            f->aboard[k] = flow_add_column(f, 0, d->pax, &rides);
        flow_put(&wait, row[2 * p + 1], -1);
        flow_put(&wait, row[2 * p + 3], 1);
        if (waits)
            f->waits[k] = flow_add_column(f, 0, d->pax, &wait);
    }
    for (int32_t p = 0; p <= f->n_periods && waits; p++) {
        struct flow_entries unload = {0};
        flow_put(&unload, row[2 * p + 1], -1);
        sec_t from = larger(start, f->cut[p]);
        if (from <= d->delivery.until && (p > last || from < f->cut[p + 1]))
            f->unloads[demand * (f->n_periods + 1) + p] = flow_add_column(f, delay(d, from), d->pax, &unload);
    }
    free(row);
}

static void add_demand(struct flow_program *f, const struct rows *r, int32_t demand)
{
    const struct demand *d = &f->inst->demand[demand];
    int *at = flow_numbers((size_t)f->n);
    if (!at) {
        f->failed = true;
        return;
    }
    for (int32_t i = 0; i < f->n; i++)
        at[i] = i == d->destination ? -1 : new_row(f, true, i == d->origin ? d->pax : 0);
    int moved = new_row(f, true, d->pax);
    struct flow_entries left = {0};
    flow_put(&left, at[d->origin], 1);
    flow_put(&left, moved, 1);
    flow_put(&left, r->loads[d->origin], -seats_each(d));
    flow_add_column(f, (double)d->penalty / 100.0, d->pax, &left);
    add_legs(f, r, demand, at);
    add_times(f, r, demand, moved);
    free(at);
}

static void make(struct flow_program *f, struct rows *r)
{
    const struct instance *inst = f->inst;
    int32_t types = (int32_t)inst->n_types;
    sec_t shortest = inst->rules.show + inst->rules.post_flight + inst->rules.rest + 1;
    double *limit = calloc((size_t)f->n_periods + 1, sizeof *limit);
    if (!limit) {
        f->failed = true;
        return;
    }
    r->missions = (double)inst->n_crews * (1.0 + floor((double)inst->end / (double)shortest));
    r->crews = new_row(f, false, r->missions);
    for (int32_t i = 0; i < f->n; i++) {
        double seats = 0, unloaded = 0;
        for (size_t d = 0; d < inst->n_demands; d++) {
            double pax = seats_each(&inst->demand[d]) * inst->demand[d].pax;
            seats += inst->demand[d].origin == i ? pax : 0;
            unloaded += inst->demand[d].destination == i ? pax : 0;
        }
        f->loads[i] = seats >= unloaded;
        r->loads[i] = new_row(f, false, -seats);
        for (int32_t p = 0; p < f->n_periods; p++) {
            r->off[i * f->n_periods + p] = new_row(f, false, 0);
            r->in[i * f->n_periods + p] = new_row(f, false, 0);
            r->work[i * f->n_periods + p] = new_row(f, false, 0);
        }
        for (int32_t j = 0; j < f->n; j++) {
            bool any = false;
            for (int32_t t = 0; t < types; t++)
                any = any || flow_flown(inst, t, i, j);
            r->room[i * f->n + j] = any ? new_row(f, false, 0) : -1;
            r->lift[i * f->n + j] = any ? new_row(f, false, 0) : -1;
        }
    }
    add_watch(f, r, types, limit);
    for (int32_t i = 0; i < f->n; i++)
        add_crews(f, r, i);
    for (int32_t t = 0; t < types && !f->failed; t++) {
        add_type(f, r, t, limit);
        add_missions(f, r, t);
        add_loading(f, r, t);
        add_works(f, r, t);
        for (int32_t i = 0; i < f->n; i++)
            for (int32_t j = 0; j < f->n && !f->failed; j++)
                if (flow_flown(inst, t, i, j) && flow_longest_duty(inst, t) > 0)
                    add_flights(f, r, t, i, j);
    }
    for (int32_t d = 0; d < (int32_t)inst->n_demands && !f->failed; d++)
        add_demand(f, r, d);
    free(limit);
}

void flow_make_columns(struct flow_program *f)
{
    struct rows r = {0};
    f->failed = f->failed || !rows_init(&r, f);
    if (!f->failed)
        make(f, &r);
    rows_release(&r);
}
