/* Airfields, aircraft types, legs; and the catalogue behind them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/geodesic.h"
#include "io/instant.h"
#include "io/json.h"
#include "io/suggest.h"

json_t *catalogue_load(const char *bytes, size_t size)
{
    json_error_t error;
    json_t *list = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error), *by_id = json_object(), *entry;
    size_t i;
    json_array_foreach(list, i, entry) json_object_set(by_id, json_string_value(json_object_get(entry, "id")), entry);
    json_decref(list);
    return by_id;
}

static void not_in_catalogue(struct reader *r, const json_t *value, const json_t *catalogue, const char *what)
{
    struct suggestion near;
    const char *key;
    json_t *entry;
    suggestion_init(&near, json_string_value(value));
    json_object_foreach((json_t *)(uintptr_t)catalogue, key, entry) suggestion_try(&near, key);
    if (near.best)
        reader_fault(r, value, "no such %s in the catalogue, did you mean \"%s\"?", what, near.best);
    else
        reader_fault(r, value, "no such %s in the catalogue: give an object with all its keys", what);
}

json_t *catalogue_resolve(struct reader *r, const json_t *value, const json_t *catalogue, const char *what)
{
    if (json_is_string(value)) {
        json_t *entry = json_object_get(catalogue, json_string_value(value));
        json_t *copy = entry ? json_copy(entry) : NULL;
        if (!entry && json_string_length(value) == 0)
            reader_fault(r, value, "must not be empty");
        else if (!entry)
            not_in_catalogue(r, value, catalogue, what);
        json_object_del(copy, "source");
        return copy;
    }
    if (!json_is_object(value)) {
        reader_fault(r, value, "must be the id of a catalogue %s or an object", what);
        return NULL;
    }
    const json_t *given = json_object_get(value, "id");
    const char *id = json_string_value(given);
    json_t *entry = id ? json_object_get(catalogue, id) : NULL;
    if (id && *id && !entry && !json_object_get(value, "lat") && !json_object_get(value, "payload_range")) {
        size_t was = reader_in(r, "id"); /* so little is given that an entry must have been meant */
        not_in_catalogue(r, given, catalogue, what);
        reader_out(r, was);
        return NULL;
    }
    json_t *copy = entry ? json_copy(entry) : json_object();
    json_object_del(copy, "source");
    if (!copy || json_object_update(copy, (json_t *)(uintptr_t)value) != 0)
        r->no_memory = true;
    return copy;
}

/* One fault, not one more with every use of the id. */
static void note_unresolved(struct reader *r, json_t *ids, const json_t *value, size_t index)
{
    const char *id = json_string_value(json_is_object(value) ? json_object_get(value, "id") : value);
    if (id && !json_object_get(ids, id))
        reader_note_id(r, ids, id, index);
}

static int by_from(const void *a, const void *b)
{
    const struct interval *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

/* Sorts and joins windows that touch; both ends belong to them. */
static size_t join(struct interval *w, size_t n)
{
    size_t k = 0;
    if (n)
        qsort(w, n, sizeof *w, by_from);
    for (size_t i = 0; i < n; i++) {
        if (k > 0 && w[i].from <= w[k - 1].until + 1)
            w[k - 1].until = w[i].until > w[k - 1].until ? w[i].until : w[k - 1].until;
        else
            w[k++] = w[i];
    }
    return k;
}

/* One end of an opening: k is 0 or 1. */
static bool time_of_day(struct reader *r, const json_t *pair, size_t k, int64_t *seconds)
{
    const json_t *value = json_array_get(pair, k);
    bool good = json_is_string(value) && time_of_day_parse(json_string_value(value), seconds) &&
                (k == 1 || *seconds < SECONDS_PER_DAY);
    size_t was = reader_at(r, k);
    if (!good)
        reader_fault(r, value, "must be a time of day from \"00:00\" to \"%s\"", k ? "24:00" : "23:59");
    reader_out(r, was);
    return good;
}

/* The openings of every day from the one before the horizon on. */
static void daily_windows(struct reader *r, json_t *daily, sec_t end, struct airfield *f)
{
    size_t i, n = 0;
    json_t *pair;
    struct interval *hours = reader_room(r, json_array_size(daily), sizeof *hours);
    json_array_foreach(daily, i, pair)
    {
        int64_t from = 0, until = 0;
        size_t was = reader_at(r, i);
        bool good = json_array_size(pair) == 2 ||
                    reader_fault(r, pair, "must be a pair of times of day like [\"06:00\", \"22:00\"]");
        good = good && time_of_day(r, pair, 0, &from);
        good = good && time_of_day(r, pair, 1, &until);
        if (good && from == until)
            good = reader_fault(r, json_array_get(pair, 1), "ends when it begins");
        if (good && hours)
            hours[n++] = (struct interval){from, until + (until < from ? SECONDS_PER_DAY : 0)};
        reader_out(r, was);
    }
    n = join(hours, n);
    sec_t midnight = floor_div(r->start, SECONDS_PER_DAY) * SECONDS_PER_DAY - r->start;
    size_t days = (size_t)(end / SECONDS_PER_DAY + 4);
    f->open = reader_room(r, n * days, sizeof *f->open);
    for (size_t k = 0; f->open && k < n * days; k++) {
        sec_t day = midnight + ((sec_t)(k / n) - 1) * SECONDS_PER_DAY;
        f->open[f->n_open++] = (struct interval){day + hours[k % n].from, day + hours[k % n].until};
    }
    free(hours);
}

/* Takes [from, until) of the closures, sorted and joined, out of the windows, sorted and disjoint. */
static void cut(struct reader *r, const struct interval *closed, size_t n_closed, struct airfield *f)
{
    struct interval *left = reader_room(r, f->n_open + n_closed, sizeof *left);
    size_t n = 0, c = 0;
    for (size_t k = 0; left && k < f->n_open; k++) {
        struct interval w = f->open[k];
        while (c < n_closed && closed[c].until <= w.from)
            c++;
        for (; c < n_closed && closed[c].from <= w.until; c++) {
            if (w.from < closed[c].from)
                left[n++] = (struct interval){w.from, closed[c].from - 1};
            w.from = closed[c].until;
            if (w.from > w.until)
                break; /* the closure may reach into the next window */
        }
        if (w.from <= w.until)
            left[n++] = w;
    }
    free(f->open);
    f->open = left;
    f->n_open = n;
}

static void close_windows(struct reader *r, json_t *closures, struct airfield *f)
{
    size_t i, n = 0, was = reader_in(r, "closures");
    struct interval *closed = reader_room(r, json_array_size(closures), sizeof *closed);
    json_t *item;
    json_array_foreach(closures, i, item)
    {
        struct interval c = {0, 0};
        size_t inner = reader_at(r, i);
        reader_window(r, item, false, &c);
        reader_out(r, inner);
        if (closed && c.from < c.until)
            closed[n++] = (struct interval){c.from, c.until - 1};
    }
    if (closed) {
        n = join(closed, n);
        for (size_t k = 0; k < n; k++)
            closed[k].until++;
        cut(r, closed, n, f);
    }
    free(closed);
    reader_out(r, was);
}

static void openings(struct reader *r, const json_t *value, sec_t end, struct airfield *f)
{
    json_t *daily = reader_list(r, value, "open_daily", false, 1),
           *closures = reader_list(r, value, "closures", false, 0);
    f->always_open = !daily && json_array_size(closures) == 0;
    if (f->always_open)
        return;
    if (daily) {
        size_t was = reader_in(r, "open_daily");
        daily_windows(r, daily, end, f);
        reader_out(r, was);
        f->n_open = join(f->open, f->n_open);
    } else {
        f->open = reader_room(r, 1, sizeof *f->open);
        if (f->open)
            f->open[f->n_open++] = (struct interval){SEC_EARLIEST, SEC_LATEST};
    }
    close_windows(r, closures, f);
}

#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS   "0123456789"

static void one_airfield(struct reader *r, const json_t *value, sec_t end, struct airfield *f)
{
    static const char *const keys[] = {"id",  "name",       "country",  "lat",       "lon",  "runway_ft", "fuel",
                                       "mog", "open_daily", "closures", "time_zone", "iata", NULL};
    reader_object(r, value, keys);
    f->id = reader_text(r, value, "id", REQUIRED, true);
    f->name = reader_text(r, value, "name", OPTIONAL, false);
    f->country = reader_text(r, value, "country", OPTIONAL, false);
    f->time_zone = reader_text(r, value, "time_zone", OPTIONAL, false);
    reader_code(r, value, "iata", CAPITALS, 3, 3, "3 capital letters", f->iata);
    f->lat = reader_number(r, value, "lat", REQUIRED, 0, -90, 90);
    f->lon = reader_number(r, value, "lon", REQUIRED, 0, -180, 180);
    f->runway_ft = (int32_t)reader_whole(r, value, "runway_ft", REQUIRED, 0, 0, 100000);
    f->has_fuel = reader_bool(r, value, "fuel", true);
    f->mog = -1;
    if (!json_is_null(json_object_get(value, "mog")))
        f->mog = (int32_t)reader_whole(r, value, "mog", OPTIONAL, -1, 0, 100000);
    openings(r, value, end, f);
}

void reader_airfields(struct reader *r, const json_t *root, struct instance *inst)
{
    json_t *list = reader_list(r, root, "airfields", true, 1), *value;
    size_t i, was = reader_in(r, "airfields"), n = json_array_size(list);
    json_t *catalogue = json_object_get(root, " airfields");
    inst->airfield = reader_room(r, n, sizeof *inst->airfield);
    json_array_foreach(list, i, value)
    {
        size_t inner = reader_at(r, i);
        json_t *resolved = catalogue_resolve(r, value, catalogue, "airfield");
        if (!resolved)
            note_unresolved(r, r->airfields, value, i);
        if (inst->airfield && resolved) {
            one_airfield(r, resolved, inst->end, &inst->airfield[i]);
            reader_note_id(r, r->airfields, inst->airfield[i].id, i);
        }
        json_decref(resolved);
        reader_out(r, inner);
    }
    inst->n_airfields = inst->airfield ? n : 0;
    reader_out(r, was);
}

static void fault_at(struct reader *r, const json_t *object, const char *key, const char *what)
{
    size_t was = reader_in(r, key);
    reader_fault(r, json_object_get(object, key), "%s", what);
    reader_out(r, was);
}

static void one_cabin(struct reader *r, const json_t *value, struct cabin *cabin)
{
    static const char *const keys[] = {"zones", "positions", "empty_kg", "empty_arm", "cg_min", "cg_max", NULL};
    static const char *const zone_keys[] = {"id", "seats", "arm", NULL};
    static const char *const position_keys[] = {"id", "max_kg", "arm", NULL};
    if (!reader_object(r, value, keys))
        return;
    json_t *zones = reader_list(r, value, "zones", true, 1), *positions = reader_list(r, value, "positions", true, 0),
           *item, *zone_ids = json_object(), *position_ids = json_object();
    size_t i, was = reader_in(r, "zones");
    cabin->zone = reader_room(r, json_array_size(zones), sizeof *cabin->zone);
    json_array_foreach(zones, i, item)
    {
        size_t inner = reader_at(r, i);
        if (cabin->zone && reader_object(r, item, zone_keys)) {
            struct cabin_zone *z = &cabin->zone[cabin->n_zones++];
            z->id = reader_text(r, item, "id", REQUIRED, true);
            reader_note_id(r, zone_ids, z->id, i);
            z->seats = (int32_t)reader_whole(r, item, "seats", REQUIRED, 0, 0, 10000);
            z->arm = reader_number(r, item, "arm", REQUIRED, 0, -100000, 100000);
        }
        reader_out(r, inner);
    }
    reader_out(r, was);
    was = reader_in(r, "positions");
    cabin->position = reader_room(r, json_array_size(positions), sizeof *cabin->position);
    json_array_foreach(positions, i, item)
    {
        size_t inner = reader_at(r, i);
        if (cabin->position && reader_object(r, item, position_keys)) {
            struct cabin_position *p = &cabin->position[cabin->n_positions++];
            p->id = reader_text(r, item, "id", REQUIRED, true);
            reader_note_id(r, position_ids, p->id, i);
            p->largest = reader_thousandths(r, item, "max_kg", REQUIRED, 0, 1e6);
            p->arm = reader_number(r, item, "arm", REQUIRED, 0, -100000, 100000);
        }
        reader_out(r, inner);
    }
    reader_out(r, was);
    json_decref(zone_ids);
    json_decref(position_ids);
    cabin->empty_mass = reader_thousandths(r, value, "empty_kg", REQUIRED, 0, 1e6);
    cabin->empty_arm = reader_number(r, value, "empty_arm", REQUIRED, 0, -100000, 100000);
    int before = r->n_faults;
    cabin->cg_from = reader_number(r, value, "cg_min", REQUIRED, 0, -100000, 100000);
    cabin->cg_until = reader_number(r, value, "cg_max", REQUIRED, 0, -100000, 100000);
    if (r->n_faults == before && cabin->cg_from > cabin->cg_until)
        fault_at(r, value, "cg_max", "must not be less than \"cg_min\"");
}

static void configurations(struct reader *r, const json_t *value, struct aircraft_type *t)
{
    static const char *const keys[] = {"id", "seats", "cabin", NULL};
    json_t *list = reader_list(r, value, "configurations", true, 1), *item, *ids = json_object();
    size_t i, was = reader_in(r, "configurations");
    t->configuration = reader_room(r, json_array_size(list), sizeof *t->configuration);
    json_array_foreach(list, i, item)
    {
        size_t inner = reader_at(r, i);
        if (t->configuration && reader_object(r, item, keys)) {
            struct configuration *c = &t->configuration[t->n_configurations++];
            c->id = reader_text(r, item, "id", REQUIRED, true);
            c->seats = (int32_t)reader_whole(r, item, "seats", REQUIRED, 0, 0, 10000);
            reader_note_id(r, ids, c->id, i);
            json_t *cabin = json_object_get(item, "cabin");
            size_t deeper = reader_in(r, "cabin");
            if (cabin && (c->cabin = reader_room(r, 1, sizeof *c->cabin)))
                one_cabin(r, cabin, c->cabin);
            reader_out(r, deeper);
        }
        reader_out(r, inner);
    }
    json_decref(ids);
    reader_out(r, was);
}

static void payload_range(struct reader *r, const json_t *value, struct aircraft_type *t)
{
    static const char *const keys[] = {"payload_kg", "range_nm", NULL};
    json_t *list = reader_list(r, value, "payload_range", true, 1), *item;
    size_t i, was = reader_in(r, "payload_range");
    t->range = reader_room(r, json_array_size(list), sizeof *t->range);
    json_array_foreach(list, i, item)
    {
        size_t inner = reader_at(r, i);
        if (t->range && reader_object(r, item, keys)) {
            struct range_point *p = &t->range[t->n_range++];
            int before = r->n_faults;
            p->payload = reader_thousandths(r, item, "payload_kg", REQUIRED, 0, 1e6);
            p->range = reader_thousandths(r, item, "range_nm", REQUIRED, 0, 1e5);
            if (r->n_faults > before)
                t->n_range--; /* nothing to measure the next point by */
            else if (t->n_range > 1 && p->payload <= p[-1].payload)
                fault_at(r, item, "payload_kg", "payloads must rise from point to point");
            else if (t->n_range > 1 && p->range > p[-1].range)
                fault_at(r, item, "range_nm", "ranges must not rise from point to point");
        }
        reader_out(r, inner);
    }
    reader_out(r, was);
}

static void block_table(struct reader *r, const json_t *block)
{
    static const char *const keys[] = {"nm", "min", NULL};
    json_t *table = reader_list(r, block, "table", true, 2), *point;
    double nm = -1, minutes = -1;
    size_t i, was = reader_in(r, "table");
    json_array_foreach(table, i, point)
    {
        size_t inner = reader_at(r, i);
        int before = r->n_faults;
        if (reader_object(r, point, keys)) {
            double x = reader_number(r, point, "nm", REQUIRED, 0, 0, 1e5);
            double y = reader_number(r, point, "min", REQUIRED, 0, 0, MOST_MINUTES);
            if (r->n_faults == before && x <= nm)
                fault_at(r, point, "nm", "distances must rise from point to point");
            else if (r->n_faults == before && y < minutes)
                fault_at(r, point, "min", "minutes must not fall from point to point");
            else if (r->n_faults == before)
                nm = x, minutes = y;
        }
        reader_out(r, inner);
    }
    reader_out(r, was);
}

static void block_rule(struct reader *r, const json_t *value)
{
    static const char *const keys[] = {"table", "speed_kt", "fixed_min", NULL};
    json_t *block = reader_get(r, value, "block", true);
    size_t was = reader_in(r, "block");
    if (block && reader_object(r, block, keys)) {
        bool table = json_object_get(block, "table");
        bool speed = json_object_get(block, "speed_kt") || json_object_get(block, "fixed_min");
        if (table == speed)
            reader_fault(r, NULL, "must hold either \"table\" or \"speed_kt\" and \"fixed_min\"");
        if (table)
            block_table(r, block);
        if (speed) {
            reader_number(r, block, "speed_kt", table ? OPTIONAL : REQUIRED, 1, 1, 5000);
            reader_number(r, block, "fixed_min", table ? OPTIONAL : REQUIRED, 0, 0, MOST_MINUTES);
        }
    }
    reader_out(r, was);
}

static void one_type(struct reader *r, const json_t *value, struct aircraft_type *t)
{
    static const char *const keys[] = {"id",
                                       "name",
                                       "configurations",
                                       "payload_range",
                                       "block",
                                       "ground",
                                       "turn_min",
                                       "runway_ft",
                                       "mog_units",
                                       "fdp_basic_min",
                                       "fdp_augmented_min",
                                       "cost_per_block_hour",
                                       "cost_per_mission",
                                       "icao_type",
                                       "iata_type",
                                       "wake",
                                       NULL};
    static const char *const ground_keys[] = {"onload_min", "offload_min", "enroute_min", NULL};
    reader_object(r, value, keys);
    t->id = reader_text(r, value, "id", REQUIRED, true);
    t->name = reader_text(r, value, "name", OPTIONAL, false);
    reader_code(r, value, "icao_type", CAPITALS DIGITS, 2, 4, "2 to 4 capital letters or digits", t->icao_type);
    reader_code(r, value, "iata_type", CAPITALS DIGITS, 3, 3, "3 capital letters or digits", t->iata_type);
    reader_code(r, value, "wake", "LMHJ", 1, 1, "\"L\", \"M\", \"H\" or \"J\"", t->wake);
    configurations(r, value, t);
    payload_range(r, value, t);
    block_rule(r, value);
    json_t *ground = reader_get(r, value, "ground", true);
    size_t was = reader_in(r, "ground");
    if (ground && reader_object(r, ground, ground_keys)) {
        t->ground[GROUND_ONLOAD] = reader_minutes(r, ground, "onload_min", REQUIRED, 0);
        t->ground[GROUND_OFFLOAD] = reader_minutes(r, ground, "offload_min", REQUIRED, 0);
        t->ground[GROUND_ENROUTE] = reader_minutes(r, ground, "enroute_min", REQUIRED, 0);
    }
    reader_out(r, was);
    t->turn = reader_minutes(r, value, "turn_min", REQUIRED, 0);
    t->runway_ft = (int32_t)reader_whole(r, value, "runway_ft", REQUIRED, 0, 0, 100000);
    t->mog_units = (int32_t)reader_whole(r, value, "mog_units", OPTIONAL, 1, 0, 100000);
    t->fdp[CREW_BASIC] = reader_minutes(r, value, "fdp_basic_min", REQUIRED, 0);
    t->fdp[CREW_AUGMENTED] = reader_minutes(r, value, "fdp_augmented_min", REQUIRED, 0);
    t->cost_per_block_hour = reader_money(r, value, "cost_per_block_hour", REQUIRED, 0);
    t->cost_per_mission = reader_money(r, value, "cost_per_mission", OPTIONAL, 0);
}

void reader_types(struct reader *r, const json_t *root, struct instance *inst, json_t **keep)
{
    json_t *list = reader_list(r, root, "aircraft_types", true, 1), *value,
           *catalogue = json_object_get(root, " types");
    size_t i, was = reader_in(r, "aircraft_types"), n = json_array_size(list);
    inst->type = reader_room(r, n, sizeof *inst->type);
    *keep = json_array();
    json_array_foreach(list, i, value)
    {
        size_t inner = reader_at(r, i);
        json_t *resolved = catalogue_resolve(r, value, catalogue, "aircraft type");
        if (!resolved)
            note_unresolved(r, r->types, value, i);
        if (inst->type && resolved) {
            one_type(r, resolved, &inst->type[i]);
            reader_note_id(r, r->types, inst->type[i].id, i);
        }
        json_array_append_new(*keep, resolved ? resolved : json_object());
        reader_out(r, inner);
    }
    inst->n_types = inst->type ? n : 0;
    reader_out(r, was);
}

/* Minutes to fly `nm` by the type's rule. */
static double block_minutes(const json_t *type, double nm)
{
    const json_t *block = json_object_get(type, "block"), *table = json_object_get(block, "table");
    if (!table)
        return nm / json_number_value(json_object_get(block, "speed_kt")) * 60.0 +
               json_number_value(json_object_get(block, "fixed_min"));
    size_t k = 1, n = json_array_size(table);
    while (k + 1 < n && json_number_value(json_object_get(json_array_get(table, k), "nm")) < nm)
        k++;
    const json_t *a = json_array_get(table, k - 1), *b = json_array_get(table, k);
    double x0 = json_number_value(json_object_get(a, "nm")), y0 = json_number_value(json_object_get(a, "min"));
    double x1 = json_number_value(json_object_get(b, "nm")), y1 = json_number_value(json_object_get(b, "min"));
    return nm <= x0 ? y0 : y0 + (nm - x0) / (x1 - x0) * (y1 - y0);
}

/* Overrides, by [(type or n_types for all) * F + from] * F + to: index into the list, 1 up; 0: none. */
static int32_t *list_overrides(struct reader *r, const json_t *list, const struct instance *inst)
{
    static const char *const keys[] = {"from", "to", "type", "both_ways", "block_min", "nm", "fee", NULL};
    size_t n = inst->n_airfields, i;
    int32_t *index = reader_room(r, (inst->n_types + 1) * n * n, sizeof *index);
    json_t *value;
    json_array_foreach(list, i, value)
    {
        size_t was = reader_at(r, i);
        if (index && reader_object(r, value, keys)) {
            int32_t from = reader_reference(r, value, "from", r->airfields, "airfield");
            int32_t to = reader_reference(r, value, "to", r->airfields, "airfield");
            int32_t type = (int32_t)inst->n_types;
            if (json_object_get(value, "type"))
                type = reader_reference(r, value, "type", r->types, "aircraft type");
            if (!json_object_get(value, "block_min") && !json_object_get(value, "nm") && !json_object_get(value, "fee"))
                reader_fault(r, NULL, "\"block_min\", \"nm\" or \"fee\" is missing");
            if (reader_minutes(r, value, "block_min", OPTIONAL, 1) == 0)
                fault_at(r, value, "block_min", "a block time must be more than 0");
            reader_thousandths(r, value, "nm", OPTIONAL, 0, 1e5);
            reader_money(r, value, "fee", OPTIONAL, 0);
            bool both = reader_bool(r, value, "both_ways", false);
            if (from >= 0 && from == to)
                fault_at(r, value, "to", "a leg goes from one airfield to another");
            for (int way = 0; way <= both && from >= 0 && to >= 0 && from != to && type >= 0; way++) {
                int32_t a = way ? to : from, b = way ? from : to;
                int32_t *slot = &index[((size_t)type * n + (size_t)a) * n + (size_t)b];
                if (*slot)
                    reader_fault(r, NULL, "the leg is given already by item %d", *slot - 1);
                *slot = (int32_t)i + 1;
            }
        }
        reader_out(r, was);
    }
    return index;
}

static const json_t *overridden(const json_t *list, int32_t typed, int32_t general, const char *key)
{
    const json_t *value = typed ? json_object_get(json_array_get(list, (size_t)typed - 1), key) : NULL;
    return value || !general ? value : json_object_get(json_array_get(list, (size_t)general - 1), key);
}

static sec_t whole_seconds(double s)
{
    return (sec_t)(fabs(s - round(s)) < 1e-6 ? round(s) : ceil(s));
}

static void one_leg(struct reader *r, const json_t *list, const json_t *type, const int32_t *index, const double *nm_of,
                    struct instance *inst, size_t t, size_t a, size_t b)
{
    size_t n = inst->n_airfields;
    struct leg *leg = &inst->leg[(t * n + a) * n + b];
    int32_t typed = index[(t * n + a) * n + b], general = index[(inst->n_types * n + a) * n + b];
    const json_t *block = overridden(list, typed, general, "block_min"), *nm = overridden(list, typed, general, "nm");
    const json_t *fee = overridden(list, typed, general, "fee");
    double distance = nm ? json_number_value(nm) : nm_of[a * n + b];
    double minutes = block ? json_number_value(block) : block_minutes(type, distance);
    leg->nm = (mnm_t)round(distance * 1000.0);
    if (!(minutes <= MOST_MINUTES)) { /* a steep table; what is no number too */
        reader_fault(r, NULL, "the block time of \"%.100s\" from \"%.100s\" to \"%.100s\" is more than %.0f minutes",
                     inst->type[t].id, inst->airfield[a].id, inst->airfield[b].id, MOST_MINUTES);
        return;
    }
    leg->block = whole_seconds(60.0 * minutes);
    leg->cost = muldiv_half_up(leg->block, inst->type[t].cost_per_block_hour, 3600);
    leg->fee = fee ? (cent_t)round(json_number_value(fee) * 100.0) : 0;
    if (leg->block < 1)
        reader_fault(r, NULL, "the block time of \"%.100s\" from \"%.100s\" to \"%.100s\" is 0", inst->type[t].id,
                     inst->airfield[a].id, inst->airfield[b].id);
}

void reader_legs(struct reader *r, const json_t *root, struct instance *inst, json_t *types)
{
    json_t *list = reader_list(r, root, "leg_overrides", false, 0);
    size_t n = inst->n_airfields, cells = (inst->n_types ? inst->n_types : 1) * n * n;
    if (cells > 10000000) {
        reader_fault(r, NULL, "aircraft types times airfields squared is %zu, at most 10000000", cells);
        return;
    }
    size_t was = reader_in(r, "leg_overrides");
    int32_t *index = list_overrides(r, list, inst);
    reader_out(r, was);
    double *nm = reader_room(r, n * n, sizeof *nm);
    inst->leg = reader_room(r, cells, sizeof *inst->leg);
    for (size_t a = 0; nm && a < n; a++)
        for (size_t b = 0; b < n; b++)
            nm[a * n + b] =
                geodesic_m(inst->airfield[a].lat, inst->airfield[a].lon, inst->airfield[b].lat, inst->airfield[b].lon) /
                METRES_PER_NM;
    for (size_t t = 0; t < inst->n_types && index && nm && inst->leg && r->n_faults == 0; t++)
        for (size_t a = 0; a < n; a++)
            for (size_t b = 0; b < n; b++) {
                if (a == b)
                    inst->leg[(t * n + a) * n + b].block = -1;
                else
                    one_leg(r, list, json_array_get(types, t), index, nm, inst, t, a, b);
            }
    free(index);
    free(nm);
}
