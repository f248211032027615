/* Files read and written whole. */
#ifndef SORTIE_IO_WHOLE_FILE_H
#define SORTIE_IO_WHOLE_FILE_H

#include "model/error.h"

#include <stdbool.h>
#include <stddef.h>

#define WHOLE_FILE_MOST ((size_t)256 << 20) /* bytes; larger input is refused */

/* Reads a regular file, or standard input for "-", into memory (NUL added after *size bytes; the caller frees). NULL with `err` set for
 * a folder, a device, a file larger than WHOLE_FILE_MOST, or a failed read. */
char *whole_file_read(const char *path, size_t *size, struct error *err);

/* Writes `size` bytes so that `path` afterwards holds all of them or is as it was: a temporary in the same folder, flushed, synced,
 * renamed. "-" is standard output (flushed, checked). */
bool whole_file_write(const char *path, const char *bytes, size_t size, struct error *err);

#endif
