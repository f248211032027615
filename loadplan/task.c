#include "loadplan/task.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rides of one demand between the same stops become one lot. */
static void gather_lots(struct load_task *t, const struct instance *inst, const struct mission *m)
{
    for (size_t r = 0; r < m->n_rides; r++) {
        const struct ride *ride = &m->ride[r];
        size_t l = 0;
        while (l < t->n_lots &&
               (t->lot[l].demand != ride->demand || t->lot[l].from != ride->from_stop || t->lot[l].to != ride->to_stop))
            l++;
        if (l == t->n_lots)
            t->lot[t->n_lots++] = (struct lot){.demand = ride->demand, .from = ride->from_stop, .to = ride->to_stop};
        t->lot[l].people[PASSENGER] += ride->pax;
    }
    for (size_t l = 0; l < t->n_lots; l++) {
        struct lot *lot = &t->lot[l];
        const struct demand *d = &inst->demand[lot->demand];
        int64_t pax = lot->people[PASSENGER], escorts = demand_escorts(d, pax);
        lot->people[ESCORT] = (int32_t)escorts;
        lot->body[PASSENGER] = (double)(d->pax_mass - d->pax_baggage) / 1000.0;
        lot->body[ESCORT] = (double)(d->escort_mass - d->escort_baggage) / 1000.0;
        lot->cargo = demand_cargo(d, pax);
        size_t same = 0;
        while (t->lot[same].demand != lot->demand)
            same++;
        lot->demand_slot = same < l ? t->lot[same].demand_slot : (int32_t)t->n_demands++;
    }
    for (size_t l = 0; l < t->n_lots; l++)
        for (size_t s = (size_t)t->lot[l].to + 1; s < m->n_stops; s++) {
            bool leaves = false;
            for (size_t k = 0; k < t->n_lots; k++)
                leaves = leaves || t->lot[k].to == (int32_t)s;
            t->lot[l].later += leaves;
        }
}

static void gather_apart(struct load_task *t, const struct instance *inst)
{
    const bool *zones_apart = inst->rules.zones_apart;
    for (size_t a = 0; a < t->n_lots; a++)
        for (size_t b = 0; b < t->n_lots; b++) {
            const struct lot *x = &t->lot[a], *y = &t->lot[b];
            int32_t p = inst->demand[x->demand].category, q = inst->demand[y->demand].category;
            bool separate = demands_apart(inst, x->demand, y->demand) ||
                            (x->demand != y->demand && p >= 0 && q >= 0 && zones_apart &&
                             zones_apart[(size_t)p * inst->n_categories + (size_t)q]);
            t->apart[a * t->n_lots + b] = separate && x->from < y->to && y->from < x->to;
        }
}

static bool same_aboard(const struct load_task *t, const bool *aboard)
{
    for (size_t i = 0; i < t->n_legs; i++)
        if (t->n_lots == 0 || memcmp(t->leg[i].aboard, aboard, t->n_lots * sizeof *aboard) == 0)
            return true;
    return false;
}

static bool gather_legs(struct load_task *t, const struct mission *m, double middle)
{
    double empty = (double)t->cabin->empty_mass / 1000.0;
    for (size_t s = 0; s + 1 < m->n_stops; s++) {
        bool *aboard = calloc(t->n_lots + 1, sizeof *aboard);
        if (!aboard)
            return false;
        struct load_leg leg = {aboard, empty, empty * (t->cabin->empty_arm - middle)};
        for (size_t l = 0; l < t->n_lots; l++) {
            const struct lot *lot = &t->lot[l];
            aboard[l] = lot->from <= (int32_t)s && (int32_t)s < lot->to;
            if (!aboard[l])
                continue;
            leg.mass += lot->people[PASSENGER] * lot->body[PASSENGER] + lot->people[ESCORT] * lot->body[ESCORT] +
                        (double)lot->cargo / 1000.0;
        }
        if (same_aboard(t, aboard)) {
            free(aboard);
            continue;
        }
        if (leg.mass <= 0) { /* weightless: where it is, is the empty aircraft's arm */
            leg.mass = 1;
            leg.moment = t->cabin->empty_arm - middle;
        }
        t->leg[t->n_legs++] = leg;
    }
    return true;
}

bool load_task_init(struct load_task *t, const struct instance *inst, const struct cabin *cabin,
                    const struct mission *m)
{
    *t = (struct load_task){.cabin = cabin, .n_zones = cabin->n_zones, .n_positions = cabin->n_positions};
    double middle = (cabin->cg_from + cabin->cg_until) / 2;
    t->half = (cabin->cg_until - cabin->cg_from) / 2;
    t->unit = fmax(t->half / 100, 1e-3);
    t->lot = calloc(m->n_rides + 1, sizeof *t->lot);
    t->leg = calloc(m->n_stops + 1, sizeof *t->leg);
    t->apart = calloc(m->n_rides * m->n_rides + 1, sizeof *t->apart);
    t->zone_arm = calloc(t->n_zones + 1, sizeof *t->zone_arm);
    t->position_arm = calloc(t->n_positions + 1, sizeof *t->position_arm);
    bool ok = t->lot && t->leg && t->apart && t->zone_arm && t->position_arm;
    if (ok) {
        gather_lots(t, inst, m);
        gather_apart(t, inst);
        ok = gather_legs(t, m, middle);
    }
    if (!ok) {
        load_task_release(t);
        return false;
    }
    for (size_t z = 0; z < t->n_zones; z++)
        t->zone_arm[z] = cabin->zone[z].arm - middle;
    for (size_t p = 0; p < t->n_positions; p++)
        t->position_arm[p] = cabin->position[p].arm - middle;
    return true;
}

void load_task_release(struct load_task *t)
{
    for (size_t i = 0; i < t->n_legs; i++)
        free(t->leg[i].aboard);
    free(t->leg);
    free(t->lot);
    free(t->apart);
    free(t->zone_arm);
    free(t->position_arm);
    *t = (struct load_task){0};
}

static size_t n_seats(const struct load_task *t)
{
    return t->n_lots * N_PERSONS * t->n_zones;
}

bool placing_init(struct placing *p, const struct load_task *t)
{
    *p = (struct placing){.seat = calloc(n_seats(t) + 1, sizeof *p->seat),
                          .cargo = calloc(t->n_lots * t->n_positions + 1, sizeof *p->cargo)};
    if (p->seat && p->cargo)
        return true;
    placing_release(p);
    return false;
}

void placing_release(struct placing *p)
{
    free(p->seat);
    free(p->cargo);
    *p = (struct placing){0};
}

void placing_copy(struct placing *to, const struct placing *from, const struct load_task *t)
{
    memcpy(to->seat, from->seat, n_seats(t) * sizeof *to->seat);
    memcpy(to->cargo, from->cargo, t->n_lots * t->n_positions * sizeof *to->cargo);
    to->goals = from->goals;
}

void placing_clear(struct placing *p, const struct load_task *t)
{
    memset(p->seat, 0, n_seats(t) * sizeof *p->seat);
    memset(p->cargo, 0, t->n_lots * t->n_positions * sizeof *p->cargo);
}

int32_t placing_in_zone(const struct load_task *t, const struct placing *p, size_t lot, size_t zone)
{
    return placing_seat(t, p, lot, PASSENGER)[zone] + placing_seat(t, p, lot, ESCORT)[zone];
}

double placing_deviation(const struct load_task *t, const struct placing *p, size_t leg)
{
    double moment = t->leg[leg].moment;
    for (size_t l = 0; l < t->n_lots; l++) {
        if (!t->leg[leg].aboard[l])
            continue;
        for (int k = 0; k < N_PERSONS; k++)
            for (size_t z = 0; z < t->n_zones; z++)
                moment += placing_seat(t, p, l, k)[z] * t->lot[l].body[k] * t->zone_arm[z];
        for (size_t q = 0; q < t->n_positions; q++)
            moment += (double)p->cargo[l * t->n_positions + q] / 1000.0 * t->position_arm[q];
    }
    return moment / t->leg[leg].mass;
}

static bool lots_complete(const struct load_task *t, const struct placing *p)
{
    for (size_t l = 0; l < t->n_lots; l++) {
        gram_t cargo = 0;
        for (int k = 0; k < N_PERSONS; k++) {
            int32_t people = 0;
            for (size_t z = 0; z < t->n_zones; z++)
                people += placing_seat(t, p, l, k)[z];
            if (people != t->lot[l].people[k])
                return false;
        }
        for (size_t q = 0; q < t->n_positions; q++)
            cargo += p->cargo[l * t->n_positions + q];
        if (cargo != t->lot[l].cargo)
            return false;
    }
    return true;
}

static bool leg_holds(const struct load_task *t, const struct placing *p, size_t i)
{
    const bool *aboard = t->leg[i].aboard;
    for (size_t z = 0; z < t->n_zones; z++) {
        int64_t people = 0;
        for (size_t l = 0; l < t->n_lots; l++)
            people += aboard[l] ? placing_in_zone(t, p, l, z) : 0;
        if (people > t->cabin->zone[z].seats)
            return false;
    }
    for (size_t q = 0; q < t->n_positions; q++) {
        gram_t mass = 0;
        for (size_t l = 0; l < t->n_lots; l++)
            mass += aboard[l] ? p->cargo[l * t->n_positions + q] : 0;
        if (mass > t->cabin->position[q].largest)
            return false;
    }
    return fabs(placing_deviation(t, p, i)) <= t->half + CG_TOLERANCE;
}

static bool separates(const struct load_task *t, const struct placing *p)
{
    for (size_t a = 0; a < t->n_lots; a++)
        for (size_t b = 0; b < a; b++)
            for (size_t z = 0; z < t->n_zones && t->apart[a * t->n_lots + b]; z++)
                if (placing_in_zone(t, p, a, z) > 0 && placing_in_zone(t, p, b, z) > 0)
                    return false;
    return true;
}

static int64_t zones_used(const struct load_task *t, const struct placing *p)
{
    int64_t sum = 0;
    for (int32_t d = 0; d < (int32_t)t->n_demands; d++)
        for (size_t z = 0; z < t->n_zones; z++) {
            bool used = false;
            for (size_t l = 0; l < t->n_lots; l++)
                used = used || (t->lot[l].demand_slot == d && placing_in_zone(t, p, l, z) > 0);
            sum += used;
        }
    return sum;
}

bool placing_judge(const struct load_task *t, struct placing *p)
{
    double most = 0;
    bool valid = lots_complete(t, p) && separates(t, p);
    for (size_t i = 0; i < t->n_legs && valid; i++) {
        valid = leg_holds(t, p, i);
        most = fmax(most, fabs(placing_deviation(t, p, i)));
    }
    if (!valid)
        return false;
    p->goals = (struct load_goals){zones_used(t, p), (int64_t)ceil(fmax(most / t->unit - FREE_STEPS, 0)), 0};
    for (size_t l = 0; l < t->n_lots; l++)
        for (size_t z = 0; z < t->n_zones; z++)
            p->goals.order += (int64_t)placing_in_zone(t, p, l, z) * (int64_t)z * t->lot[l].later;
    return true;
}

bool goals_less(const struct load_goals *a, const struct load_goals *b)
{
    if (a->zones != b->zones)
        return a->zones < b->zones;
    if (a->deviation != b->deviation)
        return a->deviation < b->deviation;
    return a->order < b->order;
}

struct load_plan *placing_to_plan(const struct load_task *t, const struct placing *p)
{
    struct load_plan *plan = calloc(1, sizeof *plan);
    if (!plan)
        return NULL;
    plan->seating = calloc(t->n_lots * t->n_zones + 1, sizeof *plan->seating);
    plan->stowage = calloc(t->n_lots * t->n_positions + 1, sizeof *plan->stowage);
    if (!plan->seating || !plan->stowage) {
        load_plan_free(plan);
        return NULL;
    }
    for (size_t l = 0; l < t->n_lots; l++) {
        const struct lot *lot = &t->lot[l];
        for (size_t z = 0; z < t->n_zones; z++)
            if (placing_in_zone(t, p, l, z) > 0)
                plan->seating[plan->n_seatings++] = (struct seating){lot->demand,
                                                                     lot->from,
                                                                     lot->to,
                                                                     (int32_t)z,
                                                                     placing_seat(t, p, l, PASSENGER)[z],
                                                                     placing_seat(t, p, l, ESCORT)[z]};
        for (size_t q = 0; q < t->n_positions; q++)
            if (p->cargo[l * t->n_positions + q] > 0)
                plan->stowage[plan->n_stowages++] =
                    (struct stowage){lot->demand, lot->from, lot->to, (int32_t)q, p->cargo[l * t->n_positions + q]};
    }
    plan->goals = p->goals;
    return plan;
}
