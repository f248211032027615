#include "export/member.h"

#include <inttypes.h>

#include "io/instant.h"
#include "io/json_text.h"

void member_text(struct text *to, const char *name, const char *value)
{
    text_addf(to, ",\"%s\":", name);
    text_add_json(to, value);
}

void member_whole(struct text *to, const char *name, int64_t value)
{
    text_addf(to, ",\"%s\":%" PRId64, name, value);
}

void member_flag(struct text *to, const char *name, bool value)
{
    text_addf(to, ",\"%s\":%s", name, value ? "true" : "false");
}

void member_decimal(struct text *to, const char *name, int64_t amount, int digits)
{
    text_addf(to, ",\"%s\":", name);
    text_add_decimal(to, amount, digits);
}

void member_instant(struct text *to, const char *name, const struct instance *inst, sec_t t)
{
    char at[INSTANT_SIZE];
    text_addf(to, ",\"%s\":\"%s\"", name, instant_print(inst->start_unix + t, at));
}
