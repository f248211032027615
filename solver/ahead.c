#include "solver/ahead.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "solver/work.h"

struct ahead {
    struct builder *main;
    round_function *round;
    const double *heat;
    struct hand *hand; /* [n_hands] */
    int n_hands;
    struct {
        uint64_t random;
        int64_t looks;
        int thread;
    } round_of[MOST_AHEAD];
    bool *missed;       /* [MOST_AHEAD * n_demands] who was left behind in the round */
    atomic_size_t last; /* the first round known to change something: those behind it do not count */
};

/* What belongs to one thread. */
struct hand {
    struct ahead *all;
    struct builder builder;
    struct construct_task task;
    size_t number; /* of its round */
    bool told;     /* to stop; otherwise a round ends early because it is void */
};

static bool is_void(const struct hand *h)
{
    return h->number > atomic_load(&h->all->last);
}

static bool hand_stop(void *context)
{
    struct hand *h = context;
    const struct construct_task *task = h->all->main->task;
    h->told = h->told || (task->stop && task->stop(task->context));
    return h->told || is_void(h);
}

/* Shares with the main builder what rounds only read. */
static bool hand_init(struct hand *h, struct ahead *all)
{
    struct builder *main = all->main;
    const struct instance *inst = main->inst;
    struct builder *b = &h->builder;
    h->all = all;
    h->task = *main->task;
    h->task.stop = hand_stop;
    h->task.context = h;
    h->task.work = NULL; /* counted when it is known which rounds count */
    *b = (struct builder){.task = &h->task,
                          .inst = inst,
                          .ground = main->ground,
                          .hop = {main->hop[0], main->hop[1]},
                          .past = main->past,
                          .hour_scale = main->hour_scale};
    b->order = calloc(inst->n_demands + 1, sizeof *b->order);
    b->found = calloc(1, sizeof *b->found);
    b->trial = calloc(1, sizeof *b->trial);
    b->touched = calloc(inst->n_airframes + 1, sizeof *b->touched);
    return timeline_init(&b->work, &main->ground) && b->order && b->found && b->trial && b->touched;
}

static void hand_release(struct hand *h)
{
    struct builder *b = &h->builder;
    if (b->work.ground)
        timeline_release(&b->work);
    free(b->order);
    free(b->pick);
    free(b->found);
    free(b->trial);
    free(b->touched);
}

struct ahead *ahead_new(struct builder *main, round_function *round)
{
    struct ahead *a = calloc(1, sizeof *a);
    if (!a)
        return NULL;
    *a = (struct ahead){.main = main, .round = round, .n_hands = pool_threads(main->task->pool)};
    a->missed = calloc(MOST_AHEAD * main->inst->n_demands + 1, sizeof *a->missed);
    a->hand = calloc((size_t)a->n_hands, sizeof *a->hand);
    bool ok = a->missed && a->hand;
    for (int i = 0; i < a->n_hands && ok; i++)
        ok = hand_init(&a->hand[i], a);
    if (ok)
        return a;
    ahead_free(a);
    return NULL;
}

void ahead_free(struct ahead *a)
{
    if (!a)
        return;
    for (int i = 0; i < a->n_hands && a->hand; i++)
        hand_release(&a->hand[i]);
    free(a->hand);
    free(a->missed);
    free(a);
}

/* A thread that found a change does no more rounds, all behind it, so that its work timeline stays. */
static void do_round(void *context, size_t number, int thread)
{
    struct ahead *a = context;
    struct hand *h = &a->hand[thread];
    struct builder *b = &h->builder;
    h->number = number;
    if (is_void(h) || h->told || b->failed)
        return;
    b->stopped = false;
    b->random = a->round_of[number].random;
    b->looks = 0;
    b->missed = &a->missed[number * b->inst->n_demands];
    bool changed = a->round(b, a->heat[number]);
    a->round_of[number].looks = b->looks;
    a->round_of[number].thread = thread;
    size_t last = atomic_load(&a->last);
    while (changed && number < last && !atomic_compare_exchange_weak(&a->last, &last, number))
        ;
}

size_t ahead_run(struct ahead *a, const double *heat, size_t n, const struct timeline **changed)
{
    struct builder *s = a->main;
    *changed = NULL;
    /* asked here, for what is counted: while rounds go on it stays, and who of them asks is left to chance */
    s->stopped = s->stopped || (s->task->stop && s->task->stop(s->task->context));
    if (s->stopped || s->failed)
        return 0;
    a->heat = heat;
    for (size_t i = 0; i < n; i++)
        a->round_of[i].random = chance_bits(s);
    for (int i = 0; i < a->n_hands; i++)
        a->hand[i].builder.now = s->now; /* a view of it */
    atomic_store(&a->last, n);
    pool_run(s->task->pool, n, do_round, a);
    for (int i = 0; i < a->n_hands; i++) {
        s->stopped = s->stopped || a->hand[i].told;
        s->failed = s->failed || a->hand[i].builder.failed;
    }
    if (s->stopped || s->failed)
        return 0;
    size_t last = atomic_load(&a->last), count = last < n ? last + 1 : n;
    if (last < n)
        *changed = &a->hand[a->round_of[last].thread].builder.work;
    for (size_t i = 0; i < count; i++) {
        if (s->task->work)
            *s->task->work += a->round_of[i].looks * WORK_DRAFT;
        remember_missed(s, &a->missed[i * s->inst->n_demands]);
    }
    return count;
}
