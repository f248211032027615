#include "io/json_text.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Takes `value` over; NULL: memory ran out. */
static void add_value(struct text *to, json_t *value)
{
    char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15)) : NULL;
    json_decref(value);
    if (text)
        text_add(to, text, strlen(text));
    else
        to->failed = true;
    free(text);
}

void text_add_json(struct text *to, const char *string)
{
    add_value(to, json_string(string));
}

void text_add_real(struct text *to, double x)
{
    add_value(to, json_real(x));
}

void text_add_number(struct text *to, double x)
{
    if (x == floor(x) && fabs(x) < 1e15)
        text_addf(to, "%.0f", x);
    else
        text_add_real(to, x);
}

void text_add_decimal(struct text *to, int64_t amount, int digits)
{
    int64_t unit = 1;
    for (int i = 0; i < digits; i++)
        unit *= 10;
    text_addf(to, "%s%" PRId64, amount < 0 ? "-" : "", amount < 0 ? -(amount / unit) : amount / unit);
    int64_t part = amount % unit < 0 ? -(amount % unit) : amount % unit;
    if (part == 0)
        return;
    while (part % 10 == 0)
        part /= 10, digits--;
    text_addf(to, ".%0*" PRId64, digits, part);
}

void text_add_degrees(struct text *to, double degrees)
{
    text_add_decimal(to, (int64_t)llround(degrees * 1e6), 6);
}

void text_add_minutes(struct text *to, sec_t duration)
{
    text_add_decimal(to, (int64_t)llround((double)duration * 1e6 / 60.0), 6);
}
