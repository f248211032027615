/* Templates for people who begin. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "import/import.h"
#include "import/templates.h"
#include "io/whole_file.h"

static const struct {
    const char *file, *bytes;
    const size_t *size;
} templates[] = {
#define X(name, file) {file, name, &name##_size},
    IMPORT_TEMPLATES(X)
#undef X
};
enum { N_TEMPLATES = sizeof templates / sizeof templates[0] };

static void paths_free(char *paths[N_TEMPLATES])
{
    for (size_t i = 0; i < N_TEMPLATES; i++)
        free(paths[i]);
}

/* The files to write; false where memory ran out, or one of them is there. */
static bool paths_make(const char *folder, char *paths[N_TEMPLATES], struct error *err)
{
    struct stat info;
    for (size_t i = 0; i < N_TEMPLATES; i++) {
        if (asprintf(&paths[i], "%s/%s", folder, templates[i].file) < 0) {
            paths[i] = NULL;
            return error_set(err, ERR_MEMORY, "out of memory");
        }
        if (lstat(paths[i], &info) == 0)
            return error_set(err, ERR_IO, "already there: \"%.500s\"", paths[i]);
    }
    return true;
}

bool import_templates(const char *folder, struct error *err)
{
    char *paths[N_TEMPLATES] = {NULL};
    size_t n = 0;
    bool made = mkdir(folder, 0777) == 0;
    bool good =
        made || errno == EEXIST || error_set(err, ERR_IO, "cannot make \"%.500s\": %s", folder, strerror(errno));
    good = good && paths_make(folder, paths, err);
    for (; good && n < N_TEMPLATES; n += good)
        good = whole_file_write(paths[n], templates[n].bytes, *templates[n].size, err);
    for (size_t i = 0; !good && i < n; i++)
        unlink(paths[i]);
    if (!good && made)
        rmdir(folder);
    paths_free(paths);
    return good;
}
