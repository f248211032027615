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
            use += in_limit(limit, stop->airfield) && cap_counts(cap, stop->arrival);
        }
        return use;
    }
    for (size_t r = 0; r < col->mission.n_rides; r++) {
        const struct stop *stop = &col->mission.stop[col->mission.ride[r].to_stop];
        if (in_limit(limit, stop->airfield) && cap_counts(cap, stop->handling_start))
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

double triple_count(const int32_t triple[3], const struct mission *m)
{
    int n = 0;
    for (int i = 0; i < 3; i++)
        n += mission_moves(m, triple[i]) > 0;
    return n / 2;
}

double row_share(const struct row *row, sec_t t)
{
    sec_t after = row->at + row->span - t;
    return after <= 0 ? 0 : after >= row->span ? 1 : (double)after / (double)row->span;
}

double row_coefficient(const struct master *m, const struct row *row, const struct column *col)
{
    const struct mission *mission = &col->mission;
    int32_t first = mission->stop[0].airfield, last = mission->stop[mission->n_stops - 1].airfield;
    switch (row->kind) {
    case ROW_DEMAND:
        return mission_moves(&col->mission, row->a);
    case ROW_AIRFRAMES:
        if (col->airframe_group != row->a)
            return 0;
        return (first == row->b ? row_share(row, col->begin) : 0) - (last == row->b ? row_share(row, col->ready) : 0);
    case ROW_AIRFRAME_END:
        return col->airframe_group != row->a ? 0 : (double)(last == row->b) - (double)(first == row->b);
    case ROW_CREWS:
        if (col->crew_group != row->a)
            return 0;
        return (first == row->b ? row_share(row, col->show) : 0) -
               (last == row->b ? row_share(row, col->crew_ready) : 0);
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
    case ROW_LOADS:
        return whole_load_waste(&m->load[row->a], whole_load_aboard(&m->load[row->a], mission));
    case ROW_CROSSING:
        return crossing_use(&m->crossing[row->a], col->type, mission);
    case ROW_TRIPLE:
        return triple_count(row->triple, mission);
    case ROW_BRANCH:
        return row->sign * branch_count(&row->branch, col);
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

const char *row_kind_text(enum row_kind kind)
{
    static const char *const text[] = {"demand", "airframes", "airframe_end", "crews",      "crew_end",
                                       "mog",    "arrivals",  "pax",          "inspection", "rolling",
                                       "loads",  "crossing",  "triple",       "branch"};
    return text[kind];
}

void row_name(const struct row *row, char *name, size_t size)
{
    int n = snprintf(name, size, "%s_%d_%d_%lld", row_kind_text(row->kind), row->a, row->b, (long long)row->at);
    if (row->span > 1)
        snprintf(name + n, size - (size_t)n, "_%lld", (long long)row->span);
}

static bool in_chain(const struct row *row)
{
    return row->kind == ROW_AIRFRAMES || row->kind == ROW_CREWS;
}

static struct chain *chain_of(const struct master *m, bool airframes, int32_t group, int32_t airfield)
{
    size_t g = (size_t)group + (airframes ? 0 : m->groups->n_airframe);
    return &m->chain[g * m->inst->n_airfields + (size_t)airfield];
}

/* Place of the first row whose span ends after t; n where there is none. */
static size_t chain_place(const struct master *m, const struct chain *chain, sec_t t)
{
    size_t low = 0, high = chain->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (m->row[chain->row[middle]].at + m->row[chain->row[middle]].span <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct sparse {
    int *index;
    double *value;
    int n;
};

static bool sparse_init(struct sparse *v, size_t room)
{
    v->index = malloc((room + 1) * sizeof *v->index);
    v->value = malloc((room + 1) * sizeof *v->value);
    v->n = 0;
    return v->index && v->value;
}

static void sparse_release(struct sparse *v)
{
    free(v->index);
    free(v->value);
}

static void sparse_put(struct sparse *v, int index, double value)
{
    if (value == 0)
        return;
    v->index[v->n] = index;
    v->value[v->n++] = value;
}

static size_t most_entries(const struct master *m)
{
    return m->n_columns + m->inst->n_demands + m->groups->n_airframe + m->groups->n_crew + 2;
}

static void put_used(const struct master *m, const struct row *row, struct sparse *v)
{
    for (size_t g = 0; g < m->groups->n_airframe; g++) {
        int32_t at = m->inst->airframe[m->groups->airframe[g].member[0]].at;
        if (m->airframes_used[g] >= 0)
            sparse_put(v, m->airframes_used[g], used_coefficient(row, ROW_AIRFRAMES, ROW_AIRFRAME_END, (int32_t)g, at));
    }
    for (size_t g = 0; g < m->groups->n_crew; g++) {
        int32_t at = m->inst->crew[m->groups->crew[g].member[0]].at;
        if (m->crews_used[g] >= 0)
            sparse_put(v, m->crews_used[g], used_coefficient(row, ROW_CREWS, ROW_CREW_END, (int32_t)g, at));
    }
}

/* As the engine sees it: shares of a span in 64ths. Tiny coefficients make it find solvable programs infeasible, and
 * the bound asks nothing of the duals. */
static double coarse_coefficient(const struct master *m, const struct row *row, const struct column *col)
{
    double exact = row_coefficient(m, row, col);
    return row->span > 1 ? nearbyint(exact * 64) / 64 : exact;
}

/* A column in a row of a chain, less what it is in the row before (NULL: there is none). */
static double chain_coefficient(const struct master *m, const struct row *row, const struct row *before,
                                const struct column *col)
{
    return coarse_coefficient(m, row, col) - (before ? coarse_coefficient(m, before, col) : 0);
}

/* Writes the difference row at `place`. */
static bool write_chain_row(struct master *m, const struct chain *chain, size_t place)
{
    const struct row *row = &m->row[chain->row[place]], *before = place ? &m->row[chain->row[place - 1]] : NULL;
    struct sparse v;
    bool ok = sparse_init(&v, most_entries(m));
    if (ok) {
        for (size_t j = 0; j < m->n_columns; j++)
            sparse_put(&v, m->lp_column[j], chain_coefficient(m, row, before, &m->column[j]));
        if (before)
            sparse_put(&v, chain->stock[place - 1], -1);
        else
            put_used(m, row, &v);
        sparse_put(&v, chain->stock[place], 1);
        ok = lp_set_row(m->lp, chain->row[place], row->rhs - (before ? before->rhs : 0), v.n, v.index, v.value);
    }
    sparse_release(&v);
    return ok;
}

/* Puts the newest row into its chain. */
static bool link_row(struct master *m)
{
    int32_t i = (int32_t)m->n_rows - 1;
    const struct row *row = &m->row[i];
    struct chain *chain = chain_of(m, row->kind == ROW_AIRFRAMES, row->a, row->b);
    if (chain->n == chain->room) {
        size_t room = chain->room ? 2 * chain->room : 16;
        int32_t *rows = realloc(chain->row, room * sizeof *rows);
        if (rows)
            chain->row = rows;
        int32_t *stock = realloc(chain->stock, room * sizeof *stock);
        if (stock)
            chain->stock = stock;
        if (!rows || !stock)
            return false;
        chain->room = room;
    }
    char name[96];
    snprintf(name, sizeof name, "stock_%d", i);
    int stock = lp_add_column(m->lp, name, 0, 0, INFINITY, 0, NULL, NULL);
    if (stock < 0)
        return false;
    size_t place = chain_place(m, chain, row->at + row->span - 1);
    memmove(&chain->row[place + 1], &chain->row[place], (chain->n - place) * sizeof *chain->row);
    memmove(&chain->stock[place + 1], &chain->stock[place], (chain->n - place) * sizeof *chain->stock);
    chain->row[place] = i;
    chain->stock[place] = stock;
    chain->n++;
    if (!write_chain_row(m, chain, place) || (place + 1 < chain->n && !write_chain_row(m, chain, place + 1)))
        return false;
    lp_enter_basis(m->lp, stock, i);
    return true;
}

static bool grow_rows(struct master *m)
{
    if (m->n_rows < m->cap_rows)
        return true;
    size_t cap = m->cap_rows ? 2 * m->cap_rows : 64;
    struct row *grown = realloc(m->row, cap * sizeof *grown);
    if (grown)
        m->row = grown;
    double *duals = realloc(m->dual, cap * sizeof *duals);
    if (duals)
        m->dual = duals;
    if (!grown || !duals)
        return false;
    m->cap_rows = cap;
    return true;
}

bool master_add_row(struct master *m, struct row row)
{
    struct sparse v;
    bool chained = in_chain(&row), ok = grow_rows(m) && sparse_init(&v, most_entries(m));
    if (!ok)
        return false;
    for (size_t j = 0; j < m->n_columns && !chained; j++)
        sparse_put(&v, m->lp_column[j], row_coefficient(m, &row, &m->column[j]));
    if (!chained)
        put_used(m, &row, &v);
    char name[96];
    row_name(&row, name, sizeof name);
    int i = lp_add_row(m->lp, name, row.kind == ROW_DEMAND || chained, row.rhs, v.n, v.index, v.value);
    sparse_release(&v);
    if (i < 0)
        return false;
    m->dual[m->n_rows] = 0;
    m->row[m->n_rows++] = row;
    m->rows_changed = true;
    return !chained || link_row(m);
}

static bool same_branch(const struct branch *a, const struct branch *b)
{
    return a->kind == b->kind && a->airframe_group == b->airframe_group && a->crew_group == b->crew_group &&
           a->from == b->from && a->to == b->to && a->demand == b->demand && a->since == b->since &&
           a->until == b->until && a->pax == b->pax && a->other == b->other;
}

int master_branch(struct master *m, const struct branch *branch, bool at_least, double k)
{
    double sign = at_least ? -1 : 1;
    for (size_t i = 0; i < m->n_rows; i++) {
        struct row *row = &m->row[i];
        if (row->kind != ROW_BRANCH || row->active || row->sign != sign || row->rhs != sign * k ||
            !same_branch(&row->branch, branch))
            continue;
        row->active = true;
        lp_bound_row(m->lp, (int)i, row->rhs);
        m->rows_changed = true;
        return (int)i;
    }
    struct row row = {
        .kind = ROW_BRANCH, .at = (sec_t)m->n_rows, .rhs = sign * k, .branch = *branch, .sign = sign, .active = true};
    if (!master_add_row(m, row))
        return -1;
    int i = (int)m->n_rows - 1;
    double one = -1;
    if (at_least && lp_add_column(m->lp, "way_out", m->way_out, 0, INFINITY, 1, &i, &one) < 0)
        return -1;
    return i;
}

void master_relax_branch(struct master *m, int i)
{
    m->row[i].active = false;
    lp_bound_row(m->lp, i, INFINITY);
    m->rows_changed = true;
}

double master_try_branch(struct master *m, const struct branch *branch, bool at_least, double k)
{
    struct lp_basis basis;
    struct row row = {.kind = ROW_BRANCH,
                      .at = (sec_t)m->n_rows,
                      .rhs = at_least ? -k : k,
                      .branch = *branch,
                      .sign = at_least ? -1 : 1,
                      .active = true};
    if (!lp_keep_basis(m->lp, &basis))
        return NAN;
    double value = NAN, one = -1;
    if (master_add_row(m, row)) {
        int i = (int)--m->n_rows;
        if (!at_least || lp_add_column(m->lp, "way_out", m->way_out, 0, INFINITY, 1, &i, &one) >= 0) {
            enum lp_status status = lp_solve(m->lp, true, NULL, NULL);
            value = status == LP_OPTIMAL ? lp_value(m->lp) : status == LP_INFEASIBLE ? INFINITY : NAN;
        }
    }
    lp_restore_basis(m->lp, &basis);
    m->rows_changed = true;
    return value;
}

bool master_fixes(const struct master *m, const struct branch *branch, double k)
{
    bool most = false, least = false;
    for (size_t i = 0; i < m->n_rows; i++) {
        const struct row *row = &m->row[i];
        if (row->kind != ROW_BRANCH || !row->active || !same_branch(&row->branch, branch))
            continue;
        most = most || (row->sign > 0 && row->rhs <= k);
        least = least || (row->sign < 0 && -row->rhs >= k);
    }
    return most && (least || k == 0);
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
        struct row row = {.kind = ROW_DEMAND, .a = (int32_t)d, .rhs = inst->demand[d].pax, .active = true};
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
            struct row row = {.kind = ROW_AIRFRAME_END, .a = (int32_t)g, .b = f, .active = true};
            if (!may_end_at(a->end_anywhere, a->end_at, a->n_end_at, f) && !master_add_row(m, row))
                return false;
        }
    }
    for (size_t g = 0; g < m->groups->n_crew; g++) {
        const struct crew *c = &inst->crew[m->groups->crew[g].member[0]];
        for (int32_t f = 0; f < (int32_t)inst->n_airfields; f++) {
            struct row row = {.kind = ROW_CREW_END, .a = (int32_t)g, .b = f, .active = true};
            if (!may_end_at(c->end_anywhere, c->end_at, c->n_end_at, f) && !master_add_row(m, row))
                return false;
        }
    }
    return true;
}

bool master_init(struct master *m, const struct instance *inst, const struct groups *groups, double keep,
                 double way_out, int64_t *work)
{
    memset(m, 0, sizeof *m);
    m->keep = keep;
    m->way_out = way_out;
    m->inst = inst;
    m->groups = groups;
    m->lp = lp_new(work);
    m->left = calloc(inst->n_demands + 1, sizeof *m->left);
    m->chain = calloc((groups->n_airframe + groups->n_crew) * inst->n_airfields + 1, sizeof *m->chain);
    m->airframes_used = calloc(groups->n_airframe + 1, sizeof *m->airframes_used);
    m->crews_used = calloc(groups->n_crew + 1, sizeof *m->crews_used);
    if (m->lp && m->left && m->chain && m->airframes_used && m->crews_used && add_first_rows(m))
        return true;
    master_release(m);
    return false;
}

void master_release(struct master *m)
{
    for (size_t j = 0; j < m->n_columns; j++)
        mission_release(&m->column[j].mission);
    for (size_t i = 0; m->chain && i < (m->groups->n_airframe + m->groups->n_crew) * m->inst->n_airfields; i++) {
        free(m->chain[i].row);
        free(m->chain[i].stock);
    }
    for (size_t i = 0; i < m->n_loads; i++)
        free(m->load[i].has);
    for (size_t i = 0; i < m->n_crossings; i++)
        crossing_release(&m->crossing[i]);
    free(m->crossing);
    free(m->load);
    free(m->chain);
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

/* A mission stands where its share changes from row to row: about where it begins and where it ends. */
static void put_chain_rows(const struct master *m, const struct column *col, bool airframes, struct sparse *v)
{
    const struct mission *mission = &col->mission;
    int32_t group = airframes ? col->airframe_group : col->crew_group;
    const struct chain *from = chain_of(m, airframes, group, mission->stop[0].airfield);
    const struct chain *to = chain_of(m, airframes, group, mission->stop[mission->n_stops - 1].airfield);
    for (const struct chain *chain = from; chain; chain = chain == from && to != from ? to : NULL)
        for (size_t k = 0; k < chain->n; k++)
            sparse_put(v, chain->row[k],
                       chain_coefficient(m, &m->row[chain->row[k]], k ? &m->row[chain->row[k - 1]] : NULL, col));
}

static void put_rows(const struct master *m, const struct column *col, struct sparse *v)
{
    for (size_t i = 0; i < m->n_rows; i++)
        if (!in_chain(&m->row[i]))
            sparse_put(v, (int)i, row_coefficient(m, &m->row[i], col));
    put_chain_rows(m, col, true, v);
    put_chain_rows(m, col, false, v);
}

int master_take_column(struct master *m, struct column *col)
{
    for (size_t j = 0; j < m->n_columns; j++) {
        if (m->column[j].cost == col->cost && same_column(&m->column[j], col)) {
            mission_release(&col->mission);
            return 0;
        }
    }
    struct sparse v;
    bool room = sparse_init(&v, m->n_rows);
    int j = -1;
    if (room && grow_columns(m)) {
        put_rows(m, col, &v);
        char name[32];
        snprintf(name, sizeof name, "mission_%zu", m->n_columns);
        /* no upper bound: it would hide reduced cost; the rows bound it */
        j = lp_add_column(m->lp, name, (double)col->cost / 100.0 - (col->fixed ? m->keep : 0), 0,
                          col->fixed ? 1 : INFINITY, v.n, v.index, v.value);
    }
    sparse_release(&v);
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
        if (m->dual[i] != 0)
            rc -= m->dual[i] * row_coefficient(m, &m->row[i], col);
    return rc;
}

static void take_duals(struct master *m)
{
    for (size_t i = 0; i < m->n_rows; i++)
        m->dual[i] = lp_dual(m->lp, (int)i);
    /* The difference row's dual sums those of all undivided rows from it on. */
    for (size_t c = 0; c < (m->groups->n_airframe + m->groups->n_crew) * m->inst->n_airfields; c++)
        for (size_t k = 0; k + 1 < m->chain[c].n; k++)
            m->dual[m->chain[c].row[k]] -= m->dual[m->chain[c].row[k + 1]];
    for (size_t i = 0; i < m->n_rows; i++)
        if ((m->row[i].kind != ROW_DEMAND && m->dual[i] > 0) || !m->row[i].active)
            m->dual[i] = 0;
        else if (m->row[i].kind == ROW_BRANCH && m->row[i].sign < 0 && m->dual[i] < -m->way_out)
            m->dual[i] = -m->way_out;
}

enum lp_status master_solve(struct master *m, bool (*stop)(void *), void *context)
{
    enum lp_status status = lp_solve(m->lp, m->rows_changed, stop, context);
    m->rows_changed = false;
    if (status != LP_OPTIMAL)
        return status;
    for (size_t j = 0; j < m->n_columns; j++)
        m->x[j] = lp_primal(m->lp, m->lp_column[j]);
    take_duals(m);
    return status;
}

void master_center(struct master *m)
{
    if (lp_center(m->lp))
        take_duals(m);
}

double master_bound(const struct master *m, double missions)
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
    for (size_t j = 0; j < m->n_columns; j++)
        if (m->column[j].fixed)
            sum += master_reduced_cost(m, &m->column[j]); /* a valid schedule keeps it */
    return sum + fmin(missions, 0) - 1e-11 * size;
}

int64_t master_most_missions(const struct master *m)
{
    const struct instance *inst = m->inst;
    /* A crew flies one mission at a time and cannot show again before rest, post-flight and the show time itself have
     * passed. */
    sec_t shortest = inst->rules.show + inst->rules.post_flight + inst->rules.rest + 1, cycle = inst->end;
    for (size_t t = 0; t < inst->n_types; t++)
        for (size_t l = 0; l < inst->n_airfields * inst->n_airfields; l++) {
            sec_t block = inst->leg[t * inst->n_airfields * inst->n_airfields + l].block;
            if (block > 0 && block + inst->type[t].turn < cycle)
                cycle = block + inst->type[t].turn;
        }
    int64_t by_crews = (int64_t)inst->n_crews * (1 + inst->end / shortest);
    int64_t by_airframes = (int64_t)inst->n_airframes * (1 + inst->end / (cycle > 0 ? cycle : 1));
    return by_crews < by_airframes ? by_crews : by_airframes;
}
