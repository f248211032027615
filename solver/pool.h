/* Threads that share out numbered pieces of work. Which thread does a piece, and when, is left to chance: so a piece
 * reads what nobody changes meanwhile, writes what is its own, and whoever handed it out puts the answers together in
 * order of the numbers. Nothing then depends on how many threads there are. */
#ifndef SORTIE_SOLVER_POOL_H
#define SORTIE_SOLVER_POOL_H

#include <stdbool.h>
#include <stddef.h>

struct pool; /* NULL wherever one is asked for: the caller's thread alone */

/* `threads` with the caller's own; fewer where the system gives no more. NULL: out of memory. */
struct pool *pool_new(int threads);
void pool_free(struct pool *pool); /* all work is done */

/* How many there are at most; pieces are told by which of them, 0 .. pool_threads - 1, they are done. */
int pool_threads(const struct pool *pool);

/* One piece after another is begun in order of numbers 0 .. n - 1. No two pieces of a job are done by the same thread
 * at a time, so scratch may belong to a thread. */
struct pool_job {
    void (*piece)(void *context, size_t number, int thread);
    void *context;
    size_t n;
    size_t begun, running; /* of the pool */
    struct pool_job *next;
};

/* Returns when all pieces are done. Pieces may hand out jobs of their own. */
void pool_run(struct pool *pool, struct pool_job *job);
/* Threads that have nothing else to do begin; the rest is done by pool_finish at the latest, which lends a hand
 * wherever there is work. Not for use inside a piece. */
void pool_begin(struct pool *pool, struct pool_job *job);
void pool_finish(struct pool *pool, struct pool_job *job);

#endif
