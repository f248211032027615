/* The restricted master: columns are missions, rows are what missions share (docs/model.md).
 *
 * Money in the linear program is in units of the currency (hundredths / 100). All shared rows are `<=`, so their duals
 * are <= 0; a demand's row is an equality with one variable for those left behind. */
#ifndef SORTIE_SOLVER_MASTER_H
#define SORTIE_SOLVER_MASTER_H

#include "model/instance.h"
#include "solver/branch.h"
#include "solver/column.h"
#include "solver/crossing.h"
#include "solver/lp.h"
#include "solver/whole_loads.h"

enum row_kind {
    ROW_DEMAND,       /* a: demand. passengers moved + left = pax */
    ROW_AIRFRAMES,    /* a: group, b: airfield, at, span. taken by then - given back by then <= there at first */
    ROW_AIRFRAME_END, /* a: group, b: airfield. given back there - taken there <= 0 (nobody may end there) */
    ROW_CREWS,        /* as for airframes */
    ROW_CREW_END,
    ROW_MOG,        /* a: airfield, at. units present at that instant <= mog */
    ROW_ARRIVALS,   /* a: limit, b: cap */
    ROW_PAX,        /* a: limit, b: cap */
    ROW_INSPECTION, /* a: airframe group (of one). block hours <= limit */
    ROW_ROLLING,    /* a: crew group, b: rolling limit, at. block hours that count at that instant <= limit */
    ROW_LOADS,      /* a: whole_load, b: its size. waste over all missions <= waste of all passengers of the set */
    ROW_CROSSING,   /* a: crossing, b: its size. passengers moved - gains of flights that cross <= (k - 1) (size - rest)
                     */
    ROW_TRIPLE,     /* missions that carry at least two of three demands <= 1; only where demands travel whole */
    ROW_BRANCH      /* sign x branch_count <= rhs; slack outside its part of the tree */
};

struct row {
    enum row_kind kind;
    int32_t a, b;
    sec_t at;
    sec_t span; /* ROW_AIRFRAMES, ROW_CREWS: the mean over the instants of [at, at + span); 1: that instant */
    double rhs;
    struct branch branch;
    int32_t triple[3];
    double sign; /* 1: at most, -1: at least; then with a dear way out */
    bool active;
};

/* The ROW_AIRFRAMES or ROW_CREWS rows of one group at one airfield, by the end of their span. They stand in the linear
 * program as differences: what is taken and given back since the row before, and a stock variable for who waits there.
 * That keeps a column in two of them instead of in all rows of its stay. row[].rhs and dual[] are those of the
 * undivided rows. */
struct chain {
    int32_t *row;   /* [n] into master.row */
    int32_t *stock; /* [n] column in the linear program */
    size_t n, room;
};

struct master {
    const struct instance *inst;
    const struct groups *groups;
    struct lp *lp;
    struct row *row;
    size_t n_rows, cap_rows;
    struct whole_load *load; /* [n_loads] of the ROW_LOADS rows; owned */
    size_t n_loads, cap_loads;
    struct crossing *crossing; /* [n_crossings] of the ROW_CROSSING rows; owned */
    size_t n_crossings, cap_crossings;
    struct chain *chain;   /* [(airframe groups + crew groups) * airfields] */
    struct column *column; /* [n_columns]; owned */
    int *lp_column;        /* [n_columns] where it stands in the linear program */
    size_t n_columns, cap_columns;
    int *left;           /* [n_demands] column of those left behind */
    int *airframes_used; /* [n_airframe groups] column, -1 where all count as used */
    int *crews_used;     /* [n_crew groups] */
    double *x;           /* [n_columns] last solution */
    double way_out;      /* what one unit too few of a branch's "at least" costs */
    double
        keep; /* what a commitment earns: more than any schedule costs, so that none is dropped while it can be kept */
    double *dual; /* [n_rows] last duals, made <= 0 for `<=` rows */
    bool rows_changed;
    bool labels; /* missions are priced by labelling, see solver/price_labels.h */
    sec_t span;  /* of new ROW_AIRFRAMES and ROW_CREWS rows; beyond 1 parking rows are left out, too: a relaxation */
};

/* The linear program leaves commitments out at `keep` each; master_bound counts them as kept. What solving it takes is
 * added to *work, as in solver/lp.h. */
bool master_init(struct master *master, const struct instance *inst, const struct groups *groups, double keep,
                 double way_out, int64_t *work);
void master_release(struct master *master);

/* Adds a column unless it is there already; takes the mission in either case. 1 added, 0 known, -1 failed. */
int master_take_column(struct master *master, struct column *col);

/* "demand", ...; and the name in the linear program. */
const char *row_kind_text(enum row_kind kind);
void row_name(const struct row *row, char *name, size_t size);

double row_coefficient(const struct master *master, const struct row *row, const struct column *col);

/* 1 where the mission carries two or all of the three demands. */
double triple_count(const int32_t triple[3], const struct mission *mission);

/* Share of the instants of the row's span that are not before t. */
double row_share(const struct row *row, sec_t t);

/* cost - duals x coefficients, in currency units; as duals_price. */
double master_reduced_cost(const struct master *master, const struct column *col);

/* Solves the linear program over the columns and rows there are and fetches x and dual. */
enum lp_status master_solve(struct master *master, bool (*stop)(void *), void *context);

/* dual becomes that of the middle of all optimal ones, where lp_center has it, and stays where not: fewer rounds of
 * pricing find nothing of use than with those of a corner, which many missions of the optimum share (interior point
 * stabilisation: Rousseau, Gendreau and Feillet 2007). */
void master_center(struct master *master);

/* Adds shared rows that x breaks; returns how many, -1 on failure. */
int master_separate(struct master *master);

/* Adds the ROW_LOADS rows that x breaks most; returns how many, -1 on failure. Valid everywhere in the tree. as_flown:
 * sizes are the loads of x, too, where no other is broken. */
int master_separate_loads(struct master *master, bool as_flown);

/* Adds the ROW_CROSSING rows that x breaks most, as master_separate_loads. */
int master_separate_crossings(struct master *master);

/* Adds the ROW_TRIPLE rows that x breaks most, as master_separate_loads. */
int master_separate_triples(struct master *master);

/* Adds a row over the columns there are; false when memory or the engine failed. */
bool master_add_row(struct master *master, struct row row);

/* Asks for at most or at least k of what `branch` counts; returns the row, -1 on failure. The same row is taken again
 * where it is there. master_relax_branch makes it slack. */
int master_branch(struct master *master, const struct branch *branch, bool at_least, double k);
void master_relax_branch(struct master *master, int row);

/* The linear program's value with the branch on trial, without new columns or rows; INFINITY where it has no solution,
 * NAN on failure. x, dual and the basis are as before afterwards. */
double master_try_branch(struct master *master, const struct branch *branch, bool at_least, double k);

/* Exactly k are asked for at present. */
bool master_fixes(const struct master *master, const struct branch *branch, double k);

/* A bound for the whole program from the last duals, where the reduced costs of the missions of any one schedule sum to
 * `missions` or more: no valid schedule costs less. In currency units; negative where the duals are poor. */
double master_bound(const struct master *master, double missions);

/* No schedule has more missions. */
int64_t master_most_missions(const struct master *master);

#endif
