/* One cell of a table as JSON. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "import/columns.h"
#include "io/instant.h"

#define BLANKS " \t"

/* A piece of a cell without the blanks around it. */
struct piece {
    const char *at;
    size_t size;
};

static struct piece trimmed(const char *at, size_t size)
{
    while (size > 0 && strchr(BLANKS, at[0]))
        at++, size--;
    while (size > 0 && strchr(BLANKS, at[size - 1]))
        size--;
    return (struct piece){at, size};
}

/* A copy with a NUL in `to`, which has room for `room`; false where it is too long. */
static bool piece_copy(struct piece piece, char *to, size_t room)
{
    if (piece.size >= room)
        return false;
    memcpy(to, piece.at, piece.size);
    to[piece.size] = '\0';
    return true;
}

static json_t *number_value(struct piece piece, const char **why)
{
    static const char not_a_number[] = "must be a number";
    char text[64];
    if (memchr(piece.at, ',', piece.size)) {
        *why = "has a comma: write decimals with a point and thousands without a mark";
        return NULL;
    }
    *why = not_a_number;
    if (piece.size == 0 || !piece_copy(piece, text, sizeof text))
        return NULL;
    const char *first = text + (*text == '-' || *text == '+');
    if (text[strspn(text, "0123456789.eE+-")] != '\0' || first[strspn(first, ".")] < '0' ||
        first[strspn(first, ".")] > '9')
        return NULL;
    char *end;
    errno = 0;
    double x = strtod(text, &end);
    if (*end != '\0' || !isfinite(x))
        return NULL;
    *why = NULL;
    bool whole = first[strspn(first, "0123456789")] == '\0' && fabs(x) < 1e15;
    return whole ? json_integer((json_int_t)x) : json_real(x);
}

static json_t *yes_no_value(struct piece piece, const char **why)
{
    static const char *const yes[] = {"yes", "true", "1"}, *const no[] = {"no", "false", "0"};
    char text[8];
    if (piece_copy(piece, text, sizeof text)) {
        for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
            if (strcasecmp(text, yes[i]) == 0)
                return json_true();
            if (strcasecmp(text, no[i]) == 0)
                return json_false();
        }
    }
    *why = "must be yes or no";
    return NULL;
}

/* "2026-03-01 08:00", with seconds and Z or without, blank or T, as an instant of the instance. */
static json_t *instant_value(struct piece piece, const char **why)
{
    char text[INSTANT_SIZE];
    int64_t unix_time;
    *why = "must be an instant in UTC like 2026-03-01 08:00 or 2026-03-01T08:00:00Z";
    if (piece.size < strlen("2026-03-01 08:00") || !piece_copy(piece, text, sizeof text - strlen(":00Z")))
        return NULL;
    if (text[10] == ' ')
        text[10] = 'T';
    if (text[piece.size - 1] == 'Z')
        text[piece.size - 1] = '\0';
    if (strlen(text) == strlen("2026-03-01T08:00"))
        strcat(text, ":00");
    strcat(text, "Z");
    if (!instant_parse(text, &unix_time))
        return NULL;
    *why = NULL;
    return json_string(text);
}

static json_t *hours_value(struct piece piece, const char **why)
{
    const char *dash = memchr(piece.at, '-', piece.size);
    *why = "must be times of day like 06:00-22:00, with | between several";
    if (!dash)
        return NULL;
    struct piece from = trimmed(piece.at, (size_t)(dash - piece.at));
    struct piece until = trimmed(dash + 1, piece.size - (size_t)(dash + 1 - piece.at));
    char text[2][8];
    int64_t seconds;
    if (!piece_copy(from, text[0], sizeof text[0]) || !piece_copy(until, text[1], sizeof text[1]) ||
        !time_of_day_parse(text[0], &seconds) || !time_of_day_parse(text[1], &seconds))
        return NULL;
    *why = NULL;
    return json_pack("[ss]", text[0], text[1]);
}

static json_t *window_value(struct piece piece, const char **why)
{
    const char *slash = memchr(piece.at, '/', piece.size);
    json_t *from = NULL, *until = NULL;
    if (slash) {
        from = instant_value(trimmed(piece.at, (size_t)(slash - piece.at)), why);
        if (from)
            until = instant_value(trimmed(slash + 1, piece.size - (size_t)(slash + 1 - piece.at)), why);
    }
    if (from && until)
        return json_pack("{soso}", "from", from, "until", until);
    json_decref(from);
    *why = "must be instants with / between, like 2026-03-01 08:00/2026-03-01 12:00, with | between several";
    return NULL;
}

static json_t *flight_value(struct piece piece, const char **why)
{
    size_t last = piece.size;
    while (last > 0 && !strchr(BLANKS, piece.at[last - 1]))
        last--;
    json_t *minutes = number_value((struct piece){piece.at + last, piece.size - last}, why);
    json_t *block_in = minutes ? instant_value(trimmed(piece.at, last), why) : NULL;
    if (minutes && block_in)
        return json_pack("{soso}", "block_in", block_in, "block_min", minutes);
    json_decref(minutes);
    *why = "must be block-in and block minutes like 2026-02-27 16:00 310, with | between several";
    return NULL;
}

static json_t *text_value(struct piece piece, const char **why)
{
    *why = piece.size > 0 ? NULL : "has nothing between two |";
    return *why ? NULL : json_stringn(piece.at, piece.size);
}

/* What stands between the bars, each by `one`. NULL after the first that is none, or where memory ran out. */
static json_t *list_value(const char *text, json_t *(*one)(struct piece, const char **), const char **why)
{
    json_t *list = json_array();
    for (const char *at = text; list; at++) {
        size_t size = strcspn(at, "|");
        json_t *item = one(trimmed(at, size), why);
        if (!item || json_array_append_new(list, item) != 0) {
            json_decref(list);
            return NULL;
        }
        at += size;
        if (*at == '\0')
            break;
    }
    return list;
}

json_t *cell_value(const char *text, enum cell_kind kind, const char **why)
{
    struct piece whole = trimmed(text, strlen(text));
    json_t *value = NULL;
    *why = NULL;
    switch (kind) {
    case CELL_TEXT:
        return json_string(text);
    case CELL_NUMBER:
        value = number_value(whole, why);
        break;
    case CELL_YES_NO:
        value = yes_no_value(whole, why);
        break;
    case CELL_INSTANT:
        value = instant_value(whole, why);
        break;
    case CELL_LIST:
        value = list_value(text, text_value, why);
        break;
    case CELL_ENDS:
        if (whole.size == 3 && strncasecmp(whole.at, "any", 3) == 0)
            return json_string("any");
        value = list_value(text, text_value, why);
        break;
    case CELL_HOURS:
        value = list_value(text, hours_value, why);
        break;
    case CELL_WINDOWS:
        value = list_value(text, window_value, why);
        break;
    case CELL_FLIGHTS:
        value = list_value(text, flight_value, why);
        break;
    }
    return value || !*why ? value : json_string(text);
}
