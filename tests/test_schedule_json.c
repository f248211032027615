/* Schedule files: the exact text written, reading back, the faults of bad files, damage. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/read_instance.h"
#include "io/schedule_json.h"
#include "tests/edit.h"
#include "tests/tests.h"

enum { HOUR = 3600, DAY = 86400 };

/* In all JSON here ' stands for ". */
static const char instance_text[] =
    "{'format': 'sortie-instance', 'version': 1, 'name': 'two lifts', 'currency': 'EUR',\n"
    " 'start': '2026-03-01T00:00:00Z', 'end': '2026-03-05T00:00:00Z',\n"
    " 'airfields': [{'id': 'AAAA', 'lat': 0, 'lon': 0, 'runway_ft': 8000},\n"
    "  {'id': 'BBBB', 'lat': 0, 'lon': 1, 'runway_ft': 9000}, {'id': 'CCCC', 'lat': 0, 'lon': 2, 'runway_ft': 9000}],\n"
    " 'aircraft_types': [{'id': 'T', 'configurations': [{'id': 'pax', 'seats': 92}, {'id': 'mixed', 'seats': 40}],\n"
    "   'payload_range': [{'payload_kg': 16000, 'range_nm': 1800}], 'block': {'speed_kt': 300, 'fixed_min': 15},\n"
    "   'ground': {'onload_min': 60, 'offload_min': 45, 'enroute_min': 30}, 'turn_min': 90, 'runway_ft': 3500,\n"
    "   'fdp_basic_min': 840, 'fdp_augmented_min': 1080, 'cost_per_block_hour': 6500}],\n"
    " 'airframes': [{'id': 'HAWK 1', 'type': 'T', 'at': 'AAAA'}, {'id': 'HAWK 2', 'type': 'T', 'at': 'BBBB'}],\n"
    " 'crews': [{'id': 'ALPHA', 'types': ['T'], 'kind': 'basic', 'at': 'AAAA'},\n"
    "  {'id': 'BRAVO', 'types': ['T'], 'kind': 'augmented', 'at': 'BBBB'}],\n"
    " 'demands': [{'id': 'first', 'origin': 'AAAA', 'destination': 'BBBB', 'pax': 80, 'kg_per_pax': 110.5,\n"
    "   'freight_kg': 100.001, 'escorts': {'per_pax': 25, 'kg': 90}, 'penalty': 500},\n"
    "  {'id': 'second', 'origin': 'BBBB', 'destination': 'CCCC', 'pax': 10, 'kg_per_pax': 75, 'penalty': 0.25},\n"
    "  {'id': 'third', 'origin': 'AAAA', 'destination': 'CCCC', 'pax': 5, 'kg_per_pax': 80, 'penalty': 9}],\n"
    " 'rules': {'show_min': 120, 'post_flight_min': 30, 'rest_min': 720}}\n";

static const char schedule_text[] =
    "{'format': 'sortie-schedule', 'version': 1,\n"
    " 'instance': {'sha256': '0000000000000000000000000000000000000000000000000000000000000000'},\n"
    " 'status': 'feasible', 'bound': 90.25,\n"
    " 'cost': {'block': 100, 'fees': 0.5, 'missions': 0, 'not_moved': 40, 'delay': 0, 'total': 140.5},\n"
    " 'missions': [{'airframe': 'HAWK 1', 'crew': 'ALPHA', 'configuration': 'pax',\n"
    "  'stops': [{'airfield': 'AAAA', 'handling_start': '2026-03-01T07:00:00Z', 'handling_end': "
    "'2026-03-01T08:00:00Z',\n"
    "    'departure': '2026-03-01T08:00:00Z'},\n"
    "   {'airfield': 'BBBB', 'arrival': '2026-03-01T08:30:00Z', 'handling_start': '2026-03-01T08:30:00Z',\n"
    "    'handling_end': '2026-03-01T09:15:00Z', 'departure': '2026-03-01T10:00:00Z'},\n"
    "   {'airfield': 'CCCC', 'arrival': '2026-03-01T10:40:00Z', 'handling_start': '2026-03-01T10:40:00Z',\n"
    "    'handling_end': '2026-03-01T11:25:00Z'}],\n"
    "  'rides': [{'demand': 'first', 'pax': 60, 'load_stop': 0, 'unload_stop': 1},\n"
    "   {'demand': 'third', 'pax': 5, 'load_stop': 0, 'unload_stop': 2}]}]}\n";

static char *quoted(const char *text)
{
    char *copy = strdup(text);
    double_quotes(copy);
    return copy;
}

/* instance_text with pairs of texts replaced; `edits` ends with NULL. The digest is one letter, repeated. */
static bool make_instance(struct instance *inst, const char *const *edits)
{
    char *raw = strdup(instance_text), *faults = NULL;
    for (; edits && edits[0]; edits += 2)
        raw = replaced(raw, edits[0], edits[1]);
    char *text = quoted(raw);
    bool ok = read_instance_text("i.json", text, strlen(text), inst, &faults, NULL);
    if (!ok)
        fprintf(stderr, "%s", faults ? faults : "no memory\n");
    CU_ASSERT_TRUE(ok);
    memset(inst->sha256, 'a', sizeof inst->sha256 - 1);
    free(raw);
    free(text);
    free(faults);
    return ok;
}

#define MAKE(inst_, ...) make_instance((inst_), (const char *const[]){__VA_ARGS__, NULL})

static const struct plan_options usual = {.time_limit_s = 300, .gap = 0.0001, .seed = 1};

static char *written(const struct instance *inst, const struct plan *plan, const struct plan_options *options)
{
    struct error err;
    error_init(&err);
    char *text = schedule_to_json(inst, plan, options, &err);
    if (!text)
        fprintf(stderr, "%s\n", err.text);
    CU_ASSERT_PTR_NOT_NULL(text);
    return text ? text : strdup("");
}

static bool read_back(const struct instance *inst, const char *text, struct plan *plan, bool *other)
{
    char *faults;
    bool ok = read_schedule_text("s.json", text, strlen(text), inst, plan, other, &faults, NULL);
    if (!ok)
        fprintf(stderr, "%s%s\n", faults ? faults : "no memory\n", text);
    CU_ASSERT_TRUE(ok);
    free(faults);
    return ok;
}

static void same_text(const char *got, const char *wanted)
{
    if (strcmp(got, wanted) != 0)
        fprintf(stderr, "expected:\n%s\ngot:\n%s\n", wanted, got);
    CU_ASSERT_STRING_EQUAL(got, wanted);
}

static void has_text(const char *text, const char *wanted)
{
    char *part = quoted(wanted);
    if (!strstr(text, part))
        fprintf(stderr, "expected in it: %s\ngot:\n%s\n", part, text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, part));
    free(part);
}

/* What is written, read and written again is the same. */
static bool stable(const struct instance *inst, const char *text)
{
    struct plan plan;
    bool other;
    if (!read_back(inst, text, &plan, &other))
        return false;
    char *again = written(inst, &plan, &usual);
    bool same = strcmp(text, again) == 0;
    if (!same)
        fprintf(stderr, "written:\n%s\nread and written again:\n%s\n", text, again);
    free(again);
    plan_release(&plan);
    return same;
}

/* A plan by hand: the later mission first, rides in no order. */
struct by_hand {
    struct stop late[2], early[3];
    struct ride rides[4];
    struct mission missions[2];
    struct plan plan;
};

static struct plan *make_plan(struct by_hand *h)
{
    *h = (struct by_hand){
        .late = {{1, SEC_NONE, 2 * DAY, 2 * DAY, 2 * DAY},
                 {0, 2 * DAY + 1620, 2 * DAY + 1620, 2 * DAY + 1620, SEC_NONE}},
        .early = {{0, SEC_NONE, 7 * HOUR, 8 * HOUR, 8 * HOUR},
                  {1, 9 * HOUR + 20, 9 * HOUR + 20, 10 * HOUR, 10 * HOUR},
                  {2, 11 * HOUR, 11 * HOUR, 12 * HOUR, SEC_NONE}},
        .rides = {{1, 4, 1, 2}, {0, 30, 0, 1}, {2, 5, 0, 2}, {0, 21, 0, 1}},
    };
    h->missions[0] = (struct mission){.airframe = 1, .crew = 1, .committed = true, .stop = h->late, .n_stops = 2};
    h->missions[1] = (struct mission){
        .airframe = 0, .crew = 0, .configuration = 1, .stop = h->early, .n_stops = 3, .ride = h->rides, .n_rides = 4};
    h->plan = (struct plan){.status = PLAN_FEASIBLE,
                            .schedule = {h->missions, 2},
                            .cost = {1000000, 5, 120, 1450150, 0, 2450275},
                            .bound = 2450270};
    return &h->plan;
}

static const char by_hand_text[] =
    "{\n"
    "  'format': 'sortie-schedule',\n"
    "  'version': 1,\n"
    "  'program': 'sortie " SORTIE_VERSION "',\n"
    "  'instance': {'name': 'two lifts', 'sha256': "
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'},\n"
    "  'options': {'time_limit_s': 300, 'gap': 0.0001, 'seed': 1},\n"
    "  'status': 'feasible',\n"
    "  'currency': 'EUR',\n"
    "  'cost': {'block': 10000, 'fees': 0.05, 'missions': 1.2, 'not_moved': 14501.5, 'delay': 0, 'total': 24502.75},\n"
    "  'bound': 24502.7,\n"
    "  'gap': 0.000003,\n"
    "  'rules_not_judged': [],\n"
    "  'missions': [\n"
    "    {\n"
    "      'id': 'M001',\n"
    "      'airframe': 'HAWK 1',\n"
    "      'crew': 'ALPHA',\n"
    "      'configuration': 'mixed',\n"
    "      'committed': false,\n"
    "      'stops': [\n"
    "        {'airfield': 'AAAA', 'arrival': null, 'handling_start': '2026-03-01T07:00:00Z', "
    "'handling_end': '2026-03-01T08:00:00Z', 'departure': '2026-03-01T08:00:00Z'},\n"
    "        {'airfield': 'BBBB', 'arrival': '2026-03-01T09:00:20Z', 'handling_start': '2026-03-01T09:00:20Z', "
    "'handling_end': '2026-03-01T10:00:00Z', 'departure': '2026-03-01T10:00:00Z'},\n"
    "        {'airfield': 'CCCC', 'arrival': '2026-03-01T11:00:00Z', 'handling_start': '2026-03-01T11:00:00Z', "
    "'handling_end': '2026-03-01T12:00:00Z', 'departure': null}\n"
    "      ],\n"
    "      'sorties': [\n"
    /* 51 x 110.5 + 3 escorts x 90 + 5 x 80 kg; freight 100.001 x 51/80 = 63.7506..., rounded up */
    "        {'from': 'AAAA', 'to': 'BBBB', 'take_off': '2026-03-01T08:00:00Z', 'block_in': '2026-03-01T09:00:20Z', "
    "'block_min': 60.333333, 'passengers': 56, 'escorts': 3, 'payload_kg': 6369.251, "
    "'aboard': [{'demand': 'first', 'pax': 51, 'escorts': 3}, {'demand': 'third', 'pax': 5, 'escorts': 0}]},\n"
    "        {'from': 'BBBB', 'to': 'CCCC', 'take_off': '2026-03-01T10:00:00Z', 'block_in': '2026-03-01T11:00:00Z', "
    "'block_min': 60, 'passengers': 9, 'escorts': 0, 'payload_kg': 700, "
    "'aboard': [{'demand': 'second', 'pax': 4, 'escorts': 0}, {'demand': 'third', 'pax': 5, 'escorts': 0}]}\n"
    "      ],\n"
    "      'rides': [\n"
    "        {'demand': 'first', 'pax': 21, 'load_stop': 0, 'unload_stop': 1, 'escorts': 1},\n"
    "        {'demand': 'first', 'pax': 30, 'load_stop': 0, 'unload_stop': 1, 'escorts': 2},\n"
    "        {'demand': 'third', 'pax': 5, 'load_stop': 0, 'unload_stop': 2, 'escorts': 0},\n"
    "        {'demand': 'second', 'pax': 4, 'load_stop': 1, 'unload_stop': 2, 'escorts': 0}\n"
    "      ]\n"
    "    },\n"
    "    {\n"
    "      'id': 'M002',\n"
    "      'airframe': 'HAWK 2',\n"
    "      'crew': 'BRAVO',\n"
    "      'configuration': 'pax',\n"
    "      'committed': true,\n"
    "      'stops': [\n"
    "        {'airfield': 'BBBB', 'arrival': null, 'handling_start': '2026-03-03T00:00:00Z', "
    "'handling_end': '2026-03-03T00:00:00Z', 'departure': '2026-03-03T00:00:00Z'},\n"
    "        {'airfield': 'AAAA', 'arrival': '2026-03-03T00:27:00Z', 'handling_start': '2026-03-03T00:27:00Z', "
    "'handling_end': '2026-03-03T00:27:00Z', 'departure': null}\n"
    "      ],\n"
    "      'sorties': [\n"
    "        {'from': 'BBBB', 'to': 'AAAA', 'take_off': '2026-03-03T00:00:00Z', 'block_in': '2026-03-03T00:27:00Z', "
    "'block_min': 27, 'passengers': 0, 'escorts': 0, 'payload_kg': 0, 'aboard': []}\n"
    "      ],\n"
    "      'rides': []\n"
    "    }\n"
    "  ],\n"
    "  'not_moved': [\n"
    "    {'demand': 'first', 'pax': 29, 'cost': 14500},\n"
    "    {'demand': 'second', 'pax': 6, 'cost': 1.5}\n"
    "  ]\n"
    "}\n";

static void test_whole_text(void)
{
    struct instance inst;
    struct by_hand hand;
    if (!MAKE(&inst, NULL))
        return;
    char *wanted = quoted(by_hand_text), *got = written(&inst, make_plan(&hand), &usual);
    same_text(got, wanted);
    CU_ASSERT_TRUE(stable(&inst, got));
    free(got);
    free(wanted);
    instance_release(&inst);
}

static bool same_mission(const struct mission *a, const struct mission *b)
{
    bool same = a->airframe == b->airframe && a->crew == b->crew && a->configuration == b->configuration &&
                a->committed == b->committed && a->n_stops == b->n_stops && a->n_rides == b->n_rides;
    for (size_t i = 0; same && i < a->n_stops; i++)
        same = a->stop[i].airfield == b->stop[i].airfield && a->stop[i].arrival == b->stop[i].arrival &&
               a->stop[i].handling_start == b->stop[i].handling_start &&
               a->stop[i].handling_end == b->stop[i].handling_end && a->stop[i].departure == b->stop[i].departure;
    for (size_t i = 0; same && i < a->n_rides; i++)
        same = a->ride[i].demand == b->ride[i].demand && a->ride[i].pax == b->ride[i].pax &&
               a->ride[i].from_stop == b->ride[i].from_stop && a->ride[i].to_stop == b->ride[i].to_stop;
    return same;
}

static void test_equal_plan(void)
{
    struct instance inst;
    struct by_hand hand;
    struct plan got;
    bool other = true;
    if (!MAKE(&inst, NULL))
        return;
    const struct plan *plan = make_plan(&hand);
    char *text = written(&inst, plan, &usual);
    if (read_back(&inst, text, &got, &other)) {
        CU_ASSERT_FALSE(other);
        CU_ASSERT_EQUAL(got.status, PLAN_FEASIBLE);
        CU_ASSERT_EQUAL(got.bound, plan->bound);
        CU_ASSERT_EQUAL(memcmp(&got.cost, &plan->cost, sizeof got.cost), 0);
        CU_ASSERT_EQUAL_FATAL(got.schedule.n_missions, 2);
        const struct ride sorted[] = {{0, 21, 0, 1}, {0, 30, 0, 1}, {2, 5, 0, 2}, {1, 4, 1, 2}};
        memcpy(hand.rides, sorted, sizeof sorted);
        CU_ASSERT_TRUE(same_mission(&got.schedule.mission[0], &hand.missions[1]));
        CU_ASSERT_TRUE(same_mission(&got.schedule.mission[1], &hand.missions[0]));
        plan_release(&got);
    }
    free(text);
    instance_release(&inst);
}

/* Departures alike: by airframe, whatever the order given. */
static void test_order(void)
{
    struct instance inst;
    struct by_hand hand;
    if (!MAKE(&inst, NULL))
        return;
    make_plan(&hand);
    for (size_t i = 0; i < 2; i++)
        hand.late[i].handling_start = hand.late[i].handling_end = hand.late[i].handling_start - 2 * DAY + 8 * HOUR;
    hand.late[0].departure = 8 * HOUR;
    hand.late[1].arrival = 8 * HOUR + 1620;
    char *one = written(&inst, &hand.plan, &usual);
    struct mission swapped = hand.missions[0];
    hand.missions[0] = hand.missions[1];
    hand.missions[1] = swapped;
    char *two = written(&inst, &hand.plan, &usual);
    same_text(two, one);
    CU_ASSERT_TRUE(strstr(one, "HAWK 1") < strstr(one, "HAWK 2"));
    CU_ASSERT_TRUE(stable(&inst, one));
    free(one);
    free(two);
    instance_release(&inst);
}

static void test_ids(void)
{
    struct instance inst;
    struct by_hand hand;
    if (!MAKE(&inst, "'id': 'HAWK 1'", "'id': 'say \\\"go\\\"'", "'id': 'ALPHA'", "'id': 'back\\\\slash/'",
              "'id': 'first'", "'id': 'tab\\t bell\\u0007 del\x7f'", "'id': 'second'",
              "'id': 'Z\xc3\xbcrich \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x9b\xab'", "'id': 'mixed'", "'id': '%s%n \\n'",
              "'two lifts'", "'l\xc3\xadneas \\u00e9\\ud83d\\udeeb'"))
        return;
    char *text = written(&inst, make_plan(&hand), &usual);
    has_text(text, "'airframe': 'say \\'go\\'',");
    has_text(text, "'crew': 'back\\\\slash/',");
    has_text(text, "{'demand': 'tab\\t bell\\u0007 del\x7f', 'pax': 21,");
    has_text(text, "{'demand': 'Z\xc3\xbcrich \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x9b\xab', 'pax': 6, 'cost': 1.5}");
    has_text(text, "'configuration': '%s%n \\n',");
    has_text(text, "'instance': {'name': 'l\xc3\xadneas \xc3\xa9\xf0\x9f\x9b\xab', ");
    CU_ASSERT_TRUE(stable(&inst, text));
    free(text);
    instance_release(&inst);
}

static void test_money(void)
{
    static const struct {
        cent_t amount;
        const char *text;
    } money[] = {
        {0, "0"},
        {1, "0.01"},
        {10, "0.1"},
        {99, "0.99"},
        {100, "1"},
        {12340, "123.4"},
        {12345, "123.45"},
        {100000001, "1000000.01"},
        {999999999999999, "9999999999999.99"},
        {4503599627370497, "45035996273704.97"},
        {7000000000000001, "70000000000000.01"},
        {10000000000000000, "100000000000000"},
        {90000000000000000, "900000000000000"},
        {-50, "-0.5"},
        {-12345, "-123.45"},
    };
    struct instance inst;
    if (!MAKE(&inst, NULL))
        return;
    for (size_t i = 0; i < sizeof money / sizeof money[0]; i++) {
        char line[64];
        bool other;
        struct plan got, plan = {.status = PLAN_OPTIMAL, .bound = money[i].amount};
        plan.cost.total = money[i].amount > 0 ? money[i].amount : 0;
        char *text = written(&inst, &plan, &usual);
        snprintf(line, sizeof line, "\n  'bound': %s,\n", money[i].text);
        has_text(text, line);
        if (read_back(&inst, text, &got, &other)) {
            CU_ASSERT_EQUAL(got.bound, money[i].amount);
            CU_ASSERT_EQUAL(got.cost.total, plan.cost.total);
            plan_release(&got);
        }
        CU_ASSERT_TRUE(stable(&inst, text));
        free(text);
    }
    instance_release(&inst);
}

static void test_gap(void)
{
    static const struct {
        cent_t total, bound;
        const char *text;
    } gaps[] = {
        {0, 0, "0"},
        {100, 100, "0"},
        {100, 200, "0"}, /* a bound above the cost is for the checker */
        {100, 0, "1"},
        {100, -100, "2"},
        {3, 1, "0.666667"}, /* up, never down */
        {3, 2, "0.333334"},
        {1000000, 999999, "0.000001"},
        {10000000, 9999999, "0.000001"},
        {90000000000000000, 89999999999999999, "0.000001"},
        {200, 199, "0.005"},
    };
    struct instance inst;
    if (!MAKE(&inst, NULL))
        return;
    for (size_t i = 0; i < sizeof gaps / sizeof gaps[0]; i++) {
        char line[64];
        struct plan plan = {.status = PLAN_FEASIBLE, .bound = gaps[i].bound, .cost = {.total = gaps[i].total}};
        char *text = written(&inst, &plan, &usual);
        snprintf(line, sizeof line, "\n  'gap': %s,\n", gaps[i].text);
        has_text(text, line);
        free(text);
    }
    instance_release(&inst);
}

/* No plan: nulls and empty lists, whatever else the struct holds. */
static void test_no_plan(void)
{
    static const enum plan_status status[] = {PLAN_IMPOSSIBLE, PLAN_UNKNOWN};
    static const char *const name[] = {"no_plan_possible", "unknown"};
    struct instance inst;
    struct by_hand hand;
    if (!MAKE(&inst, NULL))
        return;
    make_plan(&hand);
    for (size_t i = 0; i < 2; i++) {
        char wanted[512];
        struct plan got;
        bool other;
        hand.plan.status = status[i];
        char *text = written(&inst, &hand.plan, &usual);
        snprintf(wanted, sizeof wanted,
                 "  'status': '%s',\n  'currency': 'EUR',\n  'cost': null,\n  'bound': null,\n  'gap': null,\n"
                 "  'rules_not_judged': [],\n  'missions': [],\n  'not_moved': []\n}\n",
                 name[i]);
        has_text(text, wanted);
        if (read_back(&inst, text, &got, &other)) {
            CU_ASSERT_EQUAL(got.status, status[i]);
            CU_ASSERT_EQUAL(got.schedule.n_missions, 0);
            plan_release(&got);
        }
        CU_ASSERT_TRUE(stable(&inst, text));
        free(text);
    }
    instance_release(&inst);
}

static void test_options(void)
{
    struct instance inst;
    if (!MAKE(&inst, NULL))
        return;
    const struct plan plan = {.status = PLAN_OPTIMAL};
    const struct {
        struct plan_options options;
        const char *text;
    } table[] = {
        {{0, 0, 0, 0}, "{'time_limit_s': null, 'gap': 0, 'seed': 0}"},
        {{0.5, 2.5, 0.1, INT64_MAX},
         "{'time_limit_s': 0.5, 'deterministic_limit': 2.5, 'gap': 0.1, 'seed': 9223372036854775807}"},
        {{1e9, 0, 0.0001, 1}, "{'time_limit_s': 1000000000, 'gap': 0.0001, 'seed': 1}"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char *text = written(&inst, &plan, &table[i].options);
        has_text(text, table[i].text);
        struct plan got;
        bool other;
        if (read_back(&inst, text, &got, &other))
            plan_release(&got);
        free(text);
    }
    instance_release(&inst);
}

#define WITH_CABIN                                                                                                     \
    "'id': 'mixed', 'seats': 40",                                                                                      \
        "'id': 'mixed', 'seats': 40, 'cabin': {'zones': [{'id': 'z', 'seats': 40, 'arm': 5}], 'positions': "           \
        "[{'id': 'ramp', 'max_kg': 900, 'arm': 9}],\n 'empty_kg': 30000, 'empty_arm': 5, 'cg_min': 1, 'cg_max': 9}"

static const char load_plan_text[] =
    "      ],\n"
    "      'load_plan': {\n"
    "        'seatings': [\n"
    "          {'demand': 'first', 'load_stop': 0, 'unload_stop': 1, 'zone': 'z', 'pax': 51, 'escorts': 2}\n"
    "        ],\n"
    "        'stowages': [\n"
    "          {'demand': 'first', 'load_stop': 0, 'unload_stop': 1, 'position': 'ramp', 'kg': 12.5}\n"
    "        ],\n"
    "        'goals': {'zones': 1, 'deviation': 7, 'order': 0},\n"
    "        'proven': true,\n";

static void test_load_plan(void)
{
    struct instance inst;
    struct by_hand hand;
    if (!MAKE(&inst, WITH_CABIN))
        return;
    struct seating seating = {0, 0, 1, 0, 51, 2};
    struct stowage stowage = {0, 0, 1, 0, 12500};
    struct load_plan plan = {&seating, 1, &stowage, 1, {1, 7, 0}, true, {0}};
    struct plan *p = make_plan(&hand);
    hand.missions[1].load_plan = &plan;
    char *text = written(&inst, p, &usual);
    has_text(text, load_plan_text);
    CU_ASSERT_TRUE(stable(&inst, text));
    free(text);
    plan.proven = false;
    plan.bound = (struct load_goals){1, 3, 0};
    text = written(&inst, p, &usual);
    has_text(text, "        'bound': {'zones': 1, 'deviation': 3, 'order': 0},\n        'proven': false,\n");
    CU_ASSERT_TRUE(stable(&inst, text));
    free(text);
    instance_release(&inst);
}

static void test_everybody_moved(void)
{
    struct instance inst;
    struct by_hand hand;
    if (!MAKE(&inst, "'pax': 80", "'pax': 51", "'pax': 10", "'pax': 4"))
        return;
    char *text = written(&inst, make_plan(&hand), &usual);
    has_text(text, "\n  'not_moved': []\n}\n");
    free(text);
    instance_release(&inst);
}

static void test_other_instance(void)
{
    struct instance inst;
    struct plan plan;
    bool other = false;
    if (!MAKE(&inst, NULL))
        return;
    char *text = quoted(schedule_text);
    if (read_back(&inst, text, &plan, &other)) {
        CU_ASSERT_TRUE(other);
        CU_ASSERT_EQUAL(plan.bound, 9025);
        CU_ASSERT_EQUAL(plan.schedule.mission[0].stop[0].arrival, SEC_NONE);
        CU_ASSERT_EQUAL(plan.schedule.mission[0].stop[2].departure, SEC_NONE);
        CU_ASSERT_FALSE(plan.schedule.mission[0].committed);
        plan_release(&plan);
    }
    memset(inst.sha256, '0', 64);
    if (read_back(&inst, text, &plan, &other)) {
        CU_ASSERT_FALSE(other);
        plan_release(&plan);
    }
    free(text);
    instance_release(&inst);
}

/* schedule_text with `from` replaced by `to`, and every fault that must be found. Without `from`, `to` is the whole
 * text. Faults: ' stands for " there too; each line goes after the name of the file. */
static const struct {
    const char *from, *to, *faults;
} bad[] = {
    /* no JSON, no object */
    {NULL, "", "the file is empty\n"},
    {NULL, " \n", "the file is empty\n"},
    {NULL, "[]", "must be an object, got a list of 0\n"},
    {NULL, "'optimal'", "line 1 column 9: '[' or '{' expected near ''optimal''\n"},
    {NULL, "{}", "'format' is missing\n'version' is missing\n"},
    {"'unload_stop': 2}]}]}\n", "'unload_stop': 2}]}]", "line 13 column 69: '}' expected near end of file\n"},
    {"'bound': 90.25,", "'bound': 1e999,", "line 3 column 37: real number overflow near '1e999'\n"},
    {"'bound': 90.25,", "'bound': 90.25, 'bound': 90.25,", "line 3 column 46: duplicate object key near ''bound''\n"},
    {"'bound': 90.25,", "'bound': 090.25,", "line 3 column 33: invalid token near '0'\n"},
    {"'bound': 90.25,", "'bound': NaN,", "line 3 column 35: invalid token near 'NaN'\n"},
    {"'feasible'", "'fea\\u0000sible'", "line 3 column 27: a text must not hold a NUL (\\u0000)\n"},
    {"'first'", "'\xff'", "line 12 column 24: unable to decode byte 0xff near '''\n"},
    /* the head */
    {"'sortie-schedule'", "'sortie-instance'", "/format: must be 'sortie-schedule', got 'sortie-instance'\n"},
    {"'version': 1", "'version': 2", "/version: must be 1, the only version there is, got 2\n"},
    {"'version': 1", "'version': '1'", "/version: must be 1, the only version there is, got '1'\n"},
    {"'version': 1,", "", "'version' is missing\n"},
    {"'status': 'feasible'", "'statuss': 'feasible'",
     "/statuss: unknown key, did you mean 'status'?\n'status' is missing\n"},
    {"'status': 'feasible',", "", "'status' is missing\n"},
    {"'feasible'", "'Optimal'",
     "/status: must be 'optimal', 'feasible', 'no_plan_possible' or 'unknown', got 'Optimal'\n"},
    {"'feasible'", "null", "/status: must be 'optimal', 'feasible', 'no_plan_possible' or 'unknown', got null\n"},
    {"'instance':", "'colour': 1, 'instance':", "/colour: unknown key\n"},
    {"'instance': {", "'instance': {'sha': 1, ", "/instance/sha: unknown key, did you mean 'sha256'?\n"},
    {"'0000", "'00G0",
     "/instance/sha256: must be 64 hexadecimal digits in lower case, got "
     "'00G00000000000000000000000000000000000000000000000000000000...\n"},
    {"{'sha256': '0000000000000000000000000000000000000000000000000000000000000000'}", "{'sha256': 7}",
     "/instance/sha256: must be 64 hexadecimal digits in lower case, got 7\n"},
    {"{'sha256': '0000000000000000000000000000000000000000000000000000000000000000'}", "{}",
     "/instance: 'sha256' is missing\n"},
    /* cost and bound */
    {"{'block': 100, 'fees': 0.5, 'missions': 0, 'not_moved': 40, 'delay': 0, 'total': 140.5}", "null",
     "/cost: must be an object, got null\n"},
    {"'total': 140.5", "'totl': 140.5", "/cost/totl: unknown key, did you mean 'total'?\n/cost: 'total' is missing\n"},
    {"'fees': 0.5", "'fees': '0.5'", "/cost/fees: must be a number, got '0.5'\n"},
    {"'fees': 0.5", "'fees': -0.5", "/cost/fees: must be at least 0, got -0.5\n"},
    {"'fees': 0.5", "'fees': 0.505", "/cost/fees: must have two decimals at most, got 0.505\n"},
    {"'total': 140.5", "'total': 10000000.005", "/cost/total: must have two decimals at most, got 10000000.005\n"},
    {"'total': 140.5", "'total': 900000000000001",
     "/cost/total: must be at most 900000000000000, got 900000000000001\n"},
    {"'bound': 90.25", "'bound': null", "/bound: must be a number, got null\n"},
    {"'bound': 90.25", "'bound': 1e300", "/bound: must be at most 900000000000000, got 1e300\n"},
    {"'bound': 90.25,", "", "'bound' is missing\n"},
    {"'feasible'", "'unknown'",
     "/cost: must be null where the status is 'unknown', got an object\n"
     "/bound: must be null where the status is 'unknown', got 90.25\n"
     "/missions: must be empty where the status is 'unknown', got a list of 1\n"},
    {NULL,
     "{'format': 'sortie-schedule', 'version': 1, 'status': 'no_plan_possible', 'instance': {'sha256': "
     "'0000000000000000000000000000000000000000000000000000000000000000'}}",
     "'cost' is missing\n'bound' is missing\n'missions' is missing\n"},
    /* missions */
    {"'missions': [{", "'missions': {}, 'program': [{", "/missions: must be a list, got an object\n"},
    {"'missions': [{", "'missions': [7, {", "/missions/0: must be an object, got 7\n"},
    {"'HAWK 1'", "'HAWK1'", "/missions/0/airframe: no such airframe, did you mean 'HAWK 1'?, got 'HAWK1'\n"},
    {"'HAWK 1'", "7", "/missions/0/airframe: must be the id of some airframe, got 7\n"},
    {"'ALPHA'", "'ALHPA'", "/missions/0/crew: no such crew, did you mean 'ALPHA'?, got 'ALHPA'\n"},
    {"'crew': 'ALPHA',", "", "/missions/0: 'crew' is missing\n"},
    {"'configuration': 'pax'", "'configuration': 'mixd'",
     "/missions/0/configuration: no such configuration, did you mean 'mixed'?, got 'mixd'\n"},
    {"'configuration': 'pax',", "", "/missions/0: 'configuration' is missing\n"},
    {"'configuration'", "'committed': 1, 'configuration'", "/missions/0/committed: must be true or false, got 1\n"},
    {"'configuration'", "'pilot': 1, 'configuration'", "/missions/0/pilot: unknown key\n"},
    {NULL,
     "{'format': 'sortie-schedule', 'version': 1, 'status': 'optimal', 'bound': 0, 'instance': {'sha256': "
     "'0000000000000000000000000000000000000000000000000000000000000000'},\n"
     " 'cost': {'block': 0, 'fees': 0, 'missions': 0, 'not_moved': 0, 'delay': 0, 'total': 0},\n"
     " 'missions': [{'airframe': 'HAWK 1', 'crew': 'ALPHA', 'configuration': 'pax', 'stops': [{'airfield': 'AAAA',\n"
     "  'handling_start': '2026-03-01T07:00:00Z', 'handling_end': '2026-03-01T07:00:00Z'}]}]}",
     "/missions/0/stops: must hold at least 2 items, got a list of 1\n"},
    /* stops */
    {"{'airfield': 'AAAA', 'handling_start'",
     "{'airfield': 'AAAA', 'arrival': '2026-03-01T07:00:00Z', 'handling_start'",
     "/missions/0/stops/0/arrival: the first stop has no arrival, got '2026-03-01T07:00:00Z'\n"},
    {"T11:25:00Z'}", "T11:25:00Z', 'departure': '2026-03-01T12:00:00Z'}",
     "/missions/0/stops/2/departure: the last stop has no departure, got '2026-03-01T12:00:00Z'\n"},
    {"'arrival': '2026-03-01T08:30:00Z', ", "", "/missions/0/stops/1: 'arrival' is missing\n"},
    {"'arrival': '2026-03-01T08:30:00Z'", "'arrival': null",
     "/missions/0/stops/1/arrival: must be an instant like '2025-01-23T12:00:00Z', got null\n"},
    {"'2026-03-01T10:40:00Z'", "'2026-02-29T10:40:00Z'",
     "/missions/0/stops/2/arrival: must be an instant like '2025-01-23T12:00:00Z', got '2026-02-29T10:40:00Z'\n"},
    {"'2026-03-01T10:40:00Z'", "'2026-03-01 10:40'",
     "/missions/0/stops/2/arrival: must be an instant like '2025-01-23T12:00:00Z', got '2026-03-01 10:40'\n"},
    {"'CCCC'", "'BBBB'",
     "/missions/0/stops/2/airfield: the same airfield as the stop before, got 'BBBB'\n"
     "/missions/0/rides/1/demand: does not go from stop 0 to stop 2, got 'third'\n"},
    {"'CCCC'", "'CCC'", "/missions/0/stops/2/airfield: no such airfield, did you mean 'CCCC'?, got 'CCC'\n"},
    {"'handling_end'", "'handling_stop'",
     "/missions/0/stops/0/handling_stop: unknown key, did you mean 'handling_start'?\n"
     "/missions/0/stops/0: 'handling_end' is missing\n"},
    /* rides */
    {"'first'", "'fisrt'", "/missions/0/rides/0/demand: no such demand, did you mean 'first'?, got 'fisrt'\n"},
    {"'pax': 60", "'pax': 0", "/missions/0/rides/0/pax: must be at least 1, got 0\n"},
    {"'pax': 60", "'pax': 1.5", "/missions/0/rides/0/pax: must be a whole number, got 1.5\n"},
    {"'pax': 60", "'pax': 1000001", "/missions/0/rides/0/pax: must be at most 1000000, got 1000001\n"},
    {"'load_stop': 0, 'unload_stop': 1", "'load_stop': 1, 'unload_stop': 1",
     "/missions/0/rides/0/unload_stop: must come after 'load_stop', got 1\n"},
    {"'load_stop': 0, 'unload_stop': 1", "'load_stop': 2, 'unload_stop': 1",
     "/missions/0/rides/0/unload_stop: must come after 'load_stop', got 1\n"},
    {"'unload_stop': 1", "'unload_stop': 3", "/missions/0/rides/0/unload_stop: must be at most 2, got 3\n"},
    {"'load_stop': 0", "'load_stop': -1", "/missions/0/rides/0/load_stop: must be at least 0, got -1\n"},
    {"'load_stop': 0, 'unload_stop': 1", "'load_stop': 1, 'unload_stop': 2",
     "/missions/0/rides/0/demand: does not go from stop 1 to stop 2, got 'first'\n"},
    {"'pax': 60, ", "", "/missions/0/rides/0: 'pax' is missing\n"},
    {"'pax': 60, ", "'pax': 60, 'cabin': 1, ", "/missions/0/rides/0/cabin: unknown key\n"},
    /* load plans */
    {"'rides'", "'load_plan': {'seatings': []}, 'rides'",
     "/missions/0/load_plan: the configuration has no cabin layout\n"},
};

/* `text` with ' for ": the parser's own messages hold both. */
static char *unquoted(const char *text)
{
    char *copy = strdup(text ? text : "no fault\n");
    for (char *c = copy; *c; c++)
        *c = *c == '"' ? '\'' : *c;
    return copy;
}

/* `lines`, each after the name of the file. */
static char *named(const char *lines)
{
    char *made = calloc(1, 2 * strlen(lines) + 1000), *to = made;
    while (*lines) {
        int n = (int)strcspn(lines, "\n");
        to += sprintf(to, "s.json: %.*s\n", n, lines);
        lines += n + 1;
    }
    return made;
}

static void test_bad(void)
{
    struct instance inst;
    if (!MAKE(&inst, NULL))
        return;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char *raw = bad[i].from ? replaced(strdup(schedule_text), bad[i].from, bad[i].to) : strdup(bad[i].to);
        char *text = quoted(raw), *wanted = named(bad[i].faults), *faults = NULL;
        struct plan plan;
        struct error err;
        bool other;
        error_init(&err);
        bool ok = read_schedule_text("s.json", text, strlen(text), &inst, &plan, &other, &faults, &err);
        char *got = unquoted(faults);
        bool as_wanted = !ok && strcmp(got, wanted) == 0 && err.code == ERR_INPUT &&
                         strncmp(faults, err.text, strlen(err.text)) == 0 && plan.schedule.n_missions == 0;
        if (!as_wanted)
            fprintf(stderr, "%s -> %s: expected:\n%sgot:\n%s", bad[i].from ? bad[i].from : "all", bad[i].to, wanted,
                    got);
        CU_ASSERT_TRUE(as_wanted);
        plan_release(&plan);
        free(raw);
        free(text);
        free(wanted);
        free(got);
        free(faults);
    }
    instance_release(&inst);
}

/* Many faults: 20 are said. */
static void test_most_faults(void)
{
    struct instance inst;
    struct plan plan;
    char *faults = NULL, text[4096] = "", *at = text;
    bool other;
    if (!MAKE(&inst, NULL))
        return;
    at += sprintf(at, "{\"format\": \"sortie-schedule\", \"version\": 1, \"missions\": [");
    for (int i = 0; i < 50; i++)
        at += sprintf(at, "%d, ", i);
    sprintf(at, "0]}");
    CU_ASSERT_FALSE(read_schedule_text("s.json", text, strlen(text), &inst, &plan, &other, &faults, NULL));
    size_t lines = 0;
    for (const char *c = faults; c && *c; c++)
        lines += *c == '\n';
    CU_ASSERT_EQUAL(lines, 20);
    plan_release(&plan);
    free(faults);
    instance_release(&inst);
}

static void test_files(void)
{
    struct instance inst;
    struct plan plan;
    struct error err;
    char *faults;
    bool other;
    if (!MAKE(&inst, NULL))
        return;
    error_init(&err);
    CU_ASSERT_FALSE(read_schedule("tests/no such file", &inst, &plan, &other, &faults, &err));
    CU_ASSERT_EQUAL(err.code, ERR_IO);
    CU_ASSERT_PTR_NULL(faults);
    CU_ASSERT_STRING_EQUAL(err.text, "cannot open \"tests/no such file\": No such file or directory");
    error_init(&err);
    CU_ASSERT_FALSE(read_schedule("tests", &inst, &plan, &other, &faults, &err));
    CU_ASSERT_STRING_EQUAL(err.text, "a folder, not a file: \"tests\"");
    instance_release(&inst);
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005 + 1442695040888963407;
    return *state >> 33;
}

/* Damaged files are refused with a fault, or read; what is read can be written and read again. */
static void test_damage(void)
{
    static const char likely[] = "{}[]\",:\\0123456789-+.eEtfnu /\n\xff";
    struct instance inst;
    struct by_hand hand;
    uint64_t random = 1;
    long survived = 0, refused = 0, wrong = 0;
    if (!MAKE(&inst, NULL))
        return;
    char *whole = written(&inst, make_plan(&hand), &usual);
    size_t size = strlen(whole);
    for (int round = 0; round < 10000; round++) {
        size_t n = round % 50 == 0 ? next_random(&random) % size : size;
        char *bytes = malloc(n + 1), *faults = NULL; /* no more room than that: reading on is seen */
        memcpy(bytes, whole, n);
        for (uint64_t k = next_random(&random) % 3 + 1; k > 0 && n > 0; k--) {
            uint64_t kind = next_random(&random);
            bytes[next_random(&random) % n] = kind & 1 ? likely[(kind >> 8) % (sizeof likely - 1)] : (char)(kind >> 8);
        }
        struct plan plan;
        bool other;
        bool ok = read_schedule_text("s.json", bytes, n, &inst, &plan, &other, &faults, NULL);
        if (ok) {
            char *again = written(&inst, &plan, &usual);
            wrong += faults != NULL || !stable(&inst, again);
            survived++;
            free(again);
        } else {
            wrong += !faults || strncmp(faults, "s.json: ", 8) != 0;
            refused++;
        }
        plan_release(&plan);
        free(faults);
        free(bytes);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_TRUE(survived > 500);
    CU_ASSERT_TRUE(refused > 500);
    free(whole);
    instance_release(&inst);
}

void add_schedule_json_tests(CU_pSuite suite)
{
    CU_add_test(suite, "whole text", test_whole_text);
    CU_add_test(suite, "equal plan", test_equal_plan);
    CU_add_test(suite, "order", test_order);
    CU_add_test(suite, "ids", test_ids);
    CU_add_test(suite, "money", test_money);
    CU_add_test(suite, "gap", test_gap);
    CU_add_test(suite, "no plan", test_no_plan);
    CU_add_test(suite, "options", test_options);
    CU_add_test(suite, "load_plan", test_load_plan);
    CU_add_test(suite, "everybody moved", test_everybody_moved);
    CU_add_test(suite, "another instance", test_other_instance);
    CU_add_test(suite, "bad schedules", test_bad);
    CU_add_test(suite, "most faults", test_most_faults);
    CU_add_test(suite, "files", test_files);
    CU_add_test(suite, "damage", test_damage);
}
