#include "export/sink.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LONG_TEXT = 64 << 10 };

bool sink_wants_folder(const char *path)
{
    struct stat info;
    size_t size = strlen(path);
    return (size > 0 && path[size - 1] == '/') || (stat(path, &info) == 0 && S_ISDIR(info.st_mode));
}

bool sink_init(struct sink *sink, const char *path, const volatile sig_atomic_t *interrupted, struct error *err)
{
    *sink = (struct sink){.path = path, .is_folder = sink_wants_folder(path), .interrupted = interrupted};
    text_init(&sink->text);
    struct stat info;
    if (!sink->is_folder || (mkdir(path, 0777) == 0) || (stat(path, &info) == 0 && S_ISDIR(info.st_mode)))
        return true;
    return error_set(err, ERR_IO, "cannot make the folder \"%.500s\": %s", path, strerror(errno));
}

void sink_release(struct sink *sink)
{
    if (sink->is_open)
        whole_file_abandon(&sink->file);
    sink->is_open = false;
    text_release(&sink->text);
}

bool sink_begin(struct sink *sink, const char *name, struct error *err)
{
    if (!sink->is_folder) {
        sink->is_open = whole_file_open(&sink->file, sink->path, err);
        return sink->is_open;
    }
    struct text path;
    text_init(&path);
    text_addf(&path, "%s%s%s", sink->path, sink->path[strlen(sink->path) - 1] == '/' ? "" : "/", name);
    char *whole = text_take(&path, err);
    sink->is_open = whole != NULL && whole_file_open(&sink->file, whole, err);
    free(whole);
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
