/* IATA SSIM chapter 7: a flight for every mission, a leg record for every sortie; records of 200 bytes. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export/code.h"
#include "export/escape.h"
#include "export/format.h"
#include "export/revised.h"
#include "export/walk.h"
#include "io/instant.h"
#include "io/show_time.h"

enum {
    RECORD_SIZE = 200,
    MOST_RECORDS = 999999,
    MOST_NUMBER = 9999, /* of a flight; then a letter is added */
    MOST_SUFFIXES = 27, /* none, A to Z */
    MOST_LEGS = 99,
    MOST_DAYS = 7,   /* from the date of the flight on */
    FIELD_SIZE = 64, /* room for the text of any field */
};

struct ssim {
    const struct export_job *job;
    struct sink *to;
    struct error *err;
    struct revision revision;
    bool local; /* times on the clocks of the stations */
    const char *airline, *service, *status;
    char record[RECORD_SIZE + 1];
    int serial; /* of the last record */
    struct walk walk;
};

/* A time as it stands in the file: minutes of the day, days since 1970, minutes ahead of UTC. */
struct station_time {
    int64_t day, minute, ahead;
};

/* --- records */

static void begin_record(struct ssim *s, char kind)
{
    memset(s->record, ' ', RECORD_SIZE);
    s->record[RECORD_SIZE] = '\0';
    s->record[0] = kind;
}

/* Bytes `first` to `last`, counted from 1 as the layout does; what is too long for them is cut. */
static void put(struct ssim *s, int first, int last, const char *text)
{
    size_t size = strlen(text), room = (size_t)(last - first + 1);
    memcpy(s->record + first - 1, text, size < room ? size : room);
}

static void put_number(struct ssim *s, int first, int last, int64_t value)
{
    char text[FIELD_SIZE];
    snprintf(text, sizeof text, "%0*" PRId64, last - first + 1, value);
    put(s, first, last, text);
}

static void put_plain(struct ssim *s, int first, int last, const char *string)
{
    struct text text;
    text_init(&text);
    escape_plain(&text, string, (size_t)(last - first + 1));
    if (text.failed)
        s->to->text.failed = true;
    else
        put(s, first, last, text.bytes != NULL ? text.bytes : "");
    text_release(&text);
}

/* "01MAR26" */
static void put_date(struct ssim *s, int first, int64_t day)
{
    static const char *const month[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                        "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    char iso[INSTANT_SIZE], text[FIELD_SIZE];
    instant_print(day * SECONDS_PER_DAY, iso);
    snprintf(text, sizeof text, "%.2s%s%.2s", iso + 8, month[atoi(iso + 5) - 1], iso + 2);
    put(s, first, first + 6, text);
}

static void put_time(struct ssim *s, int first, int64_t minute)
{
    put_number(s, first, first + 3, minute / 60 * 100 + minute % 60);
}

static bool end_record(struct ssim *s)
{
    if (s->serial == MOST_RECORDS)
        return error_set(s->err, ERR_INPUT, "ssim: more than %d records", MOST_RECORDS);
    put_number(s, 195, 200, ++s->serial);
    text_addf(&s->to->text, "%s\n", s->record);
    return sink_pass(s->to, s->err);
}

/* --- what the fields say */

static bool put_station(struct ssim *s, int first, const struct airfield *airfield)
{
    const char *given = settings_of(&s->job->settings, "station.", airfield->id);
    const char *code = given != NULL ? given : airfield->iata;
    if (given != NULL && !is_code(given, 3, 3, CAPITALS))
        return error_set(s->err, ERR_USAGE, "station.%.200s must be 3 capital letters, got \"%.200s\"", airfield->id,
                         given);
    if (*code == '\0')
        return error_set(s->err, ERR_INPUT,
                         "ssim: the airfield \"%.200s\" has no code: give \"iata\" in the instance or "
                         "--set station.ID=ABC",
                         airfield->id);
    put(s, first, first + 2, code);
    return true;
}

/* Without a code: equipment varies. */
static bool put_type(struct ssim *s, const struct aircraft_type *type)
{
    const char *given = settings_of(&s->job->settings, "type.", type->id);
    if (given != NULL && !is_code(given, 3, 3, CAPITALS DIGITS))
        return error_set(s->err, ERR_USAGE, "type.%.200s must be 3 capital letters or digits, got \"%.200s\"", type->id,
                         given);
    put(s, 73, 75, given != NULL ? given : *type->iata_type != '\0' ? type->iata_type : "EQV");
    return true;
}

/* Departures are rounded down to the minute, arrivals up. A station whose time zone is not known is on UTC. */
static struct station_time time_at(const struct ssim *s, const struct airfield *airfield, sec_t t, bool up)
{
    int64_t ahead = 0, at = s->job->inst->start_unix + t;
    if (!local_offset(s->job->inst, airfield, t, &ahead))
        ahead = 0;
    at = floor_div(at + (up ? 59 : 0), 60) * 60 + (s->local ? ahead : 0);
    int64_t day = floor_div(at, SECONDS_PER_DAY);
    return (struct station_time){.day = day, .minute = (at - day * SECONDS_PER_DAY) / 60, .ahead = ahead / 60};
}

static void put_ahead(struct ssim *s, int first, int64_t ahead)
{
    s->record[first - 1] = ahead < 0 ? '-' : '+';
    put_time(s, first + 1, ahead < 0 ? -ahead : ahead);
}

/* Days from the date of the flight: 0 to 7, or A for the day before. */
static bool put_variation(struct ssim *s, int at, int64_t days)
{
    if (days < -1 || days > MOST_DAYS)
        return error_set(s->err, ERR_INPUT, "ssim: mission %s lasts longer than %d days", s->walk.mission.name,
                         MOST_DAYS);
    s->record[at - 1] = days < 0 ? 'A' : (char)('0' + days);
    return true;
}

static bool put_flight(struct ssim *s)
{
    const struct walk_mission *m = &s->walk.mission;
    size_t suffix = (m->number - 1) / MOST_NUMBER;
    if (suffix >= MOST_SUFFIXES)
        return error_set(s->err, ERR_INPUT, "ssim: more than %d missions", MOST_NUMBER * MOST_SUFFIXES);
    if (m->plan->n_stops - 1 > MOST_LEGS)
        return error_set(s->err, ERR_INPUT, "ssim: mission %s has more than %d sorties", m->name, MOST_LEGS);
    s->record[1] = " " CAPITALS[suffix];
    put(s, 3, 5, s->airline);
    put_number(s, 6, 9, (int64_t)((m->number - 1) % MOST_NUMBER + 1));
    return true;
}

/* --- the records */

static bool header_record(struct ssim *s)
{
    begin_record(s, '1');
    put(s, 2, 35, "AIRLINE STANDARD SCHEDULE DATA SET");
    put(s, 192, 194, "001");
    return end_record(s);
}

static bool carrier_record(struct ssim *s)
{
    const struct instance *inst = s->job->inst;
    const int64_t end = inst->start_unix + inst->end;
    begin_record(s, '2');
    s->record[1] = s->local ? 'L' : 'U';
    put(s, 3, 5, s->airline);
    put_date(s, 15, floor_div(inst->start_unix, SECONDS_PER_DAY));
    put_date(s, 22, floor_div(end, SECONDS_PER_DAY));
    put_date(s, 29, floor_div(s->revision.at, SECONDS_PER_DAY));
    put_plain(s, 36, 64, inst->name);
    put(s, 72, 72, s->status);
    put_plain(s, 73, 107, "sortie " SORTIE_VERSION);
    put_time(s, 191, s->revision.at / 60 % (SECONDS_PER_DAY / 60));
    return end_record(s);
}

/* `date`: of the flight, which is that of its first departure. It stands as the period of every leg. */
static bool leg_record(struct ssim *s, int64_t date)
{
    const struct walk_sortie *sortie = &s->walk.sortie;
    struct station_time departure = time_at(s, sortie->from, sortie->take_off, false);
    struct station_time arrival = time_at(s, sortie->to, sortie->block_in, true);
    char seats[FIELD_SIZE];
    begin_record(s, '3');
    if (!put_flight(s) || !put_station(s, 37, sortie->from) || !put_station(s, 55, sortie->to) ||
        !put_type(s, s->walk.mission.type) || !put_variation(s, 193, departure.day - date) ||
        !put_variation(s, 194, arrival.day - date))
        return false;
    put(s, 10, 11, "01");
    put_number(s, 12, 13, (int64_t)sortie->index + 1);
    put(s, 14, 14, sortie->aboard.pax > 0 ? s->service : "P");
    put_date(s, 15, date);
    put_date(s, 22, date);
    int64_t weekday = date + 3 - floor_div(date + 3, 7) * 7; /* from Monday; 1970 began on a Thursday */
    s->record[28 + weekday] = (char)('1' + weekday);
    put_time(s, 40, departure.minute);
    put_time(s, 44, departure.minute);
    put_ahead(s, 48, departure.ahead);
    put_time(s, 58, arrival.minute);
    put_time(s, 62, arrival.minute);
    put_ahead(s, 66, arrival.ahead);
    snprintf(seats, sizeof seats, "Y%" PRId32, s->walk.mission.configuration->seats);
    put(s, 173, 192, seats);
    return end_record(s);
}

static bool trailer_record(struct ssim *s)
{
    begin_record(s, '5');
    put(s, 3, 5, s->airline);
    put_number(s, 188, 193, s->serial);
    put(s, 194, 194, "E");
    return end_record(s);
}

static bool mission_records(struct ssim *s)
{
    const struct stop *first = &s->walk.mission.plan->stop[0];
    int64_t date = time_at(s, &s->job->inst->airfield[first->airfield], first->departure, false).day;
    bool good = true;
    while (good && walk_sortie(&s->walk))
        good = leg_record(s, date);
    return good;
}

/* --- the format */

static const struct setting settings[] = {
    {"airline", "ZZ", "airline designator, 2 or 3 capital letters or digits; the default is nobody's"},
    {"time", "U", "U: times in UTC; L: on the clocks of the stations"},
    {"service", "W", "service type of sorties with passengers; without, it is P"},
    {"status", "P", "P: provisional; C: confirmed"},
    {"station.", NULL, "IATA code of an airfield, before the instance's"},
    {"type.", NULL, "IATA code of an aircraft type, before the instance's; EQV where there is none"},
    SETTING_REVISED,
    {NULL, NULL, NULL},
};

static bool one_of(struct ssim *s, const char *key, const char *letters, const char **value)
{
    *value = settings_get(&s->job->settings, key);
    return is_code(*value, 1, 1, letters) ||
           error_set(s->err, ERR_USAGE, "%s must be one of %s, got \"%.200s\"", key, letters, *value);
}

static bool read_settings(struct ssim *s)
{
    const char *mode;
    s->airline = settings_get(&s->job->settings, "airline");
    if (!is_code(s->airline, 2, 3, CAPITALS DIGITS))
        return error_set(s->err, ERR_USAGE, "airline must be 2 or 3 capital letters or digits, got \"%.200s\"",
                         s->airline);
    if (!one_of(s, "time", "UL", &mode) || !one_of(s, "service", CAPITALS, &s->service) ||
        !one_of(s, "status", "PC", &s->status))
        return false;
    s->local = *mode == 'L';
    return revision_get(s->job, &s->revision, s->err);
}

static bool write_ssim(const struct export_job *job, struct sink *to, struct error *err)
{
    struct ssim s = {.job = job, .to = to, .err = err};
    if (!read_settings(&s) || !walk_init(&s.walk, job->inst, &job->plan->schedule, WALK_BY_TIME, err))
        return false;
    bool good = sink_begin(to, "schedule.ssim", err) && header_record(&s) && carrier_record(&s);
    while (good && walk_mission(&s.walk))
        good = mission_records(&s);
    good = good && trailer_record(&s);
    walk_release(&s.walk);
    return good && sink_end(to, err);
}

const struct export_format format_ssim = {
    .name = "ssim",
    .summary = "IATA SSIM chapter 7, a flight for every mission",
    .settings = settings,
    .write = write_ssim,
};
