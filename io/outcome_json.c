/* One table of columns serves the JSON line, its reading back and the CSV, so that they cannot differ. */
#include "io/outcome_json.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/json_text.h"

enum kind { TEXT, DIGEST, STATUS, GAP, NUMBER, WHOLE, MONEY, SECONDS, KIB };

struct column {
    const char *name;
    enum kind kind;
    size_t offset; /* in struct outcome */
};

#define OF(field)         offsetof(struct outcome, field)
#define FIGURES(field)    offsetof(struct outcome, figures) + offsetof(struct figures, field)
#define PHASE(code, name) {name, SECONDS, FIGURES(phase_s[code])},

static const struct column columns[] = {
    {"instance", TEXT, OF(instance)},         {"sha256", DIGEST, OF(sha256)},
    {"status", STATUS, OF(status)},           {"exit", NUMBER, OF(exit)},
    {"signal", NUMBER, OF(signal)},           {"cost", MONEY, FIGURES(cost)},
    {"bound", MONEY, FIGURES(bound)},         {"gap", GAP, 0},
    {"missions", WHOLE, FIGURES(missions)},   {"pax", WHOLE, FIGURES(pax)},
    {"pax_moved", WHOLE, FIGURES(pax_moved)}, {"columns", WHOLE, FIGURES(columns)},
    {"nodes", WHOLE, FIGURES(nodes)},         {"message", TEXT, OF(message)},
    {"seconds", SECONDS, OF(seconds)},        {"read_s", SECONDS, FIGURES(read_s)},
    {"search_s", SECONDS, FIGURES(search_s)}, {"check_s", SECONDS, FIGURES(check_s)},
    {"write_s", SECONDS, FIGURES(write_s)},   {"gap_integral_s", SECONDS, FIGURES(gap_integral_s)},
    {"peak_kib", KIB, FIGURES(peak_kib)},     SEARCH_PHASES(PHASE)};
enum { N_COLUMNS = sizeof columns / sizeof columns[0] };

/* Differs from run to run. */
static bool is_measured(const struct column *column)
{
    return column->kind == SECONDS || column->kind == KIB;
}

static bool is_figure(const struct column *column)
{
    return column->kind == STATUS || column->kind == GAP ||
           (column->offset >= OF(figures) && column->offset < OF(figures) + sizeof(struct figures));
}

/* Whether the value is there; where it is, adds it as JSON. */
static bool add_value(const struct outcome *outcome, const struct column *column, struct text *to)
{
    const char *at = (const char *)outcome + column->offset;
    const struct figures *f = &outcome->figures;
    switch (column->kind) {
    case TEXT:
        text_add_json(to, *(char *const *)(const void *)at);
        return true;
    case DIGEST:
        text_addf(to, "\"%s\"", outcome->sha256);
        return true;
    case STATUS:
        text_addf(to, "\"%s\"", outcome_status_text(outcome->status));
        return true;
    case GAP:
        if (outcome_has_plan(outcome->status))
            text_add_decimal(to, plan_gap_millionths(f->cost, f->bound), 6);
        return outcome_has_plan(outcome->status);
    case NUMBER:
        text_addf(to, "%d", *(const int *)(const void *)at);
        return true;
    case WHOLE:
    case KIB: {
        int64_t value = *(const int64_t *)(const void *)at;
        if (value >= 0)
            text_add_decimal(to, value, 0);
        return value >= 0;
    }
    case MONEY:
        if (outcome_has_plan(outcome->status))
            text_add_decimal(to, *(const cent_t *)(const void *)at, 2);
        return outcome_has_plan(outcome->status);
    case SECONDS: {
        double value = *(const double *)(const void *)at;
        if (value >= 0)
            text_add_decimal(to, llround(value * 1e6), 6);
        return value >= 0;
    }
    }
    return false;
}

static void write_object(const struct outcome *outcome, bool figures_only, struct text *to)
{
    const char *before = "{";
    for (int i = 0; i < N_COLUMNS; i++) {
        if (figures_only && !is_figure(&columns[i]))
            continue;
        text_addf(to, "%s\"%s\":", before, columns[i].name);
        if (!add_value(outcome, &columns[i], to))
            text_addf(to, "null");
        before = ",";
    }
    text_addf(to, "}\n");
}

void figures_write(enum outcome_status status, const struct figures *figures, struct text *to)
{
    struct outcome outcome = {.status = status, .figures = *figures};
    write_object(&outcome, true, to);
}

void outcome_write(const struct outcome *outcome, struct text *to)
{
    write_object(outcome, false, to);
}

static bool read_status(const json_t *value, enum outcome_status *status)
{
    const char *text = json_string_value(value);
    for (int i = 0; text && i < N_OUTCOME_STATUSES; i++) {
        if (strcmp(text, outcome_status_text((enum outcome_status)i)) == 0) {
            *status = (enum outcome_status)i;
            return true;
        }
    }
    return false;
}

/* null leaves what outcome_init set: unknown. */
static bool read_value(const json_t *value, const struct column *column, struct outcome *outcome)
{
    char *at = (char *)outcome + column->offset;
    bool whole = json_is_integer(value);
    if (!value || (json_is_null(value) && column->kind >= GAP && column->kind != NUMBER))
        return value != NULL;
    switch (column->kind) {
    case TEXT: {
        char *copy = json_is_string(value) ? strdup(json_string_value(value)) : NULL;
        *(char **)(void *)at = copy;
        return copy != NULL;
    }
    case DIGEST: {
        size_t size = json_string_length(value);
        bool good = json_is_string(value) && (size == 0 || size == sizeof outcome->sha256 - 1);
        memcpy(outcome->sha256, good ? json_string_value(value) : "", good ? size + 1 : 1);
        return good;
    }
    case STATUS:
        return read_status(value, &outcome->status);
    case GAP:
        return json_is_number(value); /* follows from cost and bound */
    case NUMBER:
        *(int *)(void *)at = (int)json_integer_value(value);
        return whole;
    case WHOLE:
    case KIB:
        *(int64_t *)(void *)at = json_integer_value(value);
        return whole;
    case MONEY:
        *(cent_t *)(void *)at =
            whole ? (cent_t)json_integer_value(value) * 100 : (cent_t)llround(json_real_value(value) * 100);
        return json_is_number(value);
    case SECONDS:
        *(double *)(void *)at = json_number_value(value);
        return json_is_number(value);
    }
    return false;
}

static bool read_object(const char *bytes, size_t size, bool figures_only, struct outcome *outcome)
{
    json_error_t error;
    json_t *root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);
    bool good = json_is_object(root);
    outcome_init(outcome);
    for (int i = 0; i < N_COLUMNS && good; i++)
        if (!figures_only || is_figure(&columns[i]))
            good = read_value(json_object_get(root, columns[i].name), &columns[i], outcome);
    json_decref(root);
    if (!good)
        outcome_release(outcome);
    return good;
}

bool figures_read(const char *bytes, size_t size, enum outcome_status *status, struct figures *figures)
{
    struct outcome outcome;
    if (!read_object(bytes, size, true, &outcome))
        return false;
    *status = outcome.status;
    *figures = outcome.figures;
    return true;
}

bool outcome_read(const char *line, size_t size, struct outcome *outcome)
{
    return read_object(line, size, false, outcome);
}

/* --- CSV */

void outcome_csv_heading(bool measured, struct text *to)
{
    for (int i = 0; i < N_COLUMNS && (measured || !is_measured(&columns[i])); i++)
        text_addf(to, "%s%s", i ? "," : "", columns[i].name);
    text_addf(to, "\n");
}

static void add_field(const char *string, struct text *to)
{
    if (string[strcspn(string, ",\"\r\n")] == '\0') {
        text_addf(to, "%s", string);
        return;
    }
    text_addf(to, "\"");
    for (; *string; string++)
        text_addf(to, *string == '"' ? "\"%c" : "%c", *string);
    text_addf(to, "\"");
}

void outcome_csv(const struct outcome *outcome, bool measured, struct text *to)
{
    for (int i = 0; i < N_COLUMNS && (measured || !is_measured(&columns[i])); i++) {
        const struct column *column = &columns[i];
        text_addf(to, "%s", i ? "," : "");
        if (column->kind == TEXT)
            add_field(*(char *const *)(const void *)((const char *)outcome + column->offset), to);
        else if (column->kind == DIGEST || column->kind == STATUS)
            text_addf(to, "%s", column->kind == DIGEST ? outcome->sha256 : outcome_status_text(outcome->status));
        else
            add_value(outcome, column, to);
    }
    text_addf(to, "\n");
}

bool outcome_set(struct outcome *outcome, const char *name, const char *field)
{
    int i = 0;
    while (i < N_COLUMNS && strcmp(columns[i].name, name) != 0)
        i++;
    if (i == N_COLUMNS)
        return false;
    bool quoted = columns[i].kind == TEXT || columns[i].kind == DIGEST || columns[i].kind == STATUS;
    json_error_t error;
    json_t *value = quoted ? json_string(field) : *field ? json_loads(field, JSON_DECODE_ANY, &error) : json_null();
    bool good = value && read_value(value, &columns[i], outcome);
    json_decref(value);
    return good;
}
