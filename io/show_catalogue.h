/* The catalogue as text for people, or as JSON. */
#ifndef SORTIE_IO_SHOW_CATALOGUE_H
#define SORTIE_IO_SHOW_CATALOGUE_H

#include <stdbool.h>

#include "model/error.h"

/* `which`: NULL for everything, "airfields", "types", or the id of one entry (in either case), which is shown with the
 * source of every figure. The caller frees; NULL with `err` set, ERR_USAGE where there is no such entry. */
char *show_catalogue(const char *which, bool json, struct error *err);

#endif
