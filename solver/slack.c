#include "solver/slack.h"

#include "solver/column.h"

static sec_t block_of(const struct slack *s, int32_t from, int32_t to)
{
    sec_t block = block_between(s->inst, s->flight->type, from, to);
    return block < 0 ? SEC_LATEST / 4 : block;
}

/* A stop with work, later, at which there is none now may take less time than it does now. */
static sec_t least_need(const struct slack *s, int32_t i)
{
    const sec_t *ground = s->inst->type[s->flight->type].ground;
    sec_t least = smaller(ground[GROUND_ONLOAD], ground[GROUND_OFFLOAD]);
    return s->task[i].handled ? s->task[i].need : smaller(s->task[i].need, least);
}

void slack_of(const struct timeline *t, int32_t airframe, size_t k, struct slack *s)
{
    const struct line *line = &t->line[airframe];
    const struct flight *f = line->flight[k];
    const struct mission *m = &f->mission;
    int32_t last = (int32_t)m->n_stops - 1;
    s->inst = t->ground->inst;
    s->flight = f;
    mission_tasks(s->inst, f->type, m, s->task);
    s->begin = larger(line_ready(t, airframe, k), s->task[0].from);
    s->leave[0] = larger(0, s->begin + least_need(s, 0));
    for (int32_t i = 1; i <= last; i++) {
        sec_t arrival = s->leave[i - 1] + block_of(s, m->stop[i - 1].airfield, m->stop[i].airfield);
        s->leave[i] = larger(arrival, s->task[i].from) + least_need(s, i);
    }
    sec_t due = k + 1 < line->n ? line->flight[k + 1]->begin : SEC_LATEST / 2;
    sec_t over = smaller(due, s->inst->airframe[airframe].until);
    s->latest[last] = smaller(smaller(s->task[last].until, over - least_need(s, last)),
                              smaller(s->inst->end, due - s->inst->type[f->type].turn));
    for (int32_t i = last - 1; i >= 0; i--) {
        sec_t leave = s->latest[i + 1] - block_of(s, m->stop[i].airfield, m->stop[i + 1].airfield);
        s->latest[i] = smaller(s->task[i].until, leave - least_need(s, i));
    }
}

bool slack_board(const struct slack *s, const struct demand *d, int32_t i, bool new_stop, struct leaving *l)
{
    const struct mission *m = &s->flight->mission;
    sec_t need = least_need(s, i), from = i > 0 ? s->leave[i] - need : s->begin;
    if (new_stop) {
        need = larger(d->onload, s->inst->type[s->flight->type].ground[GROUND_ONLOAD]);
        from = s->leave[i] + block_of(s, m->stop[i].airfield, d->origin);
    }
    sec_t start = larger(from, d->pickup.from);
    *l = (struct leaving){d->origin, from, larger(0, start + need)};
    return start <= d->pickup.until;
}

bool slack_go(const struct slack *s, int32_t i, struct leaving *l)
{
    int32_t airfield = s->flight->mission.stop[i].airfield;
    sec_t arrival = l->at + block_of(s, l->airfield, airfield);
    *l = (struct leaving){airfield, arrival, larger(arrival, s->task[i].from) + least_need(s, i)};
    return arrival <= s->task[i].until;
}

bool slack_in_time(const struct slack *s, int32_t i, struct leaving l)
{
    return l.arrival <= s->latest[i];
}

bool slack_reaches(const struct slack *s, const struct demand *d, int32_t i, struct leaving l)
{
    sec_t arrival = l.at + block_of(s, l.airfield, d->destination), start = larger(arrival, d->delivery.from);
    sec_t need = larger(d->offload, s->inst->type[s->flight->type].ground[GROUND_OFFLOAD]);
    l = (struct leaving){d->destination, arrival, start + need};
    return start <= d->delivery.until && slack_go(s, i, &l) && slack_in_time(s, i, l);
}
