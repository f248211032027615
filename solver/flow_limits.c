/* Rows over columns that are there: caps, hours of crews, who is aboard. */
#include <stdlib.h>

#include "solver/column.h"
#include "solver/flow_facts.h"
#include "solver/flow_parts.h"
#include "solver/load.h"

void flow_with(struct flow_draft *w, int column, double value)
{
    if (column < 0 || value == 0)
        return;
    w->column[w->n] = column;
    w->value[w->n++] = value;
}

void flow_finish_row(struct flow_draft *w, double rhs)
{
    if (w->n > 0)
        flow_add_row(w->f, false, rhs, w->n, w->column, w->value);
    w->n = 0;
}

/* Flights of a type from one airfield to another (-1: any) with a block-in in periods `from` .. `until` - 1. */
void flow_with_flights(struct flow_draft *w, int32_t type, int32_t i, int32_t j, int32_t from, int32_t until,
                       double value)
{
    const struct flow_program *f = w->f;
    for (int32_t a = i < 0 ? 0 : i; a < (i < 0 ? f->n : i + 1); a++)
        for (int32_t b = j < 0 ? 0 : j; b < (j < 0 ? f->n : j + 1); b++)
            for (int32_t p = from; p < until; p++)
                flow_with(w, f->flight[flow_leg(f, type, a, b, p)], value);
}

bool flow_draft_init(struct flow_draft *w, struct flow_program *f)
{
    *w = (struct flow_draft){.f = f};
    w->column = malloc(((size_t)f->n_columns + 1) * sizeof *w->column);
    w->value = malloc(((size_t)f->n_columns + 1) * sizeof *w->value);
    f->failed = f->failed || !w->column || !w->value;
    return !f->failed;
}

void flow_draft_release(struct flow_draft *w)
{
    free(w->column);
    free(w->value);
}

/* The least that caps one behind another let into a period, of passengers or of block-ins; -1: they leave a gap. A cap
 * that is just the period has its own row. */
static int64_t let_in(const struct limit *limit, bool pax, sec_t from, sec_t until)
{
    int64_t sum = 0;
    for (sec_t at = from; at < until;) {
        const struct cap *next = NULL;
        for (size_t c = 0; c < limit->n_caps; c++) {
            const struct cap *cap = &limit->cap[c];
            if ((pax ? cap->pax : cap->arrivals) >= 0 && cap_counts(cap, at) && (!next || cap->until > next->until))
                next = cap;
        }
        if (!next || (next->from == from && next->until == until))
            return -1;
        sum += pax ? next->pax : next->arrivals;
        at = next->until;
    }
    return sum;
}

/* Flights to the airfields of a limit, or passengers unloaded there, in some periods. */
static void count(struct flow_draft *w, const struct limit *limit, bool pax, int32_t from, int32_t until)
{
    const struct flow_program *f = w->f;
    const struct instance *inst = f->inst;
    for (int32_t i = 0; i < f->n && !pax; i++)
        for (int32_t t = 0; t < (int32_t)inst->n_types && in_limit(limit, i); t++)
            flow_with_flights(w, t, -1, i, from, until, 1);
    for (int32_t d = 0; d < (int32_t)inst->n_demands && pax; d++)
        for (int32_t p = from; p < until && in_limit(limit, inst->demand[d].destination); p++)
            flow_with(w, f->unloads[d * (f->n_periods + 1) + p], 1);
}

static void add_caps(struct flow_draft *w, const struct limit *limit)
{
    const struct flow_program *f = w->f;
    for (size_t c = 0; c < limit->n_caps; c++) {
        const struct cap *cap = &limit->cap[c];
        int32_t from = 0, until = 0;
        while (from < f->n_periods && f->cut[from] < cap->from)
            from++;
        until = from;
        while (until < f->n_periods && f->cut[until + 1] <= cap->until)
            until++;
        if (cap->arrivals >= 0) {
            count(w, limit, false, from, until);
            flow_finish_row(w, cap->arrivals);
        }
        if (cap->pax >= 0) {
            count(w, limit, true, from, until);
            flow_finish_row(w, cap->pax);
        }
    }
    for (int32_t p = 0; p < f->n_periods; p++)
        for (int pax = 0; pax < 2; pax++) {
            int64_t most = let_in(limit, pax, f->cut[p], f->cut[p + 1]);
            if (most < 0)
                continue;
            count(w, limit, pax, p, p + 1);
            flow_finish_row(w, (double)most);
        }
}

/* Block hours of the crews that fly a type (n_types: any) that count together at the end of each period. */
static void add_rolling(struct flow_draft *w, const struct rolling_limit *rolling, int32_t type)
{
    const struct flow_program *f = w->f;
    const struct instance *inst = f->inst;
    for (int32_t until = 1, from = 0; until <= f->n_periods; until++) {
        while (from < until && f->cut[until] - f->cut[from] > rolling->window)
            from++;
        sec_t limit = 0;
        for (int32_t c = 0; c < (int32_t)inst->n_crews; c++)
            if ((type == (int32_t)inst->n_types || crew_flies(&inst->crew[c], type)) &&
                crew_from(inst, c) < f->cut[until])
                limit += larger(0, rolling->most - recent_block(&inst->crew[c], rolling->window, f->cut[until] - 1));
        for (int32_t t = 0; t < (int32_t)inst->n_types; t++)
            for (int32_t i = 0; i < f->n && (type == t || type == (int32_t)inst->n_types); i++)
                for (int32_t j = 0; j < f->n; j++)
                    flow_with_flights(w, t, i, j, from, until, flow_hours(instance_leg(inst, t, i, j)->block));
        flow_finish_row(w, flow_hours(limit));
    }
}

/* Those of a demand in airframes that stand at its origin at the end of period p, or have left it and not come
 * anywhere: who leaves later was loaded before, where pickup is over; the others have left where they come so soon. */
static void with_loaded(struct flow_draft *w, int32_t demand, int32_t p)
{
    const struct flow_program *f = w->f;
    const struct demand *d = &f->inst->demand[demand];
    sec_t now = f->cut[p + 1], soon = now + flow_shortest_block(f->inst, d->origin);
    for (int32_t q = p + 1; q < f->n_periods; q++)
        if (d->pickup.until < now || f->cut[q + 1] <= soon)
            flow_with(w, f->leaves[demand * f->n_periods + q], seats_each(d));
}

/* At the end of every period: who has left and is not unloaded, and who must have been loaded by then. Those who wait
 * at an airfield do so in airframes that stand there. */
static void add_seats(struct flow_draft *w)
{
    const struct flow_program *f = w->f;
    const struct instance *inst = f->inst;
    int32_t demands = (int32_t)inst->n_demands;
    double seats = 0;
    for (size_t a = 0; a < inst->n_airframes; a++)
        seats += seats_of(&inst->type[inst->airframe[a].type]);
    for (int32_t p = 0; p < f->n_periods; p++) {
        for (int32_t d = 0; d < demands; d++) {
            flow_with(w, f->aboard[d * f->n_periods + p], seats_each(&inst->demand[d]));
            flow_with(w, f->waits[d * f->n_periods + p], seats_each(&inst->demand[d]));
            with_loaded(w, d, p);
        }
        flow_finish_row(w, seats);
        for (int32_t i = 0; i < f->n; i++) {
            for (int32_t d = 0; d < demands; d++) {
                if (inst->demand[d].destination == i)
                    flow_with(w, f->waits[d * f->n_periods + p], seats_each(&inst->demand[d]));
                if (inst->demand[d].origin == i)
                    with_loaded(w, d, p);
            }
            for (int32_t t = 0; t < (int32_t)inst->n_types && w->n > 0; t++)
                flow_with(w, f->stand[flow_place(f, t, i, p)], -seats_of(&inst->type[t]));
            flow_finish_row(w, 0);
        }
    }
}

/* Missions under way at the end of a period have begun within the longest duty; so have those who are aboard. */
static void add_duties(struct flow_draft *w)
{
    const struct flow_program *f = w->f;
    const struct instance *inst = f->inst;
    sec_t longest = 0;
    for (int32_t t = 0; t < (int32_t)inst->n_types; t++) {
        sec_t duty = flow_longest_duty(inst, t);
        longest = larger(longest, duty);
        for (int32_t p = 0; p + 1 < f->n_periods; p++) {
            for (int32_t i = 0; i < f->n; i++) {
                int32_t at = flow_place(f, t, i, 0);
                flow_with(w, f->under_way[at + p], 1);
                for (int32_t q = p; q >= 0 && f->cut[q + 1] + duty > f->cut[p + 1]; q--)
                    flow_with(w, f->begins[at + q], -1);
            }
            flow_finish_row(w, 0);
        }
    }
    for (int32_t p = 0; p + 1 < f->n_periods; p++) {
        for (size_t d = 0; d < inst->n_demands; d++)
            flow_with(w, f->aboard[d * (size_t)f->n_periods + (size_t)p], seats_each(&inst->demand[d]));
        for (int32_t t = 0; t < (int32_t)inst->n_types; t++)
            for (int32_t i = 0; i < f->n; i++)
                flow_with(w, f->under_way[flow_place(f, t, i, p)], -seats_of(&inst->type[t]));
        flow_finish_row(w, 0);
    }
    for (size_t d = 0; d < inst->n_demands; d++) {
        const struct demand *k = &inst->demand[d];
        for (int32_t p = 0; p + 1 < f->n_periods; p++) {
            size_t at = d * (size_t)f->n_periods + (size_t)p;
            sec_t limit = k->aboard_limit >= 0 ? smaller(longest, k->aboard_limit) : longest;
            flow_with(w, f->aboard[at], 1);
            if (k->aboard_limit >= 0 && k->aboard_limit <= longest)
                flow_with(w, f->waits[at], 1);
            for (int32_t q = p; q >= 0 && f->cut[q + 1] + limit > f->cut[p + 1]; q--)
                flow_with(w, f->leaves[d * (size_t)f->n_periods + (size_t)q], -1);
            flow_finish_row(w, 0);
        }
    }
}

/* A mission begins with a flight and ends with one; a stop with work is one of a flight, and the first of a mission, or
 * the last, or in between. */
static void add_first_and_last(struct flow_draft *w)
{
    const struct flow_program *f = w->f;
    for (int32_t t = 0; t < (int32_t)f->inst->n_types; t++)
        for (int32_t i = 0; i < f->n; i++)
            for (int32_t p = 0; p < f->n_periods; p++) {
                int32_t at = flow_place(f, t, i, p);
                flow_with(w, f->begins[at], 1);
                flow_with_flights(w, t, i, -1, p, p + 1, -1);
                flow_finish_row(w, 0);
                flow_with(w, f->ends[at], 1);
                flow_with_flights(w, t, -1, i, p, p + 1, -1);
                flow_finish_row(w, 0);
                flow_with(w, f->works[at], 1);
                flow_with_flights(w, t, f->loads[i] ? i : -1, f->loads[i] ? -1 : i, p, p + 1, -1);
                flow_finish_row(w, 0);
                flow_with(w, f->works[at], 1);
                flow_with(w, f->loads[i] ? f->begins[at] : f->ends[at], -1);
                flow_with(w, f->works_amid[at], -1);
                flow_finish_row(w, 0);
            }
}

void flow_add_limits(struct flow_program *f)
{
    const struct instance *inst = f->inst;
    struct flow_draft w;
    if (flow_draft_init(&w, f)) {
        for (size_t l = 0; l < inst->n_limits; l++)
            add_caps(&w, &inst->limit[l]);
        for (size_t r = 0; r < inst->rules.n_rolling; r++)
            for (int32_t t = 0; t <= (int32_t)inst->n_types; t++)
                add_rolling(&w, &inst->rules.rolling[r], t);
        add_seats(&w);
        add_duties(&w);
        add_first_and_last(&w);
    }
    flow_draft_release(&w);
}
