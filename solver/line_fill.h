/* What rides along a line of legs earn at most when the legs have only so much room: a flow of greatest value. */
#ifndef SORTIE_SOLVER_LINE_FILL_H
#define SORTIE_SOLVER_LINE_FILL_H

#include <stddef.h>
#include <stdint.h>

struct rider {
    int32_t from, to; /* stops, from < to */
    double room;      /* so much of it there is */
    double value;     /* of a unit of room taken on all legs between */
    int32_t demand;   /* for the caller */
};

enum { MOST_RIDERS = 64, MOST_LINE_LEGS = 24 };

/* Most that riders [n] earn on legs 0 .. legs - 1 with room left [legs]; or, as soon as that is known, a bound that is
 * no more than `enough`. INFINITY: too many, or it takes too long. Longest augmenting paths (Jewell 1958; Busacker and
 * Gowen 1961): what one brings never rises, so the rest is worth no more than the last. */
double line_fill(const struct rider *rider, size_t n, int32_t legs, const double *left, double enough);

#endif
