#include "export/sink.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONG_TEXT = 64 << 10 };

bool sink_wants_folder(const char *path)
{
    struct stat info;
    size_t size = strlen(path);
    return (size > 0 && path[size - 1] == '/') || (stat(path, &info) == 0 && S_ISDIR(info.st_mode));
}

static bool folder_failed(const char *path, struct error *err)
{
    return error_set(err, ERR_IO, "cannot write in the folder \"%.500s\": %s", path, strerror(errno));
}

/* `folder`/`name`; the caller frees. */
static char *path_in(const char *folder, const char *name, struct error *err)
{
    struct text path;
    size_t size = strlen(folder);
    text_init(&path);
    text_addf(&path, "%s%s%s", folder, size > 0 && folder[size - 1] == '/' ? "" : "/", name);
    return text_take(&path, err);
}

static bool init_folder(struct sink *sink, struct error *err)
{
    struct stat info;
    sink->made_folder = mkdir(sink->path, 0777) == 0;
    if (!sink->made_folder && (stat(sink->path, &info) != 0 || !S_ISDIR(info.st_mode)))
        return error_set(err, ERR_IO, "cannot make the folder \"%.500s\": %s", sink->path, strerror(errno));
    char *staging = path_in(sink->path, ".sortie-XXXXXX", err);
    if (staging == NULL)
        return false;
    if (mkdtemp(staging) == NULL) {
        free(staging);
        return folder_failed(sink->path, err);
    }
    sink->staging = staging;
    return true;
}

bool sink_init(struct sink *sink, const char *path, const atomic_int *interrupted, struct error *err)
{
    *sink = (struct sink){.path = path, .is_folder = sink_wants_folder(path), .interrupted = interrupted};
    text_init(&sink->text);
    if (!sink->is_folder || init_folder(sink, err))
        return true;
    sink_release(sink);
    return false;
}

/* Moves every staged file to its place; without a place to go to, removes it. False after the first that fails. */
static bool empty_staging(struct sink *sink, bool keep, struct error *err)
{
    DIR *folder = opendir(sink->staging);
    bool good = folder != NULL || folder_failed(sink->staging, err);
    for (struct dirent *entry; good && (entry = readdir(folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *from = path_in(sink->staging, entry->d_name, err), *to = path_in(sink->path, entry->d_name, err);
        good = from != NULL && to != NULL;
        if (good && (keep ? rename(from, to) : unlink(from)) != 0)
            good = folder_failed(to, err);
        free(from);
        free(to);
    }
    if (folder != NULL)
        closedir(folder);
    return good;
}

/* All files at once: one by one takes some milliseconds each. */
static bool sync_folder(const char *path, bool all, struct error *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && (!all || syncfs(fd) == 0);
    if (fd >= 0 && !all)
        (void)fsync(fd); /* where a file system cannot, the files are there all the same */
    if (!good)
        folder_failed(path, err);
    if (fd >= 0)
        close(fd);
    return good;
}

bool sink_finish(struct sink *sink, struct error *err)
{
    if (!sink->is_folder)
        return true;
    sink->made_folder = false;
    return sync_folder(sink->staging, true, err) && empty_staging(sink, true, err) &&
           sync_folder(sink->path, false, err);
}

void sink_release(struct sink *sink)
{
    if (sink->is_open)
        whole_file_abandon(&sink->file);
    sink->is_open = false;
    if (sink->staging != NULL) {
        empty_staging(sink, false, NULL);
        rmdir(sink->staging);
    }
    if (sink->made_folder)
        rmdir(sink->path);
    free(sink->staging);
    sink->staging = NULL;
    text_release(&sink->text);
}

bool sink_begin(struct sink *sink, const char *name, struct error *err)
{
    char *path = sink->is_folder ? path_in(sink->staging, name, err) : NULL;
    sink->is_open =
        (path != NULL || !sink->is_folder) && whole_file_open(&sink->file, path != NULL ? path : sink->path, err);
    sink->file.unsynced = sink->is_folder;
    free(path);
    return sink->is_open;
}

static bool write_out(struct sink *sink, struct error *err)
{
    if (sink->text.failed)
        return error_set(err, ERR_MEMORY, "out of memory");
    if (sink->interrupted != NULL && *sink->interrupted)
        return error_set(err, ERR_NO_ANSWER, "stopped before all was written");
    bool written = sink->text.size == 0 || whole_file_add(&sink->file, sink->text.bytes, sink->text.size, err);
    sink->text.size = 0;
    return written;
}

bool sink_pass(struct sink *sink, struct error *err)
{
    return (!sink->text.failed && sink->text.size < LONG_TEXT) || write_out(sink, err);
}

bool sink_end(struct sink *sink, struct error *err)
{
    if (!write_out(sink, err))
        return false;
    sink->is_open = false;
    return whole_file_commit(&sink->file, err);
}
