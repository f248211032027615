/* Times are left out but for their sums. What must be moved flows over flights, flights of a type start where its
 * airframes stand and end where they may, and take of its airframes' hours and of its crews' duties. docs/model.md. */
#include "solver/flow_bound.h"

#include <math.h>
#include <stdlib.h>

#include "solver/column.h"
#include "solver/load.h"
#include "solver/lp.h"

enum { MOST_COLUMNS = 60000, ENTRIES = 10 };

struct flows {
    const struct instance *inst;
    int64_t *work;
    struct lp *lp;
    size_t n;            /* airfields */
    int *room, *lift;    /* [n * n] rows: seats, payload; -1: nobody flies there */
    int *leaves, *comes; /* [n_types * n] rows: no more leave than stand there or come; no more stay than may */
    int *duty, *hours;   /* [n_types] rows: of duties, of airframes */
    int *watch;          /* [n_types + 1] rows: hours of the crews that fly the type; of all */
    int *loads;          /* [n] rows: stops at which somebody loads */
    int crews;           /* row */
    int *at;             /* [n_demands * n] rows of passengers; -1: none */
    struct flow {
        double cost, most;
        int n, row[ENTRIES];
        double value[ENTRIES];
    } * column;  /* [n_columns] */
    double *rhs; /* [n_rows] */
    bool *equal; /* [n_rows] */
    int n_rows, n_columns;
    double missions; /* no schedule has more */
    bool failed;
};

static int add_row(struct flows *f, bool equality, double rhs)
{
    int row = lp_add_row(f->lp, "flow", equality, rhs, 0, NULL, NULL);
    f->failed = f->failed || row < 0;
    if (row >= 0)
        f->rhs[row] = rhs, f->equal[row] = equality, f->n_rows = row + 1;
    return row;
}

static void put(struct flow *e, int row, double value)
{
    if (row < 0)
        return;
    e->row[e->n] = row;
    e->value[e->n++] = value;
}

static void add_column(struct flows *f, const struct flow *e)
{
    int column = lp_add_column(f->lp, "flow", e->cost, 0, e->most, e->n, e->row, e->value);
    f->failed = f->failed || column < 0;
    if (column >= 0)
        f->column[column] = *e, f->n_columns = column + 1;
}

static bool flown(const struct instance *inst, int32_t type, int32_t from, int32_t to)
{
    const struct leg *leg = instance_leg(inst, type, from, to);
    const struct aircraft_type *y = &inst->type[type];
    return leg->block > 0 && leg->nm <= y->range[0].range && inst->airfield[from].runway_ft >= y->runway_ft &&
           inst->airfield[to].runway_ft >= y->runway_ft;
}

/* Seconds in which an airframe may load and be under way. Who is picked up before the horizon begins is loaded then. */
static double available(const struct instance *inst, const struct airframe *a)
{
    sec_t from = 0, until = smaller(a->until, inst->end);
    for (size_t d = 0; d < inst->n_demands; d++)
        from = smaller(from, inst->demand[d].pickup.from);
    from = larger(a->from, larger(from, -inst->type[a->type].ground[GROUND_ONLOAD]));
    return until > from ? (double)(until - from) : 0;
}

/* Seconds from the first show of a crew to the end of its last rest. */
static double on_watch(const struct instance *inst, int32_t crew)
{
    const struct rules *rules = &inst->rules;
    sec_t from = larger(-rules->show, crew_from(inst, crew));
    sec_t last = smaller(inst->end, inst->crew[crew].until - rules->post_flight);
    return (double)larger(0, last + rules->post_flight + rules->rest - from);
}

static double longest_duty(const struct instance *inst, int32_t type)
{
    sec_t longest = 0;
    for (size_t c = 0; c < inst->n_crews; c++) {
        sec_t fdp = crew_flies(&inst->crew[c], type) ? inst->type[type].fdp[inst->crew[c].kind] : 0;
        longest = fdp - inst->rules.show > longest ? fdp - inst->rules.show : longest;
    }
    return (double)longest;
}

/* Rows of a type: flights that leave and come at each airfield, hours of duties and of airframes. */
static void add_type(struct flows *f, int32_t type)
{
    const struct instance *inst = f->inst;
    double hours = 0, watch = 0;
    for (int32_t i = 0; i < (int32_t)f->n; i++) {
        double stand = 0, may = 0;
        for (size_t a = 0; a < inst->n_airframes; a++) {
            const struct airframe *k = &inst->airframe[a];
            stand += k->type == type && k->at == i;
            may += k->type == type && may_end_at(k->end_anywhere, k->end_at, k->n_end_at, i);
        }
        f->leaves[(size_t)type * f->n + (size_t)i] = add_row(f, false, stand);
        f->comes[(size_t)type * f->n + (size_t)i] = add_row(f, false, may);
    }
    for (size_t a = 0; a < inst->n_airframes; a++)
        if (inst->airframe[a].type == type)
            hours += (available(inst, &inst->airframe[a]) + (double)inst->type[type].turn) / 3600.0;
    for (int32_t c = 0; c < (int32_t)inst->n_crews; c++)
        watch += crew_flies(&inst->crew[c], type) ? on_watch(inst, c) / 3600.0 : 0;
    f->duty[type] = add_row(f, false, 0);
    f->hours[type] = add_row(f, false, hours);
    f->watch[type] = add_row(f, false, watch);
    struct flow missions = {.cost = (double)inst->type[type].cost_per_mission / 100.0, .most = f->missions};
    put(&missions, f->duty[type], -(longest_duty(inst, type) + (double)least_stop(&inst->type[type])) / 3600.0);
    put(&missions, f->hours[type], (double)larger(0, inst->type[type].turn - least_stop(&inst->type[type])) / 3600.0);
    double idle = (double)(inst->rules.show + inst->rules.post_flight + inst->rules.rest) / 3600.0;
    put(&missions, f->watch[type], idle - (double)least_stop(&inst->type[type]) / 3600.0);
    put(&missions, f->watch[inst->n_types], idle - (double)least_stop(&inst->type[type]) / 3600.0);
    put(&missions, f->crews, 1);
    add_column(f, &missions);
}

/* Stops at which airframes of the type load: they take longer than the shortest. */
static void add_loading(struct flows *f, int32_t type)
{
    const struct aircraft_type *y = &f->inst->type[type];
    double seats = y->configuration[most_seats(y)].seats;
    for (int32_t i = 0; i < (int32_t)f->n && seats > 0 && !f->failed; i++) {
        struct flow e = {.most = -f->rhs[f->loads[i]] / seats};
        put(&e, f->loads[i], -seats);
        put(&e, f->hours[type], (double)(y->ground[GROUND_ONLOAD] - least_stop(y)) / 3600.0);
        add_column(f, &e);
    }
}

static void add_flights(struct flows *f, int32_t type, int32_t from, int32_t to)
{
    const struct instance *inst = f->inst;
    const struct aircraft_type *y = &inst->type[type];
    const struct leg *leg = instance_leg(inst, type, from, to);
    size_t k = (size_t)from * f->n + (size_t)to, at = (size_t)type * f->n;
    double duty = (double)(leg->block + least_stop(y)) / 3600.0;
    double hours = (double)(leg->block + smaller(least_stop(y), y->turn)) / 3600.0;
    struct flow e = {.cost = (double)(leg->cost + leg->fee) / 100.0, .most = f->rhs[f->hours[type]] / hours};
    put(&e, f->room[k], -(double)y->configuration[most_seats(y)].seats);
    put(&e, f->lift[k], -(double)payload_over(y, leg->nm) / 1000.0);
    put(&e, f->leaves[at + (size_t)from], 1);
    put(&e, f->leaves[at + (size_t)to], -1);
    put(&e, f->comes[at + (size_t)to], 1);
    put(&e, f->comes[at + (size_t)from], -1);
    put(&e, f->duty[type], duty);
    put(&e, f->hours[type], hours);
    put(&e, f->watch[type], duty);
    put(&e, f->watch[inst->n_types], duty);
    add_column(f, &e);
}

/* Passengers of a demand on every leg, and those left behind. */
static void add_demand(struct flows *f, int32_t demand)
{
    const struct demand *d = &f->inst->demand[demand];
    int *at = &f->at[(size_t)demand * f->n];
    for (int32_t i = 0; i < (int32_t)f->n; i++)
        at[i] = i == d->destination ? -1 : add_row(f, true, i == d->origin ? d->pax : 0);
    struct flow left = {.cost = (double)d->penalty / 100.0, .most = d->pax};
    put(&left, at[d->origin], 1);
    put(&left, f->loads[d->origin], -seats_each(d));
    add_column(f, &left);
    for (int32_t i = 0; i < (int32_t)f->n; i++)
        for (int32_t j = 0; j < (int32_t)f->n; j++) {
            size_t k = (size_t)i * f->n + (size_t)j;
            struct flow e = {.most = d->pax};
            if (f->room[k] < 0 || i == d->destination || j == d->origin)
                continue;
            put(&e, at[i], 1);
            put(&e, at[j], -1);
            put(&e, f->room[k], seats_each(d));
            put(&e, f->lift[k], (double)d->pax_mass / 1000.0);
            add_column(f, &e);
        }
}

static bool flows_init(struct flows *f)
{
    const struct instance *inst = f->inst;
    size_t n = f->n, rows = 2 * n * n + inst->n_types * (2 * n + 3) + inst->n_demands * n + n + 2;
    size_t columns = (inst->n_types + inst->n_demands) * (n * n + n + 1);
    f->lp = lp_new(f->work);
    f->room = malloc((n * n + 1) * sizeof *f->room);
    f->lift = malloc((n * n + 1) * sizeof *f->lift);
    f->leaves = malloc((inst->n_types * n + 1) * sizeof *f->leaves);
    f->comes = malloc((inst->n_types * n + 1) * sizeof *f->comes);
    f->duty = malloc((inst->n_types + 1) * sizeof *f->duty);
    f->hours = malloc((inst->n_types + 1) * sizeof *f->hours);
    f->watch = malloc((inst->n_types + 1) * sizeof *f->watch);
    f->loads = malloc((n + 1) * sizeof *f->loads);
    f->at = malloc((inst->n_demands * n + 1) * sizeof *f->at);
    f->rhs = malloc(rows * sizeof *f->rhs);
    f->equal = malloc(rows * sizeof *f->equal);
    f->column = malloc((columns + 1) * sizeof *f->column);
    return f->lp && f->room && f->lift && f->leaves && f->comes && f->duty && f->hours && f->watch && f->loads &&
           f->at && f->rhs && f->equal && f->column;
}

static void flows_release(struct flows *f)
{
    free(f->room);
    free(f->lift);
    free(f->leaves);
    free(f->comes);
    free(f->duty);
    free(f->hours);
    free(f->watch);
    free(f->loads);
    free(f->at);
    free(f->rhs);
    free(f->equal);
    free(f->column);
    lp_free(f->lp);
}

static void make(struct flows *f)
{
    const struct instance *inst = f->inst;
    sec_t shortest = inst->rules.show + inst->rules.post_flight + inst->rules.rest + 1;
    f->missions = (double)inst->n_crews * (1.0 + floor((double)inst->end / (double)shortest));
    f->crews = add_row(f, false, f->missions);
    double watch = 0;
    for (int32_t c = 0; c < (int32_t)inst->n_crews; c++)
        watch += on_watch(inst, c) / 3600.0;
    f->watch[inst->n_types] = add_row(f, false, watch);
    for (int32_t i = 0; i < (int32_t)f->n; i++) {
        double seats = 0;
        for (size_t d = 0; d < inst->n_demands; d++)
            seats += inst->demand[d].origin == i ? seats_each(&inst->demand[d]) * inst->demand[d].pax : 0;
        f->loads[i] = add_row(f, false, -seats);
    }
    for (int32_t i = 0; i < (int32_t)f->n; i++)
        for (int32_t j = 0; j < (int32_t)f->n; j++) {
            size_t k = (size_t)i * f->n + (size_t)j;
            bool any = false;
            for (int32_t t = 0; t < (int32_t)inst->n_types; t++)
                any = any || flown(inst, t, i, j);
            f->room[k] = any ? add_row(f, false, 0) : -1;
            f->lift[k] = any ? add_row(f, false, 0) : -1;
        }
    for (int32_t t = 0; t < (int32_t)inst->n_types && !f->failed; t++) {
        add_type(f, t);
        add_loading(f, t);
        for (int32_t i = 0; i < (int32_t)f->n && !f->failed; i++)
            for (int32_t j = 0; j < (int32_t)f->n; j++)
                if (flown(inst, t, i, j) && longest_duty(inst, t) > 0)
                    add_flights(f, t, i, j);
    }
    for (int32_t d = 0; d < (int32_t)inst->n_demands && !f->failed; d++)
        add_demand(f, d);
}

/* What any duals prove: they need not be the best, nor quite feasible. */
static double proven(const struct flows *f)
{
    double sum = 0, size = 0, *y = malloc(((size_t)f->n_rows + 1) * sizeof *y);
    if (!y)
        return 0;
    for (int i = 0; i < f->n_rows; i++) {
        y[i] = lp_dual(f->lp, i);
        y[i] = f->equal[i] ? y[i] : fmin(y[i], 0);
        sum += y[i] * f->rhs[i];
        size += fabs(y[i] * f->rhs[i]);
    }
    for (int j = 0; j < f->n_columns; j++) {
        const struct flow *c = &f->column[j];
        double rc = c->cost;
        for (int k = 0; k < c->n; k++)
            rc -= y[c->row[k]] * c->value[k];
        sum += fmin(rc, 0) * c->most;
        size += fabs(rc) * 1e-6;
    }
    free(y);
    return sum - 1e-9 * size;
}

cent_t flow_bound(const struct instance *inst, int64_t *work, bool (*stop)(void *context), void *context)
{
    struct flows f = {.inst = inst, .work = work, .n = inst->n_airfields};
    if ((inst->n_types + inst->n_demands) * f.n * f.n > MOST_COLUMNS)
        return 0;
    double value = 0;
    if (flows_init(&f)) {
        make(&f);
        if (!f.failed && lp_solve(f.lp, false, stop, context) == LP_OPTIMAL)
            value = proven(&f);
    }
    flows_release(&f);
    return value > 0.01 ? (cent_t)floor(value * 100.0 - 1) : 0;
}
