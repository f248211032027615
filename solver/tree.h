/* Branch and bound over counts, with column generation at every node; the node with the least bound first. */
#ifndef SORTIE_SOLVER_TREE_H
#define SORTIE_SOLVER_TREE_H

#include "solver/search.h"

/* From the root, whose columns were generated with `outcome` and which proves `bound`. Raises the search's bound as far
 * as nodes are solved, and leaves the least bound of those that were not in `open`. False with err set. */
bool tree(struct search *s, enum outcome outcome, double bound);

#endif
