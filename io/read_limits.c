/* Limits and rules. */
#include <stdlib.h>
#include <string.h>

#include "io/instant.h"
#include "io/json.h"

static void caps(struct reader *r, const json_t *value, struct cap *cap)
{
    cap->arrivals = (int32_t)reader_whole(r, value, "arrivals", OPTIONAL, -1, 0, 1000000);
    cap->pax = (int32_t)reader_whole(r, value, "pax", OPTIONAL, -1, 0, 100000000);
    if (!json_object_get(value, "arrivals") && !json_object_get(value, "pax"))
        reader_fault(r, NULL, "\"arrivals\" or \"pax\" is missing");
}

/* Days that a block-in or the start of unloading may fall on. */
static void per_day(struct reader *r, const json_t *value, const struct instance *inst, struct limit *l)
{
    static const char *const keys[] = {"utc_offset_min", "arrivals", "pax", NULL};
    const json_t *given = json_object_get(value, "per_day");
    size_t was = reader_in(r, "per_day");
    if (given && reader_object(r, given, keys)) {
        struct cap cap;
        int64_t offset = reader_whole(r, given, "utc_offset_min", OPTIONAL, 0, -840, 840) * 60;
        caps(r, given, &cap);
        sec_t last = inst->end;
        for (size_t d = 0; d < inst->n_demands; d++)
            last = inst->demand[d].delivery.until > last ? inst->demand[d].delivery.until : last;
        int64_t day = floor_div(r->start + offset, SECONDS_PER_DAY);
        size_t days = (size_t)(last / SECONDS_PER_DAY + 2);
        struct cap *grown = realloc(l->cap, (l->n_caps + days) * sizeof *grown);
        r->no_memory = r->no_memory || !grown;
        for (size_t i = 0; grown && i < days; i++) {
            cap.from = (day + (int64_t)i) * SECONDS_PER_DAY - offset - r->start;
            cap.until = cap.from + SECONDS_PER_DAY;
            l->cap = grown;
            l->cap[l->n_caps++] = cap;
        }
    }
    reader_out(r, was);
}

static void intervals(struct reader *r, const json_t *value, struct limit *l)
{
    static const char *const keys[] = {"from", "until", "arrivals", "pax", NULL};
    json_t *list = reader_list(r, value, "intervals", false, 0), *item;
    size_t i, was = reader_in(r, "intervals");
    l->cap = reader_room(r, json_array_size(list), sizeof *l->cap);
    json_array_foreach(list, i, item)
    {
        size_t inner = reader_at(r, i);
        if (l->cap && reader_object(r, item, keys)) {
            struct cap *cap = &l->cap[l->n_caps++];
            int before = r->n_faults;
            cap->from = reader_instant(r, item, "from", REQUIRED, 0);
            cap->until = reader_instant(r, item, "until", REQUIRED, 0);
            size_t deeper = reader_in(r, "until");
            if (cap->until < cap->from && r->n_faults == before)
                reader_fault(r, json_object_get(item, "until"), "ends before it begins");
            reader_out(r, deeper);
            caps(r, item, cap);
        }
        reader_out(r, inner);
    }
    reader_out(r, was);
}

static int by_from(const void *a, const void *b)
{
    const struct interval *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

static void clearances(struct reader *r, const json_t *value, struct limit *l)
{
    json_t *list = reader_list(r, value, "clearances", false, 0), *item;
    size_t i, was = reader_in(r, "clearances"), n = 0;
    l->needs_clearance = json_object_get(value, "clearances") != NULL;
    l->clear = reader_room(r, json_array_size(list), sizeof *l->clear);
    json_array_foreach(list, i, item)
    {
        size_t inner = reader_at(r, i);
        struct interval w = {1, 0};
        reader_window(r, item, false, &w);
        if (l->clear && w.from <= w.until)
            l->clear[n++] = w;
        reader_out(r, inner);
    }
    if (l->clear && n)
        qsort(l->clear, n, sizeof *l->clear, by_from);
    for (size_t k = 0; k < n; k++) {
        if (l->n_clear > 0 && l->clear[k].from <= l->clear[l->n_clear - 1].until + 1) {
            if (l->clear[k].until > l->clear[l->n_clear - 1].until)
                l->clear[l->n_clear - 1].until = l->clear[k].until;
        } else {
            l->clear[l->n_clear++] = l->clear[k];
        }
    }
    reader_out(r, was);
}

static void one_limit(struct reader *r, const json_t *value, const struct instance *inst, struct limit *l)
{
    static const char *const keys[] = {"id", "airfields", "per_day", "intervals", "clearances", NULL};
    if (!reader_object(r, value, keys))
        return;
    l->id = reader_text(r, value, "id", REQUIRED, true);
    json_t *list = reader_list(r, value, "airfields", true, 1), *item;
    size_t i, was = reader_in(r, "airfields");
    l->airfields = reader_room(r, json_array_size(list), sizeof *l->airfields);
    json_array_foreach(list, i, item)
    {
        size_t inner = reader_at(r, i);
        int32_t airfield = reader_lookup(r, item, r->airfields, "airfield");
        if (l->airfields && airfield >= 0)
            l->airfields[l->n_airfields++] = airfield;
        reader_out(r, inner);
    }
    reader_out(r, was);
    if (!json_object_get(value, "per_day") && !json_object_get(value, "intervals") &&
        !json_object_get(value, "clearances"))
        reader_fault(r, NULL, "\"per_day\", \"intervals\" or \"clearances\" is missing");
    intervals(r, value, l);
    per_day(r, value, inst, l);
    clearances(r, value, l);
}

void reader_limits(struct reader *r, const json_t *root, struct instance *inst)
{
    json_t *list = reader_list(r, root, "limits", false, 0), *value, *ids = json_object();
    size_t i, was = reader_in(r, "limits");
    inst->limit = reader_room(r, json_array_size(list), sizeof *inst->limit);
    json_array_foreach(list, i, value)
    {
        size_t inner = reader_at(r, i);
        if (inst->limit) {
            inst->n_limits = i + 1;
            one_limit(r, value, inst, &inst->limit[i]);
            reader_note_id(r, ids, inst->limit[i].id, i);
        }
        reader_out(r, inner);
    }
    json_decref(ids);
    reader_out(r, was);
}

/* Pairs of categories under `key`, as a symmetric matrix that the caller frees. */
static bool *pairs(struct reader *r, const json_t *rules, const char *key, size_t n, const json_t *categories)
{
    json_t *list = reader_list(r, rules, key, false, 0), *pair;
    size_t i, was = reader_in(r, key);
    bool *matrix = reader_room(r, n * n, sizeof *matrix);
    json_array_foreach(list, i, pair)
    {
        size_t inner = reader_at(r, i);
        int32_t of[2] = {-1, -1};
        if (json_array_size(pair) != 2)
            reader_fault(r, pair, "must be a pair of categories");
        for (size_t k = 0; k < 2 && json_array_size(pair) == 2; k++) {
            size_t deeper = reader_at(r, k);
            of[k] = reader_lookup(r, json_array_get(pair, k), categories, "category of a demand");
            reader_out(r, deeper);
        }
        if (of[0] >= 0 && of[1] >= 0 && matrix)
            matrix[(size_t)of[0] * n + (size_t)of[1]] = matrix[(size_t)of[1] * n + (size_t)of[0]] = true;
        reader_out(r, inner);
    }
    reader_out(r, was);
    return matrix;
}

void reader_rules(struct reader *r, const json_t *root, struct instance *inst, const json_t *categories)
{
    static const char *const keys[] = {"step_min", "show_min",    "post_flight_min", "rest_min", "rolling",
                                       "apart",    "zones_apart", "change_cost",     NULL};
    static const char *const rolling_keys[] = {"days", "max_min", NULL};
    json_t *value = reader_get(r, root, "rules", true), *item;
    size_t i, was = reader_in(r, "rules");
    if (value && reader_object(r, value, keys)) {
        struct rules *rules = &inst->rules;
        rules->step = reader_minutes(r, value, "step_min", OPTIONAL, 900);
        if (rules->step < 1 || rules->step > SECONDS_PER_DAY) {
            size_t inner = reader_in(r, "step_min");
            reader_fault(r, json_object_get(value, "step_min"), "must be from one second to one day");
            reader_out(r, inner);
            rules->step = 900;
        }
        rules->show = reader_minutes(r, value, "show_min", REQUIRED, 0);
        rules->post_flight = reader_minutes(r, value, "post_flight_min", REQUIRED, 0);
        rules->rest = reader_minutes(r, value, "rest_min", REQUIRED, 0);
        rules->change_cost = reader_money(r, value, "change_cost", OPTIONAL, 0);
        json_t *list = reader_list(r, value, "rolling", false, 0);
        size_t inner = reader_in(r, "rolling");
        rules->rolling = reader_room(r, json_array_size(list), sizeof *rules->rolling);
        json_array_foreach(list, i, item)
        {
            size_t deeper = reader_at(r, i);
            if (rules->rolling && reader_object(r, item, rolling_keys)) {
                struct rolling_limit *l = &rules->rolling[rules->n_rolling++];
                l->window = reader_whole(r, item, "days", REQUIRED, 1, 1, 3653) * SECONDS_PER_DAY;
                l->most = reader_minutes(r, item, "max_min", REQUIRED, 0);
            }
            reader_out(r, deeper);
        }
        reader_out(r, inner);
        rules->apart = pairs(r, value, "apart", inst->n_categories, categories);
        rules->zones_apart = pairs(r, value, "zones_apart", inst->n_categories, categories);
    }
    reader_out(r, was);
}
