#include "export/report_json.h"

#include <inttypes.h>
#include <string.h>

#include "export/escape.h"
#include "io/json_text.h"
#include "io/show_time.h"

void put(struct reporter *r, const char *text)
{
    text_add(r->text, text, strlen(text));
}

void put_next(struct reporter *r, const char *key)
{
    put(r, r->follows ? "," : "");
    r->follows = true;
    if (key != NULL)
        text_addf(r->text, "\"%s\":", key);
}

void put_begin(struct reporter *r, const char *key, const char *bracket)
{
    put_next(r, key);
    put(r, bracket);
    r->follows = false;
}

bool put_end(struct reporter *r, const char *bracket)
{
    text_addf(r->text, "%s\n", bracket);
    r->follows = true;
    return sink_pass(r->to, r->err);
}

void put_string(struct reporter *r, const char *key, const char *string)
{
    put_next(r, key);
    escape_script(r->text, string);
}

void put_whole(struct reporter *r, const char *key, int64_t value)
{
    put_next(r, key);
    text_addf(r->text, "%" PRId64, value);
}

void put_instant(struct reporter *r, const char *key, sec_t t)
{
    if (t != SEC_NONE) {
        put_whole(r, key, t);
        return;
    }
    put_next(r, key);
    put(r, "null");
}

void put_interval(struct reporter *r, const char *key, struct interval interval)
{
    put_next(r, key);
    text_addf(r->text, "[%" PRId64 ",%" PRId64 "]", interval.from, interval.until);
}

void put_money(struct reporter *r, const char *key, cent_t amount)
{
    char money[SHOW_TIME_SIZE];
    put_next(r, key);
    text_addf(r->text, "[\"%s\",%" PRId64 "]", show_money(amount, money), amount);
}

void put_real(struct reporter *r, const char *key, double value)
{
    put_next(r, key);
    text_add_real(r->text, value);
}

void put_kilograms(struct reporter *r, const char *key, gram_t mass)
{
    put_next(r, key);
    text_add_decimal(r->text, mass, 3);
}
