/* A mission as it stands in a schedule and among the commitments. */
#include <stdlib.h>
#include <string.h>

#include "io/json.h"
#include "io/load_plan_json.h"

static void must_be_left_out(struct reader *r, const json_t *object, const char *key, const char *why)
{
    const json_t *value = json_object_get(object, key);
    size_t was = reader_in(r, key);
    if (value && !json_is_null(value))
        reader_fault(r, value, "%s", why);
    reader_out(r, was);
}

/* Whether the ride goes where its demand goes; what is at fault already is not judged again. */
static bool goes_along(const struct mission *m, const struct ride *p, const struct instance *inst)
{
    if (p->demand < 0)
        return true;
    const struct demand *d = &inst->demand[p->demand];
    int32_t from = m->stop[p->from_stop].airfield, to = m->stop[p->to_stop].airfield;
    return (from < 0 || d->origin < 0 || from == d->origin) && (to < 0 || d->destination < 0 || to == d->destination);
}

static void read_stops(struct reader *r, const json_t *value, struct mission *m)
{
    static const char *const keys[] = {"airfield", "arrival", "handling_start", "handling_end", "departure", NULL};
    json_t *list = reader_list(r, value, "stops", true, 2), *item;
    size_t i, was = reader_in(r, "stops"), n = json_array_size(list);
    m->stop = reader_room(r, n, sizeof *m->stop);
    json_array_foreach(list, i, item)
    {
        size_t inner = reader_at(r, i);
        if (m->stop)
            m->stop[i].airfield = -1;
        if (m->stop && reader_object(r, item, keys)) {
            struct stop *s = &m->stop[i];
            bool first = i == 0, last = i + 1 == n;
            s->airfield = reader_reference(r, item, "airfield", r->airfields, "airfield");
            s->arrival = s->departure = SEC_NONE;
            if (!first)
                s->arrival = reader_instant(r, item, "arrival", REQUIRED, 0);
            else
                must_be_left_out(r, item, "arrival", "the first stop has no arrival");
            if (!last)
                s->departure = reader_instant(r, item, "departure", REQUIRED, 0);
            else
                must_be_left_out(r, item, "departure", "the last stop has no departure");
            s->handling_start = reader_instant(r, item, "handling_start", REQUIRED, 0);
            s->handling_end = reader_instant(r, item, "handling_end", REQUIRED, 0);
            size_t deeper = reader_in(r, "airfield");
            if (i > 0 && s->airfield >= 0 && s->airfield == m->stop[i - 1].airfield)
                reader_fault(r, json_object_get(item, "airfield"), "the same airfield as the stop before");
            reader_out(r, deeper);
        }
        reader_out(r, inner);
    }
    m->n_stops = m->stop ? n : 0;
    reader_out(r, was);
}

static void read_rides(struct reader *r, const json_t *value, const struct instance *inst, struct mission *m)
{
    static const char *const keys[] = {"demand", "pax", "load_stop", "unload_stop", "escorts", NULL};
    json_t *list = reader_list(r, value, "rides", false, 0), *item;
    size_t i, was = reader_in(r, "rides");
    m->ride = reader_room(r, json_array_size(list), sizeof *m->ride);
    json_array_foreach(list, i, item)
    {
        size_t inner = reader_at(r, i);
        if (m->ride && m->n_stops >= 2 && reader_object(r, item, keys)) {
            struct ride *p = &m->ride[m->n_rides++];
            int64_t last = (int64_t)m->n_stops - 1;
            int before = r->n_faults;
            p->demand = reader_reference(r, item, "demand", r->demands, "demand");
            p->pax = (int32_t)reader_whole(r, item, "pax", REQUIRED, 1, 1, 1000000);
            p->from_stop = (int32_t)reader_whole(r, item, "load_stop", REQUIRED, 0, 0, last);
            p->to_stop = (int32_t)reader_whole(r, item, "unload_stop", REQUIRED, 0, 0, last);
            size_t deeper = reader_in(r, "unload_stop");
            if (r->n_faults == before && p->to_stop <= p->from_stop)
                reader_fault(r, json_object_get(item, "unload_stop"), "must come after \"load_stop\"");
            reader_out(r, deeper);
            deeper = reader_in(r, "demand");
            if (r->n_faults == before && !goes_along(m, p, inst))
                reader_fault(r, json_object_get(item, "demand"), "does not go from stop %d to stop %d", p->from_stop,
                             p->to_stop);
            reader_out(r, deeper);
        }
        reader_out(r, inner);
    }
    reader_out(r, was);
}

void reader_mission(struct reader *r, const json_t *value, const struct instance *inst, bool committed,
                    struct mission *m)
{
    static const char *const keys[] = {"id",    "airframe", "crew",  "configuration", "committed",
                                       "stops", "sorties",  "rides", "load_plan",     NULL};
    memset(m, 0, sizeof *m);
    if (!reader_object(r, value, keys))
        return;
    m->airframe = reader_reference(r, value, "airframe", r->airframes, "airframe");
    m->crew = reader_reference(r, value, "crew", r->crews, "crew");
    m->committed = reader_bool(r, value, "committed", committed) || committed;
    json_t *configuration = reader_get(r, value, "configuration", true);
    m->configuration = -1;
    if (configuration && m->airframe >= 0 && inst->airframe[m->airframe].type >= 0 &&
        inst->type[inst->airframe[m->airframe].type].n_configurations > 0) {
        const struct aircraft_type *type = &inst->type[inst->airframe[m->airframe].type];
        json_t *ids = json_object();
        for (size_t i = 0; i < type->n_configurations; i++)
            if (json_object_set_new(ids, type->configuration[i].id, json_integer((json_int_t)i)) != 0)
                r->no_memory = true;
        size_t was = reader_in(r, "configuration");
        m->configuration = reader_lookup(r, configuration, ids, "configuration");
        reader_out(r, was);
        json_decref(ids);
    }
    read_stops(r, value, m);
    read_rides(r, value, inst, m);
    reader_load_plan(r, value, inst, m);
}
