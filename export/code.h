/* Codes that other systems give to airfields and types. */
#ifndef SORTIE_EXPORT_CODE_H
#define SORTIE_EXPORT_CODE_H

#include <stdbool.h>
#include <stddef.h>

#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS   "0123456789"

/* Whether `text` is `least` to `most` of these letters. */
bool is_code(const char *text, size_t least, size_t most, const char *letters);

/* Whether an airfield's id has the form of an ICAO code: four capitals. */
bool is_icao(const char *id);

#endif
