/* The tables that can be imported and their columns: how a cell is written, and which key of the instance it becomes.
 */
#ifndef SORTIE_IMPORT_COLUMNS_H
#define SORTIE_IMPORT_COLUMNS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum cell_kind {
    CELL_TEXT,
    CELL_NUMBER,
    CELL_YES_NO,
    CELL_INSTANT, /* 2026-03-01T08:00:00Z; also 2026-03-01 08:00, UTC */
    CELL_LIST,    /* texts with | between */
    CELL_ENDS,    /* the same, or "any" */
    CELL_HOURS,   /* 06:00-12:00 | 14:00-22:00 */
    CELL_WINDOWS, /* instant/instant | ... */
    CELL_FLIGHTS, /* block-in and minutes: 2026-02-27T16:00:00Z 310 | ... */
};

struct column {
    const char *name;
    enum cell_kind kind;
    bool required;
    const char *key, *inner; /* of the instance: /demands/3/key/inner; inner is NULL where the value is the key's */
};

struct sheet_kind {
    const char *name;             /* the list in the instance */
    const struct column *columns; /* [n_columns] */
    size_t n_columns;
};

enum { N_SHEET_KINDS = 4, MOST_COLUMNS = 24 };
extern const struct sheet_kind sheet_kinds[N_SHEET_KINDS];

/* -1 where there is none. A heading is compared without regard to case, with '_' for blanks, blanks around it aside. */
int column_by_heading(const struct sheet_kind *kind, const char *heading);
int column_by_key(const struct sheet_kind *kind, const char *key, const char *inner);

/* What a cell that is not empty says as JSON, which the caller releases; *why: where it does not say such a thing, what
 * it must be (a constant text; the value is then the cell's text). NULL where memory ran out. The text is UTF-8. */
json_t *cell_value(const char *text, enum cell_kind kind, const char **why);

#endif
