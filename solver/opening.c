#include "solver/opening.h"

#include "solver/column.h"

/* First instant from `at` on inside one of the intervals, both ends inclusive; SEC_LATEST: none. */
static sec_t next_inside(const struct interval *list, size_t n, sec_t at)
{
    size_t low = 0, high = n;
    while (low < high) { /* sorted */
        size_t middle = (low + high) / 2;
        if (list[middle].until < at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == n)
        return SEC_LATEST;
    return at > list[low].from ? at : list[low].from;
}

sec_t next_open(const struct instance *inst, int32_t airfield, sec_t at)
{
    const struct airfield *f = &inst->airfield[airfield];
    return f->always_open ? at : next_inside(f->open, f->n_open, at);
}

sec_t last_open(const struct instance *inst, int32_t airfield)
{
    const struct airfield *f = &inst->airfield[airfield];
    size_t n = f->n_open;
    while (n > 0 && f->open[n - 1].from > inst->end)
        n--;
    return f->always_open ? SEC_LATEST : n ? f->open[n - 1].until : SEC_EARLIEST;
}

bool field_open(const struct instance *inst, int32_t airfield, sec_t t)
{
    return next_open(inst, airfield, t) == t;
}

static sec_t next_cleared(const struct instance *inst, int32_t airfield, sec_t at)
{
    for (size_t i = 0; i < inst->n_limits && at < SEC_LATEST; i++) {
        const struct limit *limit = &inst->limit[i];
        if (limit->needs_clearance && in_limit(limit, airfield))
            at = next_inside(limit->clear, limit->n_clear, at);
    }
    return at;
}

bool field_cleared(const struct instance *inst, int32_t airfield, sec_t block_in)
{
    return next_cleared(inst, airfield, block_in) == block_in;
}

sec_t next_block_in(const struct instance *inst, int32_t airfield, sec_t at)
{
    for (sec_t before = SEC_NONE; before != at && at < SEC_LATEST;) {
        before = at;
        at = next_cleared(inst, airfield, next_open(inst, airfield, at));
    }
    return at;
}

sec_t next_take_off(const struct instance *inst, int32_t from, int32_t to, sec_t block, sec_t at)
{
    sec_t step = inst->rules.step;
    for (;;) {
        at = at <= 0 ? 0 : (at + step - 1) / step * step;
        if (at + block > inst->end)
            return SEC_LATEST;
        sec_t open = next_open(inst, from, at);
        sec_t block_in = open < SEC_LATEST ? next_block_in(inst, to, open + block) : SEC_LATEST;
        if (block_in >= SEC_LATEST)
            return SEC_LATEST;
        if (block_in - block == at)
            return at;
        at = block_in - block;
    }
}
