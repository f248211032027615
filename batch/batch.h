/* Many instances, each solved by a process of its own; what is finished is never done again. */
#ifndef SORTIE_BATCH_BATCH_H
#define SORTIE_BATCH_BATCH_H

#include <stdbool.h>

#include "batch/child.h"
#include "batch/journal.h"
#include "batch/tell.h"
#include "io/schedule_json.h"
#include "model/error.h"

struct batch_options {
    const char *instances;      /* folder or list: batch/list.h */
    const char *out;            /* folder: batch/folder.h */
    struct plan_options solve;  /* of every instance */
    int threads;                /* of every process */
    struct child_limits limits; /* time_s is that of `solve` */
    int jobs;                   /* processes at once */
    struct journal_part part;
    bool resume;
    enum tell_kind tell;
};

/* How a batch ended, and the count of outcomes. */
struct batch_result {
    bool interrupted; /* by SIGINT or SIGTERM: what was running is lost, what was finished is not */
    struct tell tell;
};

/* Runs what is not finished yet. Of a whole batch, once every instance has an outcome, writes results.csv,
 * results.jsonl and answers.csv, which follow from the journals alone. SIGCHLD, SIGINT and SIGTERM are blocked
 * meanwhile. */
bool batch_run(const struct batch_options *options, struct batch_result *result, struct error *err);

#endif
