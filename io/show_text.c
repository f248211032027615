#include "io/show_text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void text_init(struct text *text)
{
    *text = (struct text){0};
}

void text_release(struct text *text)
{
    free(text->bytes);
    text_init(text);
}

/* Room for `more` bytes and a NUL. */
static bool text_reserve(struct text *text, size_t more)
{
    if (text->failed)
        return false;
    if (more >= SIZE_MAX / 4 || text->size >= SIZE_MAX / 4) {
        text->failed = true;
        return false;
    }
    size_t need = text->size + more + 1;
    if (need <= text->cap)
        return true;
    size_t cap = text->cap < 128 ? 128 : text->cap;
    while (cap < need)
        cap *= 2;
    char *bytes = realloc(text->bytes, cap);
    if (bytes == NULL) {
        text->failed = true;
        return false;
    }
    text->bytes = bytes;
    text->cap = cap;
    return true;
}

void text_add(struct text *text, const char *bytes, size_t size)
{
    if (!text_reserve(text, size))
        return;
    if (size > 0)
        memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
    text->bytes[text->size] = '\0';
}

static void text_vaddf(struct text *text, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

static void text_vaddf(struct text *text, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    if (size < 0)
        text->failed = true;
    else if (text_reserve(text, (size_t)size)) {
        vsnprintf(text->bytes + text->size, (size_t)size + 1, format, again);
        text->size += (size_t)size;
    }
    va_end(again);
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    text_vaddf(text, format, args);
    va_end(args);
}

/* Length of the UTF-8 sequence at `at`, its code point in *point; 0 where there is none. `at` ends with a NUL. */
static size_t utf8_decode(const unsigned char *at, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = at[0] < 0x80 ? 1 : at[0] < 0xC2 ? 0 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : at[0] < 0xF5 ? 4 : 0;
    if (n <= 1) {
        *point = at[0];
        return n;
    }
    uint32_t value = at[0] & (0x7FU >> n);
    for (size_t i = 1; i < n; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (at[i] & 0x3FU);
    }
    *point = value;
    return value < least[n] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) ? 0 : n;
}

static bool acts_on_terminals(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x200E || point == 0x200F ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

void text_add_safe(struct text *text, const char *string)
{
    const unsigned char *at = (const unsigned char *)string;
    while (*at != '\0') {
        uint32_t point;
        size_t n = utf8_decode(at, &point);
        if (n == 0)
            text_addf(text, "\\x%02X", *at);
        else if (acts_on_terminals(point))
            text_addf(text, "\\u%04X", (unsigned)point);
        else
            text_add(text, (const char *)at, n);
        at += n > 0 ? n : 1;
    }
}

char *text_take(struct text *text, struct error *err)
{
    text_add(text, "", 0);
    if (text->failed) {
        text_release(text);
        error_set(err, ERR_MEMORY, "out of memory");
        return NULL;
    }
    char *bytes = text->bytes;
    text_init(text);
    return bytes;
}

size_t text_columns(const char *bytes, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < size; i++)
        n += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return n;
}

void table_init(struct table *table, const char *heading)
{
    *table = (struct table){0};
    text_init(&table->cells);
    while (table->n_columns < TABLE_MOST_COLUMNS) {
        const char *end = strchr(heading, '|');
        table->right[table->n_columns] = *heading == '>';
        if (*heading == '>')
            heading++;
        table->n_columns++;
        table_cell(table, "%.*s", (int)(end != NULL ? (size_t)(end - heading) : strlen(heading)), heading);
        if (end == NULL)
            break;
        heading = end + 1;
    }
}

void table_release(struct table *table)
{
    text_release(&table->cells);
}

void table_cell(struct table *table, const char *format, ...)
{
    struct text raw;
    text_init(&raw);
    va_list args;
    va_start(args, format);
    text_vaddf(&raw, format, args);
    va_end(args);
    if (raw.failed)
        table->cells.failed = true;
    text_add_safe(&table->cells, raw.bytes != NULL ? raw.bytes : "");
    text_add(&table->cells, "", 1);
    table->n_cells++;
    text_release(&raw);
}

static void spaces(struct text *to, size_t n)
{
    text_addf(to, "%*s", (int)n, "");
}

/* One cell, `width` columns wide; what pads it on the right goes to *owed and is paid only when another cell follows.
 */
static void cell_write(struct text *to, const char *cell, size_t width, bool right, size_t *owed)
{
    size_t size = strlen(cell);
    size_t pad = width - text_columns(cell, size);
    if (size == 0) {
        *owed += width;
        return;
    }
    spaces(to, *owed + (right ? pad : 0));
    text_add(to, cell, size);
    *owed = right ? 0 : pad;
}

void table_write(const struct table *table, int indent, struct text *to)
{
    if (table->cells.failed) {
        to->failed = true;
        return;
    }
    size_t width[TABLE_MOST_COLUMNS] = {0};
    const char *cell = table->cells.bytes;
    for (size_t i = 0; i < table->n_cells; i++, cell += strlen(cell) + 1) {
        size_t columns = text_columns(cell, strlen(cell));
        size_t *widest = &width[i % table->n_columns];
        *widest = columns > *widest ? columns : *widest;
    }
    size_t owed = 0;
    cell = table->cells.bytes;
    for (size_t i = 0; i < table->n_cells; i++, cell += strlen(cell) + 1) {
        size_t column = i % table->n_columns;
        owed = column == 0 ? (size_t)indent : owed + 2;
        cell_write(to, cell, width[column], table->right[column], &owed);
        if (column + 1 == table->n_columns)
            text_add(to, "\n", 1);
    }
}
