/* Reads an instance file (docs/format.md). Rejects, never repairs. */
#ifndef SORTIE_IO_READ_INSTANCE_H
#define SORTIE_IO_READ_INSTANCE_H

#include "model/error.h"
#include "model/instance.h"

/* Reads `path` ("-": standard input) into `inst`, which is initialised here and left empty on failure. On failure
 * `err->code` is ERR_INPUT (or ERR_IO, ERR_MEMORY) and every fault found, at most 20, stands as one line
 * `file: /pointer: what, got X` in *faults (NUL-terminated, newline after each; the caller frees; NULL on success or
 * where memory ran out). `err->text` holds the first fault. */
bool read_instance(const char *path, struct instance *inst, char **faults, struct error *err);

/* The same from `size` bytes in memory; `name` stands in the messages. */
bool read_instance_text(const char *name, const char *bytes, size_t size, struct instance *inst, char **faults,
                        struct error *err);

#endif
