/* The whole integer program of an instance as plain data: what program/ builds, io/ writes for other solvers, and
 * program/answer.c reads an answer by. docs/model.md, "The program for other solvers".
 *
 * A route is a type, airfields and all instants of a mission, without who flies it and who is aboard. Money is in
 * hundredths; every coefficient is a whole number. */
#ifndef SORTIE_MODEL_PROGRAM_H
#define SORTIE_MODEL_PROGRAM_H

#include "model/instance.h"

#define PROGRAM_NO_BOUND INT64_MAX

/* What a column counts, as the mapping file says it, and how its name begins. */
#define PROGRAM_COLUMNS(X)                                                                                             \
    X(COLUMN_FLY, "fly")             /* route, copy: the route is flown (so often, where pooled) */                    \
    X(COLUMN_AIRFRAME, "airframe")   /* route, group: so many of its copies are flown by the airframe group */         \
    X(COLUMN_CREW, "crew")           /* route, group: ... with the crew group */                                       \
    X(COLUMN_PAX, "pax")             /* route, copy, demand, load_stop, unload_stop: passengers on that ride */        \
    X(COLUMN_RIDE, "ride")           /* the same: 1 where there are any */                                             \
    X(COLUMN_CARRIES, "carries")     /* route, copy, demand: 1 where any of it is aboard */                            \
    X(COLUMN_VISIT, "visit")         /* ... and load_stop: 1 where any of it loads there */                            \
    X(COLUMN_ESCORTS, "escorts")     /* route, copy, demand, load_stop as sortie: escorts aboard */                    \
    X(COLUMN_FREIGHT, "freight")     /* ... grams of its freight aboard */                                             \
    X(COLUMN_DELAY, "delay")         /* route, copy, demand: hundredths of its delay */                                \
    X(COLUMN_LEFT, "left")           /* demand: passengers not moved */                                                \
    X(COLUMN_USED, "used")           /* group: members of it that leave a place they may not end at */                 \
    X(COLUMN_STOCK, "stock")         /* what is free of a shared resource after an instant */                          \
    X(COLUMN_COMMITTED, "committed") /* copy: the commitment of that number, fixed at 1 */

enum program_column_kind {
#define X(code, text) code,
    PROGRAM_COLUMNS(X)
#undef X
        N_PROGRAM_COLUMNS
};

const char *program_column_text(enum program_column_kind kind);

/* -1 where the kind has no such thing. */
struct program_column {
    char *name; /* letters, digits and '_', at most PROGRAM_NAME - 1 of them, unique */
    enum program_column_kind kind;
    int32_t route, copy, group, demand, load_stop, unload_stop;
    int64_t upper; /* from 0; PROGRAM_NO_BOUND: none */
    bool integer;
    cent_t cost;
};

enum program_sense { PROGRAM_AT_MOST, PROGRAM_EQUAL, PROGRAM_AT_LEAST };

struct program_row {
    char *name;
    enum program_sense sense;
    int64_t rhs;
};

struct program_entry {
    int32_t row, column;
    int64_t value; /* not 0 */
};

/* A route that ends without fuel gives its airframe back with tanks in a state, one that begins so takes it in one. */
struct program_tanks {
    mnm_t flown, total; /* since fuel, and what the whole stretch will have been at most; 0, 0: full */
};

struct program_route {
    int32_t type;
    struct stop *stop; /* [n_stops]; owned */
    size_t n_stops;
    struct program_tanks from, to;
    int32_t airframe_group, crew_group; /* the only one that may, else -1: there are columns for each */
    int32_t copies;                     /* most that can be flown */
    bool pooled;                        /* one fly column counts all of them, loads are theirs together */
};

#define PROGRAM_NAME 96

struct program {
    struct program_route *route;
    size_t n_routes, room_routes;
    struct program_column *column;
    size_t n_columns, room_columns;
    struct program_row *row;
    size_t n_rows, room_rows;
    struct program_entry *entry; /* one for a row and column at most; sorted by column, then row, once built */
    size_t n_entries, room_entries;
    bool single; /* every airframe and crew is a group of its own */
    bool failed; /* memory ran out on the way; what follows does nothing */
};

void program_init(struct program *p);
void program_release(struct program *p);

/* Each returns the index; with memory short, `failed` is set and 0 returned. Names are made unique by the caller; what
 * is not a letter or digit in the format's result becomes '_'. */
int32_t program_add_column(struct program *p, struct program_column column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int32_t program_add_row(struct program *p, enum program_sense sense, int64_t rhs, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Nothing where value is 0. */
void program_add_entry(struct program *p, int32_t row, int32_t column, int64_t value);
/* Takes the stops over. */
int32_t program_take_route(struct program *p, struct program_route route);
/* Joins entries of the same row and column and sorts them. */
void program_sort(struct program *p);

#endif
