#include "solver/levels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/load.h"

/* Passengers of the set that one aircraft has room for. */
static int32_t reach_of(const struct levels *l, const struct whole_load *w)
{
    int32_t per = 1, seats = (int32_t)l->seats;
    for (size_t d = 0; d < l->inst->n_demands; d++)
        per = w->has[d] ? escorts_joint(per, l->inst->demand[d].escort_per) : per;
    int32_t most = (int32_t)load_seated(seats, per);
    return w->all < most ? w->all : most;
}

static bool push(struct levels *l, struct chunk chunk)
{
    if (l->n_chunks == l->room) {
        size_t room = 2 * l->room + 16;
        struct chunk *grown = realloc(l->chunk, room * sizeof *grown);
        if (!grown)
            return false;
        l->chunk = grown;
        l->room = room;
    }
    l->chunk[l->n_chunks++] = chunk;
    return true;
}

/* What of a toll the demand's airfield charges to the whole set. */
static double price_at(const struct levels *l, int32_t field, const struct whole_load *w)
{
    for (size_t i = l->first_common[field]; i < l->first_common[field + 1]; i++)
        if (l->common[i].load == w)
            return l->common[i].price;
    return 0;
}

/* The passengers of a demand, by what each pays in tolls at least where it unloads with no more than an aircraft's
 * others. False: out of memory. */
static bool cut_demand(struct levels *l, int32_t d)
{
    const struct duals *duals = l->duals;
    const struct demand *demand = &l->inst->demand[d];
    double each = seats_each(demand);
    for (int32_t from = 0, until; from < demand->pax; from = until) {
        until = demand->pax;
        double toll = 0;
        for (size_t i = duals->first_toll[d]; i < duals->first_toll[d + 1]; i++) {
            const struct toll *t = &duals->toll[duals->toll_of[i]];
            double price = price_at(l, demand->destination, t->load);
            int32_t free = 0;
            double slope = t->amount * least_slope(t->load, 0, l->reach[duals->toll_of[i]], &free);
            toll += free <= from ? slope : price;
            if (free > from && free < until)
                until = free;
        }
        if (from == 0)
            l->price[d] = toll / each;
        if (!push(l, (struct chunk){d, toll / each, (until - from) * each}))
            return false;
    }
    return true;
}

/* The demands for an airfield, and where tolls set in; behind the chunks of the airfields before it. */
static bool cut_field(struct levels *l, int32_t f)
{
    bool ok = true;
    l->n_chunks = l->first[f];
    for (int32_t d = 0; d < (int32_t)l->inst->n_demands && ok; d++)
        ok = l->inst->demand[d].destination != f || cut_demand(l, d);
    l->first[f + 1] = l->n_chunks;
    return ok;
}

/* What the last seat of the aircraft earns when the best of those who want to go there fill it. value [n_demands]. */
static double level_of(const struct levels *l, int32_t field, const double *value)
{
    const struct chunk *begin = &l->chunk[l->first[field]], *end = &l->chunk[l->first[field + 1]];
    double level = INFINITY, seats = l->seats;
    while (seats > 0) {
        double next = 0;
        for (const struct chunk *k = begin; k < end; k++)
            if (value[k->demand] - k->toll < level)
                next = fmax(next, value[k->demand] - k->toll);
        if (next <= 0)
            return 0;
        level = next;
        for (const struct chunk *k = begin; k < end; k++)
            seats -= value[k->demand] - k->toll == level ? k->seats : 0;
    }
    return level;
}

double beyond_level(const struct levels *l, int32_t f, double level, const double *value, const bool *loaded)
{
    double sum = 0;
    for (size_t i = l->first[f]; i < l->first[f + 1]; i++)
        sum += fmax(0, value[l->chunk[i].demand] - l->chunk[i].toll - level) * l->chunk[i].seats;
    for (size_t i = l->first_common[f]; i < l->first_common[f + 1]; i++) {
        const struct common_toll *common = &l->common[i];
        double pax = 0;
        for (size_t d = 0; d < l->inst->n_demands; d++)
            if (common->load->has[d] && l->inst->demand[d].destination == f && (!loaded || loaded[d]))
                pax += l->inst->demand[d].pax;
        sum += common->price * fmin(common->free, pax);
    }
    return sum;
}

/* What a full aircraft of them gives. */
static double full(const struct levels *l, int32_t f, const double *value)
{
    double level = level_of(l, f, value);
    return l->seats * level + beyond_level(l, f, level, value, NULL);
}

/* How many demands of the set want to go to the airfield. */
static int set_at(const struct levels *l, const struct whole_load *w, int32_t f)
{
    int n = 0;
    for (size_t d = 0; d < l->inst->n_demands; d++)
        n += w->has[d] && l->inst->demand[d].destination == f;
    return n;
}

/* The toll that makes a full aircraft worth least, `*least` at first and in the end, when it is charged to its whole
 * set, too: put behind those that are. *found: there is one. False: out of memory. */
static bool share_next(struct levels *l, int32_t f, const double *value, double *least, bool *found)
{
    size_t n = l->first_common[f + 1];
    struct common_toll chosen = {0};
    *found = false;
    for (size_t k = 0; k < l->duals->n_tolls; k++) {
        const struct toll *t = &l->duals->toll[k];
        int32_t free;
        if (set_at(l, t->load, f) < 2 || price_at(l, f, t->load) > 0)
            continue;
        double price = t->amount * least_slope(t->load, 0, l->reach[k], &free);
        if (price <= 0)
            continue;
        l->common[n] = (struct common_toll){t->load, price, free};
        l->first_common[f + 1] = n + 1;
        if (!cut_field(l, f))
            return false;
        double filled = full(l, f, value);
        l->first_common[f + 1] = n;
        if (filled < *least - 1e-6) {
            *least = filled;
            chosen = l->common[n];
            *found = true;
        }
    }
    l->common[n] = chosen;
    l->first_common[f + 1] = n + *found;
    return true;
}

/* Charges tolls to whole sets, one after the other, as long as a full aircraft gives less then. value [n_demands]. */
static bool share_tolls(struct levels *l, int32_t f, const double *value)
{
    bool ok = cut_field(l, f), found = ok && l->duals->n_tolls > 0;
    double least = ok ? full(l, f, value) : 0;
    while (ok && found)
        ok = share_next(l, f, value, &least, &found);
    return ok && cut_field(l, f);
}

/* The slot at which those who want to go to the airfield earn most. */
static size_t best_slot(const struct levels *l, int32_t f, const double *value)
{
    size_t best = 0;
    double most = 0;
    for (size_t s = 0; s < l->n_slots; s++) {
        double sum = 0;
        for (size_t d = 0; d < l->inst->n_demands; d++)
            if (l->inst->demand[d].destination == f)
                sum += value[s * l->inst->n_demands + d] * l->inst->demand[d].pax;
        if (sum > most)
            most = sum, best = s;
    }
    return best;
}

bool levels_init(struct levels *l, const struct instance *inst, const struct duals *duals, double seats,
                 const double *value, size_t n_slots)
{
    size_t n = inst->n_airfields;
    *l = (struct levels){.inst = inst, .duals = duals, .n_fields = n, .n_slots = n_slots, .seats = seats};
    l->reach = calloc(duals->n_tolls + 1, sizeof *l->reach);
    l->first = calloc(n + 2, sizeof *l->first);
    l->first_common = calloc(n + 2, sizeof *l->first_common);
    l->common = calloc(n * duals->n_tolls + 1, sizeof *l->common);
    l->price = calloc(inst->n_demands + 1, sizeof *l->price);
    l->level = calloc(n_slots * n + 1, sizeof *l->level);
    l->beyond = calloc(n_slots * n + 1, sizeof *l->beyond);
    bool ok = l->reach && l->first && l->first_common && l->common && l->price && l->level && l->beyond;
    for (size_t i = 0; i < duals->n_tolls && ok; i++)
        l->reach[i] = reach_of(l, duals->toll[i].load);
    for (size_t f = 0; f < n && ok; f++) {
        l->first_common[f + 1] = l->first_common[f];
        ok = share_tolls(l, (int32_t)f, &value[best_slot(l, (int32_t)f, value) * inst->n_demands]);
    }
    for (size_t s = 0; s < n_slots && ok; s++)
        for (size_t f = 0; f < n; f++) {
            const double *now = &value[s * inst->n_demands];
            double *level = &l->level[s * n + f];
            *level = level_of(l, (int32_t)f, now);
            l->beyond[s * n + f] = beyond_level(l, (int32_t)f, *level, now, NULL);
        }
    return ok;
}

double level_value(const struct levels *l, size_t slot, int32_t demand, double value)
{
    double level = l->level[slot * l->n_fields + (size_t)l->inst->demand[demand].destination];
    return fmin(fmax(0, value - l->price[demand]), level);
}

void levels_release(struct levels *l)
{
    free(l->reach);
    free(l->first);
    free(l->chunk);
    free(l->first_common);
    free(l->common);
    free(l->price);
    free(l->level);
    free(l->beyond);
    *l = (struct levels){0};
}
