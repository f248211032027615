/* GeoJSON (RFC 7946): airfields as points, sorties as lines along the great circle. */
#include "export/format.h"
#include "export/great_circle.h"
#include "export/member.h"
#include "export/walk.h"
#include "io/json_text.h"

struct map {
    const struct export_job *job;
    struct sink *to;
    struct error *err;
    struct walk walk;
    struct track track;
    bool wrote_feature;
};

static void add_position(struct text *to, double lat, double lon)
{
    text_add(to, "[", 1);
    text_add_degrees(to, lon);
    text_add(to, ",", 1);
    text_add_degrees(to, lat);
    text_add(to, "]", 1);
}

static void begin_feature(struct map *map, const char *kind)
{
    text_addf(&map->to->text, "%s\n{\"type\":\"Feature\",\"properties\":{\"kind\":\"%s\"",
              map->wrote_feature ? "," : "", kind);
    map->wrote_feature = true;
}

/* --- features */

static bool airfield_feature(struct map *map, const struct airfield *airfield)
{
    struct text *to = &map->to->text;
    begin_feature(map, "airfield");
    member_text(to, "airfield", airfield->id);
    member_text(to, "name", airfield->name);
    member_text(to, "country", airfield->country);
    member_whole(to, "runway_ft", airfield->runway_ft);
    member_flag(to, "fuel", airfield->has_fuel);
    if (airfield->mog >= 0)
        member_whole(to, "mog", airfield->mog);
    text_addf(to, "},\"geometry\":{\"type\":\"Point\",\"coordinates\":");
    add_position(to, airfield->lat, airfield->lon);
    text_addf(to, "}}");
    return sink_pass(map->to, map->err);
}

/* One line, or several where the antimeridian or a pole is passed. */
static void add_track(struct text *to, const struct track *track)
{
    size_t lines = 0;
    for (size_t i = 0; i < track->n; i++)
        lines += track->point[i].begins;
    text_addf(to, "},\"geometry\":{\"type\":\"%s\",\"coordinates\":%s", lines > 1 ? "MultiLineString" : "LineString",
              lines > 1 ? "[" : "");
    for (size_t i = 0; i < track->n; i++) {
        bool begins = track->point[i].begins;
        text_addf(to, "%s", i == 0 ? "[" : begins ? "],[" : ",");
        add_position(to, track->point[i].lat, track->point[i].lon);
    }
    text_addf(to, "]%s}}", lines > 1 ? "]" : "");
}

static void add_aboard(struct text *to, const struct instance *inst, const struct lots *aboard)
{
    text_addf(to, ",\"aboard\":[");
    for (size_t i = 0; i < aboard->n; i++) {
        text_addf(to, "%s{\"demand\":", i > 0 ? "," : "");
        text_add_json(to, inst->demand[aboard->lot[i].demand].id);
        member_whole(to, "passengers", aboard->lot[i].pax);
        member_whole(to, "escorts", aboard->lot[i].escorts);
        text_addf(to, "}");
    }
    text_addf(to, "]");
}

static bool sortie_feature(struct map *map)
{
    const struct instance *inst = map->job->inst;
    const struct walk_mission *m = &map->walk.mission;
    const struct walk_sortie *s = &map->walk.sortie;
    struct text *to = &map->to->text;
    if (!track_set(&map->track, s->from, s->to, map->err))
        return false;
    begin_feature(map, "sortie");
    member_text(to, "mission", m->name);
    member_whole(to, "sortie", (int64_t)s->index + 1);
    member_text(to, "airframe", m->airframe->id);
    member_text(to, "type", m->type->id);
    member_text(to, "crew", m->crew->id);
    member_flag(to, "committed", m->plan->committed);
    member_text(to, "from", s->from->id);
    member_text(to, "to", s->to->id);
    member_instant(to, "take_off", inst, s->take_off);
    member_instant(to, "block_in", inst, s->block_in);
    member_decimal(to, "nm", s->leg->nm, 3);
    member_whole(to, "seats", m->configuration->seats);
    member_whole(to, "passengers", s->aboard.pax);
    member_whole(to, "escorts", s->aboard.escorts);
    member_decimal(to, "payload_kg", s->aboard.mass, 3);
    add_aboard(to, inst, &s->aboard);
    add_track(to, &map->track);
    return sink_pass(map->to, map->err);
}

static bool features(struct map *map)
{
    const struct instance *inst = map->job->inst;
    bool good = true;
    for (size_t i = 0; good && i < inst->n_airfields; i++)
        good = airfield_feature(map, &inst->airfield[i]);
    while (good && walk_mission(&map->walk))
        while (good && walk_sortie(&map->walk))
            good = sortie_feature(map);
    return good;
}

/* --- the format */

static const struct setting settings[] = {{NULL, NULL, NULL}};

static bool write_geojson(const struct export_job *job, struct sink *to, struct error *err)
{
    struct map map = {.job = job, .to = to, .err = err};
    if (!walk_init(&map.walk, job->inst, &job->plan->schedule, WALK_BY_TIME, err))
        return false;
    track_init(&map.track);
    bool good = sink_begin(to, "schedule.geojson", err);
    text_addf(&to->text, "{\"type\":\"FeatureCollection\"");
    member_text(&to->text, "name", job->inst->name);
    text_addf(&to->text, ",\"features\":[");
    good = good && features(&map);
    text_addf(&to->text, "\n]}\n");
    track_release(&map.track);
    walk_release(&map.walk);
    return good && sink_end(to, err);
}

const struct export_format format_geojson = {
    .name = "geojson",
    .summary = "airfields as points, sorties as great circles",
    .settings = settings,
    .write = write_geojson,
};
