#include "check/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check/judge.h"

int judge_id_length(const char *id)
{
    enum { MOST = 40 };
    size_t n = strnlen(id, MOST + 1);
    if (n <= MOST)
        return (int)n;
    for (n = MOST; n > 0 && ((unsigned char)id[n] & 0xC0) == 0x80;) /* not within a character of UTF-8 */
        n--;
    return (int)n;
}

int64_t judge_narrow(judge_wide sum)
{
    return sum > INT64_MAX ? INT64_MAX : sum < INT64_MIN ? INT64_MIN : (int64_t)sum;
}

void judge_breach(struct judge *j, int rule, size_t mission, int32_t stop, int64_t measured, int64_t allowed,
                  const char *format, ...)
{
    struct verdict *v = j->verdict;
    if (v->n_breaches == j->room) {
        size_t room = j->room ? 2 * j->room : 16;
        struct breach *grown = realloc(v->breach, room * sizeof *grown);
        if (!grown) {
            j->failed = true;
            return;
        }
        v->breach = grown;
        j->room = room;
    }
    struct breach *b = &v->breach[v->n_breaches++];
    *b = (struct breach){.rule = rule,
                         .mission = mission == NO_MISSION ? -1 : (int32_t)mission,
                         .stop = stop,
                         .measured = measured,
                         .allowed = allowed};
    int n = snprintf(b->text, sizeof b->text, "R%d", rule);
    if (mission != NO_MISSION)
        n += snprintf(b->text + n, sizeof b->text - (size_t)n, " mission M%03zu", mission + 1);
    if (stop >= 0)
        n += snprintf(b->text + n, sizeof b->text - (size_t)n, " stop %d", stop);
    n += snprintf(b->text + n, sizeof b->text - (size_t)n, ": ");
    va_list args;
    va_start(args, format);
    vsnprintf(b->text + n, sizeof b->text - (size_t)n, format, args);
    va_end(args);
}

const char *judge_instant(const struct judge *j, sec_t t, char to[CLOCK_SIZE])
{
    time_t unix_time = (time_t)(j->inst->start_unix + t);
    struct tm tm;
    if (t < -JUDGE_INSTANT || t > JUDGE_INSTANT || !gmtime_r(&unix_time, &tm) ||
        strftime(to, CLOCK_SIZE, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
        snprintf(to, CLOCK_SIZE, "%lld s", (long long)t);
    return to;
}

const char *judge_duration(sec_t t, char to[CLOCK_SIZE])
{
    const char *sign = t < 0 ? "-" : "";
    unsigned long long s = t < 0 ? 0ULL - (unsigned long long)t : (unsigned long long)t;
    snprintf(to, CLOCK_SIZE, "%s%llu:%02llu:%02llu", sign, s / 3600, s / 60 % 60, s % 60);
    return to;
}

const struct aircraft_type *judge_type(const struct judge *j, size_t mission)
{
    return &j->inst->type[j->inst->airframe[j->schedule->mission[mission].airframe].type];
}

sec_t judge_block(const struct judge *j, size_t mission, size_t sortie)
{
    const struct mission *m = &j->schedule->mission[mission];
    return instance_leg(j->inst, j->inst->airframe[m->airframe].type, m->stop[sortie].airfield,
                        m->stop[sortie + 1].airfield)
        ->block;
}

bool judge_handled(const struct mission *m, size_t stop, bool *loads, bool *unloads)
{
    *loads = *unloads = false;
    for (size_t r = 0; r < m->n_rides; r++) {
        *loads = *loads || m->ride[r].from_stop == (int32_t)stop;
        *unloads = *unloads || m->ride[r].to_stop == (int32_t)stop;
    }
    return *loads || *unloads;
}

bool judge_listed(const int32_t *list, size_t n, int32_t what)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == what)
            return true;
    return false;
}

static bool is_aboard(const struct ride *r, size_t sortie)
{
    return r->from_stop <= (int32_t)sortie && (int32_t)sortie < r->to_stop;
}

gram_t judge_payload(const struct judge *j, size_t mission, size_t sortie, int64_t *seats)
{
    const struct mission *m = &j->schedule->mission[mission];
    judge_wide payload = 0;
    *seats = 0;
    for (size_t r = 0; r < m->n_rides; r++) {
        if (!is_aboard(&m->ride[r], sortie))
            continue;
        int64_t q = 0;
        bool counted = false;
        for (size_t k = 0; k < m->n_rides; k++)
            if (m->ride[k].demand == m->ride[r].demand && is_aboard(&m->ride[k], sortie)) {
                counted = counted || k < r;
                q += m->ride[k].pax;
            }
        if (counted)
            continue;
        const struct demand *d = &j->inst->demand[m->ride[r].demand];
        int64_t escorts = d->escort_per > 0 ? (q + d->escort_per - 1) / d->escort_per : 0;
        *seats += q + escorts;
        payload += (judge_wide)q * d->pax_mass + ((judge_wide)d->freight * q + d->pax - 1) / d->pax +
                   (judge_wide)escorts * d->escort_mass;
    }
    return judge_narrow(payload);
}

mnm_t judge_range(const struct aircraft_type *type, gram_t payload)
{
    size_t i = 0;
    while (i < type->n_range && type->range[i].payload < payload)
        i++;
    if (i == type->n_range)
        return -1;
    if (i == 0)
        return type->range[0].range;
    const struct range_point *low = &type->range[i - 1], *high = &type->range[i];
    judge_wide fall = (judge_wide)(low->range - high->range) * (payload - low->payload);
    judge_wide span = high->payload - low->payload;
    return low->range - (mnm_t)((fall + span - 1) / span);
}

static bool instant_sound(sec_t t)
{
    return t >= -JUDGE_INSTANT && t <= JUDGE_INSTANT;
}

static bool stops_sound(struct judge *j, size_t i)
{
    const struct mission *m = &j->schedule->mission[i];
    if (m->n_stops < 2 || m->n_stops > JUDGE_STOPS) {
        bool few = m->n_stops < 2;
        judge_breach(j, 2, i, NO_STOP, (int64_t)m->n_stops, few ? 2 : JUDGE_STOPS, "%zu stops, at %s", m->n_stops,
                     few ? "least 2 are needed" : "most 1000000 are judged");
        return false;
    }
    if (!m->stop) {
        judge_breach(j, 2, i, NO_STOP, 0, (int64_t)m->n_stops, "stops are missing");
        return false;
    }
    bool sound = true;
    for (size_t s = 0; s < m->n_stops; s++) {
        const struct stop *p = &m->stop[s];
        if (p->airfield < 0 || (size_t)p->airfield >= j->inst->n_airfields) {
            judge_breach(j, 2, i, (int32_t)s, p->airfield, (int64_t)j->inst->n_airfields - 1, "no such airfield: %d",
                         p->airfield);
            sound = false;
        }
        if ((s > 0 && !instant_sound(p->arrival)) || (s + 1 < m->n_stops && !instant_sound(p->departure)) ||
            !instant_sound(p->handling_start) || !instant_sound(p->handling_end)) {
            judge_breach(j, 2, i, (int32_t)s, 0, 0, "an instant is missing or out of all bounds");
            sound = false;
        }
        if ((s == 0 && p->arrival != SEC_NONE) || (s + 1 == m->n_stops && p->departure != SEC_NONE)) {
            judge_breach(j, 2, i, (int32_t)s, 1, 0, "the first stop has no arrival and the last no departure");
            sound = false;
        }
    }
    return sound;
}

static bool rides_sound(struct judge *j, size_t i)
{
    const struct mission *m = &j->schedule->mission[i];
    bool sound = true;
    if (m->n_rides > 0 && !m->ride) {
        judge_breach(j, 9, i, NO_STOP, (int64_t)m->n_rides, 0, "rides are missing");
        return false;
    }
    for (size_t r = 0; r < m->n_rides; r++) {
        const struct ride *p = &m->ride[r];
        if (p->demand < 0 || (size_t)p->demand >= j->inst->n_demands) {
            judge_breach(j, 9, i, NO_STOP, p->demand, (int64_t)j->inst->n_demands - 1, "no such demand: %d", p->demand);
            sound = false;
            continue;
        }
        const struct demand *d = &j->inst->demand[p->demand];
        if (p->pax < 1 || p->pax > JUDGE_PAX) {
            bool few = p->pax < 1;
            judge_breach(j, 9, i, NO_STOP, p->pax, few ? 1 : JUDGE_PAX, "%d passengers of demand \"%.*s\", at %s",
                         p->pax, ID(d->id), few ? "least 1 is needed" : "most 1000000 are judged");
            sound = false;
        }
        if (p->from_stop < 0 || p->to_stop <= p->from_stop || (size_t)p->to_stop >= m->n_stops) {
            judge_breach(j, 9, i, NO_STOP, p->to_stop, p->from_stop, "demand \"%.*s\" rides from stop %d to stop %d",
                         ID(d->id), p->from_stop, p->to_stop);
            sound = false;
        } else if (m->stop &&
                   (m->stop[p->from_stop].airfield != d->origin || m->stop[p->to_stop].airfield != d->destination)) {
            bool load = m->stop[p->from_stop].airfield != d->origin;
            judge_breach(j, 9, i, load ? p->from_stop : p->to_stop, m->stop[load ? p->from_stop : p->to_stop].airfield,
                         load ? d->origin : d->destination, "demand \"%.*s\" does not %s here", ID(d->id),
                         load ? "load" : "unload");
            sound = false;
        }
    }
    return sound;
}

void judge_structure(struct judge *j)
{
    for (size_t i = 0; i < j->schedule->n_missions; i++) {
        const struct mission *m = &j->schedule->mission[i];
        bool sound = stops_sound(j, i);
        sound = (m->n_stops >= 2 && rides_sound(j, i)) && sound;
        if (m->airframe < 0 || (size_t)m->airframe >= j->inst->n_airframes) {
            judge_breach(j, 1, i, NO_STOP, m->airframe, (int64_t)j->inst->n_airframes - 1, "no such airframe: %d",
                         m->airframe);
            sound = false;
        } else {
            const struct aircraft_type *type = judge_type(j, i);
            if (m->configuration < 0 || (size_t)m->configuration >= type->n_configurations) {
                judge_breach(j, 4, i, NO_STOP, m->configuration, (int64_t)type->n_configurations - 1,
                             "no such configuration of \"%.*s\": %d", ID(type->id), m->configuration);
                sound = false;
            }
        }
        if (m->crew < 0 || (size_t)m->crew >= j->inst->n_crews) {
            judge_breach(j, 6, i, NO_STOP, m->crew, (int64_t)j->inst->n_crews - 1, "no such crew: %d", m->crew);
            sound = false;
        }
        j->sound[i] = sound;
    }
}

/* amount x price / 3600 rounded half up, for amounts and prices >= 0. */
static judge_wide per_hour(judge_wide amount, cent_t price)
{
    return ((judge_wide)judge_narrow(amount) * price * 2 + 3600) / 7200;
}

static judge_wide delay_of(const struct judge *j, const struct mission *m)
{
    judge_wide sum = 0;
    for (size_t r = 0; r < m->n_rides; r++) {
        const struct demand *d = &j->inst->demand[m->ride[r].demand];
        bool counted = false;
        judge_wide waited = 0;
        for (size_t k = 0; k < m->n_rides; k++)
            if (m->ride[k].demand == m->ride[r].demand) {
                counted = counted || k < r;
                waited += m->ride[k].pax * ((judge_wide)m->stop[m->ride[k].to_stop].handling_start - d->pickup.from);
            }
        if (!counted && waited > 0)
            sum += per_hour(waited, d->delay_cost);
    }
    return sum;
}

struct sums {
    judge_wide block, fees, missions, not_moved, delay;
};

static void add_mission(const struct judge *j, size_t i, struct sums *sums)
{
    const struct mission *m = &j->schedule->mission[i];
    const struct aircraft_type *type = judge_type(j, i);
    sums->missions += type->cost_per_mission;
    sums->delay += delay_of(j, m);
    for (size_t s = 0; s + 1 < m->n_stops; s++) {
        const struct leg *leg =
            instance_leg(j->inst, j->inst->airframe[m->airframe].type, m->stop[s].airfield, m->stop[s + 1].airfield);
        if (leg->block > 0) {
            sums->block += per_hour(leg->block, type->cost_per_block_hour);
            sums->fees += leg->fee;
        }
    }
}

void judge_cost(struct judge *j)
{
    struct sums sums = {0};
    for (size_t i = 0; i < j->schedule->n_missions; i++)
        if (j->sound[i])
            add_mission(j, i, &sums);
    for (size_t d = 0; d < j->inst->n_demands; d++) {
        int64_t moved = 0;
        for (size_t i = 0; i < j->schedule->n_missions; i++)
            for (size_t r = 0; j->sound[i] && r < j->schedule->mission[i].n_rides; r++)
                if (j->schedule->mission[i].ride[r].demand == (int32_t)d)
                    moved += j->schedule->mission[i].ride[r].pax;
        if (moved < j->inst->demand[d].pax)
            sums.not_moved += (judge_wide)(j->inst->demand[d].pax - moved) * j->inst->demand[d].penalty;
    }
    j->verdict->cost =
        (struct cost){.block = judge_narrow(sums.block),
                      .fees = judge_narrow(sums.fees),
                      .missions = judge_narrow(sums.missions),
                      .not_moved = judge_narrow(sums.not_moved),
                      .delay = judge_narrow(sums.delay),
                      .total = judge_narrow(sums.block + sums.fees + sums.missions + sums.not_moved + sums.delay)};
}

static int by_place(const void *a, const void *b)
{
    const struct breach *x = a, *y = b;
    if (x->rule != y->rule)
        return x->rule < y->rule ? -1 : 1;
    if (x->mission != y->mission)
        return x->mission < y->mission ? -1 : 1;
    if (x->stop != y->stop)
        return x->stop < y->stop ? -1 : 1;
    int text = strcmp(x->text, y->text);
    return text ? text : (x->measured > y->measured) - (x->measured < y->measured);
}

bool check_schedule(const struct instance *inst, const struct schedule *schedule, struct verdict *verdict,
                    struct error *err)
{
    struct judge j = {.inst = inst, .schedule = schedule, .verdict = verdict};
    memset(verdict, 0, sizeof *verdict);
    j.sound = calloc(schedule->n_missions + 1, sizeof *j.sound);
    if (j.sound) {
        judge_structure(&j);
        judge_missions(&j);
        judge_sequences(&j);
        judge_shared(&j);
        judge_load_plans(&j);
        judge_cost(&j);
    }
    bool ok = j.sound && !j.failed;
    free(j.sound);
    if (!ok) {
        verdict_release(verdict);
        return error_set(err, ERR_MEMORY, "out of memory");
    }
    if (verdict->n_breaches)
        qsort(verdict->breach, verdict->n_breaches, sizeof *verdict->breach, by_place);
    return true;
}

void verdict_release(struct verdict *verdict)
{
    free(verdict->breach);
    memset(verdict, 0, sizeof *verdict);
}
