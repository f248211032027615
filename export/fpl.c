/* ICAO flight plan messages (Doc 4444, appendix 3): one FPL for every sortie. */
#include <inttypes.h>
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export/code.h"
#include "export/escape.h"
#include "export/format.h"
#include "export/walk.h"
#include "io/instant.h"

enum {
    LINE_SIZE = 69,     /* of a teleprinter */
    MOST_TEXT = 40,     /* of an id in item 18 */
    MOST_NUMBER = 9999, /* of a callsign; then a letter and 3 digits */
    MOST_CALLSIGNS = MOST_NUMBER + 26 * 1000,
    MOST_HOURS = 99,
    FIELD_SIZE = 64,
};

/* Settings, and what they must look like. Those that end with '.' come with an id and go before the one without. */
static const struct {
    const char *key, *pattern, *form;
} forms[] = {
    {"callsign", "[A-Z]{1,3}", "1 to 3 capital letters"},
    {"rules", "[IVYZ]", "I, V, Y or Z"},
    {"kind", "[SNGMX]", "S, N, G, M or X"},
    {"equipment", "(N|S?[A-Z0-9]{1,63})/(N|[A-Z0-9]{1,20})", "codes of items 10a and 10b as SGR/S"},
    {"pbn", "([ABCDLOST][1-6]){0,8}", "up to 8 codes as B2D2"},
    {"level", "[FA][0-9]{3}|[SM][0-9]{4}|VFR", "a level as F240"},
    {"speed", "[NK][0-9]{4}|M[0-9]{3}", "a speed as N0430"},
    {"route", "[A-Z0-9/]+( [A-Z0-9/]+){0,99}", "route items in capitals, digits and /"},
    {"alternate", "[A-Z]{4}( [A-Z]{4})?", "one or two ICAO codes"},
    {"type", "[A-Z][A-Z0-9]{1,3}/[LMHJ]", "a designator and a wake category as C17/H"},
    {"wake", "[LMHJ]", "L, M, H or J"},
    {"taxi", "[0-9]{1,2}", "whole minutes"},
    {"remark", "[A-Z0-9. ]{0,200}", "capitals, digits, . and blanks"},
};
enum { N_FORMS = sizeof forms / sizeof forms[0] };

struct plan_file {
    const struct export_job *job;
    struct sink *to;
    struct error *err;
    struct text item18; /* in the making */
    struct walk walk;
};

/* --- settings */

static bool has_form(const char *value, const char *pattern)
{
    char whole[256];
    regex_t regex;
    snprintf(whole, sizeof whole, "^(%s)$", pattern);
    if (regcomp(&regex, whole, REG_EXTENDED | REG_NOSUB) != 0)
        return false;
    bool same = regexec(&regex, value, 0, NULL, 0) == 0;
    regfree(&regex);
    return same;
}

/* Every setting given has the form of its key: once, before anything is written. */
static bool check_forms(const struct settings *settings, struct error *err)
{
    for (size_t i = 0; i < settings->n; i++) {
        const char *value = strrchr(settings->given[i], '=') + 1;
        for (size_t k = 0; k < N_FORMS; k++) {
            size_t size = strlen(forms[k].key);
            bool same = strncmp(settings->given[i], forms[k].key, size) == 0 &&
                        (settings->given[i][size] == '=' || settings->given[i][size] == '.');
            if (same && !has_form(value, forms[k].pattern))
                return error_set(err, ERR_USAGE, "%s must be %s, got \"%.200s\"", forms[k].key, forms[k].form, value);
        }
    }
    return true;
}

/* Of `prefix` for the id, else of `key`; NULL where neither is given and there is no default. */
static const char *setting_for(const struct plan_file *f, const char *prefix, const char *id, const char *key)
{
    const char *given = settings_of(&f->job->settings, prefix, id);
    return given != NULL ? given : key != NULL ? settings_get(&f->job->settings, key) : NULL;
}

/* --- items */

static const char *location(const struct airfield *airfield)
{
    return is_icao(airfield->id) ? airfield->id : "ZZZZ";
}

/* Item 7, of a mission: the letters and its number. */
static bool put_callsign(struct plan_file *f)
{
    size_t number = f->walk.mission.number;
    const char *letters = settings_get(&f->job->settings, "callsign");
    if (number > MOST_CALLSIGNS)
        return error_set(f->err, ERR_INPUT, "fpl: more than %d missions", MOST_CALLSIGNS);
    text_addf(&f->to->text, "(FPL-%s", letters);
    if (number <= MOST_NUMBER)
        text_addf(&f->to->text, "%04zu", number);
    else
        text_addf(&f->to->text, "%c%03zu", (char)('A' + (number - MOST_NUMBER - 1) / 1000),
                  (number - MOST_NUMBER - 1) % 1000);
    return true;
}

/* Items 9 and 10. R in item 10a says that item 18 has PBN, and only then may it. */
static bool put_aircraft(struct plan_file *f)
{
    const struct aircraft_type *type = f->walk.mission.type;
    const char *given = setting_for(f, "type.", type->id, NULL);
    const char *equipment = setting_for(f, "equipment.", type->id, "equipment");
    const char *pbn = setting_for(f, "pbn.", type->id, "pbn");
    const char *r = strchr(equipment, 'R');
    bool has_r = r != NULL && r < strchr(equipment, '/');
    if (has_r != (*pbn != '\0'))
        return error_set(f->err, ERR_USAGE,
                         "fpl: equipment \"%.100s\" and pbn \"%.100s\" do not agree: R and PBN go together", equipment,
                         pbn);
    if (given != NULL)
        text_addf(&f->to->text, "\n-%s", given);
    else
        text_addf(&f->to->text, "\n-%s/%s", *type->icao_type != '\0' ? type->icao_type : "ZZZZ",
                  *type->wake != '\0' ? type->wake : settings_get(&f->job->settings, "wake"));
    text_addf(&f->to->text, "-%s", equipment);
    return true;
}

/* Minutes in the air, at least 1. */
static int64_t elapsed(const struct plan_file *f)
{
    const struct walk_sortie *s = &f->walk.sortie;
    int64_t minutes = (s->block_in - s->take_off + 59) / 60 - atoi(settings_get(&f->job->settings, "taxi"));
    return minutes < 1 ? 1 : minutes;
}

/* Item 15. Where no speed is given it is what makes the distance in the time. */
static void put_route(struct plan_file *f)
{
    const struct walk_sortie *s = &f->walk.sortie;
    const char *speed = setting_for(f, "speed.", f->walk.mission.type->id, NULL);
    const char *level = setting_for(f, "level.", f->walk.mission.type->id, "level");
    double knots = (double)s->leg->nm / 1000 * 60 / (double)elapsed(f);
    struct text pair;
    text_init(&pair);
    text_addf(&pair, "%s-%s", s->from->id, s->to->id);
    if (pair.failed)
        f->to->text.failed = true;
    const char *route = setting_for(f, "route.", pair.bytes != NULL ? pair.bytes : "", "route");
    if (speed != NULL)
        text_addf(&f->to->text, "\n-%s", speed);
    else
        text_addf(&f->to->text, "\n-N%04d", knots < 1 ? 1 : knots > 9999 ? 9999 : (int)lround(knots));
    text_addf(&f->to->text, "%s %s", level, route);
    text_release(&pair);
}

/* Item 16. */
static bool put_destination(struct plan_file *f)
{
    const struct walk_sortie *s = &f->walk.sortie;
    const char *alternate = setting_for(f, "alternate.", s->to->id, NULL);
    int64_t minutes = elapsed(f);
    if (minutes / 60 > MOST_HOURS)
        return error_set(f->err, ERR_INPUT, "fpl: a sortie of mission %s lasts longer than %d hours",
                         f->walk.mission.name, MOST_HOURS);
    text_addf(&f->to->text, "\n-%s%02" PRId64 "%02" PRId64, location(s->to), minutes / 60, minutes % 60);
    if (alternate != NULL)
        text_addf(&f->to->text, " %s", alternate);
    return true;
}

/* --- item 18 */

static void add_name(struct plan_file *f, const char *key, const char *text)
{
    text_addf(&f->item18, " %s/", key);
    escape_plain(&f->item18, text, MOST_TEXT);
}

/* What stands for ZZZZ: a name where there is one, and degrees and minutes. */
static void add_place(struct plan_file *f, const char *key, const struct airfield *airfield)
{
    if (is_icao(airfield->id))
        return;
    long lat = lround(fabs(airfield->lat) * 60), lon = lround(fabs(airfield->lon) * 60);
    add_name(f, key, airfield->id);
    bool named = f->item18.size > 0 && f->item18.bytes[f->item18.size - 1] != '/';
    text_addf(&f->item18, "%s%02ld%02ld%c%03ld%02ld%c", named ? " " : "", lat / 60, lat % 60,
              airfield->lat < 0 ? 'S' : 'N', lon / 60, lon % 60, airfield->lon < 0 ? 'W' : 'E');
}

/* Letters and digits alone; nothing where there are none. */
static void add_registration(struct plan_file *f)
{
    struct text plain;
    text_init(&plain);
    escape_plain(&plain, f->walk.mission.airframe->id, MOST_TEXT);
    bool any = false;
    for (const char *at = plain.bytes != NULL ? plain.bytes : ""; *at != '\0'; at++)
        if (*at != ' ' && *at != '.') {
            text_addf(&f->item18, "%s%c", any ? "" : " REG/", *at);
            any = true;
        }
    if (plain.failed)
        f->to->text.failed = true;
    text_release(&plain);
}

static void gather_item18(struct plan_file *f)
{
    const struct walk_mission *m = &f->walk.mission;
    const struct walk_sortie *s = &f->walk.sortie;
    const char *pbn = setting_for(f, "pbn.", m->type->id, "pbn"), *remark = settings_get(&f->job->settings, "remark");
    char date[INSTANT_SIZE];
    instant_print(f->job->inst->start_unix + s->take_off, date);
    f->item18.size = 0;
    if (*pbn != '\0')
        text_addf(&f->item18, " PBN/%s", pbn);
    add_place(f, "DEP", s->from);
    add_place(f, "DEST", s->to);
    text_addf(&f->item18, " DOF/%.2s%.2s%.2s", date + 2, date + 5, date + 8);
    add_registration(f);
    if (*m->type->icao_type == '\0' && setting_for(f, "type.", m->type->id, NULL) == NULL)
        add_name(f, "TYP", *m->type->name != '\0' ? m->type->name : m->type->id);
    text_addf(&f->item18, " RMK/%s LEG %zu OF %zu%s%s", m->name, s->index + 1, m->plan->n_stops - 1,
              *remark != '\0' ? " " : "", remark);
}

/* Words into lines of the teleprinter; `words` begins with a blank. */
static void put_words(struct text *to, char *words)
{
    size_t used = 0;
    char *rest = words;
    text_addf(to, "\n-");
    for (char *word = strtok_r(words, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        size_t size = strlen(word);
        bool breaks = used > 0 && used + 1 + size > LINE_SIZE - 2; /* '-' before, ')' after */
        text_addf(to, "%s%s", used == 0 ? "" : breaks ? "\n" : " ", word);
        used = breaks ? size : used + size + (used > 0);
    }
}

static bool message(struct plan_file *f)
{
    char at[INSTANT_SIZE];
    instant_print(f->job->inst->start_unix + f->walk.sortie.take_off, at);
    if (!put_callsign(f))
        return false;
    text_addf(&f->to->text, "-%s%s", settings_get(&f->job->settings, "rules"), settings_get(&f->job->settings, "kind"));
    if (!put_aircraft(f))
        return false;
    text_addf(&f->to->text, "\n-%s%.2s%.2s", location(f->walk.sortie.from), at + 11, at + 14);
    put_route(f);
    if (!put_destination(f))
        return false;
    gather_item18(f);
    if (f->item18.failed)
        return error_set(f->err, ERR_MEMORY, "out of memory");
    put_words(&f->to->text, f->item18.bytes);
    text_addf(&f->to->text, ")\n\n");
    return sink_pass(f->to, f->err);
}

/* --- the format */

static const struct setting settings[] = {
    {"callsign", "ZZZ", "letters before the mission's number; the default is nobody's"},
    {"rules", "I", "item 8: I, V, Y or Z"},
    {"kind", "M", "item 8: S, N, G, M or X"},
    {"type.", NULL, "item 9 of an aircraft type as C17/H, before the instance's"},
    {"wake", "M", "item 9 where the type has no wake category; the planner does not know it"},
    {"equipment", "SGR/S", "item 10; the planner does not know it"},
    {"equipment.", NULL, "the same of an aircraft type"},
    {"pbn", "B2D2", "PBN in item 18, empty for none; the planner does not know it"},
    {"pbn.", NULL, "the same of an aircraft type"},
    {"speed.", NULL, "item 15 of an aircraft type; the distance over the time"},
    {"level", "F240", "item 15; the planner does not know it"},
    {"level.", NULL, "the same of an aircraft type"},
    {"route", "DCT", "item 15; the planner does not know it"},
    {"route.", NULL, "the same from one airfield to another, ID being FROM-TO"},
    {"taxi", "0", "minutes of the block time that are not in the air"},
    {"alternate.", NULL, "item 16 of an airfield; none"},
    {"remark", "DRAFT CHECK SPEED LEVEL ROUTE EQUIPMENT", "in item 18, after the mission"},
    {NULL, NULL, NULL},
};

static bool write_fpl(const struct export_job *job, struct sink *to, struct error *err)
{
    struct plan_file f = {.job = job, .to = to, .err = err};
    if (!check_forms(&job->settings, err) || !walk_init(&f.walk, job->inst, &job->plan->schedule, WALK_BY_TIME, err))
        return false;
    text_init(&f.item18);
    bool good = sink_begin(to, "schedule.fpl", err);
    while (good && walk_mission(&f.walk))
        while (good && walk_sortie(&f.walk))
            good = message(&f);
    text_release(&f.item18);
    walk_release(&f.walk);
    return good && sink_end(to, err);
}

const struct export_format format_fpl = {
    .name = "fpl",
    .summary = "ICAO flight plan messages, one for every sortie",
    .settings = settings,
    .write = write_fpl,
};
