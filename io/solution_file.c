#include "io/solution_file.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/whole_file.h"

enum { WORD = 128 };

struct named {
    const char *name;
    size_t column;
};

struct solution {
    const char *path;
    const char *at; /* not read yet */
    long line;
    const struct program *p;
    struct named *named; /* [n_columns] by name */
    double *value;
    struct error *err;
};

static bool fault(const struct solution *s, const char *what, const char *got)
{
    return error_set(s->err, ERR_INPUT, "%s: line %ld: %s, got \"%.60s\"", s->path, s->line, what, got);
}

static int by_name(const void *x, const void *y)
{
    return strcmp(((const struct named *)x)->name, ((const struct named *)y)->name);
}

/* --- lines and words
 * --------------------------------------------------------------------------------------------------- */

/* The next line without its end, cut to `size`; false at the end. */
static bool next_line(struct solution *s, char *line, size_t size)
{
    if (*s->at == '\0')
        return false;
    size_t n = strcspn(s->at, "\n"), kept = n < size ? n : size - 1;
    memcpy(line, s->at, kept);
    line[kept] = '\0';
    if (kept > 0 && line[kept - 1] == '\r')
        line[kept - 1] = '\0';
    s->at += n + (s->at[n] == '\n');
    s->line++;
    return true;
}

/* The next word, over the ends of lines; false at the end or, where `blank_ends`, before a blank line. */
static bool next_word(struct solution *s, char word[WORD], bool blank_ends)
{
    int ends = 0;
    while (isspace((unsigned char)*s->at)) {
        if (*s->at == '\n' && ++ends && s->line++ >= 0 && ends > 1 && blank_ends)
            return false;
        s->at++;
    }
    size_t n = 0;
    for (; *s->at != '\0' && !isspace((unsigned char)*s->at); s->at++)
        if (n + 1 < WORD)
            word[n++] = *s->at;
    word[n] = '\0';
    return n > 0;
}

static void skip_line(struct solution *s)
{
    s->at += strcspn(s->at, "\n");
}

static bool number(const char *word, double *x)
{
    char *end;
    errno = 0;
    *x = strtod(word, &end);
    return end != word && *end == '\0' && isfinite(*x);
}

/* --- values
 * ------------------------------------------------------------------------------------------------------------ */

static bool set(struct solution *s, const char *name, const char *word)
{
    struct named wanted = {.name = name};
    const struct named *found = bsearch(&wanted, s->named, s->p->n_columns, sizeof wanted, by_name);
    if (!found)
        return fault(s, "must be a column of the mapping", name);
    return number(word, &s->value[found->column]) || fault(s, "must be a number", word);
}

static bool set_at(struct solution *s, const char *index, const char *word)
{
    double k;
    if (!number(index, &k) || k < 1 || k > (double)s->p->n_columns || k != floor(k))
        return fault(s, "must be the number of a column of the mapping", index);
    return number(word, &s->value[(size_t)k - 1]) || fault(s, "must be a number", word);
}

static bool none(const struct solution *s, const char *status)
{
    return error_set(s->err, ERR_NO_ANSWER, "%s: holds no solution: %.60s", s->path, status);
}

/* --- forms
 * ------------------------------------------------------------------------------------------------------------- */

/* glpsol -o: a table for people; a long name stands on a line of its own. */
static bool read_table(struct solution *s)
{
    char line[1024], index[WORD], name[WORD], word[WORD];
    while (next_line(s, line, sizeof line)) {
        if (strncmp(line, "Status:", 7) == 0 &&
            (strstr(line, "UNDEFINED") || strstr(line, "EMPTY") || strstr(line, "INFEASIBLE")))
            return none(s, line + 7 + strspn(line + 7, " "));
        if (strstr(line, "Column name"))
            break;
    }
    if (!next_line(s, line, sizeof line))
        return fault(s, "there must be a table of columns", "the end");
    s->at--; /* a blank line is an end seen twice */
    s->line--;
    while (next_word(s, index, true)) {
        if (!next_word(s, name, false) || !next_word(s, word, false))
            return fault(s, "there must be a name and a number", index);
        double x;
        if (!number(word, &x) && !next_word(s, word, false))
            return fault(s, "must be a number", word);
        if (!set(s, name, word))
            return false;
        skip_line(s);
    }
    return true;
}

/* glpsol -w: "s mip ROWS COLUMNS STATUS VALUE", "j COLUMN VALUE"; of a linear program with a status before the value.
 */
static bool read_raw(struct solution *s)
{
    char line[1024], kind[WORD] = "", status[WORD] = "", a[WORD], b[WORD];
    while (next_line(s, line, sizeof line)) {
        long rows, columns;
        if (line[0] == 's') {
            if (sscanf(line, "s %127s %ld %ld %127s", kind, &rows, &columns, status) != 4)
                return fault(s, "must be a line of status", line);
            if (columns != (long)s->p->n_columns)
                return fault(s, "must have as many columns as the mapping", line);
            if (strcmp(kind, "mip") == 0 && strcmp(status, "o") != 0 && strcmp(status, "f") != 0)
                return none(s, line);
        }
        if (line[0] != 'j')
            continue;
        const char *form = strcmp(kind, "bas") == 0 ? "j %127s %*s %127s" : "j %127s %127s";
        if (sscanf(line, form, a, b) != 2)
            return fault(s, "must be a number of a column and a value", line);
        if (!set_at(s, a, b))
            return false;
    }
    return true;
}

/* cbc: "Optimal - objective value X", then number, name, value, reduced cost; "**" before what is infeasible. */
static bool read_cbc(struct solution *s)
{
    char line[1024], a[WORD], b[WORD];
    next_line(s, line, sizeof line);
    if (strncmp(line, "Infeasible", 10) == 0 || strncmp(line, "Integer infeasible", 18) == 0 ||
        strstr(line, "no integer solution"))
        return none(s, line);
    while (next_line(s, line, sizeof line)) {
        size_t blank = strspn(line, " *");
        if (line[blank] == '\0')
            continue;
        if (sscanf(line + blank, "%*s %127s %127s", a, b) != 2)
            return fault(s, "must be a number, a name and a value", line);
        if (!set(s, a, b))
            return false;
    }
    return true;
}

/* HiGHS: "# Columns N", then a name and a value on each line, until "# Rows". */
static bool read_highs(struct solution *s)
{
    char line[1024], a[WORD], b[WORD];
    bool columns = false;
    while (next_line(s, line, sizeof line)) {
        if (strncmp(line, "# Columns", 9) == 0) {
            columns = true;
            continue;
        }
        if (columns && (line[0] == '#' || line[0] == '\0'))
            return true;
        if (!columns)
            continue;
        if (sscanf(line, "%127s %127s", a, b) != 2)
            return fault(s, "must be a name and a value", line);
        if (!set(s, a, b))
            return false;
    }
    return columns || none(s, "there are no columns");
}

static bool read_form(struct solution *s)
{
    const char *first = s->at + strspn(s->at, " \t\r\n");
    static const char *const cbc[] = {"Optimal", "Stopped", "Infeasible", "Integer", "Unbounded", "Status"};
    if (strncmp(first, "Problem:", 8) == 0)
        return read_table(s);
    if (strncmp(first, "c ", 2) == 0 || strncmp(first, "s ", 2) == 0)
        return read_raw(s);
    if (strncmp(first, "Model status", 12) == 0 || strncmp(first, "# Columns", 9) == 0)
        return read_highs(s);
    for (size_t i = 0; i < sizeof cbc / sizeof cbc[0]; i++)
        if (strncmp(first, cbc[i], strlen(cbc[i])) == 0)
            return read_cbc(s);
    char word[WORD] = "";
    s->line = 1;
    next_word(s, word, false);
    return fault(s, "must be a solution of glpsol, cbc or HiGHS", word);
}

double *read_solution(const char *path, const struct program *p, struct error *err)
{
    size_t size;
    char *bytes = whole_file_read(path, &size, err);
    if (!bytes)
        return NULL;
    struct solution s = {.path = strcmp(path, "-") == 0 ? "standard input" : path, .at = bytes, .p = p, .err = err};
    s.value = calloc(p->n_columns + 1, sizeof *s.value);
    s.named = malloc((p->n_columns + 1) * sizeof *s.named);
    bool ok = (s.value && s.named) || error_set(err, ERR_MEMORY, "out of memory");
    for (size_t j = 0; ok && j < p->n_columns; j++)
        s.named[j] = (struct named){p->column[j].name, j};
    if (ok && p->n_columns)
        qsort(s.named, p->n_columns, sizeof *s.named, by_name);
    ok = ok && read_form(&s);
    free(s.named);
    free(bytes);
    if (ok)
        return s.value;
    free(s.value);
    return NULL;
}
