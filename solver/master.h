/* The restricted master: columns are missions, rows are what missions share (docs/model.md).
 *
 * Money in the linear program is in units of the currency (hundredths / 100). All shared rows are `<=`, so their duals
 * are <= 0; a demand's row is an equality with one variable for those left behind. */
#ifndef SORTIE_SOLVER_MASTER_H
#define SORTIE_SOLVER_MASTER_H

#include "model/instance.h"
#include "solver/column.h"
#include "solver/lp.h"

enum row_kind {
    ROW_DEMAND,       /* a: demand. passengers moved + left = pax */
    ROW_AIRFRAMES,    /* a: group, b: airfield, at. taken by then - given back by then <= there at first */
    ROW_AIRFRAME_END, /* a: group, b: airfield. given back there - taken there <= 0 (nobody may end there) */
    ROW_CREWS,        /* as for airframes */
    ROW_CREW_END,
    ROW_MOG,        /* a: airfield, at. units present at that instant <= mog */
    ROW_ARRIVALS,   /* a: limit, b: cap */
    ROW_PAX,        /* a: limit, b: cap */
    ROW_INSPECTION, /* a: airframe group (of one). block hours <= limit */
    ROW_ROLLING,    /* a: crew group, b: rolling limit, at. block hours that count at that instant <= limit */
    ROW_CUT         /* explicit: coefficient of column j in cut_value[j], 0 past its end */
};

struct row {
    enum row_kind kind;
    int32_t a, b;
    sec_t at;
    double rhs;
    double *cut_value;
    size_t n_cut;
};

struct master {
    const struct instance *inst;
    const struct groups *groups;
    struct lp *lp;
    struct row *row;
    size_t n_rows, cap_rows;
    struct column *column; /* [n_columns]; owned */
    int *lp_column;        /* [n_columns] where it stands in the linear program */
    size_t n_columns, cap_columns;
    int *left;           /* [n_demands] column of those left behind */
    int *airframes_used; /* [n_airframe groups] column, -1 where all count as used */
    int *crews_used;     /* [n_crew groups] */
    double *x;           /* [n_columns] last solution */
    double
        keep; /* what a commitment earns: more than any schedule costs, so that none is dropped while it can be kept */
    double *dual; /* [n_rows] last duals, made <= 0 for `<=` rows */
    bool rows_changed;
};

/* The linear program leaves commitments out at `keep` each; master_bound counts them as kept. */
bool master_init(struct master *master, const struct instance *inst, const struct groups *groups, double keep);
void master_release(struct master *master);

/* Adds a column unless it is there already; takes the mission in either case. 1 added, 0 known, -1 failed. */
int master_take_column(struct master *master, struct column *col);

double row_coefficient(const struct master *master, const struct row *row, const struct column *col);

/* cost - duals x coefficients, in currency units; CUT rows of unknown columns count 0. */
double master_reduced_cost(const struct master *master, const struct column *col);

/* Solves the linear program over the columns and rows there are and fetches x and dual. */
enum lp_status master_solve(struct master *master, bool (*stop)(void *), void *context);

/* Adds shared rows that x breaks; returns how many, -1 on failure. */
int master_separate(struct master *master);

/* Adds a row over the columns there are; false when memory or the engine failed. */
bool master_add_row(struct master *master, struct row row);

bool master_add_cut(struct master *master, double rhs, double *value_taken);

/* A bound for the whole program from the last duals, where every mission has reduced cost >= `least` (<= 0): no valid
 * schedule costs less. In hundredths, rounded towards safety. */
cent_t master_bound(const struct master *master, double least);

#endif
