/* Threads that share out numbered pieces of work. Which thread does a piece, and when, is left to chance: so a piece
 * reads what nobody changes meanwhile, writes what is its own, and whoever handed it out puts the answers together in
 * order of the numbers. Nothing then depends on how many threads there are. */
#ifndef SORTIE_SOLVER_POOL_H
#define SORTIE_SOLVER_POOL_H

#include <stddef.h>

struct pool; /* NULL wherever one is asked for: the caller's thread alone */

/* `threads` with the caller's own; fewer where the system gives no more. NULL: out of memory. */
struct pool *pool_new(int threads);
void pool_free(struct pool *pool);

/* How many there are at most; a piece is told by which of them, 0 .. pool_threads - 1, it is done. */
int pool_threads(const struct pool *pool);

/* Begins pieces 0 .. n - 1 in order and returns when all are done. A thread does one at a time, so scratch may belong
 * to a thread. Only for the thread that made the pool, and not inside a piece. */
typedef void pool_piece(void *context, size_t number, int thread);
void pool_run(struct pool *pool, size_t n, pool_piece *piece, void *context);

#endif
