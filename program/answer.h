/* From the columns' values that another solver found to a schedule. */
#ifndef SORTIE_PROGRAM_ANSWER_H
#define SORTIE_PROGRAM_ANSWER_H

#include "model/error.h"
#include "model/program.h"

/* value [n_columns]. Fills `schedule`, which the caller releases, and leaves judging it to the checker. ERR_INPUT where
 * the values are not whole, or no airframes or crews can be found for what is flown. */
bool program_answer(const struct instance *inst, const struct program *p, const double *value,
                    struct schedule *schedule, struct error *err);

#endif
