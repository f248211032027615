/* Certificate files (docs/certificate.md): what proves a bound, for a program that shares nothing with this one. */
#ifndef SORTIE_IO_CERTIFICATE_JSON_H
#define SORTIE_IO_CERTIFICATE_JSON_H

#include "model/certificate.h"
#include "model/error.h"

/* The whole file as text; the caller frees. NULL with `err` set when memory ran out. */
char *certificate_to_json(const struct instance *inst, const struct certificate *certificate, struct error *err);

#endif
