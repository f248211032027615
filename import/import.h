/* Tables of a spreadsheet into an instance (docs/import.md). */
#ifndef SORTIE_IMPORT_IMPORT_H
#define SORTIE_IMPORT_IMPORT_H

#include "model/error.h"

/* The instance made from an import file, or from import.json where `path` is a folder ("-": standard input); the caller
 * frees. It has been read by read_instance_text. On failure NULL with `err` set, and every fault found, at most 20, as
 * for read_instance in *faults, those of tables as `file: row 3 column "pax": what, got X`. Row 1 is the heading. */
char *import_instance(const char *path, char **faults, struct error *err);

/* Writes an import file and a table of each kind into `folder`, which is made where it does not exist. They can be
 * imported as they are. Nothing that exists is overwritten. */
bool import_templates(const char *folder, struct error *err);

#endif
