#include "solver/price_labels.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "loadplan/planner.h"
#include "solver/draft.h"
#include "solver/label.h"
#include "solver/load.h"
#include "solver/work.h"

enum {
    CHUNK = 1 << 20,
    MOST_CHUNKS = 1024, /* bytes of labels: a GiB */
    FEW_CHUNKS = 16,    /* of a quick look, and of each thread but one */
    MOST_BUILT = 400,   /* missions made in one round */
    LABEL_WORK = 100,   /* as many loads as a label counts for */
    LOOK_EVERY = 256
};

struct ending {
    double cost;
    size_t order; /* of discovery */
    const struct label *label;
};

/* Labels that may dominate one another: at one airfield and, where it matters, with the same demands aboard or carried.
 */
struct place {
    uint64_t key; /* 0: none */
    struct entry {
        double cost;
        sec_t leave;
        struct label *label;
    } * entry; /* [n] by cost */
    size_t n, room;
};

/* What the pairs of groups have in common. */
struct pairs {
    const struct master *master;
    const struct price_task *task;
    struct duals duals;
    struct ground ground;
    struct pair { /* each with an answer of its own */
        struct price_result result;
        double least;
        bool stopped, failed, cut_short;
    } * pair;           /* [n_airframe * n_crew] */
    atomic_bool beyond; /* some pair found more than is wanted of all: nothing is known then */
    struct budget budget;
    pthread_mutex_t large; /* held by who has more than FEW_CHUNKS: one thread at a time, whatever their number */
};

struct labeller {
    struct labelling g;
    struct pairs *all;
    const struct price_task *task;
    struct price_result *result;
    struct place *place; /* [2^place_bits] by key */
    size_t n_places;
    int place_bits;
    struct label **queue; /* [n_queue] a heap by time of leaving */
    size_t n_queue, room;
    char **chunk; /* [n_chunks] */
    size_t n_chunks, used, room_chunks;
    struct ending *ending; /* [n_endings] */
    size_t n_endings, room_endings;
    struct label *landed, *made; /* scratch */
    int32_t *target;             /* [n_fields] airfields to fly to */
    bool *wanted;                /* [n_fields] */
    struct timeline nobody;      /* nothing else is flown */
    double least;
    int64_t work;
    bool stopped, failed, cut_short, large;
};

/* --- memory --- */

static void *take_bytes(struct labeller *p, size_t n)
{
    n = (n + 15) / 16 * 16;
    if (p->n_chunks == 0 || p->used + n > CHUNK) {
        size_t most = p->task->bound || p->task->all ? MOST_CHUNKS : FEW_CHUNKS;
        if (p->n_chunks == most || n > CHUNK) {
            p->cut_short = true;
            return NULL;
        }
        if (p->n_chunks == p->room_chunks) {
            size_t room = p->room_chunks ? 2 * p->room_chunks : 16;
            char **grown = realloc(p->chunk, room * sizeof *grown);
            if (!grown) {
                p->failed = true;
                return NULL;
            }
            p->chunk = grown;
            p->room_chunks = room;
        }
        if (p->n_chunks == FEW_CHUNKS) {
            pthread_mutex_lock(&p->all->large);
            p->large = true;
        }
        p->chunk[p->n_chunks] = malloc(CHUNK);
        if (!p->chunk[p->n_chunks]) {
            p->failed = true;
            return NULL;
        }
        p->n_chunks++;
        p->used = 0;
    }
    void *bytes = p->chunk[p->n_chunks - 1] + p->used;
    p->used += n;
    return bytes;
}

static struct label *store(struct labeller *p, const struct label *from)
{
    struct label *l = take_bytes(p, label_size(&p->g, from->n_open));
    if (!l)
        return NULL;
    *l = *from;
    label_place(&p->g, l);
    memcpy(l->had, from->had, (2 * p->g.words + p->g.set_words) * sizeof *l->had);
    memcpy(l->open, from->open, (size_t)from->n_open * sizeof *l->open);
    return l;
}

/* Grows a list for one more item; false when memory ran out. */
static bool room_for(struct labeller *p, void **list, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return true;
    size_t more = *room ? 2 * *room : 64;
    void *grown = realloc(*list, more * size);
    p->failed = p->failed || !grown;
    if (!grown)
        return false;
    *list = grown;
    *room = more;
    return true;
}

/* --- the queue --- */

static bool before(const struct label *a, const struct label *b)
{
    if (a->leave != b->leave)
        return a->leave < b->leave;
    return a->stop != b->stop ? a->stop < b->stop : a->action < b->action;
}

static void queue_push(struct labeller *p, struct label *l)
{
    if (!room_for(p, (void **)&p->queue, p->n_queue, &p->room, sizeof *p->queue))
        return;
    size_t i = p->n_queue++;
    for (; i > 0 && before(l, p->queue[(i - 1) / 2]); i = (i - 1) / 2)
        p->queue[i] = p->queue[(i - 1) / 2];
    p->queue[i] = l;
}

static struct label *queue_pop(struct labeller *p)
{
    struct label *first = p->queue[0], *last = p->queue[--p->n_queue];
    size_t i = 0;
    for (;;) {
        size_t k = 2 * i + 1;
        if (k >= p->n_queue)
            break;
        k += k + 1 < p->n_queue && before(p->queue[k + 1], p->queue[k]);
        if (!before(p->queue[k], last))
            break;
        p->queue[i] = p->queue[k];
        i = k;
    }
    p->queue[i] = last;
    return first;
}

/* --- dominance --- */

static bool same_aboard(const struct label *a, const struct label *b)
{
    if (a->n_open != b->n_open)
        return false;
    for (int32_t i = 0; i < a->n_open; i++)
        if (a->open[i].demand != b->open[i].demand)
            return false;
    return true;
}

static bool dominates(const struct labeller *p, const struct label *a, const struct label *b)
{
    if (p->task->bound || p->task->all)
        return label_dominates(&p->g, a, b);
    return a->cost <= b->cost && a->leave <= b->leave && (a->stop == 0) == (b->stop == 0) && same_aboard(a, b);
}

static uint64_t stir(uint64_t h, uint64_t x)
{
    h = (h ^ x) * 0x9e3779b97f4a7c15u; /* 2^64 by the golden ratio */
    return h ^ h >> 29;
}

static uint64_t key_of(const struct labeller *p, const struct label *l)
{
    uint64_t h = stir(1, (uint64_t)l->field);
    if (!p->task->bound || !p->g.triangular)
        for (int32_t i = 0; i < l->n_open; i++)
            h = stir(h, (uint64_t)l->open[i].demand);
    for (size_t w = 0; p->task->all && w < p->g.words; w++)
        h = stir(h, l->had[w]);
    return h ? h : 1;
}

/* Where a key is or would be. */
static struct place *place_at(struct place *place, int bits, uint64_t key)
{
    size_t mask = ((size_t)1 << bits) - 1, i = (size_t)key & mask;
    while (place[i].key && place[i].key != key)
        i = (i + 1) & mask;
    return &place[i];
}

/* The place of a label; NULL when memory ran out. */
static struct place *place_of(struct labeller *p, const struct label *l)
{
    if (2 * (p->n_places + 1) > (size_t)1 << p->place_bits || !p->place) {
        int bits = p->place ? p->place_bits + 1 : 10;
        struct place *grown = calloc((size_t)1 << bits, sizeof *grown);
        p->failed = p->failed || !grown;
        if (!grown)
            return NULL;
        for (size_t i = 0; p->place && i < (size_t)1 << p->place_bits; i++)
            if (p->place[i].key)
                *place_at(grown, bits, p->place[i].key) = p->place[i];
        free(p->place);
        p->place = grown;
        p->place_bits = bits;
    }
    uint64_t key = key_of(p, l);
    struct place *place = place_at(p->place, p->place_bits, key);
    p->n_places += place->key == 0;
    place->key = key;
    return place;
}

/* Keeps a label unless another one is as good; what is worse than it goes. */
static void offer(struct labeller *p, const struct label *l)
{
    struct place *place = place_of(p, l);
    if (!place)
        return;
    size_t first = 0, n;
    p->work += WORK_LABEL + (int64_t)place->n * WORK_PAIR;
    for (size_t i = 0; i < place->n && place->entry[i].cost <= l->cost; i++) {
        const struct entry *other = &place->entry[i];
        first += other->cost < l->cost;
        if (other->leave <= l->leave && dominates(p, other->label, l))
            return;
    }
    n = first;
    for (size_t i = first; i < place->n; i++) {
        struct entry *other = &place->entry[i];
        if (other->leave >= l->leave && dominates(p, l, other->label))
            other->label->dead = true; /* what it has become is dominated in its turn */
        else
            place->entry[n++] = *other;
    }
    place->n = n;
    struct label *mine = store(p, l);
    if (!mine || !room_for(p, (void **)&place->entry, place->n, &place->room, sizeof *place->entry))
        return;
    memmove(&place->entry[first + 1], &place->entry[first], (place->n - first) * sizeof *place->entry);
    place->entry[first] = (struct entry){l->cost, l->leave, mine};
    place->n++;
    queue_push(p, mine);
}

/* --- extension --- */

static void finish(struct labeller *p, const struct label *l, bool stored)
{
    double cost = label_end(&p->g, l);
    if (cost >= p->task->threshold)
        return;
    p->least = fmin(p->least, cost);
    if (p->task->all && p->n_endings >= p->task->most) {
        p->cut_short = true;
        return;
    }
    if (!room_for(p, (void **)&p->ending, p->n_endings, &p->room_endings, sizeof *p->ending))
        return;
    const struct label *kept = stored ? l : store(p, l);
    if (kept)
        p->ending[p->n_endings] = (struct ending){cost, p->n_endings, kept}, p->n_endings++;
}

static void act(struct labeller *p, const struct label *from, struct label *parent)
{
    const struct labelling *g = &p->g;
    for (int32_t k = g->first_action[from->field]; k < g->first_action[from->field + 1]; k++) {
        if (k <= from->action || !label_act(g, from, k, p->made))
            continue;
        p->made->parent = parent;
        offer(p, p->made);
    }
}

static bool out(const struct label *l, size_t d)
{
    return l->out[d / 64] >> (d % 64) & 1;
}

/* Airfields where the label may have something to do; returns how many. */
static int32_t list_targets(struct labeller *p, const struct label *l)
{
    const struct labelling *g = &p->g;
    const double *worth = &g->worth[(size_t)g->begin[l->begin].worth * g->n_demands];
    int32_t n = 0;
    memset(p->wanted, 0, g->n_fields * sizeof *p->wanted);
    for (int32_t i = 0; i < l->n_open; i++)
        p->wanted[g->inst->demand[l->open[i].demand].destination] = true;
    for (size_t d = 0; d < g->n_demands; d++)
        if (!out(l, d) && (g->all || worth[d] > 0))
            p->wanted[g->inst->demand[d].origin] = true;
    for (int32_t f = 0; f < (int32_t)g->n_fields; f++)
        if (f != l->field && (p->wanted[f] || g->passes[f] || (l->n_open == 0 && g->ends[f])))
            p->target[n++] = f;
    return n;
}

static void extend(struct labeller *p, struct label *l)
{
    const struct labelling *g = &p->g;
    finish(p, l, true);
    act(p, l, l);
    if (l->action < 0 && l->stop > 0 && !g->passes[l->field])
        return;
    int32_t n = list_targets(p, l);
    for (int32_t i = 0; i < n && !p->failed; i++) {
        int32_t f = p->target[i];
        if (!label_fly(g, l, f, p->landed))
            continue;
        p->landed->parent = l;
        if (g->passes[f]) {
            offer(p, p->landed);
            continue;
        }
        finish(p, p->landed, false);
        act(p, p->landed, l);
    }
}

/* No mission that goes on from the label costs less. */
static double best_rest(const struct labelling *g, const struct label *l)
{
    const double *worth = &g->worth[(size_t)g->begin[l->begin].worth * g->n_demands];
    double best = 0;
    for (int32_t f = 0; f < (int32_t)g->n_fields; f++) {
        size_t a = (size_t)g->a * g->n_fields + (size_t)f, c = (size_t)g->c * g->n_fields + (size_t)f;
        best = fmin(best, g->duals->airframe_end[a] + g->duals->crew_end[c] -
                              steps_at(&g->duals->airframe[a], l->arrival) - steps_at(&g->duals->crew[c], l->arrival));
    }
    for (size_t d = 0; d < g->n_demands; d++)
        best -= out(l, d) ? 0 : fmax(0, worth[d]);
    for (size_t i = 0; i < g->duals->n_charges; i++)
        if (g->duals->charge[i].amount < 0)
            return -INFINITY;
    return l->cost + best;
}

static bool stop_asked(const struct labeller *p)
{
    return atomic_load(&p->all->beyond) || budget_exceeded(&p->all->budget, p->work) ||
           (p->task->stop && p->task->stop(p->task->context));
}

static void search(struct labeller *p)
{
    const struct labelling *g = &p->g;
    for (size_t i = 0; i < g->n_begins && !p->failed; i++) {
        label_begin(g, (int32_t)i, p->landed);
        offer(p, p->landed);
    }
    int64_t n = 0;
    while (p->n_queue > 0 && !p->failed && !p->stopped && !p->cut_short) {
        struct label *l = queue_pop(p);
        if (l->dead)
            continue;
        l->done = true;
        extend(p, l);
        if (p->task->most_work > 0 && n * LABEL_WORK > p->task->most_work)
            p->cut_short = true;
        if (++n % LOOK_EVERY == 0)
            p->stopped = stop_asked(p);
    }
    for (size_t i = 0; i < p->n_queue; i++)
        if (!p->queue[i]->dead)
            p->least = fmin(p->least, best_rest(g, p->queue[i]));
}

/* --- missions --- */

/* The label's stops and rides as a draft; false where it is too long for one. */
static bool draw(const struct labeller *p, const struct label *end, struct draft *d)
{
    const struct labelling *g = &p->g;
    struct mission *m = &d->flight.mission;
    if (end->stop >= DRAFT_STOPS)
        return false;
    d->flight = (struct flight){.type = g->type};
    *m = (struct mission){.airframe = g->groups->airframe[g->a].member[0],
                          .crew = g->groups->crew[g->c].member[0],
                          .configuration = most_seats(&g->inst->type[g->type]),
                          .stop = d->stop,
                          .n_stops = (size_t)end->stop + 1,
                          .ride = d->ride};
    for (const struct label *l = end; l; l = l->parent) { /* from the end: unloading comes first */
        d->stop[l->stop].airfield = l->field;
        if (l->action < 0)
            continue;
        int32_t demand = g->action[l->action] / 2;
        if (g->action[l->action] % 2) {
            if (m->n_rides == DRAFT_RIDES)
                return false;
            d->ride[m->n_rides++] = (struct ride){demand, g->inst->demand[demand].pax, 0, l->stop};
        } else {
            for (size_t r = 0; r < m->n_rides; r++)
                if (d->ride[r].demand == demand)
                    d->ride[r].from_stop = l->stop;
        }
    }
    return true;
}

/* The mission of an ending, if it can be flown and costs less than the threshold. */
static void build(struct labeller *p, const struct label *end)
{
    const struct labelling *g = &p->g;
    struct draft d;
    struct mission *m = &d.flight.mission;
    struct slot slot = {.ready = g->groups->airframe[g->a].from,
                        .due = SEC_LATEST,
                        .show = g->begin[end->begin].from - g->inst->rules.show,
                        .fdp = g->inst->type[g->type].fdp[g->crew->kind]};
    if (!draw(p, end, &d)) {
        p->cut_short = true;
        return;
    }
    qsort(d.ride, m->n_rides, sizeof *d.ride, ride_order);
    if (!draft_fit(&p->nobody, &d, &slot))
        return;
    struct column col = {.airframe_group = g->a, .crew_group = g->c, .type = g->type};
    if (m->stop[m->n_stops - 1].arrival > g->last)
        return;
    if (!mission_copy(&col.mission, m)) {
        p->failed = true;
        return;
    }
    column_finish(&col, g->inst);
    double rc = duals_price(g->duals, g->inst, &col);
    if (rc >= p->task->threshold)
        mission_release(&col.mission);
    else if (!price_result_push(p->result, &col, rc))
        p->failed = true;
}

static int by_cost(const void *a, const void *b)
{
    const struct ending *x = a, *y = b;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void build_best(struct labeller *p)
{
    if (p->n_endings)
        qsort(p->ending, p->n_endings, sizeof *p->ending, by_cost);
    for (size_t i = 0; i < p->n_endings && !p->failed && (p->task->all || i < MOST_BUILT); i++)
        build(p, p->ending[i].label);
}

/* --- pairs of groups --- */

/* Missions that carry the same can replace each other where they take nothing from each other but these, and no load
 * plan tells them apart. */
static bool replaceable(const struct instance *inst)
{
    for (size_t f = 0; f < inst->n_airfields; f++)
        if (inst->airfield[f].mog >= 0)
            return false;
    for (size_t i = 0; i < inst->n_airframes; i++)
        if (inst->airframe[i].flight_limit >= 0)
            return false;
    return inst->n_limits == 0 && inst->rules.n_rolling == 0 && inst->committed.n_missions == 0 && !load_planning(inst);
}

static bool pair_init(struct labeller *p, int32_t a, int32_t c)
{
    const struct instance *inst = p->all->master->inst;
    bool ok = labelling_init(&p->g, p->all->master, &p->all->duals, a, c, p->task->all);
    size_t most = label_size(&p->g, (int32_t)inst->n_demands + 1);
    p->target = malloc((inst->n_airfields + 1) * sizeof *p->target);
    p->wanted = malloc((inst->n_airfields + 1) * sizeof *p->wanted);
    p->landed = malloc(most);
    p->made = malloc(most);
    return ok && p->target && p->wanted && p->landed && p->made;
}

static void pair_release(struct labeller *p)
{
    for (size_t i = 0; p->place && i < (size_t)1 << p->place_bits; i++)
        free(p->place[i].entry);
    for (size_t i = 0; i < p->n_chunks; i++)
        free(p->chunk[i]);
    free(p->place);
    free(p->target);
    free(p->wanted);
    free(p->landed);
    free(p->made);
    free(p->queue);
    free(p->ending);
    free(p->chunk);
    labelling_release(&p->g);
    timeline_release(&p->nobody);
    if (p->large)
        pthread_mutex_unlock(&p->all->large);
}

static void price_pair(void *context, size_t number, int thread)
{
    struct pairs *all = context;
    struct pair *pair = &all->pair[number];
    const struct instance *inst = all->master->inst;
    const struct groups *groups = all->master->groups;
    int32_t a = (int32_t)(number / groups->n_crew), c = (int32_t)(number % groups->n_crew);
    int32_t type = inst->airframe[groups->airframe[a].member[0]].type;
    const struct crew *crew = &inst->crew[groups->crew[c].member[0]];
    struct labeller p = {.all = all, .task = all->task, .result = &pair->result};
    (void)thread;
    p.stopped = stop_asked(&p);
    if (!p.stopped && crew_flies(crew, type) && inst->type[type].fdp[crew->kind] > inst->rules.show) {
        p.failed = !timeline_init(&p.nobody, &all->ground) || !pair_init(&p, a, c);
        if (!p.failed)
            search(&p);
        if (p.cut_short && p.task->all)
            atomic_store(&all->beyond, true);
        else if (!p.failed)
            build_best(&p);
        pair_release(&p);
    }
    budget_done(&all->budget, number, p.work);
    pair->least = p.least;
    pair->stopped = p.stopped;
    pair->failed = p.failed;
    pair->cut_short = p.cut_short;
}

/* Puts the pairs' answers together, in order. False: out of memory. */
static bool join(struct pairs *all, size_t n, struct price_result *result)
{
    const struct price_task *task = all->task;
    size_t count = budget_count(&all->budget, &result->work);
    bool stopped = count < n, cut_short = false, ok = true;
    double least = 0;
    for (size_t i = 0; i < n; i++)
        ok = ok && !all->pair[i].failed;
    for (size_t i = 0; i < count; i++) {
        struct pair *pair = &all->pair[i];
        for (size_t j = 0; j < pair->result.n && ok; j++) {
            ok = price_result_push(result, &pair->result.column[j], pair->result.reduced_cost[j]);
            pair->result.column[j].mission.stop = NULL;
        }
        stopped = stopped || pair->stopped;
        cut_short = cut_short || pair->cut_short;
        least = fmin(least, pair->least);
    }
    if (task->all && cut_short) /* which were found first is left to chance */
        price_result_release(result);
    result->complete = (task->bound || task->all) && !stopped && !cut_short;
    if (task->all)
        result->complete = result->complete && replaceable(all->master->inst);
    result->least = stopped || !task->bound ? -INFINITY : least;
    result->chain = -INFINITY;
    return ok;
}

bool price_labels(const struct master *m, const struct price_task *task, struct price_result *result)
{
    struct pairs all = {.master = m, .task = task};
    size_t n = m->groups->n_airframe * m->groups->n_crew;
    memset(result, 0, sizeof *result);
    if (!duals_init(&all.duals, m))
        return false;
    all.pair = calloc(n + 1, sizeof *all.pair);
    bool ok = budget_init(&all.budget, n, task->budget) && all.pair && ground_init(&all.ground, m->inst);
    if (ok) {
        pthread_mutex_init(&all.large, NULL);
        pool_run(task->pool, n, price_pair, &all);
        pthread_mutex_destroy(&all.large);
    }
    ok = ok && join(&all, n, result);
    for (size_t i = 0; i < n && all.pair; i++)
        price_result_release(&all.pair[i].result);
    free(all.pair);
    budget_release(&all.budget);
    ground_release(&all.ground);
    duals_release(&all.duals);
    return ok;
}
