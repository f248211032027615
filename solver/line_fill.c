#include "solver/line_fill.h"

#include <math.h>
#include <stdbool.h>

#define SMALL 1e-9 /* of the largest value: no longer a path */

enum { MOST_ARCS = MOST_RIDERS + 2 * MOST_LINE_LEGS, MOST_PATHS = 200 };

struct arc {
    int32_t from, to;
    double room, flow, value;
};

struct line {
    struct arc arc[MOST_ARCS];
    size_t n;
    int32_t legs;
    double blocked; /* value of a unit of room that a leg does not have; no rides are worth it */
};

static void add(struct line *l, int32_t from, int32_t to, double room, double value)
{
    if (room > 0)
        l->arc[l->n++] = (struct arc){from, to, room, 0, value};
}

/* Longest path from the first stop to the last through what is left of the arcs; into[stop]: the arc that leads there,
 * negated minus one where against its direction. */
static double longest(const struct line *l, int32_t into[MOST_LINE_LEGS + 1])
{
    double far[MOST_LINE_LEGS + 1] = {0};
    for (int32_t s = 1; s <= l->legs; s++)
        far[s] = -INFINITY;
    bool moved = true;
    for (int32_t round = 0; round <= l->legs && moved; round++) {
        moved = false;
        for (int32_t i = 0; i < (int32_t)l->n; i++) {
            const struct arc *a = &l->arc[i];
            if (a->flow < a->room && far[a->from] + a->value > far[a->to] + SMALL * l->blocked) {
                far[a->to] = far[a->from] + a->value;
                into[a->to] = i;
                moved = true;
            }
            if (a->flow > 0 && far[a->to] - a->value > far[a->from] + SMALL * l->blocked && a->from > 0) {
                far[a->from] = far[a->to] - a->value;
                into[a->from] = -i - 1;
                moved = true;
            }
        }
    }
    return far[l->legs];
}

/* Sends as much along the path as goes, `most` at most; 0: it is no path. */
static double send(struct line *l, const int32_t into[MOST_LINE_LEGS + 1], double most)
{
    int32_t steps = 0;
    for (int32_t s = l->legs; s > 0 && steps <= l->legs; steps++) {
        const struct arc *a = &l->arc[into[s] < 0 ? -into[s] - 1 : into[s]];
        most = fmin(most, into[s] < 0 ? a->flow : a->room - a->flow);
        s = into[s] < 0 ? a->to : a->from;
    }
    if (steps > l->legs) /* only rounding can lead round in a ring */
        return 0;
    for (int32_t s = l->legs; s > 0;) {
        struct arc *a = &l->arc[into[s] < 0 ? -into[s] - 1 : into[s]];
        a->flow = into[s] < 0 ? fmax(0, a->flow - most) : fmin(a->room, a->flow + most);
        s = into[s] < 0 ? a->to : a->from;
    }
    return most;
}

double line_fill(const struct rider *rider, size_t n, int32_t legs, const double *left, double enough)
{
    struct line l = {.legs = legs, .blocked = 1};
    double most = 0, away = 0, sum = 0;
    int32_t into[MOST_LINE_LEGS + 1];
    if (n > MOST_RIDERS || legs > MOST_LINE_LEGS)
        return INFINITY;
    for (size_t i = 0; i < n; i++)
        l.blocked += fmax(0, rider[i].value);
    for (int32_t leg = 0; leg < legs; leg++)
        most = fmax(most, left[leg]);
    for (size_t i = 0; i < n; i++)
        if (rider[i].value > 0)
            add(&l, rider[i].from, rider[i].to, rider[i].room, rider[i].value);
    for (int32_t leg = 0; leg < legs; leg++) {
        add(&l, leg, leg + 1, most - left[leg], l.blocked);
        add(&l, leg, leg + 1, INFINITY, 0);
        away += (most - left[leg]) * l.blocked;
    }
    double rest = most, slack = SMALL * l.blocked * legs * most;
    for (int paths = 0; rest > 0 && paths < MOST_PATHS; paths++) {
        double length = longest(&l, into);
        if (sum + rest * length - away + slack <= enough)
            return sum + rest * length - away + slack;
        double sent = send(&l, into, rest);
        if (sent <= 0)
            return INFINITY;
        sum += sent * length;
        rest -= sent;
    }
    return rest > 1e-9 * most ? INFINITY : sum - away + slack;
}
