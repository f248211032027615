#include "solver/load_memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CENT 0.01 /* delay costs are rounded, ride by ride */

enum { BUCKETS = 1024, MOST_RECORDS = 4096, MOST_ALIKE = 8, MOST_STOPS = 24 };

struct record {
    struct record *next; /* in its bucket, the newest first */
    int32_t stops, airfield[MOST_STOPS];
    double most;
    size_t n;
    struct known_ride ride[];
};

struct load_memory {
    struct record *bucket[BUCKETS];
    size_t n;
};

struct load_memory *load_memory_new(void)
{
    return calloc(1, sizeof(struct load_memory));
}

void load_memory_free(struct load_memory *memory)
{
    for (size_t b = 0; memory && b < BUCKETS; b++)
        for (struct record *r = memory->bucket[b], *next; r; r = next) {
            next = r->next;
            free(r);
        }
    free(memory);
}

static size_t bucket_of(const int32_t *airfield, int32_t stops)
{
    uint32_t hash = (uint32_t)stops;
    for (int32_t i = 0; i < stops; i++)
        hash = hash * 16777619u ^ (uint32_t)airfield[i];
    return (hash ^ hash >> 15) % BUCKETS;
}

static bool same_airfields(const struct record *r, const int32_t *airfield, int32_t stops)
{
    return r->stops == stops && memcmp(r->airfield, airfield, (size_t)stops * sizeof *airfield) == 0;
}

static int ride_compare(const struct known_ride *a, const struct known_ride *b)
{
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    return (a->demand > b->demand) - (a->demand < b->demand);
}

/* What a record says about these rides; INFINITY where it lacks one. A load of them earned no more than `most` there.
 * Here its passengers earn so much more each, and whoever loads first or unloads last pays so much less. */
static double says(const struct record *r, const struct known_ride *ride, size_t n, int32_t seats)
{
    double each = 0, dearest = 0, first = 0, last = 0;
    for (size_t i = 0, k = 0; i < n; i++, k++) {
        while (k < r->n && ride_compare(&r->ride[k], &ride[i]) < 0)
            k++;
        if (k == r->n || ride_compare(&r->ride[k], &ride[i]) != 0)
            return INFINITY;
        double more = fmax(0, ride[i].value - r->ride[k].value);
        each += more * (ride[i].most < seats ? ride[i].most : seats);
        dearest = fmax(dearest, more);
        first = fmax(first, r->ride[k].first - ride[i].first);
        last = fmax(last, r->ride[k].last - ride[i].last);
    }
    double by_legs = dearest * seats * (r->stops - 1);
    return r->most + fmin(each, by_legs) + first + last + CENT * (double)n;
}

double load_memory_most(const struct load_memory *memory, const int32_t *airfield, int32_t stops,
                        const struct known_ride *ride, size_t n, int32_t seats)
{
    double most = INFINITY;
    if (stops <= MOST_STOPS)
        for (const struct record *r = memory->bucket[bucket_of(airfield, stops)]; r; r = r->next)
            if (same_airfields(r, airfield, stops))
                most = fmin(most, says(r, ride, n, seats));
    return most;
}

/* Takes the oldest record of the airfields out where they have as many as they may; NULL: they have not. */
static struct record *oldest(struct load_memory *memory, struct record **from, const int32_t *airfield, int32_t stops)
{
    struct record **last = NULL;
    size_t alike = 0;
    for (struct record **r = from; *r; r = &(*r)->next)
        if (same_airfields(*r, airfield, stops)) {
            last = r;
            alike++;
        }
    if (!last || (alike < MOST_ALIKE && memory->n < MOST_RECORDS))
        return NULL;
    struct record *old = *last;
    *last = old->next;
    memory->n--;
    return old;
}

void load_memory_keep(struct load_memory *memory, const int32_t *airfield, int32_t stops, const struct known_ride *ride,
                      size_t n, double most)
{
    if (stops > MOST_STOPS)
        return;
    struct record **bucket = &memory->bucket[bucket_of(airfield, stops)];
    free(oldest(memory, bucket, airfield, stops));
    if (memory->n >= MOST_RECORDS)
        return;
    struct record *r = malloc(sizeof *r + n * sizeof *ride);
    if (!r)
        return;
    r->next = *bucket;
    r->stops = stops;
    memcpy(r->airfield, airfield, (size_t)stops * sizeof *airfield);
    r->most = most;
    r->n = n;
    memcpy(r->ride, ride, n * sizeof *ride);
    *bucket = r;
    memory->n++;
}
