#include "io/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_ROOM = 64 << 10 };

static bool too_large(const char *path, struct error *err)
{
    return error_set(err, ERR_INPUT, "file larger than %zu MiB: \"%.500s\"", WHOLE_FILE_MOST >> 20, path);
}

static bool io_failed(const char *what, const char *path, struct error *err)
{
    return error_set(err, ERR_IO, "%s \"%.500s\": %s", what, path, strerror(errno));
}

/* Reads to the end of `fd`; `expected` is a first guess of the size. */
static char *read_to_end(int fd, size_t expected, const char *path, size_t *size, struct error *err)
{
    size_t room = expected + 2 > FIRST_ROOM ? expected + 2 : FIRST_ROOM, used = 0;
    char *bytes = malloc(room);
    if (!bytes) {
        error_set(err, ERR_MEMORY, "out of memory");
        return NULL;
    }
    for (;;) {
        ssize_t got = read(fd, bytes + used, room - used - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            io_failed("cannot read", path, err);
            break;
        }
        used += (size_t)got;
        if (got == 0) {
            bytes[used] = '\0';
            *size = used;
            return bytes;
        }
        if (used > WHOLE_FILE_MOST) {
            too_large(path, err);
            break;
        }
        if (room - used > 1)
            continue;
        char *more = realloc(bytes, room * 2);
        if (!more) {
            error_set(err, ERR_MEMORY, "out of memory");
            break;
        }
        bytes = more;
        room *= 2;
    }
    free(bytes);
    return NULL;
}

/* Non-blocking, so that a named pipe is refused instead of waited for. */
char *whole_file_read(const char *path, size_t *size, struct error *err)
{
    if (strcmp(path, "-") == 0)
        return read_to_end(STDIN_FILENO, 0, "standard input", size, err);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        io_failed("cannot open", path, err);
        return NULL;
    }
    char *bytes = NULL;
    struct stat info;
    if (fstat(fd, &info) != 0)
        io_failed("cannot read", path, err);
    else if (S_ISDIR(info.st_mode))
        error_set(err, ERR_IO, "a folder, not a file: \"%.500s\"", path);
    else if (!S_ISREG(info.st_mode))
        error_set(err, ERR_IO, "not a regular file: \"%.500s\"", path);
    else if (info.st_size > (off_t)WHOLE_FILE_MOST)
        too_large(path, err);
    else
        bytes = read_to_end(fd, (size_t)info.st_size, path, size, err);
    close(fd);
    return bytes;
}

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t put = write(fd, bytes, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        size -= (size_t)put;
    }
    return true;
}

static bool write_stdout(const char *bytes, size_t size, struct error *err)
{
    errno = 0;
    if (fwrite(bytes, 1, size, stdout) != size || fflush(stdout) != 0)
        return io_failed("cannot write", "standard output", err);
    return true;
}

/* The mode a plain creat would have given, or that of the file replaced. */
static mode_t wanted_mode(const char *path)
{
    struct stat info;
    if (stat(path, &info) == 0)
        return info.st_mode & 0777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Makes the rename itself last; a file system that cannot is not an error. */
static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = !slash ? strdup(".") : slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    free(folder);
}

static void release(struct whole_file *file)
{
    free(file->temporary);
    free(file->target);
    *file = (struct whole_file){.target = NULL, .temporary = NULL, .fd = -1};
}

bool whole_file_open(struct whole_file *file, const char *path, struct error *err)
{
    *file = (struct whole_file){.target = NULL, .temporary = NULL, .fd = -1};
    if (strcmp(path, "-") == 0)
        return true;
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        return error_set(err, ERR_IO, "%s: \"%.500s\"",
                         S_ISDIR(info.st_mode) ? "a folder, not a file" : "not a regular file", path);
    file->target = realpath(path, NULL); /* through a link, the file it names is replaced */
    if (!file->target)
        file->target = strdup(path);
    size_t room = file->target ? strlen(file->target) + sizeof ".XXXXXX" : 0;
    file->temporary = file->target ? malloc(room) : NULL;
    if (!file->temporary) {
        release(file);
        return error_set(err, ERR_MEMORY, "out of memory");
    }
    snprintf(file->temporary, room, "%s.XXXXXX", file->target);
    file->fd = mkstemp(file->temporary);
    if (file->fd >= 0)
        return true;
    io_failed("cannot write", file->target, err);
    release(file);
    return false;
}

bool whole_file_add(struct whole_file *file, const char *bytes, size_t size, struct error *err)
{
    if (!file->target)
        return write_stdout(bytes, size, err);
    return write_all(file->fd, bytes, size) || io_failed("cannot write", file->target, err);
}

bool whole_file_commit(struct whole_file *file, struct error *err)
{
    if (!file->target)
        return write_stdout("", 0, err);
    bool good = fchmod(file->fd, wanted_mode(file->target)) == 0 && (file->unsynced || fsync(file->fd) == 0);
    int reason = errno;
    if (close(file->fd) != 0 && good) {
        reason = errno;
        good = false;
    }
    if (good && rename(file->temporary, file->target) != 0) {
        reason = errno;
        good = false;
    }
    if (good && !file->unsynced) {
        sync_folder(file->target);
    } else if (!good) {
        unlink(file->temporary);
        errno = reason;
        io_failed("cannot write", file->target, err);
    }
    release(file);
    return good;
}

void whole_file_abandon(struct whole_file *file)
{
    if (file->target) {
        close(file->fd);
        unlink(file->temporary);
    }
    release(file);
}

bool whole_file_write(const char *path, const char *bytes, size_t size, struct error *err)
{
    struct whole_file file;
    if (!whole_file_open(&file, path, err))
        return false;
    if (whole_file_add(&file, bytes, size, err))
        return whole_file_commit(&file, err);
    whole_file_abandon(&file);
    return false;
}
