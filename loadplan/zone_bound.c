/* On one leg, demands and zones that share people are a graph: whoever sits in a zone is an edge. A connected part of a
 * demands and b zones has a + b - 1 edges or more, and its zones hold its demands. So the least number of edges is that
 * of a best division of the demands into parts, each with zones of its own; found by a sum over subsets. Zones of the
 * same size are alike here. */
#include "loadplan/zone_bound.h"

#include <stdlib.h>

enum {
    MOST_DEMANDS = 10, /* of a leg that are divided; what is beyond counts by itself */
    MOST_STATES = 1 << 17
};

/* Zones by size. */
struct sizes {
    int32_t *seats, *count; /* [n] sizes, falling */
    size_t n, vectors;      /* how many ways there are to take some of each */
};

static int falling(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x < y) - (x > y);
}

static bool sizes_init(struct sizes *s, const struct cabin *cabin)
{
    *s = (struct sizes){.seats = calloc(cabin->n_zones + 1, sizeof *s->seats),
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
    return ok;
}

static void sizes_release(struct sizes *s)
{
    free(s->seats);
    free(s->count);
}

/* Zones that one demand of so many people needs. */
static int64_t zones_for(const struct sizes *s, int64_t people)
{
    int64_t zones = 0;
    for (size_t i = 0; i < s->n; i++)
        for (int32_t k = 0; k < s->count[i] && people > 0; k++) {
            people -= s->seats[i];
            zones++;
        }
    return zones;
}

/* Zones of a vector, and their seats; the vector's digits have the bases count + 1. */
static int64_t vector_zones(const struct sizes *s, size_t vector, int64_t *seats, int32_t *smallest)
{
    int64_t zones = 0;
    *seats = 0;
    *smallest = INT32_MAX;
    for (size_t i = 0; i < s->n; i++) {
        int64_t k = (int64_t)(vector % ((size_t)s->count[i] + 1));
        vector /= (size_t)s->count[i] + 1;
        zones += k;
        *seats += k * s->seats[i];
        if (k > 0)
            *smallest = s->seats[i];
    }
    return zones;
}

/* Whether every digit of a is at most that of b: then b - a is what is left. */
static bool vector_within(const struct sizes *s, size_t a, size_t b)
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

enum { NEVER = 1000000 };

struct division {
    const struct sizes *s;
    size_t n; /* demands */
    int64_t people[MOST_DEMANDS];
    int32_t *least; /* [2^n * vectors] zones for some demands with some zones */
    int64_t *sum;   /* [2^n] people */
};

/* The parts that have the demands `part`: `rest` of all are seated by what is left of the zones. */
static void divide(struct division *d, size_t whole, size_t part, size_t zones_of_part, int64_t edges)
{
    const struct sizes *s = d->s;
    size_t rest = whole & ~part;
    for (size_t v = zones_of_part; v < s->vectors; v++) {
        if (!vector_within(s, zones_of_part, v))
            continue;
        int32_t zones = d->least[rest * s->vectors + v - zones_of_part] + (int32_t)edges;
        int32_t *least = &d->least[whole * s->vectors + v];
        *least = zones < *least ? zones : *least;
    }
}

static void divide_all(struct division *d)
{
    const struct sizes *s = d->s;
    for (size_t whole = 1; whole < (size_t)1 << d->n; whole++) {
        size_t lowest = whole & (~whole + 1);
        for (size_t v = 0; v < s->vectors; v++)
            d->least[whole * s->vectors + v] = NEVER;
        for (size_t part = whole; part > 0; part = (part - 1) & whole) {
            if (!(part & lowest))
                continue;
            int64_t members = 0, seats;
            int32_t smallest;
            for (size_t i = 0; i < d->n; i++)
                members += (int64_t)((part >> i) & 1);
            for (size_t v = 1; v < s->vectors; v++) {
                int64_t zones = vector_zones(s, v, &seats, &smallest);
                if (seats >= d->sum[part] && seats - smallest < d->sum[part]) /* none of them is one too many */
                    divide(d, whole, part, v, members + zones - 1);
            }
        }
    }
}

/* Least zones of the demands aboard, NEVER where they do not fit; -1: out of memory. */
static int64_t divided(const struct sizes *s, const int64_t *people, size_t n)
{
    struct division d = {.s = s, .n = n};
    size_t subsets = (size_t)1 << n;
    d.least = calloc(subsets * s->vectors, sizeof *d.least);
    d.sum = calloc(subsets, sizeof *d.sum);
    int64_t zones = -1;
    if (d.least && d.sum) {
        for (size_t a = 1; a < subsets; a++)
            for (size_t i = 0; i < n; i++)
                d.sum[a] += (a >> i) & 1 ? people[i] : 0;
        divide_all(&d);
        zones = d.least[subsets * s->vectors - 1];
    }
    free(d.least);
    free(d.sum);
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
static int64_t bound_of_leg(const struct load_task *t, const struct sizes *s, size_t leg, const int64_t *alone,
                            int64_t *people)
{
    int64_t chosen[MOST_DEMANDS], others = 0;
    size_t n = 0;
    count_aboard(t, leg, people);
    for (size_t d = 0; d < t->n_demands; d++)
        others += alone[d];
    for (; n < MOST_DEMANDS; n++) {
        size_t best = t->n_demands;
        for (size_t d = 0; d < t->n_demands; d++)
            if (people[d] > 0 && (best == t->n_demands || people[d] > people[best]))
                best = d;
        if (best == t->n_demands || ((size_t)2 << n) * s->vectors > MOST_STATES)
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
    struct sizes s;
    *b = (struct zone_bound){.demand = calloc(t->n_demands + 1, sizeof *b->demand)};
    int64_t *people = calloc(t->n_demands + 1, sizeof *people);
    bool ok = sizes_init(&s, t->cabin) && b->demand && people;
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
    sizes_release(&s);
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
