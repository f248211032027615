#include "import/csv_read.h"

#include <stdlib.h>
#include <string.h>

struct parser {
    char *at, *end; /* *end is writable, beyond the last byte */
    char separator;
    bool old_lines; /* they end in CR, as on old Macintoshes; elsewhere a CR alone is text */
    struct csv *csv;
    struct csv_fault *fault;
};

static bool refuse(struct parser *p, const char *what)
{
    size_t last = p->csv->n_rows;
    *p->fault = (struct csv_fault){last, p->csv->n_cells - p->csv->row[last], what};
    return false;
}

/* Room for one more cell and one more row. */
static bool reserve(struct csv *csv)
{
    if (csv->n_cells == csv->room) {
        size_t room = csv->room * 2 + 64;
        char **grown = realloc(csv->cell, room * sizeof *grown);
        if (!grown)
            return false;
        csv->cell = grown;
        csv->room = room;
    }
    if (csv->n_rows + 2 > csv->row_room) {
        size_t room = csv->row_room * 2 + 64;
        size_t *grown = realloc(csv->row, room * sizeof *grown);
        if (!grown)
            return false;
        csv->row = grown;
        csv->row_room = room;
        csv->row[0] = 0;
    }
    return true;
}

static bool ends_line(const struct parser *p, const char *at)
{
    return *at == '\n' || (*at == '\r' && (p->old_lines || at + 1 == p->end || at[1] == '\n'));
}

static bool ends_cell(const struct parser *p)
{
    return p->at == p->end || *p->at == p->separator || ends_line(p, p->at);
}

/* At a quote: undoes the quoting in place and stops behind the closing one; *last is where the text ends. */
static bool quoted(struct parser *p, char **last)
{
    char *to = p->at++;
    for (;; p->at++) {
        if (p->at == p->end)
            return refuse(p, "a quote is opened and never closed");
        if (*p->at == '"' && (p->at + 1 == p->end || p->at[1] != '"'))
            break;
        if (*p->at == '"')
            p->at++;
        *to++ = *p->at;
    }
    p->at++;
    *last = to;
    return ends_cell(p) || refuse(p, "there is text behind a closing quote");
}

/* One cell with what ends it; *ended: it was the last of its row. */
static bool read_cell(struct parser *p, bool *ended)
{
    if (!reserve(p->csv))
        return refuse(p, NULL);
    char *text = p->at, *last = text;
    if (p->at < p->end && *p->at == '"') {
        if (!quoted(p, &last))
            return false;
    } else {
        for (; !ends_cell(p); p->at++)
            if (*p->at == '"')
                return refuse(p, "there is a quote in a cell that does not begin with one");
        last = p->at;
    }
    *ended = p->at == p->end || *p->at != p->separator;
    if (p->at < p->end)
        p->at += *p->at == '\r' && p->at + 1 < p->end && p->at[1] == '\n' ? 2 : 1;
    *last = '\0';
    p->csv->cell[p->csv->n_cells++] = text;
    return true;
}

/* From the heading: the separator that stands there most often outside quotes, and how the line ends. */
static void guess_form(struct parser *p)
{
    static const char candidates[] = ",;\t";
    size_t n[3] = {0};
    bool inside = false;
    const char *at = p->at;
    for (; at < p->end && (inside || (*at != '\r' && *at != '\n')); at++) {
        const char *found = memchr(candidates, *at, 3);
        inside ^= *at == '"';
        if (found && !inside)
            n[found - candidates]++;
    }
    p->separator = n[1] > n[0] && n[1] >= n[2] ? ';' : n[2] > n[0] ? '\t' : ',';
    p->old_lines = at < p->end && *at == '\r' && (at + 1 == p->end || at[1] != '\n');
}

/* The byte order mark, and Excel's "sep=;", which is no row. */
static void read_preamble(struct parser *p)
{
    if (p->end - p->at >= 3 && memcmp(p->at, "\xef\xbb\xbf", 3) == 0)
        p->at += 3;
    guess_form(p);
    if (p->end - p->at < 6 || memcmp(p->at, "sep=", 4) != 0 || (p->at[5] != '\r' && p->at[5] != '\n'))
        return;
    p->separator = p->at[4];
    p->at += p->at[5] == '\r' && p->end - p->at > 6 && p->at[6] == '\n' ? 7 : 6;
}

static bool read_rows(struct parser *p, size_t size)
{
    struct csv *csv = p->csv;
    if (!reserve(csv)) {
        *p->fault = (struct csv_fault){0, 0, NULL};
        return false;
    }
    if (size >= 2 && (memcmp(p->at, "\xff\xfe", 2) == 0 || memcmp(p->at, "\xfe\xff", 2) == 0))
        return refuse(p, "this is UTF-16, save the table as CSV in UTF-8");
    if (memchr(p->at, '\0', size))
        return refuse(p, "there is a NUL byte in the file, which is no CSV");
    read_preamble(p);
    while (p->at < p->end) {
        bool ended = false;
        while (!ended)
            if (!read_cell(p, &ended))
                return false;
        csv->row[++csv->n_rows] = csv->n_cells;
    }
    return csv->n_rows > 0 || refuse(p, "the file is empty");
}

bool csv_take(char *bytes, size_t size, struct csv *csv, struct csv_fault *fault)
{
    *csv = (struct csv){.bytes = bytes};
    struct parser p = {.at = bytes, .end = bytes + size, .csv = csv, .fault = fault};
    bool good = read_rows(&p, size);
    if (!good)
        csv_release(csv);
    return good;
}

void csv_release(struct csv *csv)
{
    free(csv->bytes);
    free(csv->cell);
    free(csv->row);
    *csv = (struct csv){0};
}

size_t csv_width(const struct csv *csv, size_t row)
{
    return csv->row[row + 1] - csv->row[row];
}

const char *csv_cell(const struct csv *csv, size_t row, size_t column)
{
    return column < csv_width(csv, row) ? csv->cell[csv->row[row] + column] : "";
}
