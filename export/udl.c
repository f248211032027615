/* Records of the Unified Data Library's mobility schemas, as JSON: missions, sorties and what is loaded on each. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export/code.h"
#include "export/format.h"
#include "export/member.h"
#include "export/walk.h"
#include "io/instant.h"
#include "io/json_text.h"

struct udl {
    const struct export_job *job;
    struct sink *to;
    struct error *err;
    const char *marking, *mode, *source;
    struct walk walk;
    bool wrote_record;
};

/* A schema, with what has a record of it. */
struct schema {
    const char *name;
    enum walk_order order;
    bool per_sortie;
    void (*members)(struct udl *u);
};

/* --- members */

/* With milliseconds, as the schemas want them. */
static void member_time(struct text *to, const char *name, const struct instance *inst, sec_t t)
{
    char at[INSTANT_SIZE];
    instant_print(inst->start_unix + t, at);
    text_addf(to, ",\"%s\":\"%.*s.000Z\"", name, (int)strlen(at) - 1, at);
}

static void member_icao(struct text *to, const char *name, const struct airfield *airfield)
{
    if (is_icao(airfield->id))
        member_text(to, name, airfield->id);
}

static void member_mission(struct text *to, const char *name, size_t number)
{
    text_addf(to, ",\"%s\":\"M%03zu\"", name, number);
}

/* Freight that goes with so many passengers. */
static gram_t freight_of(const struct demand *demand, int64_t pax)
{
    return demand_mass(demand, pax) - pax * demand->pax_mass - demand_escorts(demand, pax) * demand->escort_mass;
}

/* Where a ride goes on and off: stops are counted from 1. */
static void members_of_ride(struct udl *u, const struct ride *ride)
{
    struct text *to = &u->to->text;
    const struct instance *inst = u->job->inst;
    const struct demand *demand = &inst->demand[ride->demand];
    member_whole(to, "numPax", ride->pax);
    member_whole(to, "numAttendant", demand_escorts(demand, ride->pax));
    member_whole(to, "onloadId", (int64_t)ride->from_stop + 1);
    member_text(to, "onloadLOCode", inst->airfield[demand->origin].id);
    member_whole(to, "offloadId", (int64_t)ride->to_stop + 1);
    member_text(to, "offloadLOCode", inst->airfield[demand->destination].id);
}

/* --- a mission */

/* The first stop where somebody boards, the last where somebody leaves. */
static void members_of_ends(struct udl *u)
{
    const struct mission *plan = u->walk.mission.plan;
    const struct instance *inst = u->job->inst;
    int32_t first = INT32_MAX, last = -1;
    for (size_t i = 0; i < plan->n_rides; i++) {
        first = plan->ride[i].from_stop < first ? plan->ride[i].from_stop : first;
        last = plan->ride[i].to_stop > last ? plan->ride[i].to_stop : last;
    }
    if (last < 0)
        return;
    member_icao(&u->to->text, "firstPickUp", &inst->airfield[plan->stop[first].airfield]);
    member_icao(&u->to->text, "lastDropOff", &inst->airfield[plan->stop[last].airfield]);
}

/* The missions before and after of the same airframe; the walk goes from airframe to airframe. */
static void members_of_neighbours(struct udl *u, size_t previous)
{
    const struct mission *next = walk_peek(&u->walk);
    if (u->walk.mission.of_airframe > 1)
        member_mission(&u->to->text, "prevMissionId", previous);
    if (next != NULL && next->airframe == u->walk.mission.plan->airframe)
        member_mission(&u->to->text, "nextMissionId", (size_t)(next - u->job->plan->schedule.mission) + 1);
}

static void mission_members(struct udl *u)
{
    const struct walk_mission *m = &u->walk.mission;
    const struct instance *inst = u->job->inst;
    struct text *to = &u->to->text;
    bool freight = false;
    for (size_t i = 0; i < m->plan->n_rides; i++)
        freight = freight || inst->demand[m->plan->ride[i].demand].freight > 0;
    member_text(to, "origMissionId", m->name);
    members_of_ends(u);
    if (m->plan->n_rides > 0)
        member_text(to, "loadCategoryType", freight ? "MIXED" : "PASSENGER");
    member_text(to, "operation", inst->name);
    text_addf(to, ",\"requirements\":[");
    for (size_t i = 0; i < m->plan->n_rides; i++) {
        const struct ride *ride = &m->plan->ride[i];
        const struct demand *demand = &inst->demand[ride->demand];
        text_addf(to, "%s{\"transReqNum\":", i > 0 ? "," : "");
        text_add_json(to, demand->id);
        member_decimal(to, "bulkWeight", freight_of(demand, ride->pax), 3);
        members_of_ride(u, ride);
        text_addf(to, "}");
    }
    text_addf(to, "]");
}

/* --- a sortie, and what is loaded on it */

static void sortie_members(struct udl *u)
{
    const struct walk_mission *m = &u->walk.mission;
    const struct walk_sortie *s = &u->walk.sortie;
    struct text *to = &u->to->text;
    char date[INSTANT_SIZE];
    text_addf(to, ",\"origSortieId\":\"%s/%zu\"", m->name, s->index + 1);
    member_text(to, "missionId", m->name);
    member_whole(to, "legNum", (int64_t)s->index + 1);
    member_time(to, "plannedDepTime", u->job->inst, s->take_off);
    member_time(to, "plannedArrTime", u->job->inst, s->block_in);
    text_addf(to, ",\"sortieDate\":\"%.10s\"", instant_print(u->job->inst->start_unix + s->take_off, date));
    text_addf(to, ",\"flightTime\":");
    text_add_minutes(to, s->block_in - s->take_off);
    member_icao(to, "depICAO", s->from);
    if (*s->from->iata != '\0')
        member_text(to, "depIATA", s->from->iata);
    member_whole(to, "depItinerary", (int64_t)s->index + 1);
    member_icao(to, "arrICAO", s->to);
    if (*s->to->iata != '\0')
        member_text(to, "arrIATA", s->to->iata);
    member_whole(to, "arrItinerary", (int64_t)s->index + 2);
    member_text(to, "aircraftMDS", m->type->id);
    member_text(to, "tailNumber", m->airframe->id);
    member_text(to, "reqConfig", m->configuration->id);
    member_whole(to, "passengers", s->aboard.pax + s->aboard.escorts);
}

static void load_members(struct udl *u)
{
    const struct walk_mission *m = &u->walk.mission;
    const struct walk_sortie *s = &u->walk.sortie;
    const struct instance *inst = u->job->inst;
    struct text *to = &u->to->text;
    bool first = true;
    text_addf(to, ",\"externalId\":\"%s/%zu\"", m->name, s->index + 1);
    member_text(to, "missionNumber", m->name);
    member_whole(to, "legNum", (int64_t)s->index + 1);
    member_text(to, "depAirfield", s->from->id);
    member_icao(to, "depICAO", s->from);
    member_text(to, "arrAirfield", s->to->id);
    member_icao(to, "arrICAO", s->to);
    member_text(to, "aircraftMDS", m->type->id);
    member_text(to, "tailNumber", m->airframe->id);
    member_whole(to, "seatsOnboard", m->configuration->seats);
    text_addf(to, ",\"airLoadPlanULNActuals\":[");
    for (size_t i = 0; i < m->plan->n_rides; i++) {
        const struct ride *ride = &m->plan->ride[i];
        if ((size_t)ride->from_stop > s->index || (size_t)ride->to_stop <= s->index)
            continue;
        text_addf(to, "%s{\"uln\":", first ? "" : ",");
        text_add_json(to, inst->demand[ride->demand].id);
        member_decimal(to, "ulnCargoWeight", freight_of(&inst->demand[ride->demand], ride->pax), 3);
        members_of_ride(u, ride);
        text_addf(to, "}");
        first = false;
    }
    text_addf(to, "]");
}

/* --- records */

static const struct schema schemas[] = {
    {"AirTransportMission", WALK_BY_AIRFRAME, false, mission_members},
    {"AircraftSortie", WALK_BY_TIME, true, sortie_members},
    {"AirLoadPlan", WALK_BY_TIME, true, load_members},
};
enum { N_SCHEMAS = sizeof schemas / sizeof schemas[0] };

static void begin_record(struct udl *u)
{
    text_addf(&u->to->text, "%s\n{\"classificationMarking\":", u->wrote_record ? "," : "");
    text_add_json(&u->to->text, u->marking);
    member_text(&u->to->text, "dataMode", u->mode);
    member_text(&u->to->text, "source", u->source);
    u->wrote_record = true;
}

static bool end_record(struct udl *u)
{
    text_addf(&u->to->text, "}");
    return sink_pass(u->to, u->err);
}

static bool mission_records(struct udl *u, const struct schema *schema, size_t previous)
{
    bool good = true;
    if (!schema->per_sortie) {
        begin_record(u);
        schema->members(u);
        members_of_neighbours(u, previous);
        return end_record(u);
    }
    while (good && walk_sortie(&u->walk)) {
        begin_record(u);
        schema->members(u);
        good = end_record(u);
    }
    return good;
}

static bool records(struct udl *u, const struct schema *schema)
{
    char file[64];
    snprintf(file, sizeof file, "%s.json", schema->name);
    if (!walk_init(&u->walk, u->job->inst, &u->job->plan->schedule, schema->order, u->err))
        return false;
    bool good = sink_begin(u->to, file, u->err);
    u->wrote_record = false;
    text_addf(&u->to->text, "[");
    for (size_t previous = 0; good && walk_mission(&u->walk); previous = u->walk.mission.number)
        good = mission_records(u, schema, previous);
    text_addf(&u->to->text, "\n]\n");
    walk_release(&u->walk);
    return good && sink_end(u->to, u->err);
}

/* --- the format */

static const struct setting settings[] = {
    {"record", "AirTransportMission", "AirTransportMission, AircraftSortie or AirLoadPlan; a folder gets all of them"},
    {"marking", "U", "classificationMarking; the planner does not know it"},
    {"mode", "TEST", "dataMode: REAL, TEST, SIMULATED or EXERCISE; the planner does not know it"},
    {"source", "SORTIE", "source"},
    {NULL, NULL, NULL},
};

static bool read_settings(struct udl *u, const struct export_job *job, struct sink *to, struct error *err)
{
    static const char *const modes[] = {"REAL", "TEST", "SIMULATED", "EXERCISE"};
    *u = (struct udl){.job = job,
                      .to = to,
                      .err = err,
                      .marking = settings_get(&job->settings, "marking"),
                      .mode = settings_get(&job->settings, "mode"),
                      .source = settings_get(&job->settings, "source")};
    if (*u->marking == '\0' || *u->source == '\0')
        return error_set(err, ERR_USAGE, "%s must not be empty", *u->marking == '\0' ? "marking" : "source");
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
        if (strcmp(modes[i], u->mode) == 0)
            return true;
    return error_set(err, ERR_USAGE, "mode must be REAL, TEST, SIMULATED or EXERCISE, got \"%.200s\"", u->mode);
}

static bool write_udl(const struct export_job *job, struct sink *to, struct error *err)
{
    struct udl u;
    const char *record = settings_get(&job->settings, "record");
    if (!read_settings(&u, job, to, err))
        return false;
    for (int i = 0; i < N_SCHEMAS; i++)
        if (strcmp(schemas[i].name, record) == 0)
            return records(&u, &schemas[i]);
    return error_set(err, ERR_USAGE,
                     "record must be AirTransportMission, AircraftSortie or AirLoadPlan, got \"%.200s\"", record);
}

static bool write_all(const struct export_job *job, struct sink *to, struct error *err)
{
    struct udl u;
    if (settings_of(&job->settings, "record", "") != NULL)
        return error_set(err, ERR_USAGE, "record=%s is for one file; a folder gets all records",
                         settings_get(&job->settings, "record"));
    bool good = read_settings(&u, job, to, err);
    for (int i = 0; good && i < N_SCHEMAS; i++)
        good = records(&u, &schemas[i]);
    return good;
}

const struct export_format format_udl = {
    .name = "udl",
    .summary = "Unified Data Library records; a folder gets missions, sorties and load plans",
    .settings = settings,
    .write = write_udl,
    .write_folder = write_all,
};
