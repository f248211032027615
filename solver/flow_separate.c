#include "solver/column.h"
#include "solver/flow_facts.h"
#include "solver/flow_parts.h"
#include "solver/load.h"

enum { MOST_ROWS_A_TIME = 400 };

static const double broken = 1e-5; /* of what the row allows */

static double at(const struct flow_program *f, int column)
{
    return column < 0 ? 0 : lp_primal(f->lp, column);
}

/* The draft becomes a row `<= rhs` where the solution is above by more than `broken` of `scale`. 1 where it does. */
static int add_if_broken(struct flow_draft *w, double rhs, double scale)
{
    double sum = 0;
    for (int k = 0; k < w->n; k++)
        sum += w->value[k] * at(w->f, w->column[k]);
    if (sum <= rhs + broken * scale) {
        w->n = 0;
        return 0;
    }
    flow_finish_row(w, rhs);
    return 1;
}

/* Who is `carried` by flights from i to j in periods `from` .. `until` - 1 is no more than what these hold of the
 * demand. 1 where that is broken and a row is added. */
static int link_demand(struct flow_draft *w, int carried, int32_t demand, int32_t i, int32_t j, int32_t from,
                       int32_t until)
{
    const struct flow_program *f = w->f;
    const struct demand *d = &f->inst->demand[demand];
    if (at(f, carried) <= broken * d->pax)
        return 0;
    for (int32_t t = 0; t < (int32_t)f->inst->n_types; t++)
        flow_with_flights(w, t, i, j, from, until, -flow_held(f->inst, t, d));
    flow_with(w, carried, 1);
    return add_if_broken(w, 0, d->pax);
}

static int link_demands(struct flow_draft *w, int most)
{
    const struct flow_program *f = w->f;
    int added = 0;
    for (int32_t d = 0; d < (int32_t)f->inst->n_demands; d++) {
        const struct demand *k = &f->inst->demand[d];
        for (int32_t p = 0; p < f->n_periods && added < most; p++) {
            added += link_demand(w, f->leaves[d * f->n_periods + p], d, k->origin, -1, p, p + 1);
            added += link_demand(w, f->comes[d * f->n_periods + p], d, -1, k->destination, p, p + 1);
        }
        for (int32_t i = 0; i < f->n && added < most; i++)
            for (int32_t j = 0; j < f->n; j++)
                added += link_demand(w, f->carried[(d * f->n + i) * f->n + j], d, i, j, 0, f->n_periods);
    }
    return added;
}

/* Flights of a type with a block-in in some periods take no more than its airframes have of them: the first of each may
 * have begun before, by the longest block time. */
static int limit_hours(struct flow_draft *w, int32_t type, sec_t block, int32_t from, int32_t until)
{
    struct flow_program *f = w->f;
    const struct instance *inst = f->inst;
    const struct aircraft_type *y = &inst->type[type];
    sec_t ground = flow_ground(y), before = from > 0 ? block : 0, limit = 0;
    sec_t ends = ground + larger(0, y->ground[GROUND_ONLOAD] - ground) + larger(0, y->ground[GROUND_OFFLOAD] - ground);
    for (size_t a = 0; a < inst->n_airframes; a++) {
        const struct airframe *k = &inst->airframe[a];
        sec_t begin = larger(k->from, f->cut[from] - before),
              end = smaller(k->until, smaller(inst->end, f->cut[until]));
        if (k->type == type && end > begin)
            limit += end - begin + ends + larger(0, y->turn - ground);
    }
    for (int32_t i = 0; i < f->n; i++) {
        sec_t turn = y->turn - (f->loads[i] ? ground : larger(ground, y->ground[GROUND_OFFLOAD]));
        for (int32_t p = from; p < until; p++) {
            flow_with(w, f->works[flow_place(f, type, i, p)], flow_hours(flow_works_longer(f, type, i, ground)));
            flow_with(w, f->begins[flow_place(f, type, i, p)], flow_hours(larger(0, turn)));
        }
        for (int32_t j = 0; j < f->n; j++)
            flow_with_flights(w, type, i, j, from, until, flow_hours(instance_leg(inst, type, i, j)->block + ground));
    }
    return add_if_broken(w, flow_hours(limit), flow_hours(limit));
}

/* Flights with a block-in in some periods belong to missions that were under way then or begin in them. Of the stops
 * counted with them the first may have been before, and the last may come after. */
static int limit_missions(struct flow_draft *w, int32_t type, sec_t block, int32_t from, int32_t until)
{
    struct flow_program *f = w->f;
    const struct instance *inst = f->inst;
    sec_t stop = least_stop(&inst->type[type]);
    const struct aircraft_type *y = &inst->type[type];
    sec_t most = stop + larger(0, y->ground[GROUND_ONLOAD] - stop) + larger(0, y->ground[GROUND_OFFLOAD] - stop);
    double each = flow_hours(f->cut[until] - f->cut[from] + block + most);
    for (int32_t i = 0; i < f->n; i++) {
        int32_t at = flow_place(f, type, i, 0);
        for (int32_t j = 0; j < f->n; j++)
            flow_with_flights(w, type, i, j, from, until, flow_hours(instance_leg(inst, type, i, j)->block + stop));
        flow_with(w, from > 0 ? f->under_way[at + from - 1] : -1, -each);
        for (int32_t p = from; p < until; p++) {
            flow_with(w, f->begins[at + p], -each);
            flow_with(w, f->works_amid[at + p], flow_hours(flow_works_longer(f, type, i, stop)));
        }
    }
    return add_if_broken(w, 0, each);
}

int flow_program_separate(struct flow_program *f)
{
    struct flow_draft w;
    int added = 0;
    if (flow_draft_init(&w, f)) {
        for (int32_t t = 0; t < (int32_t)f->inst->n_types; t++) {
            sec_t block = flow_longest_block(f->inst, t), duty = flow_longest_duty(f->inst, t);
            for (int32_t i = 0; i < f->n_periods; i++)
                for (int32_t j = i + 1; j <= f->n_periods && added < MOST_ROWS_A_TIME; j++) {
                    added += limit_hours(&w, t, block, i, j);
                    if (f->cut[j] - f->cut[i] < duty)
                        added += limit_missions(&w, t, block, i, j);
                }
        }
        added += link_demands(&w, MOST_ROWS_A_TIME);
    }
    flow_draft_release(&w);
    return f->failed ? -1 : added;
}
