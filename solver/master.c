#include "solver/master.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sec_t stop_from(const struct mission *m, size_t s)
{
    return s == 0 ? m->stop[0].handling_start : m->stop[s].arrival;
}

static sec_t stop_until(const struct mission *m, size_t s)
{
    return s + 1 == m->n_stops ? m->stop[s].handling_end : m->stop[s].departure;
}

static bool in_limit(const struct limit *limit, int32_t airfield)
{
    return may_end_at(false, limit->airfields, limit->n_airfields, airfield);
}

static double mog_use(const struct master *m, const struct row *row, const struct column *col)
{
    double units = 0;
    for (size_t s = 0; s < col->mission.n_stops; s++)
        if (col->mission.stop[s].airfield == row->a && stop_from(&col->mission, s) <= row->at &&
            row->at < stop_until(&col->mission, s))
            units += m->inst->type[col->type].mog_units;
    return units;
}

static double cap_use(const struct master *m, const struct row *row, const struct column *col)
{
    const struct limit *limit = &m->inst->limit[row->a];
    const struct cap *cap = &limit->cap[row->b];
    double use = 0;
    if (row->kind == ROW_ARRIVALS) {
        for (size_t s = 1; s < col->mission.n_stops; s++) {
            const struct stop *stop = &col->mission.stop[s];
            use += in_limit(limit, stop->airfield) && cap->from <= stop->arrival && stop->arrival < cap->until;
        }
        return use;
    }
    for (size_t r = 0; r < col->mission.n_rides; r++) {
        const struct stop *stop = &col->mission.stop[col->mission.ride[r].to_stop];
        if (in_limit(limit, stop->airfield) && cap->from <= stop->handling_start && stop->handling_start < cap->until)
            use += col->mission.ride[r].pax;
    }
    return use;
}

/* Block hours of sorties that block in within (after, until]. */
static double block_hours(const struct master *m, const struct column *col, sec_t after, sec_t until)
{
    sec_t sum = 0;
    const struct mission *mission = &col->mission;
    for (size_t s = 1; s < mission->n_stops; s++)
        if (mission->stop[s].arrival > after && mission->stop[s].arrival <= until)
            sum += instance_leg(m->inst, col->type, mission->stop[s - 1].airfield, mission->stop[s].airfield)->block;
    return (double)sum / 3600.0;
}

double row_coefficient(const struct master *m, const struct row *row, const struct column *col)
{
    const struct mission *mission = &col->mission;
    int32_t first = mission->stop[0].airfield, last = mission->stop[mission->n_stops - 1].airfield;
    switch (row->kind) {
    case ROW_DEMAND:
        return column_moves(col, row->a);
    case ROW_AIRFRAMES:
        if (col->airframe_group != row->a)
            return 0;
        return (double)(first == row->b && col->begin <= row->at) - (double)(last == row->b && col->ready <= row->at);
    case ROW_AIRFRAME_END:
        return col->airframe_group != row->a ? 0 : (double)(last == row->b) - (double)(first == row->b);
    case ROW_CREWS:
        if (col->crew_group != row->a)
            return 0;
        return (double)(first == row->b && col->show <= row->at) -
               (double)(last == row->b && col->crew_ready <= row->at);
    case ROW_CREW_END:
        return col->crew_group != row->a ? 0 : (double)(last == row->b) - (double)(first == row->b);
    case ROW_MOG:
        return mog_use(m, row, col);
    case ROW_ARRIVALS:
    case ROW_PAX:
        return cap_use(m, row, col);
    case ROW_INSPECTION:
        return col->airframe_group != row->a ? 0 : block_hours(m, col, SEC_EARLIEST, SEC_LATEST);
    case ROW_ROLLING:
        return col->crew_group != row->a
                   ? 0
                   : block_hours(m, col, row->at - m->inst->rules.rolling[row->b].window, row->at);
    case ROW_CUT: {
        size_t j = (size_t)(col - m->column);
        return col >= m->column && j < row->n_cut ? row->cut_value[j] : 0;
    }
    }
    return 0;
}

/* Coefficient of the "used" variable of a group whose place at first is no allowed end. */
static double used_coefficient(const struct row *row, enum row_kind flow, enum row_kind end, int32_t g, int32_t at)
{
    if (row->a != g || row->b != at)
        return 0;
    return row->kind == flow ? -1 : row->kind == end ? 1 : 0;
}

static void row_name(const struct row *row, char *name, size_t size)
{
    static const char *const kind[] = {"demand",   "airframes", "airframe_end", "crews",   "crew_end", "mog",
                                       "arrivals", "pax",       "inspection",   "rolling", "cut"};
    snprintf(name, size, "%s_%d_%d_%lld", kind[row->kind], row->a, row->b, (long long)row->at);
}

bool master_add_row(struct master *m, struct row row)
{
    if (m->n_rows == m->cap_rows) {
        size_t cap = m->cap_rows ? 2 * m->cap_rows : 64;
        struct row *grown = realloc(m->row, cap * sizeof *grown);
        double *duals = realloc(m->dual, cap * sizeof *duals);
        if (grown)
            m->row = grown;
        if (duals)
            m->dual = duals;
        if (!grown || !duals)
            return false;
        m->cap_rows = cap;
    }
    size_t most = m->n_columns + m->inst->n_demands + m->groups->n_airframe + m->groups->n_crew;
    int *index = malloc((most + 1) * sizeof *index);
    double *value = malloc((most + 1) * sizeof *value);
    int n = 0;
    if (index && value) {
        for (size_t j = 0; j < m->n_columns; j++) {
            double a = row_coefficient(m, &row, &m->column[j]);
            if (a != 0)
                index[n] = m->lp_column[j], value[n++] = a;
        }
        for (size_t g = 0; g < m->groups->n_airframe; g++) {
            int32_t at = m->inst->airframe[m->groups->airframe[g].member[0]].at;
            double a = used_coefficient(&row, ROW_AIRFRAMES, ROW_AIRFRAME_END, (int32_t)g, at);
            if (m->airframes_used[g] >= 0 && a != 0)
                index[n] = m->airframes_used[g], value[n++] = a;
        }
        for (size_t g = 0; g < m->groups->n_crew; g++) {
            int32_t at = m->inst->crew[m->groups->crew[g].member[0]].at;
            double a = used_coefficient(&row, ROW_CREWS, ROW_CREW_END, (int32_t)g, at);
            if (m->crews_used[g] >= 0 && a != 0)
                index[n] = m->crews_used[g], value[n++] = a;
        }
    }
    char name[96];
    row_name(&row, name, sizeof name);
    int i = index && value ? lp_add_row(m->lp, name, row.kind == ROW_DEMAND, row.rhs, n, index, value) : -1;
    free(index);
    free(value);
    if (i < 0)
        return false;
    m->dual[m->n_rows] = 0;
    m->row[m->n_rows++] = row;
    m->rows_changed = true;
    return true;
}

bool master_add_cut(struct master *m, double rhs, double *value_taken)
{
    struct row row = {ROW_CUT, 0, 0, (sec_t)m->n_rows, rhs, value_taken, m->n_columns};
    if (master_add_row(m, row))
        return true;
    free(value_taken);
    return false;
}

/* Demand rows with their left-behind columns, "used" columns and the end rows of every group. */
static bool add_first_rows(struct master *m)
{
    const struct instance *inst = m->inst;
    for (size_t g = 0; g < m->groups->n_airframe; g++) {
        const struct airframe *a = &inst->airframe[m->groups->airframe[g].member[0]];
        m->airframes_used[g] = -1;
        if (!may_end_at(a->end_anywhere, a->end_at, a->n_end_at, a->at))
            m->airframes_used[g] =
                lp_add_column(m->lp, "airframes_used", 0, 0, (double)m->groups->airframe[g].n_members, 0, NULL, NULL);
    }
    for (size_t g = 0; g < m->groups->n_crew; g++) {
        const struct crew *c = &inst->crew[m->groups->crew[g].member[0]];
        m->crews_used[g] = -1;
        if (!may_end_at(c->end_anywhere, c->end_at, c->n_end_at, c->at))
            m->crews_used[g] =
                lp_add_column(m->lp, "crews_used", 0, 0, (double)m->groups->crew[g].n_members, 0, NULL, NULL);
    }
    for (size_t d = 0; d < inst->n_demands; d++) {
        struct row row = {ROW_DEMAND, (int32_t)d, 0, 0, inst->demand[d].pax, NULL, 0};
        if (!master_add_row(m, row))
            return false;
        int i = (int)m->n_rows - 1;
        double one = 1;
        m->left[d] =
            lp_add_column(m->lp, "left", (double)inst->demand[d].penalty / 100.0, 0, inst->demand[d].pax, 1, &i, &one);
        if (m->left[d] < 0)
            return false;
    }
    for (size_t g = 0; g < m->groups->n_airframe; g++) {
        const struct airframe *a = &inst->airframe[m->groups->airframe[g].member[0]];
        for (int32_t f = 0; f < (int32_t)inst->n_airfields; f++) {
            struct row row = {ROW_AIRFRAME_END, (int32_t)g, f, 0, 0, NULL, 0};
            if (!may_end_at(a->end_anywhere, a->end_at, a->n_end_at, f) && !master_add_row(m, row))
                return false;
        }
    }
    for (size_t g = 0; g < m->groups->n_crew; g++) {
        const struct crew *c = &inst->crew[m->groups->crew[g].member[0]];
        for (int32_t f = 0; f < (int32_t)inst->n_airfields; f++) {
            struct row row = {ROW_CREW_END, (int32_t)g, f, 0, 0, NULL, 0};
            if (!may_end_at(c->end_anywhere, c->end_at, c->n_end_at, f) && !master_add_row(m, row))
                return false;
        }
    }
    return true;
}

bool master_init(struct master *m, const struct instance *inst, const struct groups *groups, double keep)
{
    memset(m, 0, sizeof *m);
    m->keep = keep;
    m->inst = inst;
    m->groups = groups;
    m->lp = lp_new();
    m->left = calloc(inst->n_demands + 1, sizeof *m->left);
    m->airframes_used = calloc(groups->n_airframe + 1, sizeof *m->airframes_used);
    m->crews_used = calloc(groups->n_crew + 1, sizeof *m->crews_used);
    if (m->lp && m->left && m->airframes_used && m->crews_used && add_first_rows(m))
        return true;
    master_release(m);
    return false;
}

void master_release(struct master *m)
{
    for (size_t j = 0; j < m->n_columns; j++)
        mission_release(&m->column[j].mission);
    for (size_t i = 0; i < m->n_rows; i++)
        free(m->row[i].cut_value);
    free(m->column);
    free(m->lp_column);
    free(m->row);
    free(m->dual);
    free(m->x);
    free(m->left);
    free(m->airframes_used);
    free(m->crews_used);
    lp_free(m->lp);
    memset(m, 0, sizeof *m);
}

static bool same_stops(const struct mission *a, const struct mission *b)
{
    for (size_t i = 0; i < a->n_stops; i++) {
        const struct stop *p = &a->stop[i], *q = &b->stop[i];
        if (p->airfield != q->airfield || p->arrival != q->arrival || p->departure != q->departure ||
            p->handling_start != q->handling_start || p->handling_end != q->handling_end)
            return false;
    }
    return true;
}

static bool same_rides(const struct mission *a, const struct mission *b)
{
    for (size_t i = 0; i < a->n_rides; i++) {
        const struct ride *p = &a->ride[i], *q = &b->ride[i];
        if (p->demand != q->demand || p->pax != q->pax || p->from_stop != q->from_stop || p->to_stop != q->to_stop)
            return false;
    }
    return true;
}

static bool same_column(const struct column *a, const struct column *b)
{
    return a->airframe_group == b->airframe_group && a->crew_group == b->crew_group && a->cost == b->cost &&
           a->fixed == b->fixed && a->mission.configuration == b->mission.configuration &&
           a->mission.n_stops == b->mission.n_stops && a->mission.n_rides == b->mission.n_rides &&
           same_stops(&a->mission, &b->mission) && same_rides(&a->mission, &b->mission);
}

static bool grow_columns(struct master *m)
{
    if (m->n_columns < m->cap_columns)
        return true;
    size_t cap = m->cap_columns ? 2 * m->cap_columns : 256;
    struct column *columns = realloc(m->column, cap * sizeof *columns);
    if (columns)
        m->column = columns;
    int *index = realloc(m->lp_column, cap * sizeof *index);
    if (index)
        m->lp_column = index;
    double *x = realloc(m->x, cap * sizeof *x);
    if (x)
        m->x = x;
    if (!columns || !index || !x)
        return false;
    m->cap_columns = cap;
    return true;
}

int master_take_column(struct master *m, struct column *col)
{
    for (size_t j = 0; j < m->n_columns; j++) {
        if (m->column[j].cost == col->cost && same_column(&m->column[j], col)) {
            mission_release(&col->mission);
            return 0;
        }
    }
    int *index = malloc((m->n_rows + 1) * sizeof *index);
    double *value = malloc((m->n_rows + 1) * sizeof *value);
    int n = 0;
    if (!grow_columns(m) || !index || !value) {
        free(index);
        free(value);
        mission_release(&col->mission);
        return -1;
    }
    for (size_t i = 0; i < m->n_rows; i++) {
        double a = m->row[i].kind == ROW_CUT ? 0 : row_coefficient(m, &m->row[i], col);
        if (a != 0)
            index[n] = (int)i, value[n++] = a;
    }
    char name[32];
    snprintf(name, sizeof name, "mission_%zu", m->n_columns);
    /* no upper bound: it would hide reduced cost; the rows bound it */
    int j = lp_add_column(m->lp, name, (double)col->cost / 100.0 - (col->fixed ? m->keep : 0), 0,
                          col->fixed ? 1 : INFINITY, n, index, value);
    free(index);
    free(value);
    if (j < 0) {
        mission_release(&col->mission);
        return -1;
    }
    m->x[m->n_columns] = 0;
    m->lp_column[m->n_columns] = j;
    m->column[m->n_columns++] = *col;
    return 1;
}

double master_reduced_cost(const struct master *m, const struct column *col)
{
    double rc = (double)col->cost / 100.0;
    for (size_t i = 0; i < m->n_rows; i++)
        if (m->dual[i] != 0 && (m->row[i].kind != ROW_CUT || col >= m->column))
            rc -= m->dual[i] * row_coefficient(m, &m->row[i], col);
    return rc;
}

enum lp_status master_solve(struct master *m, bool (*stop)(void *), void *context)
{
    enum lp_status status = lp_solve(m->lp, m->rows_changed, stop, context);
    m->rows_changed = false;
    if (status != LP_OPTIMAL)
        return status;
    for (size_t j = 0; j < m->n_columns; j++)
        m->x[j] = lp_primal(m->lp, m->lp_column[j]);
    for (size_t i = 0; i < m->n_rows; i++) {
        double y = lp_dual(m->lp, (int)i);
        m->dual[i] = m->row[i].kind != ROW_DEMAND && y > 0 ? 0 : y;
    }
    return status;
}

cent_t master_bound(const struct master *m, double least)
{
    const struct instance *inst = m->inst;
    double sum = 0, size = 0;
    for (size_t i = 0; i < m->n_rows; i++) {
        sum += m->dual[i] * m->row[i].rhs;
        size += fabs(m->dual[i] * m->row[i].rhs);
    }
    for (size_t d = 0; d < inst->n_demands; d++) {
        double rc = (double)inst->demand[d].penalty / 100.0 - m->dual[d];
        sum += rc < 0 ? rc * inst->demand[d].pax : 0;
    }
    for (size_t g = 0; g < m->groups->n_airframe + m->groups->n_crew; g++) {
        bool airframes = g < m->groups->n_airframe;
        size_t k = airframes ? g : g - m->groups->n_airframe;
        const struct group *group = airframes ? &m->groups->airframe[k] : &m->groups->crew[k];
        int32_t at = airframes ? inst->airframe[group->member[0]].at : inst->crew[group->member[0]].at;
        if ((airframes ? m->airframes_used[k] : m->crews_used[k]) < 0)
            continue;
        double rc = 0;
        for (size_t i = 0; i < m->n_rows; i++)
            rc -=
                m->dual[i] * (airframes ? used_coefficient(&m->row[i], ROW_AIRFRAMES, ROW_AIRFRAME_END, (int32_t)k, at)
                                        : used_coefficient(&m->row[i], ROW_CREWS, ROW_CREW_END, (int32_t)k, at));
        sum += rc < 0 ? rc * (double)group->n_members : 0;
    }
    /* A crew flies one mission at a time and cannot show again before rest, post-flight and the show time itself have
     * passed. */
    sec_t shortest = inst->rules.show + inst->rules.post_flight + inst->rules.rest + 1;
    double crew_missions = (double)inst->n_crews * (1.0 + floor((double)inst->end / (double)shortest));
    sec_t cycle = inst->end;
    for (size_t t = 0; t < inst->n_types; t++)
        for (size_t l = 0; l < inst->n_airfields * inst->n_airfields; l++) {
            sec_t block = inst->leg[t * inst->n_airfields * inst->n_airfields + l].block;
            if (block > 0 && block + inst->type[t].turn < cycle)
                cycle = block + inst->type[t].turn;
        }
    double airframe_missions =
        (double)inst->n_airframes * (1.0 + floor((double)inst->end / (double)(cycle > 0 ? cycle : 1)));
    for (size_t j = 0; j < m->n_columns; j++)
        if (m->column[j].fixed)
            sum += master_reduced_cost(m, &m->column[j]); /* a valid schedule keeps it */
    sum += (least < 0 ? least : 0) * (crew_missions < airframe_missions ? crew_missions : airframe_missions);
    sum -= 1e-11 * size;
    double cents = ceil(sum * 100.0 - 1e-3);
    return cents > 0 ? (cent_t)cents : 0;
}
