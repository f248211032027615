/* Inside of import/: tables on their way into an instance. */
#ifndef SORTIE_IMPORT_SHEET_H
#define SORTIE_IMPORT_SHEET_H

#include "import/columns.h"
#include "import/csv_read.h"
#include "io/json.h"

enum { NO_ROW = 0, NO_COLUMN = -1 }; /* row 0 is the heading */

struct sheet {
    const struct sheet_kind *kind;
    char *file; /* NULL: no such table is imported */
    struct csv csv;
    int at[MOST_COLUMNS];          /* [kind->n_columns] the column of the file; NO_COLUMN: not there */
    char *otherwise[MOST_COLUMNS]; /* [kind->n_columns] what an empty cell means; NULL: nothing */
    size_t *row;                   /* [n_items] the row of the item in csv */
    size_t n_items;
};

/* What a fault is about. */
struct place {
    const struct sheet *sheet;
    size_t row; /* of csv; NO_ROW: none in particular */
    int column; /* of sheet->kind; NO_COLUMN: none in particular */
};

/* Catalogue ids that the tables name, where the instance has no list of its own. */
struct gathered {
    const char *key;     /* of the instance; NULL: nothing is gathered */
    struct place *place; /* [n] where the id stands first */
    size_t n, room;
};

enum { GATHERED_AIRFIELDS, GATHERED_TYPES, N_GATHERED };

struct import {
    struct reader r; /* takes all faults */
    struct sheet sheet[N_SHEET_KINDS];
    struct gathered gathered[N_GATHERED];
    struct place told[MOST_FAULTS];
    size_t n_told;
    const char *origin;         /* the file that the instance's other keys come from */
    const char *origin_pointer; /* where in it */
};

void sheet_release(struct sheet *sheet);

/* Notes `file: row 3 column "pax": what, got X`, unless something was said about the place before. */
void sheet_fault(struct import *import, struct place place, const json_t *got, const char *what);

/* Reads sheet->file, whose entry in the import file `name` is `settings` (with the reader at no pointer): the list of
 * the instance, a new reference. NULL with a fault noted where there is no table to speak of. */
json_t *sheet_read(struct import *import, struct sheet *sheet, const json_t *settings, const char *name);

/* Fills in "airfields" and "aircraft_types" where `instance` has none: what its airframes, crews and demands name. */
void gather(struct import *import, json_t *instance);

/* Notes the fault lines of read_instance_text, whose name was `name`, with rows and columns in the place of pointers
 * into tables. */
void retell(struct import *import, const char *faults, const char *name);

#endif
