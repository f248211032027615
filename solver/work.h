/* Work counted instead of timed: the same for the same search on any machine, whatever the number of threads. */
#ifndef SORTIE_SOLVER_WORK_H
#define SORTIE_SOLVER_WORK_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORK_UNIT 1000000000 /* about a second of one thread of the machine that the weights below were measured on */

/* What is counted, by the nanoseconds that it took there. */
enum {
    WORK_DRAFT = 150,  /* a place for passengers that `construct` looked at */
    WORK_CELL = 2,     /* backward pass: one leg, slot and lane */
    WORK_CHILD = 1,    /* forward search: one way on and lane */
    WORK_LOAD = 260,   /* a node of a load search */
    WORK_LABEL = 800,  /* a label offered ... */
    WORK_PAIR = 10,    /* ... and one that stands at its place already */
    WORK_PIVOT = 1400, /* an iteration of the simplex method ... */
    WORK_ROW = 26,     /* ... and one row in it ... */
    WORK_ENTRY = 2,    /* ... and one coefficient */
    WORK_COLUMN = 400  /* separation: one column */
};

/* The work of numbered pieces that have a limit together. It cuts where it would if they were done one after another:
 * a piece counts where all up to it and itself are within the limit. */
struct budget {
    int64_t limit; /* INT64_MAX: none */
    int64_t *work; /* [n] of those done; -1: not done */
    size_t n;
    pthread_mutex_t lock;
    size_t first;       /* not done, all before it are ... */
    atomic_llong spent; /* ... and this is what they took */
};

bool budget_init(struct budget *budget, size_t n, int64_t limit); /* false: out of memory; release in any case */
void budget_release(struct budget *budget);

/* The piece that has taken so much so far cannot count any more. */
bool budget_exceeded(const struct budget *budget, int64_t work);
/* The piece is done, or given up because of the budget. */
void budget_done(struct budget *budget, size_t number, int64_t work);
/* When all are done: how many count; *work is what they took, or the limit where not all count. */
size_t budget_count(const struct budget *budget, int64_t *work);

#endif
