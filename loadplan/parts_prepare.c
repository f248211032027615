/* What the search by parts is given: lots and zones in order, best divisions' parts, the balance in units. */
#include <math.h>
#include <stdlib.h>

#include "loadplan/parts_search.h"

size_t parts_vector(const struct parts *p, uint32_t zones)
{
    size_t vector = 0;
    for (size_t z = 0; z < p->t->n_zones; z++)
        vector += has(zones, z) ? p->weight[z] : 0;
    return vector;
}

static bool placed_before(const struct load_task *t, size_t a, size_t b)
{
    const struct lot *x = &t->lot[a], *y = &t->lot[b];
    if (x->later != y->later)
        return x->later > y->later;
    return lot_size(x) != lot_size(y) ? lot_size(x) > lot_size(y) : a < b;
}

static double body_of(const struct lot *lot)
{
    return lot->body[lot->people[PASSENGER] > 0 ? PASSENGER : ESCORT];
}

bool parts_apply(const struct load_task *t)
{
    bool together = false;
    if (t->n_lots != t->n_demands || t->n_lots > MOST_DIVIDED || t->n_zones > MOST_ZONES || t->n_lots == 0)
        return false;
    for (size_t i = 0; i < t->n_legs; i++) {
        size_t n = 0;
        for (size_t l = 0; l < t->n_lots; l++)
            n += t->leg[i].aboard[l];
        together = together || n == t->n_lots;
    }
    for (size_t l = 0; l < t->n_lots && together; l++) {
        const struct lot *lot = &t->lot[l];
        together = lot_size(lot) > 0 && (lot->people[PASSENGER] == 0 || lot->people[ESCORT] == 0 ||
                                         lot->body[PASSENGER] == lot->body[ESCORT]);
    }
    return together;
}

static void sort_lots(struct parts *p)
{
    const struct load_task *t = p->t;
    p->n = t->n_lots;
    for (size_t i = 0; i < p->n; i++) {
        size_t k = i;
        for (; k > 0 && placed_before(t, i, p->lot[k - 1]); k--)
            p->lot[k] = p->lot[k - 1];
        p->lot[k] = i;
    }
    for (size_t i = 0; i < p->n; i++) {
        size_t k = i;
        for (; k > 0 && body_of(&t->lot[p->lot[i]]) > body_of(&t->lot[p->lot[p->by_body[k - 1]]]); k--)
            p->by_body[k] = p->by_body[k - 1];
        p->by_body[k] = i;
        p->people[i] = lot_size(&t->lot[p->lot[i]]);
        for (size_t j = 0; j < p->n; j++)
            p->apart[i] |= t->apart[p->lot[i] * p->n + p->lot[j]] ? (uint32_t)1 << j : 0;
    }
}

static void sort_zones(struct parts *p)
{
    const struct load_task *t = p->t;
    for (size_t z = 0; z < t->n_zones; z++) {
        size_t k = z;
        for (; k > 0 && t->zone_arm[z] < t->zone_arm[p->by_arm[k - 1]]; k--)
            p->by_arm[k] = p->by_arm[k - 1];
        p->by_arm[k] = z;
        p->weight[z] = 1;
        for (size_t i = 0; p->sizes.seats[i] != t->cabin->zone[z].seats; i++)
            p->weight[z] *= (size_t)p->sizes.count[i] + 1;
    }
}

/* Least or most units of cargo on a leg, all of it together. */
static double cargo_units(const struct load_task *t, size_t leg, int side)
{
    gram_t left = 0;
    double sum = 0, last = -INFINITY;
    for (size_t l = 0; l < t->n_lots; l++)
        left += t->leg[leg].aboard[l] ? t->lot[l].cargo : 0;
    while (left > 0) { /* arm by arm, outermost first */
        double arm = INFINITY;
        gram_t room = 0;
        for (size_t q = 0; q < t->n_positions; q++)
            if (-side * t->position_arm[q] > last)
                arm = fmin(arm, -side * t->position_arm[q]);
        if (!isfinite(arm))
            break;
        for (size_t q = 0; q < t->n_positions; q++)
            room += -side * t->position_arm[q] == arm ? t->cabin->position[q].largest : 0;
        room = room < left ? room : left;
        sum += (double)room / 1e3 * -side * arm;
        left -= room;
        last = arm;
    }
    return sum / (t->leg[leg].mass * t->unit);
}

static void set_balance(struct parts *p)
{
    const struct load_task *t = p->t;
    for (size_t i = 0; i < t->n_legs; i++) {
        double unit = t->leg[i].mass * t->unit;
        p->moment[i] = t->leg[i].moment / unit;
        for (size_t l = 0; l < p->n; l++)
            p->pull[i * p->n + l] = t->leg[i].aboard[p->lot[l]] ? body_of(&t->lot[p->lot[l]]) / unit : 0;
        for (int side = 0; side < 2; side++)
            p->cargo[side][i] = cargo_units(t, i, side ? 1 : -1);
    }
}

static bool list_zones(struct parts *p)
{
    size_t sets = (size_t)1 << p->t->n_zones, n = 0;
    p->zones_of = calloc(sets, sizeof *p->zones_of);
    p->zones_first = calloc(p->sizes.vectors + 1, sizeof *p->zones_first);
    if (!p->zones_of || !p->zones_first)
        return false;
    for (size_t v = 0; v < p->sizes.vectors; v++) {
        p->zones_first[v] = n;
        for (uint32_t set = 0; set < sets; set++)
            if (parts_vector(p, set) == v)
                p->zones_of[n++] = set;
    }
    p->zones_first[p->sizes.vectors] = n;
    return true;
}

static bool any_apart(const struct parts *p, uint32_t lots)
{
    for (size_t l = 0; l < p->n; l++)
        if (has(lots, l) && (p->apart[l] & lots))
            return true;
    return false;
}

/* Parts that have demand l first, of divisions with the least zones. */
static bool list_parts(struct parts *p)
{
    const struct zone_division *d = &p->division;
    size_t vectors = p->sizes.vectors, n = 0, room = 0;
    uint32_t all = ((uint32_t)1 << p->n) - 1;
    int32_t zones = d->least[all * vectors + vectors - 1];
    for (size_t l = 0; l < p->n; l++) {
        p->first[l] = n;
        for (uint32_t lots = (uint32_t)1 << l; lots <= all; lots += (uint32_t)2 << l)
            for (size_t v = 1; v < vectors; v++) {
                int32_t count = p->sizes.vector[v].zones;
                if (!zone_vector_serves(&p->sizes, v, d->sum[lots]) || (count == 1 && any_apart(p, lots)))
                    continue;
                struct part part = {lots, v, count + size_of(lots) - 1};
                if (part.edges + d->least[(all & ~lots) * vectors + vectors - 1 - v] > zones)
                    continue;
                if (n == room) {
                    room = room ? 2 * room : 256;
                    struct part *grown = realloc(p->part, room * sizeof *grown);
                    if (!grown)
                        return false;
                    p->part = grown;
                }
                p->part[n++] = part;
            }
    }
    p->first[p->n] = n;
    return true;
}

bool parts_init(struct parts *p)
{
    const struct load_task *t = p->t;
    int64_t people[MOST_DIVIDED];
    p->pull = calloc(t->n_legs * t->n_lots + 1, sizeof *p->pull);
    p->moment = calloc(t->n_legs + 1, sizeof *p->moment);
    p->cargo[0] = calloc(t->n_legs + 1, sizeof *p->cargo[0]);
    p->cargo[1] = calloc(t->n_legs + 1, sizeof *p->cargo[1]);
    p->more = calloc(t->n_lots << t->n_zones, sizeof *p->more);
    if (!p->pull || !p->moment || !p->cargo[0] || !p->cargo[1] || !p->more)
        return false;
    sort_lots(p);
    sort_zones(p);
    for (size_t l = 0; l < p->n; l++)
        people[l] = p->people[l];
    p->stows = load_has_cargo(t);
    if (!zone_division_init(&p->division, &p->sizes, people, p->n) || !list_zones(p) || !list_parts(p) ||
        !placing_init(&p->trial, t) || (p->stows && !stow_init(&p->stow, t)))
        return false;
    set_balance(p);
    return true;
}

void parts_release(struct parts *p)
{
    if (p->stow.t)
        stow_release(&p->stow);
    zone_division_release(&p->division);
    zone_sizes_release(&p->sizes);
    placing_release(&p->trial);
    free(p->part);
    free(p->zones_of);
    free(p->zones_first);
    order_bound_release(&p->bound);
    free(p->more);
    free(p->pull);
    free(p->moment);
    free(p->cargo[0]);
    free(p->cargo[1]);
}
