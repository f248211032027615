/* What each family looks like. Lengths of legs, seats and block hours are in proportion to the types of the catalogue.
 */
#include <stddef.h>
#include <string.h>

#include "generate/chance.h"
#include "generate/generate.h"
#include "generate/sketch.h"

/* --- what families share; one draw a statement: within one, compilers may take them in any order */

struct build {
    struct sketch *s;
    const struct knobs *knobs;
    struct chance *chance;
};

/* From `loose` at tightness 0 to `tight` at 1000. */
static int32_t between(int32_t loose, int32_t tight, int32_t tightness)
{
    return loose + (int32_t)(((int64_t)tight - loose) * tightness / 1000);
}

static int32_t ceil_div(int64_t a, int64_t b)
{
    return (int32_t)((a + b - 1) / b);
}

static int32_t least_of(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static void begin(struct build *b, struct sketch *s, const struct knobs *knobs, struct chance *chance)
{
    *b = (struct build){s, knobs, chance};
    s->step_min = 30;
    s->show_min = 180;
    s->rest_min = 720;
    s->rolling_days = NONE;
}

/* A field within `reach` thousandths of a degree of a place, open all day. */
static struct sketch_field *add_field(struct build *b, const char *country, int32_t lat, int32_t lon, int32_t reach)
{
    struct sketch_field *f = &b->s->field[b->s->n_fields++];
    *f = (struct sketch_field){.mog = NONE, .open_from = NONE, .fuel = true};
    f->lat = lat + chance_in(b->chance, -reach, reach);
    f->lon = lon + chance_in(b->chance, -reach, reach);
    f->runway_ft = chance_in(b->chance, 80, 120) * 100;
    memcpy(f->country, country, 2);
    return f;
}

/* As many fields as so many demands make use of, from `least` on. */
static int32_t fields_for(const struct build *b, int32_t least, int32_t demands_each, int32_t most)
{
    return least_of(most, least + b->knobs->size / demands_each);
}

static void open_by_day(struct build *b, struct sketch_field *f)
{
    f->open_from = 60 * chance_in(b->chance, 4, 8);
    f->open_until = f->open_from + between(18, 9, b->knobs->windows) * 60;
    f->open_until = least_of(f->open_until, DAY_MIN);
}

/* A demand with a pickup window that is shorter the tighter windows are. */
static struct sketch_demand *add_demand(struct build *b, int32_t origin, int32_t destination, int32_t pax)
{
    struct sketch_demand *d = &b->s->demand[b->s->n_demands++];
    int32_t all = b->s->days * DAY_MIN, last = all - 720;
    int32_t from = chance_in(b->chance, 0, last / 120 / 2) * 60;
    int32_t length = between(last - from, 240, b->knobs->windows) / 15 * 15;
    *d = (struct sketch_demand){.origin = origin,
                                .destination = destination,
                                .pax = pax,
                                .pickup_from = from,
                                .pickup_until = from + length,
                                .delivery_until = NONE,
                                .lot = 1,
                                .aboard_min = NONE,
                                .escort_per = NONE,
                                .onload_min = NONE};
    d->kg = chance_in(b->chance, 85, 125);
    d->penalty = chance_in(b->chance, 20, 60) * 100;
    d->delay = chance_in(b->chance, 1, 10);
    return d;
}

static int64_t total_pax(const struct sketch *s)
{
    int64_t pax = 0;
    for (int32_t i = 0; i < s->n_demands; i++)
        pax += s->demand[i].pax;
    return pax;
}

static void add_crew(struct build *b, int32_t type, int32_t at, bool anywhere)
{
    struct sketch_crew *c = &b->s->crew[b->s->n_crews++];
    *c = (struct sketch_crew){.type = type, .at = at, .anywhere = anywhere};
    c->augmented = chance_is(b->chance, 300);
    if (chance_is(b->chance, 500))
        c->last_duty_end = -60 * chance_in(b->chance, 1, 11);
    c->flown_min = chance_in(b->chance, 2, 8) * 60;
}

/* Airframes of a type for `share` thousandths of what the demands ask for, each with so many full loads a day; and
 * crews, at most two for an airframe. At `at`, or at random fields below n_at. */
static void add_fleet(struct build *b, int32_t type, int32_t seats, int32_t share, int32_t loads_a_day, int32_t n_at)
{
    struct sketch *s = b->s;
    int64_t loads = ceil_div(total_pax(s) * share, (int64_t)seats * 1000);
    int32_t n = ceil_div(loads * between(1800, 700, b->knobs->fleet), (int64_t)loads_a_day * s->days * 1000);
    n = n < 1 ? 1 : n;
    for (int32_t i = 0; i < n && s->n_frames < MOST_FRAMES; i++) {
        int32_t at = chance_in(b->chance, 0, n_at - 1);
        bool anywhere = chance_is(b->chance, 400);
        s->frame[s->n_frames++] = (struct sketch_frame){.type = type, .at = at, .anywhere = anywhere};
        int32_t crews = chance_is(b->chance, between(1000, 200, b->knobs->fleet)) ? 2 : 1;
        for (int32_t c = 0; c < crews && s->n_crews < MOST_CREWS; c++)
            add_crew(b, type, at, anywhere);
    }
}

/* What a country takes a day: a share of what is brought there, in loads of so many seats. */
static struct sketch_limit *add_limit(struct build *b, const char *country, int32_t seats)
{
    struct sketch *s = b->s;
    struct sketch_limit *limit = &s->limit[s->n_limits++];
    int64_t pax = 0;
    for (int32_t i = 0; i < s->n_demands; i++)
        if (strncmp(s->field[s->demand[i].destination].country, country, 2) == 0)
            pax += s->demand[i].pax;
    int32_t most = ceil_div(pax * between(1600, 600, b->knobs->caps), (int64_t)s->days * 1000);
    *limit = (struct sketch_limit){.pax = most, .arrivals = ceil_div(most, seats), .clear_from = NONE};
    memcpy(limit->country, country, 2);
    return limit;
}

/* --- families */

/* From collection fields near a border to receiving countries with caps and clearances, 900 to 1,400 nm away. */
static void border(struct sketch *s, const struct knobs *knobs, struct chance *chance)
{
    struct build b;
    begin(&b, s, knobs, chance);
    s->type[s->n_types++] = "C-17A";
    s->type[s->n_types++] = "C-130J-30";
    int32_t from = fields_for(&b, 2, 10, 8), to = fields_for(&b, 2, 8, 10);
    for (int32_t i = 0; i < from; i++)
        add_field(&b, "AA", 31500, -106000, 2500);
    for (int32_t i = 0; i < to; i++)
        add_field(&b, i % 2 ? "CC" : "BB", i % 2 ? 14500 : 16500, i % 2 ? -88000 : -92500, 1500)->mog =
            between(4, 2, knobs->caps);
    for (int32_t i = 0; i < knobs->size; i++) {
        int32_t origin = chance_in(chance, 0, from - 1), destination = from + chance_in(chance, 0, to - 1);
        struct sketch_demand *d = add_demand(&b, origin, destination, chance_in(chance, 20, 150));
        d->escort_per = 10;
        d->together = d->pax < 60 && chance_is(chance, 300);
        d->lot = d->pax < 40 ? d->pax : 20;
    }
    add_fleet(&b, 0, 188, 500, 1, from);
    add_fleet(&b, 1, 128, 500, 1, from);
    for (int32_t i = 0; i < 2; i++) {
        struct sketch_limit *limit = add_limit(&b, i ? "CC" : "BB", 110);
        limit->clear_from = 60 * chance_in(chance, 10, 14);
        limit->clear_until = limit->clear_from + between(600, 300, knobs->windows);
    }
}

/* To and from a hub with little parking; few ways lead past it. */
static void hub_and_spoke(struct sketch *s, const struct knobs *knobs, struct chance *chance)
{
    struct build b;
    begin(&b, s, knobs, chance);
    s->type[s->n_types++] = "C-130J-30";
    add_field(&b, "HU", 50000, 8000, 500)->mog = between(4, 1, knobs->caps);
    int32_t spokes = fields_for(&b, 3, 4, 24);
    for (int32_t i = 0; i < spokes; i++)
        open_by_day(&b, add_field(&b, "SP", 48000, 12000, 8000));
    for (int32_t i = 0; i < knobs->size; i++) {
        int32_t spoke = chance_in(chance, 1, spokes),
                other = 1 + (spoke - 1 + chance_in(chance, 1, spokes - 1)) % spokes;
        int32_t way = chance_in(chance, 0, 4);
        struct sketch_demand *d = add_demand(&b, way < 2 ? 0 : spoke,
                                             way < 2   ? spoke
                                             : way < 4 ? 0
                                                       : other,
                                             chance_in(chance, 10, 90));
        if (chance_is(chance, 400))
            d->delivery_until = least_of(d->pickup_until + between(900, 300, knobs->windows), s->days * DAY_MIN);
    }
    add_fleet(&b, 0, 128, 1000, 2, 1);
    add_limit(&b, "SP", 60);
}

/* Two places an hour or two apart, one type, much to move both ways: crews and their duty are what there is too little
 * of. */
static void shuttle(struct sketch *s, const struct knobs *knobs, struct chance *chance)
{
    struct build b;
    begin(&b, s, knobs, chance);
    s->type[s->n_types++] = "B737";
    s->rolling_days = 1;
    s->rolling_min = between(840, 420, knobs->fleet);
    add_field(&b, "AA", 35000, 33000, 500)->mog = between(4, 1, knobs->caps);
    open_by_day(&b, add_field(&b, "BB", 33000, 41000, 1500));
    for (int32_t i = 0; i < knobs->size; i++) {
        int32_t way = chance_is(chance, 650);
        add_demand(&b, way, 1 - way, chance_in(chance, 60, 180))->lot = 10;
    }
    add_fleet(&b, 0, 135, 800, 2, 1);
    add_limit(&b, "AA", 100);
}

/* Everybody off the islands before the storm: short runways, no fuel, daylight, room for one or two. */
static void island_evacuation(struct sketch *s, const struct knobs *knobs, struct chance *chance)
{
    struct build b;
    begin(&b, s, knobs, chance);
    s->type[s->n_types++] = "C-130J";
    s->type[s->n_types++] = "B737";
    add_field(&b, "ML", 25500, -80300, 300);
    add_field(&b, "ML", 27800, -82000, 600);
    int32_t islands = fields_for(&b, 2, 4, 24), storm = s->days * DAY_MIN - between(0, 540, knobs->windows);
    for (int32_t i = 0; i < islands; i++) {
        struct sketch_field *f = add_field(&b, "IS", 15500, -64500, 2500);
        f->runway_ft = chance_is(chance, 600) ? chance_in(chance, 32, 60) * 100 : chance_in(chance, 72, 90) * 100;
        f->fuel = chance_is(chance, between(600, 100, knobs->fleet));
        f->mog = chance_in(chance, 1, between(4, 1, knobs->caps));
        open_by_day(&b, f);
    }
    for (int32_t i = 0; i < knobs->size; i++) {
        int32_t origin = 2 + chance_in(chance, 0, islands - 1), destination = chance_in(chance, 0, 1);
        struct sketch_demand *d = add_demand(&b, origin, destination, chance_in(chance, 15, 120));
        d->pickup_from = 0;
        d->pickup_until = storm;
        d->penalty = chance_in(chance, 40, 90) * 100;
        d->kg = chance_in(chance, 95, 200);
    }
    add_fleet(&b, 0, 92, 700, 1, 2);
    add_fleet(&b, 1, 135, 300, 1, 2);
    add_limit(&b, "ML", 90);
}

/* Patients to hospitals that take so many a day: small groups, short rides, attendants, the contagious apart. */
static void medical_bridge(struct sketch *s, const struct knobs *knobs, struct chance *chance)
{
    struct build b;
    begin(&b, s, knobs, chance);
    s->type[s->n_types++] = "C-130J-30";
    s->apart[0] = "contagious";
    s->apart[1] = "surgical";
    int32_t front = fields_for(&b, 2, 6, 12), hospitals = fields_for(&b, 2, 6, 12);
    for (int32_t i = 0; i < front; i++) {
        struct sketch_field *f = add_field(&b, "FR", 49500, 24500, 1800);
        f->mog = chance_in(chance, 1, between(3, 1, knobs->caps));
        open_by_day(&b, f);
    }
    for (int32_t i = 0; i < hospitals; i++)
        add_field(&b, i % 2 ? "HB" : "HA", i % 2 ? 52000 : 48500, i % 2 ? 11000 : 9000, 1500);
    for (int32_t i = 0; i < knobs->size; i++) {
        int32_t origin = chance_in(chance, 0, front - 1), destination = front + chance_in(chance, 0, hospitals - 1);
        struct sketch_demand *d = add_demand(&b, origin, destination, chance_in(chance, 4, 24));
        d->category = i < 2 ? s->apart[i] : chance_is(chance, 300) ? s->apart[chance_in(chance, 0, 1)] : NULL;
        d->together = chance_is(chance, 400);
        d->escort_per = 2;
        d->onload_min = chance_in(chance, 1, 8) * 15;
        d->aboard_min = chance_in(chance, between(420, 240, knobs->windows), 480);
        d->penalty = chance_in(chance, 80, 200) * 100;
        d->delay = chance_in(chance, 20, 90);
    }
    if (knobs->size < 2)
        s->apart[0] = NULL; /* categories kept apart must both be there */
    add_fleet(&b, 0, 40, 1000, 2, front);
    add_limit(&b, "HA", 30);
    add_limit(&b, "HB", 30);
}

const struct family families[] = {
    {"border", "collection fields to receiving countries with caps and clearances", border},
    {"hub-and-spoke", "to and from a hub with little parking", hub_and_spoke},
    {"shuttle", "two places, many passengers, few crews", shuttle},
    {"island-evacuation", "short runways, no fuel, daylight, a deadline", island_evacuation},
    {"medical-bridge", "small groups, short rides, attendants, the contagious apart", medical_bridge},
    {NULL, NULL, NULL},
};
