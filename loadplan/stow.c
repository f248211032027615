#include "loadplan/stow.h"

#include <math.h>
#include <stdlib.h>

bool load_has_cargo(const struct load_task *t)
{
    for (size_t l = 0; l < t->n_lots; l++)
        if (t->lot[l].cargo > 0)
            return true;
    return false;
}

/* Moment of the aircraft and of those aboard, in units of the deviation. */
static double people_units(const struct load_task *t, const struct placing *p, size_t leg)
{
    double moment = t->leg[leg].moment;
    for (size_t l = 0; l < t->n_lots; l++)
        for (int k = 0; k < N_PERSONS && t->leg[leg].aboard[l]; k++)
            for (size_t z = 0; z < t->n_zones; z++)
                moment += placing_seat(t, p, l, k)[z] * t->lot[l].body[k] * t->zone_arm[z];
    return moment / (t->leg[leg].mass * t->unit);
}

static bool add_lot(struct stow *s, size_t lot, int *index, double *value)
{
    const struct load_task *t = s->t;
    int n = 0;
    for (size_t q = 0; q < t->n_positions; q++) {
        gram_t room = t->cabin->position[q].largest, most = t->lot[lot].cargo < room ? t->lot[lot].cargo : room;
        int *column = &s->cargo[lot * t->n_positions + q];
        *column = most > 0 ? program_column(s->program, 0, (double)most / 1e6, false) : -1;
        if (most == 0)
            continue;
        if (*column < 0)
            return false;
        index[n] = *column;
        value[n++] = 1;
    }
    return t->lot[lot].cargo == 0 || program_equals(s->program, (double)t->lot[lot].cargo / 1e6, n, index, value);
}

static bool add_leg(struct stow *s, size_t leg, int *index, double *value)
{
    const struct load_task *t = s->t;
    const struct load_leg *g = &t->leg[leg];
    for (size_t q = 0; q < t->n_positions; q++) {
        int n = 0;
        for (size_t l = 0; l < t->n_lots; l++)
            if (g->aboard[l] && s->cargo[l * t->n_positions + q] >= 0) {
                index[n] = s->cargo[l * t->n_positions + q];
                value[n++] = 1;
            }
        if (!program_at_most(s->program, (double)t->cabin->position[q].largest / 1e6, n, index, value))
            return false;
    }
    s->people[leg] = program_column(s->program, 0, 0, false);
    for (int side = -1; side <= 1; side += 2) {
        int n = 0;
        for (size_t i = 0; i < t->n_lots * t->n_positions; i++)
            if (g->aboard[i / t->n_positions] && s->cargo[i] >= 0 && t->position_arm[i % t->n_positions] != 0) {
                index[n] = s->cargo[i];
                value[n++] = side * 1e3 * t->position_arm[i % t->n_positions] / (g->mass * t->unit);
            }
        index[n] = s->people[leg];
        value[n++] = side;
        index[n] = s->distance;
        value[n++] = -1;
        if (s->people[leg] < 0 || !program_at_most(s->program, 0, n, index, value))
            return false;
    }
    return true;
}

bool stow_init(struct stow *s, const struct load_task *t)
{
    size_t n = t->n_lots * t->n_positions;
    *s = (struct stow){.t = t,
                       .program = program_new(),
                       .cargo = calloc(n + 1, sizeof *s->cargo),
                       .people = calloc(t->n_legs + 1, sizeof *s->people)};
    int *index = calloc(n + 3, sizeof *index);
    double *value = calloc(n + 3, sizeof *value);
    bool ok = s->program && s->cargo && s->people && index && value;
    if (ok) {
        s->distance = program_column(s->program, 0, 1, false);
        program_cost(s->program, s->distance, 1);
        ok = s->distance >= 0;
    }
    for (size_t l = 0; l < t->n_lots && ok; l++)
        ok = add_lot(s, l, index, value);
    for (size_t i = 0; i < t->n_legs && ok; i++)
        ok = add_leg(s, i, index, value);
    free(index);
    free(value);
    return ok;
}

void stow_release(struct stow *s)
{
    program_free(s->program);
    free(s->cargo);
    free(s->people);
    *s = (struct stow){0};
}

/* Grams that add up: rounded down, the rest where there is room. */
static void round_cargo(const struct stow *s, struct placing *p)
{
    const struct load_task *t = s->t;
    for (size_t l = 0; l < t->n_lots; l++) {
        gram_t left = t->lot[l].cargo, *cargo = &p->cargo[l * t->n_positions];
        for (size_t q = 0; q < t->n_positions; q++) {
            int column = s->cargo[l * t->n_positions + q];
            gram_t mass = column < 0 ? 0 : (gram_t)floor(program_value(s->program, column) * 1e6 + 1e-3);
            cargo[q] = mass < 0 ? 0 : mass > left ? left : mass;
            left -= cargo[q];
        }
        for (size_t q = 0; q < t->n_positions && left > 0; q++) {
            gram_t room = t->cabin->position[q].largest;
            for (size_t i = 0; i < t->n_legs; i++) {
                gram_t taken = 0;
                for (size_t b = 0; b < t->n_lots && t->leg[i].aboard[l]; b++)
                    taken += t->leg[i].aboard[b] ? p->cargo[b * t->n_positions + q] : 0;
                gram_t free_here = t->cabin->position[q].largest - taken;
                room = free_here < room ? free_here : room;
            }
            gram_t put = room < left ? room : left;
            cargo[q] += put > 0 ? put : 0;
            left -= put > 0 ? put : 0;
        }
    }
}

enum program_status stow_cargo(struct stow *s, double farthest, struct placing *p)
{
    double bound;
    for (size_t i = 0; i < s->t->n_legs; i++) {
        double units = people_units(s->t, p, i);
        program_bounds(s->program, s->people[i], units, units);
    }
    program_bounds(s->program, s->distance, 0, farthest);
    enum program_status status = program_solve(s->program, 1, &bound);
    if (status == PROGRAM_OPTIMAL)
        round_cargo(s, p);
    return status;
}
