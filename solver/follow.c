#include "solver/follow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/change.h"
#include "solver/load.h"

enum { MOST_CHOICES = 6, LOOKS_EACH = 4 };

/* An airframe that may fly the next mission; the least key first. */
struct choice {
    double key;
    int32_t airframe;
};

static int by_begin(const void *a, const void *b)
{
    const struct flown *x = a, *y = b;
    if (x->column->begin != y->column->begin)
        return x->column->begin < y->column->begin ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column); /* one array: its order */
}

static int by_key(const void *a, const void *b)
{
    const struct choice *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->airframe > y->airframe) - (x->airframe < y->airframe);
}

/* How little the airframe suits the column from where it stands: hours late, and of a detour; or, a little below 0,
 * those it would wait, so that who came last goes first. INFINITY: it cannot come. */
static double unfitness(const struct builder *s, const struct column *col, int32_t a)
{
    size_t n = s->work.line[a].n;
    int32_t at = line_place(&s->work, a, n), start = col->mission.stop[0].airfield;
    double hours = (double)(line_ready(&s->work, a, n) - col->begin) / 3600;
    double late = hours > 0 ? hours : 1e-3 * hours;
    if (at == start || begins_beyond(&col->mission, at))
        return late;
    const struct leg *leg = instance_leg(s->inst, col->type, at, start);
    double away = (double)(leg->block + s->inst->type[col->type].turn) / 3600;
    return leg->block <= 0 ? INFINITY : 2 * away + fmax(late, hours + away);
}

/* Airframes of the column's group, those that suit best first; returns how many. choice [members of the group]. */
static size_t list_choices(const struct builder *s, const struct group *g, const struct column *col,
                           struct choice *choice)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n_members; i++) {
        double key = unfitness(s, col, g->member[i]);
        if (isfinite(key))
            choice[n++] = (struct choice){key, g->member[i]};
    }
    if (n > 1)
        qsort(choice, n, sizeof *choice, by_key);
    return n;
}

/* Of a full load of the heaviest. */
static gram_t full_payload(const struct builder *s, int32_t type)
{
    gram_t most = 0;
    for (size_t d = 0; d < s->inst->n_demands; d++)
        most = larger(most, s->inst->demand[d].pax_mass);
    return most * s->ground.seats[type];
}

/* After the draft, the airframe can take a full load of those who are to be moved from there to where they go, as far
 * as full tanks would bring them. */
static bool may_go_on(const struct builder *s, const struct draft *d, size_t k)
{
    const struct mission *m = &d->flight.mission;
    int32_t type = d->flight.type, last = m->stop[m->n_stops - 1].airfield;
    if (s->inst->airfield[last].has_fuel)
        return true;
    gram_t payload = full_payload(s, type);
    mnm_t full = range_with(&s->inst->type[type], payload), left = draft_range_left(&s->work, d, k, payload);
    bool may = true;
    for (size_t i = 0; i < s->inst->n_demands && may; i++) {
        const struct demand *x = &s->inst->demand[i];
        mnm_t nm = x->origin == last ? instance_leg(s->inst, type, last, x->destination)->nm : 0;
        may = nm <= left || nm > full;
    }
    return may;
}

/* A stop for fuel before the last, with the least way round after which it may go on. False: there is none. */
static bool stop_for_fuel(const struct builder *s, struct draft *d, size_t k)
{
    struct mission *m = &d->flight.mission;
    size_t last = m->n_stops - 1;
    int32_t best = -1, type = d->flight.type, from = m->stop[last - 1].airfield, to = m->stop[last].airfield;
    mnm_t least = 0;
    if (m->n_stops == DRAFT_STOPS)
        return false;
    m->stop[m->n_stops++] = m->stop[last];
    for (size_t r = 0; r < m->n_rides; r++)
        d->ride[r].to_stop += d->ride[r].to_stop == (int32_t)last;
    for (int32_t f = 0; f < (int32_t)s->inst->n_airfields; f++) {
        mnm_t nm = instance_leg(s->inst, type, from, f)->nm + instance_leg(s->inst, type, f, to)->nm;
        if (f == from || f == to || !s->inst->airfield[f].has_fuel || !runway_holds(s, type, f) ||
            (best >= 0 && nm >= least))
            continue;
        m->stop[last] = (struct stop){.airfield = f};
        if (may_go_on(s, d, k)) {
            best = f;
            least = nm;
        }
    }
    m->stop[last] = (struct stop){.airfield = best};
    return best >= 0;
}

/* The mission as a draft of the airframe at the end of its line. False: it cannot be, or nobody of its passengers is
 * left. */
static bool draft_flown(struct builder *s, struct draft *d, const struct column *col, int32_t a)
{
    size_t n = s->work.line[a].n;
    int32_t at = line_place(&s->work, a, n);
    if (!draft_behind(d, s, a, &col->mission) || !clamp_rides(s, &d->flight.mission))
        return false;
    if (at == col->mission.stop[0].airfield && s->ground.all_fuel)
        return true;
    /* the program takes tanks for full where a mission begins: the next needs them so */
    return (may_go_on(s, d, n) || stop_for_fuel(s, d, n)) && draft_carries(&s->work, d, n, NULL);
}

/* The mission behind those of the airframe that suits best and can fly it; none where none of a few can. */
static void follow_one(struct builder *s, const struct group *g, const struct column *col, struct choice *choice)
{
    size_t n = list_choices(s, g, col, choice);
    for (size_t i = 0; i < n && i < MOST_CHOICES && !s->failed; i++) {
        int32_t a = choice[i].airframe;
        struct change *c = change_new(s, a, s->work.line[a].n);
        if (search_stopped_after(s, LOOKS_EACH))
            return;
        if (draft_flown(s, &c->part[0], col, a) &&
            change_append(s, c, larger(line_ready(&s->work, a, c->place), col->begin)) && change_planned(s, c)) {
            change_apply(s, c);
            return;
        }
    }
}

void follow(struct builder *s, const struct groups *groups, struct flown *flown, size_t n)
{
    struct choice *choice = malloc((s->inst->n_airframes + 1) * sizeof *choice);
    s->failed = s->failed || !choice;
    if (n > 1)
        qsort(flown, n, sizeof *flown, by_begin);
    for (size_t i = 0; i < n; i++)
        for (int32_t k = 0; k < flown[i].times && !s->stopped && !s->failed; k++)
            follow_one(s, &groups->airframe[flown[i].column->airframe_group], flown[i].column, choice);
    free(choice);
}
