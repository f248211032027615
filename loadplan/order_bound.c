/* People of lot l in zone z, and the moment of a lot's cargo between its least and most: every lot is seated, zones
 * hold those aboard, on every leg the centre of gravity is within the limits. A person costs zones to the door x later
 * stops. */
#include "loadplan/order_bound.h"

#include <math.h>
#include <stdlib.h>

struct builder {
    const struct load_task *t;
    struct program *program;
    int *index;
    double *value;
};

/* Columns: people[l * n_zones + z], then the cargo of each lot, in tonnes x arm. */
static bool add_columns(const struct builder *b)
{
    const struct load_task *t = b->t;
    int64_t all = 0;
    bool ok = true;
    for (size_t l = 0; l < t->n_lots; l++)
        all += lot_size(&t->lot[l]);
    for (size_t i = 0; i < t->n_lots * t->n_zones && ok; i++) {
        int column = program_column(b->program, 0, 2.0 * (double)all + 1, false); /* never reached */
        ok = column >= 0;
        program_cost(b->program, column, (double)(i % t->n_zones) * t->lot[i / t->n_zones].later);
    }
    for (size_t l = 0; l < t->n_lots && ok; l++) {
        double least = 0, most = 0, tonnes = (double)t->lot[l].cargo / 1e6;
        for (size_t q = 0; q < t->n_positions; q++) {
            double moment = tonnes * t->position_arm[q];
            least = q == 0 ? moment : fmin(least, moment);
            most = q == 0 ? moment : fmax(most, moment);
        }
        ok = program_column(b->program, least, most, false) >= 0;
    }
    return ok;
}

static bool add_lots(const struct builder *b)
{
    const struct load_task *t = b->t;
    bool ok = true;
    for (size_t l = 0; l < t->n_lots && ok; l++) {
        for (size_t z = 0; z < t->n_zones; z++) {
            b->index[z] = (int)(l * t->n_zones + z);
            b->value[z] = 1;
        }
        ok = program_equals(b->program, lot_size(&t->lot[l]), (int)t->n_zones, b->index, b->value);
    }
    for (size_t z = 0; z < t->n_zones && ok; z++) {
        for (size_t l = 0; l < t->n_lots; l++) {
            b->index[l] = (int)(l * t->n_zones + z);
            b->value[l] = 1;
        }
        ok = program_at_most(b->program, t->cabin->zone[z].seats, (int)t->n_lots, b->index, b->value);
    }
    return ok;
}

static double body_of(const struct lot *lot)
{
    return lot->people[PASSENGER] == 0 ? lot->body[ESCORT]
           : lot->people[ESCORT] == 0  ? lot->body[PASSENGER]
                                       : fmin(lot->body[PASSENGER], lot->body[ESCORT]);
}

/* The centre of gravity on both sides, in units. */
static bool add_leg(const struct builder *b, size_t leg, double within)
{
    const struct load_task *t = b->t;
    const struct load_leg *g = &t->leg[leg];
    bool ok = true;
    for (int side = -1; side <= 1 && ok; side += 2) {
        double share = side / (g->mass * t->unit);
        int n = 0;
        for (size_t l = 0; l < t->n_lots; l++) {
            for (size_t z = 0; z < t->n_zones && g->aboard[l]; z++)
                if (t->zone_arm[z] != 0) {
                    b->index[n] = (int)(l * t->n_zones + z);
                    b->value[n++] = share * body_of(&t->lot[l]) * t->zone_arm[z];
                }
            if (g->aboard[l] && t->lot[l].cargo > 0) {
                b->index[n] = (int)(t->n_lots * t->n_zones + l);
                b->value[n++] = share * 1e3;
            }
        }
        ok = program_at_most(b->program, within - share * g->moment, n, b->index, b->value);
    }
    return ok;
}

enum program_status order_bound_init(struct order_bound *bound, const struct load_task *t, double within)
{
    size_t columns = t->n_lots * (t->n_zones + 1) + 1;
    struct builder b = {.t = t,
                        .program = program_new(),
                        .index = calloc(columns, sizeof *b.index),
                        .value = calloc(columns, sizeof *b.value)};
    *bound = (struct order_bound){.more = calloc(columns, sizeof *bound->more)};
    enum program_status status = PROGRAM_FAILED;
    bool ok = b.program && b.index && b.value && bound->more && add_columns(&b) && add_lots(&b);
    for (size_t i = 0; i < t->n_legs && ok; i++)
        ok = add_leg(&b, i, within);
    if (ok)
        status = program_relax(b.program, &bound->least, bound->more);
    program_free(b.program);
    free(b.index);
    free(b.value);
    if (status != PROGRAM_OPTIMAL)
        order_bound_release(bound);
    return status;
}

void order_bound_release(struct order_bound *bound)
{
    free(bound->more);
    *bound = (struct order_bound){0};
}
