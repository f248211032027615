/* The schedule file, read back strictly. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/json.h"
#include "io/schedule_json.h"
#include "io/whole_file.h"

#define MOST_COST 9e14 /* units of the currency; hundredths of it still fit cent_t */

static void note_ids(struct reader *r, const struct instance *inst)
{
    r->start = inst->start_unix;
    r->has_start = true;
    for (size_t i = 0; i < inst->n_airfields; i++)
        reader_note_id(r, r->airfields, inst->airfield[i].id, i);
    for (size_t i = 0; i < inst->n_airframes; i++)
        reader_note_id(r, r->airframes, inst->airframe[i].id, i);
    for (size_t i = 0; i < inst->n_crews; i++)
        reader_note_id(r, r->crews, inst->crew[i].id, i);
    for (size_t i = 0; i < inst->n_demands; i++)
        reader_note_id(r, r->demands, inst->demand[i].id, i);
}

/* Money beyond what one price may be: sums. */
static cent_t amount(struct reader *r, const json_t *object, const char *key, double least)
{
    json_t *value = reader_get(r, object, key, true);
    if (!value)
        return 0;
    size_t was = reader_in(r, key);
    double x = json_number_value(value), cents = round(x * 100.0);
    bool good = json_is_number(value) || reader_fault(r, value, "must be a number");
    if (good && x < least)
        good = reader_fault(r, value, "must be at least %.15g", least);
    if (good && x > MOST_COST)
        good = reader_fault(r, value, "must be at most %.15g", MOST_COST);
    if (good && fabs(x * 100.0 - cents) > 1e-6 + fabs(x) * 1e-13) /* as near as a double comes */
        good = reader_fault(r, value, "must have two decimals at most");
    reader_out(r, was);
    if (!good)
        return 0;
    return json_is_integer(value) ? (cent_t)json_integer_value(value) * 100 : (cent_t)cents;
}

static void read_cost(struct reader *r, const json_t *root, struct plan *plan)
{
    static const char *const keys[] = {"block", "fees", "missions", "not_moved", "delay", "total", NULL};
    json_t *cost = reader_get(r, root, "cost", true);
    size_t was = reader_in(r, "cost");
    if (cost && reader_object(r, cost, keys)) {
        plan->cost.block = amount(r, cost, "block", 0);
        plan->cost.fees = amount(r, cost, "fees", 0);
        plan->cost.missions = amount(r, cost, "missions", 0);
        plan->cost.not_moved = amount(r, cost, "not_moved", 0);
        plan->cost.delay = amount(r, cost, "delay", 0);
        plan->cost.total = amount(r, cost, "total", 0);
    }
    reader_out(r, was);
    plan->bound = amount(r, root, "bound", -MOST_COST);
}

/* True where the status comes with a schedule. */
static bool read_status(struct reader *r, const json_t *root, struct plan *plan)
{
    static const enum plan_status all[] = {PLAN_OPTIMAL, PLAN_FEASIBLE, PLAN_IMPOSSIBLE, PLAN_UNKNOWN};
    json_t *value = reader_get(r, root, "status", true);
    size_t was = reader_in(r, "status"), i = 0, n = sizeof all / sizeof all[0];
    plan->status = PLAN_UNKNOWN;
    while (value && i < n &&
           (!json_is_string(value) || strcmp(json_string_value(value), plan_status_text(all[i])) != 0))
        i++;
    if (value && i == n)
        reader_fault(r, value, "must be \"optimal\", \"feasible\", \"no_plan_possible\" or \"unknown\"");
    else if (value)
        plan->status = all[i];
    reader_out(r, was);
    return plan->status == PLAN_OPTIMAL || plan->status == PLAN_FEASIBLE;
}

static void must_be_null(struct reader *r, const json_t *root, const char *key, const char *status)
{
    json_t *value = reader_get(r, root, key, true);
    size_t was = reader_in(r, key);
    if (value && !json_is_null(value))
        reader_fault(r, value, "must be null where the status is \"%s\"", status);
    reader_out(r, was);
}

static void read_missions(struct reader *r, const json_t *root, const struct instance *inst, bool none,
                          struct plan *plan)
{
    json_t *list = reader_list(r, root, "missions", true, 0), *value;
    size_t i, was = reader_in(r, "missions");
    struct schedule *schedule = &plan->schedule;
    schedule->mission = reader_room(r, json_array_size(list), sizeof *schedule->mission);
    if (none && json_array_size(list) > 0)
        reader_fault(r, list, "must be empty where the status is \"%s\"", plan_status_text(plan->status));
    json_array_foreach(list, i, value)
    {
        size_t inner = reader_at(r, i);
        if (schedule->mission) {
            reader_mission(r, value, inst, false, &schedule->mission[i]);
            schedule->n_missions = i + 1;
        }
        reader_out(r, inner);
    }
    reader_out(r, was);
}

static void read_made_from(struct reader *r, const json_t *root, const struct instance *inst, bool *other_instance)
{
    static const char *const keys[] = {"name", "sha256", NULL};
    json_t *made_from = reader_get(r, root, "instance", true);
    size_t was = reader_in(r, "instance");
    if (made_from && reader_object(r, made_from, keys)) {
        json_t *value = reader_get(r, made_from, "sha256", true);
        const char *sha256 = json_is_string(value) ? json_string_value(value) : "";
        size_t inner = reader_in(r, "sha256");
        if (value && (strlen(sha256) != 64 || sha256[strspn(sha256, "0123456789abcdef")] != '\0'))
            reader_fault(r, value, "must be 64 hexadecimal digits in lower case");
        reader_out(r, inner);
        *other_instance = strcmp(sha256, inst->sha256) != 0;
    }
    reader_out(r, was);
}

static void read_root(struct reader *r, json_t *root, const struct instance *inst, struct plan *plan,
                      bool *other_instance)
{
    static const char *const keys[] = {"format",   "version",          "program",   "instance", "options",
                                       "status",   "currency",         "cost",      "bound",    "gap",
                                       "missions", "rules_not_judged", "not_moved", NULL};
    if (!json_is_object(root)) {
        reader_fault(r, root, "must be an object");
        return;
    }
    if (!reader_format(r, root, "sortie-schedule"))
        return;
    reader_object(r, root, keys);
    read_made_from(r, root, inst, other_instance);
    int before = r->n_faults;
    bool known = read_status(r, root, plan), none = !known && r->n_faults == before;
    if (known) {
        read_cost(r, root, plan);
    } else if (none) {
        must_be_null(r, root, "cost", plan_status_text(plan->status));
        must_be_null(r, root, "bound", plan_status_text(plan->status));
    }
    read_missions(r, root, inst, none, plan);
}

bool read_schedule_text(const char *name, const char *bytes, size_t size, const struct instance *inst,
                        struct plan *plan, bool *other_instance, char **faults, struct error *err)
{
    struct reader r;
    plan_init(plan);
    *faults = NULL;
    *other_instance = false;
    reader_init(&r, name);
    if (!r.no_memory)
        note_ids(&r, inst);
    json_t *root = r.no_memory ? NULL : reader_parse(&r, bytes, size);
    if (root)
        read_root(&r, root, inst, plan, other_instance);
    json_decref(root);
    bool ok = reader_done(&r, faults, err);
    reader_release(&r);
    if (!ok)
        plan_release(plan);
    return ok;
}

bool read_schedule(const char *path, const struct instance *inst, struct plan *plan, bool *other_instance,
                   char **faults, struct error *err)
{
    size_t size;
    plan_init(plan);
    *faults = NULL;
    *other_instance = false;
    char *bytes = whole_file_read(path, &size, err);
    if (!bytes)
        return false;
    bool ok = read_schedule_text(strcmp(path, "-") == 0 ? "standard input" : path, bytes, size, inst, plan,
                                 other_instance, faults, err);
    free(bytes);
    return ok;
}
