/* The whole integer program of an instance. docs/model.md, "The program for other solvers". */
#ifndef SORTIE_PROGRAM_BUILD_H
#define SORTIE_PROGRAM_BUILD_H

#include "model/error.h"
#include "model/program.h"

/* Fills `p`, released by the caller; on failure nothing is left in it. Its optimum is that of the instance, in
 * hundredths. ERR_NO_ANSWER where it has more than `most_columns` columns, or a part of it is too large to enumerate,
 * or where no schedule keeps the commitments. */
bool program_build(const struct instance *inst, int64_t most_columns, struct program *p, struct error *err);

#endif
