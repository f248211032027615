#include "solver/duals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_UNLOADS = 12 }; /* at one airfield in one mission: every second stop of ROUTE_STOPS */

/* Index of the last step at or before t; -1: before all. */
static ptrdiff_t find(const struct steps *s, sec_t t)
{
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->step[middle].at <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return (ptrdiff_t)low - 1;
}

static double on_step(const struct step *step, sec_t t)
{
    return step->slope == 0 ? step->value : step->value + step->slope * (double)(t - step->at);
}

double steps_at(const struct steps *s, sec_t t)
{
    if (s->n == 0)
        return 0;
    ptrdiff_t i = find(s, t);
    return i < 0 ? 0 : on_step(&s->step[i], t);
}

/* sign 1: smallest value in [from, until]; -1: largest, negated. rise: for every second after `from`. */
static double extreme(const struct steps *s, sec_t from, sec_t until, double sign, double rise)
{
    double least = fmin(sign * steps_at(s, from), sign * steps_at(s, until) + rise * (double)(until - from));
    for (size_t i = (size_t)(find(s, from) + 1); i < s->n && s->step[i].at <= until; i++) {
        sec_t at = s->step[i].at;
        least = fmin(least, sign * s->step[i].value + rise * (double)(at - from));
        if (i > 0 && at > from) /* a slope ends before the next step */
            least = fmin(least, sign * on_step(&s->step[i - 1], at - 1) + rise * (double)(at - 1 - from));
    }
    return least;
}

double steps_least(const struct steps *s, sec_t from, sec_t until)
{
    return extreme(s, from, until, 1, 0);
}

double steps_most(const struct steps *s, sec_t from, sec_t until)
{
    return -extreme(s, from, until, -1, 0);
}

double steps_least_rising(const struct steps *s, sec_t from, sec_t until, double rise)
{
    return extreme(s, from, until, 1, rise);
}

bool steps_change(const struct steps *s, sec_t from, sec_t until)
{
    ptrdiff_t next = find(s, from) + 1;
    return next < (ptrdiff_t)s->n && s->step[next].at <= until;
}

/* Adds `amount` from t on, and `slope` for every second after t; the steps hold changes until finish(). */
static bool change(struct steps *s, sec_t t, double amount, double slope)
{
    if (s->n == s->room) {
        size_t room = s->room ? 2 * s->room : 8;
        struct step *grown = realloc(s->step, room * sizeof *grown);
        if (!grown)
            return false;
        s->step = grown;
        s->room = room;
    }
    size_t i = s->n++; /* insertion: lists are short */
    for (; i > 0 && s->step[i - 1].at > t; i--)
        s->step[i] = s->step[i - 1];
    s->step[i] = (struct step){t, amount, slope};
    return true;
}

static void finish(struct steps *s)
{
    struct step sum = {.at = 0};
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        double value = (n ? on_step(&sum, s->step[i].at) : 0) + s->step[i].value;
        sum = (struct step){s->step[i].at, value, sum.slope + s->step[i].slope};
        if (n > 0 && s->step[n - 1].at == sum.at)
            n--;
        s->step[n++] = sum;
    }
    s->n = n;
}

static bool between(struct steps *s, sec_t from, sec_t until, double amount)
{
    return change(s, from, amount, 0) && change(s, until, -amount, 0);
}

/* `amount` times row_share. */
static bool before(struct steps *s, const struct row *row, double amount)
{
    if (row->span <= 1)
        return between(s, SEC_EARLIEST, row->at + 1, amount);
    double slope = amount / (double)row->span;
    return change(s, SEC_EARLIEST, amount, 0) && change(s, row->at, 0, -slope) &&
           change(s, row->at + row->span, 0, slope);
}

static bool in_limit_fields(const struct limit *limit, struct steps *of, sec_t from, sec_t until, double amount)
{

    for (size_t i = 0; i < limit->n_airfields; i++) {
        bool twice = false;
        for (size_t k = 0; k < i; k++)
            twice = twice || limit->airfields[k] == limit->airfields[i];
        if (!twice && !between(&of[limit->airfields[i]], from, until, amount))
            return false;
    }
    return true;
}

/* Each passenger pays, each flight that crosses earns. */
static void take_crossing(struct duals *duals, const struct instance *inst, const struct crossing *c, double y)
{
    int32_t n = (int32_t)duals->n_fields;
    for (size_t d = 0; d < inst->n_demands; d++)
        duals->pax[d] += c->has[d] ? y : 0;
    for (int32_t type = 0; type < (int32_t)inst->n_types; type++)
        for (int32_t from = 0; from < n; from++)
            for (int32_t to = 0; to < n; to++)
                if (crosses(c, from, to))
                    duals->flight[(type * n + from) * n + to] += y * c->gain[type];
}

static bool take_row(struct duals *duals, const struct master *m, const struct row *row, double y)
{
    size_t place = (size_t)row->a * duals->n_fields + (size_t)row->b;
    const struct limit *limit;
    const struct cap *cap;
    switch (row->kind) {
    case ROW_DEMAND:
        duals->pax[row->a] += y;
        return true;
    case ROW_AIRFRAMES:
        return before(&duals->airframe[place], row, -y);
    case ROW_AIRFRAME_END:
        duals->airframe_end[place] -= y;
        return true;
    case ROW_CREWS:
        return before(&duals->crew[place], row, -y);
    case ROW_CREW_END:
        duals->crew_end[place] -= y;
        return true;
    case ROW_MOG:
        return change(&duals->mog[row->a], row->at + 1, -y, 0);
    case ROW_ARRIVALS:
    case ROW_PAX:
        limit = &m->inst->limit[row->a];
        cap = &limit->cap[row->b];
        return in_limit_fields(limit, row->kind == ROW_PAX ? duals->unloading : duals->arrival, cap->from, cap->until,
                               -y);
    case ROW_INSPECTION:
        duals->inspection[row->a] -= y;
        return true;
    case ROW_ROLLING:
        return between(&duals->hour[row->a], row->at - m->inst->rules.rolling[row->b].window + 1, row->at + 1, -y);
    case ROW_LOADS:
        duals->toll[duals->n_tolls++] = (struct toll){&m->load[row->a], -y};
        return true;
    case ROW_CROSSING:
        take_crossing(duals, m->inst, &m->crossing[row->a], y);
        return true;
    case ROW_TRIPLE:
        duals->triple[duals->n_triples++] = (struct triple_charge){row->triple, -y};
        return true;
    case ROW_BRANCH:
        duals->charge[duals->n_charges++] = (struct charge){&row->branch, -y * row->sign};
        return true;
    }
    return true;
}

static void finish_all(struct steps *steps, size_t n)
{
    for (size_t i = 0; i < n; i++)
        finish(&steps[i]);
}

/* The tolls of every demand. */
static bool list_tolls(struct duals *duals, size_t n_demands)
{
    duals->first_toll = calloc(n_demands + 1, sizeof *duals->first_toll);
    duals->toll_of = malloc((n_demands * duals->n_tolls + 1) * sizeof *duals->toll_of);
    if (!duals->first_toll || !duals->toll_of)
        return false;
    size_t n = 0;
    for (size_t d = 0; d < n_demands; d++) {
        for (size_t k = 0; k < duals->n_tolls; k++)
            if (duals->toll[k].load->has[d])
                duals->toll_of[n++] = (int32_t)k;
        duals->first_toll[d + 1] = n;
    }
    return true;
}

bool duals_init(struct duals *duals, const struct master *m)
{
    size_t f = m->inst->n_airfields;
    memset(duals, 0, sizeof *duals);
    duals->n_fields = f;
    duals->n_airframe = m->groups->n_airframe;
    duals->n_crew = m->groups->n_crew;
    duals->pax = calloc(m->inst->n_demands + 1, sizeof *duals->pax);
    duals->airframe = calloc(duals->n_airframe * f + 1, sizeof *duals->airframe);
    duals->airframe_end = calloc(duals->n_airframe * f + 1, sizeof *duals->airframe_end);
    duals->crew = calloc(duals->n_crew * f + 1, sizeof *duals->crew);
    duals->crew_end = calloc(duals->n_crew * f + 1, sizeof *duals->crew_end);
    duals->mog = calloc(f + 1, sizeof *duals->mog);
    duals->arrival = calloc(f + 1, sizeof *duals->arrival);
    duals->unloading = calloc(f + 1, sizeof *duals->unloading);
    duals->hour = calloc(duals->n_crew + 1, sizeof *duals->hour);
    duals->flight = calloc(m->inst->n_types * f * f + 1, sizeof *duals->flight);
    duals->inspection = calloc(duals->n_airframe + 1, sizeof *duals->inspection);
    duals->charge = calloc(m->n_rows + 1, sizeof *duals->charge);
    duals->triple = calloc(m->n_rows + 1, sizeof *duals->triple);
    duals->toll = calloc(m->n_loads + 1, sizeof *duals->toll);
    bool ok = duals->pax && duals->airframe && duals->airframe_end && duals->crew && duals->crew_end && duals->mog &&
              duals->arrival && duals->unloading && duals->hour && duals->inspection && duals->charge && duals->toll &&
              duals->triple && duals->flight;
    for (size_t i = 0; ok && i < m->n_rows; i++)
        if (m->dual[i] != 0)
            ok = take_row(duals, m, &m->row[i], m->dual[i]);
    ok = ok && list_tolls(duals, m->inst->n_demands);
    if (!ok) {
        duals_release(duals);
        return false;
    }
    finish_all(duals->airframe, duals->n_airframe * f);
    finish_all(duals->crew, duals->n_crew * f);
    finish_all(duals->mog, f);
    finish_all(duals->arrival, f);
    finish_all(duals->unloading, f);
    finish_all(duals->hour, duals->n_crew);
    return true;
}

static void release_all(struct steps *steps, size_t n)
{
    for (size_t i = 0; steps && i < n; i++)
        free(steps[i].step);
    free(steps);
}

void duals_release(struct duals *duals)
{
    release_all(duals->airframe, duals->n_airframe * duals->n_fields);
    release_all(duals->crew, duals->n_crew * duals->n_fields);
    release_all(duals->mog, duals->n_fields);
    release_all(duals->arrival, duals->n_fields);
    release_all(duals->unloading, duals->n_fields);
    release_all(duals->hour, duals->n_crew);
    free(duals->pax);
    free(duals->airframe_end);
    free(duals->crew_end);
    free(duals->inspection);
    free(duals->flight);
    free(duals->charge);
    free(duals->triple);
    free(duals->toll);
    free(duals->first_toll);
    free(duals->toll_of);
    memset(duals, 0, sizeof *duals);
}

static bool holds(const struct branch *b, int32_t a, int32_t c, sec_t t)
{
    return (b->airframe_group < 0 || b->airframe_group == a) && (b->crew_group < 0 || b->crew_group == c) &&
           b->since <= t && t <= b->until;
}

double charge_mission(const struct duals *duals, int32_t a, int32_t c, int32_t from, sec_t start)
{
    double sum = 0;
    for (size_t i = 0; i < duals->n_charges; i++) {
        const struct branch *b = duals->charge[i].branch;
        if (b->kind == BRANCH_MISSIONS && holds(b, a, c, start) && (b->from < 0 || b->from == from))
            sum += duals->charge[i].amount;
    }
    return sum;
}

double charge_flight(const struct duals *duals, int32_t a, int32_t c, int32_t from, int32_t to, sec_t departure)
{
    double sum = 0;
    for (size_t i = 0; i < duals->n_charges; i++) {
        const struct branch *b = duals->charge[i].branch;
        if (b->kind == BRANCH_FLIGHTS && holds(b, a, c, departure) && b->from == from && b->to == to)
            sum += duals->charge[i].amount;
    }
    return sum;
}

double charge_pax(const struct duals *duals, int32_t a, int32_t c, int32_t demand, sec_t start)
{
    double sum = 0;
    for (size_t i = 0; i < duals->n_charges; i++) {
        const struct branch *b = duals->charge[i].branch;
        if (b->kind == BRANCH_PAX && b->demand == demand && holds(b, a, c, start))
            sum += duals->charge[i].amount;
    }
    return sum;
}

size_t charge_lots(const struct duals *duals, int32_t a, int32_t c, sec_t start, struct lot_charge *lot)
{
    size_t n = 0;
    for (size_t i = 0; i < duals->n_charges; i++) {
        const struct branch *b = duals->charge[i].branch;
        if (b->kind == BRANCH_LOTS && holds(b, a, c, start))
            lot[n++] = (struct lot_charge){b->demand, b->pax, duals->charge[i].amount};
    }
    return n;
}

double charge_unloads(const struct duals *duals, int32_t a)
{
    double sum = 0;
    for (size_t i = 0; i < duals->n_charges; i++) {
        const struct branch *b = duals->charge[i].branch;
        if (b->kind == BRANCH_UNLOADS && (b->airframe_group < 0 || b->airframe_group == a))
            sum -= fmin(0, duals->charge[i].amount) * MOST_UNLOADS;
    }
    return sum;
}

double charge_least(const struct duals *duals, int32_t a, int32_t c, int32_t demand)
{
    double sum = 0;
    for (size_t i = 0; i < duals->n_charges; i++) {
        const struct branch *b = duals->charge[i].branch;
        if (b->kind == BRANCH_PAX && b->demand == demand && holds(b, a, c, b->since))
            sum += fmin(0, duals->charge[i].amount);
    }
    return sum;
}

/* What the presence of one stop pays. */
static double presence(const struct duals *duals, int32_t airfield, sec_t from, sec_t until)
{
    const struct steps *s = &duals->mog[airfield];
    return s->n && from < until ? steps_at(s, until) - steps_at(s, from) : 0;
}

double duals_price(const struct duals *duals, const struct instance *inst, const struct column *col)
{
    const struct mission *m = &col->mission;
    size_t n = m->n_stops - 1;
    int32_t units = inst->type[col->type].mog_units;
    double rc = (double)col->cost / 100.0;
    for (size_t i = 0; i <= n; i++) {
        const struct stop *stop = &m->stop[i];
        rc += units * presence(duals, stop->airfield, i == 0 ? stop->handling_start : stop->arrival,
                               i == n ? stop->handling_end : stop->departure);
        if (i == 0)
            continue;
        double hours = (double)instance_leg(inst, col->type, stop[-1].airfield, stop->airfield)->block / 3600.0;
        rc += steps_at(&duals->arrival[stop->airfield], stop->arrival) +
              flight_price(duals, col->type, stop[-1].airfield, stop->airfield) +
              hours * duals->inspection[col->airframe_group] +
              hours * steps_at(&duals->hour[col->crew_group], stop->arrival);
    }
    for (size_t r = 0; r < m->n_rides; r++) {
        const struct stop *to = &m->stop[m->ride[r].to_stop];
        rc += m->ride[r].pax *
              (steps_at(&duals->unloading[to->airfield], to->handling_start) - duals->pax[m->ride[r].demand]);
    }
    size_t first = (size_t)m->stop[0].airfield, last = (size_t)m->stop[n].airfield;
    size_t g = (size_t)col->airframe_group * duals->n_fields, c = (size_t)col->crew_group * duals->n_fields;
    rc += steps_at(&duals->airframe[g + first], col->begin) - steps_at(&duals->airframe[g + last], col->ready);
    rc += duals->airframe_end[g + last] - duals->airframe_end[g + first];
    rc += steps_at(&duals->crew[c + first], col->show) - steps_at(&duals->crew[c + last], col->crew_ready);
    rc += duals->crew_end[c + last] - duals->crew_end[c + first];
    for (size_t i = 0; i < duals->n_tolls; i++)
        rc += duals->toll[i].amount * whole_load_waste(duals->toll[i].load, whole_load_aboard(duals->toll[i].load, m));
    for (size_t i = 0; i < duals->n_triples; i++)
        rc += duals->triple[i].amount * triple_count(duals->triple[i].demand, m);
    for (size_t i = 0; i < duals->n_charges; i++)
        rc += duals->charge[i].amount * branch_count(duals->charge[i].branch, col);
    return rc;
}
