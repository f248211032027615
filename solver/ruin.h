/* Takes something off the work timeline, for repair to put it back better: whole flights, or passengers of flights that
 * go on without them (ruin and recreate: Schrimpf et al. 2000; Shaw 1998). */
#ifndef SORTIE_SOLVER_RUIN_H
#define SORTIE_SOLVER_RUIN_H

#include "solver/insert.h"

/* Room for n picks. False: out of memory, `failed` is set. */
bool pick_room(struct builder *s, size_t n);
/* For qsort of picks: the least key first. */
int by_key(const void *a, const void *b);

/* Takes a flight off its line; crews are not covered anew. */
void drop(struct builder *s, const struct flight *f);

/* Drops some flights, most of them alike in some way. */
void destroy(struct builder *s);

/* Rides on flights that are no commitments. */
size_t count_rides(const struct builder *s);
/* Takes the passengers of some rides off, most of them alike in some way. */
void bump(struct builder *s);

#endif
