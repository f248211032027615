/* The folder a batch writes to.
 *
 *   schedules/NAME.schedule.json   one for each instance that has an answer
 *   journal*.jsonl                 what is finished: batch/journal.h
 *   running-*                      files being written, of one process; nothing in it counts, all of it may go
 */
#ifndef SORTIE_BATCH_FOLDER_H
#define SORTIE_BATCH_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "model/error.h"

struct batch_folder {
    const char *out;
    char *running; /* owned */
};

/* Makes `out` where it is missing. */
bool folder_make(const char *out, struct error *err);

/* Makes a folder of running files. What killed processes left goes: of this part, or with part "" of all. To be called
 * with the journal locked. */
bool folder_open(struct batch_folder *folder, const char *out, const char *part, struct error *err);

/* Removes the running files. */
void folder_close(struct batch_folder *folder);

/* Path of a running file, owned by the caller; NULL with `err` set when memory ran out. */
char *folder_running(const struct batch_folder *folder, const char *name, struct error *err);

/* Where the schedule of an instance belongs; as above. */
char *folder_schedule(const char *out, const char *instance, struct error *err);

/* Moves a running file to its place and makes the folders above it. */
bool folder_move(const char *running, const char *to, struct error *err);

#endif
