#include "generate/sketch.h"

#include <inttypes.h>

#include "io/instant.h"
#include "io/json_text.h"

static const int64_t start_unix = 1777593600; /* 2026-05-01T00:00:00Z */

static void add_instant(struct text *to, int32_t minute)
{
    char text[INSTANT_SIZE];
    text_addf(to, "\"%s\"", instant_print(start_unix + (int64_t)minute * 60, text));
}

static void add_clock(struct text *to, int32_t minute)
{
    text_addf(to, "\"%02d:%02d\"", (int)(minute / 60), (int)(minute % 60));
}

static void add_head(const struct sketch *s, struct text *to)
{
    text_addf(to, "{\n  \"format\": \"sortie-instance\",\n  \"version\": 1,\n  \"name\": ");
    text_add_json(to, s->name);
    text_addf(to, ",\n  \"currency\": \"USD\",\n  \"start\": ");
    add_instant(to, 0);
    text_addf(to, ",\n  \"end\": ");
    add_instant(to, s->days * DAY_MIN);
}

static void add_field(const struct sketch *s, int32_t i, struct text *to)
{
    const struct sketch_field *f = &s->field[i];
    text_addf(to, "    {\"id\": \"%s%02d\", \"country\": \"%s\", \"lat\": ", f->country, (int)i, f->country);
    text_add_decimal(to, f->lat, 3);
    text_addf(to, ", \"lon\": ");
    text_add_decimal(to, f->lon, 3);
    text_addf(to, ", \"runway_ft\": %" PRId32 "%s", f->runway_ft, f->fuel ? "" : ", \"fuel\": false");
    if (f->mog != NONE)
        text_addf(to, ", \"mog\": %" PRId32, f->mog);
    if (f->open_from != NONE) {
        text_addf(to, ", \"open_daily\": [[");
        add_clock(to, f->open_from);
        text_addf(to, ", ");
        add_clock(to, f->open_until);
        text_addf(to, "]]");
    }
    text_addf(to, "}");
}

static void add_place(const struct sketch *s, int32_t field, struct text *to)
{
    text_addf(to, "\"%s%02d\"", s->field[field].country, (int)field);
}

static void add_frame(const struct sketch *s, int32_t i, struct text *to)
{
    const struct sketch_frame *f = &s->frame[i];
    text_addf(to, "    {\"id\": \"A%03d\", \"type\": \"%s\", \"at\": ", (int)i + 1, s->type[f->type]);
    add_place(s, f->at, to);
    text_addf(to, "%s}", f->anywhere ? ", \"end_at\": \"any\"" : "");
}

static void add_crew(const struct sketch *s, int32_t i, struct text *to)
{
    const struct sketch_crew *c = &s->crew[i];
    text_addf(to, "    {\"id\": \"C%03d\", \"types\": [\"%s\"], \"kind\": \"%s\", \"at\": ", (int)i + 1,
              s->type[c->type], c->augmented ? "augmented" : "basic");
    add_place(s, c->at, to);
    text_addf(to, "%s", c->anywhere ? ", \"end_at\": \"any\"" : "");
    if (c->last_duty_end < 0) {
        text_addf(to, ", \"last_duty_end\": ");
        add_instant(to, c->last_duty_end);
        text_addf(to, ", \"recent_flights\": [{\"block_in\": ");
        add_instant(to, c->last_duty_end);
        text_addf(to, ", \"block_min\": %" PRId32 "}]", c->flown_min);
    }
    text_addf(to, "}");
}

static void add_demand(const struct sketch *s, int32_t i, struct text *to)
{
    const struct sketch_demand *d = &s->demand[i];
    text_addf(to, "    {\"id\": \"D%03d\", \"origin\": ", (int)i + 1);
    add_place(s, d->origin, to);
    text_addf(to, ", \"destination\": ");
    add_place(s, d->destination, to);
    text_addf(to, ", \"pax\": %" PRId32 ", \"kg_per_pax\": %" PRId32 ",\n     \"pickup\": {\"from\": ", d->pax, d->kg);
    add_instant(to, d->pickup_from);
    text_addf(to, ", \"until\": ");
    add_instant(to, d->pickup_until);
    text_addf(to, "}");
    if (d->delivery_until != NONE) {
        text_addf(to, ", \"delivery\": {\"until\": ");
        add_instant(to, d->delivery_until);
        text_addf(to, "}");
    }
    if (d->together)
        text_addf(to, ", \"together\": true");
    else if (d->lot > 1)
        text_addf(to, ", \"smallest_lot\": %" PRId32, d->lot);
    if (d->aboard_min != NONE)
        text_addf(to, ", \"max_aboard_min\": %" PRId32, d->aboard_min);
    if (d->category)
        text_addf(to, ", \"category\": \"%s\"", d->category);
    if (d->escort_per != NONE)
        text_addf(to, ", \"escorts\": {\"per_pax\": %" PRId32 ", \"kg\": 100}", d->escort_per);
    if (d->onload_min != NONE)
        text_addf(to, ", \"onload_min\": %" PRId32 ", \"offload_min\": %" PRId32, d->onload_min, d->onload_min);
    text_addf(to, ", \"penalty\": %" PRId32 ", \"delay_cost_per_hour\": %" PRId32 "}", d->penalty, d->delay);
}

static void add_clearances(const struct sketch *s, const struct sketch_limit *limit, struct text *to)
{
    text_addf(to, ", \"clearances\": [");
    for (int32_t day = 0; day < s->days; day++) {
        text_addf(to, "%s{\"from\": ", day ? ", " : "");
        add_instant(to, day * DAY_MIN + limit->clear_from);
        text_addf(to, ", \"until\": ");
        add_instant(to, day * DAY_MIN + limit->clear_until);
        text_addf(to, "}");
    }
    text_addf(to, "]");
}

static void add_limit(const struct sketch *s, int32_t i, struct text *to)
{
    const struct sketch_limit *limit = &s->limit[i];
    const char *before = "";
    text_addf(to, "    {\"id\": \"%s\", \"airfields\": [", limit->country);
    for (int32_t f = 0; f < s->n_fields; f++) {
        if (s->field[f].country[0] != limit->country[0] || s->field[f].country[1] != limit->country[1])
            continue;
        text_addf(to, "%s", before);
        add_place(s, f, to);
        before = ", ";
    }
    text_addf(to, "], \"per_day\": {\"arrivals\": %" PRId32 ", \"pax\": %" PRId32 "}", limit->arrivals, limit->pax);
    if (limit->clear_from != NONE)
        add_clearances(s, limit, to);
    text_addf(to, "}");
}

static void add_list(const struct sketch *s, const char *key, int32_t n,
                     void (*add)(const struct sketch *, int32_t, struct text *), struct text *to)
{
    text_addf(to, ",\n  \"%s\": [\n", key);
    for (int32_t i = 0; i < n; i++) {
        add(s, i, to);
        text_addf(to, i + 1 < n ? ",\n" : "\n");
    }
    text_addf(to, "  ]");
}

void sketch_write(const struct sketch *s, struct text *to)
{
    add_head(s, to);
    add_list(s, "airfields", s->n_fields, add_field, to);
    text_addf(to, ",\n  \"aircraft_types\": [");
    for (int32_t t = 0; t < s->n_types; t++)
        text_addf(to, "%s\"%s\"", t ? ", " : "", s->type[t]);
    text_addf(to, "]");
    add_list(s, "airframes", s->n_frames, add_frame, to);
    add_list(s, "crews", s->n_crews, add_crew, to);
    add_list(s, "demands", s->n_demands, add_demand, to);
    if (s->n_limits > 0)
        add_list(s, "limits", s->n_limits, add_limit, to);
    text_addf(to,
              ",\n  \"rules\": {\"step_min\": %" PRId32 ", \"show_min\": %" PRId32
              ", \"post_flight_min\": 45, \"rest_min\": %" PRId32,
              s->step_min, s->show_min, s->rest_min);
    if (s->rolling_days != NONE)
        text_addf(to, ", \"rolling\": [{\"days\": %" PRId32 ", \"max_min\": %" PRId32 "}]", s->rolling_days,
                  s->rolling_min);
    if (s->apart[0])
        text_addf(to, ", \"apart\": [[\"%s\", \"%s\"]]", s->apart[0], s->apart[1]);
    text_addf(to, "}\n}\n");
}
