/* The mapping file: what every column of an exported program stands for. Instants are seconds since the instance's
 * start. */
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "io/json.h"
#include "io/program_text.h"
#include "io/json_text.h"
#include "io/whole_file.h"

#define FORMAT "sortie-program-map"

/* --- write
 * ------------------------------------------------------------------------------------------------------------- */

static void put_instant(struct text *to, const char *key, sec_t t)
{
    text_addf(to, ", \"%s\": ", key);
    if (t == SEC_NONE)
        text_addf(to, "null");
    else
        text_addf(to, "%" PRId64, t);
}

static void put_route(struct text *to, const struct instance *inst, const struct program_route *route)
{
    text_addf(to, "{\"type\": ");
    text_add_json(to, inst->type[route->type].id);
    if (route->airframe_group >= 0)
        text_addf(to, ", \"airframe_group\": %" PRId32, route->airframe_group);
    if (route->crew_group >= 0)
        text_addf(to, ", \"crew_group\": %" PRId32, route->crew_group);
    if (route->pooled)
        text_addf(to, ", \"pooled\": true");
    text_addf(to, ", \"stops\": [");
    for (size_t s = 0; s < route->n_stops; s++) {
        const struct stop *stop = &route->stop[s];
        text_addf(to, "%s\n      {\"airfield\": ", s ? "," : "");
        text_add_json(to, inst->airfield[stop->airfield].id);
        put_instant(to, "arrival", stop->arrival);
        put_instant(to, "handling_start", stop->handling_start);
        put_instant(to, "handling_end", stop->handling_end);
        put_instant(to, "departure", stop->departure);
        text_addf(to, "}");
    }
    text_addf(to, "]}");
}

static void put_index(struct text *to, const char *key, int32_t index)
{
    if (index >= 0)
        text_addf(to, ", \"%s\": %" PRId32, key, index);
}

static void put_column(struct text *to, const struct instance *inst, const struct program_column *column)
{
    text_addf(to, "{\"name\": \"%s\", \"kind\": \"%s\"", column->name, program_column_text(column->kind));
    put_index(to, "route", column->route);
    put_index(to, "copy", column->copy);
    put_index(to, "group", column->group);
    if (column->demand >= 0) {
        text_addf(to, ", \"demand\": ");
        text_add_json(to, inst->demand[column->demand].id);
    }
    put_index(to, "load_stop", column->load_stop);
    put_index(to, "unload_stop", column->unload_stop);
    text_addf(to, "}");
}

char *program_to_map(const struct instance *inst, const struct program *p, struct error *err)
{
    struct text text;
    text_init(&text);
    text_addf(&text,
              "{\n  \"format\": \"" FORMAT "\",\n  \"version\": 1,\n  \"instance\": {\"sha256\": \"%s\"},\n"
              "  \"single\": %s,\n  \"routes\": [",
              inst->sha256, p->single ? "true" : "false");
    for (size_t i = 0; i < p->n_routes; i++) {
        text_addf(&text, "%s\n    ", i ? "," : "");
        put_route(&text, inst, &p->route[i]);
    }
    text_addf(&text, "\n  ],\n  \"columns\": [");
    for (size_t j = 0; j < p->n_columns; j++) {
        text_addf(&text, "%s\n    ", j ? "," : "");
        put_column(&text, inst, &p->column[j]);
    }
    text_addf(&text, "\n  ]\n}\n");
    return text_take(&text, err);
}

/* --- read
 * -------------------------------------------------------------------------------------------------------------- */

static sec_t read_instant(struct reader *r, const json_t *object, const char *key)
{
    if (json_is_null(json_object_get(object, key)))
        return SEC_NONE;
    return reader_whole(r, object, key, REQUIRED, 0, SEC_EARLIEST, SEC_LATEST);
}

/* The list under `key`, of any length. */
static const json_t *read_list(struct reader *r, const json_t *root, const char *key)
{
    const json_t *list = reader_get(r, root, key, true);
    size_t was = reader_in(r, key);
    if (list && !json_is_array(list)) {
        reader_fault(r, list, "must be a list");
        list = NULL;
    }
    reader_out(r, was);
    return list;
}

static void read_route(struct reader *r, const json_t *value, struct program *p)
{
    static const char *const keys[] = {"type", "airframe_group", "crew_group", "pooled", "stops", NULL};
    static const char *const stop_keys[] = {"airfield", "arrival", "handling_start", "handling_end", "departure", NULL};
    if (!reader_object(r, value, keys))
        return;
    struct program_route route = {.type = reader_reference(r, value, "type", r->types, "type")};
    route.airframe_group = (int32_t)reader_whole(r, value, "airframe_group", OPTIONAL, -1, 0, INT32_MAX);
    route.crew_group = (int32_t)reader_whole(r, value, "crew_group", OPTIONAL, -1, 0, INT32_MAX);
    route.pooled = reader_bool(r, value, "pooled", false);
    const json_t *list = reader_list(r, value, "stops", true, 2), *item;
    size_t i, was = reader_in(r, "stops");
    route.stop = reader_room(r, json_array_size(list), sizeof *route.stop);
    json_array_foreach(list, i, item)
    {
        size_t inner = reader_at(r, i);
        if (route.stop && reader_object(r, item, stop_keys))
            route.stop[i] = (struct stop){reader_reference(r, item, "airfield", r->airfields, "airfield"),
                                          read_instant(r, item, "arrival"), read_instant(r, item, "handling_start"),
                                          read_instant(r, item, "handling_end"), read_instant(r, item, "departure")};
        reader_out(r, inner);
    }
    reader_out(r, was);
    route.n_stops = route.stop ? json_array_size(list) : 0;
    program_take_route(p, route);
}

static enum program_column_kind read_kind(struct reader *r, const json_t *value)
{
    const json_t *text = reader_get(r, value, "kind", true);
    for (enum program_column_kind kind = 0; kind < N_PROGRAM_COLUMNS; kind++)
        if (json_is_string(text) && strcmp(json_string_value(text), program_column_text(kind)) == 0)
            return kind;
    if (text) {
        size_t was = reader_in(r, "kind");
        reader_fault(r, text, "must be a kind of column");
        reader_out(r, was);
    }
    return COLUMN_STOCK;
}

static void read_column(struct reader *r, const json_t *value, const struct instance *inst, struct program *p)
{
    static const char *const keys[] = {"name",   "kind",      "route",       "copy", "group",
                                       "demand", "load_stop", "unload_stop", NULL};
    if (!reader_object(r, value, keys))
        return;
    struct program_column c = {.kind = read_kind(r, value), .demand = -1};
    int64_t stops = 1;
    c.route = (int32_t)reader_whole(r, value, "route", OPTIONAL, -1, 0, (int64_t)p->n_routes - 1);
    if (c.route >= 0 && (size_t)c.route < p->n_routes)
        stops = (int64_t)p->route[c.route].n_stops;
    c.copy = (int32_t)reader_whole(r, value, "copy", OPTIONAL, -1, 0, INT32_MAX);
    c.group = (int32_t)reader_whole(r, value, "group", OPTIONAL, -1, 0, INT32_MAX);
    c.load_stop = (int32_t)reader_whole(r, value, "load_stop", OPTIONAL, -1, 0, stops - 1);
    c.unload_stop = (int32_t)reader_whole(r, value, "unload_stop", OPTIONAL, -1, 0, stops - 1);
    if (json_object_get(value, "demand"))
        c.demand = reader_reference(r, value, "demand", r->demands, "demand");
    bool rides = c.kind == COLUMN_PAX || c.kind == COLUMN_RIDE;
    if (((rides || c.kind == COLUMN_FLY) && (c.route < 0 || c.copy < 0)) ||
        (rides && (c.demand < 0 || c.load_stop < 0 || c.unload_stop <= c.load_stop)) ||
        ((c.kind == COLUMN_AIRFRAME || c.kind == COLUMN_CREW) && (c.route < 0 || c.group < 0)) ||
        (c.kind == COLUMN_COMMITTED && (size_t)c.copy >= inst->committed.n_missions))
        reader_fault(r, NULL, "lacks what a column of its kind has");
    char *name = reader_text(r, value, "name", REQUIRED, true);
    program_add_column(p, c, "%s", name ? name : "");
    free(name);
}

static void read_root(struct reader *r, const json_t *root, const struct instance *inst, struct program *p)
{
    static const char *const keys[] = {"format", "version", "instance", "single", "routes", "columns", NULL};
    static const char *const instance_keys[] = {"sha256", NULL};
    const json_t *item;
    size_t i;
    if (!json_is_object(root)) {
        reader_fault(r, root, "must be an object");
        return;
    }
    if (!reader_format(r, root, FORMAT) || !reader_object(r, root, keys))
        return;
    const json_t *made_from = reader_get(r, root, "instance", true);
    size_t was = reader_in(r, "instance");
    if (made_from && reader_object(r, made_from, instance_keys)) {
        const json_t *sha256 = reader_get(r, made_from, "sha256", true);
        size_t inner = reader_in(r, "sha256");
        if (sha256 && (!json_is_string(sha256) || strcmp(json_string_value(sha256), inst->sha256) != 0))
            reader_fault(r, sha256, "must be that of the instance");
        reader_out(r, inner);
    }
    reader_out(r, was);
    if (r->n_faults > 0)
        return; /* of another instance nothing else fits either */
    p->single = reader_bool(r, root, "single", false);
    const json_t *routes = read_list(r, root, "routes"), *columns = read_list(r, root, "columns");
    was = reader_in(r, "routes");
    json_array_foreach(routes, i, item)
    {
        size_t inner = reader_at(r, i);
        read_route(r, item, p);
        reader_out(r, inner);
    }
    reader_out(r, was);
    was = reader_in(r, "columns");
    json_array_foreach(columns, i, item)
    {
        size_t inner = reader_at(r, i);
        if (r->n_faults == 0) /* a column is judged by its route */
            read_column(r, item, inst, p);
        reader_out(r, inner);
    }
    reader_out(r, was);
    r->no_memory = r->no_memory || p->failed;
}

bool read_program_map(const char *path, const struct instance *inst, struct program *p, char **faults,
                      struct error *err)
{
    struct reader r;
    size_t size;
    program_init(p);
    *faults = NULL;
    char *bytes = whole_file_read(path, &size, err);
    if (!bytes)
        return false;
    reader_init(&r, strcmp(path, "-") == 0 ? "standard input" : path);
    for (size_t i = 0; i < inst->n_airfields && !r.no_memory; i++)
        reader_note_id(&r, r.airfields, inst->airfield[i].id, i);
    for (size_t i = 0; i < inst->n_types && !r.no_memory; i++)
        reader_note_id(&r, r.types, inst->type[i].id, i);
    for (size_t i = 0; i < inst->n_demands && !r.no_memory; i++)
        reader_note_id(&r, r.demands, inst->demand[i].id, i);
    json_t *root = r.no_memory ? NULL : reader_parse(&r, bytes, size);
    if (root)
        read_root(&r, root, inst, p);
    json_decref(root);
    free(bytes);
    bool ok = reader_done(&r, faults, err);
    reader_release(&r);
    if (!ok)
        program_release(p);
    return ok;
}
