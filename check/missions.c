/* What one mission can break by itself: R2, R3, R4, R5 within it, R6 duty, R7 openings, R8 clearance, R9 windows, R10.
 */
#include "check/judge.h"

static bool within(const struct interval *list, size_t n, sec_t t)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].from <= t && t <= list[i].until)
            return true;
    return false;
}

static void flight_times(struct judge *j, size_t i)
{
    const struct mission *m = &j->schedule->mission[i];
    const struct instance *inst = j->inst;
    char a[CLOCK_SIZE], b[CLOCK_SIZE];
    for (size_t s = 0; s < m->n_stops; s++) {
        const struct stop *p = &m->stop[s];
        const struct airfield *f = &inst->airfield[p->airfield];
        int32_t at = (int32_t)s;
        if (f->runway_ft < judge_type(j, i)->runway_ft)
            judge_breach(j, 2, i, at, f->runway_ft, judge_type(j, i)->runway_ft,
                         "runway of \"%.*s\" is %d ft, %d needed", ID(f->id), f->runway_ft,
                         judge_type(j, i)->runway_ft);
        if (s + 1 < m->n_stops) {
            if (p->departure < 0 || p->departure > inst->end)
                judge_breach(j, 2, i, at, p->departure, p->departure < 0 ? 0 : inst->end,
                             "take-off %s is outside the horizon", judge_instant(j, p->departure, a));
            if (p->departure % inst->rules.step != 0)
                judge_breach(j, 2, i, at, p->departure, inst->rules.step, "take-off %s is not on the grid of %s",
                             judge_instant(j, p->departure, a), judge_duration(inst->rules.step, b));
            if (!f->always_open && !within(f->open, f->n_open, p->departure))
                judge_breach(j, 7, i, at, p->departure, 0, "take-off %s while \"%.*s\" is shut",
                             judge_instant(j, p->departure, a), ID(f->id));
        }
        if (s == 0)
            continue;
        sec_t block = judge_block(j, i, s - 1);
        if (block < 0)
            judge_breach(j, 2, i, at, p->airfield, p->airfield, "two stops in a row at \"%.*s\"", ID(f->id));
        else if (p->arrival != m->stop[s - 1].departure + block)
            judge_breach(j, 2, i, at, p->arrival, m->stop[s - 1].departure + block, "block-in %s, by block time %s",
                         judge_instant(j, p->arrival, a), judge_instant(j, m->stop[s - 1].departure + block, b));
        if (p->arrival < 0 || p->arrival > inst->end)
            judge_breach(j, 2, i, at, p->arrival, p->arrival < 0 ? 0 : inst->end, "block-in %s is outside the horizon",
                         judge_instant(j, p->arrival, a));
        if (!f->always_open && !within(f->open, f->n_open, p->arrival))
            judge_breach(j, 7, i, at, p->arrival, 0, "block-in %s while \"%.*s\" is shut",
                         judge_instant(j, p->arrival, a), ID(f->id));
        for (size_t l = 0; l < inst->n_limits; l++) {
            const struct limit *limit = &inst->limit[l];
            if (limit->needs_clearance && judge_listed(limit->airfields, limit->n_airfields, p->airfield) &&
                !within(limit->clear, limit->n_clear, p->arrival))
                judge_breach(j, 8, i, at, p->arrival, 0, "block-in %s is in no clearance of limit \"%.*s\"",
                             judge_instant(j, p->arrival, a), ID(limit->id));
        }
    }
}

/* The demands' own handling times at a stop, once per demand and direction. */
static sec_t own_handling(const struct judge *j, const struct mission *m, size_t s)
{
    sec_t sum = 0;
    for (size_t r = 0; r < m->n_rides; r++) {
        bool on = m->ride[r].from_stop == (int32_t)s, off = m->ride[r].to_stop == (int32_t)s;
        for (size_t k = 0; k < r; k++)
            if (m->ride[k].demand == m->ride[r].demand) {
                on = on && m->ride[k].from_stop != (int32_t)s;
                off = off && m->ride[k].to_stop != (int32_t)s;
            }
        sum += on ? j->inst->demand[m->ride[r].demand].onload : 0;
        sum += off ? j->inst->demand[m->ride[r].demand].offload : 0;
    }
    return sum;
}

static void handling(struct judge *j, size_t i)
{
    const struct mission *m = &j->schedule->mission[i];
    const struct aircraft_type *type = judge_type(j, i);
    char a[CLOCK_SIZE], b[CLOCK_SIZE];
    for (size_t s = 0; s < m->n_stops; s++) {
        const struct stop *p = &m->stop[s];
        bool loads, unloads, handled = judge_handled(m, s, &loads, &unloads);
        bool first = s == 0, last = s + 1 == m->n_stops;
        int32_t at = (int32_t)s;
        sec_t need = 0, own = own_handling(j, m, s);
        if (!first && p->handling_start < p->arrival)
            judge_breach(j, 3, i, at, p->handling_start, p->arrival, "handling starts %s before block-in %s",
                         judge_instant(j, p->handling_start, a), judge_instant(j, p->arrival, b));
        if (!last && p->departure < p->handling_end)
            judge_breach(j, 3, i, at, p->departure, p->handling_end, "take-off %s before handling ends %s",
                         judge_instant(j, p->departure, a), judge_instant(j, p->handling_end, b));
        if (!handled && (first || last)) {
            sec_t due = first ? p->departure : p->arrival;
            if (p->handling_start != due || p->handling_end != due)
                judge_breach(j, 3, i, at, p->handling_start != due ? p->handling_start : p->handling_end, due,
                             "nothing is handled, yet handling is not at %s", judge_instant(j, due, a));
            continue;
        }
        if (loads)
            need = type->ground[GROUND_ONLOAD];
        if (unloads && type->ground[GROUND_OFFLOAD] > need)
            need = type->ground[GROUND_OFFLOAD];
        if (!handled)
            need = type->ground[GROUND_ENROUTE];
        if (own > need)
            need = own;
        if (p->handling_end - p->handling_start < need)
            judge_breach(j, 3, i, at, p->handling_end - p->handling_start, need, "handling lasts %s, %s needed",
                         judge_duration(p->handling_end - p->handling_start, a), judge_duration(need, b));
    }
}

static void loads(struct judge *j, size_t i)
{
    const struct mission *m = &j->schedule->mission[i];
    const struct aircraft_type *type = judge_type(j, i);
    const struct configuration *conf = &type->configuration[m->configuration];
    for (size_t s = 0; s + 1 < m->n_stops; s++) {
        int64_t seats;
        gram_t payload = judge_payload(j, i, s, &seats), most = type->range[type->n_range - 1].payload;
        if (seats > conf->seats)
            judge_breach(j, 4, i, (int32_t)s, seats, conf->seats, "%lld seats taken, \"%.*s\" has %d", (long long)seats,
                         ID(conf->id), conf->seats);
        if (payload > most)
            judge_breach(j, 5, i, (int32_t)s, payload, most, "payload of %.3f kg, \"%.*s\" carries %.3f kg",
                         (double)payload / 1000.0, ID(type->id), (double)most / 1000.0);
    }
}

static void duty(struct judge *j, size_t i)
{
    const struct mission *m = &j->schedule->mission[i];
    const struct aircraft_type *type = judge_type(j, i);
    const struct crew *crew = &j->inst->crew[m->crew];
    char a[CLOCK_SIZE], b[CLOCK_SIZE];
    if (!judge_listed(crew->types, crew->n_types, j->inst->airframe[m->airframe].type))
        judge_breach(j, 6, i, NO_STOP, 0, 1, "crew \"%.*s\" is not qualified on \"%.*s\"", ID(crew->id), ID(type->id));
    sec_t fdp = m->stop[m->n_stops - 1].arrival - (m->stop[0].departure - j->inst->rules.show),
          most = type->fdp[crew->kind];
    if (most <= 0)
        judge_breach(j, 6, i, NO_STOP, fdp, 0, "crew \"%.*s\" of this kind may not fly \"%.*s\"", ID(crew->id),
                     ID(type->id));
    else if (fdp > most)
        judge_breach(j, 6, i, (int32_t)m->n_stops - 1, fdp, most, "FDP %s exceeds %s of crew \"%.*s\"",
                     judge_duration(fdp, a), judge_duration(most, b), ID(crew->id));
}

static void windows(struct judge *j, size_t i)
{
    const struct mission *m = &j->schedule->mission[i];
    char a[CLOCK_SIZE], b[CLOCK_SIZE];
    for (size_t r = 0; r < m->n_rides; r++) {
        const struct ride *p = &m->ride[r];
        const struct demand *d = &j->inst->demand[p->demand];
        sec_t on = m->stop[p->from_stop].handling_start, off = m->stop[p->to_stop].handling_start;
        sec_t aboard = off - m->stop[p->from_stop].handling_end;
        if (on < d->pickup.from || on > d->pickup.until) {
            sec_t edge = on < d->pickup.from ? d->pickup.from : d->pickup.until;
            judge_breach(j, 9, i, p->from_stop, on, edge, "demand \"%.*s\" starts loading %s, window edge %s",
                         ID(d->id), judge_instant(j, on, a), judge_instant(j, edge, b));
        }
        if (off < d->delivery.from || off > d->delivery.until) {
            sec_t edge = off < d->delivery.from ? d->delivery.from : d->delivery.until;
            judge_breach(j, 9, i, p->to_stop, off, edge, "demand \"%.*s\" starts unloading %s, window edge %s",
                         ID(d->id), judge_instant(j, off, a), judge_instant(j, edge, b));
        }
        if (d->aboard_limit >= 0 && aboard > d->aboard_limit)
            judge_breach(j, 9, i, p->to_stop, aboard, d->aboard_limit, "demand \"%.*s\" is aboard for %s, at most %s",
                         ID(d->id), judge_duration(aboard, a), judge_duration(d->aboard_limit, b));
    }
}

static void lots(struct judge *j, size_t i)
{
    const struct mission *m = &j->schedule->mission[i];
    for (size_t r = 0; r < m->n_rides; r++) {
        const struct demand *d = &j->inst->demand[m->ride[r].demand];
        int64_t sum = 0;
        bool counted = false;
        for (size_t k = 0; k < m->n_rides; k++)
            if (m->ride[k].demand == m->ride[r].demand) {
                counted = counted || k < r;
                sum += m->ride[k].pax;
            }
        if (!counted && d->together && sum < d->pax)
            judge_breach(j, 9, i, NO_STOP, sum, d->pax, "%lld passengers of demand \"%.*s\", all %d stay together",
                         (long long)sum, ID(d->id), d->pax);
        else if (!counted && sum < d->smallest_lot)
            judge_breach(j, 9, i, NO_STOP, sum, d->smallest_lot,
                         "%lld passengers of demand \"%.*s\", smallest lot is %d", (long long)sum, ID(d->id),
                         d->smallest_lot);
    }
}

static void separation(struct judge *j, size_t i)
{
    const struct mission *m = &j->schedule->mission[i];
    const struct instance *inst = j->inst;
    for (size_t r = 0; r < m->n_rides; r++)
        for (size_t k = 0; k < r; k++) {
            const struct ride *p = &m->ride[r], *q = &m->ride[k];
            int32_t a = inst->demand[p->demand].category, b = inst->demand[q->demand].category;
            if (p->demand == q->demand || a < 0 || b < 0 || p->from_stop >= q->to_stop || q->from_stop >= p->to_stop ||
                !inst->rules.apart[(size_t)a * inst->n_categories + (size_t)b])
                continue;
            int32_t stop = p->from_stop > q->from_stop ? p->from_stop : q->from_stop;
            judge_breach(j, 10, i, stop, 2, 1, "demands \"%.*s\" and \"%.*s\" are aboard together",
                         ID(inst->demand[q->demand].id), ID(inst->demand[p->demand].id));
        }
}

void judge_missions(struct judge *j)
{
    for (size_t i = 0; i < j->schedule->n_missions; i++) {
        if (!j->sound[i])
            continue;
        flight_times(j, i);
        handling(j, i);
        loads(j, i);
        duty(j, i);
        windows(j, i);
        lots(j, i);
        separation(j, i);
    }
}
