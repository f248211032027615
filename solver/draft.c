#include "solver/draft.h"

#include <string.h>

#include "solver/load.h"
#include "solver/opening.h"

void draft_copy(struct draft *to, const struct draft *from)
{
    to->flight = from->flight;
    to->flight.mission.stop = to->stop;
    to->flight.mission.ride = to->ride;
    memcpy(to->stop, from->stop, from->flight.mission.n_stops * sizeof *to->stop);
    memcpy(to->ride, from->ride, from->flight.mission.n_rides * sizeof *to->ride);
}

bool draft_from(struct draft *to, const struct flight *from)
{
    const struct mission *m = &from->mission;
    if (m->n_stops > DRAFT_STOPS || m->n_rides > DRAFT_RIDES)
        return false;
    to->flight = *from;
    to->flight.mission.stop = to->stop;
    to->flight.mission.ride = to->ride;
    memcpy(to->stop, m->stop, m->n_stops * sizeof *to->stop);
    if (m->n_rides)
        memcpy(to->ride, m->ride, m->n_rides * sizeof *to->ride);
    return true;
}

struct flight *flight_make(const struct draft *draft)
{
    return flight_copy(&draft->flight);
}

/* --- seats, payload, range --- */

static int32_t of_legs(int32_t leg, int32_t n)
{
    return leg < 0 ? 0 : leg < n ? leg : n;
}

/* Puts pax of a demand on legs [from, until). */
static void put_on(const struct demand *d, int64_t pax, struct leg_load *load, int32_t from, int32_t until)
{
    int64_t seats = pax + demand_escorts(d, pax);
    gram_t payload = demand_mass(d, pax);
    for (int32_t leg = from; leg < until; leg++) {
        load[leg].seats += seats;
        load[leg].payload += payload;
    }
}

void mission_loads(const struct instance *inst, const struct mission *m, int32_t first, int32_t n,
                   struct leg_load *load)
{
    for (int32_t i = 0; i < n; i++)
        load[i] = (struct leg_load){0, 0};
    for (size_t r = 0; r < m->n_rides; r++) {
        const struct ride *p = &m->ride[r];
        const struct demand *d = &inst->demand[p->demand];
        int32_t from = of_legs(p->from_stop - first, n), until = of_legs(p->to_stop - first, n);
        if (p->pax == d->pax) { /* nobody of it is on another ride */
            put_on(d, p->pax, load, from, until);
            continue;
        }
        for (int32_t i = from; i < until; i++) { /* rides of one demand share escorts */
            int64_t q = 0;
            bool counted = false;
            for (size_t k = 0; k < m->n_rides && !counted; k++)
                if (m->ride[k].demand == p->demand && m->ride[k].from_stop <= first + i &&
                    first + i < m->ride[k].to_stop) {
                    counted = k < r;
                    q += m->ride[k].pax;
                }
            if (!counted)
                put_on(d, q, load, i, i + 1);
        }
    }
}

/* What is flown since tanks were full. */
struct gauge {
    mnm_t nm;
    gram_t most;
};

/* Flies a mission; false where a stretch that ends, or all flown so far, is too long, or a leg too heavy. */
static bool gauge_fly(struct gauge *g, const struct instance *inst, int32_t type, const struct mission *m)
{
    const struct aircraft_type *y = &inst->type[type];
    int64_t most_seated = y->configuration[m->configuration].seats;
    gram_t most_payload = y->range[y->n_range - 1].payload;
    struct leg_load load[DRAFT_STOPS];
    for (int32_t s = 0; s + 1 < (int32_t)m->n_stops; s++) {
        const struct leg_load *l = &load[s % DRAFT_STOPS];
        if (l == load)
            mission_loads(inst, m, s, of_legs((int32_t)m->n_stops - 1 - s, DRAFT_STOPS), load);
        if (inst->airfield[m->stop[s].airfield].has_fuel)
            *g = (struct gauge){0, 0};
        if (l->seats > most_seated || l->payload > most_payload)
            return false;
        g->nm += instance_leg(inst, type, m->stop[s].airfield, m->stop[s + 1].airfield)->nm;
        g->most = l->payload > g->most ? l->payload : g->most;
        if (g->nm > y->range[y->n_range - 1].range && g->nm > range_with(y, g->most))
            return false;
    }
    return true;
}

bool draft_carries(const struct timeline *t, const struct draft *d, size_t k, const struct flight *old)
{
    const struct instance *inst = t->ground->inst;
    const struct mission *m = &d->flight.mission;
    int32_t type = inst->airframe[m->airframe].type;
    const struct line *c = &t->line[m->airframe];
    struct gauge g = {0, 0};
    if (!inst->airfield[m->stop[0].airfield].has_fuel)
        for (size_t i = 0; i < k; i++)
            gauge_fly(&g, inst, type, &c->flight[i]->mission);
    if (!gauge_fly(&g, inst, type, m))
        return false;
    size_t i = k + (old != NULL);
    bool dry = !inst->airfield[m->stop[m->n_stops - 1].airfield].has_fuel;
    for (; i < c->n && dry; i++) {
        if (!gauge_fly(&g, inst, type, &c->flight[i]->mission))
            return false;
        dry = !inst->airfield[c->flight[i]->to].has_fuel;
    }
    return true;
}

mnm_t draft_range_left(const struct timeline *t, const struct draft *d, size_t k, gram_t payload)
{
    const struct instance *inst = t->ground->inst;
    const struct mission *m = &d->flight.mission;
    int32_t type = inst->airframe[m->airframe].type;
    struct gauge g = {0, 0};
    for (size_t i = 0; i < k; i++)
        gauge_fly(&g, inst, type, &t->line[m->airframe].flight[i]->mission);
    gauge_fly(&g, inst, type, m);
    return range_with(&inst->type[type], payload > g.most ? payload : g.most) - g.nm;
}

bool line_holds(const struct timeline *t, int32_t airframe)
{
    const struct instance *inst = t->ground->inst;
    const struct line *c = &t->line[airframe];
    struct gauge g = {0, 0};
    sec_t limit = inst->airframe[airframe].flight_limit;
    if (limit >= 0 && c->block > limit)
        return false;
    for (size_t i = 0; i < c->n && !t->ground->all_fuel; i++)
        if (!gauge_fly(&g, inst, inst->airframe[airframe].type, &c->flight[i]->mission))
            return false;
    return true;
}

/* --- times --- */

struct fitting {
    const struct timeline *t;
    const struct slot *slot;
    struct mission *m;
    const struct aircraft_type *type;
    int32_t type_index;
    struct stop_task task[DRAFT_STOPS];
    sec_t floor[DRAFT_STOPS]; /* departures are not before */
    int32_t last;
    bool wait, capped; /* passengers may wait aboard for a cap to end; some could */
    bool crowded;
};

enum fit { FIT_ON, FIT_BACK, FIT_NEVER };

void mission_tasks(const struct instance *inst, int32_t type, const struct mission *m, struct stop_task *task)
{
    const sec_t *ground = inst->type[type].ground;
    int32_t last = (int32_t)m->n_stops - 1;
    sec_t own[DRAFT_STOPS];
    for (int32_t s = 0; s <= last; s++) {
        task[s] = (struct stop_task){SEC_EARLIEST, SEC_LATEST, 0, false, 0};
        own[s] = 0;
    }
    for (size_t r = 0; r < m->n_rides; r++) {
        const struct ride *p = &m->ride[r];
        const struct demand *d = &inst->demand[p->demand];
        struct stop_task *on = &task[p->from_stop], *off = &task[p->to_stop];
        bool again_on = false, again_off = false, whole = p->pax == d->pax; /* nobody of it is on another ride */
        for (size_t k = 0; k < r && !whole; k++) {
            again_on = again_on || (m->ride[k].demand == p->demand && m->ride[k].from_stop == p->from_stop);
            again_off = again_off || (m->ride[k].demand == p->demand && m->ride[k].to_stop == p->to_stop);
        }
        own[p->from_stop] += again_on ? 0 : d->onload;
        own[p->to_stop] += again_off ? 0 : d->offload;
        on->from = d->pickup.from > on->from ? d->pickup.from : on->from;
        on->until = d->pickup.until < on->until ? d->pickup.until : on->until;
        off->from = d->delivery.from > off->from ? d->delivery.from : off->from;
        off->until = d->delivery.until < off->until ? d->delivery.until : off->until;
        off->unloads += p->pax;
        on->handled = off->handled = true;
        if (ground[GROUND_ONLOAD] > on->need)
            on->need = ground[GROUND_ONLOAD];
        if (ground[GROUND_OFFLOAD] > off->need)
            off->need = ground[GROUND_OFFLOAD];
    }
    for (int32_t s = 0; s <= last; s++) {
        struct stop_task *k = &task[s];
        if (!k->handled && s > 0 && s < last)
            k->need = ground[GROUND_ENROUTE];
        k->need = own[s] > k->need ? own[s] : k->need;
    }
}

static sec_t next_departure(const struct instance *inst, int32_t airfield, sec_t at)
{
    sec_t step = inst->rules.step;
    for (;;) {
        at = at <= 0 ? 0 : (at + step - 1) / step * step;
        sec_t open = next_open(inst, airfield, at);
        if (open == at || open > inst->end)
            return open;
        at = open;
    }
}

/* Block-ins of a mission, up to stop `last`, that a cap counts. */
static int32_t own_arrivals(const struct ground *g, const struct mission *m, int32_t last, const struct cap_place *cap)
{
    int32_t n = 0;
    for (int32_t s = 1; s <= last; s++) {
        int32_t field = m->stop[s].airfield;
        for (int32_t i = g->first_cap[field]; i < g->first_cap[field + 1]; i++)
            n += g->cap[i].index == cap->index && cap_counts(cap->cap, m->stop[s].arrival);
    }
    return n;
}

static int32_t own_pax(const struct ground *g, const struct mission *m, int32_t last, const struct cap_place *cap)
{
    int32_t n = 0;
    for (int32_t s = 1; s <= last; s++) {
        int32_t field = m->stop[s].airfield;
        for (int32_t i = g->first_cap[field]; i < g->first_cap[field + 1]; i++)
            if (g->cap[i].index == cap->index && cap_counts(cap->cap, m->stop[s].handling_start))
                n += mission_unloads(m, (size_t)s);
    }
    return n;
}

static const struct mission *skipped(const struct fitting *f)
{
    return f->slot->skip ? &f->slot->skip->mission : NULL;
}

/* First instant from `at` on at which openings, clearances and caps allow the block-in at stop s. */
static sec_t next_arrival(const struct fitting *f, int32_t s, sec_t at)
{
    const struct ground *g = f->t->ground;
    const struct instance *inst = g->inst;
    int32_t field = f->m->stop[s].airfield;
    for (sec_t before = SEC_NONE; before != at && at <= inst->end;) {
        before = at;
        at = next_block_in(inst, field, at);
        for (int32_t i = g->first_cap[field]; i < g->first_cap[field + 1]; i++) {
            const struct cap_place *c = &g->cap[i];
            if (c->cap->arrivals < 0 || !cap_counts(c->cap, at))
                continue;
            int32_t used = f->t->arrivals[c->index] + own_arrivals(g, f->m, s - 1, c);
            if (skipped(f))
                used -= own_arrivals(g, skipped(f), (int32_t)skipped(f)->n_stops - 1, c);
            if (used >= c->cap->arrivals)
                at = c->cap->until;
        }
    }
    return at;
}

/* First instant from `at` on at which caps let in who unloads at stop s. */
static sec_t next_unloading(const struct fitting *f, int32_t s, sec_t at)
{
    const struct ground *g = f->t->ground;
    int32_t field = f->m->stop[s].airfield;
    for (sec_t before = SEC_NONE; before != at && at <= f->task[s].until && f->task[s].unloads > 0;) {
        before = at;
        for (int32_t i = g->first_cap[field]; i < g->first_cap[field + 1]; i++) {
            const struct cap_place *c = &g->cap[i];
            if (c->cap->pax < 0 || !cap_counts(c->cap, at))
                continue;
            int32_t used = f->t->pax[c->index] + own_pax(g, f->m, s - 1, c);
            if (skipped(f))
                used -= own_pax(g, skipped(f), (int32_t)skipped(f)->n_stops - 1, c);
            if (used + f->task[s].unloads > c->cap->pax)
                at = c->cap->until;
        }
    }
    return at;
}

int64_t timeline_room(const struct timeline *t, int32_t airfield, sec_t at, const struct flight *skip)
{
    const struct ground *g = t->ground;
    int64_t most = INT32_MAX;
    for (int32_t i = g->first_cap[airfield]; i < g->first_cap[airfield + 1]; i++) {
        const struct cap_place *c = &g->cap[i];
        if (c->cap->pax < 0 || !cap_counts(c->cap, at))
            continue;
        int64_t left = c->cap->pax - t->pax[c->index];
        if (skip)
            left += own_pax(g, &skip->mission, (int32_t)skip->mission.n_stops - 1, c);
        most = left < most ? left : most;
    }
    return most;
}

/* Where parking is full at some instant of [from, until): when the first leaves of those who stand there; otherwise
 * `from`. */
static sec_t next_parking(const struct fitting *f, int32_t airfield, sec_t from, sec_t until)
{
    const struct parking *p = &f->t->parking[airfield];
    int32_t mog = f->t->ground->inst->airfield[airfield].mog, units = f->type->mog_units;
    if (mog < 0 || from >= until)
        return from;
    if (units > mog)
        return SEC_LATEST;
    size_t first = parking_since(p, from);
    sec_t at = from;
    for (size_t i = first; at < until; i++) {
        int64_t sum = units;
        sec_t leaves = SEC_LATEST;
        for (size_t k = first; k < p->n && p->presence[k].from <= at; k++) {
            const struct presence *x = &p->presence[k];
            if (x->until <= at || x->of == f->slot->skip)
                continue;
            sum += x->units;
            leaves = x->until < leaves ? x->until : leaves;
        }
        if (sum > mog)
            return leaves;
        while (i < p->n && p->presence[i].from <= at)
            i++;
        if (i == p->n)
            break;
        at = p->presence[i].from;
    }
    return from;
}

static enum fit fit_first(struct fitting *f)
{
    const struct instance *inst = f->t->ground->inst;
    struct stop *s = &f->m->stop[0];
    const struct stop_task *k = &f->task[0];
    sec_t from = f->slot->ready > k->from ? f->slot->ready : k->from;
    sec_t dep = f->floor[0] > from + k->need ? f->floor[0] : from + k->need;
    s->departure = next_departure(inst, s->airfield, dep);
    if (s->departure > inst->end)
        return FIT_NEVER;
    s->arrival = SEC_NONE;
    s->handling_start = s->handling_end = s->departure;
    if (!k->handled)
        return FIT_ON;
    s->handling_start = s->departure - k->need < k->until ? s->departure - k->need : k->until;
    s->handling_end = s->handling_start + k->need;
    if (s->handling_start < from)
        return FIT_NEVER;
    sec_t free_at = next_parking(f, s->airfield, s->handling_start, s->departure);
    if (free_at == s->handling_start)
        return FIT_ON;
    f->floor[0] = free_at + k->need;
    return free_at < SEC_LATEST ? FIT_BACK : FIT_NEVER;
}

static enum fit fit_stop(struct fitting *f, int32_t i)
{
    const struct instance *inst = f->t->ground->inst;
    struct stop *s = &f->m->stop[i];
    const struct stop_task *k = &f->task[i];
    sec_t block = instance_leg(inst, f->type_index, s[-1].airfield, s->airfield)->block;
    s->arrival = s[-1].departure + block;
    sec_t arrival = next_arrival(f, i, s->arrival);
    if (arrival > inst->end || s->arrival > k->until)
        return FIT_NEVER;
    f->floor[i - 1] = arrival - block;
    if (arrival > s->arrival)
        return FIT_BACK;
    s->handling_start = s->arrival > k->from ? s->arrival : k->from;
    sec_t unloading = next_unloading(f, i, s->handling_start);
    f->crowded = f->crowded || unloading > s->handling_start;
    if (unloading > k->until)
        return FIT_NEVER;
    if (unloading > s->handling_start && !f->wait) { /* come later, rather than wait aboard */
        f->capped = true;
        f->floor[i - 1] = unloading - block;
        return FIT_BACK;
    }
    s->handling_start = unloading > s->handling_start ? unloading : s->handling_start;
    s->handling_end = s->handling_start + k->need;
    sec_t leaves = s->handling_end;
    s->departure = SEC_NONE;
    if (i < f->last) {
        leaves = f->floor[i] > leaves ? f->floor[i] : leaves;
        s->departure = leaves = next_departure(inst, s->airfield, leaves);
        if (leaves > inst->end)
            return FIT_NEVER;
    } else {
        sec_t on_ground = s->handling_end - s->arrival;
        sec_t ready = s->arrival + (on_ground > f->type->turn ? on_ground : f->type->turn);
        if (ready > f->slot->due || s->handling_end > inst->airframe[f->m->airframe].until)
            return FIT_NEVER;
    }
    sec_t free_at = next_parking(f, s->airfield, s->arrival, leaves);
    if (free_at == s->arrival)
        return FIT_ON;
    f->floor[i - 1] = free_at - block;
    return free_at < SEC_LATEST ? FIT_BACK : FIT_NEVER;
}

/* Time aboard and the duty period: the stop from which on times have to be later; -1: all is well. */
static int32_t too_early(struct fitting *f)
{
    const struct instance *inst = f->t->ground->inst;
    struct mission *m = f->m;
    for (size_t r = 0; r < m->n_rides; r++) {
        sec_t limit = inst->demand[m->ride[r].demand].aboard_limit;
        struct stop *on = &m->stop[m->ride[r].from_stop];
        sec_t unloads = m->stop[m->ride[r].to_stop].handling_start;
        if (limit < 0 || unloads - on->handling_end <= limit)
            continue;
        if (unloads - on->departure > limit) {
            f->floor[m->ride[r].from_stop] = unloads - limit;
            return m->ride[r].from_stop;
        }
    }
    sec_t fdp = m->stop[f->last].arrival - (m->stop[0].departure - inst->rules.show);
    if (fdp <= f->slot->fdp)
        return -1;
    f->floor[0] = m->stop[0].departure + fdp - f->slot->fdp;
    return 0;
}

/* Handling that has to last until departure, so that nobody is aboard too long. */
static void stretch_handling(struct mission *m, const struct instance *inst)
{
    for (size_t r = 0; r < m->n_rides; r++) {
        sec_t limit = inst->demand[m->ride[r].demand].aboard_limit;
        struct stop *on = &m->stop[m->ride[r].from_stop];
        if (limit >= 0 && m->stop[m->ride[r].to_stop].handling_start - on->handling_end > limit)
            on->handling_end = on->departure;
    }
}

static sec_t shortest_fdp(const struct fitting *f)
{
    const struct instance *inst = f->t->ground->inst;
    sec_t sum = inst->rules.show;
    for (int32_t s = 1; s <= f->last; s++) {
        sec_t block = instance_leg(inst, f->type_index, f->m->stop[s - 1].airfield, f->m->stop[s].airfield)->block;
        if (block < 0)
            return SEC_LATEST;
        sum += block + (s < f->last ? f->task[s].need : 0);
    }
    return sum;
}

sec_t draft_least_fdp(const struct timeline *t, const struct draft *d)
{
    const struct instance *inst = t->ground->inst;
    const struct mission *m = &d->flight.mission;
    const sec_t *ground = inst->type[d->flight.type].ground;
    sec_t sum = inst->rules.show, need[DRAFT_STOPS];
    for (size_t s = 0; s < m->n_stops; s++)
        need[s] = 0;
    for (size_t r = 0; r < m->n_rides; r++) {
        const struct ride *p = &m->ride[r];
        if (ground[GROUND_ONLOAD] > need[p->from_stop])
            need[p->from_stop] = ground[GROUND_ONLOAD];
        if (ground[GROUND_OFFLOAD] > need[p->to_stop])
            need[p->to_stop] = ground[GROUND_OFFLOAD];
    }
    for (size_t s = 1; s < m->n_stops; s++) {
        sec_t block = instance_leg(inst, d->flight.type, m->stop[s - 1].airfield, m->stop[s].airfield)->block;
        sum += block > 0 ? block : SEC_LATEST / DRAFT_STOPS;
        sum += s + 1 < m->n_stops ? need[s] : 0;
    }
    return sum;
}

static bool fit_all(struct fitting *f)
{
    const struct instance *inst = f->t->ground->inst;
    for (int32_t s = 0; s <= f->last; s++)
        f->floor[s] = SEC_EARLIEST;
    f->floor[0] = f->slot->show > SEC_EARLIEST ? f->slot->show + inst->rules.show : 0;
    int32_t patience = 60 + 8 * f->last;
    for (int32_t s = 0; s <= f->last;) {
        enum fit how = s ? fit_stop(f, s) : fit_first(f);
        if (how == FIT_NEVER || patience-- <= 0)
            return false;
        if (how == FIT_BACK)
            s = s ? s - 1 : 0;
        else
            s++;
        if (s > f->last) {
            int32_t again = too_early(f);
            s = again < 0 ? s : again;
        }
    }
    return true;
}

bool draft_fit(const struct timeline *t, struct draft *d, const struct slot *slot)
{
    const struct instance *inst = t->ground->inst;
    struct fitting f; /* not zeroed: most of it is not used, and this is the innermost call */
    f.t = t;
    f.slot = slot;
    f.m = &d->flight.mission;
    f.type_index = inst->airframe[f.m->airframe].type;
    f.type = &inst->type[f.type_index];
    f.last = (int32_t)f.m->n_stops - 1;
    mission_tasks(inst, f.type_index, f.m, f.task);
    f.wait = f.capped = f.crowded = d->crowded = false;
    if (shortest_fdp(&f) > slot->fdp)
        return false;
    bool fits = fit_all(&f);
    f.wait = !fits && f.capped;
    fits = fits || (f.wait && fit_all(&f));
    d->crowded = f.crowded;
    if (!fits)
        return false;
    stretch_handling(f.m, inst);
    flight_count(&d->flight, inst);
    return d->flight.show >= slot->show;
}
