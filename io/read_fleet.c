/* Airframes, crews, demands. */
#include <stdlib.h>
#include <string.h>

#include "io/instant.h"
#include "io/json.h"

enum { MOST_PAX = 1000000 };

static void ends(struct reader *r, const json_t *value, int32_t at, bool *anywhere, int32_t **list, size_t *n)
{
    json_t *given = json_object_get(value, "end_at"), *item;
    if (json_is_array(given))
        given = reader_list(r, value, "end_at", true, 0);
    size_t i, was = reader_in(r, "end_at");
    *anywhere = json_is_string(given) && strcmp(json_string_value(given), "any") == 0;
    if (given && !*anywhere && !json_is_array(given))
        reader_fault(r, given, "must be a list of airfields or \"any\"");
    *list = reader_room(r, json_array_size(given) + 1, sizeof **list);
    if (!given && *list)
        (*list)[(*n)++] = at;
    json_array_foreach(given, i, item)
    {
        size_t inner = reader_at(r, i);
        int32_t airfield = reader_lookup(r, item, r->airfields, "airfield");
        if (*list && airfield >= 0)
            (*list)[(*n)++] = airfield;
        reader_out(r, inner);
    }
    reader_out(r, was);
}

static void availability(struct reader *r, const json_t *value, sec_t *from, sec_t *until)
{
    *from = reader_instant(r, value, "from", OPTIONAL, SEC_EARLIEST);
    *until = reader_instant(r, value, "until", OPTIONAL, SEC_LATEST);
    if (*until < *from) {
        size_t was = reader_in(r, "until");
        reader_fault(r, json_object_get(value, "until"), "ends before it begins");
        reader_out(r, was);
    }
}

static void one_airframe(struct reader *r, const json_t *value, struct airframe *a)
{
    static const char *const keys[] = {"id", "type", "at", "from", "until", "end_at", "max_flight_min", NULL};
    if (!reader_object(r, value, keys))
        return;
    a->id = reader_text(r, value, "id", REQUIRED, true);
    a->type = reader_reference(r, value, "type", r->types, "aircraft type");
    a->at = reader_reference(r, value, "at", r->airfields, "airfield");
    availability(r, value, &a->from, &a->until);
    ends(r, value, a->at, &a->end_anywhere, &a->end_at, &a->n_end_at);
    a->flight_limit = reader_minutes(r, value, "max_flight_min", OPTIONAL, -1);
}

static void recent_flights(struct reader *r, const json_t *value, struct crew *c)
{
    static const char *const keys[] = {"block_in", "block_min", NULL};
    json_t *list = reader_list(r, value, "recent_flights", false, 0), *item;
    size_t i, was = reader_in(r, "recent_flights");
    c->recent = reader_room(r, json_array_size(list), sizeof *c->recent);
    json_array_foreach(list, i, item)
    {
        size_t inner = reader_at(r, i);
        if (c->recent && reader_object(r, item, keys)) {
            struct recent_flight *f = &c->recent[c->n_recent++];
            f->block_in = reader_instant(r, item, "block_in", REQUIRED, 0);
            f->block = reader_minutes(r, item, "block_min", REQUIRED, 0);
        }
        reader_out(r, inner);
    }
    reader_out(r, was);
}

static void one_crew(struct reader *r, const json_t *value, struct crew *c)
{
    static const char *const keys[] = {"id",     "types",         "kind",           "at", "from", "until",
                                       "end_at", "last_duty_end", "recent_flights", NULL};
    if (!reader_object(r, value, keys))
        return;
    c->id = reader_text(r, value, "id", REQUIRED, true);
    json_t *list = reader_list(r, value, "types", true, 1), *item;
    size_t i, was = reader_in(r, "types");
    c->types = reader_room(r, json_array_size(list), sizeof *c->types);
    json_array_foreach(list, i, item)
    {
        size_t inner = reader_at(r, i);
        int32_t type = reader_lookup(r, item, r->types, "aircraft type");
        if (c->types && type >= 0)
            c->types[c->n_types++] = type;
        reader_out(r, inner);
    }
    reader_out(r, was);
    json_t *kind = reader_get(r, value, "kind", true);
    was = reader_in(r, "kind");
    json_t *basic = json_string("basic"), *augmented = json_string("augmented");
    c->kind = json_equal(kind, augmented) ? CREW_AUGMENTED : CREW_BASIC;
    if (kind && !json_equal(kind, basic) && !json_equal(kind, augmented))
        reader_fault(r, kind, "must be \"basic\" or \"augmented\"");
    json_decref(basic);
    json_decref(augmented);
    reader_out(r, was);
    c->at = reader_reference(r, value, "at", r->airfields, "airfield");
    availability(r, value, &c->from, &c->until);
    ends(r, value, c->at, &c->end_anywhere, &c->end_at, &c->n_end_at);
    c->last_duty_end = reader_instant(r, value, "last_duty_end", OPTIONAL, SEC_NONE);
    recent_flights(r, value, c);
}

void reader_fleet(struct reader *r, const json_t *root, struct instance *inst)
{
    json_t *list = reader_list(r, root, "airframes", true, 0), *value;
    size_t i, was = reader_in(r, "airframes");
    inst->airframe = reader_room(r, json_array_size(list), sizeof *inst->airframe);
    json_array_foreach(list, i, value)
    {
        size_t inner = reader_at(r, i);
        if (inst->airframe) {
            inst->n_airframes = i + 1;
            one_airframe(r, value, &inst->airframe[i]);
            reader_note_id(r, r->airframes, inst->airframe[i].id, i);
        }
        reader_out(r, inner);
    }
    reader_out(r, was);
    list = reader_list(r, root, "crews", true, 0);
    was = reader_in(r, "crews");
    inst->crew = reader_room(r, json_array_size(list), sizeof *inst->crew);
    json_array_foreach(list, i, value)
    {
        size_t inner = reader_at(r, i);
        if (inst->crew) {
            inst->n_crews = i + 1;
            one_crew(r, value, &inst->crew[i]);
            reader_note_id(r, r->crews, inst->crew[i].id, i);
        }
        reader_out(r, inner);
    }
    reader_out(r, was);
}

static void category(struct reader *r, const json_t *value, struct instance *inst, json_t *categories, struct demand *d)
{
    d->category = -1;
    if (!json_object_get(value, "category"))
        return;
    char *name = reader_text(r, value, "category", OPTIONAL, true);
    json_t *known = name && *name ? json_object_get(categories, name) : NULL;
    if (known) {
        d->category = (int32_t)json_integer_value(known);
    } else if (name && *name) {
        d->category = (int32_t)inst->n_categories;
        json_object_set_new(categories, name, json_integer((json_int_t)inst->n_categories));
        inst->category[inst->n_categories++] = name;
        name = NULL;
    }
    free(name);
}

/* The part of a person's mass that is put on positions. */
static gram_t baggage(struct reader *r, const json_t *value, const char *whole_key, gram_t whole)
{
    int before = r->n_faults;
    gram_t mass = reader_thousandths(r, value, "baggage_kg", OPTIONAL, 0, 10000);
    size_t was = reader_in(r, "baggage_kg");
    if (r->n_faults == before && mass > whole)
        reader_fault(r, json_object_get(value, "baggage_kg"), "must not be more than \"%s\"", whole_key);
    reader_out(r, was);
    return mass;
}

static void one_demand(struct reader *r, const json_t *value, struct instance *inst, json_t *categories,
                       struct demand *d)
{
    static const char *const keys[] = {
        "id",      "origin",     "destination", "pax",          "kg_per_pax",          "freight_kg",
        "pickup",  "delivery",   "together",    "smallest_lot", "max_aboard_min",      "category",
        "escorts", "onload_min", "offload_min", "penalty",      "delay_cost_per_hour", "baggage_kg",
        NULL};
    static const char *const escort_keys[] = {"per_pax", "kg", "baggage_kg", NULL};
    d->category = -1;
    if (!reader_object(r, value, keys))
        return;
    d->id = reader_text(r, value, "id", REQUIRED, true);
    d->origin = reader_reference(r, value, "origin", r->airfields, "airfield");
    d->destination = reader_reference(r, value, "destination", r->airfields, "airfield");
    size_t was = reader_in(r, "destination");
    if (d->origin >= 0 && d->origin == d->destination)
        reader_fault(r, json_object_get(value, "destination"), "the origin and the destination are one airfield");
    reader_out(r, was);
    int before = r->n_faults;
    d->pax = (int32_t)reader_whole(r, value, "pax", REQUIRED, 1, 1, MOST_PAX);
    int64_t largest_lot = r->n_faults > before ? MOST_PAX : d->pax;
    d->pax_mass = reader_thousandths(r, value, "kg_per_pax", REQUIRED, 0, 10000);
    d->pax_baggage = baggage(r, value, "kg_per_pax", d->pax_mass);
    d->freight = reader_thousandths(r, value, "freight_kg", OPTIONAL, 0, 1e9);
    d->pickup = d->delivery = (struct interval){0, inst->end};
    was = reader_in(r, "pickup");
    if (json_object_get(value, "pickup"))
        reader_window(r, json_object_get(value, "pickup"), true, &d->pickup);
    reader_out(r, was);
    was = reader_in(r, "delivery");
    if (json_object_get(value, "delivery"))
        reader_window(r, json_object_get(value, "delivery"), true, &d->delivery);
    reader_out(r, was);
    d->together = reader_bool(r, value, "together", false);
    d->smallest_lot =
        (int32_t)reader_whole(r, value, "smallest_lot", OPTIONAL, d->together ? d->pax : 1, 1, largest_lot);
    if (d->together)
        d->smallest_lot = d->pax;
    d->aboard_limit = reader_minutes(r, value, "max_aboard_min", OPTIONAL, -1);
    category(r, value, inst, categories, d);
    json_t *escorts = json_object_get(value, "escorts");
    was = reader_in(r, "escorts");
    if (escorts && reader_object(r, escorts, escort_keys)) {
        d->escort_per = (int32_t)reader_whole(r, escorts, "per_pax", REQUIRED, 1, 1, MOST_PAX);
        d->escort_mass = reader_thousandths(r, escorts, "kg", REQUIRED, 0, 10000);
        d->escort_baggage = baggage(r, escorts, "kg", d->escort_mass);
    }
    reader_out(r, was);
    d->onload = reader_minutes(r, value, "onload_min", OPTIONAL, 0);
    d->offload = reader_minutes(r, value, "offload_min", OPTIONAL, 0);
    d->penalty = reader_money(r, value, "penalty", REQUIRED, 0);
    d->delay_cost = reader_money(r, value, "delay_cost_per_hour", OPTIONAL, 0);
}

void reader_demands(struct reader *r, const json_t *root, struct instance *inst, json_t *categories)
{
    json_t *list = reader_list(r, root, "demands", true, 0), *value;
    size_t i, was = reader_in(r, "demands"), n = json_array_size(list);
    double penalties = 0, delays = 0;
    inst->demand = reader_room(r, n, sizeof *inst->demand);
    inst->category = reader_room(r, n, sizeof *inst->category);
    json_array_foreach(list, i, value)
    {
        size_t inner = reader_at(r, i);
        if (inst->demand && inst->category) {
            inst->n_demands = i + 1;
            one_demand(r, value, inst, categories, &inst->demand[i]);
            reader_note_id(r, r->demands, inst->demand[i].id, i);
            const struct demand *d = &inst->demand[i];
            sec_t longest = d->delivery.until > d->pickup.from ? d->delivery.until - d->pickup.from : 0;
            penalties += (double)d->penalty * d->pax;
            delays += (double)d->delay_cost * d->pax * (double)longest / 3600;
        }
        reader_out(r, inner);
    }
    if (penalties > 1e16)
        reader_fault(r, NULL, "the penalties of all passengers sum to more than 1e14");
    if (delays > 1e16)
        reader_fault(r, NULL, "the delay costs of all passengers could sum to more than 1e14");
    reader_out(r, was);
}
