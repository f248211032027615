#include "batch/list.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/show_text.h"
#include "io/whole_file.h"

#define ENDING ".json"

static bool no_memory(struct error *err)
{
    return error_set(err, ERR_MEMORY, "out of memory");
}

/* Adds FOLDER/FILE, or FILE where it is absolute or `folder` is NULL. */
static bool list_add(struct batch_list *list, const char *folder, const char *file, struct error *err)
{
    if ((list->n & (list->n + 1)) == 0) { /* room for 2, 4, 8, ... less one */
        struct batch_item *more = realloc(list->item, 2 * (list->n + 1) * sizeof *more);
        if (!more)
            return no_memory(err);
        list->item = more;
    }
    struct text path;
    text_init(&path);
    if (folder && file[0] != '/')
        text_addf(&path, "%s/", folder);
    else if (strcmp(file, "-") == 0)
        text_addf(&path, "./"); /* a file of that name, not standard input */
    text_addf(&path, "%s", file);
    struct batch_item *item = &list->item[list->n];
    *item = (struct batch_item){.path = text_take(&path, err)};
    list->n += item->path != NULL;
    return item->path != NULL;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct batch_item *)a)->path, ((const struct batch_item *)b)->path);
}

static bool read_folder(const char *folder, struct batch_list *list, struct error *err)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return error_set(err, ERR_IO, "cannot open \"%.500s\": %s", folder, strerror(errno));
    bool good = true;
    errno = 0;
    for (const struct dirent *entry; good && (entry = readdir(dir)) != NULL;) {
        size_t size = strlen(entry->d_name), ending = strlen(ENDING);
        if (entry->d_name[0] != '.' && size > ending && strcmp(entry->d_name + size - ending, ENDING) == 0)
            good = list_add(list, folder, entry->d_name, err);
    }
    if (good && errno != 0)
        good = error_set(err, ERR_IO, "cannot read \"%.500s\": %s", folder, strerror(errno));
    closedir(dir);
    if (good && list->n > 0)
        qsort(list->item, list->n, sizeof *list->item, by_path);
    return good;
}

static bool read_lines(const char *path, struct batch_list *list, struct error *err)
{
    size_t size;
    char *bytes = whole_file_read(path, &size, err), *rest = bytes;
    if (!bytes)
        return false;
    bool good = strlen(bytes) == size || error_set(err, ERR_INPUT, "%.500s: holds a NUL", path);
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : NULL;
    if (slash && !folder)
        good = no_memory(err);
    while (good && rest && *rest) {
        const char *line = strsep(&rest, "\n");
        if (line[strspn(line, " \t\r")] != '\0')
            good = list_add(list, folder, line, err);
    }
    free(folder);
    free(bytes);
    return good;
}

/* --- names */

/* The path from the root, without "." and ".." and "//". The caller frees; NULL when memory ran out. */
static char *whole_path(const char *path, const char *here)
{
    struct text text;
    text_init(&text);
    if (path[0] != '/')
        text_addf(&text, "%s", here);
    while (*path && !text.failed) {
        size_t size = strcspn(path, "/");
        if (size == 2 && path[0] == '.' && path[1] == '.') {
            while (text.size > 0 && text.bytes[--text.size] != '/')
                ;
        } else if (size > 0 && !(size == 1 && path[0] == '.')) {
            text_add(&text, "/", 1);
            text_add(&text, path, size);
        }
        path += size + (path[size] == '/');
    }
    return text_take(&text, NULL);
}

/* Bytes up to and with the last '/' before which all names are the same. */
static size_t shared_folders(const struct batch_list *list)
{
    const char *first = list->item[0].name;
    size_t shared = (size_t)(strrchr(first, '/') - first) + 1;
    for (size_t i = 1; i < list->n; i++) {
        size_t same = 0;
        while (same < shared && list->item[i].name[same] == first[same])
            same++;
        while (same > 0 && first[same - 1] != '/')
            same--;
        shared = same;
    }
    return shared;
}

static bool name_is_safe(const char *name, struct error *err)
{
    struct text safe;
    text_init(&safe);
    text_add_safe(&safe, name);
    text_add(&safe, "", 0);
    bool good = !safe.failed && strcmp(safe.bytes, name) == 0;
    if (safe.failed)
        no_memory(err);
    else if (!good)
        error_set(err, ERR_INPUT, "a file name that is not UTF-8 or holds control characters: \"%.500s\"", safe.bytes);
    text_release(&safe);
    return good;
}

static bool name_items(struct batch_list *list, struct error *err)
{
    char *here = getcwd(NULL, 0);
    bool good = here != NULL || error_set(err, ERR_IO, "no working folder: %s", strerror(errno));
    for (size_t i = 0; i < list->n && good; i++) {
        list->item[i].name = whole_path(list->item[i].path, here);
        good = list->item[i].name != NULL || no_memory(err);
        if (good && list->item[i].name[0] != '/')
            good = error_set(err, ERR_INPUT, "a folder, not a file: \"%.500s\"", list->item[i].path);
    }
    free(here);
    size_t cut = good ? shared_folders(list) : 0;
    for (size_t i = 0; i < list->n && good; i++) {
        char *name = list->item[i].name;
        size_t size = strlen(name), ending = strlen(ENDING);
        if (size > cut + ending && strcmp(name + size - ending, ENDING) == 0)
            size -= ending;
        memmove(name, name + cut, size - cut);
        name[size - cut] = '\0';
        good = name_is_safe(name, err);
    }
    return good;
}

static int by_name(const void *a, const void *b, void *context)
{
    const struct batch_list *list = context;
    return strcmp(list->item[*(const size_t *)a].name, list->item[*(const size_t *)b].name);
}

static bool index_names(struct batch_list *list, struct error *err)
{
    list->by_name = calloc(list->n, sizeof *list->by_name);
    if (!list->by_name)
        return no_memory(err);
    for (size_t i = 0; i < list->n; i++)
        list->by_name[i] = i;
    qsort_r(list->by_name, list->n, sizeof *list->by_name, by_name, list);
    for (size_t i = 1; i < list->n; i++) {
        const struct batch_item *a = &list->item[list->by_name[i - 1]], *b = &list->item[list->by_name[i]];
        if (strcmp(a->name, b->name) == 0)
            return error_set(err, ERR_INPUT, "two instances called \"%.300s\": \"%.300s\" and \"%.300s\"", a->name,
                             a->path, b->path);
    }
    return true;
}

size_t batch_list_find(const struct batch_list *list, const char *name)
{
    size_t from = 0, until = list->n;
    while (from < until) {
        size_t middle = from + (until - from) / 2;
        int side = strcmp(name, list->item[list->by_name[middle]].name);
        if (side == 0)
            return list->by_name[middle];
        if (side < 0)
            until = middle;
        else
            from = middle + 1;
    }
    return list->n;
}

bool batch_list_read(const char *path, struct batch_list *list, struct error *err)
{
    struct stat info;
    *list = (struct batch_list){0};
    bool folder = strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISDIR(info.st_mode);
    bool good = folder ? read_folder(path, list, err) : read_lines(path, list, err);
    if (good && list->n == 0)
        good = error_set(err, ERR_INPUT, folder ? "no *.json in \"%.500s\"" : "%.500s: names no instance", path);
    good = good && name_items(list, err) && index_names(list, err);
    if (!good)
        batch_list_release(list);
    return good;
}

void batch_list_release(struct batch_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        free(list->item[i].path);
        free(list->item[i].name);
    }
    free(list->item);
    free(list->by_name);
    *list = (struct batch_list){0};
}
