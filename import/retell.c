/* Faults that the instance reader finds in what came from tables: said by row and column. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/sheet.h"

/* A JSON pointer into the instance, taken apart: /part[0]/part[1]/... */
enum { MOST_PARTS = 4, PART_SIZE = 32 };
struct pointer {
    char part[MOST_PARTS][PART_SIZE]; /* "" where there is none */
};

/* Keys of the instance that are longer, or escaped, are none of ours. */
static void pointer_parse(const char *text, size_t size, struct pointer *pointer)
{
    memset(pointer, 0, sizeof *pointer);
    for (size_t p = 0; p < MOST_PARTS && size > 0; p++) {
        text++, size--; /* the slash */
        const char *slash = memchr(text, '/', size);
        size_t n = slash ? (size_t)(slash - text) : size;
        if (n < PART_SIZE)
            memcpy(pointer->part[p], text, n);
        text += n;
        size -= n;
    }
}

/* The index in part 1 below `limit`; false where there is none. */
static bool index_below(const struct pointer *pointer, size_t limit, size_t *index)
{
    const char *digits = pointer->part[1];
    if (*digits == '\0' || digits[strspn(digits, "0123456789")] != '\0')
        return false;
    *index = strtoull(digits, NULL, 10);
    return *index < limit;
}

/* Where the pointer leads into a table; `missing` is a key that is not there, or "". */
static bool place_in_sheet(const struct import *import, const struct pointer *pointer, const char *missing,
                           struct place *place)
{
    for (size_t t = 0; t < N_SHEET_KINDS; t++) {
        const struct sheet *sheet = &import->sheet[t];
        size_t item = 0;
        if (!sheet->file || strcmp(sheet->kind->name, pointer->part[0]) != 0)
            continue;
        bool whole = !index_below(pointer, sheet->n_items, &item);
        const char *key = pointer->part[2], *inner = pointer->part[3];
        if (*key == '\0')
            key = *missing ? missing : "id"; /* which may be all that is given */
        else if (*inner == '\0')
            inner = missing;
        *place = (struct place){sheet, whole ? NO_ROW : sheet->row[item],
                                whole ? NO_COLUMN : column_by_key(sheet->kind, key, inner)};
        return true;
    }
    return false;
}

static bool place_in_gathered(const struct import *import, const struct pointer *pointer, struct place *place)
{
    for (size_t g = 0; g < N_GATHERED; g++) {
        const struct gathered *gathered = &import->gathered[g];
        size_t item;
        if (!gathered->key || strcmp(gathered->key, pointer->part[0]) != 0 || !index_below(pointer, gathered->n, &item))
            continue;
        *place = gathered->place[item];
        return true;
    }
    return false;
}

/* The key in `"key" is missing`; "" for other texts. */
static void missing_key(const char *text, char key[PART_SIZE])
{
    const char *end = *text == '"' ? strchr(text + 1, '"') : NULL;
    size_t n = end ? (size_t)(end - text) - 1 : 0;
    bool missing = end && strcmp(end + 1, " is missing") == 0 && n < PART_SIZE;
    memcpy(key, text + 1, missing ? n : 0);
    key[missing ? n : 0] = '\0';
}

/* The reader counts items, people count rows. */
static const char *with_row(const struct place *place, const char *text, char to[80])
{
    static const char same[] = "the same id as item ";
    if (strncmp(text, same, sizeof same - 1) != 0)
        return text;
    size_t item = strtoull(text + sizeof same - 1, NULL, 10);
    if (item >= place->sheet->n_items)
        return text;
    snprintf(to, 80, "the same id as in row %zu", place->sheet->row[item] + 1);
    return to;
}

static void retell_line(struct import *import, const char *line)
{
    const char *text = *line == '/' ? strstr(line, ": ") : NULL;
    struct pointer pointer;
    struct place place;
    char key[PART_SIZE], reworded[80];
    pointer_parse(line, text ? (size_t)(text - line) : 0, &pointer);
    missing_key(text ? text + 2 : "", key);
    if (text && place_in_sheet(import, &pointer, key, &place)) {
        bool empty = *key != '\0' && place.column != NO_COLUMN;
        sheet_fault(import, place, NULL, empty ? "must not be empty" : with_row(&place, text + 2, reworded));
    } else if (text && place_in_gathered(import, &pointer, &place)) {
        sheet_fault(import, place, NULL, text + 2);
    } else {
        import->r.name = import->origin;
        reader_fault(&import->r, NULL, "%s%s%s", import->origin_pointer,
                     *line != '/' && *import->origin_pointer ? ": " : "", line);
    }
}

void retell(struct import *import, const char *faults, const char *name)
{
    for (const char *line = faults; *line != '\0'; line++) {
        size_t size = strcspn(line, "\n"), skipped = strlen(name) + 2;
        char *copy = size >= skipped ? strndup(line + skipped, size - skipped) : NULL;
        if (copy)
            retell_line(import, copy);
        else
            import->r.no_memory = true;
        free(copy);
        line += size;
    }
}
