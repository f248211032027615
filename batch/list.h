/* The instances of a batch and what they are called. */
#ifndef SORTIE_BATCH_LIST_H
#define SORTIE_BATCH_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "model/error.h"

/* name: the path without ".json" and without the folders that all instances lie in, so that it is the same wherever
 * they are kept; unique in the batch, no ".." in it. Both owned. */
struct batch_item {
    char *path; /* to open */
    char *name;
};

struct batch_list {
    struct batch_item *item; /* [n] of a folder: by file name; of a list: as written */
    size_t n;
    size_t *by_name; /* [n] indices into item, by name */
};

/* From a folder: its files named *.json. From a file, or "-", standard input: a path a line, taken from the folder of
 * the file (of "-": the working folder); blank lines do not count. ERR_INPUT where an instance is there twice, where
 * a name is not UTF-8 or could act on a terminal, and where there is none. */
bool batch_list_read(const char *path, struct batch_list *list, struct error *err);
void batch_list_release(struct batch_list *list);

/* Index of the item; list->n where there is none. */
size_t batch_list_find(const struct batch_list *list, const char *name);

#endif
