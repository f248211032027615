#include "solver/lp.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include "solver/work.h"

struct lp {
    glp_prob *prob;
    int *index; /* scratch, one-based for GLPK */
    double *value;
    int cap;
    int64_t *work;
    bool broken; /* the engine gave up inside; nothing more is asked of it */
    bool hasty;
    bool central; /* duals are those of lp_center */
};

enum { SLICE_ITERATIONS = 500, SLICE_ROWS = 4000 /* with more they are fewer */, MOST_TURNS = 12, MOST_TRIES = 2 };

/* GLPK's own errors end in abort() unless the hook does not return. */
static void on_engine_error(void *info)
{
    jmp_buf *escape = info;
    longjmp(*escape, 1);
}

static bool create_problem(struct lp *lp)
{
    jmp_buf escape;
    if (setjmp(escape)) {
        glp_error_hook(NULL, NULL);
        return false;
    }
    glp_error_hook(on_engine_error, &escape);
    lp->prob = glp_create_prob();
    glp_set_obj_dir(lp->prob, GLP_MIN);
    glp_error_hook(NULL, NULL);
    return true;
}

struct lp *lp_new(int64_t *work)
{
    struct lp *lp = calloc(1, sizeof *lp);
    glp_term_out(GLP_OFF);
    if (lp)
        lp->work = work;
    if (lp && create_problem(lp))
        return lp;
    free(lp);
    return NULL;
}

void lp_free(struct lp *lp)
{
    if (!lp)
        return;
    if (!lp->broken)
        glp_delete_prob(lp->prob);
    free(lp->index);
    free(lp->value);
    free(lp);
}

void lp_leave_thread(void)
{
    glp_free_env();
}

/* Copies a sparse vector into one-based scratch. False when memory ran out or a figure is no number. */
static bool load_scratch(struct lp *lp, int n, const int *index, const double *value)
{
    if (n + 1 > lp->cap) {
        int cap = 2 * (n + 1);
        int *grown_index = realloc(lp->index, (size_t)cap * sizeof *grown_index);
        if (!grown_index)
            return false;
        lp->index = grown_index;
        double *grown_value = realloc(lp->value, (size_t)cap * sizeof *grown_value);
        if (!grown_value)
            return false;
        lp->value = grown_value;
        lp->cap = cap;
    }
    for (int i = 0; i < n; i++) {
        if (!isfinite(value[i]))
            return false;
        lp->index[i + 1] = index[i] + 1;
        lp->value[i + 1] = value[i];
    }
    return true;
}

int lp_add_row(struct lp *lp, const char *name, bool equality, double rhs, int n, const int *column,
               const double *value)
{
    if (lp->broken || !isfinite(rhs) || !load_scratch(lp, n, column, value))
        return -1;
    jmp_buf escape;
    if (setjmp(escape)) {
        glp_error_hook(NULL, NULL);
        lp->broken = true;
        return -1;
    }
    glp_error_hook(on_engine_error, &escape);
    int i = glp_add_rows(lp->prob, 1);
    glp_set_row_name(lp->prob, i, name);
    glp_set_row_bnds(lp->prob, i, equality ? GLP_FX : GLP_UP, rhs, rhs);
    glp_set_mat_row(lp->prob, i, n, lp->index, lp->value);
    glp_error_hook(NULL, NULL);
    return i - 1;
}

bool lp_set_row(struct lp *lp, int row, double rhs, int n, const int *column, const double *value)
{
    if (lp->broken || !isfinite(rhs) || !load_scratch(lp, n, column, value))
        return false;
    jmp_buf escape;
    if (setjmp(escape)) {
        glp_error_hook(NULL, NULL);
        lp->broken = true;
        return false;
    }
    glp_error_hook(on_engine_error, &escape);
    glp_set_row_bnds(lp->prob, row + 1, glp_get_row_type(lp->prob, row + 1), rhs, rhs);
    glp_set_mat_row(lp->prob, row + 1, n, lp->index, lp->value);
    glp_error_hook(NULL, NULL);
    return true;
}

bool lp_keep_basis(const struct lp *lp, struct lp_basis *basis)
{
    basis->n_rows = lp->broken ? 0 : glp_get_num_rows(lp->prob);
    basis->n_columns = lp->broken ? 0 : glp_get_num_cols(lp->prob);
    basis->status = malloc((size_t)(basis->n_rows + basis->n_columns + 1) * sizeof *basis->status);
    if (!basis->status)
        return false;
    for (int i = 0; i < basis->n_rows; i++)
        basis->status[i] = glp_get_row_stat(lp->prob, i + 1);
    for (int j = 0; j < basis->n_columns; j++)
        basis->status[basis->n_rows + j] = glp_get_col_stat(lp->prob, j + 1);
    return true;
}

/* Takes away what was added behind the first n_rows rows and n_columns columns. */
static void cut_back(struct lp *lp, int n_rows, int n_columns)
{
    const int row[] = {0, n_rows + 1}, column[] = {0, n_columns + 1}; /* one-based, as GLPK wants it */
    while (glp_get_num_rows(lp->prob) > n_rows)
        glp_del_rows(lp->prob, 1, row);
    while (glp_get_num_cols(lp->prob) > n_columns)
        glp_del_cols(lp->prob, 1, column);
}

void lp_resume_basis(struct lp *lp, struct lp_basis *basis)
{
    if (!lp->broken) {
        int n_rows = glp_get_num_rows(lp->prob), n_columns = glp_get_num_cols(lp->prob);
        for (int i = 0; i < n_rows; i++)
            glp_set_row_stat(lp->prob, i + 1, i < basis->n_rows ? basis->status[i] : GLP_BS);
        for (int j = 0; j < n_columns; j++)
            glp_set_col_stat(lp->prob, j + 1, j < basis->n_columns ? basis->status[basis->n_rows + j] : GLP_NL);
    }
    free(basis->status);
    basis->status = NULL;
}

void lp_restore_basis(struct lp *lp, struct lp_basis *basis)
{
    if (!lp->broken)
        cut_back(lp, basis->n_rows, basis->n_columns);
    lp_resume_basis(lp, basis);
}

void lp_bound_row(struct lp *lp, int row, double rhs)
{
    if (!lp->broken)
        glp_set_row_bnds(lp->prob, row + 1, isinf(rhs) ? GLP_FR : GLP_UP, 0, isinf(rhs) ? 0 : rhs);
}

void lp_cover_row(struct lp *lp, int row, bool more)
{
    double rhs = lp->broken ? 0 : glp_get_row_lb(lp->prob, row + 1);
    if (!lp->broken)
        glp_set_row_bnds(lp->prob, row + 1, more ? GLP_LO : GLP_FX, rhs, rhs);
}

void lp_enter_basis(struct lp *lp, int column, int row)
{
    if (lp->broken)
        return;
    glp_set_row_stat(lp->prob, row + 1, GLP_NS);
    glp_set_col_stat(lp->prob, column + 1, GLP_BS);
}

static void set_bounds(struct lp *lp, int column, double from, double until)
{
    int kind = isinf(until) ? GLP_LO : from >= until ? GLP_FX : GLP_DB;
    glp_set_col_bnds(lp->prob, column + 1, kind, from, isinf(until) ? 0.0 : until);
}

int lp_add_column(struct lp *lp, const char *name, double cost, double from, double until, int n, const int *row,
                  const double *value)
{
    if (lp->broken || !isfinite(cost) || !load_scratch(lp, n, row, value))
        return -1;
    jmp_buf escape;
    if (setjmp(escape)) {
        glp_error_hook(NULL, NULL);
        lp->broken = true;
        return -1;
    }
    glp_error_hook(on_engine_error, &escape);
    int j = glp_add_cols(lp->prob, 1);
    glp_set_col_name(lp->prob, j, name);
    glp_set_obj_coef(lp->prob, j, cost);
    set_bounds(lp, j - 1, from, until);
    glp_set_mat_col(lp->prob, j, n, lp->index, lp->value);
    glp_error_hook(NULL, NULL);
    return j - 1;
}

void lp_set_bounds(struct lp *lp, int column, double from, double until)
{
    if (!lp->broken)
        set_bounds(lp, column, from, until);
}

void lp_set_hasty(struct lp *lp, bool hasty)
{
    lp->hasty = hasty;
}

/* One slice; -1 where the engine failed. */
static int run_slice(struct lp *lp, bool dual, int limit)
{
    jmp_buf escape;
    if (setjmp(escape)) {
        glp_error_hook(NULL, NULL);
        lp->broken = true;
        return -1;
    }
    glp_error_hook(on_engine_error, &escape);
    glp_smcp parm;
    glp_init_smcp(&parm);
    parm.msg_lev = GLP_MSG_OFF;
    parm.it_lim = limit;
    parm.meth = dual ? GLP_DUALP : GLP_PRIMAL;
    int code = glp_simplex(lp->prob, &parm);
    if (code == GLP_EBADB || code == GLP_ESING || code == GLP_ECOND || code == GLP_EFAIL) {
        glp_adv_basis(lp->prob, 0);
        code = glp_simplex(lp->prob, &parm);
    }
    glp_error_hook(NULL, NULL);
    return code;
}

/* Rows of passengers and of shares of a span are far apart in size: unscaled, the engine finds solvable programs
 * infeasible. Powers of two keep what they scale exact. */
static void scale(struct lp *lp)
{
    jmp_buf escape;
    if (setjmp(escape)) {
        glp_error_hook(NULL, NULL);
        lp->broken = true;
        return;
    }
    glp_error_hook(on_engine_error, &escape);
    int on = glp_term_out(GLP_OFF);
    glp_scale_prob(lp->prob, GLP_SF_EQ | GLP_SF_2N);
    glp_term_out(on);
    glp_error_hook(NULL, NULL);
}

/* Where the value stands still for more iterations than there are rows, the engine may be cycling or nearly so: the
 * other method then, and a new basis where several turns of that have not helped. That there is no solution is believed
 * when it was found from three bases. */
enum lp_status lp_solve(struct lp *lp, bool dual, bool (*stop)(void *context), void *context)
{
    int turns = 0;
    int64_t still = 0, rows = lp->broken ? 0 : glp_get_num_rows(lp->prob);
    int limit = rows > SLICE_ROWS ? 1 + (int)(SLICE_ITERATIONS * (int64_t)SLICE_ROWS / rows) : SLICE_ITERATIONS;
    double before = INFINITY;
    int tries = 0;
    lp->central = false;
    if (!lp->broken)
        scale(lp);
    for (;;) {
        if (lp->broken)
            return LP_FAILED;
        int begun = lp->broken ? 0 : glp_get_it_cnt(lp->prob);
        int code = run_slice(lp, dual, limit), status = lp->broken ? GLP_UNDEF : glp_get_status(lp->prob);
        if (!lp->broken)
            *lp->work += (glp_get_it_cnt(lp->prob) - begun) *
                         (WORK_PIVOT + rows * WORK_ROW + (int64_t)glp_get_num_nz(lp->prob) * WORK_ENTRY);
        if (code == 0 && (status == GLP_OPT || (status == GLP_NOFEAS && (lp->hasty || tries == MOST_TRIES))))
            return status == GLP_OPT ? LP_OPTIMAL : LP_INFEASIBLE;
        if (code != GLP_EITLIM) { /* once more from a basis of its own, and then from that of all slacks */
            if (lp->broken || tries == MOST_TRIES)
                return LP_FAILED;
            dual = false;
            if (tries++ == 0)
                glp_adv_basis(lp->prob, 0);
            else
                glp_std_basis(lp->prob);
            continue;
        }
        if (stop && stop(context))
            return LP_STOPPED;
        double value = glp_get_obj_val(lp->prob);
        bool moves = fabs(value - before) > 1e-9 * fabs(value);
        still = moves ? 0 : still + limit;
        turns = moves ? 0 : turns;
        before = value;
        if (still <= rows)
            continue;
        still = 0;
        dual = !dual;
        if (++turns > MOST_TURNS) {
            glp_adv_basis(lp->prob, 0);
            dual = false;
            limit *= 2;
            turns = 0;
        }
    }
}

/* It cannot be stopped, so it is for small programs. */
bool lp_center(struct lp *lp)
{
    enum { MOST_ROWS = 400, ITERATIONS = 40 /* or so */ };
    int64_t rows = lp->broken ? 0 : glp_get_num_rows(lp->prob);
    if (lp->broken || rows > MOST_ROWS)
        return false;
    jmp_buf escape;
    if (setjmp(escape)) {
        glp_error_hook(NULL, NULL);
        lp->broken = true;
        return false;
    }
    glp_error_hook(on_engine_error, &escape);
    glp_iptcp parm;
    glp_init_iptcp(&parm);
    parm.msg_lev = GLP_MSG_OFF;
    lp->central = glp_interior(lp->prob, &parm) == 0 && glp_ipt_status(lp->prob) == GLP_OPT;
    glp_error_hook(NULL, NULL);
    *lp->work += ITERATIONS * WORK_ENTRY * (4 * (int64_t)glp_get_num_nz(lp->prob) + rows * rows * rows / 8);
    return lp->central;
}

double lp_value(const struct lp *lp)
{
    return glp_get_obj_val(lp->prob);
}

double lp_primal(const struct lp *lp, int column)
{
    return glp_get_col_prim(lp->prob, column + 1);
}

double lp_dual(const struct lp *lp, int row)
{
    return lp->central ? glp_ipt_row_dual(lp->prob, row + 1) : glp_get_row_dual(lp->prob, row + 1);
}
