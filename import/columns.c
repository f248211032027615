#include "import/columns.h"

#include <ctype.h>
#include <string.h>

static const struct column airfield_columns[] = {
    {"id", CELL_TEXT, true, "id", NULL},
    {"name", CELL_TEXT, false, "name", NULL},
    {"country", CELL_TEXT, false, "country", NULL},
    {"lat", CELL_NUMBER, false, "lat", NULL},
    {"lon", CELL_NUMBER, false, "lon", NULL},
    {"runway_ft", CELL_NUMBER, false, "runway_ft", NULL},
    {"fuel", CELL_YES_NO, false, "fuel", NULL},
    {"mog", CELL_NUMBER, false, "mog", NULL},
    {"open_daily", CELL_HOURS, false, "open_daily", NULL},
    {"closures", CELL_WINDOWS, false, "closures", NULL},
    {"time_zone", CELL_TEXT, false, "time_zone", NULL},
    {"iata", CELL_TEXT, false, "iata", NULL},
};

static const struct column airframe_columns[] = {
    {"id", CELL_TEXT, true, "id", NULL},
    {"type", CELL_TEXT, true, "type", NULL},
    {"at", CELL_TEXT, true, "at", NULL},
    {"from", CELL_INSTANT, false, "from", NULL},
    {"until", CELL_INSTANT, false, "until", NULL},
    {"end_at", CELL_ENDS, false, "end_at", NULL},
    {"max_flight_min", CELL_NUMBER, false, "max_flight_min", NULL},
};

static const struct column crew_columns[] = {
    {"id", CELL_TEXT, true, "id", NULL},
    {"types", CELL_LIST, true, "types", NULL},
    {"kind", CELL_TEXT, true, "kind", NULL},
    {"at", CELL_TEXT, true, "at", NULL},
    {"from", CELL_INSTANT, false, "from", NULL},
    {"until", CELL_INSTANT, false, "until", NULL},
    {"end_at", CELL_ENDS, false, "end_at", NULL},
    {"last_duty_end", CELL_INSTANT, false, "last_duty_end", NULL},
    {"recent_flights", CELL_FLIGHTS, false, "recent_flights", NULL},
};

static const struct column demand_columns[] = {
    {"id", CELL_TEXT, true, "id", NULL},
    {"origin", CELL_TEXT, true, "origin", NULL},
    {"destination", CELL_TEXT, true, "destination", NULL},
    {"pax", CELL_NUMBER, true, "pax", NULL},
    {"kg_per_pax", CELL_NUMBER, true, "kg_per_pax", NULL},
    {"baggage_kg", CELL_NUMBER, false, "baggage_kg", NULL},
    {"freight_kg", CELL_NUMBER, false, "freight_kg", NULL},
    {"pickup_from", CELL_INSTANT, false, "pickup", "from"},
    {"pickup_until", CELL_INSTANT, false, "pickup", "until"},
    {"delivery_from", CELL_INSTANT, false, "delivery", "from"},
    {"delivery_until", CELL_INSTANT, false, "delivery", "until"},
    {"together", CELL_YES_NO, false, "together", NULL},
    {"smallest_lot", CELL_NUMBER, false, "smallest_lot", NULL},
    {"max_aboard_min", CELL_NUMBER, false, "max_aboard_min", NULL},
    {"category", CELL_TEXT, false, "category", NULL},
    {"escorts_per_pax", CELL_NUMBER, false, "escorts", "per_pax"},
    {"escorts_kg", CELL_NUMBER, false, "escorts", "kg"},
    {"escorts_baggage_kg", CELL_NUMBER, false, "escorts", "baggage_kg"},
    {"onload_min", CELL_NUMBER, false, "onload_min", NULL},
    {"offload_min", CELL_NUMBER, false, "offload_min", NULL},
    {"penalty", CELL_NUMBER, true, "penalty", NULL},
    {"delay_cost_per_hour", CELL_NUMBER, false, "delay_cost_per_hour", NULL},
};

#define KIND(name, columns)                                                                                            \
    {                                                                                                                  \
        name, columns, sizeof columns / sizeof columns[0]                                                              \
    }
const struct sheet_kind sheet_kinds[N_SHEET_KINDS] = {
    KIND("airfields", airfield_columns),
    KIND("airframes", airframe_columns),
    KIND("crews", crew_columns),
    KIND("demands", demand_columns),
};

static bool heading_is(const char *heading, const char *name)
{
    while (isspace((unsigned char)*heading))
        heading++;
    for (; *name; heading++, name++)
        if (tolower((unsigned char)*heading) != *name && !(*heading == ' ' && *name == '_'))
            return false;
    while (isspace((unsigned char)*heading))
        heading++;
    return *heading == '\0';
}

int column_by_heading(const struct sheet_kind *kind, const char *heading)
{
    for (size_t i = 0; i < kind->n_columns; i++)
        if (heading_is(heading, kind->columns[i].name))
            return (int)i;
    return -1;
}

int column_by_key(const struct sheet_kind *kind, const char *key, const char *inner)
{
    for (size_t i = 0; i < kind->n_columns; i++) {
        const struct column *c = &kind->columns[i];
        if (strcmp(c->key, key) == 0 && (!c->inner || strcmp(c->inner, inner) == 0))
            return (int)i;
    }
    return -1;
}
