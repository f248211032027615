#include "io/certificate_json.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/json_text.h"

/* A double is a whole number over a power of two: "-5/2^3". Exact. */
static void put_exact(struct text *to, double x)
{
    int exponent;
    double part = frexp(x, &exponent);
    int64_t whole = (int64_t)ldexp(part, 53);
    for (exponent -= 53; whole != 0 && whole % 2 == 0; exponent++)
        whole /= 2;
    if (whole == 0)
        text_addf(to, "\"0\"");
    else if (exponent >= 0 && exponent < 10)
        text_addf(to, "\"%" PRId64 "\"", whole * ((int64_t)1 << exponent));
    else
        text_addf(to, "\"%" PRId64 "%s%d\"", whole, exponent < 0 ? "/2^" : "*2^", abs(exponent));
}

static void put_row(struct text *to, const struct instance *inst, const struct certificate_row *row)
{
    text_addf(to, "    {\"name\": \"%s\", \"kind\": \"%s\", \"a\": %" PRId32 ", \"b\": %" PRId32 ", \"at\": %" PRId64,
              row->name, row->kind, row->a, row->b, row->at);
    text_addf(to, ", \"span\": %" PRId64 ", \"rhs\": ", row->span);
    put_exact(to, row->rhs);
    text_addf(to, ", \"dual\": ");
    put_exact(to, row->dual);
    if (row->demand) {
        text_addf(to, ", \"size\": %" PRId32 ", \"demands\": [", row->size);
        for (size_t i = 0; i < row->n_demands; i++) {
            text_addf(to, i ? ", " : "");
            text_add_json(to, inst->demand[row->demand[i]].id);
        }
        text_addf(to, "]");
    }
    if (row->inside) {
        text_addf(to, ", \"inside\": [");
        for (size_t i = 0; i < row->n_inside; i++) {
            text_addf(to, i ? ", " : "");
            text_add_json(to, inst->airfield[row->inside[i]].id);
        }
        text_addf(to, "]");
    }
    text_addf(to, "}");
}

static void put_groups(struct text *to, const char *key, const int32_t *group, size_t n)
{
    text_addf(to, ",\n  \"%s\": [", key);
    for (size_t i = 0; i < n; i++)
        text_addf(to, "%s%" PRId32, i ? ", " : "", group[i]);
    text_addf(to, "]");
}

char *certificate_to_json(const struct instance *inst, const struct certificate *c, struct error *err)
{
    struct text text;
    text_init(&text);
    text_addf(&text,
              "{\n  \"format\": \"sortie-certificate\",\n  \"version\": 1,\n  \"instance\": {\"sha256\": \"%s\"},\n",
              inst->sha256);
    text_addf(&text, "  \"bound\": %" PRId64, c->bound);
    put_groups(&text, "airframe_groups", c->airframe_group, inst->n_airframes);
    put_groups(&text, "crew_groups", c->crew_group, inst->n_crews);
    text_addf(&text, ",\n  \"rows\": [\n");
    for (size_t i = 0; i < c->n_rows; i++) {
        put_row(&text, inst, &c->row[i]);
        text_addf(&text, i + 1 < c->n_rows ? ",\n" : "\n");
    }
    text_addf(&text, "  ]\n}\n");
    return text_take(&text, err);
}
