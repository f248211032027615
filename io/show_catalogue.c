#include "io/show_catalogue.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "io/catalogue.h"
#include "io/show_text.h"
#include "io/suggest.h"

/* 15 digits bring every decimal of the catalogue back as it was written. */
#define JSON_FLAGS (JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(15) | JSON_ENCODE_ANY)

struct catalogue {
    json_t *airfields, *types; /* arrays of entries */
};

/* The array of entries in one embedded file: the root, or the root's member `name`. */
static json_t *entries_load(const char *bytes, size_t size, const char *name, struct error *err)
{
    json_error_t fault;
    json_t *root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &fault);
    json_t *entries = json_is_object(root) ? json_object_get(root, name) : root;
    if (!json_is_array(entries)) {
        json_decref(root);
        error_set(err, ERR_INTERNAL, "the built-in list of %s cannot be read", name);
        return NULL;
    }
    json_incref(entries);
    json_decref(root);
    return entries;
}

static void catalogue_release(struct catalogue *catalogue)
{
    json_decref(catalogue->airfields);
    json_decref(catalogue->types);
}

static bool catalogue_load(struct catalogue *catalogue, struct error *err)
{
    catalogue->types = NULL;
    catalogue->airfields = entries_load(catalogue_airfields, catalogue_airfields_size, "airfields", err);
    if (catalogue->airfields != NULL)
        catalogue->types = entries_load(catalogue_types, catalogue_types_size, "types", err);
    if (catalogue->types == NULL)
        catalogue_release(catalogue);
    return catalogue->types != NULL;
}

static const char *text_of(const json_t *entry, const char *key)
{
    const char *text = json_string_value(json_object_get(entry, key));
    return text != NULL ? text : "";
}

/* One value on one line: text bare, the rest as JSON. */
static void value_write(const json_t *value, struct text *to)
{
    if (json_is_string(value)) {
        text_add_safe(to, json_string_value(value));
        return;
    }
    char *compact = json_dumps(value, JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(15) | JSON_ENCODE_ANY);
    if (compact == NULL)
        to->failed = true;
    else
        text_add_safe(to, compact);
    free(compact);
}

static void value_cell(struct table *table, const json_t *value)
{
    struct text text;
    text_init(&text);
    if (value != NULL)
        value_write(value, &text);
    if (text.failed)
        table->cells.failed = true;
    table_cell(table, "%s", text.bytes != NULL ? text.bytes : "");
    text_release(&text);
}

static void airfields_write(const json_t *airfields, struct text *to)
{
    struct table table;
    table_init(&table, "Airfield|Name|Country|>Latitude|>Longitude|>Runway ft");
    size_t i;
    json_t *entry;
    json_array_foreach(airfields, i, entry)
    {
        table_cell(&table, "%s", text_of(entry, "id"));
        table_cell(&table, "%s", text_of(entry, "name"));
        table_cell(&table, "%s", text_of(entry, "country"));
        value_cell(&table, json_object_get(entry, "lat"));
        value_cell(&table, json_object_get(entry, "lon"));
        value_cell(&table, json_object_get(entry, "runway_ft"));
    }
    table_write(&table, 0, to);
    table_release(&table);
}

/* The most seats of any configuration. */
static json_int_t most_seats(const json_t *type)
{
    json_int_t most = 0;
    size_t i;
    json_t *configuration;
    json_array_foreach(json_object_get(type, "configurations"), i, configuration)
    {
        json_int_t seats = json_integer_value(json_object_get(configuration, "seats"));
        most = seats > most ? seats : most;
    }
    return most;
}

static void types_write(const json_t *types, struct text *to)
{
    struct table table;
    table_init(&table, "Type|Name|>Seats|>Runway ft");
    size_t i;
    json_t *entry;
    json_array_foreach(types, i, entry)
    {
        table_cell(&table, "%s", text_of(entry, "id"));
        table_cell(&table, "%s", text_of(entry, "name"));
        table_cell(&table, "%" JSON_INTEGER_FORMAT, most_seats(entry));
        value_cell(&table, json_object_get(entry, "runway_ft"));
    }
    table_write(&table, 0, to);
    table_release(&table);
}

/* Field, value and source; fields without a source of their own show the one of the whole entry, if there is one. */
static void entry_write(json_t *entry, struct text *to)
{
    const json_t *source = json_object_get(entry, "source");
    const char *key;
    json_t *value;
    json_object_foreach(entry, key, value)
    {
        if (value == source)
            continue;
        text_add_safe(to, key);
        text_addf(to, ": ");
        value_write(value, to);
        text_addf(to, "\n");
        const json_t *own = json_is_object(source) ? json_object_get(source, key) : NULL;
        if (own != NULL) {
            text_addf(to, "    source: ");
            value_write(own, to);
            text_addf(to, "\n");
        }
    }
    if (source != NULL && !json_is_object(source)) {
        text_addf(to, "source: ");
        value_write(source, to);
        text_addf(to, "\n");
    }
}

static json_t *entry_find(const json_t *entries, const char *id)
{
    size_t i;
    json_t *entry;
    json_array_foreach(entries, i, entry)
    {
        if (strcasecmp(text_of(entry, "id"), id) == 0)
            return entry;
    }
    return NULL;
}

static void json_write(json_t *value, struct text *to)
{
    char *text = value != NULL ? json_dumps(value, JSON_FLAGS) : NULL;
    if (text == NULL)
        to->failed = true;
    else
        text_addf(to, "%s\n", text);
    free(text);
}

static void everything_write(const struct catalogue *catalogue, bool json, struct text *to)
{
    if (json) {
        json_t *both = json_pack("{sOsO}", "airfields", catalogue->airfields, "types", catalogue->types);
        json_write(both, to);
        json_decref(both);
        return;
    }
    airfields_write(catalogue->airfields, to);
    text_addf(to, "\n");
    types_write(catalogue->types, to);
}

static void entry_missing(const struct catalogue *catalogue, const char *id, struct error *err)
{
    struct suggestion meant;
    suggestion_init(&meant, id);
    suggestion_try(&meant, "airfields");
    suggestion_try(&meant, "types");
    size_t i;
    json_t *entry;
    json_array_foreach(catalogue->airfields, i, entry)
    {
        suggestion_try(&meant, text_of(entry, "id"));
    }
    json_array_foreach(catalogue->types, i, entry)
    {
        suggestion_try(&meant, text_of(entry, "id"));
    }
    error_set(err, ERR_USAGE, "not in the catalogue: \"%.60s\"%s%s%s", id,
              meant.best != NULL ? "; did you mean \"" : "; see sortie catalogue", meant.best != NULL ? meant.best : "",
              meant.best != NULL ? "\"?" : "");
}

/* An instance does not hold them, and what is shown as JSON can be copied into one. */
static void sources_drop(const struct catalogue *catalogue)
{
    size_t i;
    json_t *entry;
    json_array_foreach(catalogue->airfields, i, entry)
    {
        json_object_del(entry, "source");
    }
    json_array_foreach(catalogue->types, i, entry)
    {
        json_object_del(entry, "source");
    }
}

char *show_catalogue(const char *which, bool json, struct error *err)
{
    struct catalogue catalogue;
    if (!catalogue_load(&catalogue, err))
        return NULL;
    if (json)
        sources_drop(&catalogue);
    struct text text;
    text_init(&text);
    bool found = true;
    if (which == NULL) {
        everything_write(&catalogue, json, &text);
    } else if (strcmp(which, "airfields") == 0) {
        json ? json_write(catalogue.airfields, &text) : airfields_write(catalogue.airfields, &text);
    } else if (strcmp(which, "types") == 0) {
        json ? json_write(catalogue.types, &text) : types_write(catalogue.types, &text);
    } else {
        json_t *entry = entry_find(catalogue.airfields, which);
        entry = entry != NULL ? entry : entry_find(catalogue.types, which);
        found = entry != NULL;
        if (found)
            json ? json_write(entry, &text) : entry_write(entry, &text);
    }
    if (!found)
        entry_missing(&catalogue, which, err);
    catalogue_release(&catalogue);
    if (found)
        return text_take(&text, err);
    text_release(&text);
    return NULL;
}
