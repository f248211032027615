/* Files read and written whole. */
#ifndef SORTIE_IO_WHOLE_FILE_H
#define SORTIE_IO_WHOLE_FILE_H

#include "model/error.h"

#include <stdbool.h>
#include <stddef.h>

#define WHOLE_FILE_MOST ((size_t)256 << 20) /* bytes; larger input is refused */

/* Reads a regular file, or standard input for "-", into memory (NUL added after *size bytes; the caller frees). NULL
 * with `err` set for a folder, a device, a file larger than WHOLE_FILE_MOST, or a failed read. */
char *whole_file_read(const char *path, size_t *size, struct error *err);

/* Writes `size` bytes so that `path` afterwards holds all of them or is as it was: a temporary in the same folder,
 * flushed, synced, renamed. "-" is standard output (flushed, checked). */
bool whole_file_write(const char *path, const char *bytes, size_t size, struct error *err);

/* The same in pieces. Between open and commit or abandon, `path` is as it was. */
struct whole_file {
    char *target;    /* NULL: standard output */
    char *temporary; /* NULL as well */
    int fd;
    bool unsynced; /* set after open: commit leaves it to the caller to sync the file system */
};

/* After a failure nothing is left to abandon. */
bool whole_file_open(struct whole_file *file, const char *path, struct error *err);
bool whole_file_add(struct whole_file *file, const char *bytes, size_t size, struct error *err);

/* Either ends the file; commit says whether `path` now holds all that was added. */
bool whole_file_commit(struct whole_file *file, struct error *err);
void whole_file_abandon(struct whole_file *file);

#endif
