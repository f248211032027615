/* Columns: seat[lot, person, zone] whole; used[lot, zone] 0 or 1, and for a demand of several lots zone[demand, zone];
 * cargo[lot, position] in tonnes; the three goals. docs/load_plans.md. */
#include "loadplan/exact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "loadplan/parts.h"
#include "loadplan/program.h"
#include "loadplan/stow.h"
#include "loadplan/zone_bound.h"

enum { WORK_OF_A_NODE = 14000 }; /* steps of the search by parts that take as long as a node of the program */

struct model {
    const struct load_task *t;
    struct program *program;
    int *seat;                   /* as in struct placing; -1: not there */
    int *cargo;                  /* likewise */
    int *used;                   /* [n_lots * n_zones] */
    int *zone;                   /* [n_demands * n_zones], those of `used` where the demand has one lot */
    int zones, deviation, order; /* the three goals */
    int distance;                /* of the centre of gravity, in units, no whole number: see FREE_STEPS */
    double least_zones;
    struct stow stow;
    int *index; /* scratch for rows */
    double *value;
    int n;
};

static void term(struct model *m, int column, double value)
{
    if (column < 0 || value == 0)
        return;
    m->index[m->n] = column;
    m->value[m->n++] = value;
}

static bool at_most(struct model *m, double most)
{
    bool ok = program_at_most(m->program, most, m->n, m->index, m->value);
    m->n = 0;
    return ok;
}

static bool equals(struct model *m, double what)
{
    bool ok = program_equals(m->program, what, m->n, m->index, m->value);
    m->n = 0;
    return ok;
}

static int *seat_of(const struct model *m, size_t lot, int person)
{
    return &m->seat[(lot * N_PERSONS + (size_t)person) * m->t->n_zones];
}

static int32_t smaller(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* --- columns --- */

static bool add_people(struct model *m)
{
    const struct load_task *t = m->t;
    bool ok = true;
    for (size_t l = 0; l < t->n_lots; l++)
        for (size_t z = 0; z < t->n_zones; z++) {
            int32_t seats = t->cabin->zone[z].seats;
            m->used[l * t->n_zones + z] = program_column(m->program, 0, seats > 0, true);
            ok = ok && m->used[l * t->n_zones + z] >= 0;
            for (int k = 0; k < N_PERSONS; k++) {
                int32_t most = smaller(t->lot[l].people[k], seats);
                int *column = &seat_of(m, l, k)[z];
                *column = most > 0 ? program_column(m->program, 0, most, true) : -1;
                ok = ok && (most == 0 || *column >= 0);
            }
        }
    return ok;
}

static bool add_cargo(struct model *m)
{
    const struct load_task *t = m->t;
    bool ok = true;
    for (size_t l = 0; l < t->n_lots; l++)
        for (size_t q = 0; q < t->n_positions; q++) {
            gram_t most =
                t->lot[l].cargo < t->cabin->position[q].largest ? t->lot[l].cargo : t->cabin->position[q].largest;
            int *column = &m->cargo[l * t->n_positions + q];
            *column = most > 0 ? program_column(m->program, 0, (double)most / 1e6, false) : -1;
            ok = ok && (most == 0 || *column >= 0);
        }
    return ok;
}

static size_t lots_of(const struct load_task *t, size_t demand, size_t *first)
{
    size_t n = 0;
    for (size_t l = t->n_lots; l-- > 0;)
        if (t->lot[l].demand_slot == (int32_t)demand) {
            *first = l;
            n++;
        }
    return n;
}

static bool add_zones(struct model *m, const struct zone_bound *bound)
{
    const struct load_task *t = m->t;
    bool ok = true;
    for (size_t d = 0; d < t->n_demands; d++) {
        size_t first = 0, n = lots_of(t, d, &first);
        for (size_t z = 0; z < t->n_zones; z++) {
            int *column = &m->zone[d * t->n_zones + z];
            *column = n == 1 ? m->used[first * t->n_zones + z] : program_column(m->program, 0, 1, true);
            ok = ok && *column >= 0;
            for (size_t l = 0; l < t->n_lots && n > 1 && ok; l++) {
                if (t->lot[l].demand_slot != (int32_t)d)
                    continue;
                term(m, m->used[l * t->n_zones + z], 1);
                term(m, *column, -1);
                ok = at_most(m, 0);
            }
        }
        for (size_t z = 0; z < t->n_zones; z++)
            term(m, m->zone[d * t->n_zones + z], -1);
        ok = ok && at_most(m, -(double)bound->demand[d]);
    }
    return ok;
}

/* --- rows --- */

static bool seat_everybody(struct model *m)
{
    const struct load_task *t = m->t;
    bool ok = true;
    for (size_t l = 0; l < t->n_lots && ok; l++) {
        for (int k = 0; k < N_PERSONS && ok; k++) {
            for (size_t z = 0; z < t->n_zones; z++)
                term(m, seat_of(m, l, k)[z], 1);
            ok = t->lot[l].people[k] == 0 || equals(m, t->lot[l].people[k]);
        }
        for (size_t z = 0; z < t->n_zones && ok; z++) {
            for (int k = 0; k < N_PERSONS; k++)
                term(m, seat_of(m, l, k)[z], 1);
            term(m, m->used[l * t->n_zones + z], -smaller(lot_size(&t->lot[l]), t->cabin->zone[z].seats));
            ok = at_most(m, 0);
        }
        for (size_t q = 0; q < t->n_positions; q++)
            term(m, m->cargo[l * t->n_positions + q], 1);
        ok = ok && (t->lot[l].cargo == 0 || equals(m, (double)t->lot[l].cargo / 1e6));
    }
    for (size_t a = 0; a < t->n_lots && ok; a++)
        for (size_t b = 0; b < a && ok; b++)
            for (size_t z = 0; z < t->n_zones && ok && t->apart[a * t->n_lots + b]; z++) {
                term(m, m->used[a * t->n_zones + z], 1);
                term(m, m->used[b * t->n_zones + z], 1);
                ok = at_most(m, 1);
            }
    return ok;
}

/* The centre of gravity is `distance` units from the middle at most, on both sides. */
static bool balance(struct model *m, size_t leg)
{
    const struct load_task *t = m->t;
    const struct load_leg *g = &t->leg[leg];
    bool ok = true;
    for (int side = -1; side <= 1 && ok; side += 2) {
        double share = side / (g->mass * t->unit);
        for (size_t l = 0; l < t->n_lots; l++) {
            if (!g->aboard[l])
                continue;
            for (int k = 0; k < N_PERSONS; k++)
                for (size_t z = 0; z < t->n_zones; z++)
                    term(m, seat_of(m, l, k)[z], share * t->lot[l].body[k] * t->zone_arm[z]);
            for (size_t q = 0; q < t->n_positions; q++)
                term(m, m->cargo[l * t->n_positions + q], share * 1e3 * t->position_arm[q]);
        }
        term(m, m->distance, -1);
        ok = at_most(m, -share * g->moment);
    }
    return ok;
}

static bool fill_leg(struct model *m, size_t leg)
{
    const struct load_task *t = m->t;
    const bool *aboard = t->leg[leg].aboard;
    bool ok = true;
    for (size_t z = 0; z < t->n_zones && ok; z++) {
        for (size_t l = 0; l < t->n_lots; l++)
            for (int k = 0; k < N_PERSONS && aboard[l]; k++)
                term(m, seat_of(m, l, k)[z], 1);
        ok = at_most(m, t->cabin->zone[z].seats);
    }
    for (size_t q = 0; q < t->n_positions && ok; q++) {
        for (size_t l = 0; l < t->n_lots; l++)
            if (aboard[l])
                term(m, m->cargo[l * t->n_positions + q], 1);
        ok = at_most(m, (double)t->cabin->position[q].largest / 1e6);
    }
    return ok && balance(m, leg);
}

/* Goals as columns, so that a goal is one figure to bound or to minimise. */
static bool add_goals(struct model *m, const struct zone_bound *bound)
{
    const struct load_task *t = m->t;
    double most = 0, farthest = (t->half + CG_TOLERANCE) / t->unit;
    m->least_zones = (double)bound->zones;
    m->zones = program_column(m->program, (double)bound->zones, (double)(t->n_demands * t->n_zones), true);
    for (size_t i = 0; i < t->n_demands * t->n_zones; i++)
        term(m, m->zone[i], 1);
    term(m, m->zones, -1);
    bool ok = m->zones >= 0 && equals(m, 0);
    for (size_t l = 0; l < t->n_lots; l++)
        most += (double)lot_size(&t->lot[l]) * (double)t->n_zones * t->lot[l].later;
    m->distance = program_column(m->program, 0, farthest, false);
    m->deviation = program_column(m->program, 0, ceil(farthest), true);
    term(m, m->distance, 1);
    term(m, m->deviation, -1);
    ok = ok && m->distance >= 0 && m->deviation >= 0 && at_most(m, FREE_STEPS);
    m->order = program_column(m->program, 0, most, true);
    for (size_t l = 0; l < t->n_lots; l++)
        for (int k = 0; k < N_PERSONS; k++)
            for (size_t z = 0; z < t->n_zones; z++)
                term(m, seat_of(m, l, k)[z], (double)z * t->lot[l].later);
    term(m, m->order, -1);
    return ok && m->order >= 0 && equals(m, 0);
}

static bool build(struct model *m)
{
    struct zone_bound bound;
    if (!zone_bound_init(&bound, m->t))
        return false;
    bool ok = add_people(m) && add_cargo(m) && add_zones(m, &bound) && add_goals(m, &bound) && seat_everybody(m);
    for (size_t i = 0; i < m->t->n_legs && ok; i++)
        ok = fill_leg(m, i);
    zone_bound_release(&bound);
    return ok;
}

static bool model_init(struct model *m, const struct load_task *t)
{
    size_t seats = t->n_lots * N_PERSONS * t->n_zones, cargo = t->n_lots * t->n_positions,
           used = t->n_lots * t->n_zones, zone = t->n_demands * t->n_zones, all = seats + cargo + used + zone + 4;
    *m = (struct model){.t = t, .program = program_new()};
    m->seat = calloc(seats + 1, sizeof *m->seat);
    m->cargo = calloc(cargo + 1, sizeof *m->cargo);
    m->used = calloc(used + 1, sizeof *m->used);
    m->zone = calloc(zone + 1, sizeof *m->zone);
    m->index = calloc(all, sizeof *m->index);
    m->value = calloc(all, sizeof *m->value);
    return stow_init(&m->stow, t) && m->program && m->seat && m->cargo && m->used && m->zone && m->index && m->value &&
           build(m);
}

static void model_release(struct model *m)
{
    stow_release(&m->stow);
    program_free(m->program);
    free(m->seat);
    free(m->cargo);
    free(m->used);
    free(m->zone);
    free(m->index);
    free(m->value);
}

/* --- solutions --- */

/* The program's solution, judged; keeps it where it is valid and better. */
static void take_solution(struct model *m, struct placing *trial, struct placing *best, bool *found)
{
    const struct load_task *t = m->t;
    placing_clear(trial, t);
    for (size_t i = 0; i < t->n_lots * N_PERSONS * t->n_zones; i++)
        trial->seat[i] = m->seat[i] < 0 ? 0 : (int32_t)lround(program_value(m->program, m->seat[i]));
    /* a solution may lie on the edge of what a goal allows, and grams push it over: so cargo goes where it is best */
    if (load_has_cargo(t))
        stow_cargo(&m->stow, (t->half + CG_TOLERANCE) / t->unit, trial);
    if (placing_judge(t, trial) && (!*found || goals_less(&trial->goals, &best->goals))) {
        placing_copy(best, trial, t);
        *found = true;
    }
}

static int64_t zones_of(const struct load_goals *g)
{
    return g->zones;
}

static int64_t deviation_of(const struct load_goals *g)
{
    return g->deviation;
}

static int64_t order_of(const struct load_goals *g)
{
    return g->order;
}

struct stage {
    int column;
    double least; /* no placing has less */
    bool done;    /* ... than *best */
    int64_t (*of)(const struct load_goals *goals);
};

/* Minimises one goal below what *best has, then holds it there. *least: no placing with the goals before it at what
 * they are held at has less; *proven is cleared where *best has more. False where the engine failed. */
static bool improve(struct model *m, const struct stage *stage, int nodes, struct placing *trial, struct placing *best,
                    int64_t *least, bool *proven)
{
    double below = stage->least;
    int64_t before = stage->of(&best->goals);
    enum program_status status = PROGRAM_INFEASIBLE;
    bool found = true;
    if (!stage->done && (double)before - 1 >= stage->least) {
        double bound;
        program_cost(m->program, stage->column, 1);
        program_bounds(m->program, stage->column, stage->least, (double)before - 1);
        status = program_solve(m->program, nodes, &bound);
        program_cost(m->program, stage->column, 0);
        below = fmin(fmax(below, ceil(bound - 1e-3)), (double)before);
    }
    if (status == PROGRAM_OPTIMAL || status == PROGRAM_FEASIBLE)
        take_solution(m, trial, best, &found);
    bool better = stage->of(&best->goals) < before;
    bool best_of_all = status == PROGRAM_INFEASIBLE || (status == PROGRAM_OPTIMAL && better);
    *least = best_of_all ? stage->of(&best->goals) : (int64_t)below;
    *proven = *proven && best_of_all;
    program_bounds(m->program, stage->column, 0, (double)stage->of(&best->goals));
    return status != PROGRAM_FAILED;
}

static enum exact_status search(struct model *m, bool any, int nodes, const struct parts_proof *proof,
                                struct placing *trial, struct placing *best, bool found, struct load_goals *bound)
{
    if (!found) {
        double least;
        enum program_status status = program_solve(m->program, nodes, &least);
        if (status == PROGRAM_OPTIMAL || status == PROGRAM_FEASIBLE)
            take_solution(m, trial, best, &found);
        if (!found)
            return status == PROGRAM_INFEASIBLE ? EXACT_IMPOSSIBLE
                   : status == PROGRAM_FAILED   ? EXACT_FAILED
                                                : EXACT_UNKNOWN;
    }
    const struct stage stages[] = {
        {m->zones, fmax(m->least_zones, (double)proof->zones), false, zones_of},
        {m->deviation, best->goals.zones == proof->zones ? (double)proof->least_deviation : 0, proof->deviation,
         deviation_of},
        {m->order, proof->deviation ? (double)proof->least_order : 0, proof->order, order_of}};
    int64_t *const least[] = {&bound->zones, &bound->deviation, &bound->order};
    bool proven = !any;
    for (size_t i = 0; i < sizeof stages / sizeof stages[0] && !any; i++) {
        int64_t unsaid, *at = proven ? least[i] : &unsaid; /* where a goal is open, the next says nothing */
        if (!improve(m, &stages[i], nodes, trial, best, at, &proven))
            return EXACT_FAILED;
    }
    return proven ? EXACT_BEST : EXACT_FOUND;
}

/* By the program, where searching by parts has not proven all. */
static enum exact_status place_by_program(const struct load_task *t, bool any, int nodes,
                                          const struct parts_proof *proof, struct placing *best, bool found,
                                          struct load_goals *bound)
{
    struct model m;
    struct placing trial;
    if (!placing_init(&trial, t))
        return EXACT_FAILED;
    enum exact_status status = EXACT_FAILED;
    if (model_init(&m, t))
        status = search(&m, any, nodes, proof, &trial, best, found, bound);
    model_release(&m);
    placing_release(&trial);
    return status;
}

enum exact_status exact_place(const struct load_task *t, bool any, int nodes, struct placing *best, bool found,
                              struct load_goals *bound)
{
    struct parts_proof proof = {0};
    *bound = (struct load_goals){0};
    if (!any && !parts_place(t, (int64_t)nodes * WORK_OF_A_NODE, best, &found, &proof))
        return EXACT_FAILED;
    if (!proof.order)
        return place_by_program(t, any, nodes, &proof, best, found, bound);
    *bound = best->goals;
    return EXACT_BEST;
}
