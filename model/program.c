#include "model/program.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *program_column_text(enum program_column_kind kind)
{
    static const char *const text[] = {
#define X(code, text_) text_,
        PROGRAM_COLUMNS(X)
#undef X
    };
    return text[kind];
}

void program_init(struct program *p)
{
    memset(p, 0, sizeof *p);
}

void program_release(struct program *p)
{
    for (size_t i = 0; i < p->n_routes; i++)
        free(p->route[i].stop);
    for (size_t i = 0; i < p->n_columns; i++)
        free(p->column[i].name);
    for (size_t i = 0; i < p->n_rows; i++)
        free(p->row[i].name);
    free(p->route);
    free(p->column);
    free(p->row);
    free(p->entry);
    program_init(p);
}

/* Room for one more of `size` bytes each in *list. */
static bool grow(struct program *p, void **list, size_t n, size_t *room, size_t size)
{
    if (p->failed || n < *room)
        return !p->failed;
    size_t more = *room ? 2 * *room : 256;
    void *grown = realloc(*list, more * size);
    if (!grown) {
        p->failed = true;
        return false;
    }
    *list = grown;
    *room = more;
    return true;
}

static char *make_name(struct program *p, const char *format, va_list arguments)
{
    char text[PROGRAM_NAME];
    vsnprintf(text, sizeof text, format, arguments);
    for (char *c = text; *c; c++)
        if (!isascii((unsigned char)*c) || !isalnum((unsigned char)*c))
            *c = '_';
    char *name = strdup(text);
    p->failed = p->failed || !name;
    return name;
}

int32_t program_add_column(struct program *p, struct program_column column, const char *format, ...)
{
    void *list = p->column;
    if (!grow(p, &list, p->n_columns, &p->room_columns, sizeof *p->column))
        return 0;
    p->column = list;
    va_list arguments;
    va_start(arguments, format);
    column.name = make_name(p, format, arguments);
    va_end(arguments);
    p->column[p->n_columns] = column;
    return (int32_t)p->n_columns++;
}

int32_t program_add_row(struct program *p, enum program_sense sense, int64_t rhs, const char *format, ...)
{
    void *list = p->row;
    if (!grow(p, &list, p->n_rows, &p->room_rows, sizeof *p->row))
        return 0;
    p->row = list;
    va_list arguments;
    va_start(arguments, format);
    p->row[p->n_rows] = (struct program_row){make_name(p, format, arguments), sense, rhs};
    va_end(arguments);
    return (int32_t)p->n_rows++;
}

void program_add_entry(struct program *p, int32_t row, int32_t column, int64_t value)
{
    void *list = p->entry;
    if (value == 0 || !grow(p, &list, p->n_entries, &p->room_entries, sizeof *p->entry))
        return;
    p->entry = list;
    p->entry[p->n_entries++] = (struct program_entry){row, column, value};
}

int32_t program_take_route(struct program *p, struct program_route route)
{
    void *list = p->route;
    if (!grow(p, &list, p->n_routes, &p->room_routes, sizeof *p->route)) {
        free(route.stop);
        return 0;
    }
    p->route = list;
    p->route[p->n_routes] = route;
    return (int32_t)p->n_routes++;
}

static int by_column(const void *a, const void *b)
{
    const struct program_entry *x = a, *y = b;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

void program_sort(struct program *p)
{
    size_t n = 0;
    if (p->n_entries)
        qsort(p->entry, p->n_entries, sizeof *p->entry, by_column);
    for (size_t i = 0; i < p->n_entries; i++) {
        if (n && p->entry[n - 1].row == p->entry[i].row && p->entry[n - 1].column == p->entry[i].column)
            p->entry[n - 1].value += p->entry[i].value;
        else
            p->entry[n++] = p->entry[i];
        if (p->entry[n - 1].value == 0)
            n--;
    }
    p->n_entries = n;
}
