/* The schedule file, written by hand so that keys keep their order and a list of stops reads like a table. */
#include "io/schedule_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/instant.h"
#include "io/json_text.h"
#include "io/load_plan_json.h"
#include "io/show_text.h"

struct writer {
    const struct instance *inst;
    struct text *to;
};

static void put(struct writer *w, const char *text)
{
    text_add(w->to, text, strlen(text));
}

static void put_string(struct writer *w, const char *string)
{
    text_add_json(w->to, string);
}

static void put_decimal(struct writer *w, int64_t amount, int digits)
{
    text_add_decimal(w->to, amount, digits);
}

static void put_money(struct writer *w, cent_t amount)
{
    put_decimal(w, amount, 2);
}

static void put_instant(struct writer *w, sec_t t)
{
    char text[INSTANT_SIZE];
    if (t == SEC_NONE)
        put(w, "null");
    else
        text_addf(w->to, "\"%s\"", instant_print(w->inst->start_unix + t, text));
}

static void put_stops(struct writer *w, const struct mission *m)
{
    put(w, "      \"stops\": [\n");
    for (size_t s = 0; s < m->n_stops; s++) {
        const struct stop *stop = &m->stop[s];
        put(w, "        {\"airfield\": ");
        put_string(w, w->inst->airfield[stop->airfield].id);
        put(w, ", \"arrival\": ");
        put_instant(w, stop->arrival);
        put(w, ", \"handling_start\": ");
        put_instant(w, stop->handling_start);
        put(w, ", \"handling_end\": ");
        put_instant(w, stop->handling_end);
        put(w, ", \"departure\": ");
        put_instant(w, stop->departure);
        put(w, s + 1 < m->n_stops ? "},\n" : "}\n");
    }
    put(w, "      ],\n");
}

/* aboard[demand]: passengers on sortie s; payload as rule R5 counts it. */
static gram_t count_aboard(const struct instance *inst, const struct mission *m, size_t s, int64_t *aboard)
{
    gram_t payload = 0;
    memset(aboard, 0, inst->n_demands * sizeof *aboard);
    for (size_t r = 0; r < m->n_rides; r++)
        if ((size_t)m->ride[r].from_stop <= s && s < (size_t)m->ride[r].to_stop)
            aboard[m->ride[r].demand] += m->ride[r].pax;
    for (size_t d = 0; d < inst->n_demands; d++)
        payload += demand_mass(&inst->demand[d], aboard[d]);
    return payload;
}

static void put_sortie(struct writer *w, const struct mission *m, size_t s, int64_t *aboard)
{
    const struct instance *inst = w->inst;
    const struct stop *from = &m->stop[s], *to = &m->stop[s + 1];
    gram_t payload = count_aboard(inst, m, s, aboard);
    int64_t pax = 0, escorts = 0;
    for (size_t d = 0; d < inst->n_demands; d++) {
        pax += aboard[d];
        escorts += demand_escorts(&inst->demand[d], aboard[d]);
    }
    put(w, "        {\"from\": ");
    put_string(w, inst->airfield[from->airfield].id);
    put(w, ", \"to\": ");
    put_string(w, inst->airfield[to->airfield].id);
    put(w, ", \"take_off\": ");
    put_instant(w, from->departure);
    put(w, ", \"block_in\": ");
    put_instant(w, to->arrival);
    put(w, ", \"block_min\": ");
    text_add_minutes(w->to, to->arrival - from->departure);
    text_addf(w->to, ", \"passengers\": %" PRId64 ", \"escorts\": %" PRId64 ", \"payload_kg\": ", pax, escorts);
    put_decimal(w, payload, 3);
    put(w, ", \"aboard\": [");
    bool first = true;
    for (size_t d = 0; d < inst->n_demands; d++) {
        if (!aboard[d])
            continue;
        put(w, first ? "{\"demand\": " : ", {\"demand\": ");
        put_string(w, inst->demand[d].id);
        text_addf(w->to, ", \"pax\": %" PRId64 ", \"escorts\": %" PRId64 "}", aboard[d],
                  demand_escorts(&inst->demand[d], aboard[d]));
        first = false;
    }
    put(w, s + 2 < m->n_stops ? "]},\n" : "]}\n");
}

static void put_rides(struct writer *w, const struct mission *m)
{
    struct ride *ride = malloc((m->n_rides + 1) * sizeof *ride);
    if (!ride) {
        w->to->failed = true;
        return;
    }
    if (m->n_rides)
        memcpy(ride, m->ride, m->n_rides * sizeof *ride);
    qsort(ride, m->n_rides, sizeof *ride, ride_order);
    put(w, m->n_rides ? "      \"rides\": [\n" : "      \"rides\": []");
    for (size_t r = 0; r < m->n_rides; r++) {
        const struct demand *demand = &w->inst->demand[ride[r].demand];
        put(w, "        {\"demand\": ");
        put_string(w, demand->id);
        text_addf(w->to,
                  ", \"pax\": %" PRId32 ", \"load_stop\": %" PRId32 ", \"unload_stop\": %" PRId32
                  ", \"escorts\": %" PRId64 "}%s\n",
                  ride[r].pax, ride[r].from_stop, ride[r].to_stop, demand_escorts(demand, ride[r].pax),
                  r + 1 < m->n_rides ? "," : "");
    }
    if (m->n_rides)
        put(w, "      ]");
    free(ride);
}

static void put_mission(struct writer *w, const struct mission *m, size_t number, int64_t *aboard)
{
    const struct airframe *airframe = &w->inst->airframe[m->airframe];
    text_addf(w->to, "    {\n      \"id\": \"M%03zu\",\n      \"airframe\": ", number);
    put_string(w, airframe->id);
    put(w, ",\n      \"crew\": ");
    put_string(w, w->inst->crew[m->crew].id);
    put(w, ",\n      \"configuration\": ");
    put_string(w, w->inst->type[airframe->type].configuration[m->configuration].id);
    text_addf(w->to, ",\n      \"committed\": %s,\n", m->committed ? "true" : "false");
    put_stops(w, m);
    put(w, "      \"sorties\": [\n");
    for (size_t s = 0; s + 1 < m->n_stops; s++)
        put_sortie(w, m, s, aboard);
    put(w, "      ],\n");
    put_rides(w, m);
    if (m->load_plan) {
        put(w, ",\n      \"load_plan\": ");
        load_plan_write(w->inst, m, 6, w->to);
    }
    put(w, "\n    }");
}

static int by_departure(const void *a, const void *b)
{
    const struct mission *x = *(const struct mission *const *)a, *y = *(const struct mission *const *)b;
    int order = mission_compare(x, y);
    return order != 0 ? order : (x > y) - (x < y);
}

static void put_missions(struct writer *w, const struct schedule *schedule)
{
    const struct mission **order = malloc((schedule->n_missions + 1) * sizeof *order);
    int64_t *aboard = malloc((w->inst->n_demands + 1) * sizeof *aboard);
    if (order && aboard) {
        for (size_t i = 0; i < schedule->n_missions; i++)
            order[i] = &schedule->mission[i];
        qsort(order, schedule->n_missions, sizeof(const struct mission *), by_departure);
        put(w, schedule->n_missions ? "  \"missions\": [\n" : "  \"missions\": [],\n");
        for (size_t i = 0; i < schedule->n_missions; i++) {
            put_mission(w, order[i], i + 1, aboard);
            put(w, i + 1 < schedule->n_missions ? ",\n" : "\n  ],\n");
        }
    } else {
        w->to->failed = true;
    }
    free(order);
    free(aboard);
}

static void put_not_moved(struct writer *w, const struct schedule *schedule, bool known)
{
    const struct instance *inst = w->inst;
    int64_t *left = calloc(inst->n_demands + 1, sizeof *left);
    if (!left) {
        w->to->failed = true;
        return;
    }
    for (size_t d = 0; d < inst->n_demands; d++)
        left[d] = known ? inst->demand[d].pax : 0;
    for (size_t i = 0; i < schedule->n_missions; i++)
        for (size_t r = 0; r < schedule->mission[i].n_rides; r++)
            left[schedule->mission[i].ride[r].demand] -= schedule->mission[i].ride[r].pax;
    const char *before = "\n";
    put(w, "  \"not_moved\": [");
    for (size_t d = 0; d < inst->n_demands; d++) {
        if (left[d] <= 0)
            continue;
        put(w, before);
        before = ",\n";
        put(w, "    {\"demand\": ");
        put_string(w, inst->demand[d].id);
        text_addf(w->to, ", \"pax\": %" PRId64 ", \"cost\": ", left[d]);
        put_money(w, left[d] * inst->demand[d].penalty);
        put(w, "}");
    }
    put(w, *before == ',' ? "\n  ]\n" : "]\n");
    free(left);
}

static void put_cost(struct writer *w, const struct plan *plan)
{
    const struct {
        const char *name;
        cent_t amount;
    } term[] = {
        {"block", plan->cost.block},         {"fees", plan->cost.fees},   {"missions", plan->cost.missions},
        {"not_moved", plan->cost.not_moved}, {"delay", plan->cost.delay}, {"total", plan->cost.total},
    };
    put(w, "  \"cost\": {");
    for (size_t i = 0; i < sizeof term / sizeof term[0]; i++) {
        text_addf(w->to, "%s\"%s\": ", i ? ", " : "", term[i].name);
        put_money(w, term[i].amount);
    }
    put(w, "},\n  \"bound\": ");
    put_money(w, plan->bound);
    text_addf(w->to, ",\n  \"gap\": ");
    put_decimal(w, plan_gap_millionths(plan->cost.total, plan->bound), 6);
    put(w, ",\n");
}

static void put_head(struct writer *w, const struct plan *plan, const struct plan_options *options)
{
    put(w, "{\n  \"format\": \"sortie-schedule\",\n  \"version\": 1,\n  \"program\": \"sortie " SORTIE_VERSION "\",\n");
    put(w, "  \"instance\": {\"name\": ");
    put_string(w, w->inst->name);
    text_addf(w->to, ", \"sha256\": \"%s\"},\n  \"options\": {\"time_limit_s\": ", w->inst->sha256);
    if (options->time_limit_s > 0)
        text_add_number(w->to, options->time_limit_s);
    else
        put(w, "null");
    if (options->deterministic_limit > 0) {
        put(w, ", \"deterministic_limit\": ");
        text_add_number(w->to, options->deterministic_limit);
    }
    put(w, ", \"gap\": ");
    text_add_number(w->to, options->gap);
    text_addf(w->to, ", \"seed\": %" PRIu64 "},\n", options->seed);
    text_addf(w->to, "  \"status\": \"%s\",\n  \"currency\": ", plan_status_text(plan->status));
    put_string(w, w->inst->currency);
    put(w, ",\n");
}

char *schedule_to_json(const struct instance *inst, const struct plan *plan, const struct plan_options *options,
                       struct error *err)
{
    struct text text;
    struct writer w = {.inst = inst, .to = &text};
    bool known = plan->status == PLAN_OPTIMAL || plan->status == PLAN_FEASIBLE;
    const struct schedule none = {.mission = NULL, .n_missions = 0}, *schedule = known ? &plan->schedule : &none;
    text_init(&text);
    put_head(&w, plan, options);
    if (known)
        put_cost(&w, plan);
    else
        put(&w, "  \"cost\": null,\n  \"bound\": null,\n  \"gap\": null,\n");
    put(&w, "  \"rules_not_judged\": [],\n");
    put_missions(&w, schedule);
    put_not_moved(&w, schedule, known);
    put(&w, "}\n");
    return text_take(&text, err);
}
