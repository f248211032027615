#include "loadplan/program.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>

struct program {
    glp_prob *prob;
    int *index; /* scratch, one-based for GLPK */
    double *value;
    int cap;
    int nodes, most_nodes;
    double bound; /* of the nodes that are open */
    bool broken;  /* the engine gave up inside; nothing more is asked of it, and it is not freed */
};

/* GLPK's own errors end in abort() unless the hook does not return. */
static void on_engine_error(void *info)
{
    jmp_buf *escape = info;
    longjmp(*escape, 1);
}

static bool create_problem(struct program *p)
{
    jmp_buf escape;
    if (setjmp(escape)) {
        glp_error_hook(NULL, NULL);
        return false;
    }
    glp_error_hook(on_engine_error, &escape);
    p->prob = glp_create_prob();
    glp_set_obj_dir(p->prob, GLP_MIN);
    glp_error_hook(NULL, NULL);
    return true;
}

struct program *program_new(void)
{
    struct program *p = calloc(1, sizeof *p);
    glp_term_out(GLP_OFF);
    if (p && create_problem(p))
        return p;
    free(p);
    return NULL;
}

void program_free(struct program *p)
{
    if (!p)
        return;
    if (!p->broken)
        glp_delete_prob(p->prob);
    free(p->index);
    free(p->value);
    free(p);
}

static void set_bounds(struct program *p, int column, double from, double until)
{
    glp_set_col_bnds(p->prob, column + 1, from >= until ? GLP_FX : GLP_DB, from, until);
}

int program_column(struct program *p, double from, double until, bool whole)
{
    if (p->broken || !isfinite(from) || !isfinite(until))
        return -1;
    jmp_buf escape;
    if (setjmp(escape)) {
        glp_error_hook(NULL, NULL);
        p->broken = true;
        return -1;
    }
    glp_error_hook(on_engine_error, &escape);
    int j = glp_add_cols(p->prob, 1);
    glp_set_col_kind(p->prob, j, whole ? GLP_IV : GLP_CV);
    set_bounds(p, j - 1, from, until);
    glp_error_hook(NULL, NULL);
    return j - 1;
}

static bool load_scratch(struct program *p, int n, const int *column, const double *value)
{
    if (n + 1 > p->cap) {
        int cap = 2 * (n + 1);
        int *index = realloc(p->index, (size_t)cap * sizeof *index);
        if (!index)
            return false;
        p->index = index;
        double *grown = realloc(p->value, (size_t)cap * sizeof *grown);
        if (!grown)
            return false;
        p->value = grown;
        p->cap = cap;
    }
    for (int i = 0; i < n; i++) {
        if (!isfinite(value[i]))
            return false;
        p->index[i + 1] = column[i] + 1;
        p->value[i + 1] = value[i];
    }
    return true;
}

static bool add_row(struct program *p, int kind, double rhs, int n, const int *column, const double *value)
{
    if (p->broken || !isfinite(rhs) || !load_scratch(p, n, column, value))
        return false;
    jmp_buf escape;
    if (setjmp(escape)) {
        glp_error_hook(NULL, NULL);
        p->broken = true;
        return false;
    }
    glp_error_hook(on_engine_error, &escape);
    int i = glp_add_rows(p->prob, 1);
    glp_set_row_bnds(p->prob, i, kind, rhs, rhs);
    glp_set_mat_row(p->prob, i, n, p->index, p->value);
    glp_error_hook(NULL, NULL);
    return true;
}

bool program_at_most(struct program *p, double most, int n, const int *column, const double *value)
{
    return add_row(p, GLP_UP, most, n, column, value);
}

bool program_equals(struct program *p, double what, int n, const int *column, const double *value)
{
    return add_row(p, GLP_FX, what, n, column, value);
}

void program_bounds(struct program *p, int column, double from, double until)
{
    if (!p->broken)
        set_bounds(p, column, from, until);
}

void program_cost(struct program *p, int column, double cost)
{
    if (!p->broken)
        glp_set_obj_coef(p->prob, column + 1, cost);
}

/* Counts nodes, notes the bound, ends the search. */
static void on_node(glp_tree *tree, void *info)
{
    struct program *p = info;
    if (glp_ios_reason(tree) != GLP_ISELECT)
        return;
    int best = glp_ios_best_node(tree);
    if (best != 0)
        p->bound = fmax(p->bound, glp_ios_node_bound(tree, best));
    if (++p->nodes > p->most_nodes)
        glp_ios_terminate(tree);
}

/* The relaxation at the root; GLPK has no callback while it runs. */
static int solve_root(struct program *p)
{
    glp_smcp parm;
    glp_init_smcp(&parm);
    parm.msg_lev = GLP_MSG_OFF;
    glp_std_basis(p->prob);
    int code = glp_simplex(p->prob, &parm);
    if (code != 0) {
        glp_adv_basis(p->prob, 0);
        code = glp_simplex(p->prob, &parm);
    }
    return code;
}

static enum program_status run(struct program *p)
{
    int code = solve_root(p), status = glp_get_status(p->prob);
    if (code != 0)
        return PROGRAM_FAILED;
    if (status == GLP_NOFEAS)
        return PROGRAM_INFEASIBLE;
    if (status != GLP_OPT)
        return PROGRAM_FAILED;
    p->bound = glp_get_obj_val(p->prob);
    /* No presolving and no cover cuts: they have given wrong answers and aborts. */
    glp_iocp parm;
    glp_init_iocp(&parm);
    parm.msg_lev = GLP_MSG_OFF;
    parm.br_tech = GLP_BR_PCH;
    parm.cb_func = on_node;
    parm.cb_info = p;
    code = glp_intopt(p->prob, &parm);
    status = glp_mip_status(p->prob);
    if (code != 0 && code != GLP_ESTOP)
        return PROGRAM_FAILED;
    if (status == GLP_NOFEAS)
        return PROGRAM_INFEASIBLE;
    return status == GLP_OPT ? PROGRAM_OPTIMAL : status == GLP_FEAS ? PROGRAM_FEASIBLE : PROGRAM_UNKNOWN;
}

enum program_status program_solve(struct program *p, int most_nodes, double *bound)
{
    *bound = -INFINITY;
    if (p->broken)
        return PROGRAM_FAILED;
    p->nodes = 0;
    p->most_nodes = most_nodes;
    p->bound = -INFINITY;
    jmp_buf escape;
    if (setjmp(escape)) {
        glp_error_hook(NULL, NULL);
        p->broken = true;
        return PROGRAM_FAILED;
    }
    glp_error_hook(on_engine_error, &escape);
    enum program_status status = run(p);
    glp_error_hook(NULL, NULL);
    *bound = status == PROGRAM_INFEASIBLE ? INFINITY
             : status == PROGRAM_OPTIMAL  ? glp_mip_obj_val(p->prob)
             : status == PROGRAM_FAILED   ? -INFINITY
                                          : p->bound;
    return status;
}

enum program_status program_relax(struct program *p, double *value, double *reduced)
{
    if (p->broken)
        return PROGRAM_FAILED;
    jmp_buf escape;
    if (setjmp(escape)) {
        glp_error_hook(NULL, NULL);
        p->broken = true;
        return PROGRAM_FAILED;
    }
    glp_error_hook(on_engine_error, &escape);
    int code = solve_root(p), status = glp_get_status(p->prob);
    glp_error_hook(NULL, NULL);
    if (code == 0 && status == GLP_NOFEAS)
        return PROGRAM_INFEASIBLE;
    if (code != 0 || status != GLP_OPT)
        return PROGRAM_FAILED;
    *value = glp_get_obj_val(p->prob);
    for (int j = 0; j < glp_get_num_cols(p->prob); j++)
        reduced[j] = fmax(0, glp_get_col_dual(p->prob, j + 1));
    return PROGRAM_OPTIMAL;
}

double program_value(const struct program *p, int column)
{
    return glp_mip_col_val(p->prob, column + 1);
}
