/* The checker against a schedule worked out by hand, what breaks it, and the edge of every limit.
 *
 * Day 1 and 2 of three, in seconds from the start; B is the big type, S the small one:
 *   LIFT      A0 (B), C0   HOM 21600 - 28800 FWD 30600 - 34200 OUT 36900 - 40500 FWD 42300 - 49500 HOM
 *   SHUTTLE   A2 (S), C2   HOM 25200 - 34200 FWD
 *   FAMILY    A1 (B), C1   HUB 41400 - 46800 FWD 49500 - 54900 HUB     (committed)
 *   RETURN    A0 (B), C0   HOM 104400 - 108061 HUB 111600 - 115261 HOM
 *   HOMEWARD  A2 (S), C2   FWD 108000 - 117000 HOM
 * FWD and OUT have no fuel. A3 and C3 stand at OUT for a ferry flight that some cases add. */
#include <stdlib.h>
#include <string.h>

#include "check/check.h"
#include "tests/random_instance.h"
#include "tests/tests.h"

enum { HOM, FWD, HUB, OUT, DIV, N_FIELDS };
enum { BIG, SMALL, N_TYPES };
enum { LIFT, SHUTTLE, FAMILY, RETURN, HOMEWARD, N_MISSIONS, FERRY = N_MISSIONS };
enum { CAT_A, CAT_B, CAT_C, N_CATEGORIES };

struct world {
    struct instance inst;
    struct schedule schedule;
};

/* --- building --- */

static void *need(void *p)
{
    if (!p)
        abort();
    return p;
}

static void *copy(const void *from, size_t size)
{
    return memcpy(need(malloc(size)), from, size);
}

static char *text(const char *from)
{
    return copy(from, strlen(from) + 1);
}

#define COPY(array)  copy(array, sizeof(array))
#define COUNT(array) (sizeof(array) / sizeof *(array))

static void build_airfields(struct instance *inst)
{
    static const struct airfield field[N_FIELDS] = {
        [HOM] = {.id = "HOM", .runway_ft = 10000, .has_fuel = true, .mog = 4, .always_open = true},
        [FWD] = {.id = "FWD", .runway_ft = 6000, .mog = 2},
        [HUB] = {.id = "HUB", .runway_ft = 9000, .has_fuel = true, .mog = 3, .always_open = true},
        [OUT] = {.id = "OUT", .runway_ft = 5000, .mog = -1, .always_open = true},
        [DIV] = {.id = "DIV", .runway_ft = 3000, .has_fuel = true, .mog = -1, .always_open = true},
    };
    /* 06:00 to 20:00 with a closure [12:00, 13:00) on day 1 */
    static const struct interval open[] = {{21600, 43199}, {46800, 72000}, {108000, 158400}};
    inst->airfield = COPY(field);
    inst->n_airfields = N_FIELDS;
    for (size_t i = 0; i < N_FIELDS; i++) {
        inst->airfield[i].id = text(field[i].id);
        inst->airfield[i].name = text("");
    }
    inst->airfield[FWD].open = COPY(open);
    inst->airfield[FWD].n_open = COUNT(open);
}

static void build_types(struct instance *inst)
{
    static const struct aircraft_type type[N_TYPES] = {
        [BIG] = {.id = "B",
                 .n_configurations = 2,
                 .n_range = 3,
                 .ground = {2700, 1800, 1200},
                 .turn = 3600,
                 .runway_ft = 5000,
                 .mog_units = 2,
                 .fdp = {50400, 64800},
                 .cost_per_block_hour = 500000,
                 .cost_per_mission = 100000},
        [SMALL] = {.id = "S",
                   .n_configurations = 1,
                   .n_range = 2,
                   .ground = {1200, 900, 600},
                   .turn = 1800,
                   .runway_ft = 3000,
                   .mog_units = 1,
                   .fdp = {43200, 0},
                   .cost_per_block_hour = 180001,
                   .cost_per_mission = 7550},
    };
    static const struct configuration seats[N_TYPES][2] = {{{"pax", 40, NULL}, {"mix", 30, NULL}}, {{"std", 20, NULL}}};
    static const struct range_point range[N_TYPES][3] = {{{1000000, 2200000}, {4000000, 2000000}, {6000000, 1500000}},
                                                         {{1000000, 1500000}, {3000000, 1000000}}};
    inst->type = COPY(type);
    inst->n_types = N_TYPES;
    for (size_t i = 0; i < N_TYPES; i++) {
        struct aircraft_type *t = &inst->type[i];
        t->id = text(type[i].id);
        t->name = text("");
        t->configuration = copy(seats[i], t->n_configurations * sizeof *t->configuration);
        for (size_t c = 0; c < t->n_configurations; c++)
            t->configuration[c].id = text(seats[i][c].id);
        t->range = copy(range[i], t->n_range * sizeof *t->range);
    }
}

static struct leg *leg_of(struct world *w, size_t type, size_t from, size_t to)
{
    return &w->inst.leg[(type * N_FIELDS + from) * N_FIELDS + to];
}

static void build_legs(struct world *w)
{
    static const struct {
        size_t a, b;
        mnm_t nm;
        sec_t block[N_TYPES];
    } route[] = {
        {HOM, FWD, 600000, {7200, 9000}}, {HOM, HUB, 300000, {3661, 5400}}, {FWD, OUT, 200000, {3600, 4500}},
        {HUB, FWD, 400000, {5400, 7200}}, {HUB, OUT, 350000, {5000, 6300}}, {HOM, OUT, 700000, {8000, 10800}},
        {DIV, HOM, 250000, {4000, 5000}}, {DIV, FWD, 250000, {4000, 5000}}, {DIV, HUB, 250000, {4000, 5000}},
        {DIV, OUT, 250000, {4000, 5000}},
    };
    w->inst.leg = need(calloc((size_t)N_TYPES * N_FIELDS * N_FIELDS, sizeof *w->inst.leg));
    for (size_t t = 0; t < N_TYPES; t++) {
        for (size_t f = 0; f < N_FIELDS; f++)
            leg_of(w, t, f, f)->block = -1;
        for (size_t r = 0; r < COUNT(route); r++) {
            struct leg leg = {.block = route[r].block[t], .nm = route[r].nm};
            *leg_of(w, t, route[r].a, route[r].b) = *leg_of(w, t, route[r].b, route[r].a) = leg;
        }
        for (size_t f = 0; f < N_FIELDS; f++)
            leg_of(w, t, f, FWD)->fee = 12345;
        leg_of(w, t, HOM, HUB)->fee = 5000;
    }
}

static void build_airframes(struct instance *inst)
{
    static const struct airframe airframe[] = {
        {.id = "A0", .type = BIG, .at = HOM, .from = 0, .until = 200000, .n_end_at = 2, .flight_limit = 40000},
        {.id = "A1",
         .type = BIG,
         .at = HUB,
         .from = SEC_EARLIEST,
         .until = SEC_LATEST,
         .end_anywhere = true,
         .flight_limit = -1},
        {.id = "A2", .type = SMALL, .at = HOM, .from = 3600, .until = SEC_LATEST, .n_end_at = 1, .flight_limit = 20000},
        {.id = "A3",
         .type = SMALL,
         .at = OUT,
         .from = SEC_EARLIEST,
         .until = SEC_LATEST,
         .n_end_at = 1,
         .flight_limit = -1},
    };
    static const int32_t end_at[] = {HOM, HUB};
    inst->airframe = COPY(airframe);
    inst->n_airframes = COUNT(airframe);
    for (size_t i = 0; i < inst->n_airframes; i++) {
        inst->airframe[i].id = text(airframe[i].id);
        inst->airframe[i].end_at = COPY(end_at);
    }
}

static void build_crews(struct instance *inst)
{
    static const struct crew crew[] = {
        {.id = "C0",
         .kind = CREW_AUGMENTED,
         .n_types = 1,
         .at = HOM,
         .from = 0,
         .until = 200000,
         .n_end_at = 1,
         .last_duty_end = -40000,
         .n_recent = 2},
        {.id = "C1",
         .kind = CREW_BASIC,
         .n_types = 2,
         .at = HUB,
         .from = SEC_EARLIEST,
         .until = SEC_LATEST,
         .end_anywhere = true,
         .last_duty_end = SEC_NONE,
         .n_recent = 1},
        {.id = "C2",
         .kind = CREW_BASIC,
         .n_types = 1,
         .at = HOM,
         .from = 3600,
         .until = 240000,
         .n_end_at = 1,
         .last_duty_end = SEC_NONE},
        {.id = "C3",
         .kind = CREW_BASIC,
         .n_types = 1,
         .at = OUT,
         .from = SEC_EARLIEST,
         .until = SEC_LATEST,
         .end_anywhere = true,
         .last_duty_end = SEC_NONE},
    };
    static const int32_t types[][2] = {{BIG}, {BIG, SMALL}, {SMALL}, {SMALL}}, end_at[] = {HOM};
    static const struct recent_flight recent[][2] = {
        {{-10000, 7200}, {-518400, 20000}}, {{-100000, 5000}}, {{0}}, {{0}}};
    inst->crew = COPY(crew);
    inst->n_crews = COUNT(crew);
    for (size_t i = 0; i < inst->n_crews; i++) {
        inst->crew[i].id = text(crew[i].id);
        inst->crew[i].types = COPY(types[i]);
        inst->crew[i].end_at = COPY(end_at);
        inst->crew[i].recent = COPY(recent[i]);
    }
}

static const struct demand demands[] = {
    {.id = "D0",
     .origin = HOM,
     .destination = FWD,
     .pax = 40,
     .pax_mass = 100000,
     .freight = 1000000,
     .pickup = {18000, 30000},
     .delivery = {20000, 40000},
     .smallest_lot = 10,
     .aboard_limit = -1,
     .category = CAT_A,
     .escort_per = 15,
     .escort_mass = 90000,
     .onload = 1800,
     .penalty = 25000,
     .delay_cost = 333},
    {.id = "D1",
     .origin = FWD,
     .destination = HUB,
     .pax = 6,
     .pax_mass = 80000,
     .pickup = {43200, 50000},
     .delivery = {50000, 60000},
     .together = true,
     .smallest_lot = 6,
     .aboard_limit = 6000,
     .category = CAT_B,
     .offload = 2400,
     .penalty = 50000,
     .delay_cost = 35},
    {.id = "D2",
     .origin = HOM,
     .destination = OUT,
     .pax = 10,
     .pax_mass = 95000,
     .freight = 500001,
     .pickup = {15000, 30000},
     .delivery = {30000, 40000},
     .smallest_lot = 1,
     .aboard_limit = -1,
     .category = CAT_C,
     .onload = 1500,
     .penalty = 30000},
    {.id = "D3",
     .origin = OUT,
     .destination = HOM,
     .pax = 8,
     .pax_mass = 100000,
     .pickup = {30000, 36000},
     .delivery = {40000, 60000},
     .smallest_lot = 1,
     .aboard_limit = -1,
     .category = CAT_C,
     .penalty = 30000,
     .delay_cost = 100},
    {.id = "D4",
     .origin = HUB,
     .destination = HOM,
     .pax = 20,
     .pax_mass = 100000,
     .pickup = {100000, 110000},
     .delivery = {110000, 120000},
     .smallest_lot = 15,
     .aboard_limit = -1,
     .category = CAT_A,
     .escort_per = 10,
     .escort_mass = 90000,
     .onload = 2400,
     .penalty = 40000,
     .delay_cost = 50},
    {.id = "D5",
     .origin = FWD,
     .destination = HOM,
     .pax = 5,
     .pax_mass = 100000,
     .pickup = {100000, 110000},
     .delivery = {110000, 120000},
     .smallest_lot = 1,
     .aboard_limit = 10000,
     .category = -1,
     .penalty = 60000,
     .delay_cost = 1},
    {.id = "D6",
     .origin = DIV,
     .destination = HOM,
     .pax = 4,
     .pax_mass = 100000,
     .pickup = {0, 259200},
     .delivery = {0, 259200},
     .smallest_lot = 1,
     .aboard_limit = -1,
     .category = -1,
     .penalty = 77777,
     .delay_cost = 9},
};

static void build_demands(struct instance *inst)
{
    inst->demand = COPY(demands);
    inst->n_demands = COUNT(demands);
    for (size_t i = 0; i < inst->n_demands; i++)
        inst->demand[i].id = text(demands[i].id);
}

static void build_limits(struct instance *inst)
{
    static const struct limit limit[] = {{.id = "L0", .n_airfields = 1, .n_caps = 2},
                                         {.id = "L1", .n_airfields = 2, .n_caps = 1},
                                         {.id = "L2", .n_airfields = 1, .needs_clearance = true, .n_clear = 2}};
    static const int32_t airfields[][2] = {{FWD}, {HOM, HUB}, {OUT}};
    static const struct cap cap[][2] = {
        {{0, 86400, 4, 40}, {86400, 172800, 2, 10}}, {{43200, 57600, 2, -1}}, {{0, 0, -1, -1}}};
    static const struct interval clear[] = {{30000, 40000}, {100000, 110000}};
    inst->limit = COPY(limit);
    inst->n_limits = COUNT(limit);
    for (size_t i = 0; i < inst->n_limits; i++) {
        inst->limit[i].id = text(limit[i].id);
        inst->limit[i].airfields = COPY(airfields[i]);
        inst->limit[i].cap = COPY(cap[i]);
        inst->limit[i].clear = COPY(clear);
    }
}

static void build_rules(struct instance *inst)
{
    static const struct rolling_limit rolling[] = {{7 * 86400, 60000}, {86400, 30000}};
    static const char *const category[N_CATEGORIES] = {"a", "b", "c"};
    bool apart[N_CATEGORIES][N_CATEGORIES] = {0};
    apart[CAT_A][CAT_B] = apart[CAT_B][CAT_A] = apart[CAT_C][CAT_C] = true;
    inst->rules = (struct rules){.step = 900, .show = 5400, .post_flight = 1800, .rest = 36000};
    inst->rules.rolling = COPY(rolling);
    inst->rules.n_rolling = COUNT(rolling);
    inst->rules.apart = COPY(apart);
    inst->category = need(calloc(N_CATEGORIES, sizeof *inst->category));
    inst->n_categories = N_CATEGORIES;
    for (size_t i = 0; i < N_CATEGORIES; i++)
        inst->category[i] = text(category[i]);
}

struct plan_line {
    int32_t airframe, crew, configuration;
    struct stop stop[5];
    size_t n_stops;
    struct ride ride[3];
    size_t n_rides;
};

static void add_mission(struct schedule *s, const struct plan_line *line)
{
    s->mission = need(realloc(s->mission, (s->n_missions + 1) * sizeof *s->mission));
    s->mission[s->n_missions++] =
        (struct mission){.airframe = line->airframe,
                         .crew = line->crew,
                         .configuration = line->configuration,
                         .stop = copy(line->stop, line->n_stops * sizeof *line->stop),
                         .n_stops = line->n_stops,
                         .ride = line->n_rides ? copy(line->ride, line->n_rides * sizeof *line->ride) : NULL,
                         .n_rides = line->n_rides};
}

static void build_schedule(struct world *w)
{
    static const struct plan_line line[N_MISSIONS] = {
        /* stop 0: D0 needs 1800 s and D2 1500 s of their own, 3300 s together */
        [LIFT] = {0,
                  0,
                  0,
                  {{HOM, SEC_NONE, 18000, 21300, 21600},
                   {FWD, 28800, 28800, 30600, 30600},
                   {OUT, 34200, 34200, 36900, 36900},
                   {FWD, 40500, 40500, 41700, 42300},
                   {HOM, 49500, 49500, 51300, SEC_NONE}},
                  5,
                  {{0, 25, 0, 1}, {2, 10, 0, 2}, {3, 8, 2, 4}},
                  3},
        [SHUTTLE] = {2,
                     2,
                     0,
                     {{HOM, SEC_NONE, 23100, 24900, 25200}, {FWD, 34200, 34200, 35100, SEC_NONE}},
                     2,
                     {{0, 12, 0, 1}},
                     1},
        [FAMILY] = {1,
                    1,
                    1,
                    {{HUB, SEC_NONE, 41400, 41400, 41400},
                     {FWD, 46800, 46800, 49500, 49500},
                     {HUB, 54900, 54900, 57300, SEC_NONE}},
                    3,
                    {{1, 6, 1, 2}},
                    1},
        /* two lots of D4: handled once, escorted and delayed as one */
        [RETURN] = {0,
                    0,
                    0,
                    {{HOM, SEC_NONE, 104400, 104400, 104400},
                     {HUB, 108061, 108061, 110761, 111600},
                     {HOM, 115261, 115261, 117061, SEC_NONE}},
                    3,
                    {{4, 12, 1, 2}, {4, 5, 1, 2}},
                    2},
        [HOMEWARD] = {2,
                      2,
                      0,
                      {{FWD, SEC_NONE, 106800, 108000, 108000}, {HOM, 117000, 117000, 117900, SEC_NONE}},
                      2,
                      {{5, 5, 0, 1}},
                      1},
    };
    for (size_t i = 0; i < N_MISSIONS; i++)
        add_mission(&w->schedule, &line[i]);
    add_mission(&w->inst.committed, &line[FAMILY]);
    w->inst.committed.mission[0].committed = w->schedule.mission[FAMILY].committed = true;
}

static void build(struct world *w)
{
    instance_init(&w->inst);
    schedule_init(&w->schedule);
    w->inst.name = text("by hand");
    w->inst.currency = text("EUR");
    w->inst.start_unix = 1772323200; /* 2026-03-01T00:00:00Z */
    w->inst.end = 259200;
    build_rules(&w->inst);
    build_airfields(&w->inst);
    build_types(&w->inst);
    build_legs(w);
    build_airframes(&w->inst);
    build_crews(&w->inst);
    build_demands(&w->inst);
    build_limits(&w->inst);
    build_schedule(w);
}

static void demolish(struct world *w)
{
    schedule_release(&w->schedule);
    instance_release(&w->inst);
}

/* --- counting the cost anew --- */

static cent_t per_hour(int64_t amount, cent_t price)
{
    return (amount * price + 1800) / 3600;
}

/* Passengers of the demand on the mission; `waited` gets their seconds from the start of pickup. */
static int64_t moved_by(const struct mission *m, const struct demand *d, int32_t number, int64_t *waited)
{
    int64_t pax = 0;
    *waited = 0;
    for (size_t r = 0; r < m->n_rides; r++)
        if (m->ride[r].demand == number) {
            pax += m->ride[r].pax;
            *waited += m->ride[r].pax * (m->stop[m->ride[r].to_stop].handling_start - d->pickup.from);
        }
    return pax;
}

/* Of a valid schedule only. */
static struct cost recount(const struct instance *inst, const struct schedule *schedule)
{
    struct cost c = {0};
    for (size_t i = 0; i < schedule->n_missions; i++) {
        const struct mission *m = &schedule->mission[i];
        int32_t number = inst->airframe[m->airframe].type;
        c.missions += inst->type[number].cost_per_mission;
        for (size_t s = 1; s < m->n_stops; s++) {
            const struct leg *leg = instance_leg(inst, number, m->stop[s - 1].airfield, m->stop[s].airfield);
            c.block += per_hour(leg->block, inst->type[number].cost_per_block_hour);
            c.fees += leg->fee;
        }
    }
    for (size_t d = 0; d < inst->n_demands; d++) {
        int64_t left = inst->demand[d].pax;
        for (size_t i = 0; i < schedule->n_missions; i++) {
            int64_t waited;
            left -= moved_by(&schedule->mission[i], &inst->demand[d], (int32_t)d, &waited);
            c.delay += per_hour(waited, inst->demand[d].delay_cost);
        }
        c.not_moved += left * inst->demand[d].penalty;
    }
    c.total = c.block + c.fees + c.missions + c.not_moved + c.delay;
    return c;
}

static bool same_cost(const struct cost *a, const struct cost *b)
{
    return a->block == b->block && a->fees == b->fees && a->missions == b->missions && a->not_moved == b->not_moved &&
           a->delay == b->delay && a->total == b->total;
}

/* --- what the cases share --- */

static struct mission *mission(struct world *w, size_t i)
{
    return &w->schedule.mission[i];
}

static struct stop *stop(struct world *w, size_t i, size_t s)
{
    return &w->schedule.mission[i].stop[s];
}

static struct ride *ride(struct world *w, size_t i, size_t r)
{
    return &w->schedule.mission[i].ride[r];
}

static void shift(struct mission *m, sec_t by)
{
    for (size_t s = 0; s < m->n_stops; s++) {
        m->stop[s].arrival += s > 0 ? by : 0;
        m->stop[s].handling_start += by;
        m->stop[s].handling_end += by;
        m->stop[s].departure += s + 1 < m->n_stops ? by : 0;
    }
}

/* Empty from OUT to HOM, 10800 s. */
static void ferry(struct world *w, sec_t leaves)
{
    static const struct plan_line line = {3, 3,     0, {{OUT, SEC_NONE, 0, 0, 0}, {HOM, 10800, 10800, 10800, SEC_NONE}},
                                          2, {{0}}, 0};
    add_mission(&w->schedule, &line);
    shift(mission(w, FERRY), leaves);
}

/* Takes [from, until) out of the first opening of FWD, as the reader would. */
static void close_fwd(struct world *w, sec_t from, sec_t until)
{
    struct airfield *f = &w->inst.airfield[FWD];
    f->open = need(realloc(f->open, (f->n_open + 1) * sizeof *f->open));
    memmove(&f->open[1], &f->open[0], f->n_open * sizeof *f->open);
    f->n_open++;
    f->open[0].until = from - 1;
    f->open[1].from = until;
}

static void judge(const struct world *w, struct verdict *verdict)
{
    if (!check_schedule(&w->inst, &w->schedule, verdict, NULL))
        abort();
}

static const struct breach *find(const struct verdict *v, int rule, int mission_at, int stop_at)
{
    for (size_t i = 0; i < v->n_breaches; i++)
        if (v->breach[i].rule == rule && v->breach[i].mission == mission_at && v->breach[i].stop == stop_at)
            return &v->breach[i];
    return NULL;
}

static void complain(const char *name, const char *what, const struct verdict *v)
{
    fprintf(stderr, "  \"%s\": %s\n", name, what);
    for (size_t i = 0; i < v->n_breaches; i++)
        fprintf(stderr, "    %s\n", v->breach[i].text);
}

/* Accepted, at the cost counted anew. */
static void accepted(const struct world *w, const char *name)
{
    struct verdict v;
    judge(w, &v);
    bool valid = v.n_breaches == 0;
    if (!valid)
        complain(name, "should be accepted", &v);
    CU_ASSERT(valid);
    if (valid) {
        struct cost cost = recount(&w->inst, &w->schedule);
        bool same = same_cost(&cost, &v.cost);
        if (!same)
            complain(name, "another cost", &v);
        CU_ASSERT(same);
    }
    verdict_release(&v);
}

static void rejected(const struct world *w, const char *name, int rule, int mission_at, int stop_at, bool alone)
{
    struct verdict v;
    judge(w, &v);
    const struct breach *found = find(&v, rule, mission_at, stop_at);
    size_t others = 0;
    for (size_t i = 0; i < v.n_breaches; i++)
        others += v.breach[i].rule != rule;
    if (!found)
        complain(name, "not found out", &v);
    else if (alone && others > 0)
        complain(name, "other rules broken too", &v);
    CU_ASSERT_PTR_NOT_NULL(found);
    CU_ASSERT(!alone || others == 0);
    verdict_release(&v);
}

/* --- what breaks it --- */

/* Takes the five of D5 with LIFT too, from its first visit to FWD to its end. */
static void board_homeward_on_lift(struct world *w)
{
    struct mission *m = mission(w, LIFT);
    struct demand *d = &w->inst.demand[5];
    m->ride = need(realloc(m->ride, (m->n_rides + 1) * sizeof *m->ride));
    m->ride[m->n_rides++] = (struct ride){.demand = 5, .pax = 5, .from_stop = 1, .to_stop = 4};
    d->pax = 10;
    d->pickup.from = d->delivery.from = 0;
    d->aboard_limit = -1;
    w->inst.type[BIG].ground[GROUND_ONLOAD] = 1800;
}

/* D4 and D6 may both ride on RETURN, and both are of the category kept apart from itself. */
static void lots_of_category_c(struct world *w)
{
    w->inst.demand[4].category = w->inst.demand[6].category = CAT_C;
    w->inst.demand[4].smallest_lot = 12;
    w->inst.demand[6].origin = HUB;
    w->inst.demand[6].pax = 5;
}

/* MOG of one big airframe at home, RETURN handled there until HOMEWARD comes. */
static void one_at_home(struct world *w)
{
    w->inst.airfield[HOM].mog = 2;
    w->inst.type[BIG].ground[GROUND_OFFLOAD] = 1739;
    stop(w, RETURN, 2)->handling_end = 117000;
}

static void break_airframe_elsewhere(struct world *w)
{
    w->inst.airframe[0].at = HUB;
}

static void break_airframe_left_elsewhere(struct world *w)
{
    mission(w, RETURN)->airframe = 1;
}

static void break_airframe_not_ready(struct world *w)
{
    shift(mission(w, RETURN), -59400);
}

static void break_airframe_ends_elsewhere(struct world *w)
{
    w->inst.airframe[0].end_at[0] = DIV;
}

static void break_airframe_ends_nowhere(struct world *w)
{
    w->inst.airframe[1].end_anywhere = false;
    w->inst.airframe[1].n_end_at = 0;
}

static void break_airframe_too_early(struct world *w)
{
    w->inst.airframe[2].from = 30000;
}

static void break_airframe_too_late(struct world *w)
{
    w->inst.airframe[2].until = 110000;
}

static void break_airframe_inspection(struct world *w)
{
    w->inst.airframe[2].flight_limit = 9000;
}

static void break_airframe_negative(struct world *w)
{
    mission(w, LIFT)->airframe = -1;
}

static void break_airframe_beyond(struct world *w)
{
    mission(w, LIFT)->airframe = (int32_t)w->inst.n_airframes;
}

static void break_block_in_early(struct world *w)
{
    stop(w, LIFT, 2)->arrival -= 1;
}

static void break_block_in_late(struct world *w)
{
    stop(w, LIFT, 4)->arrival += 1;
    stop(w, LIFT, 4)->handling_start += 1;
    stop(w, LIFT, 4)->handling_end += 1;
}

static void break_block_time(struct world *w)
{
    leg_of(w, BIG, FWD, OUT)->block += 60;
}

static void break_runway_first(struct world *w)
{
    w->inst.airfield[HOM].runway_ft = 4000;
}

static void break_runway_last(struct world *w)
{
    w->inst.airfield[HUB].runway_ft = 4000;
}

static void break_takeoff_before_start(struct world *w)
{
    ferry(w, -900);
}

static void break_block_in_before_start(struct world *w)
{
    ferry(w, -11700);
}

static void break_takeoff_after_end(struct world *w)
{
    w->inst.end = 105000;
}

static void break_off_grid(struct world *w)
{
    ferry(w, 450);
}

static void break_same_airfield_twice(struct world *w)
{
    /* there is no such leg, whatever the times say */
    static const struct plan_line line = {
        3,
        3,
        0,
        {{OUT, SEC_NONE, 30600, 30600, 30600}, {OUT, 30599, 30599, 31199, 31500}, {HOM, 42300, 42300, 42300, SEC_NONE}},
        3,
        {{0}},
        0};
    add_mission(&w->schedule, &line);
}

static void break_one_stop(struct world *w)
{
    mission(w, LIFT)->n_stops = 1;
}

static void break_no_stops(struct world *w)
{
    mission(w, LIFT)->n_stops = 0;
}

static void break_stops_missing(struct world *w)
{
    free(mission(w, LIFT)->stop);
    mission(w, LIFT)->stop = NULL;
}

static void break_arrival_at_first(struct world *w)
{
    stop(w, LIFT, 0)->arrival = 0;
}

static void break_departure_at_last(struct world *w)
{
    stop(w, LIFT, 4)->departure = 60000;
}

static void break_arrival_missing(struct world *w)
{
    stop(w, LIFT, 2)->arrival = SEC_NONE;
}

static void break_departure_missing(struct world *w)
{
    stop(w, LIFT, 0)->departure = SEC_NONE;
}

static void break_handling_missing(struct world *w)
{
    stop(w, LIFT, 1)->handling_start = SEC_NONE;
}

static void break_handling_end_missing(struct world *w)
{
    stop(w, LIFT, 1)->handling_end = SEC_NONE;
}

static void break_instant_far_off(struct world *w)
{
    stop(w, LIFT, 1)->departure = SEC_LATEST;
}

static void break_airfield_negative(struct world *w)
{
    stop(w, LIFT, 3)->airfield = -1;
}

static void break_airfield_beyond(struct world *w)
{
    stop(w, LIFT, 3)->airfield = N_FIELDS;
}

static void break_handling_before_block_in(struct world *w)
{
    stop(w, LIFT, 4)->handling_start -= 60;
}

static void break_takeoff_before_handled(struct world *w)
{
    stop(w, LIFT, 0)->handling_end = 21601;
}

static void break_onload_short(struct world *w)
{
    w->inst.type[SMALL].ground[GROUND_ONLOAD] = 1201;
}

static void break_offload_short(struct world *w)
{
    w->inst.type[SMALL].ground[GROUND_OFFLOAD] = 901;
}

static void break_enroute_short(struct world *w)
{
    w->inst.type[BIG].ground[GROUND_ENROUTE] = 1201;
}

static void break_both_ways_short(struct world *w)
{
    w->inst.type[BIG].ground[GROUND_OFFLOAD] = 2701;
}

static void break_own_onload_short(struct world *w)
{
    w->inst.demand[0].onload = 1801;
}

static void break_own_offload_short(struct world *w)
{
    w->inst.demand[1].offload = 2401;
}

static void break_handling_backwards(struct world *w)
{
    stop(w, LIFT, 3)->handling_end = 40499;
}

static void break_idle_first(struct world *w)
{
    stop(w, RETURN, 0)->handling_start -= 60;
}

static void break_idle_first_end(struct world *w)
{
    stop(w, RETURN, 0)->handling_end -= 60;
}

static void break_idle_last(struct world *w)
{
    ferry(w, 900);
    stop(w, FERRY, 1)->handling_end += 60;
}

static void break_configuration_negative(struct world *w)
{
    mission(w, LIFT)->configuration = -1;
}

static void break_configuration_beyond(struct world *w)
{
    mission(w, LIFT)->configuration = 2;
}

static void break_seats_other_configuration(struct world *w)
{
    mission(w, LIFT)->configuration = 1;
}

static void break_seats_second_sortie(struct world *w)
{
    w->inst.type[BIG].configuration[1].seats = 5;
}

static void break_seats_escort(struct world *w)
{
    w->inst.type[SMALL].configuration[0].seats = 12;
}

static void break_payload_pax(struct world *w)
{
    w->inst.demand[2].pax_mass = 300000;
}

static void break_payload_freight(struct world *w)
{
    w->inst.demand[2].freight = 2000000;
}

static void break_payload_escorts(struct world *w)
{
    w->inst.demand[0].escort_mass = 713000;
}

static void break_range_payload(struct world *w)
{
    leg_of(w, BIG, FWD, HOM)->nm = 820000;
}

static void break_range_missions(struct world *w)
{
    leg_of(w, SMALL, FWD, HOM)->nm = 800000;
}

static void break_range_no_fuel_between(struct world *w)
{
    w->inst.airfield[HOM].has_fuel = false;
}

static void break_crew_unqualified(struct world *w)
{
    w->inst.crew[2].types[0] = BIG;
}

static void break_crew_kind(struct world *w)
{
    w->inst.crew[2].kind = CREW_AUGMENTED;
}

static void break_crew_fdp_kind(struct world *w)
{
    w->inst.crew[0].kind = CREW_BASIC;
    w->inst.type[BIG].fdp[CREW_BASIC] = 30000;
}

static void break_crew_elsewhere(struct world *w)
{
    w->inst.crew[0].at = HUB;
}

static void break_crew_left_elsewhere(struct world *w)
{
    mission(w, RETURN)->crew = 1;
}

static void break_crew_rest(struct world *w)
{
    w->inst.rules.rest = 50000;
}

static void break_crew_last_duty(struct world *w)
{
    w->inst.crew[2].last_duty_end = 0;
}

static void break_crew_too_early(struct world *w)
{
    w->inst.crew[2].from = 25200;
}

static void break_crew_too_late(struct world *w)
{
    w->inst.crew[2].until = 117000;
}

static void break_crew_ends_elsewhere(struct world *w)
{
    w->inst.crew[0].end_at[0] = HUB;
}

static void break_crew_ends_nowhere(struct world *w)
{
    w->inst.crew[1].end_anywhere = false;
    w->inst.crew[1].n_end_at = 0;
}

static void break_crew_rolling_days(struct world *w)
{
    w->inst.rules.rolling[0].most = 45000;
}

static void break_crew_rolling_day(struct world *w)
{
    w->inst.rules.rolling[1].most = 25000;
}

static void break_crew_rolling_missions(struct world *w)
{
    w->inst.rules.rolling[1].most = 17999;
    w->inst.rules.rolling[1].window = 172800;
    w->inst.crew[0].n_recent = 0;
}

static void break_crew_negative(struct world *w)
{
    mission(w, LIFT)->crew = -1;
}

static void break_crew_beyond(struct world *w)
{
    mission(w, LIFT)->crew = (int32_t)w->inst.n_crews;
}

static void break_shut_block_in(struct world *w)
{
    close_fwd(w, 28000, 29000);
}

static void break_shut_takeoff(struct world *w)
{
    close_fwd(w, 42000, 43000);
}

static void break_shut_always(struct world *w)
{
    w->inst.airfield[HUB].always_open = false;
}

static void break_mog_first(struct world *w)
{
    w->inst.airfield[HOM].mog = 1;
}

static void break_mog_between(struct world *w)
{
    w->inst.airfield[OUT].mog = 1;
}

static void break_mog_last(struct world *w)
{
    w->inst.airfield[HUB].mog = 1;
}

static void break_mog_none(struct world *w)
{
    w->inst.airfield[FWD].mog = 0;
}

static void break_cap_arrivals(struct world *w)
{
    w->inst.limit[0].cap[0].arrivals = 3;
}

static void break_cap_no_arrivals(struct world *w)
{
    w->inst.limit[1].cap[0].arrivals = 0;
}

static void break_cap_pax(struct world *w)
{
    w->inst.limit[0].cap[0].pax = 30;
}

static void break_cap_second(struct world *w)
{
    w->inst.limit[0].cap[0] = (struct cap){86400, 172800, -1, -1};
    w->inst.limit[0].cap[1] = (struct cap){0, 86400, 3, -1};
}

static void break_cap_airfields(struct world *w)
{
    w->inst.limit[1].cap[0].arrivals = 1;
}

static void break_cap_pax_airfields(struct world *w)
{
    w->inst.limit[1].cap[0].pax = 13;
}

static void break_clearance_none(struct world *w)
{
    w->inst.limit[2].n_clear = 0;
}

static void break_clearance_gap(struct world *w)
{
    w->inst.limit[2].clear[0].until = 34000;
}

static void break_clearance_and_caps(struct world *w)
{
    w->inst.limit[0].needs_clearance = true;
}

static void break_pickup_early(struct world *w)
{
    w->inst.demand[3].pickup.from = 35000;
}

static void break_pickup_late(struct world *w)
{
    w->inst.demand[3].pickup.until = 34000;
}

static void break_delivery_early(struct world *w)
{
    w->inst.demand[3].delivery.from = 50000;
}

static void break_delivery_late(struct world *w)
{
    w->inst.demand[3].delivery.until = 49000;
}

static void break_aboard_too_long(struct world *w)
{
    w->inst.demand[5].aboard_limit = 8000;
}

static void break_too_many_moved(struct world *w)
{
    w->inst.demand[0].pax = 30;
}

static void break_split_together(struct world *w)
{
    w->inst.demand[4].together = true;
}

static void break_lot_too_small(struct world *w)
{
    w->inst.demand[0].smallest_lot = 20;
}

static void break_lot_family(struct world *w)
{
    w->inst.demand[1].pax = w->inst.demand[1].smallest_lot = 7;
}

static void break_together_left(struct world *w)
{
    w->inst.demand[1].pax = 7;
    w->inst.demand[1].smallest_lot = 1;
}

static void break_wrong_origin(struct world *w)
{
    ride(w, LIFT, 2)->from_stop = 1;
}

static void break_wrong_destination(struct world *w)
{
    ride(w, LIFT, 0)->to_stop = 2;
}

static void break_no_passengers(struct world *w)
{
    ride(w, RETURN, 0)->pax = 17;
    ride(w, RETURN, 1)->pax = 0;
}

static void break_negative_passengers(struct world *w)
{
    ride(w, RETURN, 0)->pax = 18;
    ride(w, RETURN, 1)->pax = -1;
}

static void break_countless_passengers(struct world *w)
{
    ride(w, LIFT, 1)->pax = INT32_MAX;
}

static void break_stops_backwards(struct world *w)
{
    *ride(w, LIFT, 2) = (struct ride){3, 8, 4, 2};
}

static void break_stops_equal(struct world *w)
{
    ride(w, LIFT, 2)->to_stop = 2;
}

static void break_stop_negative(struct world *w)
{
    ride(w, LIFT, 0)->from_stop = -1;
}

static void break_stop_beyond(struct world *w)
{
    ride(w, LIFT, 2)->to_stop = 5;
}

static void break_demand_negative(struct world *w)
{
    ride(w, LIFT, 0)->demand = -1;
}

static void break_demand_beyond(struct world *w)
{
    ride(w, LIFT, 0)->demand = (int32_t)w->inst.n_demands;
}

static void break_rides_missing(struct world *w)
{
    free(mission(w, LIFT)->ride);
    mission(w, LIFT)->ride = NULL;
}

static void break_apart(struct world *w)
{
    w->inst.demand[2].category = CAT_B;
}

static void break_apart_other_way(struct world *w)
{
    w->inst.demand[0].category = CAT_B;
    w->inst.demand[2].category = CAT_A;
}

static void break_apart_from_itself(struct world *w)
{
    w->inst.demand[0].category = CAT_C;
}

static void break_apart_later(struct world *w)
{
    board_homeward_on_lift(w);
    w->inst.demand[5].category = CAT_C;
}

static void break_commitment_dropped(struct world *w)
{
    mission_release(mission(w, FAMILY));
    memmove(mission(w, FAMILY), mission(w, FAMILY + 1), 2 * sizeof(struct mission));
    w->schedule.n_missions--;
}

static void break_commitment_nothing(struct world *w)
{
    schedule_release(&w->schedule);
}

static void break_commitment_airframe(struct world *w)
{
    w->inst.committed.mission[0].airframe = 0;
}

static void break_commitment_crew(struct world *w)
{
    w->inst.committed.mission[0].crew = 0;
}

static void break_commitment_configuration(struct world *w)
{
    w->inst.committed.mission[0].configuration = 0;
}

static void break_commitment_fewer_stops(struct world *w)
{
    w->inst.committed.mission[0].n_stops = 2;
}

static void break_commitment_fewer_rides(struct world *w)
{
    w->inst.committed.mission[0].n_rides = 0;
}

static void break_commitment_airfield(struct world *w)
{
    w->inst.committed.mission[0].stop[1].airfield = OUT;
}

static void break_commitment_arrival(struct world *w)
{
    w->inst.committed.mission[0].stop[1].arrival -= 1;
}

static void break_commitment_handling_start(struct world *w)
{
    w->inst.committed.mission[0].stop[1].handling_start += 1;
}

static void break_commitment_handling_end(struct world *w)
{
    w->inst.committed.mission[0].stop[1].handling_end -= 1;
}

static void break_commitment_departure(struct world *w)
{
    w->inst.committed.mission[0].stop[1].departure += 1;
}

static void break_commitment_demand(struct world *w)
{
    w->inst.committed.mission[0].ride[0].demand = 3;
}

static void break_commitment_pax(struct world *w)
{
    w->inst.committed.mission[0].ride[0].pax = 5;
}

static void break_commitment_from_stop(struct world *w)
{
    w->inst.committed.mission[0].ride[0].from_stop = 0;
}

static void break_commitment_to_stop(struct world *w)
{
    w->inst.committed.mission[0].ride[0].to_stop = 1;
}

static const struct mutation {
    const char *name;
    void (*breaks)(struct world *w);
    int rule, mission, stop; /* -1: none in particular */
    bool alone;              /* no other rule is broken */
} mutations[] = {
    {"airframe is elsewhere at first", break_airframe_elsewhere, 1, LIFT, 0, true},
    {"airframe was left elsewhere", break_airframe_left_elsewhere, 1, RETURN, 0, true},
    {"airframe begins while it flies", break_airframe_not_ready, 1, RETURN, 0, false},
    {"airframe is left where it may not be", break_airframe_ends_elsewhere, 1, RETURN, 2, true},
    {"airframe may be left nowhere", break_airframe_ends_nowhere, 1, FAMILY, 2, true},
    {"airframe is not available yet", break_airframe_too_early, 1, SHUTTLE, 0, true},
    {"airframe is no longer available", break_airframe_too_late, 1, HOMEWARD, 1, true},
    {"airframe is due for inspection", break_airframe_inspection, 1, HOMEWARD, -1, true},
    {"airframe below all", break_airframe_negative, 1, LIFT, -1, true},
    {"airframe beyond all", break_airframe_beyond, 1, LIFT, -1, true},
    {"block-in before block time is over", break_block_in_early, 2, LIFT, 2, true},
    {"block-in after block time is over", break_block_in_late, 2, LIFT, 4, true},
    {"block time of one leg and type", break_block_time, 2, LIFT, 2, true},
    {"runway of the first stop", break_runway_first, 2, LIFT, 0, true},
    {"runway of the last stop", break_runway_last, 2, FAMILY, 2, true},
    {"take-off before the start", break_takeoff_before_start, 2, FERRY, 0, true},
    {"block-in before the start", break_block_in_before_start, 2, FERRY, 1, true},
    {"take-off after the end", break_takeoff_after_end, 2, HOMEWARD, 0, true},
    {"take-off off the grid", break_off_grid, 2, FERRY, 0, true},
    {"two stops in a row at one airfield", break_same_airfield_twice, 2, FERRY, 1, true},
    {"one stop only", break_one_stop, 2, LIFT, -1, true},
    {"no stops", break_no_stops, 2, LIFT, -1, true},
    {"stops are missing", break_stops_missing, 2, LIFT, -1, true},
    {"block-in at the first stop", break_arrival_at_first, 2, LIFT, 0, true},
    {"take-off at the last stop", break_departure_at_last, 2, LIFT, 4, true},
    {"block-in is missing", break_arrival_missing, 2, LIFT, 2, true},
    {"take-off is missing", break_departure_missing, 2, LIFT, 0, true},
    {"start of handling is missing", break_handling_missing, 2, LIFT, 1, true},
    {"end of handling is missing", break_handling_end_missing, 2, LIFT, 1, true},
    {"take-off at the end of time", break_instant_far_off, 2, LIFT, 1, true},
    {"airfield below all", break_airfield_negative, 2, LIFT, 3, true},
    {"airfield beyond all", break_airfield_beyond, 2, LIFT, 3, true},
    {"handling before block-in", break_handling_before_block_in, 3, LIFT, 4, true},
    {"take-off before handling ends", break_takeoff_before_handled, 3, LIFT, 0, true},
    {"onload of the type", break_onload_short, 3, HOMEWARD, 0, true},
    {"offload of the type", break_offload_short, 3, SHUTTLE, 1, true},
    {"enroute handling of the type", break_enroute_short, 3, LIFT, 3, true},
    {"offload longer than onload at a stop with both", break_both_ways_short, 3, LIFT, 2, true},
    {"the demands' own onload", break_own_onload_short, 3, LIFT, 0, true},
    {"the demand's own offload", break_own_offload_short, 3, FAMILY, 2, true},
    {"handling ends before it starts", break_handling_backwards, 3, LIFT, 3, true},
    {"nothing handled at the first stop, yet handling before", break_idle_first, 3, RETURN, 0, true},
    {"nothing handled at the first stop, yet handling ends before", break_idle_first_end, 3, RETURN, 0, true},
    {"nothing handled at the last stop, yet handling after", break_idle_last, 3, FERRY, 1, true},
    {"configuration below all", break_configuration_negative, 4, LIFT, -1, true},
    {"configuration beyond those of the type", break_configuration_beyond, 4, LIFT, -1, true},
    {"seats of the other configuration", break_seats_other_configuration, 4, LIFT, 0, true},
    {"seats on a later sortie", break_seats_second_sortie, 4, FAMILY, 1, true},
    {"seat of an escort", break_seats_escort, 4, SHUTTLE, 0, true},
    {"payload of passengers", break_payload_pax, 5, LIFT, 0, true},
    {"payload of freight", break_payload_freight, 5, LIFT, 0, true},
    {"payload of escorts", break_payload_escorts, 5, LIFT, 0, true},
    {"range falls with payload", break_range_payload, 5, LIFT, 4, true},
    {"stretch over two missions", break_range_missions, 5, HOMEWARD, 1, true},
    {"no fuel between two missions", break_range_no_fuel_between, 5, RETURN, 1, true},
    {"crew not qualified", break_crew_unqualified, 6, SHUTTLE, -1, true},
    {"crew of a kind that may not fly the type", break_crew_kind, 6, SHUTTLE, -1, true},
    {"FDP of a basic crew", break_crew_fdp_kind, 6, LIFT, 4, true},
    {"crew is elsewhere at first", break_crew_elsewhere, 6, LIFT, 0, true},
    {"crew was left elsewhere", break_crew_left_elsewhere, 6, RETURN, 0, true},
    {"crew not rested", break_crew_rest, 6, RETURN, 0, true},
    {"crew not rested from before", break_crew_last_duty, 6, SHUTTLE, 0, true},
    {"crew is not available yet", break_crew_too_early, 6, SHUTTLE, 0, true},
    {"crew is no longer available", break_crew_too_late, 6, HOMEWARD, 1, true},
    {"crew ends where it may not", break_crew_ends_elsewhere, 6, RETURN, 2, true},
    {"crew may end nowhere", break_crew_ends_nowhere, 6, FAMILY, 2, true},
    {"rolling limit of seven days", break_crew_rolling_days, 6, LIFT, 4, true},
    {"rolling limit of one day", break_crew_rolling_day, 6, LIFT, 4, true},
    {"rolling limit over two missions", break_crew_rolling_missions, 6, HOMEWARD, 1, true},
    {"crew below all", break_crew_negative, 6, LIFT, -1, true},
    {"crew beyond all", break_crew_beyond, 6, LIFT, -1, true},
    {"block-in while shut", break_shut_block_in, 7, LIFT, 1, true},
    {"take-off while shut", break_shut_takeoff, 7, LIFT, 3, true},
    {"never open", break_shut_always, 7, RETURN, 1, true},
    {"MOG at a first stop", break_mog_first, 7, LIFT, 0, true},
    {"MOG at a stop between", break_mog_between, 7, LIFT, 2, true},
    {"MOG at a last stop", break_mog_last, 7, FAMILY, 2, true},
    {"no parking at all", break_mog_none, 7, SHUTTLE, 1, true},
    {"arrivals of a day", break_cap_arrivals, 8, FAMILY, 1, true},
    {"no arrivals at all", break_cap_no_arrivals, 8, FAMILY, 2, true},
    {"passengers of a day", break_cap_pax, 8, SHUTTLE, 1, true},
    {"the second interval of a limit", break_cap_second, 8, FAMILY, 1, true},
    {"airfields of a limit counted together", break_cap_airfields, 8, FAMILY, 2, true},
    {"passengers of a limit's airfields together", break_cap_pax_airfields, 8, FAMILY, 2, true},
    {"nothing is cleared", break_clearance_none, 8, LIFT, 2, true},
    {"between two clearances", break_clearance_gap, 8, LIFT, 2, true},
    {"clearance needed beside caps", break_clearance_and_caps, 8, SHUTTLE, 1, true},
    {"loading before the window", break_pickup_early, 9, LIFT, 2, true},
    {"loading after the window", break_pickup_late, 9, LIFT, 2, true},
    {"unloading before the window", break_delivery_early, 9, LIFT, 4, true},
    {"unloading after the window", break_delivery_late, 9, LIFT, 4, true},
    {"aboard too long", break_aboard_too_long, 9, HOMEWARD, 1, true},
    {"more moved than there are", break_too_many_moved, 9, -1, -1, true},
    {"together, yet in two lots", break_split_together, 9, -1, -1, true},
    {"lot smaller than the smallest", break_lot_too_small, 9, SHUTTLE, -1, true},
    {"together, yet one is left", break_lot_family, 9, FAMILY, -1, true},
    {"together, yet one is left, whatever the smallest lot", break_together_left, 9, FAMILY, -1, true},
    {"loads where it does not start", break_wrong_origin, 9, LIFT, 1, true},
    {"unloads where it does not go", break_wrong_destination, 9, LIFT, 2, true},
    {"ride of nobody", break_no_passengers, 9, RETURN, -1, true},
    {"ride of fewer than nobody", break_negative_passengers, 9, RETURN, -1, true},
    {"ride of too many to count", break_countless_passengers, 9, LIFT, -1, true},
    {"unloads before it loads", break_stops_backwards, 9, LIFT, -1, true},
    {"unloads where it loads", break_stops_equal, 9, LIFT, -1, true},
    {"loads before the first stop", break_stop_negative, 9, LIFT, -1, true},
    {"unloads after the last stop", break_stop_beyond, 9, LIFT, -1, true},
    {"demand below all", break_demand_negative, 9, LIFT, -1, true},
    {"demand beyond all", break_demand_beyond, 9, LIFT, -1, true},
    {"rides are missing", break_rides_missing, 9, LIFT, -1, true},
    {"two categories aboard", break_apart, 10, LIFT, 0, true},
    {"two categories aboard, listed the other way", break_apart_other_way, 10, LIFT, 0, true},
    {"one category apart from itself", break_apart_from_itself, 10, LIFT, 0, true},
    {"met on a later sortie", break_apart_later, 10, LIFT, 1, true},
    {"committed mission left out", break_commitment_dropped, 11, -1, -1, true},
    {"no missions at all", break_commitment_nothing, 11, -1, -1, true},
    {"commitment: another airframe", break_commitment_airframe, 11, -1, -1, true},
    {"commitment: another crew", break_commitment_crew, 11, -1, -1, true},
    {"commitment: another configuration", break_commitment_configuration, 11, -1, -1, true},
    {"commitment: one stop more", break_commitment_fewer_stops, 11, -1, -1, true},
    {"commitment: one ride more", break_commitment_fewer_rides, 11, -1, -1, true},
    {"commitment: another airfield", break_commitment_airfield, 11, -1, -1, true},
    {"commitment: another block-in", break_commitment_arrival, 11, -1, -1, true},
    {"commitment: another start of handling", break_commitment_handling_start, 11, -1, -1, true},
    {"commitment: another end of handling", break_commitment_handling_end, 11, -1, -1, true},
    {"commitment: another take-off", break_commitment_departure, 11, -1, -1, true},
    {"commitment: another demand", break_commitment_demand, 11, -1, -1, true},
    {"commitment: other passengers", break_commitment_pax, 11, -1, -1, true},
    {"commitment: loads elsewhere", break_commitment_from_stop, 11, -1, -1, true},
    {"commitment: unloads elsewhere", break_commitment_to_stop, 11, -1, -1, true},
};

/* --- the edge of every limit: `beyond` is 0 at it, 1 one unit past it --- */

static void edge_turn(struct world *w, int64_t beyond)
{
    w->inst.type[BIG].turn = 104400 - 49500 + beyond;
}

static void edge_handled_longer(struct world *w, int64_t beyond)
{
    stop(w, LIFT, 4)->handling_end = 104400 + beyond;
}

static void edge_airframe_from(struct world *w, int64_t beyond)
{
    w->inst.airframe[0].from = 18000 + beyond;
}

static void edge_airframe_from_empty(struct world *w, int64_t beyond)
{
    w->inst.airframe[1].from = 41400 + beyond;
}

static void edge_airframe_until(struct world *w, int64_t beyond)
{
    w->inst.airframe[0].until = 117061 - beyond;
}

static void edge_inspection(struct world *w, int64_t beyond)
{
    w->inst.airframe[0].flight_limit = 28922 - beyond;
}

static void edge_no_flights(struct world *w, int64_t beyond)
{
    ferry(w, 900);
    w->inst.airframe[3].flight_limit = 10800 - beyond;
}

static void edge_begin_again(struct world *w, int64_t beyond)
{
    stop(w, HOMEWARD, 0)->handling_start = 106800 - 100;
    w->inst.type[SMALL].turn = 106700 - 34200 + beyond;
}

static void edge_start(struct world *w, int64_t beyond)
{
    ferry(w, -beyond);
    w->inst.rules.step = 1;
}

static void edge_end(struct world *w, int64_t beyond)
{
    w->inst.end = 117000 - beyond;
}

static void edge_grid(struct world *w, int64_t beyond)
{
    ferry(w, 900 + beyond);
}

static void edge_runway(struct world *w, int64_t beyond)
{
    w->inst.airfield[FWD].runway_ft = (int32_t)(5000 - beyond);
}

static void edge_block(struct world *w, int64_t beyond)
{
    leg_of(w, SMALL, FWD, HOM)->block = 9000 + beyond;
}

static void edge_onload(struct world *w, int64_t beyond)
{
    stop(w, LIFT, 2)->handling_end = 36900 - beyond;
}

static void edge_offload(struct world *w, int64_t beyond)
{
    stop(w, LIFT, 1)->handling_end = 30600 - beyond;
}

static void edge_enroute(struct world *w, int64_t beyond)
{
    stop(w, LIFT, 3)->handling_end = 41700 - beyond;
}

static void edge_offload_last(struct world *w, int64_t beyond)
{
    stop(w, LIFT, 4)->handling_end = 51300 - beyond;
}

static void edge_handling_waits(struct world *w, int64_t beyond)
{
    stop(w, LIFT, 3)->handling_start = 40500 - beyond;
}

static void edge_handling_ends(struct world *w, int64_t beyond)
{
    stop(w, LIFT, 3)->handling_end = 42300 + beyond;
}

static void edge_own_sum(struct world *w, int64_t beyond)
{
    w->inst.demand[2].onload = 1500 + beyond;
}

static void edge_own_both(struct world *w, int64_t beyond)
{
    w->inst.demand[2].offload = 1350;
    w->inst.demand[3].onload = 1350 + beyond;
}

static void edge_own_once(struct world *w, int64_t beyond)
{
    w->inst.demand[4].onload = 2700 + beyond;
}

static void edge_own_once_off(struct world *w, int64_t beyond)
{
    w->inst.demand[4].offload = 1800 + beyond;
}

static void edge_seats(struct world *w, int64_t beyond)
{
    w->inst.type[BIG].configuration[0].seats = (int32_t)(37 - beyond);
}

static void edge_pax(struct world *w, int64_t beyond)
{
    w->inst.type[BIG].configuration[0].seats = 37;
    ride(w, LIFT, 0)->pax = (int32_t)(25 + beyond);
}

static void edge_escorts(struct world *w, int64_t beyond)
{
    w->inst.type[BIG].configuration[0].seats = 36;
    w->inst.demand[0].escort_per = (int32_t)(25 - beyond);
}

static void edge_escorts_lots(struct world *w, int64_t beyond)
{
    mission(w, RETURN)->configuration = 1;
    w->inst.type[BIG].configuration[1].seats = (int32_t)(19 - beyond);
}

static void edge_payload(struct world *w, int64_t beyond)
{
    w->inst.type[BIG].range[2] = (struct range_point){4755001 - beyond, 1600000};
}

static void edge_freight(struct world *w, int64_t beyond)
{
    w->inst.demand[0].freight = 39999 + beyond * 2;
    w->inst.type[BIG].range[2] = (struct range_point){4155001, 1600000};
}

static void edge_range_between(struct world *w, int64_t beyond)
{
    leg_of(w, BIG, HOM, FWD)->nm = 811249 + beyond;
}

static void edge_range_gram(struct world *w, int64_t beyond)
{
    leg_of(w, BIG, HOM, FWD)->nm = 811249;
    w->inst.demand[2].freight = 500004 + beyond;
}

static void edge_range_below(struct world *w, int64_t beyond)
{
    leg_of(w, BIG, HUB, FWD)->nm = 1800000 + beyond;
}

static void edge_range_at_point(struct world *w, int64_t beyond)
{
    w->inst.demand[0].freight = 0;
    w->inst.demand[2].freight = 370000;
    leg_of(w, BIG, HOM, FWD)->nm = 1000000 + beyond;
}

static void edge_range_at_last_point(struct world *w, int64_t beyond)
{
    w->inst.type[BIG].range[2] = (struct range_point){4755001, 1600000 - beyond};
}

static void edge_range_missions(struct world *w, int64_t beyond)
{
    leg_of(w, SMALL, FWD, HOM)->nm = 752500 + beyond;
}

static void edge_range_fuel_between(struct world *w, int64_t beyond)
{
    leg_of(w, SMALL, FWD, HOM)->nm = 1000000;
    w->inst.airfield[FWD].has_fuel = beyond == 0;
}

static void edge_range_fuel_on_the_way(struct world *w, int64_t beyond)
{
    leg_of(w, BIG, HOM, FWD)->nm = 811250;
    w->inst.airfield[OUT].has_fuel = beyond == 0;
}

static void edge_range_lighter(struct world *w, int64_t beyond)
{
    w->inst.airfield[OUT].has_fuel = true;
    leg_of(w, BIG, FWD, HOM)->nm = 2000000 + beyond;
}

static void edge_range_first(struct world *w, int64_t beyond)
{
    ferry(w, 900);
    leg_of(w, SMALL, OUT, HOM)->nm = 1500000 + beyond;
}

static void edge_range_last(struct world *w, int64_t beyond)
{
    mission_release(mission(w, HOMEWARD));
    w->schedule.n_missions--;
    w->inst.airframe[2].end_anywhere = w->inst.crew[2].end_anywhere = true;
    leg_of(w, SMALL, HOM, FWD)->nm = 1352500 + beyond;
}

static void edge_fdp_augmented(struct world *w, int64_t beyond)
{
    w->inst.type[BIG].fdp[CREW_AUGMENTED] = 33300 - beyond;
}

static void edge_fdp_basic(struct world *w, int64_t beyond)
{
    w->inst.type[BIG].fdp[CREW_BASIC] = 18900 - beyond;
}

static void edge_rest(struct world *w, int64_t beyond)
{
    w->inst.rules.rest = 47700 + beyond;
}

static void edge_rest_show(struct world *w, int64_t beyond)
{
    w->inst.rules.rest = 47700;
    w->inst.rules.show = 5400 + beyond;
}

static void edge_rest_post_flight(struct world *w, int64_t beyond)
{
    w->inst.rules.rest = 47700;
    w->inst.rules.post_flight = 1800 + beyond;
}

static void edge_last_duty_end(struct world *w, int64_t beyond)
{
    w->inst.crew[0].last_duty_end = 16200 - 36000 + beyond;
}

static void edge_crew_from(struct world *w, int64_t beyond)
{
    w->inst.crew[0].from = 16200 + beyond;
}

static void edge_crew_until(struct world *w, int64_t beyond)
{
    w->inst.crew[0].until = 117061 - beyond;
}

static void edge_rolling_week(struct world *w, int64_t beyond)
{
    w->inst.rules.rolling[0].most = 48800 - beyond;
}

static void edge_rolling_day(struct world *w, int64_t beyond)
{
    w->inst.rules.rolling[1].most = 28800 - beyond;
}

static void edge_rolling_leaves(struct world *w, int64_t beyond)
{
    w->inst.rules.rolling[1].most = 28800;
    w->inst.crew[0].recent[1] = (struct recent_flight){49500 - 86400 + beyond, 1};
}

static void edge_rolling_recent_alone(struct world *w, int64_t beyond)
{
    w->inst.crew[1].recent[0] = (struct recent_flight){46800 - 86400 + beyond, 30001};
}

static void edge_rolling_scheduled_leaves(struct world *w, int64_t beyond)
{
    w->inst.rules.rolling[1] = (struct rolling_limit){108061 - 28800 + beyond, 25260};
    w->inst.crew[0].n_recent = 0;
}

static void edge_rolling_whole_block(struct world *w, int64_t beyond)
{
    w->inst.rules.rolling[1] = (struct rolling_limit){3600, 9000 - beyond};
    w->inst.crew[0].n_recent = 0;
}

static void edge_open_from(struct world *w, int64_t beyond)
{
    w->inst.airfield[FWD].open[1].from = 46800 + beyond;
}

static void edge_open_until(struct world *w, int64_t beyond)
{
    w->inst.airfield[FWD].open[0].until = 42300 - beyond;
}

static void edge_open_from_takeoff(struct world *w, int64_t beyond)
{
    w->inst.airfield[FWD].open[2].from = 108000 + beyond;
}

static void edge_open_until_block_in(struct world *w, int64_t beyond)
{
    w->inst.airfield[HOM].always_open = false;
    w->inst.airfield[HOM].n_open = 1;
    w->inst.airfield[HOM].open = copy(&(struct interval){0, 117000 - beyond}, sizeof(struct interval));
}

static void edge_closure_until(struct world *w, int64_t beyond)
{
    close_fwd(w, 28000, 28800 + beyond);
}

static void edge_closure_from(struct world *w, int64_t beyond)
{
    close_fwd(w, 42301 - beyond, 42900);
}

static void edge_mog_units(struct world *w, int64_t beyond)
{
    w->inst.type[BIG].mog_units = (int32_t)(2 + beyond);
}

static void edge_mog(struct world *w, int64_t beyond)
{
    w->inst.airfield[HOM].mog = (int32_t)(3 - beyond);
}

static void edge_mog_last_leaves(struct world *w, int64_t beyond)
{
    one_at_home(w);
    stop(w, RETURN, 2)->handling_end = 117000 + beyond;
}

static void edge_mog_first_comes(struct world *w, int64_t beyond)
{
    one_at_home(w);
    stop(w, SHUTTLE, 0)->handling_start = 21600 - beyond;
}

static void edge_mog_between_comes(struct world *w, int64_t beyond)
{
    stop(w, SHUTTLE, 1)->handling_end = 40500 + beyond;
}

static void edge_mog_between_leaves(struct world *w, int64_t beyond)
{
    w->inst.rules.step = 1;
    w->inst.demand[0].pickup.until = w->inst.demand[0].delivery.until = 60000;
    shift(mission(w, SHUTTLE), 8100 - beyond);
}

static void edge_cap_arrivals(struct world *w, int64_t beyond)
{
    w->inst.limit[0].cap[0].arrivals = (int32_t)(4 - beyond);
}

static void edge_cap_pax(struct world *w, int64_t beyond)
{
    w->inst.limit[0].cap[0].pax = (int32_t)(37 - beyond);
}

static void edge_cap_from(struct world *w, int64_t beyond)
{
    w->inst.limit[1].cap[0] = (struct cap){49501 - beyond, 57600, 1, -1};
}

static void edge_cap_until(struct world *w, int64_t beyond)
{
    w->inst.limit[1].cap[0] = (struct cap){43200, 54900 + beyond, 1, -1};
}

static void edge_cap_pax_from(struct world *w, int64_t beyond)
{
    w->inst.limit[0].cap[0] = (struct cap){28801 - beyond, 86400, -1, 12};
}

static void edge_cap_pax_until(struct world *w, int64_t beyond)
{
    w->inst.limit[0].cap[0] = (struct cap){0, 34200 + beyond, -1, 25};
}

static void edge_cap_pax_handled(struct world *w, int64_t beyond)
{
    stop(w, SHUTTLE, 1)->handling_start = 34500;
    stop(w, SHUTTLE, 1)->handling_end = 35400;
    w->inst.limit[0].cap[0] = (struct cap){0, 34500 + beyond, -1, 25};
}

static void edge_clear_from(struct world *w, int64_t beyond)
{
    w->inst.limit[2].clear[0].from = 34200 + beyond;
}

static void edge_clear_until(struct world *w, int64_t beyond)
{
    w->inst.limit[2].clear[0].until = 34200 - beyond;
}

static void edge_clear_takeoff(struct world *w, int64_t beyond)
{
    w->inst.limit[2].airfields[0] = HUB;
    w->inst.limit[2].clear[0] = (struct interval){54900, 60000};
    w->inst.limit[2].clear[1] = (struct interval){108061 + beyond, 110000};
}

static void edge_pickup_from(struct world *w, int64_t beyond)
{
    w->inst.demand[2].pickup.from = 18000 + beyond;
}

static void edge_pickup_until(struct world *w, int64_t beyond)
{
    w->inst.demand[2].pickup.until = 18000 - beyond;
}

static void edge_delivery_from(struct world *w, int64_t beyond)
{
    w->inst.demand[2].delivery.from = 34200 + beyond;
}

static void edge_delivery_until(struct world *w, int64_t beyond)
{
    w->inst.demand[2].delivery.until = 34200 - beyond;
}

static void edge_delivery_handled(struct world *w, int64_t beyond)
{
    stop(w, SHUTTLE, 1)->handling_start = 34500;
    stop(w, SHUTTLE, 1)->handling_end = 35400;
    w->inst.demand[0].delivery.until = 34500 - beyond;
}

static void edge_aboard(struct world *w, int64_t beyond)
{
    w->inst.demand[1].aboard_limit = 5400 - beyond;
}

static void edge_aboard_ride(struct world *w, int64_t beyond)
{
    w->inst.demand[0].aboard_limit = 9300 - beyond;
}

static void edge_smallest_lot(struct world *w, int64_t beyond)
{
    w->inst.demand[0].smallest_lot = (int32_t)(12 + beyond);
}

static void edge_smallest_lots(struct world *w, int64_t beyond)
{
    w->inst.demand[4].smallest_lot = (int32_t)(17 + beyond);
}

static void edge_moved(struct world *w, int64_t beyond)
{
    w->inst.demand[0].pax = (int32_t)(37 - beyond);
}

static void edge_together(struct world *w, int64_t beyond)
{
    mission(w, RETURN)->n_rides = 1 + (size_t)beyond;
    w->inst.demand[4].smallest_lot = w->inst.demand[4].pax = 12 + (beyond ? 5 : 0);
    w->inst.demand[4].together = true;
}

static void edge_apart_meet(struct world *w, int64_t beyond)
{
    board_homeward_on_lift(w);
    w->inst.demand[5].category = CAT_B;
    w->inst.demand[2].category = beyond ? CAT_A : CAT_C;
}

static void edge_apart_meet_listed(struct world *w, int64_t beyond)
{
    edge_apart_meet(w, beyond);
    struct mission *m = mission(w, LIFT);
    struct ride first = m->ride[0];
    m->ride[0] = m->ride[3];
    m->ride[3] = first;
}

static void edge_apart_lots(struct world *w, int64_t beyond)
{
    lots_of_category_c(w);
    ride(w, RETURN, 1)->demand = beyond ? 6 : 4;
}

static void edge_apart_none(struct world *w, int64_t beyond)
{
    w->inst.demand[2].category = beyond ? CAT_B : -1;
}

static const struct edge {
    const char *name;
    void (*set)(struct world *w, int64_t beyond);
    int rule, mission, stop;
} edges[] = {
    {"turn", edge_turn, 1, RETURN, 0},
    {"handling longer than the turn", edge_handled_longer, 1, RETURN, 0},
    {"airframe available, begin is loading", edge_airframe_from, 1, LIFT, 0},
    {"airframe available, begin is take-off", edge_airframe_from_empty, 1, FAMILY, 0},
    {"airframe available until", edge_airframe_until, 1, RETURN, 2},
    {"inspection: 7200 + 3600 + 3600 + 7200 + 2 x 3661", edge_inspection, 1, RETURN, -1},
    {"inspection due at once", edge_no_flights, 1, FERRY, -1},
    {"next begin is loading", edge_begin_again, 1, HOMEWARD, 0},
    {"start of the horizon", edge_start, 2, FERRY, 0},
    {"end of the horizon, block-in", edge_end, 2, HOMEWARD, 1},
    {"grid of take-offs", edge_grid, 2, FERRY, 0},
    {"runway", edge_runway, 2, LIFT, 3},
    {"block time", edge_block, 2, HOMEWARD, 1},
    {"onload", edge_onload, 3, LIFT, 2},
    {"offload", edge_offload, 3, LIFT, 1},
    {"enroute handling", edge_enroute, 3, LIFT, 3},
    {"offload at the last stop", edge_offload_last, 3, LIFT, 4},
    {"handling starts at block-in", edge_handling_waits, 3, LIFT, 3},
    {"handling ends at take-off", edge_handling_ends, 3, LIFT, 3},
    {"own onload, the sum of two demands", edge_own_sum, 3, LIFT, 0},
    {"own onload of one and own offload of another", edge_own_both, 3, LIFT, 2},
    {"own onload once for two lots", edge_own_once, 3, RETURN, 1},
    {"own offload once for two lots", edge_own_once_off, 3, RETURN, 2},
    {"seats: 25 + 2 escorts + 10", edge_seats, 4, LIFT, 0},
    {"one passenger more", edge_pax, 4, LIFT, 0},
    {"escorts rounded up", edge_escorts, 4, LIFT, 0},
    {"escorts of two lots together: 12 + 5 in tens make 2", edge_escorts_lots, 4, RETURN, 1},
    {"greatest payload: 25 x 100 + 625 + 2 x 90 + 10 x 95 + 500.001 kg", edge_payload, 5, LIFT, 0},
    {"freight in proportion, rounded up: 39999 x 25 / 40 = 24999.4", edge_freight, 5, LIFT, 0},
    {"range between two points: 2000 - 188.75025 nm, rounded down", edge_range_between, 5, LIFT, 4},
    {"one gram shortens the range: it falls by 188.751 and 188.75125 nm", edge_range_gram, 5, LIFT, 4},
    {"range below the first point", edge_range_below, 5, FAMILY, 2},
    {"range at a point of the curve: 4000 kg", edge_range_at_point, 5, LIFT, 4},
    {"range at the last point of the curve", edge_range_at_last_point, 5, LIFT, 4},
    {"stretch over two missions, payload of the first", edge_range_missions, 5, HOMEWARD, 1},
    {"fuel between two missions", edge_range_fuel_between, 5, HOMEWARD, 1},
    {"fuel on the way", edge_range_fuel_on_the_way, 5, LIFT, 4},
    {"what was unloaded before fuel weighs no more: 800 kg fly 2200 nm", edge_range_lighter, 5, LIFT, 4},
    {"tanks are full at the first take-off", edge_range_first, 5, FERRY, 1},
    {"the last stretch ends without fuel", edge_range_last, 5, SHUTTLE, 1},
    {"FDP of an augmented crew", edge_fdp_augmented, 6, LIFT, 4},
    {"FDP of a basic crew", edge_fdp_basic, 6, FAMILY, 2},
    {"rest: show at 99000, off at 51300", edge_rest, 6, RETURN, 0},
    {"rest ends at show", edge_rest_show, 6, RETURN, 0},
    {"rest begins after post-flight duty", edge_rest_post_flight, 6, RETURN, 0},
    {"rest after the last duty", edge_last_duty_end, 6, LIFT, 0},
    {"crew available, begin is show", edge_crew_from, 6, LIFT, 0},
    {"crew available until off", edge_crew_until, 6, RETURN, 2},
    {"seven days: 21600 + 7200 + 20000", edge_rolling_week, 6, LIFT, 4},
    {"one day: 21600 + 7200", edge_rolling_day, 6, LIFT, 4},
    {"a recent flight leaves the window as the last sortie comes", edge_rolling_leaves, 6, LIFT, 4},
    {"recent flights alone may exceed", edge_rolling_recent_alone, 6, FAMILY, 1},
    {"a sortie leaves the window as another comes: 14400 + 3661 and 21600 + 3661", edge_rolling_scheduled_leaves, 6,
     RETURN, 1},
    {"a sortie longer than the window counts whole", edge_rolling_whole_block, 6, SHUTTLE, 1},
    {"opening begins", edge_open_from, 7, FAMILY, 1},
    {"opening ends", edge_open_until, 7, LIFT, 3},
    {"opening begins at take-off", edge_open_from_takeoff, 7, HOMEWARD, 0},
    {"opening ends at block-in", edge_open_until_block_in, 7, HOMEWARD, 1},
    {"closure is over at block-in", edge_closure_until, 7, LIFT, 1},
    {"closure begins after take-off", edge_closure_from, 7, LIFT, 3},
    {"parking units", edge_mog_units, 7, LIFT, 1},
    {"MOG at home", edge_mog, 7, HOMEWARD, 1},
    {"parking at the last stop ends with handling", edge_mog_last_leaves, 7, HOMEWARD, 1},
    {"parking at the first stop begins with handling", edge_mog_first_comes, 7, SHUTTLE, 0},
    {"parking on the way begins at block-in", edge_mog_between_comes, 7, LIFT, 3},
    {"parking on the way ends at take-off", edge_mog_between_leaves, 7, SHUTTLE, 1},
    {"arrivals of a day", edge_cap_arrivals, 8, FAMILY, 1},
    {"passengers of a day: 25 + 12", edge_cap_pax, 8, SHUTTLE, 1},
    {"arrivals count from", edge_cap_from, 8, FAMILY, 2},
    {"arrivals count until", edge_cap_until, 8, FAMILY, 2},
    {"passengers count from", edge_cap_pax_from, 8, SHUTTLE, 1},
    {"passengers count until", edge_cap_pax_until, 8, SHUTTLE, 1},
    {"passengers count when unloading starts, not at block-in", edge_cap_pax_handled, 8, SHUTTLE, 1},
    {"clearance begins", edge_clear_from, 8, LIFT, 2},
    {"clearance ends", edge_clear_until, 8, LIFT, 2},
    {"clearance is for block-ins, not take-offs", edge_clear_takeoff, 8, RETURN, 1},
    {"pickup from", edge_pickup_from, 9, LIFT, 0},
    {"pickup until", edge_pickup_until, 9, LIFT, 0},
    {"delivery from", edge_delivery_from, 9, LIFT, 2},
    {"delivery until", edge_delivery_until, 9, LIFT, 2},
    {"delivery is when unloading starts, not block-in", edge_delivery_handled, 9, SHUTTLE, 1},
    {"aboard from the end of loading to the start of unloading", edge_aboard, 9, FAMILY, 2},
    {"aboard, the longest of two rides", edge_aboard_ride, 9, SHUTTLE, 1},
    {"smallest lot", edge_smallest_lot, 9, SHUTTLE, -1},
    {"smallest lot, two rides of a mission together", edge_smallest_lots, 9, RETURN, -1},
    {"all of a demand", edge_moved, 9, -1, -1},
    {"together in one ride", edge_together, 9, -1, -1},
    {"apart, but one leaves where the other boards", edge_apart_meet, 10, LIFT, 1},
    {"apart, but the one listed first boards where the other leaves", edge_apart_meet_listed, 10, LIFT, 1},
    {"apart from itself: two lots of one demand may, two demands not", edge_apart_lots, 10, RETURN, 1},
    {"no category is apart from any", edge_apart_none, 10, LIFT, 0},
};

/* --- tests --- */

static void test_by_hand(void)
{
    /* block   LIFT      2 h + 1 h + 1 h + 2 h at 5000.00           30000.00
     *         FAMILY    2 x 1.5 h at 5000.00                       15000.00
     *         RETURN    2 x 3661 s at 5000.00: 5084.722            10169.44
     *         SHUTTLE, HOMEWARD  2.5 h at 1800.01: 4500.025         9000.06   each rounded half up   64169.50
     * fees    4 block-ins at FWD x 123.45, once HOM to HUB 50.00                                        543.80
     * mission 3 x 1000.00 + 2 x 75.50                                                                  3151.00
     * not     D0 40 - 25 - 12 at 250.00: 750.00   D4 20 - 12 - 5 at 400.00: 1200.00
     * moved   D6 4 at 777.77: 3111.08                                                                  5061.08
     * delay   D0 25 x 10800 s at 3.33/h: 249.75   12 x 16200 s: 179.82
     *         D1 6 x 11700 s at 0.35/h: 6.825 is 6.83
     *         D3 8 x 19500 s at 1.00/h: 43.33
     *         D4 17 x 15261 s at 0.50/h: 36.03 (two lots, rounded once)
     *         D5 5 x 17000 s at 0.01/h: 0.24                                                            516.00 */
    struct world w;
    struct verdict v;
    build(&w);
    judge(&w, &v);
    CU_ASSERT_EQUAL(v.n_breaches, 0);
    CU_ASSERT_EQUAL(v.cost.block, 6416950);
    CU_ASSERT_EQUAL(v.cost.fees, 54380);
    CU_ASSERT_EQUAL(v.cost.missions, 315100);
    CU_ASSERT_EQUAL(v.cost.not_moved, 506108);
    CU_ASSERT_EQUAL(v.cost.delay, 51600);
    CU_ASSERT_EQUAL(v.cost.total, 7344138);
    verdict_release(&v);
    accepted(&w, "by hand");
    demolish(&w);
}

static void test_mutations(void)
{
    for (size_t i = 0; i < COUNT(mutations); i++) {
        const struct mutation *m = &mutations[i];
        struct world w;
        build(&w);
        m->breaks(&w);
        rejected(&w, m->name, m->rule, m->mission, m->stop, m->alone);
        demolish(&w);
    }
}

static void test_edges(void)
{
    for (size_t i = 0; i < COUNT(edges); i++) {
        const struct edge *e = &edges[i];
        for (int beyond = 0; beyond < 2; beyond++) {
            struct world w;
            build(&w);
            e->set(&w, beyond);
            if (beyond)
                rejected(&w, e->name, e->rule, e->mission, e->stop, true);
            else
                accepted(&w, e->name);
            demolish(&w);
        }
    }
}

/* Nobody moved: only the penalties, 40 x 250 + 6 x 500 + 10 x 300 + 8 x 300 + 20 x 400 + 5 x 600 + 4 x 777.77. */
static void test_nothing_flown(void)
{
    struct world w;
    struct verdict v;
    build(&w);
    schedule_release(&w.schedule);
    schedule_release(&w.inst.committed);
    judge(&w, &v);
    CU_ASSERT_EQUAL(v.n_breaches, 0);
    CU_ASSERT_EQUAL(v.cost.total, 3251108);
    CU_ASSERT_EQUAL(v.cost.not_moved, 3251108);
    verdict_release(&v);
    demolish(&w);
}

static void set_many_pax(struct world *w, int64_t beyond)
{
    ride(w, LIFT, 0)->pax = 1000000 + (int32_t)beyond;
}

static void set_no_pax(struct world *w, int64_t beyond)
{
    ride(w, LIFT, 0)->pax = 1 - (int32_t)beyond;
}

static void set_many_stops(struct world *w, int64_t beyond)
{
    mission(w, LIFT)->n_stops = 1000000 + (size_t)beyond;
}

static void set_one_stop(struct world *w, int64_t beyond)
{
    mission(w, LIFT)->n_stops = 2 - (size_t)beyond;
}

static void set_family_left(struct world *w, int64_t beyond)
{
    w->inst.demand[1].pax = 6 + (int32_t)beyond;
}

static const struct figures {
    void (*set)(struct world *w, int64_t beyond);
    int rule, mission, stop;
    int64_t measured, allowed;
    const char *found, *limit, *place; /* in the text */
} figures[] = {
    {edge_turn, 1, RETURN, 0, 104400, 104401, "2026-03-02T05:00:00Z", "2026-03-02T05:00:01Z",
     "R1 mission M004 stop 0: "},
    {edge_inspection, 1, RETURN, -1, 28922, 28921, "8:02:02", "8:02:01", "R1 mission M004: "},
    {edge_block, 2, HOMEWARD, 1, 117000, 117001, "2026-03-02T08:30:00Z", "2026-03-02T08:30:01Z",
     "R2 mission M005 stop 1: "},
    {edge_onload, 3, LIFT, 2, 2699, 2700, "0:44:59", "0:45:00", "R3 mission M001 stop 2: "},
    {edge_seats, 4, LIFT, 0, 37, 36, " 37 ", " 36", "R4 mission M001 stop 0: "},
    {edge_payload, 5, LIFT, 0, 4755001, 4755000, "4755.001 kg", "4755.000 kg", "R5 mission M001 stop 0: "},
    {edge_range_between, 5, LIFT, 4, 1811250, 1811249, "1811.250 nm", "1811.249 nm", "R5 mission M001 stop 4: "},
    {edge_fdp_basic, 6, FAMILY, 2, 18900, 18899, "5:15:00", "5:14:59", "R6 mission M003 stop 2: "},
    {edge_rest, 6, RETURN, 0, 99000, 99001, "2026-03-02T03:30:00Z", "2026-03-02T03:30:01Z", "R6 mission M004 stop 0: "},
    {edge_rolling_day, 6, LIFT, 4, 28800, 28799, "8:00:00", "7:59:59", "R6 mission M001 stop 4: "},
    {edge_mog, 7, HOMEWARD, 1, 3, 2, "3 parking", "MOG is 2", "R7 mission M005 stop 1: "},
    {edge_cap_arrivals, 8, FAMILY, 1, 4, 3, "4 block-ins", "most 3", "R8 mission M003 stop 1: "},
    {edge_cap_pax, 8, SHUTTLE, 1, 37, 36, "37 passengers", "most 36", "R8 mission M002 stop 1: "},
    {edge_aboard, 9, FAMILY, 2, 5400, 5399, "1:30:00", "1:29:59", "R9 mission M003 stop 2: "},
    {edge_moved, 9, -1, -1, 37, 36, "37 passengers", "has 36", "R9: "},
    {edge_smallest_lot, 9, SHUTTLE, -1, 12, 13, "12 passengers", "is 13", "R9 mission M002: "},
    {set_family_left, 9, FAMILY, -1, 6, 7, "6 passengers", "all 7", "R9 mission M003: "},
    {set_many_pax, 9, LIFT, -1, 1000001, 1000000, "1000001 passengers", "at most 1000000", "R9 mission M001: "},
    {set_no_pax, 9, LIFT, -1, 0, 1, ": 0 passengers", "at least 1 ", "R9 mission M001: "},
    {set_many_stops, 2, LIFT, -1, 1000001, 1000000, "1000001 stops", "at most 1000000", "R2 mission M001: "},
    {set_one_stop, 2, LIFT, -1, 1, 2, ": 1 stops", "at least 2 ", "R2 mission M001: "},
};

static void lengthen(char **id)
{
    enum { LONG = 10000 };
    free(*id);
    *id = need(malloc(LONG + 1));
    for (size_t i = 0; i < LONG; i++)
        (*id)[i] = (char)(i % 3 == 0 ? 0xE2 : i % 3 == 1 ? 0x82 : 0xAC); /* the sign of the euro */
    (*id)[LONG] = 0;
}

static void lengthen_all(struct instance *inst)
{
    for (size_t i = 0; i < inst->n_airfields; i++)
        lengthen(&inst->airfield[i].id);
    for (size_t i = 0; i < inst->n_types; i++) {
        lengthen(&inst->type[i].id);
        for (size_t c = 0; c < inst->type[i].n_configurations; c++)
            lengthen(&inst->type[i].configuration[c].id);
    }
    for (size_t i = 0; i < inst->n_airframes; i++)
        lengthen(&inst->airframe[i].id);
    for (size_t i = 0; i < inst->n_crews; i++)
        lengthen(&inst->crew[i].id);
    for (size_t i = 0; i < inst->n_demands; i++)
        lengthen(&inst->demand[i].id);
    for (size_t i = 0; i < inst->n_limits; i++)
        lengthen(&inst->limit[i].id);
}

/* No text is cut, neither at its end nor within a character. */
static bool texts_whole(const struct verdict *v)
{
    for (size_t i = 0; i < v->n_breaches; i++) {
        const char *t = v->breach[i].text;
        if (strlen(t) + 1 >= sizeof v->breach[i].text)
            return false;
        for (; *t; t++)
            if ((unsigned char)*t == 0xE2 && ((unsigned char)t[1] != 0x82 || (unsigned char)t[2] != 0xAC))
                return false;
    }
    return true;
}

static bool figures_right(const struct figures *f, bool long_ids)
{
    struct world w;
    struct verdict v;
    build(&w);
    f->set(&w, 1);
    if (long_ids)
        lengthen_all(&w.inst);
    judge(&w, &v);
    const struct breach *b = find(&v, f->rule, f->mission, f->stop);
    bool right = b && b->measured == f->measured && b->allowed == f->allowed && strstr(b->text, f->found) &&
                 strstr(b->text, f->limit) && strncmp(b->text, f->place, strlen(f->place)) == 0 && texts_whole(&v);
    if (!right)
        complain(f->place, "other figures", &v);
    verdict_release(&v);
    demolish(&w);
    return right;
}

static void test_figures(void)
{
    for (size_t i = 0; i < COUNT(figures); i++) {
        CU_ASSERT(figures_right(&figures[i], false));
        CU_ASSERT(figures_right(&figures[i], true));
    }
}

/* Every text there is, with long ids. */
static void test_long_ids(void)
{
    for (size_t i = 0; i < COUNT(mutations); i++) {
        struct world w;
        struct verdict v;
        build(&w);
        mutations[i].breaks(&w);
        lengthen_all(&w.inst);
        judge(&w, &v);
        if (!texts_whole(&v))
            complain(mutations[i].name, "a text is cut", &v);
        CU_ASSERT(texts_whole(&v));
        verdict_release(&v);
        demolish(&w);
    }
}

static void huge_left(struct world *w)
{
    w->inst.demand[6].penalty = INT64_MAX;
}

static void huge_block(struct world *w)
{
    w->inst.type[BIG].cost_per_block_hour = INT64_MAX;
}

static void huge_delay(struct world *w)
{
    w->inst.demand[0].delay_cost = INT64_MAX;
}

static void huge_mission(struct world *w)
{
    w->inst.type[BIG].cost_per_mission = INT64_MAX / 2;
}

static void huge_fee(struct world *w)
{
    leg_of(w, BIG, HOM, HUB)->fee = leg_of(w, BIG, HOM, FWD)->fee = INT64_MAX;
}

static void huge_sum(struct world *w)
{
    w->inst.demand[6].penalty = w->inst.type[BIG].cost_per_mission = INT64_MAX / 5;
    leg_of(w, BIG, HOM, HUB)->fee = INT64_MAX / 5;
}

/* Money beyond all bounds stays at the largest figure. */
static void test_huge_money(void)
{
    static const struct {
        void (*set)(struct world *w);
        size_t term; /* where it stands in struct cost */
    } huge[] = {
        {huge_left, offsetof(struct cost, not_moved)}, {huge_block, offsetof(struct cost, block)},
        {huge_delay, offsetof(struct cost, delay)},    {huge_mission, offsetof(struct cost, missions)},
        {huge_fee, offsetof(struct cost, fees)},       {huge_sum, offsetof(struct cost, total)},
    };
    for (size_t i = 0; i < COUNT(huge); i++) {
        struct world w;
        struct verdict v;
        build(&w);
        huge[i].set(&w);
        judge(&w, &v);
        cent_t term;
        memcpy(&term, (const char *)&v.cost + huge[i].term, sizeof term);
        CU_ASSERT_EQUAL(v.n_breaches, 0);
        CU_ASSERT_EQUAL(term, INT64_MAX);
        CU_ASSERT_EQUAL(v.cost.total, INT64_MAX);
        verdict_release(&v);
        demolish(&w);
    }
}

/* Two sorties of a crew at one instant: the later in the schedule is named. */
static void test_rolling_tie(void)
{
    struct world w;
    struct verdict v;
    build(&w);
    struct schedule *s = &w.schedule;
    s->mission = need(realloc(s->mission, (s->n_missions + 1) * sizeof *s->mission));
    if (!mission_copy(&s->mission[s->n_missions], &s->mission[LIFT]))
        abort();
    s->n_missions++;
    w.inst.crew[0].n_recent = 0;
    w.inst.rules.rolling[1].most = 1;
    judge(&w, &v);
    CU_ASSERT_PTR_NOT_NULL(find(&v, 6, N_MISSIONS, 1));
    CU_ASSERT_PTR_NULL(find(&v, 6, LIFT, 1));
    verdict_release(&v);
    demolish(&w);
}

static bool in_order(const struct verdict *v)
{
    for (size_t i = 1; i < v->n_breaches; i++) {
        const struct breach *a = &v->breach[i - 1], *b = &v->breach[i];
        int64_t first[] = {a->rule, a->mission, a->stop}, second[] = {b->rule, b->mission, b->stop};
        size_t k = 0;
        while (k < 3 && first[k] == second[k])
            k++;
        if (k < 3 && first[k] > second[k])
            return false;
    }
    return true;
}

/* Many breaches at once: all of them, by rule, mission and stop. */
static void test_order(void)
{
    struct world w;
    struct verdict v;
    build(&w);
    for (size_t i = COUNT(mutations); i-- > 0;)
        if (mutations[i].breaks == break_clearance_none || mutations[i].breaks == break_mog_last ||
            mutations[i].breaks == break_crew_kind || mutations[i].breaks == break_runway_first ||
            mutations[i].breaks == break_delivery_late || mutations[i].breaks == break_airframe_too_late)
            mutations[i].breaks(&w);
    judge(&w, &v);
    CU_ASSERT(in_order(&v));
    CU_ASSERT_PTR_NOT_NULL(find(&v, 1, HOMEWARD, 1));
    CU_ASSERT_PTR_NOT_NULL(find(&v, 2, LIFT, 0));
    CU_ASSERT_PTR_NOT_NULL(find(&v, 6, SHUTTLE, -1));
    CU_ASSERT_PTR_NOT_NULL(find(&v, 6, HOMEWARD, -1));
    CU_ASSERT_PTR_NOT_NULL(find(&v, 7, FAMILY, 2));
    CU_ASSERT_PTR_NOT_NULL(find(&v, 8, LIFT, 2));
    CU_ASSERT_PTR_NOT_NULL(find(&v, 9, LIFT, 4));
    verdict_release(&v);
    demolish(&w);
}

/* --- random damage --- */

static size_t below(uint64_t *state, size_t n)
{
    return (size_t)(random_draw(state) % n);
}

static sec_t any_instant(uint64_t *state, sec_t now)
{
    static const sec_t extreme[] = {SEC_NONE, SEC_EARLIEST, SEC_LATEST,     INT64_MAX,         INT64_MIN + 1,
                                    0,        -1,           (sec_t)1 << 38, -((sec_t)1 << 38), ((sec_t)1 << 38) + 1,
                                    259200,   259201};
    size_t kind = below(state, 4);
    if (kind == 0)
        return extreme[below(state, COUNT(extreme))];
    if (kind == 1)
        return (sec_t)random_draw(state);
    if (now < -1000000 || now > 1000000)
        return 0;
    return now + (sec_t)below(state, 7201) - 3600;
}

static int32_t any_index(uint64_t *state, size_t n)
{
    static const int32_t extreme[] = {-1, INT32_MIN, INT32_MAX, 1000000, 1000001};
    size_t pick = below(state, 8);
    if (pick == 0)
        return extreme[below(state, COUNT(extreme))];
    return (int32_t)below(state, n + (pick == 1));
}

/* Changes that may well leave a valid schedule. */
static void harm_mildly(struct schedule *s, uint64_t *state)
{
    struct mission *m = &s->mission[below(state, s->n_missions)];
    switch (below(state, 6)) {
    case 0:
        if (m->n_rides > 0)
            m->ride[below(state, m->n_rides)].pax += (int32_t)below(state, 5) - 3;
        break;
    case 1:
        if (m->n_rides > 0)
            m->n_rides--;
        break;
    case 2:
        shift(m, 900 * ((sec_t)below(state, 9) - 4));
        break;
    case 3:
        mission_release(m);
        s->n_missions--;
        memmove(m, m + 1, (size_t)(&s->mission[s->n_missions] - m) * sizeof *m);
        break;
    case 4: {
        struct stop *p = &m->stop[below(state, m->n_stops)];
        sec_t by = (sec_t)below(state, 601) - 300;
        p->handling_start += by;
        p->handling_end += by;
        break;
    }
    default:
        m->configuration = (int32_t)below(state, 2);
    }
}

static void harm(struct schedule *s, uint64_t *state)
{
    struct mission *m = &s->mission[below(state, s->n_missions)];
    struct stop *p = m->n_stops > 0 ? &m->stop[below(state, m->n_stops)] : NULL;
    struct ride *r = m->n_rides > 0 ? &m->ride[below(state, m->n_rides)] : NULL;
    switch (below(state, 10)) {
    case 0:
        m->airframe = any_index(state, 4);
        break;
    case 1:
        m->crew = any_index(state, 4);
        break;
    case 2:
        m->configuration = any_index(state, 2);
        break;
    case 3:
        m->n_stops -= m->n_stops > 0;
        break;
    case 4:
        if (p)
            p->airfield = any_index(state, N_FIELDS);
        break;
    case 5:
    case 6:
    case 7:
        if (p) {
            sec_t *field[] = {&p->arrival, &p->handling_start, &p->handling_end, &p->departure};
            sec_t *instant = field[below(state, COUNT(field))];
            *instant = any_instant(state, *instant);
        }
        break;
    default:
        if (r) {
            int32_t *field[] = {&r->demand, &r->pax, &r->from_stop, &r->to_stop};
            *field[below(state, COUNT(field))] = any_index(state, 7);
        }
    }
}

static bool places_exist(const struct verdict *v, const struct schedule *s)
{
    for (size_t i = 0; i < v->n_breaches; i++) {
        const struct breach *b = &v->breach[i];
        if (b->rule < 1 || b->rule > 11 || b->mission < -1 || b->mission >= (int32_t)s->n_missions || b->stop < -1 ||
            (b->stop >= 0 && (b->mission < 0 || (size_t)b->stop >= s->mission[b->mission].n_stops)))
            return false;
    }
    return true;
}

/* Whether the verdict can be true; `cost` gets what the schedule costs where it is accepted. */
static bool plausible(const struct world *w, bool *valid, struct cost *cost)
{
    struct verdict v;
    judge(w, &v);
    *valid = v.n_breaches == 0;
    bool right = in_order(&v) && places_exist(&v, &w->schedule);
    if (*valid) {
        *cost = recount(&w->inst, &w->schedule);
        right = right && same_cost(cost, &v.cost);
    }
    verdict_release(&v);
    return right;
}

static void test_random_damage(void)
{
    struct world good, w;
    uint64_t state = 20260301;
    int valid = 0, wrong = 0;
    build(&good);
    w.inst = good.inst;
    for (int round = 0; round < 20000; round++) {
        if (!schedule_copy(&w.schedule, &good.schedule))
            abort();
        for (size_t n = 1 + below(&state, 3); n > 0 && w.schedule.n_missions > 0; n--)
            (round % 2 ? harm : harm_mildly)(&w.schedule, &state);
        bool forth, back;
        struct cost cost = {0}, again = {0};
        bool right = plausible(&w, &forth, &cost);
        for (size_t i = 0, n = w.schedule.n_missions; i < n / 2; i++) {
            struct mission m = w.schedule.mission[i];
            w.schedule.mission[i] = w.schedule.mission[n - 1 - i];
            w.schedule.mission[n - 1 - i] = m;
        }
        right = plausible(&w, &back, &again) && right;
        valid += forth;
        wrong += !right || forth != back || !same_cost(&cost, &again);
        schedule_release(&w.schedule);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(valid >= 1000 && valid <= 19000);
    demolish(&good);
}

void add_checker_tests(CU_pSuite suite)
{
    CU_add_test(suite, "a schedule worked out by hand", test_by_hand);
    CU_add_test(suite, "nothing flown", test_nothing_flown);
    CU_add_test(suite, "whatever breaks a rule", test_mutations);
    CU_add_test(suite, "the edge of every limit", test_edges);
    CU_add_test(suite, "figures and places in the text", test_figures);
    CU_add_test(suite, "long ids leave room for the figures", test_long_ids);
    CU_add_test(suite, "money beyond all bounds", test_huge_money);
    CU_add_test(suite, "two sorties of a crew at one instant", test_rolling_tie);
    CU_add_test(suite, "breaches in order", test_order);
    CU_add_test(suite, "random damage", test_random_damage);
}
