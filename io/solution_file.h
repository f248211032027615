/* Solutions of an exported program as other solvers write them: glpsol (-o and -w), cbc and HiGHS. */
#ifndef SORTIE_IO_SOLUTION_FILE_H
#define SORTIE_IO_SOLUTION_FILE_H

#include "model/error.h"
#include "model/program.h"

/* Values of the program's columns, in their order; 0 where the file leaves one out. The caller frees. NULL with `err`
 * set, ERR_INPUT where the file is of no such form or names what the program does not have, ERR_NO_ANSWER where it says
 * that there is no solution. */
double *read_solution(const char *path, const struct program *p, struct error *err);

#endif
