/* What a dive has taken: missions that the master's solutions must fly from then on. */
#ifndef SORTIE_SOLVER_TAKEN_H
#define SORTIE_SOLVER_TAKEN_H

#include "solver/search.h"

/* Column j is flown least[j] times or more; `before` is the step before. */
struct taken {
    double *least, *before; /* [n] */
    size_t n;
    size_t rows;           /* of the master when the dive began, ... */
    struct lp_basis basis; /* ... and its basis then */
};

/* A dive begins. False: out of memory. */
bool taken_begin(struct master *m, struct taken *taken);
/* Whatever came of taken_begin: all columns and the basis are as before the dive; releases. */
void taken_end(struct master *m, struct taken *taken);
/* Room for all columns of the master. False: out of memory. */
bool taken_grow(const struct master *m, struct taken *taken);

void taken_set_bounds(struct master *m, size_t j, double least, double most);
/* Column j at least so many times. */
void taken_take(struct master *m, struct taken *taken, size_t j, double least);
/* A step begins: what is taken from now on can be given back. */
void taken_step(struct taken *taken);
void taken_back(struct master *m, struct taken *taken);
/* Column j no more often than taken or, by the last solution, whole. */
void taken_ban(struct master *m, const struct taken *taken, size_t j);
#endif
