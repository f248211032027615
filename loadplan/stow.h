/* Where cargo lies once everybody has a seat: where the balance is best. */
#ifndef SORTIE_LOADPLAN_STOW_H
#define SORTIE_LOADPLAN_STOW_H

#include "loadplan/program.h"
#include "loadplan/task.h"

/* A linear program over cargo[lot, position] in tonnes, made once for a task. */
struct stow {
    const struct load_task *t;
    struct program *program;
    int *cargo;   /* [n_lots * n_positions] columns; -1: not there */
    int *people;  /* [n_legs] columns, held at the moment of aircraft and people */
    int distance; /* of the centre of gravity from the middle, in units */
};

bool load_has_cargo(const struct load_task *task);

/* False when memory ran out or the engine failed; release it all the same. */
bool stow_init(struct stow *stow, const struct load_task *task);
void stow_release(struct stow *stow);

/* Puts the cargo of `placing`, whose seats stand, on positions, in grams. FEASIBLE does not occur; INFEASIBLE: no
 * stowage keeps the centre of gravity within `farthest` units of the middle. */
enum program_status stow_cargo(struct stow *stow, double farthest, struct placing *placing);

#endif
