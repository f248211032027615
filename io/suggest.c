#include "io/suggest.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { LONGEST = 64, MOST_TRIED = 20000 };

void suggestion_init(struct suggestion *suggestion, const char *wanted)
{
    size_t length = strlen(wanted);
    *suggestion = (struct suggestion){wanted, length, NULL, length < 6 ? 2 : length / 3 + 2, 0};
}

static int folded(char c)
{
    return tolower((unsigned char)c);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edits of one byte (put in, left out, changed, swapped with its neighbour), case aside. */
static size_t edit_distance(const char *a, size_t n_a, const char *b, size_t n_b)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= n_b; j++)
        last[j] = j;
    for (size_t i = 1; i <= n_a; i++) {
        row[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            size_t changed = last[j - 1] + (folded(a[i - 1]) != folded(b[j - 1]));
            row[j] = smaller(changed, smaller(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) && folded(a[i - 2]) == folded(b[j - 1]))
                row[j] = smaller(row[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[n_b];
}

/* "onload" for "onload_min", "longitude" for "lon". */
static bool one_holds_the_other(const char *a, const char *b)
{
    return strlen(a) >= 3 && strlen(b) >= 3 && (strcasestr(a, b) || strcasestr(b, a));
}

void suggestion_try(struct suggestion *suggestion, const char *name)
{
    size_t length = strlen(name);
    size_t apart = length > suggestion->length ? length - suggestion->length : suggestion->length - length;
    if (length == 0 || suggestion->length == 0 || length > LONGEST || suggestion->length > LONGEST ||
        suggestion->n_tried >= MOST_TRIED)
        return;
    suggestion->n_tried++;
    if (!suggestion->best && one_holds_the_other(suggestion->wanted, name))
        suggestion->best = name; /* until one comes that is nearer by letters */
    if (apart >= suggestion->distance)
        return;
    size_t distance = edit_distance(suggestion->wanted, suggestion->length, name, length);
    if (distance < suggestion->distance && distance < length) {
        suggestion->distance = distance;
        suggestion->best = name;
    }
}
