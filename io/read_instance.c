#include "io/read_instance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/catalogue.h"
#include "io/digest.h"
#include "io/instant.h"
#include "io/json.h"
#include "io/whole_file.h"

static void horizon(struct reader *r, const json_t *root, struct instance *inst)
{
    int before = r->n_faults;
    inst->start_unix = reader_instant(r, root, "start", REQUIRED, 0);
    r->start = inst->start_unix;
    inst->end = reader_instant(r, root, "end", REQUIRED, SECONDS_PER_DAY);
    size_t was = reader_in(r, "end");
    if (r->n_faults == before && inst->end <= 0)
        reader_fault(r, json_object_get(root, "end"), "must be after \"start\"");
    else if (r->n_faults == before && inst->end > (sec_t)3653 * SECONDS_PER_DAY)
        reader_fault(r, json_object_get(root, "end"), "must be at most 3653 days after \"start\"");
    r->has_start = r->n_faults == before;
    if (!r->has_start)
        inst->end = SECONDS_PER_DAY;
    reader_out(r, was);
}

static void commitments(struct reader *r, const json_t *root, struct instance *inst)
{
    json_t *list = reader_list(r, root, "committed_missions", false, 0), *value;
    size_t i, was = reader_in(r, "committed_missions");
    inst->committed.mission = reader_room(r, json_array_size(list), sizeof *inst->committed.mission);
    json_array_foreach(list, i, value)
    {
        size_t inner = reader_at(r, i);
        if (inst->committed.mission) {
            reader_mission(r, value, inst, true, &inst->committed.mission[i]);
            inst->committed.n_missions = i + 1;
        }
        reader_out(r, inner);
    }
    reader_out(r, was);
}

static void read_root(struct reader *r, json_t *root, struct instance *inst)
{
    static const char *const keys[] = {
        "format",        "version",   "name",  "currency", "start",  "end",   "airfields",          "aircraft_types",
        "leg_overrides", "airframes", "crews", "demands",  "limits", "rules", "committed_missions", NULL};
    if (!json_is_object(root)) {
        reader_fault(r, root, "must be an object");
        return;
    }
    if (!reader_format(r, root, "sortie-instance"))
        return;
    reader_object(r, root, keys);
    inst->name = reader_text(r, root, "name", OPTIONAL, false);
    inst->currency = reader_text(r, root, "currency", OPTIONAL, false);
    horizon(r, root, inst);
    /* Keys with a blank cannot come from the file any more: unknown keys are faults by now. */
    json_object_set_new(root, " airfields", catalogue_load(catalogue_airfields, catalogue_airfields_size));
    json_object_set_new(root, " types", catalogue_load(catalogue_types, catalogue_types_size));
    json_t *types = NULL, *categories = json_object();
    reader_airfields(r, root, inst);
    reader_types(r, root, inst, &types);
    reader_legs(r, root, inst, types);
    reader_fleet(r, root, inst);
    reader_demands(r, root, inst, categories);
    reader_limits(r, root, inst);
    reader_rules(r, root, inst, categories);
    commitments(r, root, inst);
    json_decref(types);
    json_decref(categories);
}

bool read_instance_text(const char *name, const char *bytes, size_t size, struct instance *inst, char **faults,
                        struct error *err)
{
    struct reader r;
    instance_init(inst);
    *faults = NULL;
    reader_init(&r, name);
    json_t *root = r.no_memory ? NULL : reader_parse(&r, bytes, size);
    if (root)
        read_root(&r, root, inst);
    json_decref(root);
    digest(bytes, size, inst->sha256);
    bool ok = reader_done(&r, faults, err);
    reader_release(&r);
    if (!ok)
        instance_release(inst);
    return ok;
}

bool read_instance(const char *path, struct instance *inst, char **faults, struct error *err)
{
    size_t size;
    instance_init(inst);
    *faults = NULL;
    char *bytes = whole_file_read(path, &size, err);
    if (!bytes)
        return false;
    bool ok = read_instance_text(strcmp(path, "-") == 0 ? "standard input" : path, bytes, size, inst, faults, err);
    free(bytes);
    return ok;
}
