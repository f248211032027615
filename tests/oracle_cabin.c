/* Every way to seat the lots of a load, lot by lot and zone by zone. Cargo is a matter of grams, too many to try; but
 * there are two positions at most, and what lies on the first is then a flow: lot i sends up to its cargo from the stop
 * where it boards to the one where it leaves. Position and balance say between which bounds the flow over each sortie
 * lies. Whether there is one is Hoffman's circulation theorem (1960): no set of stops has to let out more than can come
 * in. Whole bounds make it whole. */
#include "tests/oracle_cabin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LOTS = 8, MOST_ZONES = 4, MOST_LEGS = 11, MOST_SEATINGS = 200000, BUCKETS = 4096 };

#define SLACK 0.0005 /* of the arms, see R12 */

struct judged {
    struct judged *next;
    enum oracle_seated answer;
    struct oracle_load load; /* its rides follow */
    struct ride ride[];
};

struct oracle_cabins {
    const struct instance *inst;
    struct judged *bucket[BUCKETS];
};

struct seating_search {
    const struct instance *inst;
    const struct oracle_load *load;
    const struct cabin *cabin;
    int64_t people[MOST_LOTS][2]; /* passengers, escorts */
    int64_t body[MOST_LOTS][2];   /* grams of one */
    int64_t cargo[MOST_LOTS];     /* grams */
    int32_t seat[MOST_LOTS][2][MOST_ZONES];
    int64_t from[MOST_LEGS], until[MOST_LEGS]; /* grams on position 0, where there are two */
    int64_t first[MOST_LOTS];                  /* of the lot's cargo, on position 0 */
    int64_t tried;
    bool found, fill_in; /* fill_in: `first` is wanted, too */
};

static bool aboard(const struct seating_search *s, int32_t lot, int32_t leg)
{
    return s->load->ride[lot].from_stop <= leg && leg < s->load->ride[lot].to_stop;
}

/* --- cargo --- */

/* Bounds on what lies on position 0 on a leg; false where nothing will do. */
static bool bound_leg(struct seating_search *s, int32_t leg)
{
    const struct cabin *c = s->cabin;
    double mass = (double)c->empty_mass, moment = (double)c->empty_mass * c->empty_arm;
    int64_t cargo = 0;
    for (int32_t l = 0; l < s->load->n_rides; l++) {
        if (!aboard(s, l, leg))
            continue;
        for (int k = 0; k < 2; k++)
            for (size_t z = 0; z < c->n_zones; z++) {
                double bodies = (double)(s->seat[l][k][z] * s->body[l][k]);
                mass += bodies;
                moment += bodies * c->zone[z].arm;
            }
        cargo += s->cargo[l];
    }
    if (cargo > 0 && c->n_positions == 0)
        return false;
    mass += (double)cargo;
    double low = mass * (c->cg_from - SLACK), high = mass * (c->cg_until + SLACK);
    if (mass == 0)
        return c->empty_arm >= c->cg_from - SLACK && c->empty_arm <= c->cg_until + SLACK;
    size_t last = c->n_positions > 0 ? c->n_positions - 1 : 0;
    moment += cargo > 0 ? (double)cargo * c->position[last].arm : 0;
    s->from[leg] = s->until[leg] = 0;
    double slope = c->n_positions == 2 ? c->position[0].arm - c->position[1].arm : 0;
    if (c->n_positions == 2) {
        s->from[leg] = cargo > c->position[1].largest ? cargo - c->position[1].largest : 0;
        s->until[leg] = cargo < c->position[0].largest ? cargo : c->position[0].largest;
    } else if (c->n_positions == 1 && cargo > c->position[0].largest) {
        return false;
    }
    if (slope == 0)
        return low <= moment && moment <= high && s->from[leg] <= s->until[leg];
    double a = ceil(fmin((low - moment) / slope, (high - moment) / slope));
    double b = floor(fmax((low - moment) / slope, (high - moment) / slope));
    if (a > (double)s->until[leg] || b < (double)s->from[leg])
        return false;
    s->from[leg] = a > (double)s->from[leg] ? (int64_t)a : s->from[leg];
    s->until[leg] = b < (double)s->until[leg] ? (int64_t)b : s->until[leg];
    return s->from[leg] <= s->until[leg];
}

/* A flow in which lot i sends between low[i] and high[i]. All of K flows through every sortie, what is no cargo
 * outside: between K - until and K - from; and K comes back from the last stop to the first. */
static bool flows(const struct seating_search *s, const int64_t *low, const int64_t *high)
{
    const int64_t all = INT64_C(1) << 50;
    int32_t n = s->load->n;
    for (uint32_t set = 1; set < (uint32_t)1 << (n + 1); set++) {
        int64_t out = 0, in = 0;
        for (int32_t l = 0; l < s->load->n_rides; l++) {
            bool from = set >> s->load->ride[l].from_stop & 1, to = set >> s->load->ride[l].to_stop & 1;
            out += from && !to ? low[l] : 0;
            in += to && !from ? high[l] : 0;
        }
        for (int32_t i = 0; i < n; i++) {
            bool from = set >> i & 1, to = set >> (i + 1) & 1;
            out += from && !to ? all - s->until[i] : 0;
            in += to && !from ? all - s->from[i] : 0;
        }
        bool from = set >> n & 1, to = set & 1;
        out += from && !to ? all : 0;
        in += to && !from ? all : 0;
        if (out > in)
            return false;
    }
    return true;
}

/* Fixes one lot after the other. */
static void fill_in(struct seating_search *s)
{
    int64_t low[MOST_LOTS] = {0}, high[MOST_LOTS];
    memcpy(high, s->cargo, sizeof high);
    for (int32_t l = 0; l < s->load->n_rides; l++) {
        while (low[l] < high[l]) {
            int64_t keep = high[l], middle = low[l] + (high[l] - low[l]) / 2;
            high[l] = middle;
            if (!flows(s, low, high)) {
                low[l] = middle + 1;
                high[l] = keep;
            }
        }
        s->first[l] = low[l];
    }
}

static bool stow(struct seating_search *s)
{
    int64_t low[MOST_LOTS] = {0};
    for (int32_t leg = 0; leg < s->load->n; leg++)
        if (!bound_leg(s, leg))
            return false;
    if (s->cabin->n_positions < 2)
        return true;
    if (!flows(s, low, s->cargo))
        return false;
    if (s->fill_in)
        fill_in(s);
    return true;
}

/* --- seats --- */

static int32_t in_zone(const struct seating_search *s, int32_t lot, size_t zone)
{
    return s->seat[lot][0][zone] + s->seat[lot][1][zone];
}

static bool categories_apart(const struct instance *inst, int32_t a, int32_t b)
{
    int32_t p = inst->demand[a].category, q = inst->demand[b].category;
    if (a == b || p < 0 || q < 0)
        return false;
    size_t at = (size_t)p * inst->n_categories + (size_t)q;
    return inst->rules.apart[at] || (inst->rules.zones_apart && inst->rules.zones_apart[at]);
}

/* Seats, and who shares a zone, of the lots up to `last`. */
static bool zones_hold(const struct seating_search *s, int32_t last)
{
    for (int32_t leg = 0; leg < s->load->n; leg++)
        for (size_t z = 0; z < s->cabin->n_zones; z++) {
            int32_t sum = 0;
            for (int32_t l = 0; l <= last; l++) {
                if (!aboard(s, l, leg) || in_zone(s, l, z) == 0)
                    continue;
                sum += in_zone(s, l, z);
                for (int32_t k = 0; k < l; k++)
                    if (aboard(s, k, leg) && in_zone(s, k, z) > 0 &&
                        categories_apart(s->inst, s->load->ride[l].demand, s->load->ride[k].demand))
                        return false;
            }
            if (sum > s->cabin->zone[z].seats)
                return false;
        }
    return true;
}

/* What is left of a lot's passengers (or escorts) in the zones from `zone` on, then the next. */
static void seat_all(struct seating_search *s, int32_t lot, int kind, size_t zone, int64_t left)
{
    if (s->found || s->tried > MOST_SEATINGS)
        return;
    if (lot == s->load->n_rides) {
        s->tried++;
        s->found = stow(s);
        return;
    }
    if (zone == s->cabin->n_zones) {
        if (left > 0)
            return;
        if (kind == 0)
            seat_all(s, lot, 1, 0, s->people[lot][1]);
        else if (zones_hold(s, lot))
            seat_all(s, lot + 1, 0, 0, lot + 1 < s->load->n_rides ? s->people[lot + 1][0] : 0);
        return;
    }
    for (int32_t n = 0; n <= left && n <= s->cabin->zone[zone].seats && !s->found; n++) {
        s->seat[lot][kind][zone] = n;
        seat_all(s, lot, kind, zone + 1, left - n);
    }
    if (!s->found)
        s->seat[lot][kind][zone] = 0;
}

/* False where a fixed size is exceeded. */
static bool search_init(struct seating_search *s, const struct instance *inst, const struct oracle_load *load)
{
    *s = (struct seating_search){
        .inst = inst, .load = load, .cabin = inst->type[load->type].configuration[load->configuration].cabin};
    if (load->n_rides > MOST_LOTS || load->n > MOST_LEGS || s->cabin->n_zones > MOST_ZONES || s->cabin->n_positions > 2)
        return false;
    for (int32_t l = 0; l < load->n_rides; l++) {
        const struct demand *d = &inst->demand[load->ride[l].demand];
        int64_t pax = load->ride[l].pax, escorts = d->escort_per > 0 ? (pax + d->escort_per - 1) / d->escort_per : 0;
        s->people[l][0] = pax;
        s->people[l][1] = escorts;
        s->body[l][0] = d->pax_mass - d->pax_baggage;
        s->body[l][1] = d->escort_mass - d->escort_baggage;
        s->cargo[l] = pax * d->pax_baggage + escorts * d->escort_baggage + (d->freight * pax + d->pax - 1) / d->pax;
    }
    return true;
}

static enum oracle_seated judge(struct seating_search *s)
{
    seat_all(s, 0, 0, 0, s->load->n_rides > 0 ? s->people[0][0] : 0);
    return s->found ? ORACLE_SEATED : s->tried > MOST_SEATINGS ? ORACLE_SEATING_TOO_BIG : ORACLE_NOT_SEATED;
}

/* --- remembered --- */

struct oracle_cabins *oracle_cabins_new(const struct instance *inst)
{
    struct oracle_cabins *c = calloc(1, sizeof *c);
    if (c)
        c->inst = inst;
    return c;
}

void oracle_cabins_free(struct oracle_cabins *c)
{
    for (size_t i = 0; c && i < BUCKETS; i++)
        while (c->bucket[i]) {
            struct judged *next = c->bucket[i]->next;
            free(c->bucket[i]);
            c->bucket[i] = next;
        }
    free(c);
}

static bool same_load(const struct oracle_load *a, const struct oracle_load *b)
{
    return a->type == b->type && a->configuration == b->configuration && a->n == b->n && a->n_rides == b->n_rides &&
           (a->n_rides == 0 || memcmp(a->ride, b->ride, (size_t)a->n_rides * sizeof *a->ride) == 0);
}

static size_t bucket_of(const struct oracle_load *load)
{
    uint64_t h = (uint64_t)(load->type * 64 + load->configuration * 16 + load->n);
    for (int32_t r = 0; r < load->n_rides; r++) {
        const struct ride *p = &load->ride[r];
        h = h * 1000003 + (uint64_t)(((p->demand * 32 + p->pax) * 16 + p->from_stop) * 16 + p->to_stop);
    }
    return (h ^ h >> 29) % BUCKETS;
}

enum oracle_seated oracle_cabins_ask(struct oracle_cabins *c, const struct oracle_load *load)
{
    struct judged **at = &c->bucket[bucket_of(load)];
    for (struct judged *j = *at; j; j = j->next)
        if (same_load(&j->load, load))
            return j->answer;
    size_t rides = (size_t)load->n_rides * sizeof *load->ride;
    struct judged *j = malloc(sizeof *j + rides);
    struct seating_search s;
    if (!j)
        return ORACLE_SEATING_NO_MEMORY;
    j->load = *load;
    j->load.ride = j->ride;
    if (rides > 0)
        memcpy(j->ride, load->ride, rides);
    j->answer = search_init(&s, c->inst, load) ? judge(&s) : ORACLE_SEATING_TOO_BIG;
    j->next = *at;
    *at = j;
    return j->answer;
}

struct load_plan *oracle_cabins_plan(struct oracle_cabins *c, const struct oracle_load *load)
{
    struct seating_search s;
    struct load_plan *plan = calloc(1, sizeof *plan);
    if (!plan)
        return NULL;
    plan->goals = (struct load_goals){-1, -1, -1};
    plan->seating = calloc((size_t)load->n_rides * MOST_ZONES + 1, sizeof *plan->seating);
    plan->stowage = calloc((size_t)load->n_rides * 2 + 1, sizeof *plan->stowage);
    if (!plan->seating || !plan->stowage) {
        load_plan_free(plan);
        return NULL;
    }
    search_init(&s, c->inst, load);
    s.fill_in = true;
    judge(&s);
    for (int32_t l = 0; l < load->n_rides; l++) {
        const struct ride *r = &load->ride[l];
        for (size_t z = 0; z < s.cabin->n_zones; z++)
            if (in_zone(&s, l, z) > 0)
                plan->seating[plan->n_seatings++] =
                    (struct seating){r->demand, r->from_stop, r->to_stop, (int32_t)z, s.seat[l][0][z], s.seat[l][1][z]};
        int64_t first = s.cabin->n_positions == 2 ? s.first[l] : s.cargo[l];
        const gram_t lies[2] = {first, s.cargo[l] - first};
        for (int32_t q = 0; q < 2; q++)
            if (lies[q] > 0)
                plan->stowage[plan->n_stowages++] = (struct stowage){r->demand, r->from_stop, r->to_stop, q, lies[q]};
    }
    return plan;
}
