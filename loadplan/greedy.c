#include "loadplan/greedy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BY_SIZE, BY_UNLOADING, BY_DEMAND, N_ORDERS };
enum { FEW_ZONES, NEAR_THE_MIDDLE, N_CHOICES };

struct greedy {
    const struct load_task *t;
    struct placing *p;
    double *moment; /* [n_legs] about the middle, of what is placed */
    size_t *order;  /* [n_lots] */
};

static bool goes_before(const struct load_task *t, size_t a, size_t b, int how)
{
    const struct lot *x = &t->lot[a], *y = &t->lot[b];
    if (how == BY_SIZE && lot_size(x) != lot_size(y))
        return lot_size(x) > lot_size(y);
    if (how == BY_UNLOADING && x->to != y->to)
        return x->to < y->to;
    return x->demand_slot != y->demand_slot ? x->demand_slot < y->demand_slot : a < b;
}

static void sort_lots(struct greedy *g, int how)
{
    for (size_t i = 0; i < g->t->n_lots; i++) {
        size_t k = i;
        for (; k > 0 && goes_before(g->t, i, g->order[k - 1], how); k--)
            g->order[k] = g->order[k - 1];
        g->order[k] = i;
    }
}

/* Seats of the zone that are free for the whole ride of the lot. */
static int32_t seats_free(const struct greedy *g, size_t lot, size_t zone)
{
    const struct load_task *t = g->t;
    int32_t taken = 0;
    for (size_t b = 0; b < t->n_lots; b++)
        if (t->apart[lot * t->n_lots + b] && placing_in_zone(t, g->p, b, zone) > 0)
            return 0;
    for (size_t i = 0; i < t->n_legs; i++) {
        int32_t people = 0;
        for (size_t b = 0; b < t->n_lots && t->leg[i].aboard[lot]; b++)
            people += t->leg[i].aboard[b] ? placing_in_zone(t, g->p, b, zone) : 0;
        taken = people > taken ? people : taken;
    }
    return t->cabin->zone[zone].seats - taken;
}

/* Largest deviation where `mass` of the lot is added at an arm. */
static double deviation_with(const struct greedy *g, size_t lot, double mass, double arm)
{
    double most = 0;
    for (size_t i = 0; i < g->t->n_legs; i++)
        most = fmax(most, fabs(g->moment[i] + (g->t->leg[i].aboard[lot] ? mass * arm : 0)) / g->t->leg[i].mass);
    return most;
}

static void add_moment(struct greedy *g, size_t lot, double mass, double arm)
{
    for (size_t i = 0; i < g->t->n_legs; i++)
        g->moment[i] += g->t->leg[i].aboard[lot] ? mass * arm : 0;
}

static bool sits_there(const struct greedy *g, size_t lot, size_t zone)
{
    for (size_t b = 0; b < g->t->n_lots; b++)
        if (g->t->lot[b].demand == g->t->lot[lot].demand && placing_in_zone(g->t, g->p, b, zone) > 0)
            return true;
    return false;
}

/* The zone for the lot's next people; n_zones: none. */
static size_t next_zone(const struct greedy *g, size_t lot, int32_t left, double body, int choice)
{
    const struct load_task *t = g->t;
    size_t best = t->n_zones;
    double least = INFINITY;
    for (size_t z = 0; z < t->n_zones; z++) {
        int32_t seats = seats_free(g, lot, z);
        if (seats <= 0)
            continue;
        int32_t n = seats < left ? seats : left;
        double score = deviation_with(g, lot, n * body, t->zone_arm[z]) / t->unit;
        if (choice == NEAR_THE_MIDDLE)
            score = fabs(t->zone_arm[z]) / t->unit;
        else if (seats >= left) /* all of them: where the fewest seats stay empty, but the balance counts, too */
            score += seats - left;
        else
            score += 1e6 - 1e3 * seats;
        score -= sits_there(g, lot, z) ? 1e7 : 0;
        if (score < least - 1e-9)
            least = score, best = z;
    }
    return best;
}

static bool seat_lot(struct greedy *g, size_t lot, int choice)
{
    const struct lot *l = &g->t->lot[lot];
    int32_t left[N_PERSONS] = {l->people[PASSENGER], l->people[ESCORT]}, all = lot_size(l);
    double body = all ? (left[0] * l->body[0] + left[1] * l->body[1]) / all : 0;
    while (left[0] + left[1] > 0) {
        int32_t sum = left[0] + left[1];
        size_t z = next_zone(g, lot, sum, body, choice);
        if (z == g->t->n_zones)
            return false;
        int32_t seats = seats_free(g, lot, z), n = seats < sum ? seats : sum;
        /* escorts in proportion */
        int32_t escorts = (int32_t)(((int64_t)n * left[ESCORT] + sum - 1) / sum);
        const int32_t put[N_PERSONS] = {n - escorts, escorts};
        for (int k = 0; k < N_PERSONS; k++) {
            placing_seat(g->t, g->p, lot, k)[z] += put[k];
            left[k] -= put[k];
            add_moment(g, lot, put[k] * l->body[k], g->t->zone_arm[z]);
        }
    }
    return true;
}

static gram_t room_on(const struct greedy *g, size_t lot, size_t position)
{
    const struct load_task *t = g->t;
    gram_t taken = 0;
    for (size_t i = 0; i < t->n_legs; i++) {
        gram_t mass = 0;
        for (size_t b = 0; b < t->n_lots && t->leg[i].aboard[lot]; b++)
            mass += t->leg[i].aboard[b] ? g->p->cargo[b * t->n_positions + position] : 0;
        taken = mass > taken ? mass : taken;
    }
    return t->cabin->position[position].largest - taken;
}

/* In shares, so that a large cargo spreads to both sides of the middle. */
static bool stow_lot(struct greedy *g, size_t lot)
{
    enum { SHARES = 12 };
    const struct load_task *t = g->t;
    gram_t left = t->lot[lot].cargo, share = left / SHARES + 1;
    while (left > 0) {
        size_t best = t->n_positions;
        double least = INFINITY;
        gram_t put = 0;
        for (size_t q = 0; q < t->n_positions; q++) {
            gram_t room = room_on(g, lot, q), n = left < share ? left : share;
            n = room < n ? room : n;
            double deviation = n > 0 ? deviation_with(g, lot, (double)n / 1000.0, t->position_arm[q]) : INFINITY;
            if (deviation < least - 1e-9)
                least = deviation, best = q, put = n;
        }
        if (best == t->n_positions)
            return false;
        g->p->cargo[lot * t->n_positions + best] += put;
        add_moment(g, lot, (double)put / 1000.0, t->position_arm[best]);
        left -= put;
    }
    return true;
}

static bool greedy_init(struct greedy *g, const struct load_task *t, struct placing *p)
{
    *g = (struct greedy){.t = t,
                         .p = p,
                         .moment = calloc(t->n_legs + 1, sizeof *g->moment),
                         .order = calloc(t->n_lots + 1, sizeof *g->order)};
    return g->moment && g->order;
}

static void greedy_release(struct greedy *g)
{
    free(g->moment);
    free(g->order);
}

static bool place_all(struct greedy *g, int order, int choice)
{
    const struct load_task *t = g->t;
    placing_clear(g->p, t);
    for (size_t i = 0; i < t->n_legs; i++)
        g->moment[i] = t->leg[i].moment;
    sort_lots(g, order);
    for (size_t i = 0; i < t->n_lots; i++)
        if (!seat_lot(g, g->order[i], choice))
            return false;
    sort_lots(g, BY_SIZE);
    for (size_t i = 0; i < t->n_lots; i++)
        if (!stow_lot(g, g->order[i]))
            return false;
    return placing_judge(t, g->p);
}

bool greedy_place(const struct load_task *t, bool any, struct placing *best, bool *found)
{
    struct placing trial;
    struct greedy g;
    bool ok = placing_init(&trial, t);
    if (!ok)
        return false;
    ok = greedy_init(&g, t, &trial);
    for (int choice = 0; choice < N_CHOICES && ok; choice++)
        for (int order = 0; order < N_ORDERS && !(any && *found); order++)
            if (place_all(&g, order, choice) && (!*found || goals_less(&trial.goals, &best->goals))) {
                placing_copy(best, &trial, t);
                *found = true;
            }
    greedy_release(&g);
    placing_release(&trial);
    return ok;
}
