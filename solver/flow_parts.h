/* The parts that a program of flows is made of; for the files that make it. */
#ifndef SORTIE_SOLVER_FLOW_PARTS_H
#define SORTIE_SOLVER_FLOW_PARTS_H

#include "solver/flow_program.h"

enum { FLOW_ENTRIES = 24 };

/* Entries of a column on the way into the program. */
struct flow_entries {
    int n, at[FLOW_ENTRIES];
    double value[FLOW_ENTRIES];
};

/* at -1, value 0: nothing. */
void flow_put(struct flow_entries *e, int at, double value);

/* Index; what fails is noted in f->failed. */
int flow_add_row(struct flow_program *f, bool equal, double rhs, int n, const int *column, const double *value);
int flow_add_column(struct flow_program *f, double cost, double most, const struct flow_entries *e);

/* [n + 1], all -1; the caller's. NULL: out of memory. */
int *flow_numbers(size_t n);

/* What a stop takes longer than `least` where it does what is mostly done there. */
sec_t flow_works_longer(const struct flow_program *f, int32_t type, int32_t airfield, sec_t least);

/* All columns with the rows that they are put into; then the rows over them that are there from the beginning. */
void flow_make_columns(struct flow_program *f);
void flow_add_limits(struct flow_program *f);

/* A row over columns that are there, being written. */
struct flow_draft {
    struct flow_program *f;
    int n, *column;
    double *value;
};

bool flow_draft_init(struct flow_draft *w, struct flow_program *f); /* false: out of memory; release in any case */
void flow_draft_release(struct flow_draft *w);
void flow_with(struct flow_draft *w, int column, double value); /* column -1, value 0: nothing */
/* Flights of a type from one airfield to another (-1: any) with a block-in in periods `from` .. `until` - 1. */
void flow_with_flights(struct flow_draft *w, int32_t type, int32_t i, int32_t j, int32_t from, int32_t until,
                       double value);
/* `<=` the right-hand side, where it is no empty row; the draft is empty then. */
void flow_finish_row(struct flow_draft *w, double rhs);

#endif
