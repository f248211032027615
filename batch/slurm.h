/* A batch in parts, as a Slurm array: each task does one part, a last job what is missing and the tables. */
#ifndef SORTIE_BATCH_SLURM_H
#define SORTIE_BATCH_SLURM_H

#include <stdbool.h>

#include "batch/batch.h"

#define SLURM_ID_SIZE 64

/* Writes slurm-parts.sh and slurm-results.sh into options->out and submits both with sbatch; all paths in them are
 * absolute and must be the same on every node. Each task runs options->jobs processes. What else Slurm should know
 * (partition, account, time, memory) is for sbatch's own SBATCH_ variables. id: of the array and of the last job. Where
 * sbatch fails the scripts stay, and the error names them. */
bool slurm_submit(const struct batch_options *options, int n_parts, char array[SLURM_ID_SIZE], char last[SLURM_ID_SIZE],
                  struct error *err);

#endif
