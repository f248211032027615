/* Load plans against complete enumeration of small cabins, mutated, impossible, and with people coming and going. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/check.h"
#include "loadplan/planner.h"
#include "solver/cabins.h"
#include "tests/random_instance.h"
#include "tests/tests.h"

/* --- a small cabin --- */

enum { MOST_LOTS = 4, MOST_ZONES = 3, MOST_LEGS = 4 };

struct small {
    struct instance inst;
    struct aircraft_type type;
    struct configuration configuration;
    struct cabin cabin;
    struct cabin_zone zone[6];
    struct cabin_position position[2];
    struct airfield airfield[MOST_LEGS + 1];
    struct leg leg[(MOST_LEGS + 1) * (MOST_LEGS + 1)];
    struct airframe airframe;
    struct crew crew;
    struct demand demand[10];
    struct range_point range;
    bool apart[9], zones_apart[9];
    struct stop stop[MOST_LEGS + 1];
    struct ride ride[10];
    struct mission mission;
};

/* A mission over n_stops airfields, empty yet. */
static void small_init(struct small *s, size_t n_stops)
{
    *s = (struct small){0};
    s->range = (struct range_point){INT64_C(1) << 40, 1 << 30};
    s->configuration = (struct configuration){.id = "all", .seats = 1000, .cabin = &s->cabin};
    s->type = (struct aircraft_type){
        .id = "T", .configuration = &s->configuration, .n_configurations = 1, .range = &s->range, .n_range = 1};
    s->cabin = (struct cabin){.zone = s->zone, .position = s->position, .cg_from = -1, .cg_until = 1};
    s->airframe = (struct airframe){.id = "A"};
    s->crew = (struct crew){.id = "C"};
    s->inst = (struct instance){.airfield = s->airfield,
                                .n_airfields = MOST_LEGS + 1,
                                .type = &s->type,
                                .n_types = 1,
                                .leg = s->leg,
                                .airframe = &s->airframe,
                                .n_airframes = 1,
                                .crew = &s->crew,
                                .n_crews = 1,
                                .demand = s->demand,
                                .n_categories = 3,
                                .end = 1000000};
    s->inst.rules.apart = s->apart;
    s->inst.rules.zones_apart = s->zones_apart;
    s->inst.rules.step = 1;
    for (size_t i = 0; i <= MOST_LEGS; i++)
        s->airfield[i] = (struct airfield){.id = "F", .mog = -1, .always_open = true};
    for (size_t i = 0; i < n_stops; i++)
        s->stop[i] = (struct stop){.airfield = (int32_t)i, .arrival = i ? 0 : SEC_NONE};
    s->stop[n_stops - 1].departure = SEC_NONE;
    s->mission = (struct mission){.stop = s->stop, .n_stops = n_stops, .ride = s->ride};
}

static void add_zone(struct small *s, int32_t seats, double arm)
{
    s->zone[s->cabin.n_zones++] = (struct cabin_zone){.id = "z", .seats = seats, .arm = arm};
}

static void add_position(struct small *s, gram_t largest, double arm)
{
    s->position[s->cabin.n_positions++] = (struct cabin_position){.id = "p", .largest = largest, .arm = arm};
}

static struct demand *add_lot(struct small *s, int32_t pax, int32_t from, int32_t to)
{
    size_t d = s->inst.n_demands++;
    s->demand[d] = (struct demand){.id = "D",
                                   .origin = from,
                                   .destination = to,
                                   .pax = pax,
                                   .pax_mass = 100000,
                                   .category = -1,
                                   .smallest_lot = 1};
    s->ride[s->mission.n_rides++] = (struct ride){(int32_t)d, pax, from, to};
    return &s->demand[d];
}

/* Breaches of R12; the first of them in *first. */
static size_t breaches(const struct small *s, struct breach *first)
{
    const struct schedule schedule = {(struct mission *)&s->mission, 1};
    struct verdict verdict;
    size_t n = 0;
    CU_ASSERT(check_schedule(&s->inst, &schedule, &verdict, NULL));
    for (size_t i = 0; i < verdict.n_breaches; i++)
        if (verdict.breach[i].rule == 12 && n++ == 0 && first)
            *first = verdict.breach[i];
    verdict_release(&verdict);
    return n;
}

static enum load_answer plan(struct small *s)
{
    load_plan_free(s->mission.load_plan);
    s->mission.load_plan = NULL;
    return load_plan_best(&s->inst, &s->mission, 100000, &s->mission.load_plan);
}

/* --- enumeration, from docs/rules.md alone --- */

struct enumeration {
    const struct small *s;
    int32_t seat[MOST_LOTS][2][MOST_ZONES];
    bool found, tight; /* tight: the deviation is so near a whole number that rounding decides */
    struct load_goals best;
};

static int32_t people(const struct enumeration *e, size_t lot, size_t zone)
{
    return e->seat[lot][0][zone] + e->seat[lot][1][zone];
}

static int32_t escorts_of(const struct small *s, size_t lot)
{
    int32_t per = s->demand[lot].escort_per;
    return per > 0 ? (s->ride[lot].pax + per - 1) / per : 0;
}

static double cargo_of(const struct small *s, size_t lot)
{
    const struct demand *d = &s->demand[lot];
    return (double)(s->ride[lot].pax * d->pax_baggage + escorts_of(s, lot) * d->escort_baggage + d->freight);
}

static bool aboard(const struct small *s, size_t lot, size_t sortie)
{
    return (size_t)s->ride[lot].from_stop <= sortie && sortie < (size_t)s->ride[lot].to_stop;
}

static bool seats_hold(const struct enumeration *e)
{
    const struct small *s = e->s;
    for (size_t i = 0; i + 1 < s->mission.n_stops; i++)
        for (size_t z = 0; z < s->cabin.n_zones; z++) {
            int32_t sum = 0;
            for (size_t l = 0; l < s->mission.n_rides; l++) {
                sum += aboard(s, l, i) ? people(e, l, z) : 0;
                for (size_t k = 0; k < l; k++) {
                    int32_t a = s->demand[l].category, b = s->demand[k].category;
                    if (aboard(s, l, i) && aboard(s, k, i) && people(e, l, z) && people(e, k, z) && a >= 0 && b >= 0 &&
                        (s->apart[a * 3 + b] || s->zones_apart[a * 3 + b]))
                        return false;
                }
            }
            if (sum > s->zone[z].seats)
                return false;
        }
    return true;
}

/* The centre of gravity on a sortie is from + slope x, where x of lot 0's cargo lie on position 0. */
static void line_of(const struct enumeration *e, size_t sortie, double *from, double *slope)
{
    const struct small *s = e->s;
    double mass = (double)s->cabin.empty_mass, moment = mass * s->cabin.empty_arm;
    *slope = 0;
    for (size_t l = 0; l < s->mission.n_rides; l++) {
        const struct demand *d = &s->demand[l];
        if (!aboard(s, l, sortie))
            continue;
        for (size_t z = 0; z < s->cabin.n_zones; z++) {
            double bodies = (double)(e->seat[l][0][z] * (d->pax_mass - d->pax_baggage) +
                                     e->seat[l][1][z] * (d->escort_mass - d->escort_baggage));
            mass += bodies;
            moment += bodies * s->zone[z].arm;
        }
        size_t last = s->cabin.n_positions ? s->cabin.n_positions - 1 : 0;
        mass += cargo_of(s, l);
        moment += cargo_of(s, l) * s->position[last].arm;
        if (l == 0 && s->cabin.n_positions == 2)
            *slope = s->position[0].arm - s->position[1].arm;
    }
    *from = moment / mass;
    *slope /= mass;
}

/* Least largest deviation over x from low to high: at an end or where two lines meet. */
static double least_deviation(const struct enumeration *e, double low, double high)
{
    const struct small *s = e->s;
    size_t n = s->mission.n_stops - 1, tried = 0;
    double from[MOST_LEGS], slope[MOST_LEGS], x[2 + 2 * MOST_LEGS * MOST_LEGS], best = INFINITY;
    double middle = (s->cabin.cg_from + s->cabin.cg_until) / 2;
    for (size_t i = 0; i < n; i++) {
        line_of(e, i, &from[i], &slope[i]);
        from[i] -= middle;
    }
    x[tried++] = low;
    x[tried++] = high;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            if (slope[i] != slope[k])
                x[tried++] = (from[k] - from[i]) / (slope[i] - slope[k]);
            if (slope[i] + slope[k] != 0)
                x[tried++] = -(from[k] + from[i]) / (slope[i] + slope[k]);
        }
    for (size_t t = 0; t < tried; t++) {
        double most = 0;
        if (x[t] < low || x[t] > high)
            continue;
        for (size_t i = 0; i < n; i++)
            most = fmax(most, fabs(from[i] + slope[i] * x[t]));
        best = fmin(best, most);
    }
    return best;
}

/* Cargo fits: only lot 0 has some where there are two positions. */
static bool cargo_range(const struct small *s, double *low, double *high)
{
    *low = *high = 0;
    if (s->cabin.n_positions == 2) {
        *low = fmax(0, cargo_of(s, 0) - (double)s->position[1].largest);
        *high = fmin(cargo_of(s, 0), (double)s->position[0].largest);
        return *low <= *high;
    }
    for (size_t i = 0; i + 1 < s->mission.n_stops; i++) {
        double sum = 0;
        for (size_t l = 0; l < s->mission.n_rides; l++)
            sum += aboard(s, l, i) ? cargo_of(s, l) : 0;
        if (sum > (s->cabin.n_positions ? (double)s->position[0].largest : 0))
            return false;
    }
    return true;
}

static void judge_seating(struct enumeration *e)
{
    const struct small *s = e->s;
    double low, high, half = (s->cabin.cg_until - s->cabin.cg_from) / 2, unit = fmax(half / 100, 1e-3);
    if (!seats_hold(e) || !cargo_range(s, &low, &high))
        return;
    double off = least_deviation(e, low, high), steps = off / unit;
    /* a gram or a last bit decides; what no cargo moves is the same in every program */
    if (high > low && (fabs(off - half - 5e-4) < 1e-5 || fabs(steps - 0.01 - round(steps - 0.01)) < 5e-3))
        e->tight = true;
    if (off > half + 5e-4)
        return;
    struct load_goals g = {.deviation = (int64_t)ceil(fmax(steps - 1.01, 0))};
    for (size_t l = 0; l < s->mission.n_rides; l++) {
        int64_t later = 0;
        for (size_t stop = (size_t)s->ride[l].to_stop + 1; stop < s->mission.n_stops; stop++) {
            bool unloads = false;
            for (size_t k = 0; k < s->mission.n_rides; k++)
                unloads = unloads || (size_t)s->ride[k].to_stop == stop;
            later += unloads;
        }
        for (size_t z = 0; z < s->cabin.n_zones; z++) {
            g.zones += people(e, l, z) > 0;
            g.order += people(e, l, z) * (int64_t)z * later;
        }
    }
    bool better = g.zones != e->best.zones           ? g.zones < e->best.zones
                  : g.deviation != e->best.deviation ? g.deviation < e->best.deviation
                                                     : g.order < e->best.order;
    if (!e->found || better)
        e->best = g;
    e->found = true;
}

/* Every way to seat what is left of a lot's passengers (or escorts) in the zones from `zone` on, then the next. */
static void enumerate(struct enumeration *e, size_t lot, int person, size_t zone, int32_t left)
{
    const struct small *s = e->s;
    if (lot == s->mission.n_rides) {
        judge_seating(e);
        return;
    }
    if (zone + 1 == s->cabin.n_zones) {
        bool last = person == 1;
        size_t next = lot + last;
        e->seat[lot][person][zone] = left;
        if (left <= s->zone[zone].seats)
            enumerate(e, next, last ? 0 : 1, 0,
                      !last                       ? escorts_of(s, lot)
                      : next < s->mission.n_rides ? s->ride[next].pax
                                                  : 0);
        return;
    }
    for (int32_t n = 0; n <= left && n <= s->zone[zone].seats; n++) {
        e->seat[lot][person][zone] = n;
        enumerate(e, lot, person, zone + 1, left - n);
    }
}

/* --- random cabins --- */

static int32_t draw(uint64_t *state, int32_t least, int32_t most)
{
    return least + (int32_t)(random_draw(state) % (uint64_t)(most - least + 1));
}

static void random_cabin(struct small *s, uint64_t seed)
{
    uint64_t state = seed;
    size_t n_stops = (size_t)draw(&state, 2, MOST_LEGS + 1), lots = (size_t)draw(&state, 1, 3);
    small_init(s, n_stops);
    for (int32_t z = draw(&state, 2, MOST_ZONES); z > 0; z--)
        add_zone(s, draw(&state, 1, 4), draw(&state, -40, 40) / 10.0);
    for (int32_t q = draw(&state, 0, 2); q > 0; q--)
        add_position(s, draw(&state, 20, 400) * 1000, draw(&state, -60, 60) / 10.0);
    s->cabin.empty_mass = draw(&state, 500, 3000) * 1000;
    s->cabin.empty_arm = draw(&state, -8, 8) / 10.0;
    s->cabin.cg_from = draw(&state, -10, -2) / 10.0;
    s->cabin.cg_until = draw(&state, 2, 10) / 10.0;
    s->zones_apart[0 * 3 + 1] = s->zones_apart[1 * 3 + 0] = draw(&state, 0, 1);
    s->zones_apart[2 * 3 + 2] = draw(&state, 0, 1);
    s->apart[0 * 3 + 2] = s->apart[2 * 3 + 0] = draw(&state, 0, 3) == 0;
    for (size_t l = 0; l < lots; l++) {
        int32_t from = draw(&state, 0, (int32_t)n_stops - 2), to = draw(&state, from + 1, (int32_t)n_stops - 1);
        struct demand *d = add_lot(s, draw(&state, 1, 4), from, to);
        d->pax_mass = draw(&state, 60, 120) * 1000;
        d->category = draw(&state, -1, 2);
        if (draw(&state, 0, 2) == 0) {
            d->escort_per = draw(&state, 2, 4);
            d->escort_mass = draw(&state, 70, 100) * 1000;
        }
        if (s->cabin.n_positions == 0 || (s->cabin.n_positions == 2 && l > 0))
            continue;
        d->pax_baggage = draw(&state, 0, 30) * 1000;
        d->escort_baggage = d->escort_per ? draw(&state, 0, 10) * 1000 : 0;
        d->freight = draw(&state, 0, 1) ? draw(&state, 0, 300) * 1000 : 0;
    }
}

static bool goals_after(const struct load_goals *a, const struct load_goals *b)
{
    return a->zones != b->zones           ? a->zones > b->zones
           : a->deviation != b->deviation ? a->deviation > b->deviation
                                          : a->order > b->order;
}

/* Planned with next to no work: true where the plan is not proven. Its bound is not above the best. */
static bool bound_holds(const struct small *s, const struct load_goals *best)
{
    struct load_plan *p;
    CU_ASSERT(load_plan_best(&s->inst, &s->mission, 1, &p) != LOAD_NO_MEMORY);
    bool open = p && !p->proven;
    if (open)
        CU_ASSERT(p->bound.zones > 0 && !goals_after(&p->bound, best) && !goals_after(best, &p->goals));
    load_plan_free(p);
    return open;
}

static void test_enumeration(void)
{
    int planned = 0, impossible = 0, tight = 0, proven = 0, held_short = 0;
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        struct small s;
        random_cabin(&s, seed);
        struct enumeration e = {.s = &s};
        enumerate(&e, 0, 0, 0, s.ride[0].pax);
        enum load_answer answer = plan(&s);
        const struct load_plan *p = s.mission.load_plan;
        if (e.tight) {
            tight++;
        } else if (answer != (e.found ? LOAD_PLANNED : LOAD_IMPOSSIBLE) ||
                   (e.found && (memcmp(&p->goals, &e.best, sizeof e.best) != 0 || !p->proven))) {
            fprintf(stderr, "seed %d: answer %d, enumeration %d: %d %d %d\n", (int)seed, (int)answer, (int)e.found,
                    (int)e.best.zones, (int)e.best.deviation, (int)e.best.order);
            if (p)
                fprintf(stderr, "  plan %d %d %d %s\n", (int)p->goals.zones, (int)p->goals.deviation,
                        (int)p->goals.order, p->proven ? "proven" : "");
            CU_FAIL("not what enumeration finds");
        }
        if (e.found && !e.tight)
            held_short += bound_holds(&s, &e.best);
        planned += e.found;
        impossible += !e.found;
        proven += p && p->proven;
        struct breach first = {.text = ""};
        if (p && breaches(&s, &first) > 0) {
            fprintf(stderr, "seed %d: %s\n", (int)seed, first.text);
            CU_FAIL("a plan that the checker refuses");
        }
        load_plan_free(s.mission.load_plan);
    }
    CU_ASSERT(planned >= 1000 && impossible >= 500 && tight <= 300);
    CU_ASSERT_EQUAL(proven, planned);
    CU_ASSERT(held_short >= 20);
}

/* --- what pricing knows of it --- */

/* What pricing asks of the cabins on every leg. */
static bool held(const struct small *s, const struct cabins *cabins)
{
    for (size_t i = 0; i + 1 < s->mission.n_stops; i++) {
        struct aboard list[MOST_LOTS];
        size_t n = 0;
        for (size_t l = 0; l < s->mission.n_rides; l++)
            if (aboard(s, l, i))
                list[n++] = (struct aboard){s->ride[l].demand, s->ride[l].pax};
        if (!cabins_hold(cabins, list, n))
            return false;
    }
    return true;
}

/* No load that can be seated in some way is refused; of those that cannot, most are. */
static void test_held(void)
{
    int held_and_seated = 0, refused = 0, passed = 0, full = 0;
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        struct small s;
        struct cabins *cabins;
        random_cabin(&s, seed);
        s.cabin.cg_from = -1e6;
        s.cabin.cg_until = 1e6;
        struct enumeration e = {.s = &s};
        enumerate(&e, 0, 0, 0, s.ride[0].pax);
        if (!cabins_new(&cabins, &s.inst, 0))
            abort();
        bool may = held(&s, cabins);
        CU_ASSERT(may || !e.found);
        held_and_seated += may && e.found;
        full += may && e.found && e.best.zones == (int64_t)s.cabin.n_zones && s.mission.n_rides > 1;
        refused += !may && !e.found;
        passed += may && !e.found;
        cabins_free(cabins);
    }
    printf("\n    %d loads seated, %d refused, %d that cannot be seated not refused\n", held_and_seated, refused, passed);
    CU_ASSERT(held_and_seated >= 500 && full >= 100 && refused >= 5 * passed);
}

/* --- mutations --- */

/* Two zones, a ramp; 12 and 8 aboard from stop 0 to 1, of which the 8 stay to stop 2. */
static void two_lots(struct small *s)
{
    small_init(s, 3);
    add_zone(s, 12, -2);
    add_zone(s, 10, 2);
    add_position(s, 500000, 3);
    s->cabin.empty_mass = 20000000;
    struct demand *first = add_lot(s, 12, 0, 1), *second = add_lot(s, 8, 0, 2);
    first->category = 0;
    second->category = 1;
    second->pax_baggage = 20000;
    s->zones_apart[0 * 3 + 1] = s->zones_apart[1 * 3 + 0] = true;
}

static struct seating *seating_of(struct small *s, int32_t demand)
{
    struct load_plan *p = s->mission.load_plan;
    size_t k = 0;
    while (k < p->n_seatings && p->seating[k].demand != demand)
        k++;
    return &p->seating[k];
}

enum mutation {
    NOTHING,
    OVER_SEATS,
    ONE_MISSING,
    ONE_TWICE,
    ESCORT_TOO_MANY,
    OVER_MASS,
    CARGO_MISSING,
    SHARED_ZONE,
    OUT_OF_BALANCE,
    NO_SUCH_ZONE,
    NO_SUCH_LOT,
    NEGATIVE,
    WRONG_GOAL,
    WRONG_BOUND,
    NO_PLAN,
    N_MUTATIONS
};

/* stop and figures of the breach that must be found; stop -1: of none in particular. */
struct expected {
    int32_t stop;
    int64_t measured, allowed;
};

static struct expected mutate(struct small *s, enum mutation m)
{
    struct load_plan *p = s->mission.load_plan;
    p->goals = (struct load_goals){-1, -1, -1};
    switch (m) {
    case OVER_SEATS: /* 8 people in a zone that now seats 7, on both sorties */
        s->zone[1].seats = 7;
        return (struct expected){0, 8, 7};
    case ONE_MISSING:
        seating_of(s, 1)->pax = 7;
        return (struct expected){0, 7, 8};
    case ONE_TWICE:
        seating_of(s, 0)->pax = 13; /* 13 ride where 12 do; the zone's 12 seats come after it in the list */
        s->zone[0].seats = 13;
        return (struct expected){0, 13, 12};
    case ESCORT_TOO_MANY:
        seating_of(s, 1)->escorts = 1;
        return (struct expected){0, 1, 0};
    case OVER_MASS: /* 8 x 20 kg on a ramp for 159 */
        s->position[0].largest = 159000;
        return (struct expected){0, 160000, 159000};
    case CARGO_MISSING:
        p->stowage[0].mass -= 1;
        return (struct expected){0, 159999, 160000};
    case SHARED_ZONE: /* all 20 in zone 0 */
        s->zone[0].seats = 20;
        seating_of(s, 1)->zone = 0;
        return (struct expected){0, 2, 1};
    case OUT_OF_BALANCE: /* on sortie 1: (8 x 80 x 2 + 160 x 3) / 20800 = 1760 / 20800 = 0.085 */
        s->cabin.cg_from = -0.2;
        s->cabin.cg_until = 0.05;
        return (struct expected){1, 85, 50};
    case NO_SUCH_ZONE:
        seating_of(s, 0)->zone = 2;
        return (struct expected){-1, 2, 1};
    case NO_SUCH_LOT:
        seating_of(s, 0)->to_stop = 2;
        return (struct expected){-1, 2, 0};
    case NEGATIVE:
        seating_of(s, 0)->pax = -1;
        return (struct expected){-1, -1, 0};
    case WRONG_GOAL:
        p->goals.zones = 3;
        return (struct expected){-1, 3, 2};
    case WRONG_BOUND: /* two zones, and no more can be asked for */
        p->bound = (struct load_goals){3, 0, 0};
        return (struct expected){-1, 3, 2};
    case NO_PLAN:
        load_plan_free(p);
        s->mission.load_plan = NULL;
        return (struct expected){-1, 0, 1};
    default:
        return (struct expected){0};
    }
}

static void test_mutations(void)
{
    for (int m = NOTHING; m < N_MUTATIONS; m++) {
        struct small s;
        struct breach first = {.text = "no breach"};
        two_lots(&s);
        CU_ASSERT_EQUAL(plan(&s), LOAD_PLANNED);
        CU_ASSERT_EQUAL(seating_of(&s, 0)->zone, 0); /* 12 sit in zone 0, so the 8 in zone 1 */
        struct expected e = mutate(&s, (enum mutation)m);
        size_t n = breaches(&s, &first);
        bool right = m == NOTHING
                         ? n == 0
                         : n > 0 && first.stop == e.stop && first.measured == e.measured && first.allowed == e.allowed;
        if (!right)
            fprintf(stderr, "mutation %d: %s (%d, %d)\n", m, first.text, (int)first.measured, (int)first.allowed);
        CU_ASSERT_TRUE(right);
        load_plan_free(s.mission.load_plan);
    }
}

/* --- what cannot be balanced --- */

/* 4 t on the only position, 5 aft of the middle: 20,000 / 14,000 + what ten at -5 take back, 10 x 100 x 5 = 5,000:
 * 15,000 / 15,000 = 1.0 with them, 20,000 / 14,000 = 1.43 without. */
static void test_balance(void)
{
    struct small s;
    small_init(&s, 3);
    add_zone(&s, 10, -5);
    add_zone(&s, 10, 5);
    add_position(&s, 5000000, 5);
    s.cabin.empty_mass = 10000000;
    s.cabin.cg_until = 1.2;
    add_lot(&s, 1, 0, 1)->freight = 4000000;
    CU_ASSERT_EQUAL(plan(&s), LOAD_IMPOSSIBLE);
    add_lot(&s, 9, 0, 1);
    CU_ASSERT_EQUAL(plan(&s), LOAD_PLANNED);
    CU_ASSERT_EQUAL(breaches(&s, NULL), 0);
    s.cabin.cg_until = 0.99;
    CU_ASSERT_EQUAL(plan(&s), LOAD_IMPOSSIBLE);
    s.cabin.cg_until = 0.9995; /* to the thousandth that is 1.0 */
    CU_ASSERT_EQUAL(plan(&s), LOAD_PLANNED);
    CU_ASSERT_EQUAL(breaches(&s, NULL), 0);
    s.cabin.cg_until = 1.2;
    s.ride[1].to_stop = s.demand[1].destination = 2; /* those at -5 may as well stay on */
    CU_ASSERT_EQUAL(plan(&s), LOAD_PLANNED);
    s.ride[0].to_stop = s.demand[0].destination = 2;
    s.ride[1].to_stop = s.demand[1].destination = 1; /* but not leave the freight alone */
    CU_ASSERT_EQUAL(plan(&s), LOAD_IMPOSSIBLE);
    s.cabin.empty_arm = 2; /* the empty aircraft alone */
    s.mission.n_rides = 0;
    CU_ASSERT_EQUAL(plan(&s), LOAD_IMPOSSIBLE);
    struct breach first = {0};
    CU_ASSERT_EQUAL(breaches(&s, &first), 2); /* on both sorties */
    CU_ASSERT(first.stop == 0 && first.measured == 2000 && first.allowed == 1200);
    load_plan_free(s.mission.load_plan);
}

/* --- people come and go --- */

/* Ten seats in two zones. 6 ride 0-1, 4 ride 0-4, 6 ride 1-3, 3 ride 2-4 only after... every seat of zone 0 is used
 * twice; nobody moves. */
static void test_pickups(void)
{
    struct small s;
    small_init(&s, 5);
    add_zone(&s, 6, -1);
    add_zone(&s, 4, 1);
    s.cabin.empty_mass = 30000000;
    add_lot(&s, 6, 0, 1);
    add_lot(&s, 4, 0, 4);
    add_lot(&s, 6, 1, 3);
    add_lot(&s, 6, 3, 4);
    CU_ASSERT_EQUAL(plan(&s), LOAD_PLANNED);
    CU_ASSERT_EQUAL(breaches(&s, NULL), 0);
    const struct load_plan *p = s.mission.load_plan;
    CU_ASSERT(p->proven && p->goals.zones == 4 && p->n_seatings == 4);
    for (int32_t d = 0; d < 4; d++)
        CU_ASSERT_EQUAL(seating_of(&s, d)->zone, d == 1);
    add_lot(&s, 1, 2, 3); /* all ten are aboard then */
    CU_ASSERT_EQUAL(plan(&s), LOAD_IMPOSSIBLE);
    s.ride[4].from_stop = s.demand[4].origin = 1;
    s.ride[4].to_stop = s.demand[4].destination = 2;
    s.ride[2].from_stop = s.demand[2].origin = 2;
    CU_ASSERT_EQUAL(plan(&s), LOAD_PLANNED);
    CU_ASSERT_EQUAL(breaches(&s, NULL), 0);
    load_plan_free(s.mission.load_plan);
}

/* What leaves first sits nearest the door: both zones balance as well, the stop decides. */
static void test_order(void)
{
    struct small s;
    small_init(&s, 3);
    add_zone(&s, 5, 0);
    add_zone(&s, 5, 0);
    s.cabin.empty_mass = 30000000;
    add_lot(&s, 5, 0, 2);
    add_lot(&s, 5, 0, 1);
    CU_ASSERT_EQUAL(plan(&s), LOAD_PLANNED);
    CU_ASSERT(seating_of(&s, 1)->zone == 0 && seating_of(&s, 0)->zone == 1);
    CU_ASSERT(s.mission.load_plan->proven && s.mission.load_plan->goals.order == 0);
    load_plan_free(s.mission.load_plan);
}

/* 188 seats in six zones, all taken by ten demands whose numbers make every zone full only in some ways. */
static void test_full(void)
{
    static const int32_t pax[10] = {41, 32, 27, 22, 19, 16, 12, 9, 6, 4};
    static const int32_t seats[6] = {32, 31, 32, 31, 31, 31};
    struct small s;
    small_init(&s, 2);
    for (int z = 0; z < 6; z++)
        add_zone(&s, seats[z], 1.7 + 3.4 * z);
    add_position(&s, 18000000, 23.3);
    s.cabin.empty_mass = 128140000;
    s.cabin.empty_arm = 12.7;
    s.cabin.cg_from = 11.9;
    s.cabin.cg_until = 13.3;
    for (int d = 0; d < 10; d++)
        add_lot(&s, pax[d], 0, 1)->pax_baggage = 13600;
    CU_ASSERT_EQUAL(plan(&s), LOAD_PLANNED);
    CU_ASSERT_EQUAL(breaches(&s, NULL), 0);
    CU_ASSERT_TRUE(s.mission.load_plan->proven);
    load_plan_free(s.mission.load_plan);
}

void add_load_plan_tests(CU_pSuite suite)
{
    CU_add_test(suite, "enumeration", test_enumeration);
    CU_add_test(suite, "no load that has a seating is refused", test_held);
    CU_add_test(suite, "mutations", test_mutations);
    CU_add_test(suite, "balance", test_balance);
    CU_add_test(suite, "pickups", test_pickups);
    CU_add_test(suite, "order", test_order);
    CU_add_test(suite, "full", test_full);
}
