/* The planner's door to GLPK: small integer programs. Counts from zero, refuses what is no number, turns the engine's
 * failures into a status. */
#ifndef SORTIE_LOADPLAN_PROGRAM_H
#define SORTIE_LOADPLAN_PROGRAM_H

#include <stdbool.h>

struct program; /* minimise c x over rows and bounds, some columns whole */

enum program_status {
    PROGRAM_OPTIMAL,    /* program_value is a best solution's */
    PROGRAM_FEASIBLE,   /* ... is one solution's; the nodes were used up */
    PROGRAM_INFEASIBLE, /* proven: there is none */
    PROGRAM_UNKNOWN,    /* the nodes were used up before there was one */
    PROGRAM_FAILED      /* memory or the engine */
};

struct program *program_new(void); /* NULL when memory or the engine failed */
void program_free(struct program *program);

/* Returns the column's index, -1 on failure. from <= until, both finite. */
int program_column(struct program *program, double from, double until, bool whole);
/* sum of value x column, of `n` different columns, is at most `most`. False on failure. */
bool program_at_most(struct program *program, double most, int n, const int *column, const double *value);
bool program_equals(struct program *program, double what, int n, const int *column, const double *value);

void program_bounds(struct program *program, int column, double from, double until);
void program_cost(struct program *program, int column, double cost);

/* Branches on `most_nodes` nodes at most. *bound: no solution costs less; -INFINITY where nothing is known, INFINITY
 * where there is none. May be called again after bounds and costs have changed. */
enum program_status program_solve(struct program *program, int most_nodes, double *bound);

/* The relaxation alone. *value: no solution costs less; reduced: [columns] by how much more, for each unit of a column
 * above its lower bound. OPTIMAL, INFEASIBLE or FAILED. */
enum program_status program_relax(struct program *program, double *value, double *reduced);

double program_value(const struct program *program, int column);

#endif
