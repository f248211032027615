/* A placing is a graph of demands and zones; with the least number of edges, zone_bound.c, every connected part is a
 * tree, and parts and zones are those of a best division. So all placings with so few zones are: all best divisions,
 * for each part every choice of its zones, every tree, and every number of people along its edges. The table of
 * divisions says after each part whether the rest can still be divided well enough; what is left is bounded by balance
 * and order. */
#include "loadplan/parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "loadplan/order_bound.h"
#include "loadplan/stow.h"
#include "loadplan/zone_bound.h"

#include "loadplan/parts.h"

#include <math.h>
#include <stdlib.h>

#include "loadplan/parts_search.h"

enum { STOW_WORK = 2000, EPSILON_STEPS = 1000000 };

/* --- bounds --- */

/* Least (side -1) or most (1) units that the lots in `rest` give on a leg, in `zones`: the heaviest at the outermost
 * arms. */
static double pull_of(const struct parts *p, uint32_t rest, uint32_t zones, size_t leg, int side)
{
    const struct load_task *t = p->t;
    const double *pull = &p->pull[leg * p->n];
    double sum = 0;
    size_t k = 0, z = 0;
    int32_t room = 0;
    for (size_t i = 0; i < p->n; i++) {
        size_t l = p->by_body[i];
        if (!has(rest, l) || pull[l] == 0)
            continue;
        for (int32_t left = p->people[l]; left > 0;) {
            while (room == 0 && k < t->n_zones) {
                z = p->by_arm[side < 0 ? k : t->n_zones - 1 - k];
                room = has(zones, z) ? t->cabin->zone[z].seats : 0;
                k++;
            }
            if (room == 0)
                return sum;
            int32_t n = room < left ? room : left;
            sum += n * pull[l] * t->zone_arm[z];
            room -= n;
            left -= n;
        }
    }
    return sum;
}

static int64_t order_of_rest(const struct parts *p, uint32_t rest, uint32_t zones)
{
    const struct load_task *t = p->t;
    int64_t sum = 0;
    size_t z = 0;
    int32_t room = has(zones, 0) ? t->cabin->zone[0].seats : 0;
    for (size_t l = 0; l < p->n; l++) {
        int32_t later = t->lot[p->lot[l]].later;
        for (int32_t left = has(rest, l) && later > 0 ? p->people[l] : 0; left > 0;) {
            while (room == 0 && z + 1 < t->n_zones)
                z++, room = has(zones, z) ? t->cabin->zone[z].seats : 0;
            if (room == 0)
                return sum;
            int32_t n = room < left ? room : left;
            sum += (int64_t)n * (int64_t)z * later;
            room -= n;
            left -= n;
        }
    }
    return sum;
}

static double least_paid(const struct parts *p, uint32_t lots, uint32_t zones)
{
    double sum = 0;
    for (size_t l = 0; l < p->n; l++)
        sum += has(lots, l) ? p->people[l] * p->more[(l << p->t->n_zones) + zones] : 0;
    return sum;
}

bool parts_too_dear(const struct parts *p, uint32_t rest, uint32_t zones, uint32_t lots, uint32_t in)
{
    double least = p->bound.least + p->paid + least_paid(p, rest, zones) + least_paid(p, lots, in);
    return least > (double)p->best_order - 1 + 1e-3;
}

bool parts_promising(struct parts *p, uint32_t rest, uint32_t zones)
{
    double most = 0;
    if (!p->any && (parts_too_dear(p, rest, zones, 0, 0) || p->order + order_of_rest(p, rest, zones) >= p->best_order))
        return false;
    for (size_t i = 0; i < p->t->n_legs; i++) {
        double low = p->moment[i] + p->cargo[0][i] + pull_of(p, rest, zones, i, -1);
        double high = p->moment[i] + p->cargo[1][i] + pull_of(p, rest, zones, i, 1);
        most = fmax(most, fmax(low, -high));
    }
    if (most <= p->within + 1.0 / EPSILON_STEPS)
        return true;
    p->nearest = fmin(p->nearest, most);
    return false;
}

/* --- seats --- */

void parts_seat(struct parts *p, size_t l, size_t z, int32_t n)
{
    p->seat[l][z] += n;
    p->order += (int64_t)n * (int64_t)z * p->t->lot[p->lot[l]].later;
    p->paid += n * p->more[(l << p->t->n_zones) + ((size_t)1 << z)];
    for (size_t i = 0; i < p->t->n_legs; i++)
        p->moment[i] += n * p->pull[i * p->n + l] * p->t->zone_arm[z];
}

uint32_t parts_in(const struct parts *p, size_t z)
{
    uint32_t set = 0;
    for (size_t l = 0; l < p->n; l++)
        set |= p->seat[l][z] > 0 ? (uint32_t)1 << l : 0;
    return set;
}

bool parts_spent(struct parts *p, int64_t work)
{
    p->work -= work;
    p->over = p->over || p->work < 0;
    return p->over;
}

/* Everybody is seated: cargo, and what comes of it. */
static void finish(struct parts *p)
{
    const struct load_task *t = p->t;
    struct placing *trial = &p->trial;
    if (!p->any && p->order >= p->best_order)
        return;
    placing_clear(trial, t);
    for (size_t l = 0; l < p->n; l++) {
        int32_t passengers = t->lot[p->lot[l]].people[PASSENGER];
        for (size_t z = 0; z < t->n_zones; z++) {
            int32_t n = p->seat[l][z] < passengers ? p->seat[l][z] : passengers;
            placing_seat(t, trial, p->lot[l], PASSENGER)[z] = n;
            placing_seat(t, trial, p->lot[l], ESCORT)[z] = p->seat[l][z] - n;
            passengers -= n;
        }
    }
    if (p->stows) {
        if (parts_spent(p, STOW_WORK))
            return;
        enum program_status status = stow_cargo(&p->stow, p->within, trial);
        p->failed = p->failed || status == PROGRAM_FAILED;
        p->over = p->over || p->failed;
        if (status == PROGRAM_INFEASIBLE)
            p->nearest = fmin(p->nearest, p->within + 0.5); /* the next goal, perhaps */
        if (status != PROGRAM_OPTIMAL)
            return;
    }
    if (!placing_judge(t, trial) || trial->goals.deviation > p->steps) {
        p->lost = true;
        return;
    }
    if (!*p->found || goals_less(&trial->goals, &p->best->goals))
        placing_copy(p->best, trial, t);
    *p->found = true;
    p->best_order = trial->goals.order;
    p->over = p->over || p->any;
}

/* Every part for the first of `rest`, in every choice of `zones`, as long as the others need no more than `edges`. */
void parts_divide(struct parts *p, uint32_t rest, uint32_t zones, int32_t edges)
{
    if (p->over || parts_spent(p, BOUND_WORK) || !parts_promising(p, rest, zones))
        return;
    if (rest == 0) {
        finish(p);
        return;
    }
    size_t l = 0, free_zones = parts_vector(p, zones), vectors = p->sizes.vectors;
    while (!has(rest, l))
        l++;
    for (size_t k = p->first[l]; k < p->first[l + 1] && !p->over; k++) {
        const struct part *part = &p->part[k];
        if ((part->lots & ~rest) || !zone_vector_within(&p->sizes, part->vector, free_zones))
            continue;
        uint32_t others = rest & ~part->lots;
        int32_t left = edges - part->edges;
        if (p->division.least[others * vectors + free_zones - part->vector] > left)
            continue;
        for (size_t i = p->zones_first[part->vector]; i < p->zones_first[part->vector + 1] && !p->over; i++)
            if (!(p->zones_of[i] & ~zones))
                parts_take(p, part, p->zones_of[i], others, zones & ~p->zones_of[i], left);
    }
}

/* --- the goals --- */

/* Whether all was looked at. */
static bool search(struct parts *p, bool any, int32_t zones)
{
    p->any = any;
    p->over = p->lost = false;
    p->paid = 0;
    p->nearest = INFINITY;
    parts_divide(p, ((uint32_t)1 << p->n) - 1, ((uint32_t)1 << p->t->n_zones) - 1, zones);
    return p->work >= 0 && !p->lost && !p->failed;
}

/* The best order, where it is not the one at hand. */
static bool search_order(struct parts *p, int32_t zones)
{
    const struct load_task *t = p->t;
    enum program_status status = order_bound_init(&p->bound, t, p->within);
    p->failed = status == PROGRAM_FAILED;
    if (status != PROGRAM_OPTIMAL)
        return false;
    for (size_t l = 0; l < p->n; l++)
        for (size_t set = 1; set < (size_t)1 << t->n_zones; set++) {
            double least = INFINITY;
            for (size_t z = 0; z < t->n_zones; z++)
                if (set >> z & 1)
                    least = fmin(least, p->bound.more[p->lot[l] * t->n_zones + z]);
            p->more[(l << t->n_zones) + set] = least;
        }
    p->best_order = p->best->goals.order;
    return search(p, false, zones);
}

static bool reached(const struct parts *p, int32_t zones)
{
    return *p->found && p->best->goals.zones == zones && p->best->goals.deviation <= p->steps;
}

/* Goal after goal, the deviation from 0 upward. */
static void pursue(struct parts *p, struct parts_proof *proof)
{
    const struct load_task *t = p->t;
    double farthest = (t->half + CG_TOLERANCE) / t->unit;
    int32_t zones = p->division.least[((size_t)1 << p->n) * p->sizes.vectors - 1];
    if (zones >= ZONES_NEVER)
        return;
    proof->zones = zones;
    for (p->steps = 0;;) {
        proof->least_deviation = p->steps;
        p->within = fmin((double)p->steps + FREE_STEPS, farthest);
        if (reached(p, zones))
            break;
        bool all = search(p, true, zones);
        if (reached(p, zones))
            break;
        if (!all)
            return;
        if ((double)p->steps + FREE_STEPS >= farthest || isinf(p->nearest)) {
            *proof = (struct parts_proof){.zones = zones + 1};
            return;
        }
        int64_t next = (int64_t)ceil(p->nearest - FREE_STEPS - 2.0 / EPSILON_STEPS);
        p->steps = next > p->steps ? next : p->steps + 1;
    }
    proof->deviation = true;
    proof->order = p->best->goals.order == 0 || search_order(p, zones);
    proof->least_order = (int64_t)ceil(p->bound.least - 1e-3);
}

bool parts_place(const struct load_task *t, int64_t most_work, struct placing *best, bool *found,
                 struct parts_proof *proof)
{
    struct parts p = {.t = t, .work = most_work, .best = best, .found = found};
    *proof = (struct parts_proof){0};
    if (!parts_apply(t))
        return true;
    bool ok = zone_sizes_init(&p.sizes, t->cabin);
    if (ok && zone_divides(&p.sizes, t->n_lots)) {
        ok = parts_init(&p);
        if (ok)
            pursue(&p, proof);
        ok = ok && !p.failed;
    }
    parts_release(&p);
    return ok;
}
