#include "io/json.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/instant.h"
#include "io/suggest.h"

enum { SHOWN = 60 };

static bool append(struct reader *r, char **text, size_t *size, size_t *room, const char *more, size_t n)
{
    if (*size + n + 1 > *room) {
        size_t wanted = 2 * (*size + n + 1);
        char *grown = realloc(*text, wanted);
        if (!grown) {
            r->no_memory = true;
            return false;
        }
        *text = grown;
        *room = wanted;
    }
    memcpy(*text + *size, more, n);
    *size += n;
    (*text)[*size] = '\0';
    return true;
}

static void say(struct reader *r, const char *text)
{
    append(r, &r->faults, &r->faults_size, &r->faults_room, text, strlen(text));
}

/* Control characters as \xNN, so that one fault stays one line. */
static void say_clean(struct reader *r, const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        char hex[8] = {(char)*c, '\0'};
        if (*c < 0x20 || *c == 0x7f)
            snprintf(hex, sizeof hex, "\\x%02x", *c);
        say(r, hex);
    }
}

void reader_init(struct reader *r, const char *name)
{
    memset(r, 0, sizeof *r);
    r->name = name;
    r->airfields = json_object();
    r->types = json_object();
    r->airframes = json_object();
    r->crews = json_object();
    r->demands = json_object();
    r->no_memory = !r->airfields || !r->types || !r->airframes || !r->crews || !r->demands;
    append(r, &r->pointer, &r->pointer_size, &r->pointer_room, "", 0);
}

void reader_release(struct reader *r)
{
    json_decref(r->airfields);
    json_decref(r->types);
    json_decref(r->airframes);
    json_decref(r->crews);
    json_decref(r->demands);
    free(r->pointer);
    free(r->faults);
    memset(r, 0, sizeof *r);
}

bool reader_done(struct reader *r, char **faults, struct error *err)
{
    *faults = NULL;
    if (r->no_memory)
        return error_set(err, ERR_MEMORY, "out of memory");
    if (r->n_faults == 0)
        return true;
    size_t first = strcspn(r->faults, "\n");
    error_set(err, ERR_INPUT, "%.*s", (int)(first < 1000 ? first : 1000), r->faults);
    *faults = r->faults;
    r->faults = NULL;
    return false;
}

size_t reader_in(struct reader *r, const char *key)
{
    size_t was = r->pointer_size;
    append(r, &r->pointer, &r->pointer_size, &r->pointer_room, "/", 1);
    for (const char *c = key; *c; c++) {
        const char *text = *c == '~' ? "~0" : *c == '/' ? "~1" : NULL;
        append(r, &r->pointer, &r->pointer_size, &r->pointer_room, text ? text : c, text ? 2 : 1);
    }
    return was;
}

size_t reader_at(struct reader *r, size_t index)
{
    char key[24];
    snprintf(key, sizeof key, "%zu", index);
    return reader_in(r, key);
}

void reader_out(struct reader *r, size_t was)
{
    r->pointer_size = was;
    if (r->pointer)
        r->pointer[was] = '\0';
}

static void say_value(struct reader *r, const json_t *got)
{
    if (json_is_object(got) || json_is_array(got)) {
        char text[64];
        snprintf(text, sizeof text, json_is_object(got) ? "an object" : "a list of %zu", json_array_size(got));
        say(r, text);
        return;
    }
    char *text = json_dumps(got, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    if (text && strlen(text) > SHOWN + 3) { /* room for the dots */
        size_t cut = SHOWN;
        while (cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80)
            cut--;
        memcpy(text + cut, "...", 4);
    }
    say_clean(r, text ? text : "?");
    free(text);
}

bool reader_fault(struct reader *r, const json_t *got, const char *format, ...)
{
    if (r->n_faults++ >= MOST_FAULTS)
        return false;
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    say_clean(r, r->name);
    say(r, ": ");
    if (r->pointer_size) {
        say_clean(r, r->pointer);
        say(r, ": ");
    }
    say_clean(r, text);
    if (got) {
        say(r, ", got ");
        say_value(r, got);
    }
    say(r, "\n");
    return false;
}

json_t *reader_parse(struct reader *r, const char *bytes, size_t size)
{
    json_error_t error;
    json_t *root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);
    if (root)
        return root;
    if (json_error_code(&error) == json_error_out_of_memory)
        r->no_memory = true;
    size_t blank = 0;
    while (blank < size && strchr(" \t\r\n", bytes[blank]) && bytes[blank])
        blank++;
    if (blank == size)
        reader_fault(r, NULL, "the file is empty");
    else if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        reader_fault(r, NULL, "begins with a byte order mark, save it as UTF-8 without one");
    else if (json_error_code(&error) == json_error_null_character)
        reader_fault(r, NULL, "line %d column %d: a text must not hold a NUL (\\u0000)", error.line, error.column);
    else
        reader_fault(r, NULL, "line %d column %d: %s", error.line, error.column, error.text);
    return NULL;
}

static void unknown_key(struct reader *r, const char *key, const char *const *keys)
{
    struct suggestion near;
    size_t was = reader_in(r, key);
    suggestion_init(&near, key);
    for (size_t i = 0; keys[i] && r->n_faults < MOST_FAULTS; i++)
        suggestion_try(&near, keys[i]);
    if (near.best)
        reader_fault(r, NULL, "unknown key, did you mean \"%s\"?", near.best);
    else
        reader_fault(r, NULL, "unknown key");
    reader_out(r, was);
}

bool reader_object(struct reader *r, const json_t *value, const char *const *keys)
{
    if (!json_is_object(value))
        return reader_fault(r, value, "must be an object");
    const char *key;
    json_t *item;
    json_object_foreach((json_t *)(uintptr_t)value, key, item)
    {
        size_t i = 0;
        while (keys[i] && strcmp(key, keys[i]) != 0)
            i++;
        if (!keys[i])
            unknown_key(r, key, keys);
    }
    return true;
}

json_t *reader_get(struct reader *r, const json_t *object, const char *key, bool required)
{
    json_t *value = json_object_get(object, key);
    if (!value && required)
        reader_fault(r, NULL, "\"%s\" is missing", key);
    return value;
}

bool reader_format(struct reader *r, const json_t *root, const char *name)
{
    json_t *format = reader_get(r, root, "format", true), *version = reader_get(r, root, "version", true);
    size_t was = reader_in(r, "format");
    if (format && (!json_is_string(format) || strcmp(json_string_value(format), name) != 0))
        reader_fault(r, format, "must be \"%s\"", name);
    reader_out(r, was);
    was = reader_in(r, "version");
    if (version && (!json_is_integer(version) || json_integer_value(version) != 1))
        reader_fault(r, version, "must be 1, the only version there is");
    reader_out(r, was);
    return r->n_faults == 0;
}

json_t *reader_list(struct reader *r, const json_t *object, const char *key, bool required, size_t least)
{
    json_t *value = reader_get(r, object, key, required);
    if (!value)
        return NULL;
    size_t was = reader_in(r, key), n = json_array_size(value);
    bool good = json_is_array(value) || reader_fault(r, value, "must be a list");
    if (good && n < least)
        good = reader_fault(r, value, "must hold at least %zu item%s", least, least == 1 ? "" : "s");
    else if (good && n > MOST_ITEMS)
        good = reader_fault(r, value, "must hold at most %d items", MOST_ITEMS);
    reader_out(r, was);
    return good ? value : NULL;
}

static bool number_in(struct reader *r, const json_t *value, double least, double most, double *x)
{
    *x = json_number_value(value);
    if (!json_is_number(value))
        return reader_fault(r, value, "must be a number");
    if (*x < least)
        return reader_fault(r, value, "must be at least %.15g", least);
    if (*x > most)
        return reader_fault(r, value, "must be at most %.15g", most);
    return true;
}

double reader_number(struct reader *r, const json_t *object, const char *key, enum presence p, double otherwise,
                     double least, double most)
{
    json_t *value = reader_get(r, object, key, p == REQUIRED);
    double x = otherwise;
    if (value) {
        size_t was = reader_in(r, key);
        if (!number_in(r, value, least, most, &x))
            x = otherwise;
        reader_out(r, was);
    }
    return x;
}

int64_t reader_whole(struct reader *r, const json_t *object, const char *key, enum presence p, int64_t otherwise,
                     int64_t least, int64_t most)
{
    json_t *value = reader_get(r, object, key, p == REQUIRED);
    double x;
    if (!value)
        return otherwise;
    size_t was = reader_in(r, key);
    bool good = number_in(r, value, (double)least, (double)most, &x);
    if (good && x != floor(x))
        good = reader_fault(r, value, "must be a whole number");
    reader_out(r, was);
    return good ? (int64_t)x : otherwise;
}

bool reader_bool(struct reader *r, const json_t *object, const char *key, bool otherwise)
{
    json_t *value = json_object_get(object, key);
    if (!value)
        return otherwise;
    size_t was = reader_in(r, key);
    if (!json_is_boolean(value))
        reader_fault(r, value, "must be true or false");
    reader_out(r, was);
    return json_is_boolean(value) ? json_is_true(value) : otherwise;
}

sec_t reader_minutes(struct reader *r, const json_t *object, const char *key, enum presence p, sec_t otherwise)
{
    if (!json_object_get(object, key) && p == OPTIONAL)
        return otherwise;
    double s = reader_number(r, object, key, p, 1, 0, MOST_MINUTES) * 60.0, whole = round(s);
    return (sec_t)(fabs(s - whole) < 1e-6 ? whole : ceil(s)); /* 0.1 min is 6 s, whatever a double makes of it */
}

cent_t reader_money(struct reader *r, const json_t *object, const char *key, enum presence p, cent_t otherwise)
{
    if (!json_object_get(object, key) && p == OPTIONAL)
        return otherwise;
    double x = reader_number(r, object, key, p, 0, 0, MOST_MONEY), cents = round(x * 100.0);
    if (fabs(x * 100.0 - cents) > 1e-6 + x * 1e-13) { /* as near as a double comes */
        size_t was = reader_in(r, key);
        reader_fault(r, json_object_get(object, key), "must have two decimals at most");
        reader_out(r, was);
    }
    return (cent_t)cents;
}

int64_t reader_thousandths(struct reader *r, const json_t *object, const char *key, enum presence p, int64_t otherwise,
                           double most)
{
    if (!json_object_get(object, key) && p == OPTIONAL)
        return otherwise;
    return (int64_t)round(reader_number(r, object, key, p, 0, 0, most) * 1000.0);
}

sec_t reader_instant(struct reader *r, const json_t *object, const char *key, enum presence p, sec_t otherwise)
{
    json_t *value = reader_get(r, object, key, p == REQUIRED);
    int64_t unix_time;
    if (!value)
        return otherwise;
    size_t was = reader_in(r, key);
    bool good = json_is_string(value) && instant_parse(json_string_value(value), &unix_time);
    if (!good)
        reader_fault(r, value, "must be an instant like \"2025-01-23T12:00:00Z\"");
    reader_out(r, was);
    return good ? unix_time - r->start : otherwise;
}

char *reader_text(struct reader *r, const json_t *object, const char *key, enum presence p, bool id)
{
    json_t *value = reader_get(r, object, key, p == REQUIRED);
    const char *text = "";
    if (value) {
        size_t was = reader_in(r, key);
        if (!json_is_string(value))
            reader_fault(r, value, "must be a text");
        else if (id && json_string_length(value) == 0)
            reader_fault(r, value, "must not be empty");
        else if (json_string_length(value) > MOST_ID)
            reader_fault(r, value, "must have %d bytes at most", MOST_ID);
        else
            text = json_string_value(value);
        reader_out(r, was);
    }
    char *copy = strdup(text);
    r->no_memory = r->no_memory || !copy;
    return copy;
}

void reader_code(struct reader *r, const json_t *object, const char *key, const char *letters, size_t least,
                 size_t most, const char *form, char *to)
{
    const json_t *value = json_object_get(object, key);
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    size_t was = reader_in(r, key), size = strlen(text);
    *to = '\0';
    if (value && (size < least || size > most || json_string_length(value) != size || text[strspn(text, letters)]))
        reader_fault(r, value, "must be %s", form);
    else
        memcpy(to, text, size + 1);
    reader_out(r, was);
}

int32_t reader_lookup(struct reader *r, const json_t *text, const json_t *ids, const char *what)
{
    if (!json_is_string(text)) {
        reader_fault(r, text, "must be the id of some %s", what);
        return -1;
    }
    json_t *index = json_object_get(ids, json_string_value(text));
    if (index)
        return (int32_t)json_integer_value(index);
    if (json_object_size(ids) == 0 && (ids == r->airfields || ids == r->types))
        return -1; /* their list is at fault already, which would come up with every id */
    if (r->n_faults >= MOST_FAULTS) {
        r->n_faults++; /* not shown: no need to search */
        return -1;
    }
    struct suggestion near;
    suggestion_init(&near, json_string_value(text));
    const char *key;
    json_t *item;
    json_object_foreach((json_t *)(uintptr_t)ids, key, item) suggestion_try(&near, key);
    if (near.best)
        reader_fault(r, text, "no such %s, did you mean \"%s\"?", what, near.best);
    else
        reader_fault(r, text, "no such %s", what);
    return -1;
}

int32_t reader_reference(struct reader *r, const json_t *object, const char *key, const json_t *ids, const char *what)
{
    json_t *value = reader_get(r, object, key, true);
    if (!value)
        return -1;
    size_t was = reader_in(r, key);
    int32_t index = reader_lookup(r, value, ids, what);
    reader_out(r, was);
    return index;
}

void reader_note_id(struct reader *r, json_t *ids, const char *id, size_t index)
{
    if (!id || !*id)
        return;
    json_t *before = json_object_get(ids, id);
    if (before) {
        size_t was = reader_in(r, "id");
        json_t *got = json_string(id);
        reader_fault(r, got, "the same id as item %lld", (long long)json_integer_value(before));
        json_decref(got);
        reader_out(r, was);
    } else if (json_object_set_new(ids, id, json_integer((json_int_t)index)) != 0) {
        r->no_memory = true;
    }
}

void reader_window(struct reader *r, const json_t *value, bool optional_ends, struct interval *window)
{
    static const char *const keys[] = {"from", "until", NULL};
    if (!reader_object(r, value, keys))
        return;
    int before = r->n_faults;
    enum presence ends = optional_ends ? OPTIONAL : REQUIRED;
    struct interval w = {reader_instant(r, value, "from", ends, window->from),
                         reader_instant(r, value, "until", ends, window->until)};
    const json_t *from = json_object_get(value, "from"), *until = json_object_get(value, "until");
    if (r->n_faults > before || (!r->has_start && !(from && until)))
        return; /* an end left out is the horizon's, which may be at fault itself */
    size_t was = reader_in(r, until ? "until" : "from");
    if (w.from <= w.until)
        *window = w;
    else if (from && until)
        reader_fault(r, until, "ends before it begins");
    else
        reader_fault(r, from ? from : until, from ? "begins after the horizon ends" : "ends before the horizon begins");
    reader_out(r, was);
}

void *reader_room(struct reader *r, size_t n, size_t size)
{
    void *room = calloc(n ? n : 1, size);
    r->no_memory = r->no_memory || !room;
    return room;
}
