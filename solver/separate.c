/* Lazy rows: what the last solution breaks. A resource in use rises at an instant and falls at a later one; use counts
 * after all changes of an instant, so that what is given back at t can be taken at t. */
#include "solver/master.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define VIOLATION 1e-6

enum { ROWS_PER_SWEEP = 6, MOST_UNITS = 1000 };

struct change {
    sec_t at;
    double amount;
    bool given; /* part of the right-hand side, not of a column */
};

struct sweep {
    struct change *change;
    size_t n, room;
    bool failed;
};

struct peak {
    sec_t at;
    double excess, given;
};

static void put(struct sweep *s, sec_t at, double amount, bool given)
{
    if (s->n == s->room) {
        size_t room = s->room ? 2 * s->room : 256;
        struct change *grown = realloc(s->change, room * sizeof *grown);
        if (!grown) {
            s->failed = true;
            return;
        }
        s->change = grown;
        s->room = room;
    }
    s->change[s->n++] = (struct change){at, amount, given};
}

static int by_instant(const void *a, const void *b)
{
    const struct change *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->amount != y->amount ? (x->amount < y->amount ? -1 : 1) : x->given - y->given;
}

static int by_excess(const void *a, const void *b)
{
    const struct peak *x = a, *y = b;
    if (x->excess != y->excess)
        return x->excess < y->excess ? 1 : -1;
    return (x->at > y->at) - (x->at < y->at);
}

static bool known_row(const struct master *m, const struct row *row)
{
    for (size_t i = 0; i < m->n_rows; i++)
        if (m->row[i].kind == row->kind && m->row[i].a == row->a && m->row[i].b == row->b && m->row[i].at == row->at &&
            m->row[i].span == row->span)
            return true;
    return false;
}

/* The last instant with the use of change i. Of all rows that say the same now, the one of that instant counts most of
 * what may begin later: rows of first instants are dodged second by second. */
static sec_t last_instant(const struct master *m, const struct sweep *s, size_t i)
{
    sec_t end = m->inst->end > s->change[i].at ? m->inst->end : s->change[i].at;
    return i + 1 < s->n ? s->change[i + 1].at - 1 : end;
}

/* Adds `row` at the worst instants where use exceeds limit; `given` use lowers the right-hand side, never below 0. */
static int cut_peaks(struct master *m, struct sweep *s, struct row row, double limit)
{
    bool flow = row.kind == ROW_AIRFRAMES || row.kind == ROW_CREWS;
    if (s->failed)
        return -1;
    qsort(s->change, s->n, sizeof *s->change, by_instant);
    struct peak *peak = malloc((s->n + 1) * sizeof *peak);
    if (!peak)
        return -1;
    size_t n_peaks = 0;
    double use = 0, given = 0;
    for (size_t i = 0; i < s->n; i++) {
        *(s->change[i].given ? &given : &use) += s->change[i].amount;
        if (i + 1 < s->n && s->change[i + 1].at == s->change[i].at)
            continue;
        double rhs = fmax(limit - given, 0);
        if (use > rhs + VIOLATION)
            peak[n_peaks++] = (struct peak){flow ? last_instant(m, s, i) : s->change[i].at, use - rhs, given};
    }
    qsort(peak, n_peaks, sizeof *peak, by_excess);
    int added = 0;
    for (size_t i = 0; i < n_peaks && added < ROWS_PER_SWEEP; i++) {
        row.at = peak[i].at;
        row.rhs = fmax(limit - peak[i].given, 0);
        if (known_row(m, &row))
            continue;
        if (!master_add_row(m, row)) {
            added = -1;
            break;
        }
        added++;
    }
    free(peak);
    return added;
}

/* Adds `row` for every span of the horizon over which the mean use exceeds what is given. */
static int cut_spans(struct master *m, const struct sweep *s, struct row row)
{
    size_t n = (size_t)(m->inst->end / m->span) + 1;
    if (s->failed)
        return -1;
    double *use = calloc(2 * n, sizeof *use), *given = use + n;
    if (!use)
        return -1;
    row.span = m->span;
    for (size_t i = 0; i < s->n; i++) {
        size_t k = s->change[i].at <= 0 ? 0 : (size_t)(s->change[i].at / m->span);
        for (; k < n; k++) {
            row.at = (sec_t)k * m->span;
            (s->change[i].given ? given : use)[k] += s->change[i].amount * row_share(&row, s->change[i].at);
        }
    }
    int added = 0;
    for (size_t k = 0; k < n && added >= 0; k++) {
        row.at = (sec_t)k * m->span;
        row.rhs = fmax(-given[k], 0);
        if (use[k] > row.rhs + VIOLATION && !known_row(m, &row))
            added = master_add_row(m, row) ? added + 1 : -1;
    }
    free(use);
    return added;
}

/* Airframes or crews of one group at one airfield. Those that may not stay there count once the `used` variable says
 * so; they are all there from the beginning on. */
static int separate_places(struct master *m, struct sweep *s, bool airframes, int32_t g, int32_t airfield)
{
    const struct group *group = airframes ? &m->groups->airframe[g] : &m->groups->crew[g];
    int used = airframes ? m->airframes_used[g] : m->crews_used[g];
    s->n = 0;
    for (size_t j = 0; j < m->n_columns; j++) {
        const struct column *col = &m->column[j];
        if (m->x[j] <= 0 || (airframes ? col->airframe_group : col->crew_group) != g)
            continue;
        if (col->mission.stop[0].airfield == airfield)
            put(s, airframes ? col->begin : col->show, m->x[j], false);
        if (col->mission.stop[col->mission.n_stops - 1].airfield == airfield)
            put(s, airframes ? col->ready : col->crew_ready, -m->x[j], false);
    }
    if (s->n == 0)
        return 0;
    for (size_t i = 0; i < group->n_members; i++) {
        int32_t k = group->member[i];
        if ((airframes ? m->inst->airframe[k].at : m->inst->crew[k].at) != airfield)
            continue;
        if (used < 0)
            put(s, airframes ? airframe_from(m->inst, k) : crew_from(m->inst, k), -1, true);
        else if (i == 0) /* on the left-hand side of the row */
            put(s, SEC_EARLIEST, -lp_primal(m->lp, used), false);
    }
    struct row row = {.kind = airframes ? ROW_AIRFRAMES : ROW_CREWS, .a = g, .b = airfield, .span = 1, .active = true};
    return m->span > 1 ? cut_spans(m, s, row) : cut_peaks(m, s, row, 0);
}

/* The most units that airframes of the fleet take together where there are `mog`. */
static int32_t most_parked(const struct instance *inst, int32_t mog)
{
    bool sum[MOST_UNITS + 1] = {true};
    int64_t all = 0;
    for (size_t a = 0; a < inst->n_airframes; a++)
        all += inst->type[inst->airframe[a].type].mog_units;
    if (mog > MOST_UNITS || mog >= all)
        return mog;
    for (size_t a = 0; a < inst->n_airframes; a++)
        for (int32_t n = mog, units = inst->type[inst->airframe[a].type].mog_units; n >= units; n--)
            sum[n] = sum[n] || sum[n - units];
    while (!sum[mog])
        mog--;
    return mog;
}

static int separate_mog(struct master *m, struct sweep *s, int32_t airfield)
{
    s->n = 0;
    for (size_t j = 0; j < m->n_columns; j++) {
        const struct mission *mission = &m->column[j].mission;
        double units = m->x[j] * m->inst->type[m->column[j].type].mog_units;
        for (size_t k = 0; k < mission->n_stops && units > 0; k++) {
            const struct stop *stop = &mission->stop[k];
            sec_t from = k == 0 ? stop->handling_start : stop->arrival;
            sec_t until = k + 1 == mission->n_stops ? stop->handling_end : stop->departure;
            if (stop->airfield != airfield || from >= until)
                continue;
            put(s, from, units, false);
            put(s, until, -units, false);
        }
    }
    struct row row = {.kind = ROW_MOG, .a = airfield, .active = true};
    return s->n ? cut_peaks(m, s, row, most_parked(m->inst, m->inst->airfield[airfield].mog)) : 0;
}

/* What a crew flew before. Where that may be more than `most` it is left out: it must not lower what others may fly. */
static void put_recent(struct sweep *s, const struct crew *crew, sec_t window, sec_t most)
{
    sec_t sum = 0;
    for (size_t i = 0; i < crew->n_recent; i++)
        sum += crew->recent[i].block;
    for (size_t i = 0; i < crew->n_recent && sum <= most; i++) {
        put(s, crew->recent[i].block_in, (double)crew->recent[i].block / 3600.0, true);
        put(s, crew->recent[i].block_in + window, -(double)crew->recent[i].block / 3600.0, true);
    }
}

static int separate_rolling(struct master *m, struct sweep *s, int32_t g, int32_t k)
{
    const struct group *group = &m->groups->crew[g];
    sec_t window = m->inst->rules.rolling[k].window, most = m->inst->rules.rolling[k].most;
    s->n = 0;
    for (size_t j = 0; j < m->n_columns; j++) {
        const struct column *col = &m->column[j];
        if (m->x[j] <= 0 || col->crew_group != g)
            continue;
        for (size_t i = 1; i < col->mission.n_stops; i++) {
            const struct stop *stop = &col->mission.stop[i];
            const struct leg *leg = instance_leg(m->inst, col->type, stop[-1].airfield, stop->airfield);
            put(s, stop->arrival, m->x[j] * (double)leg->block / 3600.0, false);
            put(s, stop->arrival + window, -m->x[j] * (double)leg->block / 3600.0, false);
        }
    }
    if (s->n == 0)
        return 0;
    for (size_t i = 0; i < group->n_members; i++)
        put_recent(s, &m->inst->crew[group->member[i]], window, group->n_members > 1 ? most : SEC_LATEST);
    struct row row = {.kind = ROW_ROLLING, .a = g, .b = k, .active = true};
    return cut_peaks(m, s, row, (double)most * (double)group->n_members / 3600.0);
}

/* A row without an instant of its own. */
static int separate_sum(struct master *m, struct row row)
{
    double use = 0;
    for (size_t j = 0; j < m->n_columns; j++)
        if (m->x[j] > 0)
            use += m->x[j] * row_coefficient(m, &row, &m->column[j]);
    if (use <= row.rhs + VIOLATION || known_row(m, &row))
        return 0;
    return master_add_row(m, row) ? 1 : -1;
}

/* Sums what `part` adds; -1 stays. */
static bool count(int part, int *sum)
{
    if (part < 0)
        return false;
    *sum += part;
    return true;
}

static bool separate_all(struct master *m, struct sweep *s, int *added)
{
    const struct instance *inst = m->inst;
    int32_t n_fields = (int32_t)inst->n_airfields;
    for (int32_t g = 0; g < (int32_t)m->groups->n_airframe; g++) {
        for (int32_t f = 0; f < n_fields; f++)
            if (!count(separate_places(m, s, true, g, f), added))
                return false;
        sec_t most = inst->airframe[m->groups->airframe[g].member[0]].flight_limit; /* then a group of one */
        struct row row = {.kind = ROW_INSPECTION, .a = g, .rhs = (double)most / 3600.0, .active = true};
        if (most >= 0 && !count(separate_sum(m, row), added))
            return false;
    }
    for (int32_t g = 0; g < (int32_t)m->groups->n_crew; g++) {
        for (int32_t f = 0; f < n_fields; f++)
            if (!count(separate_places(m, s, false, g, f), added))
                return false;
        for (int32_t k = 0; k < (int32_t)inst->rules.n_rolling; k++)
            if (!count(separate_rolling(m, s, g, k), added))
                return false;
    }
    for (int32_t f = 0; f < n_fields && m->span <= 1; f++)
        if (inst->airfield[f].mog >= 0 && !count(separate_mog(m, s, f), added))
            return false;
    for (int32_t l = 0; l < (int32_t)inst->n_limits; l++) {
        for (int32_t c = 0; c < (int32_t)inst->limit[l].n_caps; c++) {
            const struct cap *cap = &inst->limit[l].cap[c];
            struct row arrivals = {.kind = ROW_ARRIVALS, .a = l, .b = c, .rhs = cap->arrivals, .active = true};
            struct row pax = {.kind = ROW_PAX, .a = l, .b = c, .rhs = cap->pax, .active = true};
            if ((cap->arrivals >= 0 && !count(separate_sum(m, arrivals), added)) ||
                (cap->pax >= 0 && !count(separate_sum(m, pax), added)))
                return false;
        }
    }
    return true;
}

int master_separate(struct master *m)
{
    struct sweep s = {0};
    int added = 0;
    bool done = separate_all(m, &s, &added);
    free(s.change);
    return done ? added : -1;
}
