/* Airfields and aircraft types that tables name and the instance does not list: they are the catalogue's. */
#include <stdlib.h>
#include <string.h>

#include "import/sheet.h"

struct gathering {
    struct import *import;
    struct gathered *into;
    json_t *list, *seen;
};

static void add(struct gathering *g, const json_t *id, struct place place)
{
    const char *text = json_string_value(id);
    if (!text || *text == '\0' || json_object_get(g->seen, text))
        return;
    if (g->into->n == g->into->room) {
        size_t room = g->into->room * 2 + 16;
        struct place *grown = realloc(g->into->place, room * sizeof *grown);
        if (!grown) {
            g->import->r.no_memory = true;
            return;
        }
        g->into->place = grown;
        g->into->room = room;
    }
    g->into->place[g->into->n++] = place;
    if (json_object_set_new(g->seen, text, json_true()) != 0 || json_array_append_new(g->list, json_string(text)) != 0)
        g->import->r.no_memory = true;
}

/* The ids under `key` of the items of the list `name`: a text or a list of them, "any" of `end_at` aside. */
static void add_column(struct gathering *g, const json_t *instance, const struct sheet *sheet, const char *key)
{
    size_t i, j;
    json_t *item, *id;
    int column = column_by_key(sheet->kind, key, "");
    json_array_foreach(json_object_get(instance, sheet->kind->name), i, item)
    {
        const json_t *value = json_object_get(item, key);
        struct place place = {sheet, i < sheet->n_items ? sheet->row[i] : NO_ROW, column};
        if (strcmp(key, "end_at") != 0)
            add(g, value, place);
        json_array_foreach(value, j, id) add(g, id, place);
    }
}

static void gather_list(struct import *import, json_t *instance, struct gathered *into, const char *name,
                        const char *const keys[N_SHEET_KINDS][3])
{
    struct gathering g = {import, into, json_array(), json_object()};
    into->key = name;
    for (size_t t = 0; t < N_SHEET_KINDS; t++)
        for (size_t k = 0; k < 3 && keys[t][k]; k++)
            if (import->sheet[t].file)
                add_column(&g, instance, &import->sheet[t], keys[t][k]);
    json_decref(g.seen);
    if (json_object_set_new(instance, name, g.list) != 0)
        import->r.no_memory = true;
}

void gather(struct import *import, json_t *instance)
{
    static const char *const airfields[N_SHEET_KINDS][3] = {
        {NULL}, {"at", "end_at"}, {"at", "end_at"}, {"origin", "destination"}};
    static const char *const types[N_SHEET_KINDS][3] = {{NULL}, {"type"}, {"types"}, {NULL}};
    if (!json_object_get(instance, "airfields"))
        gather_list(import, instance, &import->gathered[GATHERED_AIRFIELDS], "airfields", airfields);
    if (!json_object_get(instance, "aircraft_types"))
        gather_list(import, instance, &import->gathered[GATHERED_TYPES], "aircraft_types", types);
}
