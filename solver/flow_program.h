/* A linear program that every valid schedule is a solution of, at no more than its cost: flights and passengers as
 * flows over legs and periods. docs/model.md, Flows. */
#ifndef SORTIE_SOLVER_FLOW_PROGRAM_H
#define SORTIE_SOLVER_FLOW_PROGRAM_H

#include "model/instance.h"
#include "solver/lp.h"

struct flow_program {
    const struct instance *inst;
    struct lp *lp;
    int32_t n, n_periods; /* airfields; periods */
    sec_t *cut;           /* [n_periods + 1]: period p is [cut[p], cut[p + 1]), the last ends behind the horizon */
    sec_t *way;           /* [n * n] shortest time from first take-off to last block-in, any types */
    struct flow_row {
        double rhs;
        bool equal;
        int n, *column; /* of a row that came after its columns */
        double *value;
    } * row;
    struct flow_column {
        double cost, most;
        int n, *row; /* in the rows that came before it */
        double *value;
    } * column;
    int n_rows, n_columns, cap_rows, cap_columns;
    /* Columns, -1 where there is none. */
    int *flight;             /* [n_types * n * n * n_periods] by block-in */
    int *stand;              /* [n_types * n * n_periods] airframes there at the end of a period */
    int *begins, *ends;      /* [n_types * n * n_periods] missions, by first block-in, by last */
    int *under_way;          /* [n_types * n * n_periods] missions that have come there, at the end of a period */
    int *works, *works_amid; /* [n_types * n * n_periods] stops where the most is done that is done there: in loading
                                by block-in of the flight that leaves, else of the one that comes; of those neither
                                the first of a mission, or the last */
    int *carried;            /* [n_demands * n * n] passengers on a leg, whenever */
    int *leaves, *comes;     /* [n_demands * n_periods] by block-in at the first stop, the last */
    int *unloads;            /* [n_demands * (n_periods + 1)]: behind the horizon as well */
    int *aboard, *waits;     /* [n_demands * n_periods] between these, at the end of a period */
    bool *loads;             /* [n] more are loaded there than unloaded */
    bool failed;
};

/* Where a type at an airfield in a period stands in [n_types * n * n_periods], and a flight in `flight`. */
static inline int32_t flow_place(const struct flow_program *f, int32_t type, int32_t airfield, int32_t period)
{
    return (type * f->n + airfield) * f->n_periods + period;
}

static inline int32_t flow_leg(const struct flow_program *f, int32_t type, int32_t from, int32_t to, int32_t period)
{
    return ((type * f->n + from) * f->n + to) * f->n_periods + period;
}

/* Periods end where caps do, and there are `periods` of them. False when memory ran out or the engine failed. */
bool flow_program_init(struct flow_program *f, const struct instance *inst, int32_t periods, int64_t *work);
void flow_program_release(struct flow_program *f);

/* Columns it would have, about. */
double flow_program_columns(const struct instance *inst, int32_t periods);

/* Adds rows that the solution breaks; returns how many, -1 on failure. */
int flow_program_separate(struct flow_program *f);

/* What the duals prove, whatever they are: no schedule costs less. */
double flow_program_proven(const struct flow_program *f);

#endif
