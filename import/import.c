#include "import/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "import/sheet.h"
#include "io/read_instance.h"
#include "io/show_text.h"
#include "io/whole_file.h"

/* --- paths */

/* `path`, or import.json in it where it is a folder; the caller frees. */
static char *import_file(const char *path)
{
    struct stat info;
    char *file = NULL;
    bool folder = strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISDIR(info.st_mode);
    return asprintf(&file, "%s%s", path, folder ? "/import.json" : "") < 0 ? NULL : file;
}

/* `name` as seen from the folder of `file`; the caller frees. */
static char *beside(const char *file, const char *name)
{
    const char *slash = strrchr(file, '/');
    char *path = NULL;
    int folder = *name == '/' || !slash ? 0 : (int)(slash + 1 - file);
    return asprintf(&path, "%.*s%s", folder, file, name) < 0 ? NULL : path;
}

/* --- the import file */

/* NULL with `err` set where the file cannot be read, or with faults noted where it is no JSON. */
static json_t *read_json(struct reader *r, const char *path, struct error *err)
{
    size_t size, length = strlen(path);
    char *bytes = whole_file_read(path, &size, err);
    if (!bytes)
        return NULL;
    r->name = strcmp(path, "-") == 0 ? "standard input" : path;
    json_t *root = NULL;
    if (length > 4 && strcasecmp(path + length - 4, ".csv") == 0)
        reader_fault(r, NULL, "is a table: give the import file that names it, see sortie import --help");
    else
        root = reader_parse(r, bytes, size);
    free(bytes);
    return root;
}

static json_t *wrong_instance(struct reader *r, json_t *value, const char *what)
{
    size_t was = reader_in(r, "instance");
    reader_fault(r, value, "%s", what);
    reader_out(r, was);
    json_decref(value);
    return NULL;
}

/* The instance file `name`, which stands in the import file; a new reference. */
static json_t *read_own_file(struct import *import, const char *name, const char *file, char **own_file)
{
    struct reader *r = &import->r;
    struct error err;
    error_init(&err);
    *own_file = beside(file, name);
    r->no_memory = r->no_memory || !*own_file;
    import->origin = *own_file;
    import->origin_pointer = "";
    json_t *root = *own_file ? read_json(r, *own_file, &err) : NULL;
    if (err.code != ERR_NONE)
        return wrong_instance(r, NULL, err.text);
    if (root && !json_is_object(root)) {
        reader_fault(r, root, "must be an object");
        json_decref(root);
        return NULL;
    }
    return root;
}

/* The other keys of the instance, as they stand in the import file or in a file of their own; a new reference. */
static json_t *read_rest(struct import *import, const json_t *root, const char *file, char **own_file)
{
    json_t *value = reader_get(&import->r, root, "instance", true);
    import->origin = import->r.name;
    import->origin_pointer = "/instance";
    if (json_is_string(value))
        return read_own_file(import, json_string_value(value), file, own_file);
    if (value && !json_is_object(value))
        return wrong_instance(&import->r, json_incref(value), "must be an object, or the path of an instance file");
    return json_incref(value);
}

/* The path of one table, whose entry is `settings`: a path or an object. */
static char *sheet_file(struct reader *r, const json_t *settings, const char *file)
{
    static const char *const keys[] = {"file", "columns", "defaults", NULL};
    const json_t *name = settings;
    if (!json_is_string(settings)) {
        if (!json_is_object(settings)) {
            reader_fault(r, settings, "must be the path of a sheet, or an object");
            return NULL;
        }
        reader_object(r, settings, keys);
        name = reader_get(r, settings, "file", true);
        size_t was = reader_in(r, "file");
        if (name && !json_is_string(name))
            reader_fault(r, name, "must be the path of a table");
        reader_out(r, was);
    }
    char *path = json_is_string(name) ? beside(file, json_string_value(name)) : NULL;
    r->no_memory = r->no_memory || (json_is_string(name) && !path);
    return path;
}

/* Fills in the kinds and files of the tables to import. */
static void find_sheets(struct import *import, const json_t *tables, const char *file)
{
    struct reader *r = &import->r;
    const char *keys[N_SHEET_KINDS + 1] = {NULL};
    for (size_t t = 0; t < N_SHEET_KINDS; t++)
        keys[t] = sheet_kinds[t].name;
    size_t was = reader_in(r, "tables");
    if (tables && reader_object(r, tables, keys) && json_object_size(tables) == 0)
        reader_fault(r, NULL, "there must be at least one table");
    for (size_t t = 0; t < N_SHEET_KINDS; t++) {
        json_t *settings = json_object_get(tables, sheet_kinds[t].name);
        size_t inner = reader_in(r, sheet_kinds[t].name);
        import->sheet[t].kind = &sheet_kinds[t];
        import->sheet[t].file = settings ? sheet_file(r, settings, file) : NULL;
        reader_out(r, inner);
    }
    reader_out(r, was);
}

/* --- the instance */

/* An airfield of which the id alone is given is the catalogue's. */
static void shorten_airfields(json_t *airfields)
{
    size_t i;
    json_t *item;
    json_array_foreach(airfields, i, item)
    {
        if (json_object_size(item) == 1 && json_is_string(json_object_get(item, "id")))
            json_array_set(airfields, i, json_object_get(item, "id"));
    }
}

/* Puts the tables into `instance`. False where one of them is no table: what refers to it cannot be judged. */
static bool put_sheets(struct import *import, const json_t *tables, const char *name, json_t *instance)
{
    bool all = true;
    for (size_t t = 0; t < N_SHEET_KINDS; t++) {
        struct sheet *sheet = &import->sheet[t];
        if (!sheet->file)
            continue;
        json_t *items = sheet_read(import, sheet, json_object_get(tables, sheet->kind->name), name);
        if (t == 0)
            shorten_airfields(items);
        all = all && items;
        if (items && json_object_set_new(instance, sheet->kind->name, items) != 0)
            import->r.no_memory = true;
    }
    return all;
}

/* Like json_dumps, with a line for every item of the lists. */
static char *instance_text(struct import *import, const json_t *instance)
{
    struct text text;
    const char *key;
    json_t *value, *item;
    size_t i, left = json_object_size(instance);
    const size_t flags = JSON_ENCODE_ANY | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(15);
    text_init(&text);
    text_addf(&text, "{\n");
    json_object_foreach((json_t *)(uintptr_t)instance, key, value)
    {
        bool list = json_array_size(value) > 0;
        text_addf(&text, " \"%s\": %s", key, list ? "[\n" : "");
        for (i = 0; i < (list ? json_array_size(value) : 1); i++) {
            item = list ? json_array_get(value, i) : value;
            char *dumped = json_dumps(item, flags);
            text_addf(&text, "%s%s%s", list ? "  " : "", dumped ? dumped : "",
                      !list                            ? ""
                      : i + 1 < json_array_size(value) ? ",\n"
                                                       : "\n ]");
            text.failed = text.failed || !dumped;
            free(dumped);
        }
        text_addf(&text, "%s\n", --left ? "," : "");
    }
    text_addf(&text, "}\n");
    char *bytes = text_take(&text, NULL);
    import->r.no_memory = import->r.no_memory || !bytes;
    return bytes;
}

/* The text of `instance` once the reader takes it; else NULL, and what it says is noted. */
static char *accepted_text(struct import *import, const json_t *instance)
{
    static const char name[] = "instance";
    struct instance read;
    struct error err;
    char *faults = NULL, *text = instance_text(import, instance);
    error_init(&err);
    if (text && read_instance_text(name, text, strlen(text), &read, &faults, &err)) {
        instance_release(&read);
        return text;
    }
    free(text);
    if (faults)
        retell(import, faults, name);
    else
        import->r.no_memory = true;
    free(faults);
    return NULL;
}

/* The keys first that say what the file is, then those of `rest`. */
static json_t *begin_instance(struct import *import, const json_t *rest)
{
    json_t *instance = json_pack("{sssi}", "format", "sortie-instance", "version", 1);
    if (!instance || json_object_update(instance, (json_t *)(uintptr_t)rest) != 0)
        import->r.no_memory = true;
    return instance;
}

static char *make_instance(struct import *import, const json_t *root, const char *file, char **own_file)
{
    static const char *const keys[] = {"format", "version", "instance", "tables", NULL};
    struct reader *r = &import->r;
    if (!json_is_object(root)) {
        reader_fault(r, root, "must be an object");
        return NULL;
    }
    if (!reader_format(r, root, "sortie-import"))
        return NULL;
    const char *name = r->name;
    const json_t *tables = reader_get(r, root, "tables", true);
    reader_object(r, root, keys);
    find_sheets(import, tables, file);
    json_t *rest = read_rest(import, root, file, own_file), *instance = NULL;
    char *text = NULL;
    if (rest) {
        instance = begin_instance(import, rest);
        if (put_sheets(import, tables, name, instance)) {
            gather(import, instance);
            text = accepted_text(import, instance);
        }
    }
    json_decref(instance);
    json_decref(rest);
    return text;
}

char *import_instance(const char *path, char **faults, struct error *err)
{
    struct import import = {.n_told = 0};
    char *file = import_file(path), *own_file = NULL, *text = NULL;
    *faults = NULL;
    reader_init(&import.r, path);
    json_t *root = file ? read_json(&import.r, file, err) : NULL;
    import.r.no_memory = import.r.no_memory || !file;
    if (root)
        text = make_instance(&import, root, file, &own_file);
    json_decref(root);
    if (!reader_done(&import.r, faults, err)) {
        free(text);
        text = NULL;
    }
    for (size_t t = 0; t < N_SHEET_KINDS; t++)
        sheet_release(&import.sheet[t]);
    for (size_t g = 0; g < N_GATHERED; g++)
        free(import.gathered[g].place);
    reader_release(&import.r);
    free(file);
    free(own_file);
    return text;
}
