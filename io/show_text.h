/* Text that grows, and tables with aligned columns. Memory failure is remembered and reported once, by text_take. */
#ifndef SORTIE_IO_SHOW_TEXT_H
#define SORTIE_IO_SHOW_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/error.h"

struct text {
    char *bytes; /* [size], NUL after it; NULL while empty */
    size_t size, cap;
    bool failed;
};

void text_init(struct text *text);
void text_release(struct text *text);
void text_add(struct text *text, const char *bytes, size_t size);
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds `string` with everything a terminal would act on written out: control characters and direction marks as \u001B,
 * bytes that are not UTF-8 as \xFF. */
void text_add_safe(struct text *text, const char *string);

/* Hands the bytes over (the caller frees) and leaves `text` empty; NULL with `err` set where memory ran out on the way.
 */
char *text_take(struct text *text, struct error *err);

/* Code points in `size` bytes of UTF-8. */
size_t text_columns(const char *bytes, size_t size);

#define TABLE_MOST_COLUMNS 16

/* Cells are added row by row; the first row is the heading. */
struct table {
    size_t n_columns;
    bool right[TABLE_MOST_COLUMNS]; /* figures stand at the right edge of their column */
    struct text cells;              /* NUL after every cell */
    size_t n_cells;
};

/* `heading`: names separated by '|'; a name that begins with '>' heads a column of figures. */
void table_init(struct table *table, const char *heading);
void table_release(struct table *table);

/* The cell's text is made safe as by text_add_safe. */
void table_cell(struct table *table, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes the table with `indent` spaces before each line. */
void table_write(const struct table *table, int indent, struct text *to);

#endif
