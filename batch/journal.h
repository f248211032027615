/* What a batch has finished, line by line as it ends, synced before it counts. A kill at any instant leaves whole lines
 * and at most one torn one at the end, which is cut off when the batch goes on.
 *
 * A line {"run":{...}} says by which program and options the lines after it were made; every other line is an outcome.
 * A part of a batch (--shard) has a journal of its own: journal.I-of-N.jsonl. Locks: who runs the whole batch holds
 * journal.jsonl alone, who runs a part shares it and holds its own alone. */
#ifndef SORTIE_BATCH_JOURNAL_H
#define SORTIE_BATCH_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "batch/list.h"
#include "io/show_text.h"
#include "model/error.h"
#include "model/outcome.h"

struct journal {
    int whole;  /* journal.jsonl, for its lock */
    int own;    /* what is appended to; == whole for the whole batch */
    char *path; /* of own */
};

/* Every n-th instance, from the shard-th on, counted from 1; shard 0: the whole batch. */
struct journal_part {
    int shard, n_shards;
};

/* Opens and locks the journal in the folder `out`. Fills done[i] (initialised by the caller) with the outcome of item
 * i, the last said one, where it was made by a run whose line is `run`; with the whole batch from all journals, with a
 * part from its own and that of the whole. Begins with `run`, a line with its newline, where that is not what the
 * journal's last run is. ERR_INPUT where there is a journal and not `resume`, where another process holds it, where a
 * journal of other parts is there, or one is damaged before its end. */
bool journal_open(struct journal *journal, const char *out, struct journal_part part, bool resume, const char *run,
                  const struct batch_list *list, struct outcome *done, bool *is_done, struct error *err);
void journal_close(struct journal *journal);

/* Appends `lines`, whole lines, and syncs. */
bool journal_append(struct journal *journal, const struct text *lines, struct error *err);

#endif
