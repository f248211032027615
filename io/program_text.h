/* An integer program as other solvers read it, and the mapping file that says what its columns are. */
#ifndef SORTIE_IO_PROGRAM_TEXT_H
#define SORTIE_IO_PROGRAM_TEXT_H

#include "model/error.h"
#include "model/program.h"

/* The whole file, which the caller frees; NULL with `err` set when memory ran out. MPS is the free form; LP is that of
 * CPLEX. Both mean a minimum in hundredths of the currency. */
char *program_to_mps(const struct instance *inst, const struct program *p, struct error *err);
char *program_to_lp(const struct instance *inst, const struct program *p, struct error *err);

/* The mapping file as JSON: routes with their stops, columns in the program's order. docs/format.md. */
char *program_to_map(const struct instance *inst, const struct program *p, struct error *err);

/* Reads a mapping file: routes and columns come back in `p`, which is initialised here and left empty on failure; rows
 * do not. Refused where it was made from another instance. Faults as for read_instance. */
bool read_program_map(const char *path, const struct instance *inst, struct program *p, char **faults,
                      struct error *err);

#endif
