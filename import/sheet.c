#include "import/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/suggest.h"
#include "io/whole_file.h"

enum { SHOWN = 60 };

void sheet_release(struct sheet *sheet)
{
    csv_release(&sheet->csv);
    for (size_t c = 0; c < MOST_COLUMNS; c++)
        free(sheet->otherwise[c]);
    free(sheet->row);
    free(sheet->file);
    *sheet = (struct sheet){0};
}

/* --- faults */

static bool was_told(const struct import *import, struct place place)
{
    for (size_t i = 0; i < import->n_told; i++) {
        const struct place *told = &import->told[i];
        if (told->sheet == place.sheet && told->column == place.column &&
            (told->row == place.row || told->row == NO_ROW))
            return true;
    }
    return false;
}

static void tell(struct import *import, struct place place)
{
    if (import->n_told < MOST_FAULTS)
        import->told[import->n_told++] = place;
}

/* The text, cut between two characters where it is long. */
static const char *shortened(const char *text, char to[SHOWN + 4])
{
    size_t size = strlen(text), cut = SHOWN;
    if (size <= SHOWN)
        return memcpy(to, text, size + 1);
    while (cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80)
        cut--;
    memcpy(to, text, cut);
    memcpy(to + cut, "...", 4);
    return to;
}

/* The heading that stands for the column in the file, where there is one. */
static const char *heading_of(const struct place *place, char to[SHOWN + 4])
{
    const struct sheet *sheet = place->sheet;
    int at = sheet->at[place->column];
    return shortened(at != NO_COLUMN ? csv_cell(&sheet->csv, 0, (size_t)at) : sheet->kind->columns[place->column].name,
                     to);
}

void sheet_fault(struct import *import, struct place place, const json_t *got, const char *what)
{
    char heading[SHOWN + 4];
    struct reader *r = &import->r;
    if (was_told(import, place))
        return;
    tell(import, place);
    r->name = place.sheet->file;
    if (place.row != NO_ROW && place.column != NO_COLUMN)
        reader_fault(r, got, "row %zu column \"%s\": %s", place.row + 1, heading_of(&place, heading), what);
    else if (place.row != NO_ROW)
        reader_fault(r, got, "row %zu: %s", place.row + 1, what);
    else
        reader_fault(r, got, "%s", what);
}

/* --- the heading */

static const struct column *column_of(const struct sheet *sheet, size_t c)
{
    return &sheet->kind->columns[c];
}

static const char *nearest_column(const struct sheet *sheet, const char *word)
{
    struct suggestion near;
    suggestion_init(&near, word);
    for (size_t c = 0; c < sheet->kind->n_columns; c++)
        suggestion_try(&near, column_of(sheet, c)->name);
    return near.best;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static void unknown_heading(struct import *import, const struct sheet *sheet, size_t j)
{
    char shown[SHOWN + 4];
    const char *heading = csv_cell(&sheet->csv, 0, j), *meant = nearest_column(sheet, heading);
    import->r.name = sheet->file;
    if (meant)
        reader_fault(&import->r, NULL, "row 1 column \"%s\": unknown column, did you mean \"%s\"?",
                     shortened(heading, shown), meant);
    else
        reader_fault(&import->r, NULL, "row 1 column \"%s\": unknown column; null for it in \"columns\" leaves it out",
                     shortened(heading, shown));
}

static bool column_is_empty(const struct csv *csv, size_t j)
{
    for (size_t i = 1; i < csv->n_rows; i++)
        if (!is_blank(csv_cell(csv, i, j)))
            return false;
    return true;
}

/* Finds the column that column j of the file is; `name` as in `columns`, which may call it otherwise or null. */
static void find_column(struct import *import, struct sheet *sheet, const json_t *columns, size_t j)
{
    const char *heading = csv_cell(&sheet->csv, 0, j);
    json_t *renamed = json_object_get(columns, heading);
    if (is_blank(heading) && !renamed) {
        if (column_is_empty(&sheet->csv, j))
            return;
        import->r.name = sheet->file;
        reader_fault(&import->r, NULL, "row 1: column %zu has no heading", j + 1);
        return;
    }
    if (renamed && !json_is_string(renamed))
        return; /* null; or at fault, which has been said */
    int c = column_by_heading(sheet->kind, renamed ? json_string_value(renamed) : heading);
    if (c < 0 && !renamed)
        unknown_heading(import, sheet, j);
    if (c >= 0 && sheet->at[c] != NO_COLUMN)
        sheet_fault(import, (struct place){sheet, NO_ROW, c}, NULL, "two columns are the same one");
    else if (c >= 0)
        sheet->at[c] = (int)j;
}

/* Faults the entries of "columns" that name no heading of the file, or no column there is. */
static void check_renaming(struct import *import, const struct sheet *sheet, json_t *columns)
{
    const char *heading;
    json_t *value;
    struct reader *r = &import->r;
    json_object_foreach(columns, heading, value)
    {
        size_t was = reader_in(r, heading), j = 0;
        struct suggestion near;
        suggestion_init(&near, heading);
        for (; j < csv_width(&sheet->csv, 0) && strcmp(csv_cell(&sheet->csv, 0, j), heading) != 0; j++)
            suggestion_try(&near, csv_cell(&sheet->csv, 0, j));
        const char *name = json_string_value(value), *meant = name ? nearest_column(sheet, name) : NULL;
        if (!json_is_null(value) && !name)
            reader_fault(r, value, "must be the name of a column or null");
        else if (j == csv_width(&sheet->csv, 0) && near.best)
            reader_fault(r, NULL, "no such heading in the sheet, did you mean \"%.100s\"?", near.best);
        else if (j == csv_width(&sheet->csv, 0))
            reader_fault(r, NULL, "no such heading in the table");
        else if (name && column_by_heading(sheet->kind, name) < 0 && meant)
            reader_fault(r, value, "no such column, did you mean \"%s\"?", meant);
        else if (name && column_by_heading(sheet->kind, name) < 0)
            reader_fault(r, value, "no such column");
        reader_out(r, was);
    }
}

static void read_defaults(struct import *import, struct sheet *sheet, json_t *defaults)
{
    const char *key;
    json_t *value;
    struct reader *r = &import->r;
    json_object_foreach(defaults, key, value)
    {
        size_t was = reader_in(r, key);
        int c = column_by_heading(sheet->kind, key);
        const char *meant = nearest_column(sheet, key);
        if (c < 0 && meant)
            reader_fault(r, NULL, "no such column, did you mean \"%s\"?", meant);
        else if (c < 0)
            reader_fault(r, NULL, "no such column");
        else if (sheet->otherwise[c])
            reader_fault(r, NULL, "the same column as another default");
        else if (json_is_string(value))
            sheet->otherwise[c] = strdup(json_string_value(value));
        else if (json_is_number(value) || json_is_boolean(value))
            sheet->otherwise[c] = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
        else
            reader_fault(r, value, "must be a text, a number, true or false, as in a cell");
        r->no_memory = r->no_memory || (c >= 0 && r->n_faults == 0 && !sheet->otherwise[c]);
        reader_out(r, was);
    }
}

static json_t *object_under(struct reader *r, const json_t *settings, const char *key)
{
    json_t *value = json_object_get(settings, key);
    size_t was = reader_in(r, key);
    if (value && !json_is_object(value))
        reader_fault(r, value, "must be an object");
    reader_out(r, was);
    return json_is_object(value) ? value : NULL;
}

/* Points at the table's entry in the import file `name`. */
static void point_at_settings(struct import *import, const struct sheet *sheet, const char *name)
{
    import->r.name = name;
    reader_in(&import->r, "tables");
    reader_in(&import->r, sheet->kind->name);
}

static void read_settings(struct import *import, struct sheet *sheet, const json_t *settings, const char *name)
{
    struct reader *r = &import->r;
    point_at_settings(import, sheet, name);
    json_t *columns = object_under(r, settings, "columns"), *defaults = object_under(r, settings, "defaults");
    size_t was = reader_in(r, "columns");
    check_renaming(import, sheet, columns);
    reader_out(r, was);
    reader_in(r, "defaults");
    read_defaults(import, sheet, defaults);
    reader_out(r, 0);
}

static void read_heading(struct import *import, struct sheet *sheet, const json_t *settings, int faults_before)
{
    json_t *columns = json_object_get(settings, "columns");
    for (size_t j = 0; j < csv_width(&sheet->csv, 0); j++)
        find_column(import, sheet, columns, j);
    bool sound = import->r.n_faults == faults_before;
    for (size_t c = 0; c < sheet->kind->n_columns; c++) {
        struct place place = {sheet, NO_ROW, (int)c};
        char what[200];
        if (!column_of(sheet, c)->required || sheet->at[c] != NO_COLUMN || sheet->otherwise[c])
            continue;
        snprintf(what, sizeof what,
                 "there is no column \"%s\": add it, call one so under \"columns\", or give it under \"defaults\"",
                 column_of(sheet, c)->name);
        if (sound)
            sheet_fault(import, place, NULL, what);
        else
            tell(import, place); /* a heading at fault may have been meant */
    }
}

/* --- the rows */

/* Sets the key of one column in `item`. */
static void read_cell(struct import *import, const struct sheet *sheet, size_t i, size_t c, json_t *item)
{
    const struct column *column = column_of(sheet, c);
    struct place place = {sheet, i, (int)c};
    const char *text = sheet->at[c] != NO_COLUMN ? csv_cell(&sheet->csv, i, (size_t)sheet->at[c]) : "", *why;
    if (is_blank(text))
        text = sheet->otherwise[c] ? sheet->otherwise[c] : "";
    if (is_blank(text))
        return;
    json_t *value = cell_value(text, column->kind, &why), *object = item;
    if (value && why)
        sheet_fault(import, place, value, why); /* the text stays, so that the key is not called missing besides */
    if (column->inner) {
        if (!json_object_get(item, column->key))
            json_object_set_new(item, column->key, json_object());
        object = json_object_get(item, column->key);
    }
    if (json_object_set_new(object, column->inner ? column->inner : column->key, value) != 0)
        import->r.no_memory = true;
}

static bool row_is_blank(const struct csv *csv, size_t i)
{
    for (size_t j = 0; j < csv_width(csv, i); j++)
        if (!is_blank(csv_cell(csv, i, j)))
            return false;
    return true;
}

static void check_width(struct import *import, const struct sheet *sheet, size_t i)
{
    for (size_t j = csv_width(&sheet->csv, 0); j < csv_width(&sheet->csv, i); j++) {
        if (is_blank(csv_cell(&sheet->csv, i, j)))
            continue;
        char what[80];
        snprintf(what, sizeof what, "has %zu cells, the heading has %zu", csv_width(&sheet->csv, i),
                 csv_width(&sheet->csv, 0));
        sheet_fault(import, (struct place){sheet, i, NO_COLUMN}, NULL, what);
        return;
    }
}

static json_t *read_rows(struct import *import, struct sheet *sheet)
{
    json_t *items = json_array();
    sheet->row = reader_room(&import->r, sheet->csv.n_rows, sizeof *sheet->row);
    for (size_t i = 1; sheet->row && i < sheet->csv.n_rows; i++) {
        if (row_is_blank(&sheet->csv, i))
            continue;
        json_t *item = json_object();
        for (size_t c = 0; c < sheet->kind->n_columns; c++)
            read_cell(import, sheet, i, c, item);
        check_width(import, sheet, i);
        if (json_array_append_new(items, item) != 0)
            import->r.no_memory = true;
        sheet->row[sheet->n_items++] = i;
    }
    return items;
}

/* --- the file */

/* Says which cell is not UTF-8. */
static void not_utf8(struct import *import, const struct sheet *sheet)
{
    size_t i = 0, j = 0;
    for (size_t k = 0; k < sheet->csv.n_cells; k++, j++) {
        while (k >= sheet->csv.row[i + 1])
            i++, j = 0;
        json_t *good = json_string(sheet->csv.cell[k]);
        json_decref(good);
        if (good)
            continue;
        reader_fault(&import->r, NULL, "row %zu column %zu: is not UTF-8, save the table as CSV in UTF-8", i + 1,
                     j + 1);
        return;
    }
    import->r.no_memory = true;
}

static bool read_csv(struct import *import, struct sheet *sheet, const char *name)
{
    struct error err;
    struct csv_fault fault;
    size_t size;
    struct reader *r = &import->r;
    error_init(&err);
    char *bytes = whole_file_read(sheet->file, &size, &err);
    if (!bytes) {
        r->no_memory = r->no_memory || err.code == ERR_MEMORY;
        point_at_settings(import, sheet, name);
        reader_in(r, "file");
        reader_fault(r, NULL, "%s", err.text);
        reader_out(r, 0);
        return false;
    }
    json_t *text = json_stringn(bytes, size);
    bool utf8 = text != NULL;
    json_decref(text);
    r->name = sheet->file;
    bool good = csv_take(bytes, size, &sheet->csv, &fault);
    if (!good && fault.what)
        reader_fault(r, NULL, "row %zu column %zu: %s", fault.row + 1, fault.column + 1, fault.what);
    else if (!good)
        r->no_memory = true;
    else if (!utf8)
        not_utf8(import, sheet);
    return good && utf8;
}

json_t *sheet_read(struct import *import, struct sheet *sheet, const json_t *settings, const char *name)
{
    for (size_t c = 0; c < MOST_COLUMNS; c++)
        sheet->at[c] = NO_COLUMN;
    if (!read_csv(import, sheet, name))
        return NULL;
    int before = import->r.n_faults;
    read_settings(import, sheet, settings, name);
    read_heading(import, sheet, settings, before);
    return read_rows(import, sheet);
}
