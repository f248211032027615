#include "solver/change.h"

#include <stdlib.h>

struct change *change_new(struct builder *s, int32_t airframe, size_t place)
{
    struct change *c = s->trial;
    c->airframe = airframe;
    c->place = place;
    c->old = NULL;
    c->n = 1;
    return c;
}

static bool inspection_holds(const struct builder *s, const struct change *c)
{
    sec_t limit = s->inst->airframe[c->airframe].flight_limit, sum = s->work.line[c->airframe].block;
    for (int i = 0; i < c->n && limit >= 0; i++)
        sum += c->part[i].flight.block;
    return limit < 0 || sum - (c->old ? c->old->block : 0) <= limit;
}

/* The draft begins when a crew is there; false where it cannot be fitted in. */
static bool fit_with_crew(struct builder *s, struct draft *d, struct slot slot, bool later)
{
    if (!later && !draft_fit(&s->work, d, &slot))
        return false;
    sec_t show = timeline_crew_free(&s->work, d->flight.type, d->stop[0].airfield, d->flight.show, later);
    if (later) {
        sec_t hours =
            timeline_hours_free(&s->work, d->flight.type, d->flight.show, d->stop[1].arrival - d->flight.show);
        show = hours < show ? hours : show;
    }
    if (show >= SEC_LATEST)
        return false;
    slot.show = show;
    return show == d->flight.show || draft_fit(&s->work, d, &slot);
}

static int64_t covers(struct builder *s, const struct change *c)
{
    const struct flight *extra[MOST_PARTS];
    for (int i = 0; i < c->n; i++)
        extra[i] = &c->part[i].flight;
    return timeline_covers(&s->work, c->old, extra, c->n);
}

/* It is asked for in the order of rides of a schedule, on which the answer may depend. */
bool change_planned(struct builder *s, struct change *c)
{
    for (int i = 0; i < c->n && s->task->loads; i++) {
        struct flight *f = &c->part[i].flight;
        if (f->mission.n_rides > 1)
            qsort(f->mission.ride, f->mission.n_rides, sizeof *f->mission.ride, ride_order);
        enum load_answer answer = load_planner_ask(s->task->loads, f->type, &f->mission, false, NULL, NULL);
        s->failed = s->failed || answer == LOAD_NO_MEMORY;
        if (answer != LOAD_PLANNED)
            return false;
    }
    return true;
}

static cent_t change_cost(const struct change *c)
{
    cent_t sum = c->old ? -c->old->cost : 0;
    for (int i = 0; i < c->n; i++)
        sum += c->part[i].flight.cost;
    return sum;
}

/* Hours for which the change takes the airframe more than before. */
static double change_hours(const struct change *c)
{
    sec_t sum = c->old ? c->old->begin - c->old->ready : 0;
    if (c->n > 0)
        sum += c->part[c->n - 1].flight.ready - c->part[0].flight.begin;
    return (double)sum / 3600;
}

bool change_pays(const struct builder *s, cent_t cost, const struct aim *aim)
{
    return (double)cost < (double)s->inst->demand[aim->demand].penalty * (double)aim->pax * aim->hope;
}

/* The timed trial is better than what was found; sets its score. */
static bool better(const struct builder *s, struct change *c, const struct aim *aim)
{
    cent_t cost = change_cost(c);
    c->score = ((double)cost + s->hour * change_hours(c)) / aim->pax * aim->wobble;
    return c->score < s->found->score && change_pays(s, cost, aim);
}

enum { TRIES = 4 };

/* Later is taken for no cheaper. */
static bool fit_below(struct builder *s, struct change *c, cent_t most, const struct aim *aim)
{
    const struct line *line = &s->work.line[c->airframe];
    size_t after = c->place + (c->old != NULL);
    sec_t due = after < line->n ? line->flight[after]->begin : SEC_LATEST;
    sec_t ready = line_ready(&s->work, c->airframe, c->place);
    int32_t type = s->inst->airframe[c->airframe].type;
    if (!runway_holds(s, type, c->part[0].stop[0].airfield))
        return false; /* it stands where it cannot take off */
    for (int later = 0; later < TRIES; later++) {
        struct slot slot = {ready, c->n == 1 ? due : SEC_LATEST, SEC_EARLIEST, s->ground.longest_fdp[type], c->old};
        bool fits =
            c->old && !later ? draft_fit(&s->work, &c->part[0], &slot) : fit_with_crew(s, &c->part[0], slot, later > 0);
        int counted = 0; /* what comes first uses caps, too */
        for (int i = 1; i < c->n && fits; i++) {
            const struct flight *before = &c->part[i - 1].flight;
            struct slot next = {before->ready, i + 1 == c->n ? due : SEC_LATEST, before->crew_ready, slot.fdp, c->old};
            timeline_count(&s->work, before, 1);
            counted++;
            fits = draft_fit(&s->work, &c->part[i], &next);
        }
        while (counted > 0)
            timeline_count(&s->work, &c->part[--counted].flight, -1);
        if (!fits || !inspection_holds(s, c) || (aim && !better(s, c, aim)) || change_cost(c) >= most)
            return false;
        if (covers(s, c) <= s->work.defects)
            return (aim && s->unplanned) || change_planned(s, c);
    }
    return false;
}

bool change_fit(struct builder *s, struct change *c, cent_t most)
{
    return fit_below(s, c, most, NULL);
}

bool change_fit_for(struct builder *s, struct change *c, const struct aim *aim)
{
    return fit_below(s, c, INT64_MAX, aim);
}

bool change_append(struct builder *s, struct change *c, sec_t from)
{
    const struct timeline *t = &s->work;
    int32_t type = s->inst->airframe[c->airframe].type;
    struct slot slot = {from, SEC_LATEST, SEC_EARLIEST, s->ground.longest_fdp[type], NULL};
    if (!runway_holds(s, type, c->part[0].stop[0].airfield))
        return false;
    for (int later = 0; later < TRIES; later++) {
        if (!fit_with_crew(s, &c->part[0], slot, later > 0) || !inspection_holds(s, c))
            return false;
        int64_t defects = covers(s, c);
        if (defects == INT64_MAX || defects - t->trial_astray > t->defects - t->astray)
            continue;
        c->crew = timeline_trial_crew(t, &c->part[0].flight, &c->since);
        return true;
    }
    return false;
}

void change_keep(struct builder *s, double score)
{
    struct change *other = s->found;
    s->trial->score = score;
    s->found = s->trial;
    s->trial = other;
    other->n = 0;
}

bool change_apply(struct builder *s, const struct change *c)
{
    int32_t crew = c->old && c->n == 1 ? s->work.turn[timeline_turn(&s->work, c->old)].crew : -1;
    if (s->touched)
        s->touched[c->airframe] = true;
    if (c->old)
        timeline_remove(&s->work, c->airframe, c->place);
    for (int i = 0; i < c->n; i++) {
        struct flight *f = flight_make(&c->part[i]);
        if (!f || !timeline_add(&s->work, f, c->place + (size_t)i, crew)) {
            s->failed = true;
            return false;
        }
    }
    timeline_cover(&s->work);
    return true;
}
