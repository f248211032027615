/* Resources over time, as rows of differences: after every run of takings the rest is a stock column that is not
 * negative, and each change stands in one row. */
#include <stdlib.h>
#include <string.h>

#include "program/building.h"

void building_change(struct building *b, struct chain_key key, sec_t at, int32_t column, int64_t amount)
{
    if (amount == 0 || b->program->failed)
        return;
    if (b->n_changes == b->room) {
        size_t room = b->room ? 2 * b->room : 1024;
        struct change *grown = realloc(b->change, room * sizeof *grown);
        if (!grown) {
            b->program->failed = true;
            return;
        }
        b->change = grown;
        b->room = room;
    }
    b->change[b->n_changes++] = (struct change){key, at, column, amount};
}

static int compare(int64_t x, int64_t y)
{
    return (x > y) - (x < y);
}

static int by_key(const struct chain_key *x, const struct chain_key *y)
{
    int order = compare(x->kind, y->kind);
    order = order ? order : compare(x->a, y->a);
    order = order ? order : compare(x->b, y->b);
    order = order ? order : compare(x->tanks.flown, y->tanks.flown);
    return order ? order : compare(x->tanks.total, y->tanks.total);
}

static int by_instant(const void *a, const void *b)
{
    const struct change *x = a, *y = b;
    int order = by_key(&x->key, &y->key);
    order = order ? order : compare(x->at, y->at);
    order = order ? order : compare(x->amount > 0, y->amount > 0);
    return order ? order : compare(x->column, y->column);
}

/* Nobody of the group may be left at the airfield. */
static bool must_empty(const struct building *b, const struct chain_key *key)
{
    if (key->kind == CHAIN_AIRFRAMES) {
        const struct airframe *a = &b->inst->airframe[b->groups.airframe[key->a].member[0]];
        return !may_end_at(a->end_anywhere, a->end_at, a->n_end_at, key->b);
    }
    if (key->kind == CHAIN_CREWS) {
        const struct crew *c = &b->inst->crew[b->groups.crew[key->a].member[0]];
        return !may_end_at(c->end_anywhere, c->end_at, c->n_end_at, key->b);
    }
    return false;
}

static int32_t add_row(struct building *b, const struct change *c, enum program_sense sense, int64_t rhs)
{
    struct program *p = b->program;
    const struct instance *inst = b->inst;
    long long at = (long long)(c->at < 0 ? 0 : c->at);
    switch (c->key.kind) {
    case CHAIN_AIRFRAMES:
        return program_add_row(p, sense, rhs, "airframes_%zu_t%lld_g%d_%s_%s", p->n_rows, at, c->key.a,
                               inst->airframe[b->groups.airframe[c->key.a].member[0]].id, inst->airfield[c->key.b].id);
    case CHAIN_CREWS:
        return program_add_row(p, sense, rhs, "crews_%zu_t%lld_g%d_%s_%s", p->n_rows, at, c->key.a,
                               inst->crew[b->groups.crew[c->key.a].member[0]].id, inst->airfield[c->key.b].id);
    case CHAIN_PARKING:
        return program_add_row(p, sense, rhs, "mog_%zu_t%lld_%s", p->n_rows, at, inst->airfield[c->key.a].id);
    default:
        return program_add_row(p, sense, rhs, "rolling_%zu_t%lld_%d_%s", p->n_rows, at, c->key.b,
                               inst->crew[b->groups.crew[c->key.a].member[0]].id);
    }
}

/* One row: change [from, until), the stock before (-1: none), and unless `last` must leave nothing a stock after. */
static int32_t write_run(struct building *b, const struct change *change, size_t n, int32_t before, bool empty)
{
    struct program *p = b->program;
    int64_t given = 0;
    for (size_t i = 0; i < n; i++)
        given -= change[i].column < 0 ? change[i].amount : 0;
    int32_t row = add_row(b, &change[n - 1], PROGRAM_EQUAL, given), stock = -1;
    for (size_t i = 0; i < n; i++)
        if (change[i].column >= 0)
            program_add_entry(p, row, change[i].column, change[i].amount);
    if (before >= 0)
        program_add_entry(p, row, before, -1);
    if (!empty) {
        struct program_column column = {.kind = COLUMN_STOCK,
                                        .route = -1,
                                        .copy = -1,
                                        .group = -1,
                                        .demand = -1,
                                        .load_stop = -1,
                                        .unload_stop = -1,
                                        .upper = PROGRAM_NO_BOUND};
        stock = program_add_column(p, column, "stock_%d", row);
        program_add_entry(p, row, stock, 1);
    }
    return stock;
}

static void write_chain(struct building *b, const struct change *change, size_t n)
{
    bool empty = must_empty(b, &change->key), takes = empty;
    for (size_t i = 0; i < n; i++)
        takes = takes || (change[i].amount > 0 && change[i].column >= 0);
    if (!takes)
        return;
    int32_t stock = -1;
    size_t from = 0;
    for (size_t i = 1; i <= n && !b->program->failed; i++) {
        if (i < n && (change[i - 1].amount < 0 || change[i].amount > 0))
            continue; /* the run goes on: givings, then takings */
        bool last = i == n, taken = change[i - 1].amount > 0;
        if (taken || (last && empty))
            stock = write_run(b, &change[from], i - from, stock, last && empty);
        from = i;
    }
}

void building_chains(struct building *b)
{
    if (b->n_changes)
        qsort(b->change, b->n_changes, sizeof *b->change, by_instant);
    size_t from = 0;
    for (size_t i = 1; i <= b->n_changes && !b->program->failed; i++)
        if (i == b->n_changes || by_key(&b->change[from].key, &b->change[i].key) != 0) {
            write_chain(b, &b->change[from], i - from);
            from = i;
            if ((int64_t)b->program->n_columns > b->most_columns)
                return;
        }
}
