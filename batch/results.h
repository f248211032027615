/* The tables at the end of a batch: results.csv and results.jsonl with everything, answers.csv without what is
 * measured. */
#ifndef SORTIE_BATCH_RESULTS_H
#define SORTIE_BATCH_RESULTS_H

#include <stddef.h>

#include "batch/folder.h"
#include "model/outcome.h"

/* Each file whole or not at all; rows in the order of `outcome`. */
bool results_write(const struct batch_folder *folder, const struct outcome *outcome, size_t n, struct error *err);

#endif
