#include "io/load_plan_json.h"

#include <inttypes.h>
#include <stdlib.h>

#include "io/json_text.h"
#include "model/load_plan.h"

/* --- writing --- */

static void put_lot(const struct instance *inst, int32_t demand, int32_t from, int32_t to, struct text *text)
{
    text_addf(text, "{\"demand\": ");
    text_add_json(text, inst->demand[demand].id);
    text_addf(text, ", \"load_stop\": %" PRId32 ", \"unload_stop\": %" PRId32, from, to);
}

static void put_seatings(const struct instance *inst, const struct mission *m, int indent, struct text *to)
{
    const struct load_plan *plan = m->load_plan;
    text_addf(to, "%*s\"seatings\": [", indent, "");
    for (size_t k = 0; k < plan->n_seatings; k++) {
        const struct seating *s = &plan->seating[k];
        text_addf(to, "%s\n%*s", k ? "," : "", indent + 2, "");
        put_lot(inst, s->demand, s->from_stop, s->to_stop, to);
        text_addf(to, ", \"zone\": ");
        text_add_json(to, mission_cabin(inst, m)->zone[s->zone].id);
        text_addf(to, ", \"pax\": %" PRId32 ", \"escorts\": %" PRId32 "}", s->pax, s->escorts);
    }
    if (plan->n_seatings)
        text_addf(to, "\n%*s", indent, "");
    text_addf(to, "],\n");
}

static void put_stowages(const struct instance *inst, const struct mission *m, int indent, struct text *to)
{
    const struct load_plan *plan = m->load_plan;
    text_addf(to, "%*s\"stowages\": [", indent, "");
    for (size_t k = 0; k < plan->n_stowages; k++) {
        const struct stowage *s = &plan->stowage[k];
        text_addf(to, "%s\n%*s", k ? "," : "", indent + 2, "");
        put_lot(inst, s->demand, s->from_stop, s->to_stop, to);
        text_addf(to, ", \"position\": ");
        text_add_json(to, mission_cabin(inst, m)->position[s->position].id);
        text_addf(to, ", \"kg\": ");
        text_add_decimal(to, s->mass, 3);
        text_addf(to, "}");
    }
    if (plan->n_stowages)
        text_addf(to, "\n%*s", indent, "");
    text_addf(to, "],\n");
}

static void put_figures(const char *key, const struct load_goals *g, int indent, struct text *to)
{
    text_addf(to, "%*s\"%s\": {\"zones\": %" PRId64 ", \"deviation\": %" PRId64 ", \"order\": %" PRId64 "},\n", indent,
              "", key, g->zones, g->deviation, g->order);
}

static void put_goals(const struct load_plan *plan, int indent, struct text *to)
{
    const struct load_goals *g = &plan->goals;
    if (g->zones >= 0 && g->deviation >= 0 && g->order >= 0)
        put_figures("goals", g, indent, to);
    if (!plan->proven && plan->bound.zones > 0)
        put_figures("bound", &plan->bound, indent, to);
    text_addf(to, "%*s\"proven\": %s,\n", indent, "", plan->proven ? "true" : "false");
}

void load_plan_write(const struct instance *inst, const struct mission *m, int indent, struct text *to)
{
    text_addf(to, "{\n");
    put_seatings(inst, m, indent + 2, to);
    put_stowages(inst, m, indent + 2, to);
    put_goals(m->load_plan, indent + 2, to);
    text_addf(to, "%*s\"sorties\": [", indent + 2, "");
    for (size_t s = 0; s + 1 < m->n_stops; s++) {
        struct sortie_load load = sortie_load_count(inst, m, s, NULL, NULL);
        text_addf(to, "%s{\"zero_fuel_kg\": ", s ? ", " : "");
        text_add_decimal(to, load.mass, 3);
        text_addf(to, ", \"cg\": %.3f}", load.cg);
    }
    text_addf(to, "]\n%*s}", indent, "");
}

/* --- reading --- */

struct lookup {
    json_t *zones, *positions; /* id -> index */
};

static void read_lot(struct reader *r, const json_t *item, const struct mission *m, int32_t *demand, int32_t *from,
                     int32_t *to)
{
    int before = r->n_faults;
    int64_t last = (int64_t)m->n_stops - 1;
    *demand = reader_reference(r, item, "demand", r->demands, "demand");
    *from = (int32_t)reader_whole(r, item, "load_stop", REQUIRED, 0, 0, last);
    *to = (int32_t)reader_whole(r, item, "unload_stop", REQUIRED, 0, 0, last);
    bool rides = r->n_faults > before;
    for (size_t i = 0; i < m->n_rides && !rides; i++)
        rides = m->ride[i].demand == *demand && m->ride[i].from_stop == *from && m->ride[i].to_stop == *to;
    if (!rides)
        reader_fault(r, NULL, "no ride of the demand from stop %d to stop %d", *from, *to);
}

static void read_seatings(struct reader *r, const json_t *value, const struct lookup *ids, const struct mission *m,
                          struct load_plan *plan)
{
    static const char *const keys[] = {"demand", "load_stop", "unload_stop", "zone", "pax", "escorts", NULL};
    json_t *list = reader_list(r, value, "seatings", true, 0), *item;
    size_t i, was = reader_in(r, "seatings");
    plan->seating = reader_room(r, json_array_size(list), sizeof *plan->seating);
    json_array_foreach(list, i, item)
    {
        size_t inner = reader_at(r, i);
        if (plan->seating && reader_object(r, item, keys)) {
            struct seating *s = &plan->seating[plan->n_seatings++];
            read_lot(r, item, m, &s->demand, &s->from_stop, &s->to_stop);
            s->zone = reader_reference(r, item, "zone", ids->zones, "zone");
            s->pax = (int32_t)reader_whole(r, item, "pax", REQUIRED, 0, 0, 1000000);
            s->escorts = (int32_t)reader_whole(r, item, "escorts", OPTIONAL, 0, 0, 1000000);
        }
        reader_out(r, inner);
    }
    reader_out(r, was);
}

static void read_stowages(struct reader *r, const json_t *value, const struct lookup *ids, const struct mission *m,
                          struct load_plan *plan)
{
    static const char *const keys[] = {"demand", "load_stop", "unload_stop", "position", "kg", NULL};
    json_t *list = reader_list(r, value, "stowages", false, 0), *item;
    size_t i, was = reader_in(r, "stowages");
    plan->stowage = reader_room(r, json_array_size(list), sizeof *plan->stowage);
    json_array_foreach(list, i, item)
    {
        size_t inner = reader_at(r, i);
        if (plan->stowage && reader_object(r, item, keys)) {
            struct stowage *s = &plan->stowage[plan->n_stowages++];
            read_lot(r, item, m, &s->demand, &s->from_stop, &s->to_stop);
            s->position = reader_reference(r, item, "position", ids->positions, "position");
            s->mass = reader_thousandths(r, item, "kg", REQUIRED, 0, 1e9);
        }
        reader_out(r, inner);
    }
    reader_out(r, was);
}

static void read_figures(struct reader *r, const json_t *value, const char *key, struct load_goals *to)
{
    static const char *const keys[] = {"zones", "deviation", "order", NULL};
    const json_t *goals = json_object_get(value, key);
    size_t was = reader_in(r, key);
    if (goals && reader_object(r, goals, keys)) {
        to->zones = reader_whole(r, goals, "zones", REQUIRED, 0, 0, INT64_C(1) << 50);
        to->deviation = reader_whole(r, goals, "deviation", REQUIRED, 0, 0, INT64_C(1) << 50);
        to->order = reader_whole(r, goals, "order", REQUIRED, 0, 0, INT64_C(1) << 50);
    }
    reader_out(r, was);
}

static void read_goals(struct reader *r, const json_t *value, struct load_plan *plan)
{
    plan->goals = (struct load_goals){-1, -1, -1};
    read_figures(r, value, "goals", &plan->goals);
    read_figures(r, value, "bound", &plan->bound);
    plan->proven = reader_bool(r, value, "proven", false);
}

static void note_cabin(struct reader *r, const struct cabin *cabin, struct lookup *ids)
{
    ids->zones = json_object();
    ids->positions = json_object();
    for (size_t z = 0; z < cabin->n_zones; z++)
        reader_note_id(r, ids->zones, cabin->zone[z].id, z);
    for (size_t q = 0; q < cabin->n_positions; q++)
        reader_note_id(r, ids->positions, cabin->position[q].id, q);
}

void reader_load_plan(struct reader *r, const json_t *mission_value, const struct instance *inst, struct mission *m)
{
    static const char *const keys[] = {"seatings", "stowages", "goals", "bound", "proven", "sorties", NULL};
    const json_t *value = json_object_get(mission_value, "load_plan");
    size_t was = reader_in(r, "load_plan");
    bool known = m->airframe >= 0 && m->configuration >= 0 && m->n_stops >= 2;
    const struct cabin *cabin = value && known ? mission_cabin(inst, m) : NULL;
    if (value && known && !cabin)
        reader_fault(r, NULL, "the configuration has no cabin layout");
    if (cabin && reader_object(r, value, keys) && (m->load_plan = reader_room(r, 1, sizeof *m->load_plan))) {
        struct lookup ids;
        note_cabin(r, cabin, &ids);
        read_seatings(r, value, &ids, m, m->load_plan);
        read_stowages(r, value, &ids, m, m->load_plan);
        read_goals(r, value, m->load_plan);
        json_decref(ids.zones);
        json_decref(ids.positions);
    }
    reader_out(r, was);
}
