/* Members of a JSON object: each begins with its comma, so that one without goes before them. */
#ifndef SORTIE_EXPORT_MEMBER_H
#define SORTIE_EXPORT_MEMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "io/show_text.h"
#include "model/instance.h"

void member_text(struct text *to, const char *name, const char *value);
void member_whole(struct text *to, const char *name, int64_t value);
void member_flag(struct text *to, const char *name, bool value);

/* amount / 10^digits */
void member_decimal(struct text *to, const char *name, int64_t amount, int digits);

/* "2026-03-01T07:00:00Z" */
void member_instant(struct text *to, const char *name, const struct instance *inst, sec_t t);

#endif
