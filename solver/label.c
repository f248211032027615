#include "solver/label.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/load.h"
#include "solver/opening.h"

#define CENTS 0.05 /* detours that save no more are counted, not flown */

enum { MOST_FIELDS = 400 /* for ways with stops */ };

static sec_t up(const struct labelling *g, sec_t t)
{
    sec_t step = g->inst->rules.step;
    return t > 0 ? (t + step - 1) / step * step : -(-t / step * step);
}

static sec_t down(const struct labelling *g, sec_t t)
{
    sec_t step = g->inst->rules.step;
    return t >= 0 ? t / step * step : -((-t + step - 1) / step * step);
}

static bool has(const uint64_t *set, int32_t d)
{
    return set[d / 64] >> (d % 64) & 1;
}

static void put(uint64_t *set, int32_t d)
{
    set[d / 64] |= (uint64_t)1 << (d % 64);
}

bool labels_suit(const struct instance *inst)
{
    for (size_t d = 0; d < inst->n_demands; d++)
        if (!inst->demand[d].together && inst->demand[d].smallest_lot < inst->demand[d].pax)
            return false;
    return inst->n_demands > 0;
}

/* --- what one pricing makes once --- */

static const struct branch *charged(const struct labelling *g, size_t i, enum branch_kind kind)
{
    const struct branch *b = g->duals->charge[i].branch;
    bool ours = (b->airframe_group < 0 || b->airframe_group == g->a) && (b->crew_group < 0 || b->crew_group == g->c);
    return ours && b->kind == kind ? b : NULL;
}

static bool throughout(const struct labelling *g, const struct branch *b)
{
    return b->since <= 0 && b->until >= g->inst->end;
}

static bool make_flights(struct labelling *g)
{
    const struct instance *inst = g->inst;
    size_t n = g->n_fields;
    g->flight = malloc((n * n + 1) * sizeof *g->flight);
    if (!g->flight)
        return false;
    g->timed_flights = g->duals->hour[g->c].n > 0;
    for (size_t f = 0; f < n; f++)
        g->timed_flights = g->timed_flights || g->duals->arrival[f].n > 0;
    for (size_t k = 0; k < n * n; k++) {
        int32_t from = (int32_t)(k / n), to = (int32_t)(k % n);
        const struct leg *leg = instance_leg(inst, g->type, from, to);
        bool flown = leg_in_range(inst, g->type, from, to);
        g->flight[k] = flown ? (double)(leg->cost + leg->fee) / 100.0 + flight_price(g->duals, g->type, from, to) +
                                   (double)leg->block / 3600.0 * g->duals->inspection[g->a]
                             : INFINITY;
    }
    for (size_t i = 0; i < g->duals->n_charges; i++) {
        const struct branch *b = charged(g, i, BRANCH_FLIGHTS);
        if (b && throughout(g, b))
            g->flight[(size_t)b->from * n + (size_t)b->to] += g->duals->charge[i].amount;
        g->timed_flights = g->timed_flights || (b && !throughout(g, b));
    }
    return true;
}

/* What a flight that leaves in [earliest, latest] costs at its most favourable. */
static double flight_cost(const struct labelling *g, int32_t from, int32_t to, sec_t earliest, sec_t latest)
{
    double sum = g->flight[(size_t)from * g->n_fields + (size_t)to];
    if (!g->timed_flights)
        return sum;
    sec_t block = instance_leg(g->inst, g->type, from, to)->block;
    const struct steps *hour = &g->duals->hour[g->c], *arrival = &g->duals->arrival[to];
    if (hour->n)
        sum += (double)block / 3600.0 * steps_least(hour, earliest + block, latest + block);
    if (arrival->n)
        sum += steps_least(arrival, earliest + block, latest + block);
    for (size_t i = 0; i < g->duals->n_charges; i++) {
        const struct branch *b = charged(g, i, BRANCH_FLIGHTS);
        if (!b || throughout(g, b) || b->from != from || b->to != to)
            continue;
        bool may = b->since <= latest && earliest <= b->until, must = b->since <= earliest && latest <= b->until;
        double amount = g->duals->charge[i].amount;
        sum += amount < 0 ? (may ? amount : 0) : (must ? amount : 0);
    }
    return sum;
}

/* Ways with stops: how short they may be, and whether a stop without work may be worth it. Where such stops save no
 * more than cents, flights are counted at what the cheapest way costs, and the stops are not made. */
static bool make_ways(struct labelling *g)
{
    size_t n = g->n_fields;
    const struct aircraft_type *type = &g->inst->type[g->type];
    double dearer = 0, *cheapest = malloc((n * n + 1) * sizeof *cheapest);
    bool detours = false, far = n > MOST_FIELDS;
    g->nearest = calloc(n * n + 1, sizeof *g->nearest);
    g->passes = calloc(n + 1, sizeof *g->passes);
    if (!cheapest || !g->nearest || !g->passes) {
        free(cheapest);
        return false;
    }
    memcpy(cheapest, g->flight, n * n * sizeof *cheapest);
    for (size_t k = 0; k < n * n && !far; k++)
        g->nearest[k] = k / n == k % n        ? 0
                        : isinf(g->flight[k]) ? SEC_LATEST
                                              : g->inst->leg[(size_t)g->type * n * n + k].block;
    for (size_t j = 0; j < n && !far; j++)
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < n; k++) {
                double cost = cheapest[i * n + j] + cheapest[j * n + k];
                sec_t time = g->nearest[i * n + j] + least_stop(type) + g->nearest[j * n + k];
                if (i == j || j == k || i == k)
                    continue;
                if (cost < cheapest[i * n + k] - 1e-9)
                    cheapest[i * n + k] = cost;
                if (time < g->nearest[i * n + k])
                    g->nearest[i * n + k] = time, detours = true;
            }
    mnm_t reach = range_with(type, g->largest_payload);
    for (size_t k = 0; k < n * n; k++) {
        detours = detours || (k / n != k % n && isinf(g->flight[k]));
        detours = detours || (k / n != k % n && g->inst->leg[(size_t)g->type * n * n + k].nm > reach);
        if (!isinf(g->flight[k]))
            dearer = fmax(dearer, g->flight[k] - cheapest[k]);
    }
    for (size_t f = 0; f < n; f++)
        detours = detours || !g->inst->airfield[f].has_fuel;
    g->triangular = !detours && !far && dearer <= CENTS && !g->timed_flights;
    for (size_t i = 0; i < g->duals->n_charges; i++)
        g->triangular = g->triangular && !charged(g, i, BRANCH_UNLOADS);
    if (g->triangular)
        memcpy(g->flight, cheapest, n * n * sizeof *cheapest);
    for (size_t f = 0; f < n; f++)
        g->passes[f] = !g->triangular && finds_parking(g->inst, g->type, (int32_t)f);
    free(cheapest);
    return true;
}

/* Whether a mission may follow one that takes off at `first` at the soonest, when all is over at `last`. */
static bool flies_again(sec_t first, sec_t shortest, sec_t between, sec_t last)
{
    return first + shortest + between + shortest <= last;
}

/* Least block time of what the group's crews fly. */
static sec_t shortest_flight(const struct labelling *g)
{
    const struct instance *inst = g->inst;
    size_t n = g->n_fields * g->n_fields;
    sec_t shortest = SEC_LATEST / 8;
    for (int32_t t = 0; t < (int32_t)inst->n_types; t++)
        for (size_t k = 0; k < n && (t == g->type || crew_flies(g->crew, t)); k++)
            if (inst->leg[(size_t)t * n + k].block > 0)
                shortest = smaller(shortest, inst->leg[(size_t)t * n + k].block);
    return shortest;
}

/* Where missions of the group begin and end. A crew that can fly one mission only begins where it is and ends where it
 * may, and so does an airframe; each may fly others with others. */
static bool make_ends(struct labelling *g)
{
    const struct instance *inst = g->inst;
    const struct group *airframes = &g->groups->airframe[g->a], *crews = &g->groups->crew[g->c];
    const struct rules *rules = &inst->rules;
    sec_t shortest = shortest_flight(g);
    bool again = flies_again(larger(0, airframes->from), shortest, inst->type[g->type].turn,
                             smaller(inst->end, g->airframe->until));
    bool duty_again =
        flies_again(larger(0, crews->from + rules->show), shortest, rules->post_flight + rules->rest + rules->show,
                    smaller(inst->end, g->crew->until - rules->post_flight));
    g->starts = calloc(g->n_fields + 1, sizeof *g->starts);
    g->ends = calloc(g->n_fields + 1, sizeof *g->ends);
    if (!g->starts || !g->ends)
        return false;
    for (int32_t f = 0; f < (int32_t)g->n_fields; f++) {
        bool plane = again, crew = duty_again;
        for (size_t i = 0; i < airframes->n_members && !plane; i++)
            plane = inst->airframe[airframes->member[i]].at == f;
        for (size_t i = 0; i < crews->n_members && !crew; i++)
            crew = inst->crew[crews->member[i]].at == f;
        g->starts[f] = plane && crew;
        g->ends[f] = (again || may_end_at(g->airframe->end_anywhere, g->airframe->end_at, g->airframe->n_end_at, f)) &&
                     (duty_again || may_end_at(g->crew->end_anywhere, g->crew->end_at, g->crew->n_end_at, f));
    }
    return true;
}

/* Unloading before loading, so that who gets off makes room. */
static bool make_actions(struct labelling *g)
{
    g->first_action = calloc(g->n_fields + 2, sizeof *g->first_action);
    g->action = malloc((2 * g->n_demands + 1) * sizeof *g->action);
    if (!g->first_action || !g->action)
        return false;
    int32_t n = 0;
    for (int32_t f = 0; f < (int32_t)g->n_fields; f++) {
        g->first_action[f] = n;
        for (int32_t on = 0; on < 2; on++)
            for (int32_t d = 0; d < (int32_t)g->n_demands; d++)
                if ((on ? g->inst->demand[d].origin : g->inst->demand[d].destination) == f &&
                    may_handle(g->inst, g->type, &g->inst->demand[d]))
                    g->action[n++] = 2 * d + !on;
    }
    g->first_action[g->n_fields] = n;
    return true;
}

static bool add_set(struct labelling *g, const int32_t *demand, int n, double amount)
{
    struct label_set *grown = realloc(g->set, (g->n_sets + 1) * sizeof *grown);
    if (!grown)
        return false;
    g->set = grown;
    struct label_set *set = &g->set[g->n_sets++];
    *set = (struct label_set){.n = n, .amount = amount};
    memcpy(set->demand, demand, (size_t)n * sizeof *demand);
    return true;
}

static bool make_sets(struct labelling *g)
{
    for (size_t i = 0; i < g->duals->n_triples; i++)
        if (!add_set(g, g->duals->triple[i].demand, 3, g->duals->triple[i].amount))
            return false;
    for (size_t i = 0; i < g->duals->n_charges; i++) {
        const struct branch *b = charged(g, i, BRANCH_PAIR);
        if (b && !add_set(g, (int32_t[]){b->demand, b->other}, 2, g->duals->charge[i].amount))
            return false;
    }
    g->set_words = g->n_sets / 64 + 1;
    g->first_set = calloc(g->n_demands + 1, sizeof *g->first_set);
    g->set_of = malloc((3 * g->n_sets + 1) * sizeof *g->set_of);
    if (!g->first_set || !g->set_of)
        return false;
    size_t n = 0;
    for (int32_t d = 0; d < (int32_t)g->n_demands; d++) {
        for (size_t k = 0; k < g->n_sets; k++)
            for (int i = 0; i < g->set[k].n; i++)
                if (g->set[k].demand[i] == d)
                    g->set_of[n++] = (int32_t)k;
        g->first_set[d + 1] = n;
    }
    return true;
}

/* Instants at which something changes, in order, each once. */
struct marks {
    sec_t *at;
    size_t n, room;
    bool failed;
};

static void mark(struct marks *m, sec_t at)
{
    if (m->n == m->room) {
        size_t room = m->room ? 2 * m->room : 32;
        sec_t *grown = realloc(m->at, room * sizeof *grown);
        m->failed = m->failed || !grown;
        if (!grown)
            return;
        m->at = grown;
        m->room = room;
    }
    m->at[m->n++] = at;
}

static void mark_branches(const struct labelling *g, struct marks *m, bool worth)
{
    for (size_t i = 0; i < g->duals->n_charges; i++) {
        const struct branch *b = worth ? charged(g, i, BRANCH_PAX) : charged(g, i, BRANCH_MISSIONS);
        b = b || !worth ? b : charged(g, i, BRANCH_LOTS);
        if (b) {
            mark(m, b->since);
            mark(m, b->until + 1);
        }
    }
}

static double worth_of(const struct labelling *g, int32_t demand, sec_t start)
{
    const struct demand *d = &g->inst->demand[demand];
    double sum = d->pax * (g->duals->pax[demand] - charge_pax(g->duals, g->a, g->c, demand, start));
    for (size_t i = 0; i < g->duals->n_charges; i++) {
        const struct branch *b = charged(g, i, BRANCH_LOTS);
        if (b && b->demand == demand && b->pax <= d->pax && b->since <= start && start <= b->until)
            sum -= g->duals->charge[i].amount;
    }
    return sum;
}

/* The last of the sorted marks at or before t. */
static int32_t mark_of(const struct marks *m, sec_t t)
{
    size_t i = m->n;
    while (i > 0 && m->at[i - 1] > t)
        i--;
    return (int32_t)i;
}

static void sort_marks(struct marks *m)
{
    size_t n = 0;
    if (m->n)
        qsort(m->at, m->n, sizeof *m->at, instant_order);
    for (size_t i = 0; i < m->n; i++)
        if (n == 0 || m->at[n - 1] != m->at[i])
            m->at[n++] = m->at[i];
    m->n = n;
}

static bool make_worths(struct labelling *g, struct marks *worth)
{
    mark_branches(g, worth, true);
    sort_marks(worth);
    g->n_worths = worth->n + 1;
    g->worth = malloc((g->n_worths * g->n_demands + 1) * sizeof *g->worth);
    if (!g->worth || worth->failed)
        return false;
    for (size_t i = 0; i < g->n_worths; i++)
        for (size_t d = 0; d < g->n_demands; d++)
            g->worth[i * g->n_demands + d] = worth_of(g, (int32_t)d, i ? worth->at[i - 1] : SEC_EARLIEST);
    return true;
}

/* Between two marks everything but the times of what is done is priced alike. */
static bool begin_at(struct labelling *g, int32_t field, const struct marks *worth, struct marks *m)
{
    size_t place_a = (size_t)g->a * g->n_fields + (size_t)field, place_c = (size_t)g->c * g->n_fields + (size_t)field;
    const struct steps *airframe = &g->duals->airframe[place_a], *crew = &g->duals->crew[place_c];
    sec_t show = g->inst->rules.show;
    m->n = 0;
    sec_t onload = g->inst->type[g->type].ground[GROUND_ONLOAD];
    for (size_t i = 0; i < airframe->n; i++) {
        mark(m, airframe->step[i].at);
        mark(m, airframe->step[i].at + onload);
    }
    for (size_t i = 0; i < crew->n; i++)
        mark(m, crew->step[i].at + show);
    for (size_t i = 0; i < worth->n; i++)
        mark(m, worth->at[i]);
    mark_branches(g, m, false);
    sort_marks(m);
    for (size_t i = 0; i <= m->n && !m->failed; i++) {
        sec_t from = up(g, larger(g->first, i ? m->at[i - 1] : SEC_EARLIEST));
        sec_t until = down(g, smaller(g->last, i < m->n ? m->at[i] - 1 : SEC_LATEST));
        if (from > until)
            continue;
        struct label_begin *grown = realloc(g->begin, (g->n_begins + 1) * sizeof *grown);
        if (!grown)
            return false;
        g->begin = grown;
        double cost = (double)g->inst->type[g->type].cost_per_mission / 100.0 + steps_least(airframe, from, until) -
                      g->duals->airframe_end[place_a] + steps_least(crew, from - show, until - show) -
                      g->duals->crew_end[place_c] + charge_mission(g->duals, g->a, g->c, field, from);
        double loaded = steps_least(airframe, from - onload, until - onload) - steps_least(airframe, from, until);
        g->begin[g->n_begins++] = (struct label_begin){field, from, until, cost, loaded, mark_of(worth, from)};
    }
    return !m->failed;
}

static bool make_begins(struct labelling *g)
{
    struct marks worth = {0}, m = {0};
    bool ok = make_worths(g, &worth);
    for (int32_t f = 0; f < (int32_t)g->n_fields && ok; f++)
        ok = !g->starts[f] || g->inst->airfield[f].runway_ft < g->inst->type[g->type].runway_ft ||
             begin_at(g, f, &worth, &m);
    free(worth.at);
    free(m.at);
    return ok;
}

bool labelling_init(struct labelling *g, const struct master *master, const struct duals *duals, int32_t airframe_group,
                    int32_t crew_group, bool all)
{
    const struct instance *inst = master->inst;
    const struct groups *groups = master->groups;
    *g = (struct labelling){.inst = inst,
                            .groups = groups,
                            .duals = duals,
                            .a = airframe_group,
                            .c = crew_group,
                            .all = all,
                            .airframe = &inst->airframe[groups->airframe[airframe_group].member[0]],
                            .crew = &inst->crew[groups->crew[crew_group].member[0]],
                            .n_fields = inst->n_airfields,
                            .n_demands = inst->n_demands,
                            .words = inst->n_demands / 64 + 1};
    g->type = g->airframe->type;
    const struct aircraft_type *type = &inst->type[g->type];
    g->duty = type->fdp[g->crew->kind] - inst->rules.show;
    g->first =
        larger(0, larger(groups->crew[crew_group].from + inst->rules.show, groups->airframe[airframe_group].from));
    g->last = smaller(inst->end, smaller(g->crew->until - inst->rules.post_flight, g->airframe->until));
    g->seats = seats_of(type);
    g->largest_payload = type->range[type->n_range - 1].payload;
    return stretches_init(&g->stretches, inst, g->type) && make_flights(g) && make_ends(g) && make_ways(g) &&
           make_actions(g) && make_sets(g) && make_begins(g);
}

void labelling_release(struct labelling *g)
{
    stretches_release(&g->stretches);
    free(g->flight);
    free(g->nearest);
    free(g->passes);
    free(g->starts);
    free(g->ends);
    free(g->first_action);
    free(g->action);
    free(g->set);
    free(g->first_set);
    free(g->set_of);
    free(g->begin);
    free(g->worth);
}

/* --- labels --- */

size_t label_size(const struct labelling *g, int32_t n_open)
{
    return sizeof(struct label) + (size_t)n_open * sizeof(struct open_ride) +
           (2 * g->words + g->set_words) * sizeof(uint64_t);
}

void label_place(const struct labelling *g, struct label *l)
{
    l->had = (uint64_t *)(l + 1);
    l->out = l->had + g->words;
    l->odd = l->out + g->words;
    l->open = (struct open_ride *)(l->odd + g->set_words);
}

static void copy(const struct labelling *g, struct label *to, const struct label *from)
{
    *to = *from;
    label_place(g, to);
    memcpy(to->had, from->had, (2 * g->words + g->set_words) * sizeof *to->had);
    memcpy(to->open, from->open, (size_t)from->n_open * sizeof *to->open);
    to->dead = to->done = false;
}

static sec_t need_of(const struct labelling *g, const struct label *l, bool last)
{
    const sec_t *ground = g->inst->type[g->type].ground;
    sec_t need = l->loads ? ground[GROUND_ONLOAD] : 0;
    if (l->unloads)
        need = larger(need, ground[GROUND_OFFLOAD]);
    if (!l->loads && !l->unloads && l->stop > 0 && !last)
        need = ground[GROUND_ENROUTE];
    return larger(need, l->own);
}

static sec_t way(const struct labelling *g, int32_t from, int32_t to)
{
    return g->nearest[(size_t)from * g->n_fields + (size_t)to];
}

/* When it may leave, and what that leaves of all limits; false where somebody aboard cannot arrive. */
static bool settle(const struct labelling *g, struct label *l)
{
    sec_t need = need_of(g, l, false), gap = l->stop ? up(g, l->block + need) : 0;
    l->leave = up(g, l->from + need);
    if (l->stop == 0)
        l->leave = larger(l->loads ? l->leave : 0, g->begin[l->begin].from);
    l->first.next = l->stop ? l->first.span + gap : 0;
    if (l->stop == 0 && l->leave > l->first.late)
        return false;
    if (l->stop > 0 && (l->arrival - l->first.late > g->duty || l->first.span + l->block > g->duty))
        return false;
    sec_t least = l->loads || l->unloads ? need : least_stop(&g->inst->type[g->type]); /* work may still come */
    sec_t soon = l->loads || l->unloads ? l->leave : up(g, l->from + least),
          pause = l->stop ? up(g, l->block + least) : 0;
    for (int32_t i = 0; i < l->n_open; i++) {
        struct open_ride *o = &l->open[i];
        const struct demand *d = &g->inst->demand[o->demand];
        bool here = d->destination == l->field && o->limit.span >= 0; /* perhaps at this very stop */
        sec_t rest = way(g, l->field, d->destination), arrival = here ? l->from : soon + rest;
        o->limit.next = o->limit.span < 0 ? 0 : o->limit.span + gap;
        sec_t aboard = here ? o->limit.span + l->block : rest + (o->limit.span < 0 ? 0 : o->limit.span + pause);
        if (arrival > d->delivery.until)
            return false;
        if (!here && (arrival > g->last || arrival - l->first.late > g->duty ||
                      (l->stop ? l->first.span : 0) + pause + rest > g->duty))
            return false;
        if (d->aboard_limit >= 0 && (aboard > d->aboard_limit || arrival - o->limit.late > d->aboard_limit))
            return false;
    }
    return true;
}

/* Demands that can no longer be carried. */
static void leave_out(const struct labelling *g, struct label *l)
{
    sec_t latest = smaller(g->last, l->first.late > SEC_LATEST - g->duty ? SEC_LATEST : l->first.late + g->duty);
    for (int32_t d = 0; d < (int32_t)g->n_demands; d++) {
        const struct demand *demand = &g->inst->demand[d];
        if (has(l->out, d))
            continue;
        if (demand->origin == l->field) /* perhaps at this very stop */
            continue;
        sec_t there = l->leave + way(g, l->field, demand->origin);
        sec_t on = larger(there, demand->pickup.from), off = on + way(g, demand->origin, demand->destination);
        if (there > demand->pickup.until || off > demand->delivery.until || off > latest)
            put(l->out, d);
    }
}

void label_begin(const struct labelling *g, int32_t begin, struct label *to)
{
    const struct label_begin *b = &g->begin[begin];
    sec_t from = g->groups->airframe[g->a].from; /* boarding may begin before the horizon */
    *to = (struct label){.cost = b->cost,
                         .paid = g->inst->type[g->type].cost_per_mission,
                         .field = b->field,
                         .action = -1,
                         .begin = begin,
                         .arrival = from,
                         .from = from,
                         .until = SEC_LATEST,
                         .leave = b->from,
                         .flown = g->stretches.before[b->field],
                         .first = {0, b->until, 0}};
    label_place(g, to);
    memset(to->had, 0, (2 * g->words + g->set_words) * sizeof *to->had);
}

/* The stop is left, no later than `shuts`. */
static void hold(const struct labelling *g, struct ride_limit *limit, sec_t shuts)
{
    limit->span = limit->next;
    if (shuts < SEC_LATEST / 2)
        limit->late = smaller(limit->late, down(g, shuts) - limit->span);
}

bool label_fly(const struct labelling *g, const struct label *from, int32_t field, struct label *to)
{
    size_t k = (size_t)from->field * g->n_fields + (size_t)field;
    if (isinf(g->flight[k]))
        return false;
    const struct aircraft_type *type = &g->inst->type[g->type];
    const struct leg *leg = instance_leg(g->inst, g->type, from->field, field);
    sec_t dep = next_take_off(g->inst, from->field, field, leg->block, from->leave);
    if (dep + leg->block > g->last || (from->stop == 0 && dep > from->first.late) ||
        dep + leg->block - from->first.late > g->duty || from->first.next + leg->block > g->duty)
        return false;
    gram_t heaviest = from->payload > from->heaviest ? from->payload : from->heaviest;
    mnm_t flown = from->flown + leg->nm;
    if (flown > range_with(type, heaviest))
        return false;
    sec_t shuts = smaller(last_open(g->inst, from->field), last_open(g->inst, field) - leg->block);
    copy(g, to, from);
    bool fuel = g->inst->airfield[field].has_fuel;
    to->flown = fuel ? 0 : flown;
    to->heaviest = fuel ? 0 : heaviest;
    sec_t latest = smaller(g->last, from->first.late + g->duty) - leg->block;
    to->cost += flight_cost(g, from->field, field, dep, larger(dep, latest));
    to->paid += leg->cost + leg->fee;
    to->field = field;
    to->stop++;
    to->action = -1;
    to->block = leg->block;
    to->arrival = to->from = dep + leg->block;
    to->until = SEC_LATEST;
    to->own = 0;
    to->loads = to->unloads = false;
    hold(g, &to->first, shuts);
    for (int32_t i = 0; i < to->n_open; i++)
        hold(g, &to->open[i].limit, shuts);
    return settle(g, to);
}

/* The stop's handling starts no later than `until`: neither do the flight that came here nor those before it. */
static void tighten(const struct labelling *g, struct label *l)
{
    if (l->stop == 0 || l->until >= SEC_LATEST)
        return;
    sec_t dep = down(g, l->until - l->block);
    l->first.late = smaller(l->first.late, dep - l->first.span);
    for (int32_t i = 0; i < l->n_open; i++) {
        struct ride_limit *limit = &l->open[i].limit;
        if (limit->span >= 0)
            limit->late = smaller(limit->late, dep - limit->span);
    }
}

static bool kept_apart(const struct labelling *g, const struct label *l, int32_t demand)
{
    for (int32_t i = 0; i < l->n_open; i++)
        if (demands_apart(g->inst, l->open[i].demand, demand))
            return true;
    return false;
}

static bool load(const struct labelling *g, struct label *l, int32_t demand)
{
    const struct demand *d = &g->inst->demand[demand];
    double worth = g->worth[(size_t)g->begin[l->begin].worth * g->n_demands + (size_t)demand];
    int32_t seats = l->seats + d->pax + (int32_t)demand_escorts(d, d->pax);
    gram_t payload = l->payload + demand_mass(d, d->pax);
    if (has(l->out, demand) || (!g->all && worth <= 0) || seats > g->seats || payload > g->largest_payload ||
        kept_apart(g, l, demand))
        return false;
    l->from = larger(l->from, d->pickup.from);
    l->until = smaller(l->until, d->pickup.until);
    l->cost += l->stop == 0 && !l->loads ? g->begin[l->begin].loaded : 0;
    l->own += d->onload;
    l->loads = true;
    l->seats = seats;
    l->payload = payload;
    l->cost -= worth;
    for (size_t i = g->first_set[demand]; i < g->first_set[demand + 1]; i++) {
        int32_t k = g->set_of[i];
        l->cost += has(l->odd, k) ? g->set[k].amount : 0;
        l->odd[k / 64] ^= (uint64_t)1 << (k % 64);
    }
    put(l->had, demand);
    put(l->out, demand);
    int32_t at = l->n_open++;
    for (; at > 0 && l->open[at - 1].demand > demand; at--)
        l->open[at] = l->open[at - 1];
    l->open[at] = (struct open_ride){demand, {-1, SEC_LATEST, 0}};
    return true;
}

/* What branching charges for the first unloading at a stop, at its most favourable. */
static double unloading_charge(const struct labelling *g, const struct label *l)
{
    double sum = 0;
    for (size_t i = 0; i < g->duals->n_charges; i++) {
        const struct branch *b = charged(g, i, BRANCH_UNLOADS);
        double amount = g->duals->charge[i].amount;
        if (b && b->to == l->field && amount < 0)
            sum += amount;
    }
    return sum;
}

static bool unload(const struct labelling *g, struct label *l, int32_t demand)
{
    const struct demand *d = &g->inst->demand[demand];
    int32_t at = 0;
    while (at < l->n_open && l->open[at].demand != demand)
        at++;
    if (at == l->n_open || l->open[at].limit.span < 0)
        return false;
    const struct ride_limit limit = l->open[at].limit;
    l->from = larger(l->from, d->delivery.from);
    l->until = smaller(l->until, d->delivery.until);
    if (d->aboard_limit >= 0) {
        if (l->block + limit.span > d->aboard_limit)
            return false;
        if (limit.late < SEC_LATEST)
            l->until = smaller(l->until, limit.late + d->aboard_limit);
    }
    if (l->from > l->until)
        return false;
    l->cost += l->unloads ? 0 : unloading_charge(g, l);
    const struct steps *price = &g->duals->unloading[l->field];
    if (price->n)
        l->cost += d->pax * steps_least(price, l->from, l->until); /* perhaps after the horizon */
    if (d->delay_cost > 0) {
        cent_t delay = muldiv_half_up((l->from - d->pickup.from) * d->pax, d->delay_cost, 3600);
        l->cost += (double)delay / 100.0; /* who travels whole is rounded once, and the later the more */
        l->paid += delay;
    }
    l->own += d->offload;
    l->unloads = true;
    l->seats -= d->pax + (int32_t)demand_escorts(d, d->pax);
    l->payload -= demand_mass(d, d->pax);
    memmove(&l->open[at], &l->open[at + 1], (size_t)(l->n_open - at - 1) * sizeof *l->open);
    l->n_open--;
    return true;
}

bool label_act(const struct labelling *g, const struct label *from, int32_t action, struct label *to)
{
    int32_t demand = g->action[action] / 2;
    bool unloads = g->action[action] % 2;
    if (!unloads && has(from->out, demand))
        return false;
    copy(g, to, from);
    to->action = action;
    if (!(unloads ? unload(g, to, demand) : load(g, to, demand)) || to->from > to->until)
        return false;
    tighten(g, to);
    if (!settle(g, to))
        return false;
    leave_out(g, to);
    return true;
}

double label_end(const struct labelling *g, const struct label *l)
{
    if (l->n_open > 0 || l->stop == 0 || !g->ends[l->field])
        return INFINITY;
    sec_t need = need_of(g, l, true), turn = g->inst->type[g->type].turn;
    if (l->from + need > g->airframe->until ||
        l->flown + g->stretches.after[l->field] > range_with(&g->inst->type[g->type], l->heaviest))
        return INFINITY;
    size_t a = (size_t)g->a * g->n_fields + (size_t)l->field, c = (size_t)g->c * g->n_fields + (size_t)l->field;
    sec_t ready = l->arrival + larger(turn, l->from + need - l->arrival);
    return l->cost + g->duals->airframe_end[a] + g->duals->crew_end[c] - steps_at(&g->duals->airframe[a], ready) -
           steps_at(&g->duals->crew[c], l->arrival + g->inst->rules.post_flight + g->inst->rules.rest);
}

/* --- dominance --- */

/* p's departure may be as late as q's, whenever the next is from `leave` on. */
static bool as_late(const struct ride_limit *p, const struct ride_limit *q, sec_t leave)
{
    return p->late >= q->late && (p->next <= q->next || leave - p->next >= q->late);
}

/* More may be done at this stop, so what has been must not stand in the way. */
static bool as_open(const struct label *p, const struct label *q)
{
    return p->action <= q->action && p->from <= q->from && p->until >= q->until && p->own <= q->own &&
           p->loads <= q->loads && p->unloads <= q->unloads && p->first.span + p->block <= q->first.span + q->block;
}

/* Most that p may pay for sets, or not earn, where q does not (Jepsen et al. 2008). */
static double sets_behind(const struct labelling *g, const struct label *p, const struct label *q)
{
    double sum = 0;
    for (size_t w = 0; w < g->set_words; w++)
        for (uint64_t differ = p->odd[w] ^ q->odd[w]; differ; differ &= differ - 1) {
            size_t k = 64 * w + (size_t)__builtin_ctzll(differ);
            const struct label_set *set = &g->set[k];
            bool left = false;
            for (int i = 0; i < set->n && !left; i++)
                left = !has(q->out, set->demand[i]);
            if (left && has(p->odd, (int32_t)k) == (set->amount > 0))
                sum += fabs(set->amount);
        }
    return sum;
}

bool label_dominates(const struct labelling *g, const struct label *p, const struct label *q)
{
    if (p->cost > q->cost || p->leave > q->leave || p->n_open > q->n_open || p->flown > q->flown ||
        p->payload > q->payload || p->heaviest > q->heaviest || !as_late(&p->first, &q->first, q->leave) ||
        g->begin[p->begin].worth != g->begin[q->begin].worth)
        return false;
    bool same = !g->triangular || g->all;
    if (same && p->n_open != q->n_open)
        return false;
    if (g->all && (p->begin != q->begin || p->paid > q->paid || memcmp(p->had, q->had, g->words * sizeof *p->had) != 0))
        return false;
    for (size_t w = 0; w < g->words; w++)
        if (p->out[w] & ~q->out[w])
            return false;
    if (g->n_sets > 0 && p->cost + sets_behind(g, p, q) > q->cost)
        return false;
    bool more = q->action + 1 < g->first_action[q->field + 1];
    if ((more || p->stop == 0 || q->stop == 0) && !(as_open(p, q) && (p->stop == 0) == (q->stop == 0)))
        return false;
    for (int32_t i = 0, k = 0; i < p->n_open; i++, k++) {
        const struct open_ride *o = &p->open[i];
        while (k < q->n_open && q->open[k].demand != o->demand && !same)
            k++;
        if (k >= q->n_open || q->open[k].demand != o->demand)
            return false;
        const struct ride_limit *x = &o->limit, *y = &q->open[k].limit;
        if (g->inst->demand[o->demand].aboard_limit >= 0 &&
            (!as_late(x, y, q->leave) || (more && x->span + p->block > y->span + q->block)))
            return false;
        if (more && x->span < 0 && y->span >= 0) /* loaded here it cannot get off here */
            return false;
    }
    return true;
}
