#include "batch/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/show_text.h"

#define RUNNING "running-"

static bool failed(const char *what, const char *path, struct error *err)
{
    return error_set(err, ERR_IO, "%s \"%.500s\": %s", what, path, strerror(errno));
}

static char *path_of(const char *folder, const char *name, const char *ending, struct error *err)
{
    struct text text;
    text_init(&text);
    text_addf(&text, "%s/%s%s", folder, name, ending);
    return text_take(&text, err);
}

bool folder_make(const char *out, struct error *err)
{
    struct stat info;
    if (mkdir(out, 0777) == 0)
        return true;
    if (errno != EEXIST)
        return failed("cannot make the folder", out, err);
    if (stat(out, &info) == 0 && !S_ISDIR(info.st_mode))
        return error_set(err, ERR_IO, "not a folder: \"%.500s\"", out);
    return access(out, W_OK | X_OK) == 0 || failed("cannot write in the folder", out, err);
}

/* A folder of files, and itself. What cannot be removed is in nobody's way. */
static void remove_running(const char *path)
{
    DIR *dir = opendir(path);
    if (!dir)
        return;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
    rmdir(path);
}

static bool remove_left(const char *out, const char *part, struct error *err)
{
    DIR *dir = opendir(out);
    if (!dir)
        return failed("cannot open", out, err);
    bool good = true;
    for (const struct dirent *entry; good && (entry = readdir(dir)) != NULL;) {
        const char *of = entry->d_name + strlen(RUNNING);
        if (strncmp(entry->d_name, RUNNING, strlen(RUNNING)) != 0 || strncmp(of, part, strlen(part)) != 0 ||
            (*part != '\0' && of[strlen(part)] != '-'))
            continue;
        char *path = path_of(out, entry->d_name, "", err);
        good = path != NULL;
        if (good)
            remove_running(path);
        free(path);
    }
    closedir(dir);
    return good;
}

bool folder_open(struct batch_folder *folder, const char *out, const char *part, struct error *err)
{
    /* A process that a kill has not reached yet still writes to the old folder, so the new one has another name. */
    char name[80];
    snprintf(name, sizeof name, RUNNING "%s-%ld", *part ? part : "all", (long)getpid());
    *folder = (struct batch_folder){.out = out};
    if (!remove_left(out, part, err))
        return false;
    folder->running = path_of(out, name, "", err);
    if (!folder->running || mkdir(folder->running, 0777) == 0)
        return folder->running != NULL;
    failed("cannot make the folder", folder->running, err);
    free(folder->running);
    folder->running = NULL;
    return false;
}

void folder_close(struct batch_folder *folder)
{
    if (folder->running)
        remove_running(folder->running);
    free(folder->running);
    folder->running = NULL;
}

char *folder_running(const struct batch_folder *folder, const char *name, struct error *err)
{
    return path_of(folder->running, name, "", err);
}

char *folder_schedule(const char *out, const char *instance, struct error *err)
{
    char *schedules = path_of(out, "schedules", "", err);
    char *path = schedules ? path_of(schedules, instance, ".schedule.json", err) : NULL;
    free(schedules);
    return path;
}

/* Every folder above the file that is missing; the first part of the path is there. */
static bool make_above(char *path, struct error *err)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool good = mkdir(path, 0777) == 0 || errno == EEXIST || failed("cannot make the folder", path, err);
        *slash = '/';
        if (!good)
            return false;
    }
    return true;
}

bool folder_move(const char *running, const char *to, struct error *err)
{
    if (rename(running, to) == 0)
        return true;
    char *path = errno == ENOENT ? strdup(to) : NULL;
    bool made = path && make_above(path, err);
    free(path);
    return made && rename(running, to) == 0 ? true : failed("cannot write", to, err);
}
