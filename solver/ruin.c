#include "solver/ruin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/change.h"
#include "solver/column.h"

bool pick_room(struct builder *s, size_t n)
{
    if (n <= s->room)
        return true;
    struct pick *grown = realloc(s->pick, 2 * n * sizeof *grown);
    s->failed = !grown;
    if (!grown)
        return false;
    s->pick = grown;
    s->room = 2 * n;
    return true;
}

int by_key(const void *a, const void *b)
{
    const struct pick *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static size_t place_of(const struct timeline *t, const struct flight *f)
{
    size_t k = 0;
    while (t->line[f->mission.airframe].flight[k] != f)
        k++;
    return k;
}

void drop(struct builder *s, const struct flight *f)
{
    if (s->touched)
        s->touched[f->mission.airframe] = true;
    timeline_remove(&s->work, f->mission.airframe, place_of(&s->work, f));
}

/* --- destroy --- */

enum { MOST_DESTROYED = 8 };
enum { ALIKE, SPAN, PLACE, ANY, DEAR, STRING, N_DESTROY };

static bool share_field(const struct flight *a, const struct flight *b)
{
    for (size_t r = 0; r < a->mission.n_rides; r++)
        for (size_t k = 0; k < b->mission.n_rides; k++)
            if (a->mission.stop[a->mission.ride[r].to_stop].airfield ==
                b->mission.stop[b->mission.ride[k].to_stop].airfield)
                return true;
    return false;
}

/* How little a flight has to do with the seed. */
static double distance(struct builder *s, const struct flight *f, const struct flight *seed, int how)
{
    double apart = fabs((double)(f->show - seed->show)) / (double)(s->inst->end > 0 ? s->inst->end : 1);
    int32_t pax = 0;
    switch (how) {
    case ALIKE:
        return apart + (f->mission.airframe != seed->mission.airframe ? 0.1 : 0) + (f->type != seed->type ? 0.1 : 0) +
               (share_field(f, seed) ? 0 : 0.15);
    case SPAN:
        return apart;
    case PLACE:
        return apart * 0.3 + (share_field(f, seed) ? 0 : 1);
    case DEAR:
        for (size_t r = 0; r < f->mission.n_rides; r++)
            pax += f->mission.ride[r].pax;
        return -(double)f->cost / (pax + 1.0);
    case STRING:
        return apart + (f->mission.airframe != seed->mission.airframe ? 1 : 0);
    default:
        return chance_unit(s);
    }
}

void destroy(struct builder *s)
{
    struct timeline *t = &s->work;
    size_t n = 0;
    if (!pick_room(s, t->n_turns))
        return;
    for (size_t i = 0; i < t->n_turns; i++)
        if (!t->turn[i].flight->fixed)
            s->pick[n++].flight = t->turn[i].flight;
    if (n == 0)
        return;
    const struct flight *seed = s->pick[chance_below(s, n)].flight;
    int how = (int)chance_below(s, N_DESTROY);
    for (size_t i = 0; i < n; i++)
        s->pick[i].key = distance(s, s->pick[i].flight, seed, how);
    qsort(s->pick, n, sizeof *s->pick, by_key);
    size_t k = 1 + chance_below(s, n < MOST_DESTROYED ? n : MOST_DESTROYED);
    for (; k > 0 && n > 0; k--) {
        size_t i = (size_t)(pow(chance_unit(s), 6) * (double)n);
        drop(s, s->pick[i].flight);
        memmove(&s->pick[i], &s->pick[i + 1], (n - i - 1) * sizeof *s->pick);
        n--;
    }
    timeline_cover(t);
}

/* --- bump: passengers are taken off flights, which fly on without them --- */

enum { MOST_BUMPED = 12 };
enum { BUMP_ALIKE, BUMP_ANY, BUMP_DEAR, N_BUMP };

size_t count_rides(const struct builder *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->work.n_turns; i++)
        n += s->work.turn[i].flight->fixed ? 0 : s->work.turn[i].flight->mission.n_rides;
    return n;
}

static void list_rides(struct builder *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->work.n_turns; i++) {
        const struct flight *f = s->work.turn[i].flight;
        for (size_t r = 0; r < f->mission.n_rides && !f->fixed; r++)
            s->pick[n++] = (struct pick){.flight = f, .demand = f->mission.ride[r].demand, .ride = r};
    }
}

static double seconds_between(const struct builder *s, int32_t type, int32_t from, int32_t to)
{
    sec_t block = block_between(s->inst, type, from, to);
    return (double)(block < 0 ? s->inst->end : block);
}

/* How little a ride has to do with the seed, in seconds (Shaw 1998). */
static double rides_apart(const struct builder *s, const struct pick *pick, const struct pick *seed, double by_time)
{
    const struct mission *m = &pick->flight->mission, *o = &seed->flight->mission;
    const struct ride *a = &m->ride[pick->ride], *b = &o->ride[seed->ride];
    int32_t type = pick->flight->type;
    double times = fabs((double)(m->stop[a->from_stop].departure - o->stop[b->from_stop].departure)) +
                   fabs((double)(m->stop[a->to_stop].arrival - o->stop[b->to_stop].arrival));
    double places = seconds_between(s, type, m->stop[a->from_stop].airfield, o->stop[b->from_stop].airfield) +
                    seconds_between(s, type, m->stop[a->to_stop].airfield, o->stop[b->to_stop].airfield);
    return by_time * times + (1 - by_time) * places;
}

static bool stop_works(const struct mission *m, int32_t stop)
{
    for (size_t r = 0; r < m->n_rides; r++)
        if (m->ride[r].from_stop == stop || m->ride[r].to_stop == stop)
            return true;
    return false;
}

/* What the legs cost that a flight needs for a ride alone. */
static double bump_saves(const struct builder *s, const struct flight *f, size_t ride)
{
    const struct mission *m = &f->mission;
    double sum = 0;
    int32_t at[2] = {m->ride[ride].from_stop, m->ride[ride].to_stop};
    for (int i = 0; i < 2; i++) {
        int workers = 0;
        for (size_t r = 0; r < m->n_rides; r++)
            workers += (m->ride[r].from_stop == at[i]) + (m->ride[r].to_stop == at[i]);
        if (workers > 1 || at[i] == 0 || at[i] + 1 == (int32_t)m->n_stops)
            continue;
        int32_t from = m->stop[at[i] - 1].airfield, by = m->stop[at[i]].airfield, to = m->stop[at[i] + 1].airfield;
        sum += (double)via_cost(s, f->type, from, by, to);
    }
    return sum;
}

/* The draft without its rides of the picked demands. */
static void take_off(struct draft *d, const struct flight *f, const struct pick *pick, size_t n)
{
    struct mission *m = &d->flight.mission;
    size_t left = 0;
    for (size_t r = 0; r < m->n_rides; r++) {
        bool picked = false;
        for (size_t i = 0; i < n && !picked; i++)
            picked = pick[i].flight == f && pick[i].demand == m->ride[r].demand;
        if (!picked)
            m->ride[left++] = m->ride[r];
    }
    m->n_rides = left;
}

/* The draft goes from where it has work to where it has work, by ways that may be new. False: there is none. */
static bool straighten(struct builder *s, struct draft *d, const struct draft *from)
{
    const struct mission *m = &from->flight.mission;
    int32_t moved[DRAFT_STOPS], last = (int32_t)m->n_stops - 1, aboard = 0;
    draft_begin(d, s, m->airframe, m->stop[0].airfield);
    d->flight.mission.configuration = m->configuration;
    moved[0] = 0;
    for (int32_t i = 0; i <= last; i++) {
        if (i > 0 && i < last && !stop_works(m, i))
            continue;
        if (i > 0 && !draft_go(d, s, m->stop[i].airfield, aboard > 0))
            return false;
        moved[i] = (int32_t)d->flight.mission.n_stops - 1;
        for (size_t r = 0; r < m->n_rides; r++) {
            aboard += m->ride[r].from_stop == i ? m->ride[r].pax : 0;
            aboard -= m->ride[r].to_stop == i ? m->ride[r].pax : 0;
        }
    }
    for (size_t r = 0; r < m->n_rides; r++) {
        d->ride[r] = m->ride[r];
        d->ride[r].from_stop = moved[m->ride[r].from_stop];
        d->ride[r].to_stop = moved[m->ride[r].to_stop];
    }
    d->flight.mission.n_rides = m->n_rides;
    return d->flight.mission.n_stops > 1;
}

/* Flies a flight without the picked, or not at all. */
static void fly_without(struct builder *s, const struct flight *f, const struct pick *pick, size_t n)
{
    struct draft rest;
    bool flown = draft_from(&rest, f);
    if (flown)
        take_off(&rest, f, pick, n);
    flown = flown && rest.flight.mission.n_rides > 0;
    size_t k = place_of(&s->work, f);
    for (int way = 0; way < 2 && flown; way++) {
        struct change *c = change_new(s, f->mission.airframe, k);
        bool drawn = way > 0 || straighten(s, &c->part[0], &rest);
        if (way > 0)
            draft_copy(&c->part[0], &rest);
        c->old = f;
        if (drawn && draft_carries(&s->work, &c->part[0], k, f) && change_fit(s, c, INT64_MAX)) {
            change_apply(s, c);
            return;
        }
    }
    if (s->failed)
        return;
    drop(s, f);
    timeline_cover(&s->work);
}

void bump(struct builder *s)
{
    size_t n = count_rides(s);
    if (n == 0 || !pick_room(s, n))
        return;
    list_rides(s);
    const struct pick seed = s->pick[chance_below(s, n)];
    int how = (int)chance_below(s, N_BUMP);
    double by_time = chance_unit(s);
    for (size_t i = 0; i < n; i++) {
        struct pick *p = &s->pick[i];
        const struct mission *m = &p->flight->mission;
        p->key = how == BUMP_ALIKE ? rides_apart(s, p, &seed, by_time)
                 : how == BUMP_ANY ? chance_unit(s)
                                   : -bump_saves(s, p->flight, p->ride) / m->ride[p->ride].pax;
    }
    qsort(s->pick, n, sizeof *s->pick, by_key);
    size_t most = 1 + chance_below(s, n < MOST_BUMPED ? n : MOST_BUMPED);
    for (size_t k = 0; k < most; k++) { /* chosen ones to the front */
        size_t i = k + (size_t)(pow(chance_unit(s), 6) * (double)(n - k));
        struct pick chosen = s->pick[i];
        memmove(&s->pick[k + 1], &s->pick[k], (i - k) * sizeof chosen);
        s->pick[k] = chosen;
    }
    for (size_t k = 0; k < most && !search_stopped(s) && !s->failed; k++) {
        bool done = false;
        for (size_t i = 0; i < k && !done; i++)
            done = s->pick[i].flight == s->pick[k].flight;
        if (!done)
            fly_without(s, s->pick[k].flight, s->pick, most);
    }
}
