/* iCalendar (RFC 5545): a calendar for every airframe, crew and airfield, or one with all events of a kind. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export/escape.h"
#include "export/format.h"
#include "export/revised.h"
#include "export/walk.h"
#include "io/digest.h"
#include "io/instant.h"
#include "io/json_text.h"

#define PRODUCT "-//sortie//sortie " SORTIE_VERSION "//EN"

/* Events of one kind come from one kind of calendar. */
enum kind { SORTIES, DUTIES, VISITS, N_KINDS };

static const struct {
    const char *events;   /* as the setting calls them */
    const char *calendar; /* whose they are */
    enum walk_order order;
} kinds[N_KINDS] = {
    {"sorties", "airframe", WALK_BY_AIRFRAME}, {"duties", "crew", WALK_BY_CREW}, {"visits", "airfield", WALK_BY_TIME}};

struct calendar {
    const struct export_job *job;
    struct sink *to;
    struct error *err;
    struct revision revision;
    struct text value, line; /* of the property in the making */
    struct walk walk;
    struct walk_visits visits;
    bool wrote_event;
};

/* --- properties */

static void put_line(struct calendar *c, const char *line)
{
    fold_ics(&c->to->text, line, strlen(line));
}

/* Name and raw value, which is folded and not escaped. */
static void put_raw(struct calendar *c, const char *name, const char *value)
{
    c->line.size = 0;
    text_addf(&c->line, "%s:%s", name, value);
    fold_ics(&c->to->text, c->line.bytes != NULL ? c->line.bytes : "", c->line.size);
}

static void put_text(struct calendar *c, const char *name, const char *value)
{
    c->line.size = 0;
    text_addf(&c->line, "%s:", name);
    escape_ics(&c->line, value);
    fold_ics(&c->to->text, c->line.bytes != NULL ? c->line.bytes : "", c->line.size);
}

/* What was gathered in `value`. */
static void put_value(struct calendar *c, const char *name)
{
    put_text(c, name, c->value.bytes != NULL ? c->value.bytes : "");
    c->value.size = 0;
}

/* "20260301T070000Z" */
static void put_instant(struct calendar *c, const char *name, int64_t unix_time)
{
    char from[INSTANT_SIZE], to[INSTANT_SIZE];
    size_t n = 0;
    for (const char *at = instant_print(unix_time, from); *at != '\0'; at++)
        if (*at != '-' && *at != ':')
            to[n++] = *at;
    to[n] = '\0';
    put_raw(c, name, to);
}

/* A UUID of the kind that is made as one likes (RFC 9562, version 8), from a digest of what names the event. The name
 * and the start of the instance are in it, so other plans have other events. `parts` are ids, each with its length. */
static void put_uid(struct calendar *c, enum kind kind, const char *id, const char *airframe, size_t turn, size_t place)
{
    const struct instance *inst = c->job->inst;
    char hex[DIGEST_SIZE], uid[64], start[INSTANT_SIZE];
    c->value.size = 0;
    text_addf(&c->value, "%zu:%s%s %s %zu:%s%zu:%s %zu %zu", strlen(inst->name), inst->name,
              instant_print(inst->start_unix, start), kinds[kind].events, strlen(id), id, strlen(airframe), airframe,
              turn, place);
    digest(c->value.bytes != NULL ? c->value.bytes : "", c->value.size, hex);
    c->value.size = 0;
    hex[12] = '8';
    hex[16] = "89ab"[hex[16] & 3];
    snprintf(uid, sizeof uid, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
    put_raw(c, "UID", uid);
}

/* --- events */

/* An event that does not last has no end. */
static void begin_event(struct calendar *c, sec_t from, sec_t until)
{
    const int64_t start = c->job->inst->start_unix;
    c->wrote_event = true;
    put_line(c, "BEGIN:VEVENT");
    put_instant(c, "DTSTAMP", c->revision.at);
    put_instant(c, "LAST-MODIFIED", c->revision.at);
    text_addf(&c->to->text, "SEQUENCE:%" PRId64 "\r\n", c->revision.sequence);
    put_instant(c, "DTSTART", start + from);
    if (until > from)
        put_instant(c, "DTEND", start + until);
    if (c->walk.mission.plan->committed)
        put_line(c, "STATUS:CONFIRMED");
    put_text(c, "X-SORTIE-MISSION", c->walk.mission.name);
    put_text(c, "X-SORTIE-AIRFRAME", c->walk.mission.airframe->id);
    put_text(c, "X-SORTIE-CREW", c->walk.mission.crew->id);
}

static bool end_event(struct calendar *c)
{
    put_line(c, "END:VEVENT");
    return sink_pass(c->to, c->err);
}

/* Ids in the description are made safe for a line of their own each. */
static void add_named(struct calendar *c, const char *what, const char *id)
{
    text_addf(&c->value, "%s ", what);
    text_add_safe(&c->value, id);
}

static void add_lots(struct calendar *c, const char *what, const struct lots *lots)
{
    if (lots->n == 0)
        return;
    text_addf(&c->value, "\n%s: %" PRId64 " passengers, %" PRId64 " escorts, %" PRId64 " kg", what, lots->pax,
              lots->escorts, (lots->mass + 500) / 1000);
    for (size_t i = 0; i < lots->n; i++) {
        text_addf(&c->value, "\n  ");
        text_add_safe(&c->value, c->job->inst->demand[lots->lot[i].demand].id);
        text_addf(&c->value, ": %" PRId64 " passengers, %" PRId64 " escorts", lots->lot[i].pax, lots->lot[i].escorts);
    }
}

static void add_mission(struct calendar *c)
{
    const struct walk_mission *m = &c->walk.mission;
    add_named(c, "Airframe", m->airframe->id);
    text_addf(&c->value, " (");
    text_add_safe(&c->value, m->type->id);
    text_addf(&c->value, ", ");
    text_add_safe(&c->value, m->configuration->id);
    add_named(c, ")\nCrew", m->crew->id);
}

static bool sortie_event(struct calendar *c)
{
    const struct walk_mission *m = &c->walk.mission;
    const struct walk_sortie *s = &c->walk.sortie;
    begin_event(c, s->take_off, s->block_in);
    put_uid(c, SORTIES, m->airframe->id, "", m->of_airframe, s->index);
    text_addf(&c->value, "%s/%zu %s - %s", m->name, s->index + 1, s->from->id, s->to->id);
    put_value(c, "SUMMARY");
    put_text(c, "LOCATION", s->from->id);
    put_text(c, "X-SORTIE-FROM", s->from->id);
    put_text(c, "X-SORTIE-TO", s->to->id);
    text_addf(&c->value, "Mission %s, sortie %zu of %zu\n", m->name, s->index + 1, m->plan->n_stops - 1);
    add_mission(c);
    add_lots(c, "Aboard", &s->aboard);
    put_value(c, "DESCRIPTION");
    return end_event(c);
}

static bool duty_event(struct calendar *c)
{
    const struct instance *inst = c->job->inst;
    const struct walk_mission *m = &c->walk.mission;
    char at[INSTANT_SIZE], to[INSTANT_SIZE];
    const char *first = inst->airfield[m->plan->stop[0].airfield].id;
    const char *last = inst->airfield[m->plan->stop[m->plan->n_stops - 1].airfield].id;
    begin_event(c, m->duty.show, m->duty.end);
    put_uid(c, DUTIES, m->crew->id, "", m->of_crew, 0);
    text_addf(&c->value, "%s %s, %s - %s", m->name, m->airframe->id, first, last);
    put_value(c, "SUMMARY");
    put_text(c, "LOCATION", first);
    text_addf(&c->value, "Mission %s\n", m->name);
    add_mission(c);
    text_addf(&c->value, "\nRested %s", instant_print(inst->start_unix + m->duty.rested, at));
    while (walk_sortie(&c->walk)) {
        const struct walk_sortie *s = &c->walk.sortie;
        add_named(c, "\nSortie", s->from->id);
        add_named(c, " -", s->to->id);
        text_addf(&c->value, ", %s to %s, %" PRId64 " passengers", instant_print(inst->start_unix + s->take_off, at),
                  instant_print(inst->start_unix + s->block_in, to), s->aboard.pax);
    }
    put_value(c, "DESCRIPTION");
    return end_event(c);
}

static bool visit_event(struct calendar *c)
{
    const struct walk_mission *m = &c->walk.mission;
    const struct walk_stop *s = &c->walk.stop;
    begin_event(c, s->from, s->until);
    put_uid(c, VISITS, s->airfield->id, m->airframe->id, m->of_airframe, s->index);
    text_addf(&c->value, "%s %s", m->name, m->airframe->id);
    put_value(c, "SUMMARY");
    text_addf(&c->value, "%s%s%s", s->airfield->id, *s->airfield->name != '\0' ? " " : "", s->airfield->name);
    put_value(c, "LOCATION");
    text_addf(&c->to->text, "GEO:");
    text_add_degrees(&c->to->text, s->airfield->lat);
    text_addf(&c->to->text, ";");
    text_add_degrees(&c->to->text, s->airfield->lon);
    text_addf(&c->to->text, "\r\n");
    text_addf(&c->value, "Mission %s, stop %zu of %zu\n", m->name, s->index + 1, m->plan->n_stops);
    add_mission(c);
    text_addf(&c->value, "\nParking units: %" PRId32, m->type->mog_units);
    add_lots(c, "Leaving", &s->leaves);
    add_lots(c, "Boarding", &s->boards);
    put_value(c, "DESCRIPTION");
    return end_event(c);
}

/* --- calendars */

static void begin_calendar(struct calendar *c, const char *name)
{
    c->wrote_event = false;
    put_line(c, "BEGIN:VCALENDAR");
    put_line(c, "VERSION:2.0");
    put_line(c, "PRODID:" PRODUCT);
    put_line(c, "CALSCALE:GREGORIAN");
    put_text(c, "NAME", name);
    put_text(c, "X-WR-CALNAME", name);
}

/* A calendar holds at least one component: where nothing is planned, free time over the whole horizon. */
static void end_calendar(struct calendar *c, enum kind kind, const char *id)
{
    const struct instance *inst = c->job->inst;
    if (!c->wrote_event) {
        put_line(c, "BEGIN:VFREEBUSY");
        put_instant(c, "DTSTAMP", c->revision.at);
        put_uid(c, kind, id, "", 0, 0);
        put_instant(c, "DTSTART", inst->start_unix);
        put_instant(c, "DTEND", inst->start_unix + inst->end);
        put_line(c, "END:VFREEBUSY");
    }
    put_line(c, "END:VCALENDAR");
}

static bool mission_events(struct calendar *c, enum kind kind)
{
    bool good = walk_mission(&c->walk);
    if (kind == DUTIES)
        return good && duty_event(c);
    while (good && walk_sortie(&c->walk))
        good = sortie_event(c);
    return good;
}

static bool airfield_events(struct calendar *c, size_t airfield)
{
    bool good = true;
    for (size_t i = c->visits.from[airfield]; good && i < c->visits.from[airfield + 1]; i++) {
        walk_visit(&c->walk, &c->visits.visit[i]);
        good = visit_event(c);
    }
    return good;
}

/* Whose calendars there are of a kind. */
static size_t owners(const struct instance *inst, enum kind kind)
{
    return kind == SORTIES ? inst->n_airframes : kind == DUTIES ? inst->n_crews : inst->n_airfields;
}

static const char *owner_id(const struct instance *inst, enum kind kind, size_t i)
{
    return kind == SORTIES ? inst->airframe[i].id : kind == DUTIES ? inst->crew[i].id : inst->airfield[i].id;
}

/* The events of one owner; owners come in the instance's order, and so does the walk. */
static bool owner_events(struct calendar *c, enum kind kind, size_t owner)
{
    bool good = true;
    if (kind == VISITS)
        return airfield_events(c, owner);
    for (const struct mission *next; good && (next = walk_peek(&c->walk)) != NULL;) {
        if ((size_t)(kind == SORTIES ? next->airframe : next->crew) != owner)
            break;
        good = mission_events(c, kind);
    }
    return good;
}

static bool owner_file(struct calendar *c, enum kind kind, size_t owner)
{
    const char *id = owner_id(c->job->inst, kind, owner);
    struct text name;
    text_init(&name);
    text_addf(&name, "%s-", kinds[kind].calendar);
    escape_file_name(&name, id);
    text_addf(&name, ".ics");
    char *file = text_take(&name, c->err);
    bool good = file != NULL && sink_begin(c->to, file, c->err);
    if (good) {
        begin_calendar(c, id);
        good = owner_events(c, kind, owner);
        end_calendar(c, kind, id);
    }
    free(file);
    return good && sink_end(c->to, c->err);
}

static bool owner_files(struct calendar *c, enum kind kind)
{
    bool good = true;
    for (size_t i = 0; good && i < owners(c->job->inst, kind); i++)
        good = owner_file(c, kind, i);
    return good;
}

static bool one_file(struct calendar *c, enum kind kind)
{
    bool good = sink_begin(c->to, NULL, c->err);
    if (good)
        begin_calendar(c, c->job->inst->name);
    for (size_t i = 0; good && i < owners(c->job->inst, kind); i++)
        good = owner_events(c, kind, i);
    if (good)
        end_calendar(c, kind, "");
    return good && sink_end(c->to, c->err);
}

/* --- the format */

static const struct setting settings[] = {
    {"events", "sorties", "sorties, duties or visits; a folder gets calendars of all"},
    SETTING_REVISED,
    {"sequence", NULL, "SEQUENCE of all events, a whole number; seconds from 2000 to `revised`"},
    {NULL, NULL, NULL},
};

static bool with_walk(struct calendar *c, enum kind kind, bool (*write)(struct calendar *c, enum kind kind))
{
    const struct export_job *job = c->job;
    if (!walk_init(&c->walk, job->inst, &job->plan->schedule, kinds[kind].order, c->err))
        return false;
    bool good = kind != VISITS || walk_visits_init(&c->visits, job->inst, &job->plan->schedule, c->err);
    good = good && write(c, kind);
    if (kind == VISITS)
        walk_visits_release(&c->visits);
    walk_release(&c->walk);
    return good;
}

static bool start_calendar(struct calendar *c, const struct export_job *job, struct sink *to, struct error *err)
{
    *c = (struct calendar){.job = job, .to = to, .err = err};
    text_init(&c->value);
    text_init(&c->line);
    return revision_get(job, &c->revision, err);
}

static bool finish_calendar(struct calendar *c, bool good)
{
    bool failed = c->value.failed || c->line.failed;
    text_release(&c->value);
    text_release(&c->line);
    return good && (!failed || error_set(c->err, ERR_MEMORY, "out of memory"));
}

static bool write_ics(const struct export_job *job, struct sink *to, struct error *err)
{
    struct calendar c;
    const char *events = settings_get(&job->settings, "events");
    enum kind kind = SORTIES;
    while (kind < N_KINDS && strcmp(kinds[kind].events, events) != 0)
        kind++;
    if (kind == N_KINDS)
        return error_set(err, ERR_USAGE, "events must be sorties, duties or visits, got \"%.200s\"", events);
    bool good = start_calendar(&c, job, to, err) && with_walk(&c, kind, one_file);
    return finish_calendar(&c, good);
}

static bool write_all(const struct export_job *job, struct sink *to, struct error *err)
{
    struct calendar c;
    if (settings_of(&job->settings, "events", "") != NULL)
        return error_set(err, ERR_USAGE, "events=%s is for one file; a folder gets calendars of all",
                         settings_get(&job->settings, "events"));
    bool good = start_calendar(&c, job, to, err);
    for (enum kind kind = SORTIES; good && kind < N_KINDS; kind++)
        good = with_walk(&c, kind, owner_files);
    return finish_calendar(&c, good);
}

const struct export_format format_ics = {
    .name = "ics",
    .summary = "iCalendar events; a folder gets a calendar for every airframe, crew and airfield",
    .settings = settings,
    .write = write_ics,
    .write_folder = write_all,
};
