/* Where an export goes: standard output, a file that appears whole, or a folder whose files appear whole, and only once
 * all of them are written. Text is held back by some kilobytes, not more, however much is written. */
#ifndef SORTIE_EXPORT_SINK_H
#define SORTIE_EXPORT_SINK_H

#include <stdatomic.h>
#include <stdbool.h>

#include "io/show_text.h"
#include "io/whole_file.h"
#include "model/error.h"

/* Writers add to `text` and call sink_pass after every record. */
struct sink {
    struct text text;
    const char *path; /* "-": standard output */
    bool is_folder;
    bool made_folder; /* it was not there before */
    char *staging;    /* where the files of a folder are until all are written; NULL: no folder */
    bool is_open;     /* between begin and end */
    struct whole_file file;
    const atomic_int *interrupted; /* NULL: never; once non-zero, writing fails */
};

/* Whether `path` asks for a folder: it is one, or ends with '/'. */
bool sink_wants_folder(const char *path);

/* Makes the folder where it is missing. `path` must outlive the sink. */
bool sink_init(struct sink *sink, const char *path, const atomic_int *interrupted, struct error *err);

/* To be called once all is written: the files of a folder appear. */
bool sink_finish(struct sink *sink, struct error *err);

/* Abandons what was not finished: what was there before stays. */
void sink_release(struct sink *sink);

/* Begins a document. In a folder it becomes the file `name`, which holds no '/'; elsewhere `name` is not looked at and
 * there is one document in all. */
bool sink_begin(struct sink *sink, const char *name, struct error *err);

/* Writes `text` out once it is long. Fails where memory ran out while it was made, too. */
bool sink_pass(struct sink *sink, struct error *err);

/* Writes the rest; the file appears. */
bool sink_end(struct sink *sink, struct error *err);

#endif
