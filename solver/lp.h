/* The only door to GLPK. Counts from zero, checks what it is given, and turns the engine's failures into a status. */
#ifndef SORTIE_SOLVER_LP_H
#define SORTIE_SOLVER_LP_H

#include <stdbool.h>
#include <stdint.h>

struct lp; /* minimise c x, rows a x <= b or a x = b, columns from <= x <= until */

enum lp_status { LP_OPTIMAL, LP_INFEASIBLE, LP_STOPPED, LP_FAILED };

/* NULL when memory or the engine failed. What solving takes is added to *work (solver/work.h), also while it goes on.
 */
struct lp *lp_new(int64_t *work);
void lp_free(struct lp *lp);

/* A program belongs to the thread that made it: the engine has an environment for each. Frees that of this thread,
 * which has no programs left. */
void lp_leave_thread(void);

/* Adds a row over existing columns; returns its index, -1 on failure. */
int lp_add_row(struct lp *lp, const char *name, bool equality, double rhs, int n, const int *column,
               const double *value);

/* Adds a column over existing rows; returns its index, -1 on failure. */
int lp_add_column(struct lp *lp, const char *name, double cost, double from, double until, int n, const int *row,
                  const double *value);

/* Writes a row anew. False when the engine failed. */
bool lp_set_row(struct lp *lp, int row, double rhs, int n, const int *column, const double *value);

/* The basis, kept [rows, then columns] and put back; false when memory ran out. The rows and columns added since are
 * taken away again. */
struct lp_basis {
    int *status;
    int n_rows, n_columns;
};
bool lp_keep_basis(const struct lp *lp, struct lp_basis *basis);
void lp_restore_basis(struct lp *lp, struct lp_basis *basis);
/* As lp_restore_basis, but what was added since stays: the rows basic, the columns at their lower bound. */
void lp_resume_basis(struct lp *lp, struct lp_basis *basis);

/* A `<=` row's right-hand side; INFINITY: no limit. */
void lp_bound_row(struct lp *lp, int row, double rhs);

/* An equality row asks for its right-hand side or more, or for just that again. */
void lp_cover_row(struct lp *lp, int row, bool more);

/* A new equality row and the new column that fills its slack: the column takes the row's place in the basis. */
void lp_enter_basis(struct lp *lp, int column, int row);

void lp_set_bounds(struct lp *lp, int column, double from, double until);

/* Whether LP_INFEASIBLE is believed when found once: where nothing is proven by it. */
void lp_set_hasty(struct lp *lp, bool hasty);

/* Runs the simplex method in slices of iterations, asking `stop(context)` between them. dual: after rows or bounds
 * changed. */
enum lp_status lp_solve(struct lp *lp, bool dual, bool (*stop)(void *context), void *context);

/* lp_dual gives duals from the middle of all optimal ones from now on, until the program is solved again: those of an
 * interior point method. False: it has none, or the program is too large for it; duals are those of the basis. */
bool lp_center(struct lp *lp);

double lp_value(const struct lp *lp);
double lp_primal(const struct lp *lp, int column);
double lp_dual(const struct lp *lp, int row);

#endif
