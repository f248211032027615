/* Tables as spreadsheets write them: RFC 4180, and besides that a byte order mark, semicolons or tabs between cells,
 * any line end, "sep=;" as first line. */
#ifndef SORTIE_IMPORT_CSV_READ_H
#define SORTIE_IMPORT_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>

/* Row 0 is the heading. A row may have more or fewer cells than another. */
struct csv {
    char *bytes; /* what the cells point into */
    char **cell; /* [n_cells], row after row, quotes undone, a NUL after each */
    size_t n_cells, room;
    size_t *row; /* [n_rows + 1] the row's first cell; the last is n_cells */
    size_t n_rows, row_room;
};

/* Where the text is no table. `what` is NULL where memory ran out. */
struct csv_fault {
    size_t row, column; /* counted from 0 */
    const char *what;
};

/* Takes `bytes` (from malloc, bytes[size] is writable) and fills `csv`. False with `fault` set, and then nothing is
 * left allocated. Empty lines are rows of one empty cell; one at the end is none. */
bool csv_take(char *bytes, size_t size, struct csv *csv, struct csv_fault *fault);

void csv_release(struct csv *csv);

/* "" beyond the row's last cell: spreadsheets leave out empty cells at the end. */
const char *csv_cell(const struct csv *csv, size_t row, size_t column);
size_t csv_width(const struct csv *csv, size_t row);

#endif
