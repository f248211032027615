/* The catalogue that ships inside the program: airfields and aircraft types, each figure with its source. */
#ifndef SORTIE_IO_CATALOGUE_H
#define SORTIE_IO_CATALOGUE_H

#include <stddef.h>

/* The bytes of catalogue/airfields.json and catalogue/types.json as embedded by the build. Entries have the same fields
 * as in an instance, plus "source": an object from field name to text (or one text for the whole entry). */
extern const char catalogue_airfields[];
extern const size_t catalogue_airfields_size;
extern const char catalogue_types[];
extern const size_t catalogue_types_size;

#endif
