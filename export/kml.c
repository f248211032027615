/* KML 2.2: airfields, and sorties and stops with the time that they last, for viewers with a time slider. */
#include <inttypes.h>

#include "export/escape.h"
#include "export/format.h"
#include "export/great_circle.h"
#include "export/walk.h"
#include "io/instant.h"
#include "io/json_text.h"

struct map {
    const struct export_job *job;
    struct sink *to;
    struct error *err;
    struct walk walk;
    struct track track;
    struct text value; /* in the making */
};

/* --- elements */

static void put_escaped(struct map *map, const char *string)
{
    escape_xml(&map->to->text, string);
}

/* What was gathered in `value`. */
static const char *gathered(struct map *map)
{
    map->value.size = 0;
    return map->value.bytes != NULL ? map->value.bytes : "";
}

static void put_element(struct map *map, const char *name, const char *value)
{
    text_addf(&map->to->text, "<%s>", name);
    put_escaped(map, value);
    text_addf(&map->to->text, "</%s>", name);
}

static void put_data(struct map *map, const char *name, const char *value)
{
    text_addf(&map->to->text, "<Data name=\"%s\">", name);
    put_element(map, "value", value);
    text_addf(&map->to->text, "</Data>");
}

static void put_count(struct map *map, const char *name, int64_t value)
{
    text_addf(&map->to->text, "<Data name=\"%s\"><value>%" PRId64 "</value></Data>", name, value);
}

/* Viewers take a description for HTML, so that ids are escaped in it once more. */
static void say_id(struct map *map, const char *what, const char *id)
{
    text_addf(&map->value, "%s", what);
    escape_xml(&map->value, id);
}

static void say_lots(struct map *map, const char *what, const struct lots *lots)
{
    if (lots->n == 0)
        return;
    text_addf(&map->value, "<br>%s: %" PRId64 " passengers, %" PRId64 " escorts", what, lots->pax, lots->escorts);
    for (size_t i = 0; i < lots->n; i++) {
        say_id(map, "<br>- ", map->job->inst->demand[lots->lot[i].demand].id);
        text_addf(&map->value, ": %" PRId64, lots->lot[i].pax);
    }
}

static void put_time_span(struct map *map, sec_t from, sec_t until)
{
    const int64_t start = map->job->inst->start_unix;
    char begin[INSTANT_SIZE], end[INSTANT_SIZE];
    text_addf(&map->to->text, "<TimeSpan><begin>%s</begin><end>%s</end></TimeSpan>", instant_print(start + from, begin),
              instant_print(start + until, end));
}

static void put_position(struct map *map, double lat, double lon)
{
    text_add_degrees(&map->to->text, lon);
    text_add(&map->to->text, ",", 1);
    text_add_degrees(&map->to->text, lat);
}

static void put_point(struct map *map, const struct airfield *airfield)
{
    text_addf(&map->to->text, "<Point><coordinates>");
    put_position(map, airfield->lat, airfield->lon);
    text_addf(&map->to->text, "</coordinates></Point></Placemark>\n");
}

static void put_track(struct map *map)
{
    struct text *to = &map->to->text;
    const char *begin = "<LineString><tessellate>1</tessellate><coordinates>", *end = "</coordinates></LineString>";
    text_addf(to, "<MultiGeometry>%s", begin);
    for (size_t i = 0; i < map->track.n; i++) {
        const struct track_point *point = &map->track.point[i];
        if (i > 0 && point->begins)
            text_addf(to, "%s%s", end, begin);
        else if (i > 0)
            text_addf(to, " ");
        put_position(map, point->lat, point->lon);
    }
    text_addf(to, "%s</MultiGeometry></Placemark>\n", end);
}

/* --- placemarks */

static void put_mission_data(struct map *map)
{
    const struct walk_mission *m = &map->walk.mission;
    put_data(map, "mission", m->name);
    put_data(map, "airframe", m->airframe->id);
    put_data(map, "type", m->type->id);
    put_data(map, "crew", m->crew->id);
}

static bool airfield_placemark(struct map *map, const struct airfield *airfield)
{
    text_addf(&map->to->text, "<Placemark>");
    put_element(map, "name", airfield->id);
    say_id(map, "", airfield->name);
    say_id(map, "<br>", airfield->country);
    put_element(map, "description", gathered(map));
    text_addf(&map->to->text, "<styleUrl>#airfield</styleUrl><ExtendedData>");
    put_data(map, "airfield", airfield->id);
    put_data(map, "title", airfield->name);
    put_data(map, "country", airfield->country);
    if (airfield->mog >= 0)
        put_count(map, "mog", airfield->mog);
    text_addf(&map->to->text, "</ExtendedData>");
    put_point(map, airfield);
    return sink_pass(map->to, map->err);
}

static bool sortie_placemark(struct map *map)
{
    const struct walk_mission *m = &map->walk.mission;
    const struct walk_sortie *s = &map->walk.sortie;
    if (!track_set(&map->track, s->from, s->to, map->err))
        return false;
    text_addf(&map->to->text, "<Placemark><name>%s/%zu</name>", m->name, s->index + 1);
    say_id(map, "", m->airframe->id);
    say_id(map, ", crew ", m->crew->id);
    say_id(map, "<br>", s->from->id);
    say_id(map, " - ", s->to->id);
    say_lots(map, "Aboard", &s->aboard);
    put_element(map, "description", gathered(map));
    put_time_span(map, s->take_off, s->block_in);
    text_addf(&map->to->text, "<styleUrl>#%s</styleUrl><ExtendedData>", s->aboard.pax > 0 ? "loaded" : "ferry");
    put_mission_data(map);
    put_count(map, "sortie", (int64_t)s->index + 1);
    put_data(map, "from", s->from->id);
    put_data(map, "to", s->to->id);
    put_count(map, "passengers", s->aboard.pax);
    put_count(map, "escorts", s->aboard.escorts);
    text_addf(&map->to->text, "</ExtendedData>");
    put_track(map);
    return sink_pass(map->to, map->err);
}

static bool stop_placemark(struct map *map)
{
    const struct walk_mission *m = &map->walk.mission;
    const struct walk_stop *s = &map->walk.stop;
    text_addf(&map->to->text, "<Placemark><name>%s stop %zu</name>", m->name, s->index);
    say_id(map, "", m->airframe->id);
    say_id(map, ", ", s->airfield->id);
    say_lots(map, "Leaving", &s->leaves);
    say_lots(map, "Boarding", &s->boards);
    put_element(map, "description", gathered(map));
    put_time_span(map, s->from, s->until);
    text_addf(&map->to->text, "<styleUrl>#stop</styleUrl><ExtendedData>");
    put_mission_data(map);
    put_count(map, "stop", (int64_t)s->index);
    put_data(map, "airfield", s->airfield->id);
    put_count(map, "boarding", s->boards.pax);
    put_count(map, "leaving", s->leaves.pax);
    text_addf(&map->to->text, "</ExtendedData>");
    put_point(map, s->airfield);
    return sink_pass(map->to, map->err);
}

/* --- the document */

/* The balloon shows the description alone: names and data would be taken for HTML there. */
static void put_styles(struct map *map)
{
    static const struct {
        const char *id, *style;
    } styles[] = {
        {"airfield", ""},
        {"stop", "<IconStyle><color>ff00a5ff</color></IconStyle>"},
        {"loaded", "<LineStyle><color>ff0060ff</color><width>3</width></LineStyle>"},
        {"ferry", "<LineStyle><color>ff999999</color><width>1.5</width></LineStyle>"},
    };
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++)
        text_addf(&map->to->text,
                  "<Style id=\"%s\">%s<BalloonStyle><text>$[description]</text></BalloonStyle></Style>\n", styles[i].id,
                  styles[i].style);
}

static bool airfields_folder(struct map *map)
{
    const struct instance *inst = map->job->inst;
    bool good = true;
    text_addf(&map->to->text, "<Folder><name>airfields</name>\n");
    for (size_t i = 0; good && i < inst->n_airfields; i++)
        good = airfield_placemark(map, &inst->airfield[i]);
    text_addf(&map->to->text, "</Folder>\n");
    return good;
}

/* Either all sorties or all stops. */
static bool walk_folder(struct map *map, const char *name, bool (*next)(struct walk *walk),
                        bool (*placemark)(struct map *map))
{
    if (!walk_init(&map->walk, map->job->inst, &map->job->plan->schedule, WALK_BY_TIME, map->err))
        return false;
    bool good = true;
    text_addf(&map->to->text, "<Folder><name>%s</name>\n", name);
    while (good && walk_mission(&map->walk))
        while (good && next(&map->walk))
            good = placemark(map);
    text_addf(&map->to->text, "</Folder>\n");
    walk_release(&map->walk);
    return good;
}

static const struct setting settings[] = {{NULL, NULL, NULL}};

static bool write_kml(const struct export_job *job, struct sink *to, struct error *err)
{
    struct map map = {.job = job, .to = to, .err = err};
    track_init(&map.track);
    text_init(&map.value);
    bool good = sink_begin(to, "schedule.kml", err);
    text_addf(&to->text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                         "<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>");
    put_element(&map, "name", job->inst->name);
    text_addf(&to->text, "\n");
    put_styles(&map);
    good = good && airfields_folder(&map) && walk_folder(&map, "sorties", walk_sortie, sortie_placemark) &&
           walk_folder(&map, "stops", walk_stop, stop_placemark);
    text_addf(&to->text, "</Document>\n</kml>\n");
    if (map.value.failed)
        good = error_set(err, ERR_MEMORY, "out of memory");
    text_release(&map.value);
    track_release(&map.track);
    return good && sink_end(to, err);
}

const struct export_format format_kml = {
    .name = "kml",
    .summary = "airfields, sorties and stops with time spans, for globe viewers",
    .settings = settings,
    .write = write_kml,
};
