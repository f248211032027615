#include "solver/insert.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/change.h"
#include "solver/column.h"
#include "solver/load.h"
#include "solver/mix.h"
#include "solver/slack.h"
#include "solver/work.h"

enum { LOOK_EVERY = 64 };

/* --- chance: splitmix64 --- */

uint64_t chance_bits(struct builder *s)
{
    s->random += 0x9e3779b97f4a7c15u;
    return mix(s->random);
}

double chance_unit(struct builder *s)
{
    return (double)(chance_bits(s) >> 11) / 9007199254740992.0;
}

size_t chance_below(struct builder *s, size_t n)
{
    return (size_t)(chance_bits(s) % n);
}

bool search_stopped_after(struct builder *s, int64_t looks)
{
    int64_t before = s->looks / LOOK_EVERY;
    if (s->stopped)
        return true;
    s->looks += looks;
    int64_t times = s->looks / LOOK_EVERY - before;
    if (times > 0) {
        if (s->task->work)
            *s->task->work += times * LOOK_EVERY * WORK_DRAFT;
        s->stopped = s->task->stop && s->task->stop(s->task->context);
    }
    return s->stopped || s->failed;
}

bool search_stopped(struct builder *s)
{
    return search_stopped_after(s, 1);
}

/* --- ways --- */

/* Heaviest load that is likely: all seats taken by the heaviest demand. */
static gram_t heavy_load(const struct builder *s, int32_t type)
{
    const struct aircraft_type *y = &s->inst->type[type];
    gram_t most = 0, limit = y->range[y->n_range - 1].payload;
    for (size_t d = 0; d < s->inst->n_demands; d++) {
        const struct demand *demand = &s->inst->demand[d];
        int64_t q = demand->pax < s->ground.seats[type] ? demand->pax : s->ground.seats[type];
        gram_t mass = demand_mass(demand, q) / q * s->ground.seats[type];
        most = mass > most ? mass : most;
    }
    return most < limit ? most : limit;
}

/* Shortest ways over airfields with fuel (Floyd and Warshall) for one type and payload. */
static void find_ways(const struct builder *s, int32_t type, gram_t payload, int32_t *hop, sec_t *way)
{
    const struct instance *inst = s->inst;
    const struct aircraft_type *y = &inst->type[type];
    size_t n = inst->n_airfields;
    mnm_t range = range_with(y, payload);
    for (size_t i = 0; i < n * n; i++) {
        const struct leg *leg = instance_leg(inst, type, (int32_t)(i / n), (int32_t)(i % n));
        bool flyable = leg->block > 0 && leg->nm <= range && inst->airfield[i % n].runway_ft >= y->runway_ft;
        hop[i] = flyable ? (int32_t)(i % n) : -1;
        way[i] = flyable ? leg->block + y->ground[GROUND_ENROUTE] : SEC_LATEST;
    }
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < n && inst->airfield[k].has_fuel; i++)
            for (size_t j = 0; j < n; j++)
                if (i != j && way[i * n + k] + way[k * n + j] < way[i * n + j]) {
                    way[i * n + j] = way[i * n + k] + way[k * n + j];
                    hop[i * n + j] = hop[i * n + k];
                }
}

bool make_ways(struct builder *s)
{
    size_t n = s->inst->n_airfields, all = s->inst->n_types * n * n;
    if (n > MOST_TABLE_FIELDS)
        return true;
    sec_t *way = calloc(n * n + 1, sizeof *way);
    s->hop[0] = calloc(all + 1, sizeof *s->hop[0]);
    s->hop[1] = calloc(all + 1, sizeof *s->hop[1]);
    if (way && s->hop[0] && s->hop[1])
        for (int32_t y = 0; y < (int32_t)s->inst->n_types; y++) {
            find_ways(s, y, 0, &s->hop[0][(size_t)y * n * n], way);
            find_ways(s, y, heavy_load(s, y), &s->hop[1][(size_t)y * n * n], way);
        }
    free(way);
    return way && s->hop[0] && s->hop[1];
}

bool runway_holds(const struct builder *s, int32_t type, int32_t airfield)
{
    return s->inst->airfield[airfield].runway_ft >= s->inst->type[type].runway_ft;
}

/* Next stop on the way, without a table the place itself; -1: no way. */
static int32_t hop_to(const struct builder *s, int loaded, int32_t type, int32_t from, int32_t to)
{
    size_t n = s->inst->n_airfields;
    if (!s->hop[loaded])
        return runway_holds(s, type, to) && instance_leg(s->inst, type, from, to)->block > 0 ? to : -1;
    return s->hop[loaded][((size_t)type * n + (size_t)from) * n + (size_t)to];
}

/* --- making drafts --- */

void draft_begin(struct draft *d, const struct builder *s, int32_t airframe, int32_t at)
{
    d->flight =
        (struct flight){.mission = {.airframe = airframe,
                                    .crew = -1,
                                    .configuration = most_seats(&s->inst->type[s->inst->airframe[airframe].type]),
                                    .stop = d->stop,
                                    .n_stops = 1,
                                    .ride = d->ride},
                        .type = s->inst->airframe[airframe].type};
    d->stop[0] = (struct stop){.airfield = at};
}

bool draft_go(struct draft *d, const struct builder *s, int32_t to, int loaded)
{
    struct mission *m = &d->flight.mission;
    for (int32_t at = m->stop[m->n_stops - 1].airfield; at != to;) {
        at = hop_to(s, loaded, d->flight.type, at, to);
        if (at < 0 || m->n_stops == DRAFT_STOPS)
            return false;
        m->stop[m->n_stops++] = (struct stop){.airfield = at};
    }
    return true;
}

bool draft_start_at(struct draft *d, int32_t place)
{
    struct mission *m = &d->flight.mission;
    if (m->stop[0].airfield == place)
        return true;
    bool loads = mission_loads_first(m);
    if (!loads && m->stop[1].airfield != place) {
        m->stop[0].airfield = place;
        return true;
    }
    if (!loads || m->n_stops == DRAFT_STOPS)
        return false;
    memmove(&m->stop[1], &m->stop[0], m->n_stops * sizeof *m->stop);
    m->stop[0].airfield = place;
    m->n_stops++;
    for (size_t r = 0; r < m->n_rides; r++) {
        m->ride[r].from_stop++;
        m->ride[r].to_stop++;
    }
    return true;
}

bool begins_beyond(const struct mission *m, int32_t place)
{
    return m->stop[0].airfield != place && m->stop[1].airfield == place && !mission_loads_first(m);
}

bool draft_behind(struct draft *d, const struct builder *s, int32_t airframe, const struct mission *m)
{
    int32_t place = line_place(&s->work, airframe, s->work.line[airframe].n), skip = begins_beyond(m, place);
    size_t n = m->n_stops - (size_t)skip;
    if (n < 2 || m->n_stops + 1 > DRAFT_STOPS || m->n_rides > DRAFT_RIDES)
        return false;
    draft_begin(d, s, airframe, m->stop[skip].airfield);
    for (size_t i = 1; i < n; i++)
        d->stop[i] = (struct stop){.airfield = m->stop[i + (size_t)skip].airfield};
    d->flight.mission.n_stops = n;
    d->flight.mission.n_rides = m->n_rides;
    for (size_t r = 0; r < m->n_rides; r++) {
        d->ride[r] = m->ride[r];
        d->ride[r].from_stop -= skip;
        d->ride[r].to_stop -= skip;
    }
    return draft_start_at(d, place);
}

static cent_t leg_cost(const struct builder *s, int32_t type, int32_t from, int32_t to)
{
    const struct leg *leg = instance_leg(s->inst, type, from, to);
    return leg->cost + leg->fee;
}

static cent_t legs_cost(const struct builder *s, const struct flight *f)
{
    const struct mission *m = &f->mission;
    cent_t sum = s->inst->type[f->type].cost_per_mission;
    for (size_t i = 1; i < m->n_stops; i++)
        sum += leg_cost(s, f->type, m->stop[i - 1].airfield, m->stop[i].airfield);
    return sum;
}

static bool kept_apart(const struct instance *inst, const struct mission *m, const struct ride *ride)
{
    for (size_t r = 0; r < m->n_rides; r++) {
        const struct ride *p = &m->ride[r];
        if (p->from_stop < ride->to_stop && ride->from_stop < p->to_stop &&
            demands_apart(inst, p->demand, ride->demand))
            return true;
    }
    return false;
}

static int32_t least_lot(const struct builder *s, const struct mission *m, int32_t demand)
{
    const struct demand *d = &s->inst->demand[demand];
    int32_t have = mission_moves(m, demand);
    return d->together ? d->pax : d->smallest_lot > have ? d->smallest_lot - have : 1;
}

/* Passengers of the ride that find seats beside their escorts. */
static int64_t seats_left(const struct builder *s, const struct mission *m, const struct ride *ride)
{
    int32_t type = s->inst->airframe[m->airframe].type;
    int64_t seats = s->inst->type[type].configuration[m->configuration].seats, most = seats;
    int64_t per = s->inst->demand[ride->demand].escort_per;
    struct leg_load load[DRAFT_STOPS];
    int32_t legs = ride->to_stop - ride->from_stop;
    mission_loads(s->inst, m, ride->from_stop, legs, load);
    for (int32_t i = 0; i < legs; i++)
        most = seats - load[i].seats < most ? seats - load[i].seats : most;
    return per > 0 && most > 0 ? most - (most + per) / (per + 1) : most;
}

int32_t board(struct builder *s, struct draft *d, struct ride ride, int32_t most, size_t place,
              const struct flight *old)
{
    struct mission *m = &d->flight.mission;
    size_t r = 0;
    int32_t least = least_lot(s, m, ride.demand), low = least - 1, high = most;
    if (kept_apart(s->inst, m, &ride) || most < least)
        return 0;
    while (r < m->n_rides && (m->ride[r].demand != ride.demand || m->ride[r].from_stop != ride.from_stop ||
                              m->ride[r].to_stop != ride.to_stop))
        r++;
    if (r == DRAFT_RIDES || (r < m->n_rides && s->inst->demand[ride.demand].together))
        return 0;
    /* where some of the demand are aboard, escorts may be shared: a loose bound then */
    int64_t seats = mission_moves(m, ride.demand) ? s->ground.seats[d->flight.type] : seats_left(s, m, &ride);
    high = high < seats ? high : (int32_t)seats;
    if (high < least)
        return 0;
    int32_t before = r < m->n_rides ? m->ride[r].pax : 0;
    if (r == m->n_rides)
        m->ride[m->n_rides++] = ride;
    for (int32_t q = high; low < high; q = low + (high - low + 1) / 2) {
        m->ride[r].pax = before + q;
        if (draft_carries(&s->work, d, place, old))
            low = q;
        else
            high = q - 1;
    }
    if (low < least) {
        m->ride[r].pax = before;
        m->n_rides -= before == 0;
        return 0;
    }
    int32_t rest = s->work.left[ride.demand] - low, lot = s->inst->demand[ride.demand].smallest_lot;
    if (rest > 0 && rest < lot && low - (lot - rest) >= least)
        low -= lot - rest; /* what stays has to be a lot, too */
    m->ride[r].pax = before + low;
    return low;
}

bool clamp_rides(const struct builder *s, struct mission *m)
{
    size_t n = 0;
    for (size_t r = 0; r < m->n_rides; r++) {
        const struct demand *d = &s->inst->demand[m->ride[r].demand];
        struct ride ride = m->ride[r];
        int32_t left = s->work.left[ride.demand], lot = d->together ? d->pax : d->smallest_lot;
        for (size_t k = 0; k < n; k++)
            left -= m->ride[k].demand == ride.demand ? m->ride[k].pax : 0;
        ride.pax = ride.pax < left ? ride.pax : left;
        if (ride.pax >= lot)
            m->ride[n++] = ride;
    }
    bool any = n > 0 || m->n_rides == 0;
    m->n_rides = n;
    return any;
}

/* --- judging changes --- */

/* The legs alone, without delay, may be too dear for `pax`, of whom nobody is aboard yet. */
static bool too_dear(const struct builder *s, cent_t legs, const struct aim *aim)
{
    return legs > 0 && ((double)legs / aim->pax * aim->wobble >= s->found->score || !change_pays(s, legs, aim));
}

static cent_t more_legs(const struct builder *s, const struct change *c)
{
    cent_t more = c->old ? -legs_cost(s, c->old) : 0;
    for (int i = 0; i < c->n; i++)
        more += legs_cost(s, &c->part[i].flight);
    return more;
}

/* Judges the trial, which moves `pax` more of a demand than before on the part. True: it might be better with fewer. */
static bool judge(struct builder *s, int32_t demand, int32_t pax, double hope, int part)
{
    struct change *c = s->trial;
    if (search_stopped(s) || (s->blink > 0 && chance_unit(s) < s->blink))
        return false;
    struct aim aim = {demand, pax, hope, 1 + s->noise * (chance_unit(s) - 0.5)};
    if (too_dear(s, more_legs(s, c), &aim))
        return false;
    c->part[part].crowded = false;
    bool fits = change_fit_for(s, c, &aim), crowded = c->part[part].crowded;
    if (fits)
        change_keep(s, c->score);
    return crowded;
}

/* --- into flights that are there --- */

/* Where a ride goes: at stop `at`, or at a new stop after it. */
struct spot {
    int32_t at;
    bool new_stop;
};

/* Copies a flight with new stops; false where it cannot be flown. */
static bool rebuild(struct builder *s, struct draft *d, const struct flight *f, struct spot on, struct spot off,
                    const struct demand *demand, struct ride *ride)
{
    const struct mission *m = &f->mission;
    int32_t moved[DRAFT_STOPS + 1], n = 0;
    if (m->n_stops + 2 > DRAFT_STOPS || m->n_rides + 1 > DRAFT_RIDES)
        return false;
    draft_begin(d, s, m->airframe, m->stop[0].airfield);
    for (int32_t i = 0; i < (int32_t)m->n_stops; i++) {
        moved[i] = n;
        d->stop[n++] = (struct stop){.airfield = m->stop[i].airfield};
        if (on.at == i) {
            ride->from_stop = on.new_stop ? n : moved[i];
            if (on.new_stop)
                d->stop[n++] = (struct stop){.airfield = demand->origin};
        }
        if (off.at == i) {
            ride->to_stop = off.new_stop ? n : moved[i];
            if (off.new_stop)
                d->stop[n++] = (struct stop){.airfield = demand->destination};
        }
    }
    for (int32_t i = 1; i < n; i++)
        if (d->stop[i].airfield == d->stop[i - 1].airfield)
            return false;
    d->flight.mission.n_stops = (size_t)n;
    d->flight.mission.n_rides = m->n_rides;
    d->flight.mission.configuration = m->configuration;
    for (size_t r = 0; r < m->n_rides; r++) {
        d->ride[r] = m->ride[r];
        d->ride[r].from_stop = moved[m->ride[r].from_stop];
        d->ride[r].to_stop = moved[m->ride[r].to_stop];
    }
    return true;
}

static int32_t unloads(const struct mission *m, int32_t stop)
{
    int32_t q = 0;
    for (size_t r = 0; r < m->n_rides; r++)
        q += m->ride[r].to_stop == stop ? m->ride[r].pax : 0;
    return q;
}

static int32_t ride_of(const struct mission *m, const struct ride *ride)
{
    for (size_t r = 0; r < m->n_rides; r++)
        if (m->ride[r].demand == ride->demand && m->ride[r].from_stop == ride->from_stop &&
            m->ride[r].to_stop == ride->to_stop)
            return (int32_t)r;
    return -1;
}

/* The trial again, where it was kept. */
static void restore_trial(struct builder *s)
{
    struct change *c = s->trial;
    const struct change *kept = s->found;
    if (c->n > 0)
        return;
    c->airframe = kept->airframe;
    c->place = kept->place;
    c->old = kept->old;
    c->n = kept->n;
    for (int i = 0; i < c->n; i++)
        draft_copy(&c->part[i], &kept->part[i]);
}

/* Judges the trial with pax of the ride, and with as many as the caps let in at the earliest. */
static void judge_lots(struct builder *s, int part, struct ride ride, int32_t pax, double hope)
{
    const struct demand *d = &s->inst->demand[ride.demand];
    if (!judge(s, ride.demand, pax, hope, part) || d->together || s->stopped)
        return;
    restore_trial(s);
    struct change *c = s->trial;
    struct mission *m = &c->part[part].flight.mission;
    int32_t r = ride_of(m, &ride);
    int32_t others = mission_moves(m, ride.demand) - pax,
            least = d->smallest_lot > others ? d->smallest_lot - others : 1;
    int32_t before = m->ride[r].pax - pax;
    m->ride[r].pax = before + least;
    struct aim aim = {ride.demand, pax, hope, 1 - s->noise / 2}; /* with more aboard it does not get cheaper */
    if (pax <= least || !change_fit_for(s, c, &aim))
        return;
    int64_t room = timeline_room(&s->work, d->destination, m->stop[ride.to_stop].handling_start, c->old);
    room -= unloads(m, ride.to_stop) - least;
    if (room < least || room >= pax)
        return;
    m->ride[ride_of(m, &ride)].pax = before + (int32_t)room; /* timing may have changed their order */
    judge(s, ride.demand, (int32_t)room, hope, part);
}

/* Boards what fits of a ride on a part of the trial, and judges. False: nobody fits. */
static bool board_and_judge(struct builder *s, int part, struct ride ride, double hope)
{
    struct change *c = s->trial;
    int32_t pax = board(s, &c->part[part], ride, s->work.left[ride.demand], c->place, c->old);
    if (pax > 0)
        judge_lots(s, part, ride, pax, hope);
    return pax > 0;
}

/* The parts of the trial are not longer than the gap that they go into, nor than duty allows, whoever boards. */
static bool short_enough(const struct builder *s, const struct change *c)
{
    const struct line *line = &s->work.line[c->airframe];
    const struct aircraft_type *y = &s->inst->type[s->inst->airframe[c->airframe].type];
    size_t after = c->place + (c->old != NULL);
    sec_t most = s->ground.longest_fdp[s->inst->airframe[c->airframe].type], sum = 0;
    for (int i = 0; i < c->n; i++) {
        sec_t fdp = draft_least_fdp(&s->work, &c->part[i]);
        if (fdp > most)
            return false;
        sum += fdp - s->inst->rules.show + y->turn;
    }
    return after == line->n || sum <= line->flight[after]->begin - line_ready(&s->work, c->airframe, c->place);
}

/* The legs are too dear for as many of a demand as there are seats for, whoever boards. */
static bool legs_too_dear(const struct builder *s, cent_t legs, int32_t type, int32_t demand, double hope)
{
    int32_t left = s->work.left[demand], seats = s->ground.seats[type];
    struct aim aim = {demand, left < seats ? left : seats, hope, 1 - s->noise / 2};
    return too_dear(s, legs, &aim);
}

/* Neither too long nor too dear, whoever boards. */
static bool worth_a_look(const struct builder *s, const struct change *c, int32_t demand, double hope)
{
    return !legs_too_dear(s, more_legs(s, c), c->part[0].flight.type, demand, hope) && short_enough(s, c);
}

cent_t via_cost(const struct builder *s, int32_t type, int32_t from, int32_t by, int32_t to)
{
    return leg_cost(s, type, from, by) + leg_cost(s, type, by, to) - leg_cost(s, type, from, to);
}

/* What new stops for a ride cost. */
static cent_t spots_cost(const struct builder *s, const struct flight *f, const struct demand *d, struct spot on,
                         struct spot off)
{
    const struct stop *stop = f->mission.stop;
    cent_t sum = on.new_stop ? via_cost(s, f->type, stop[on.at].airfield, d->origin, stop[on.at + 1].airfield) : 0;
    if (off.new_stop)
        sum += via_cost(s, f->type, on.new_stop && on.at == off.at ? d->origin : stop[off.at].airfield, d->destination,
                        stop[off.at + 1].airfield);
    return sum;
}

static bool try_ride(struct builder *s, int32_t demand, int32_t airframe, size_t k, struct spot on, struct spot off)
{
    struct change *c = s->trial;
    struct ride ride = {.demand = demand};
    const struct flight *f = s->work.line[airframe].flight[k];
    if (legs_too_dear(s, spots_cost(s, f, &s->inst->demand[demand], on, off), f->type, demand, 1))
        return false;
    c->airframe = airframe;
    c->place = k;
    c->old = f;
    c->n = 1;
    return rebuild(s, &c->part[0], f, on, off, &s->inst->demand[demand], &ride) && short_enough(s, c) &&
           board_and_judge(s, 0, ride, 1);
}

/* One or both ends of the ride at new stops. */
static void try_detours(struct builder *s, int32_t demand, int32_t airframe, size_t k, const bool *full)
{
    const struct mission *m = &s->work.line[airframe].flight[k]->mission;
    const struct demand *d = &s->inst->demand[demand];
    int32_t last = (int32_t)m->n_stops - 1;
    struct slack slack;
    slack_of(&s->work, airframe, k, &slack);
    for (int32_t i = 0; i < last; i++) {
        struct spot on = {i, m->stop[i].airfield != d->origin};
        struct leaving l;
        if ((on.new_stop && m->stop[i + 1].airfield == d->origin) || !slack_board(&slack, d, i, on.new_stop, &l))
            continue;
        for (int32_t j = i; j <= last && !search_stopped(s) && (j == i || !full[j - 1]); j++) {
            bool there = j > i && m->stop[j].airfield == d->destination;
            if (j > i && !slack_go(&slack, j, &l))
                break;
            if (there && slack_in_time(&slack, j, l))
                try_ride(s, demand, airframe, k, on, (struct spot){j, false});
            else if (!there && j < last && !full[j] && m->stop[j + 1].airfield != d->destination &&
                     slack_reaches(&slack, d, j + 1, l))
                try_ride(s, demand, airframe, k, on, (struct spot){j, true});
        }
    }
}

/* Airfields where the airframe may be left after `at`, best first; returns how many. */
int list_ends(const struct builder *s, int32_t airframe, size_t k, int32_t at, int32_t end[MOST_ENDS])
{
    const struct airframe *a = &s->inst->airframe[airframe];
    const struct line *line = &s->work.line[airframe];
    int n = 0;
    if (k < line->n) {
        end[0] = line->flight[k]->from;
        return 1;
    }
    if (a->end_anywhere) {
        end[n++] = at;
        if (a->at != at)
            end[n++] = a->at;
        return n;
    }
    for (size_t i = 0; i < a->n_end_at; i++) {
        sec_t block = instance_leg(s->inst, a->type, at, a->end_at[i])->block;
        int p = n < MOST_ENDS ? n++ : MOST_ENDS - 1;
        if (p == MOST_ENDS - 1 && n == MOST_ENDS && i >= MOST_ENDS &&
            instance_leg(s->inst, a->type, at, end[p])->block <= block)
            continue;
        for (; p > 0 && instance_leg(s->inst, a->type, at, end[p - 1])->block > block; p--)
            end[p] = end[p - 1];
        end[p] = a->end_at[i];
    }
    return n;
}

/* Another turn behind the last stop of a flight: there and back in the same duty. */
static void try_append(struct builder *s, int32_t demand, int32_t airframe, size_t k)
{
    const struct flight *f = s->work.line[airframe].flight[k];
    const struct demand *d = &s->inst->demand[demand];
    int32_t end[MOST_ENDS];
    int n = list_ends(s, airframe, k + 1, d->destination, end);
    for (int e = 0; e < n && !s->stopped; e++) {
        struct change *c = s->trial;
        struct draft *draft = &c->part[0];
        struct mission *m = &draft->flight.mission;
        if (!draft_from(draft, f))
            return;
        c->airframe = airframe;
        c->place = k;
        c->old = f;
        c->n = 1;
        if (!draft_go(draft, s, d->origin, 0))
            continue;
        struct ride ride = {.demand = demand, .from_stop = (int32_t)m->n_stops - 1};
        if (!draft_go(draft, s, d->destination, 0))
            continue;
        ride.to_stop = (int32_t)m->n_stops - 1;
        if (draft_go(draft, s, end[e], 0) && worth_a_look(s, c, demand, 1))
            board_and_judge(s, 0, ride, 1);
    }
}

static void try_flight(struct builder *s, int32_t demand, int32_t airframe, size_t k)
{
    const struct flight *f = s->work.line[airframe].flight[k];
    const struct demand *d = &s->inst->demand[demand];
    const struct mission *m = &f->mission;
    if (f->fixed || !runway_holds(s, f->type, d->origin) || !runway_holds(s, f->type, d->destination) ||
        f->begin > d->pickup.until || m->stop[m->n_stops - 1].arrival < d->pickup.from)
        return;
    bool boarded = false, full[DRAFT_STOPS];
    struct leg_load load[DRAFT_STOPS];
    if (m->n_stops > DRAFT_STOPS)
        return;
    mission_loads(s->inst, m, 0, (int32_t)m->n_stops - 1, load);
    for (int32_t i = 0; i + 1 < (int32_t)m->n_stops; i++)
        full[i] = load[i].seats >= s->inst->type[f->type].configuration[m->configuration].seats;
    for (int32_t i = 0; i + 1 < (int32_t)m->n_stops; i++)
        for (int32_t j = i + 1; j < (int32_t)m->n_stops && m->stop[i].airfield == d->origin && !full[j - 1]; j++)
            if (m->stop[j].airfield == d->destination)
                boarded = try_ride(s, demand, airframe, k, (struct spot){i, false}, (struct spot){j, false}) || boarded;
    if (boarded || s->found->score <= 0)
        return;
    if (chance_unit(s) < s->detour) {
        try_detours(s, demand, airframe, k, full);
        try_append(s, demand, airframe, k);
    }
}

/* --- into gaps --- */

enum { REST_AT_ORIGIN = 1, REST_AT_DESTINATION = 2, MOST_RESTS = 4 };

/* The trial becomes a new flight by way of origin and destination to `end`, with rests between; returns the part that
 * the ride is on, -1: cannot be. */
static int lay_out(struct builder *s, int32_t demand, int32_t airframe, size_t k, int32_t end, int rests, int loaded,
                   struct ride *ride)
{
    const struct demand *d = &s->inst->demand[demand];
    int32_t from = line_place(&s->work, airframe, k);
    if (((rests & REST_AT_ORIGIN) && from == d->origin) || ((rests & REST_AT_DESTINATION) && end == d->destination))
        return -1;
    struct change *c = change_new(s, airframe, k);
    draft_begin(&c->part[0], s, airframe, from);
    if (!draft_go(&c->part[0], s, d->origin, 0))
        return -1;
    if (rests & REST_AT_ORIGIN)
        draft_begin(&c->part[c->n++], s, airframe, d->origin);
    int part = c->n - 1;
    *ride = (struct ride){.demand = demand, .from_stop = (int32_t)c->part[part].flight.mission.n_stops - 1};
    if (!draft_go(&c->part[part], s, d->destination, loaded))
        return -1;
    ride->to_stop = (int32_t)c->part[part].flight.mission.n_stops - 1;
    if (rests & REST_AT_DESTINATION)
        draft_begin(&c->part[c->n++], s, airframe, d->destination);
    return draft_go(&c->part[c->n - 1], s, end, 0) ? part : -1;
}

static void try_route(struct builder *s, int32_t demand, int32_t airframe, size_t k, int32_t end, int loaded)
{
    int32_t type = s->inst->airframe[airframe].type;
    const struct demand *d = &s->inst->demand[demand];
    for (int rests = 0; rests < MOST_RESTS && !s->stopped; rests++) {
        struct ride ride;
        int part = lay_out(s, demand, airframe, k, end, rests, loaded, &ride);
        if (part < 0)
            continue;
        double hope = chance_unit(s) < s->hope ? (double)s->ground.seats[type] /
                                                     (d->pax < s->work.left[demand] ? d->pax : s->work.left[demand])
                                               : 1;
        hope = hope > 1 ? hope : 1;
        if (!worth_a_look(s, s->trial, demand, hope))
            continue;
        board_and_judge(s, part, ride, hope);
        if (rests == 0 && chance_unit(s) < 0.9)
            return; /* without rest will do */
    }
}

static void try_gap(struct builder *s, int32_t demand, int32_t airframe, size_t k)
{
    const struct demand *d = &s->inst->demand[demand];
    const struct line *line = &s->work.line[airframe];
    int32_t type = s->inst->airframe[airframe].type;
    sec_t ready = line_ready(&s->work, airframe, k);
    sec_t block = instance_leg(s->inst, type, d->origin, d->destination)->block;
    if (ready > d->pickup.until || block < 0 || !runway_holds(s, type, d->origin) ||
        !runway_holds(s, type, d->destination))
        return;
    if (k < line->n) {
        const struct aircraft_type *y = &s->inst->type[type];
        sec_t need = block + y->ground[GROUND_ONLOAD];
        need += block_between(s->inst, type, d->destination, line->flight[k]->from);
        sec_t go = block_between(s->inst, type, line_place(&s->work, airframe, k), d->origin);
        sec_t from = ready + go > d->pickup.from ? ready + go : d->pickup.from;
        if (line->flight[k]->begin - from < need)
            return;
    }
    int32_t end[MOST_ENDS];
    int n = list_ends(s, airframe, k, d->destination, end);
    for (int e = 0; e < n; e++)
        for (int loaded = 0; loaded < 2; loaded++)
            if (!loaded ||
                hop_to(s, 1, type, d->origin, d->destination) != hop_to(s, 0, type, d->origin, d->destination))
                try_route(s, demand, airframe, k, end[e], loaded);
}

/* --- all places --- */

static void look_everywhere(struct builder *s, int32_t demand, bool near)
{
    s->found->score = INFINITY;
    s->found->n = 0;
    for (int32_t a = 0; a < (int32_t)s->inst->n_airframes && !s->stopped; a++)
        for (size_t k = 0; (!near || s->touched[a]) && k < s->work.line[a].n && !search_stopped(s); k++)
            try_flight(s, demand, a, k);
    for (int32_t a = 0; a < (int32_t)s->inst->n_airframes && !s->stopped; a++)
        for (size_t k = 0; (!near || s->touched[a]) && k <= s->work.line[a].n && !search_stopped(s); k++)
            try_gap(s, demand, a, k);
}

/* Load plans are dear: they are made for the best place alone, and for others where that has none. */
bool insert_some(struct builder *s, int32_t demand, bool near)
{
    s->unplanned = true;
    look_everywhere(s, demand, near);
    s->unplanned = false;
    if (!s->stopped && s->found->n > 0 && !change_planned(s, s->found))
        look_everywhere(s, demand, near);
    if (s->stopped || s->failed || s->found->n == 0)
        return false;
    int32_t a = s->found->airframe;
    if (!change_apply(s, s->found))
        return false;
    if (line_holds(&s->work, a))
        return true;
    for (int i = 0; i < s->found->n; i++) /* tanks of a later flight: rare, so the flight goes, too */
        timeline_remove(&s->work, a, s->found->place);
    timeline_cover(&s->work);
    return false;
}
