/* Rounds of a search done ahead. Each begins with `now` as the last counted round left it, and few change it: so the
 * next ones are done before it is known what comes of this one, and hold unless it changes something. What counts is
 * the same as if they were done one after another, however many threads there are. */
#ifndef SORTIE_SOLVER_AHEAD_H
#define SORTIE_SOLVER_AHEAD_H

#include "solver/insert.h"

enum { MOST_AHEAD = 64 };

/* One round from s->now on: true where s->work is better to go on with. Draws all chance from s->random, and changes
 * nothing but the work timeline and scratch. */
typedef bool round_function(struct builder *s, double heat);

struct ahead;

/* For rounds of `main`, which outlives it. NULL: out of memory. */
struct ahead *ahead_new(struct builder *main, round_function *round);
void ahead_free(struct ahead *ahead);

/* The next n <= MOST_AHEAD rounds; returns how many count: all, or up to the first that changes something. *changed is
 * its work timeline, good until the next call, NULL where nothing changed. None count where main->stopped or
 * main->failed was set. */
size_t ahead_run(struct ahead *ahead, const double *heat, size_t n, const struct timeline **changed);

#endif
