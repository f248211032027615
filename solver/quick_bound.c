#include "solver/quick_bound.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_FIELDS = 400 };

/* Cheapest share of one seat from every airfield to every other, over all types (Floyd 1962, Warshall 1962). */
static void cheapest_seats(const struct instance *inst, double *cost)
{
    size_t n = inst->n_airfields;
    for (size_t i = 0; i < n * n; i++)
        cost[i] = i % (n + 1) == 0 ? 0 : INFINITY;
    for (size_t t = 0; t < inst->n_types; t++) {
        int32_t seats = 0;
        for (size_t c = 0; c < inst->type[t].n_configurations; c++)
            if (inst->type[t].configuration[c].seats > seats)
                seats = inst->type[t].configuration[c].seats;
        for (size_t i = 0; seats > 0 && i < n * n; i++) {
            const struct leg *leg = &inst->leg[t * n * n + i];
            if (leg->block > 0)
                cost[i] = fmin(cost[i], (double)(leg->cost + leg->fee) / seats);
        }
    }
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                cost[i * n + j] = fmin(cost[i * n + j], cost[i * n + k] + cost[k * n + j]);
}

bool quick_shares(const struct instance *inst, double *share)
{
    size_t n = inst->n_airfields;
    double *cost = n > 0 && n <= MOST_FIELDS ? malloc(n * n * sizeof *cost) : NULL;
    if (!cost)
        return false;
    cheapest_seats(inst, cost);
    for (size_t d = 0; d < inst->n_demands; d++) {
        const struct demand *demand = &inst->demand[d];
        double seat = cost[(size_t)demand->origin * n + (size_t)demand->destination];
        share[d] = fmin((double)demand->penalty, seat);
    }
    free(cost);
    return true;
}

cent_t quick_bound(const struct instance *inst)
{
    double *share = malloc((inst->n_demands + 1) * sizeof *share), sum = 0;
    if (share && quick_shares(inst, share))
        for (size_t d = 0; d < inst->n_demands; d++)
            sum += share[d] * inst->demand[d].pax;
    free(share);
    sum = floor(sum * (1 - 1e-9) - 1);
    return sum > 0 ? (cent_t)sum : 0;
}
