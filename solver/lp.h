/* The only door to GLPK. Counts from zero, checks what it is given, and turns the engine's failures into a status. */
#ifndef SORTIE_SOLVER_LP_H
#define SORTIE_SOLVER_LP_H

#include <stdbool.h>
#include <stdint.h>

struct lp; /* minimise c x, rows a x <= b or a x = b, columns from <= x <= until */

enum lp_status { LP_OPTIMAL, LP_INFEASIBLE, LP_STOPPED, LP_FAILED };

struct lp *lp_new(void); /* NULL when memory or the engine failed */
void lp_free(struct lp *lp);

/* Adds a row over existing columns; returns its index, -1 on failure. */
int lp_add_row(struct lp *lp, const char *name, bool equality, double rhs, int n, const int *column,
               const double *value);

/* Adds a column over existing rows; returns its index, -1 on failure. */
int lp_add_column(struct lp *lp, const char *name, double cost, double from, double until, int n, const int *row,
                  const double *value);

void lp_set_bounds(struct lp *lp, int column, double from, double until);

/* Runs the simplex method in slices of iterations, asking `stop(context)` between them. dual: after rows or bounds
 * changed. */
enum lp_status lp_solve(struct lp *lp, bool dual, bool (*stop)(void *context), void *context);

double lp_value(const struct lp *lp);
double lp_primal(const struct lp *lp, int column);
double lp_dual(const struct lp *lp, int row);

#endif
