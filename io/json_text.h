/* Values as JSON text, added to a growing text. */
#ifndef SORTIE_IO_JSON_TEXT_H
#define SORTIE_IO_JSON_TEXT_H

#include <stdint.h>

#include "io/show_text.h"
#include "model/measure.h"

/* Quoted and escaped; `string` is UTF-8, as everything is that was read. */
void text_add_json(struct text *to, const char *string);

/* 15 digits, whatever the locale. */
void text_add_real(struct text *to, double x);

/* The same, without a decimal point where x is whole. */
void text_add_number(struct text *to, double x);

/* amount / 10^digits, without zeros at the end. */
void text_add_decimal(struct text *to, int64_t amount, int digits);

/* Degrees of latitude or longitude, six decimals at most: a tenth of a metre. */
void text_add_degrees(struct text *to, double degrees);

/* The minutes of a duration, six decimals at most. */
void text_add_minutes(struct text *to, sec_t duration);

#endif
