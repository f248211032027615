/* On one leg, demands and zones that share people are a graph: whoever sits in a zone is an edge. A connected part of a
 * demands and b zones has a + b - 1 edges or more, and its zones hold its demands. So the least number of edges is that
 * of a best division of the demands into parts, each with zones of its own; found by a sum over subsets. Zones of the
 * same size are alike here. */
#include "loadplan/zone_bound.h"

#include <stdlib.h>

enum { MOST_STATES = 1 << 17, MOST_COMPARED = 256 };

static int falling(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x < y) - (x > y);
}

static struct zone_vector measure_vector(const struct zone_sizes *s, size_t vector)
{
    struct zone_vector v = {.smallest = INT32_MAX};
    for (size_t i = 0; i < s->n; i++) {
        int32_t k = (int32_t)(vector % ((size_t)s->count[i] + 1));
        vector /= (size_t)s->count[i] + 1;
        v.zones += k;
        v.seats += (int64_t)k * s->seats[i];
        if (k > 0)
            v.smallest = s->seats[i];
    }
    return v;
}

/* Every digit of a is at most that of b: then b - a is what is left. */
static bool digits_within(const struct zone_sizes *s, size_t a, size_t b)
{
    for (size_t i = 0; i < s->n; i++) {
        size_t base = (size_t)s->count[i] + 1;
        if (a % base > b % base)
            return false;
        a /= base;
        b /= base;
    }
    return true;
}

bool zone_vector_within(const struct zone_sizes *s, size_t a, size_t b)
{
    return s->within ? s->within[a * s->vectors + b] : digits_within(s, a, b);
}

static bool measure_vectors(struct zone_sizes *s)
{
    s->vector = calloc(s->vectors, sizeof *s->vector);
    if (!s->vector)
        return false;
    for (size_t v = 0; v < s->vectors; v++)
        s->vector[v] = measure_vector(s, v);
    if (s->vectors > MOST_COMPARED)
        return true;
    bool *within = calloc(s->vectors * s->vectors, sizeof *within);
    if (!within)
        return false;
    for (size_t i = 0; i < s->vectors * s->vectors; i++)
        within[i] = digits_within(s, i / s->vectors, i % s->vectors);
    s->within = within;
    return true;
}

bool zone_sizes_init(struct zone_sizes *s, const struct cabin *cabin)
{
    *s = (struct zone_sizes){.seats = calloc(cabin->n_zones + 1, sizeof *s->seats),
                             .count = calloc(cabin->n_zones + 1, sizeof *s->count),
                             .vectors = 1};
    int32_t *all = calloc(cabin->n_zones + 1, sizeof *all);
    bool ok = s->seats && s->count && all;
    for (size_t z = 0; ok && z < cabin->n_zones; z++)
        all[z] = cabin->zone[z].seats;
    if (ok)
        qsort(all, cabin->n_zones, sizeof *all, falling);
    for (size_t z = 0; ok && z < cabin->n_zones; z++) {
        if (s->n == 0 || s->seats[s->n - 1] != all[z])
            s->seats[s->n++] = all[z];
        s->count[s->n - 1]++;
    }
    for (size_t i = 0; i < s->n && s->vectors < MOST_STATES; i++)
        s->vectors *= (size_t)s->count[i] + 1;
    free(all);
    ok = ok && measure_vectors(s);
    if (!ok)
        zone_sizes_release(s);
    return ok;
}

void zone_sizes_release(struct zone_sizes *s)
{
    free(s->seats);
    free(s->count);
    free(s->vector);
    free(s->within);
    *s = (struct zone_sizes){0};
}

/* Zones that one demand of so many people needs. */
static int64_t zones_for(const struct zone_sizes *s, int64_t people)
{
    int64_t zones = 0;
    for (size_t i = 0; i < s->n; i++)
        for (int32_t k = 0; k < s->count[i] && people > 0; k++) {
            people -= s->seats[i];
            zones++;
        }
    return zones;
}

/* The parts that have the demands `part`: `rest` of all are seated by what is left of the zones. */
static void divide(struct zone_division *d, size_t whole, size_t part, size_t zones_of_part, int32_t edges)
{
    const struct zone_sizes *s = d->s;
    size_t rest = whole & ~part;
    for (size_t v = zones_of_part; v < s->vectors; v++) {
        if (!zone_vector_within(s, zones_of_part, v))
            continue;
        int32_t zones = d->least[rest * s->vectors + v - zones_of_part] + edges;
        int32_t *least = &d->least[whole * s->vectors + v];
        *least = zones < *least ? zones : *least;
    }
}

static void divide_all(struct zone_division *d)
{
    const struct zone_sizes *s = d->s;
    for (size_t whole = 1; whole < (size_t)1 << d->n; whole++) {
        size_t lowest = whole & (~whole + 1);
        for (size_t v = 0; v < s->vectors; v++)
            d->least[whole * s->vectors + v] = ZONES_NEVER;
        for (size_t part = whole; part > 0; part = (part - 1) & whole) {
            if (!(part & lowest))
                continue;
            int32_t members = 0;
            for (size_t i = 0; i < d->n; i++)
                members += (int32_t)((part >> i) & 1);
            for (size_t v = 1; v < s->vectors; v++)
                if (zone_vector_serves(s, v, d->sum[part]))
                    divide(d, whole, part, v, members + s->vector[v].zones - 1);
        }
    }
}

bool zone_division_init(struct zone_division *d, const struct zone_sizes *s, const int64_t *people, size_t n)
{
    size_t subsets = (size_t)1 << n;
    *d = (struct zone_division){.s = s,
                                .n = n,
                                .least = calloc(subsets * s->vectors, sizeof *d->least),
                                .sum = calloc(subsets, sizeof *d->sum)};
    if (!d->least || !d->sum) {
        zone_division_release(d);
        return false;
    }
    for (size_t a = 1; a < subsets; a++)
        for (size_t i = 0; i < n; i++)
            d->sum[a] += (a >> i) & 1 ? people[i] : 0;
    divide_all(d);
    return true;
}

void zone_division_release(struct zone_division *d)
{
    free(d->least);
    free(d->sum);
    *d = (struct zone_division){0};
}

bool zone_divides(const struct zone_sizes *s, size_t n)
{
    return n <= MOST_DIVIDED && ((size_t)1 << n) * s->vectors <= MOST_STATES;
}

/* Least zones of the demands aboard, ZONES_NEVER where they do not fit; -1: out of memory. */
static int64_t divided(const struct zone_sizes *s, const int64_t *people, size_t n)
{
    struct zone_division d;
    if (!zone_division_init(&d, s, people, n))
        return -1;
    int64_t zones = d.least[((size_t)1 << n) * s->vectors - 1];
    zone_division_release(&d);
    return zones;
}

/* People of each demand on a leg. */
static void count_aboard(const struct load_task *t, size_t leg, int64_t *people)
{
    for (size_t d = 0; d < t->n_demands; d++)
        people[d] = 0;
    for (size_t l = 0; l < t->n_lots; l++)
        people[t->lot[l].demand_slot] += t->leg[leg].aboard[l] ? lot_size(&t->lot[l]) : 0;
}

/* The bound that a leg gives: its larger demands divided, all others by themselves. -1: out of memory. */
static int64_t bound_of_leg(const struct load_task *t, const struct zone_sizes *s, size_t leg, const int64_t *alone,
                            int64_t *people)
{
    int64_t chosen[MOST_DIVIDED], others = 0;
    size_t n = 0;
    count_aboard(t, leg, people);
    for (size_t d = 0; d < t->n_demands; d++)
        others += alone[d];
    for (; n < MOST_DIVIDED; n++) {
        size_t best = t->n_demands;
        for (size_t d = 0; d < t->n_demands; d++)
            if (people[d] > 0 && (best == t->n_demands || people[d] > people[best]))
                best = d;
        if (best == t->n_demands || !zone_divides(s, n + 1))
            break;
        chosen[n] = people[best];
        others -= alone[best];
        people[best] = 0;
    }
    if (n < 2)
        return 0;
    int64_t zones = divided(s, chosen, n);
    return zones < 0 ? -1 : zones + others;
}

bool zone_bound_init(struct zone_bound *b, const struct load_task *t)
{
    struct zone_sizes s;
    *b = (struct zone_bound){.demand = calloc(t->n_demands + 1, sizeof *b->demand)};
    int64_t *people = calloc(t->n_demands + 1, sizeof *people);
    bool ok = zone_sizes_init(&s, t->cabin) && b->demand && people;
    for (size_t i = 0; i < t->n_legs && ok; i++) {
        count_aboard(t, i, people);
        for (size_t d = 0; d < t->n_demands; d++) {
            int64_t zones = zones_for(&s, people[d]);
            b->demand[d] = zones > b->demand[d] ? zones : b->demand[d];
        }
    }
    for (size_t d = 0; d < t->n_demands && ok; d++)
        b->zones += b->demand[d];
    for (size_t i = 0; i < t->n_legs && ok; i++) {
        int64_t zones = bound_of_leg(t, &s, i, b->demand, people);
        ok = zones >= 0;
        b->zones = zones > b->zones ? zones : b->zones;
    }
    zone_sizes_release(&s);
    free(people);
    if (!ok)
        zone_bound_release(b);
    return ok;
}

void zone_bound_release(struct zone_bound *b)
{
    free(b->demand);
    *b = (struct zone_bound){0};
}
