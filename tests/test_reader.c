/* The instance reader: the corpus of faulty instances, every figure it works out, files, damage. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "io/instant.h"
#include "io/read_instance.h"
#include "io/suggest.h"
#include "io/whole_file.h"
#include "tests/edit.h"
#include "tests/tests.h"

enum { HOUR = 3600, DAY = 86400 };

/* Two airfields on the equator, one degree of longitude apart: 6,378,137 m x pi / 180 = 111,319.49 m. ' stands for ".
 */
static const char base[] =
    "{'format': 'sortie-instance', 'version': 1, 'start': '2026-03-01T00:00:00Z', 'end': '2026-03-03T00:00:00Z',\n"
    " 'airfields': [{'id': 'A', 'lat': 0, 'lon': 0, 'runway_ft': 8000},\n"
    "               {'id': 'B', 'lat': 0, 'lon': 1, 'runway_ft': 9000}],\n"
    " 'aircraft_types': [{'id': 'T', 'configurations': [{'id': 'pax', 'seats': 92}],\n"
    "   'payload_range': [{'payload_kg': 16000, 'range_nm': 1800}], 'block': {'speed_kt': 300, 'fixed_min': 15},\n"
    "   'ground': {'onload_min': 60, 'offload_min': 45, 'enroute_min': 30}, 'turn_min': 90, 'runway_ft': 3500,\n"
    "   'fdp_basic_min': 840, 'fdp_augmented_min': 1080, 'cost_per_block_hour': 6500}],\n"
    " 'airframes': [{'id': 'F', 'type': 'T', 'at': 'B'}],\n"
    " 'crews': [{'id': 'C', 'types': ['T'], 'kind': 'basic', 'at': 'B'}],\n"
    " 'demands': [{'id': 'D', 'origin': 'A', 'destination': 'B', 'pax': 80, 'kg_per_pax': 110, 'penalty': 5000}],\n"
    " 'rules': {'show_min': 120, 'post_flight_min': 30, 'rest_min': 720}}\n";

/* The base with pairs of texts replaced, in double quotes; `edits` ends with NULL. The caller frees. */
static char *edited(const char *const *edits)
{
    char *text = strdup(base);
    for (; edits[0]; edits += 2)
        text = replaced(text, edits[0], edits[1]);
    double_quotes(text);
    return text;
}

/* From a block of exactly `size` bytes, so that a step too far is seen. */
static bool read_bytes(const char *bytes, size_t size, struct instance *inst, char **faults)
{
    struct error err;
    error_init(&err);
    char *exact = malloc(size ? size : 1);
    if (size)
        memcpy(exact, bytes, size);
    bool ok = read_instance_text("x.json", exact, size, inst, faults, &err);
    free(exact);
    CU_ASSERT_EQUAL(err.code, ok ? ERR_NONE : ERR_INPUT);
    return ok;
}

static bool read_edited(struct instance *inst, const char *const *edits)
{
    char *text = edited(edits), *faults;
    bool ok = read_bytes(text, strlen(text), inst, &faults);
    if (!ok)
        fprintf(stderr, "%s%s\n", faults, text);
    CU_ASSERT_TRUE(ok);
    free(text);
    free(faults);
    return ok;
}

#define READ(inst_, ...) read_edited((inst_), (const char *const[]){__VA_ARGS__, NULL})

static bool refused_with(const char *text, size_t size, const char *wanted)
{
    struct instance inst;
    char *faults;
    bool ok = read_bytes(text, size, &inst, &faults), as_wanted = !ok && strcmp(faults, wanted) == 0;
    if (!as_wanted)
        fprintf(stderr, "expected:\n%sgot:\n%s", wanted, faults ? faults : "no fault\n");
    free(faults);
    instance_release(&inst);
    return as_wanted;
}

/* The corpus. */

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static char *in_folder(const char *folder, const char *name, size_t length, const char *end)
{
    size_t size = strlen(folder) + length + strlen(end) + 2;
    char *path = malloc(size);
    snprintf(path, size, "%s/%.*s%s", folder, (int)length, name, end);
    return path;
}

/* Sorted names in `folder` that end so; the caller frees each and the list. */
static int names_in(const char *folder, int (*wanted)(const struct dirent *), struct dirent ***names)
{
    int n = scandir(folder, names, wanted, alphasort);
    if (n < 0)
        fprintf(stderr, "cannot read the folder %s: %s\n", folder, strerror(errno));
    return n < 0 ? 0 : n;
}

static int is_json(const struct dirent *entry)
{
    return ends_with(entry->d_name, ".json");
}

static int is_expected(const struct dirent *entry)
{
    return ends_with(entry->d_name, ".expected");
}

/* Whether reading tests/bad/NAME.json says what NAME.expected holds. */
static bool bad_pair(const char *name)
{
    size_t length = strlen(name) - strlen(".json"), size, wanted_size;
    char *input_path = in_folder("tests/bad", name, length, ".json"), *faults = NULL;
    char *wanted_path = in_folder("tests/bad", name, length, ".expected");
    char *input = whole_file_read(input_path, &size, NULL), *wanted = whole_file_read(wanted_path, &wanted_size, NULL);
    struct error err;
    struct instance inst;
    error_init(&err);
    bool same = false;
    if (input && wanted) {
        bool ok = read_instance_text(name, input, size, &inst, &faults, &err);
        same = !ok && strcmp(faults, wanted) == 0 && err.code == ERR_INPUT;
        same = same && strncmp(err.text, wanted, strcspn(wanted, "\n") < 1000 ? strcspn(wanted, "\n") : 1000) == 0;
        instance_release(&inst);
    }
    if (!same)
        fprintf(stderr, "%s: expected\n%sgot\n%s", input_path, wanted ? wanted : "(no such file)\n",
                faults ? faults : "no fault\n");
    free(input_path);
    free(wanted_path);
    free(input);
    free(wanted);
    free(faults);
    return same;
}

static void test_bad(void)
{
    struct dirent **names, **expected;
    int n = names_in("tests/bad", is_json, &names), n_expected = names_in("tests/bad", is_expected, &expected);
    CU_ASSERT_TRUE(n >= 80);
    CU_ASSERT_EQUAL(n, n_expected);
    for (int i = 0; i < n; i++) {
        CU_ASSERT_TRUE(bad_pair(names[i]->d_name));
        free(names[i]);
    }
    for (int i = 0; i < n_expected; i++)
        free(expected[i]);
    if (n)
        free(names);
    if (n_expected)
        free(expected);
}

static void test_instances(void)
{
    struct dirent **names;
    int n = names_in("instances", is_json, &names);
    CU_ASSERT_TRUE(n >= 3);
    for (int i = 0; i < n; i++) {
        struct instance inst;
        struct error err;
        char *faults, *path = in_folder("instances", names[i]->d_name, strlen(names[i]->d_name), "");
        error_init(&err);
        bool ok = read_instance(path, &inst, &faults, &err);
        if (!ok)
            fprintf(stderr, "%s\n%s", err.text, faults ? faults : "");
        CU_ASSERT_TRUE(ok);
        instance_release(&inst);
        free(faults);
        free(path);
        free(names[i]);
    }
    if (n)
        free(names);
}

static void test_document(void)
{
    size_t size;
    char *document = whole_file_read("docs/format.md", &size, NULL);
    char *from = document ? strstr(document, "```json\n{\n  \"format\"") : NULL,
         *until = from ? strstr(from, "\n```\n") : NULL;
    CU_ASSERT_PTR_NOT_NULL(until);
    struct instance inst;
    char *faults = NULL;
    if (until && read_bytes(from + 8, (size_t)(until - from - 8), &inst, &faults)) {
        CU_ASSERT_STRING_EQUAL(inst.name, "two lifts");
        CU_ASSERT_EQUAL(inst.end, 2 * DAY);
        CU_ASSERT_EQUAL(instance_leg(&inst, 0, 0, 1)->fee, 35050); /* both ways */
        CU_ASSERT_EQUAL(inst.demand[0].delay_cost, 250);
        CU_ASSERT_EQUAL(inst.crew[0].recent[0].block_in, -32 * HOUR); /* 27 February 16:00, the month has 28 days */
        instance_release(&inst);
    }
    CU_ASSERT_PTR_NULL(faults);
    free(faults);
    free(document);
}

/* The figures. */

static void test_distance_and_block(void)
{
    struct instance inst;
    if (READ(&inst, NULL)) {
        /* 111,319.4908 m / 1852 = 60.1077 nm; at 300 kt 12.0215 min, with 15 fixed 27.0215 min = 1621.29 s, so 1622 s.
         * 1622 s x 6500.00 / 3600 = 2928.611 */
        const struct leg *leg = instance_leg(&inst, 0, 0, 1);
        CU_ASSERT_EQUAL(leg->nm, 60108);
        CU_ASSERT_EQUAL(leg->block, 1622);
        CU_ASSERT_EQUAL(leg->cost, 292861);
        CU_ASSERT_EQUAL(instance_leg(&inst, 0, 1, 0)->nm, 60108);
        CU_ASSERT_EQUAL(instance_leg(&inst, 0, 0, 0)->block, -1);
        instance_release(&inst);
    }
    /* Vincenty's line from Flinders Peak to Buninyong: 54,972.271 m = 29.6827 nm */
    if (READ(&inst, "'lat': 0, 'lon': 0", "'lat': -37.951033417, 'lon': 144.424867889", "'lat': 0, 'lon': 1",
             "'lat': -37.652821139, 'lon': 143.926495528")) {
        CU_ASSERT_EQUAL(instance_leg(&inst, 0, 0, 1)->nm, 29683);
        instance_release(&inst);
    }
}

/* Block seconds from A to B at `nm` by `block`. */
static sec_t block_at(const char *block, const char *nm)
{
    struct instance inst;
    char overrides[128];
    snprintf(overrides, sizeof overrides, " 'leg_overrides': [{'from': 'A', 'to': 'B', 'nm': %s}], 'airframes'", nm);
    if (!READ(&inst, "{'speed_kt': 300, 'fixed_min': 15}", block, " 'airframes'", overrides))
        return -1;
    sec_t seconds = instance_leg(&inst, 0, 0, 1)->block;
    instance_release(&inst);
    return seconds;
}

static void test_block_rules(void)
{
    static const char table[] = "{'table': [{'nm': 100, 'min': 40}, {'nm': 500, 'min': 95}, {'nm': 600, 'min': 120}]}";
    CU_ASSERT_EQUAL(block_at(table, "50"), 40 * 60); /* below the first point */
    CU_ASSERT_EQUAL(block_at(table, "100"), 40 * 60);
    CU_ASSERT_EQUAL(block_at(table, "300"), 4050); /* 40 + 200/400 x 55 = 67.5 min */
    CU_ASSERT_EQUAL(block_at(table, "500"), 95 * 60);
    CU_ASSERT_EQUAL(block_at(table, "560"), 110 * 60);  /* 95 + 60/100 x 25 */
    CU_ASSERT_EQUAL(block_at(table, "1000"), 220 * 60); /* on with 25 min per 100 nm: 120 + 4 x 25 */
    CU_ASSERT_EQUAL(block_at("{'speed_kt': 300, 'fixed_min': 15}", "150"), 45 * 60); /* half an hour and 15 min */
    CU_ASSERT_EQUAL(block_at("{'speed_kt': 300, 'fixed_min': 0.01}", "150"), 1801);  /* 0.6 s more than half an hour */
    CU_ASSERT_EQUAL(block_at("{'speed_kt': 300, 'fixed_min': 0.1}", "0"), 6);
}

static void test_rounding(void)
{
    struct instance inst;
    /* minutes up to the next second, but 8.3 min is 498 s although 8.3 * 60 > 498 in a double; kg to the gram, nm to
     * the thousandth */
    if (READ(&inst, "'turn_min': 90", "'turn_min': 8.3", "'onload_min': 60", "'onload_min': 100.001", "'show_min': 120",
             "'show_min': 0.0166", "'rest_min': 720", "'rest_min': 0.1", "'kg_per_pax': 110", "'kg_per_pax': 110.0006",
             "'range_nm': 1800", "'range_nm': 1800.0004", "'penalty': 5000", "'penalty': 0.29")) {
        CU_ASSERT_EQUAL(inst.type[0].turn, 498);
        CU_ASSERT_EQUAL(inst.type[0].ground[GROUND_ONLOAD], 6001); /* 6000.06 s */
        CU_ASSERT_EQUAL(inst.rules.show, 1);                       /* 0.996 s */
        CU_ASSERT_EQUAL(inst.rules.rest, 6);
        CU_ASSERT_EQUAL(inst.demand[0].pax_mass, 110001);
        CU_ASSERT_EQUAL(inst.type[0].range[0].range, 1800000);
        CU_ASSERT_EQUAL(inst.demand[0].penalty, 29);
        instance_release(&inst);
    }
    /* half an hour at 6500.01: 3250.005, rounded half up */
    if (READ(&inst, "'cost_per_block_hour': 6500", "'cost_per_block_hour': 6500.01", " 'airframes'",
             " 'leg_overrides': [{'from': 'A', 'to': 'B', 'block_min': 30}], 'airframes'")) {
        CU_ASSERT_EQUAL(instance_leg(&inst, 0, 0, 1)->cost, 325001);
        instance_release(&inst);
    }
    if (READ(&inst, "'penalty': 5000", "'penalty': 999999999.99, 'delay_cost_per_hour': 1e-400", "'pax': 80",
             "'pax': 1")) {
        CU_ASSERT_EQUAL(inst.demand[0].penalty, 99999999999);
        CU_ASSERT_EQUAL(inst.demand[0].delay_cost, 0);
        instance_release(&inst);
    }
}

static void test_overrides(void)
{
    struct instance inst;
    static const char second_type[] =
        "'aircraft_types': [{'id': 'U', 'configurations': [{'id': 'u', 'seats': 9}],\n"
        "   'payload_range': [{'payload_kg': 900, 'range_nm': 500}], 'block': {'speed_kt': 200, 'fixed_min': 6},\n"
        "   'ground': {'onload_min': 6, 'offload_min': 4, 'enroute_min': 3}, 'turn_min': 9, 'runway_ft': 350,\n"
        "   'fdp_basic_min': 840, 'fdp_augmented_min': 0, 'cost_per_block_hour': 500}, ";
    if (!READ(&inst, "'aircraft_types': [", second_type, " 'airframes'",
              " 'leg_overrides': [{'from': 'A', 'to': 'B', 'nm': 100, 'block_min': 50, 'fee': 10.5},\n"
              "  {'from': 'A', 'to': 'B', 'type': 'T', 'block_min': 44},\n"
              "  {'from': 'B', 'to': 'A', 'both_ways': false, 'nm': 80},\n"
              "  {'from': 'B', 'to': 'A', 'type': 'U', 'both_ways': true, 'fee': 0}], 'airframes'"))
        return;
    const struct leg *u_out = instance_leg(&inst, 0, 0, 1), *t_out = instance_leg(&inst, 1, 0, 1);
    const struct leg *u_back = instance_leg(&inst, 0, 1, 0), *t_back = instance_leg(&inst, 1, 1, 0);
    /* T out: its own block time; distance and fee from the entry for all types. U out: its own fee of 0, the rest
     * general. */
    CU_ASSERT_EQUAL(t_out->block, 44 * 60);
    CU_ASSERT_EQUAL(t_out->nm, 100000);
    CU_ASSERT_EQUAL(t_out->fee, 1050);
    CU_ASSERT_EQUAL(u_out->block, 50 * 60);
    CU_ASSERT_EQUAL(u_out->nm, 100000);
    CU_ASSERT_EQUAL(u_out->fee, 0);
    /* back: 80 nm, T 16 + 15 min, U 24 + 6 min */
    CU_ASSERT_EQUAL(t_back->nm, 80000);
    CU_ASSERT_EQUAL(t_back->block, 31 * 60);
    CU_ASSERT_EQUAL(t_back->fee, 0);
    CU_ASSERT_EQUAL(u_back->block, 30 * 60);
    CU_ASSERT_EQUAL(u_back->cost, 25000); /* half an hour at 500 */
    instance_release(&inst);
}

static void test_catalogue(void)
{
    struct instance inst;
    if (!READ(&inst, "'airfields': [",
              "'airfields': ['KBIF', {'id': 'KTUS', 'runway_ft': 5000, 'fuel': false, 'mog': 3}, ",
              "'aircraft_types': [",
              "'aircraft_types': ['C-17A', {'id': 'C-130J-30', 'turn_min': 1, 'configurations': [{'id': 'x', 'seats': "
              "7}]}, "))
        return;
    CU_ASSERT_EQUAL(inst.n_airfields, 4);
    CU_ASSERT_STRING_EQUAL(inst.airfield[0].id, "KBIF");
    CU_ASSERT_DOUBLE_EQUAL(inst.airfield[0].lat, 31.84955, 1e-9);
    CU_ASSERT_EQUAL(inst.airfield[0].runway_ft, 13554);
    CU_ASSERT_EQUAL(inst.airfield[0].mog, -1);
    CU_ASSERT_STRING_EQUAL(inst.airfield[1].country, "US");
    CU_ASSERT_DOUBLE_EQUAL(inst.airfield[1].lat, 32.1, 0.2);
    CU_ASSERT_EQUAL(inst.airfield[1].runway_ft, 5000);
    CU_ASSERT_EQUAL(inst.airfield[1].mog, 3);
    CU_ASSERT_FALSE(inst.airfield[1].has_fuel);
    CU_ASSERT_EQUAL(inst.type[0].n_configurations, 5);
    for (size_t i = 0; i < 5; i++) {
        const struct configuration *c = &inst.type[0].configuration[i];
        int32_t seats = 0;
        for (size_t z = 0; c->cabin && z < c->cabin->n_zones; z++)
            seats += c->cabin->zone[z].seats;
        CU_ASSERT_EQUAL(seats, c->seats);
    }
    CU_ASSERT_EQUAL(inst.type[0].range[1].payload, 72574000);
    CU_ASSERT_EQUAL(inst.type[0].mog_units, 2);
    CU_ASSERT_EQUAL(inst.type[0].turn, 135 * 60);
    CU_ASSERT_EQUAL(inst.type[1].turn, 60);
    CU_ASSERT_EQUAL(inst.type[1].n_configurations, 1); /* replaced whole */
    CU_ASSERT_EQUAL(inst.type[1].configuration[0].seats, 7);
    CU_ASSERT_EQUAL(inst.airframe[0].type, 2);
    instance_release(&inst);
}

/* Opening hours. */

static bool is_open(const struct airfield *f, sec_t at)
{
    bool open = f->always_open;
    for (size_t i = 0; i < f->n_open && !f->always_open; i++)
        open = open || (f->open[i].from <= at && at <= f->open[i].until);
    return open;
}

/* Sorted, disjoint, and everything up to the end of the horizon is covered by `open_daily` as text. */
static void check_opening(const char *keys, const char *start, size_t n, const sec_t *open_at, const sec_t *shut_at)
{
    struct instance inst;
    char with[512];
    snprintf(with, sizeof with, "'runway_ft': 8000, %s", keys);
    if (!READ(&inst, "'runway_ft': 8000", with, "2026-03-01T00:00:00Z", start))
        return;
    const struct airfield *f = &inst.airfield[0];
    for (size_t i = 1; i < f->n_open; i++)
        CU_ASSERT_TRUE(f->open[i - 1].until + 1 < f->open[i].from);
    for (size_t i = 0; i < n; i++) {
        if (!is_open(f, open_at[i]) || is_open(f, shut_at[i]))
            fprintf(stderr, "%s: open at %lld, shut at %lld?\n", keys, (long long)open_at[i], (long long)shut_at[i]);
        CU_ASSERT_TRUE(is_open(f, open_at[i]));
        CU_ASSERT_FALSE(is_open(f, shut_at[i]));
    }
    instance_release(&inst);
}

#define OPENING(keys_, start_, open_, shut_)                                                                           \
    check_opening((keys_), (start_), sizeof(sec_t[]) open_ / sizeof(sec_t), (const sec_t[])open_, (const sec_t[])shut_)
#define LIST(...)                                                                                                      \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }

static void test_openings(void)
{
    static const char midnight[] = "2026-03-01T00:00:00Z", morning[] = "2026-03-01T06:00:00Z";
    /* 05:00 to 22:00, both ends included */
    OPENING("'open_daily': [['05:00', '22:00']]", midnight, LIST(5 * HOUR, 22 * HOUR, DAY + 5 * HOUR, DAY + 22 * HOUR),
            LIST(5 * HOUR - 1, 22 * HOUR + 1, DAY + 5 * HOUR - 1, DAY + 22 * HOUR + 1));
    /* past midnight; the opening of the evening before the horizon reaches into it */
    OPENING("'open_daily': [['22:00', '04:00']]", midnight, LIST(0, 4 * HOUR, 22 * HOUR, 28 * HOUR, 2 * DAY),
            LIST(4 * HOUR + 1, 12 * HOUR, 22 * HOUR - 1, 28 * HOUR + 1, 2 * DAY - 3 * HOUR));
    /* instant 0 is 06:00: 22:00 is 16 hours on, 04:00 is 22 hours on */
    OPENING("'open_daily': [['22:00', '04:00']]", morning, LIST(16 * HOUR, 22 * HOUR, 40 * HOUR),
            LIST(0, 16 * HOUR - 1, 22 * HOUR + 1));
    /* 24:00 is the midnight that ends the day, itself included */
    OPENING("'open_daily': [['06:00', '24:00']]", midnight, LIST(DAY, 0, 6 * HOUR), LIST(DAY + 1, 1, 6 * HOUR - 1));
    /* a closure is shut in [from, until) */
    OPENING("'open_daily': [['05:00', '22:00']], 'closures': [{'from': '2026-03-01T06:00:00Z', 'until': "
            "'2026-03-01T07:00:00Z'}]",
            midnight, LIST(6 * HOUR - 1, 7 * HOUR, DAY + 6 * HOUR), LIST(6 * HOUR, 7 * HOUR - 1, 5 * HOUR - 1));
    /* without hours: always open but for the closures, here two that overlap */
    OPENING("'closures': [{'from': '2026-03-01T08:00:00Z', 'until': '2026-03-01T10:00:00Z'}, "
            "{'from': '2026-03-01T06:00:00Z', 'until': '2026-03-01T09:00:00Z'}]",
            midnight, LIST(0, 6 * HOUR - 1, 10 * HOUR, 400 * DAY), LIST(6 * HOUR, 8 * HOUR, 9 * HOUR, 10 * HOUR - 1));
    /* from inside one opening over a night into the next */
    OPENING("'open_daily': [['05:00', '22:00']], 'closures': [{'from': '2026-03-01T21:00:00Z', 'until': "
            "'2026-03-02T06:00:00Z'}, {'from': '2026-03-02T06:00:00Z', 'until': '2026-03-02T06:00:00Z'}]",
            midnight, LIST(21 * HOUR - 1, DAY + 6 * HOUR), LIST(21 * HOUR, DAY + 6 * HOUR - 1));
    struct instance inst;
    if (READ(&inst, "'runway_ft': 8000", "'runway_ft': 8000, 'open_daily': [['00:00', '12:00'], ['12:00', '24:00']]")) {
        CU_ASSERT_EQUAL(inst.airfield[0].n_open, 1); /* joined to one without a gap */
        CU_ASSERT_FALSE(inst.airfield[0].always_open);
        instance_release(&inst);
    }
    if (READ(&inst, "'runway_ft': 8000", "'runway_ft': 8000, 'closures': []")) {
        CU_ASSERT_TRUE(inst.airfield[0].always_open);
        instance_release(&inst);
    }
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Random hours and closures against the definition, minute by minute. */
static void test_random_openings(void)
{
    uint64_t random = 20260301;
    for (int round = 0; round < 200; round++) {
        int64_t from = (int64_t)(next_random(&random) % 24), until = (int64_t)(next_random(&random) % 24) + 1;
        struct interval closed[4];
        char keys[512], instant[INSTANT_SIZE];
        until += until == from;
        int used =
            snprintf(keys, sizeof keys, "'runway_ft': 8000, 'open_daily': [['%02d:00', '%02d:00']], 'closures': [",
                     (int)from, (int)until);
        for (int i = 0; i < 4; i++) {
            closed[i].from = (sec_t)(next_random(&random) % (2 * DAY / 60)) * 60;
            closed[i].until = closed[i].from + (sec_t)(next_random(&random) % 600) * 60;
            used += snprintf(keys + used, sizeof keys - (size_t)used, "%s{'from': '%s', ", i ? ", " : "",
                             instant_print(1772323200 + closed[i].from, instant));
            used += snprintf(keys + used, sizeof keys - (size_t)used, "'until': '%s'}",
                             instant_print(1772323200 + closed[i].until, instant));
        }
        snprintf(keys + used, sizeof keys - (size_t)used, "]");
        struct instance inst;
        if (!READ(&inst, "'runway_ft': 8000", keys))
            return;
        int wrong = 0;
        for (sec_t at = 0; at <= 2 * DAY; at += 60) {
            sec_t hour = at % DAY; /* of the day; the midnight that ends a day counts for both */
            bool open = from < until ? (hour >= from * HOUR && hour <= until * HOUR)
                                     : (hour >= from * HOUR || hour <= until * HOUR);
            open = open || (hour == 0 && until == 24);
            for (int i = 0; i < 4; i++)
                open = open && !(closed[i].from <= at && at < closed[i].until);
            wrong += open != is_open(&inst.airfield[0], at);
        }
        if (wrong)
            fprintf(stderr, "%d minutes wrong: %s\n", wrong, keys);
        CU_ASSERT_EQUAL(wrong, 0);
        instance_release(&inst);
    }
}

/* Limits. */

/* Days begin at 00:00 of UTC plus the offset, without a gap, from instant 0 to the end. */
static void check_days(const char *offset, const char *start, sec_t first)
{
    struct instance inst;
    char limits[256];
    snprintf(limits, sizeof limits,
             " 'limits': [{'id': 'L', 'airfields': ['B'], 'per_day': {'utc_offset_min': %s, 'arrivals': 8}}], 'rules'",
             offset);
    if (!READ(&inst, " 'rules'", limits, "2026-03-01T00:00:00Z", start))
        return;
    const struct limit *l = &inst.limit[0];
    CU_ASSERT_EQUAL(l->cap[0].from, first);
    for (size_t i = 0; i < l->n_caps; i++) {
        CU_ASSERT_EQUAL(l->cap[i].until - l->cap[i].from, DAY);
        CU_ASSERT_EQUAL(l->cap[i].from, first + (sec_t)i * DAY);
        CU_ASSERT_EQUAL(l->cap[i].arrivals, 8);
        CU_ASSERT_EQUAL(l->cap[i].pax, -1);
    }
    CU_ASSERT_TRUE(l->cap[0].from <= 0);
    CU_ASSERT_TRUE(l->cap[l->n_caps - 1].until > inst.end);
    instance_release(&inst);
}

static void test_limits(void)
{
    check_days("0", "2026-03-01T00:00:00Z", 0);
    check_days("60", "2026-03-01T00:00:00Z", -1 * HOUR);   /* 01:00 on the clock there, an hour into the day */
    check_days("-60", "2026-03-01T00:00:00Z", -23 * HOUR); /* 23:00 of the day before */
    check_days("-360", "2026-03-01T06:00:00Z", 0);         /* midnight there */
    check_days("-360", "2026-03-01T05:59:59Z", -DAY + 1);
    check_days("840", "2026-03-01T00:00:00Z", -14 * HOUR);
    check_days("-840", "2026-03-01T23:00:00Z", -9 * HOUR); /* 09:00 there */
    struct instance inst;
    if (!READ(&inst, " 'rules'",
              " 'limits': [{'id': 'L', 'airfields': ['B', 'A'], 'intervals': [{'from': '2026-03-01T01:00:00Z',\n"
              "  'until': '2026-03-01T02:00:00Z', 'pax': 7}]}, {'id': 'M', 'airfields': ['A'], 'clearances': [\n"
              "  {'from': '2026-03-02T00:00:00Z', 'until': '2026-03-02T01:00:00Z'},\n"
              "  {'from': '2026-03-01T00:00:00Z', 'until': '2026-03-01T12:00:00Z'},\n"
              "  {'from': '2026-03-01T06:00:00Z', 'until': '2026-03-01T13:00:00Z'}]},\n"
              "  {'id': 'N', 'airfields': ['A'], 'clearances': []}], 'rules'"))
        return;
    const struct limit *l = inst.limit;
    CU_ASSERT_EQUAL(l[0].n_airfields, 2);
    CU_ASSERT_EQUAL(l[0].airfields[0], 1);
    CU_ASSERT_EQUAL(l[0].n_caps, 1);
    CU_ASSERT_EQUAL(l[0].cap[0].from, HOUR);
    CU_ASSERT_EQUAL(l[0].cap[0].until, 2 * HOUR);
    CU_ASSERT_EQUAL(l[0].cap[0].arrivals, -1);
    CU_ASSERT_EQUAL(l[0].cap[0].pax, 7);
    CU_ASSERT_FALSE(l[0].needs_clearance);
    CU_ASSERT_TRUE(l[1].needs_clearance);
    CU_ASSERT_EQUAL(l[1].n_clear, 2); /* sorted; two that overlap are one */
    CU_ASSERT_EQUAL(l[1].clear[0].until, 13 * HOUR);
    CU_ASSERT_EQUAL(l[1].clear[1].from, DAY);
    CU_ASSERT_TRUE(l[2].needs_clearance); /* clears nothing */
    CU_ASSERT_EQUAL(l[2].n_clear, 0);
    instance_release(&inst);
}

/* What is left out, and what is given. */

static void test_defaults(void)
{
    struct instance inst;
    if (!READ(&inst, NULL))
        return;
    const struct airfield *f = &inst.airfield[0];
    const struct airframe *a = &inst.airframe[0];
    const struct crew *c = &inst.crew[0];
    const struct demand *d = &inst.demand[0];
    CU_ASSERT_STRING_EQUAL(inst.name, "");
    CU_ASSERT_STRING_EQUAL(inst.currency, "");
    CU_ASSERT_STRING_EQUAL(f->name, "");
    CU_ASSERT_STRING_EQUAL(f->country, "");
    CU_ASSERT_STRING_EQUAL(f->time_zone, "");
    CU_ASSERT_TRUE(f->has_fuel && f->always_open && f->mog == -1);
    CU_ASSERT_STRING_EQUAL(inst.type[0].name, "");
    CU_ASSERT_TRUE(inst.type[0].mog_units == 1 && inst.type[0].cost_per_mission == 0);
    CU_ASSERT_PTR_NULL(inst.type[0].configuration[0].cabin);
    CU_ASSERT_EQUAL(instance_leg(&inst, 0, 0, 1)->fee, 0);
    CU_ASSERT_TRUE(a->from == SEC_EARLIEST && a->until == SEC_LATEST && a->flight_limit == -1);
    CU_ASSERT_TRUE(!a->end_anywhere && a->n_end_at == 1 && a->end_at[0] == 1); /* where it stands */
    CU_ASSERT_TRUE(c->from == SEC_EARLIEST && c->until == SEC_LATEST && c->last_duty_end == SEC_NONE);
    CU_ASSERT_TRUE(!c->end_anywhere && c->n_end_at == 1 && c->end_at[0] == 1 && c->n_recent == 0);
    CU_ASSERT_TRUE(d->freight == 0 && !d->together && d->smallest_lot == 1 && d->aboard_limit == -1);
    CU_ASSERT_TRUE(d->pickup.from == 0 && d->pickup.until == 2 * DAY);
    CU_ASSERT_TRUE(d->delivery.from == 0 && d->delivery.until == 2 * DAY);
    CU_ASSERT_TRUE(d->category == -1 && d->escort_per == 0 && d->onload == 0 && d->offload == 0 && d->delay_cost == 0);
    CU_ASSERT_TRUE(inst.n_limits == 0 && inst.n_categories == 0 && inst.committed.n_missions == 0);
    CU_ASSERT_TRUE(inst.rules.step == 900 && inst.rules.n_rolling == 0 && inst.rules.change_cost == 0);
    instance_release(&inst);
}

static void test_given(void)
{
    struct instance inst;
    if (!READ(&inst, "'runway_ft': 8000",
              "'runway_ft': 8000, 'fuel': false, 'mog': null, 'name': '\\u00e9', 'country': 'X'", "'at': 'B'}",
              "'at': 'B', 'from': '2026-03-01T01:00:00Z', 'until': '2026-03-02T00:00:00Z', 'end_at': 'any', "
              "'max_flight_min': 600}",
              "'kind': 'basic', 'at': 'B'",
              "'kind': 'augmented', 'at': 'B', 'end_at': ['A', 'B'], 'last_duty_end': '2026-02-28T22:00:00Z',\n"
              "  'recent_flights': [{'block_in': '2026-02-28T12:00:00Z', 'block_min': 90}]",
              "'pax': 80",
              "'pax': 80, 'pickup': {'from': '2026-03-01T08:00:00Z'}, 'delivery': {'until': '2026-03-02T08:00:00Z'},\n"
              "  'together': true, 'smallest_lot': 5, 'category': 'family', 'escorts': {'per_pax': 10, 'kg': 95.3}, "
              "'freight_kg': 12.5,\n"
              "  'max_aboard_min': 480, 'onload_min': 5, 'offload_min': 6, 'delay_cost_per_hour': 2.25",
              "{'show_min'",
              "{'step_min': 0.5, 'rolling': [{'days': 7, 'max_min': 3360}], 'apart': [['family', 'family']], "
              "'change_cost': 3, 'show_min'"))
        return;
    const struct airframe *a = &inst.airframe[0];
    const struct crew *c = &inst.crew[0];
    const struct demand *d = &inst.demand[0];
    CU_ASSERT_STRING_EQUAL(inst.airfield[0].name, "\xc3\xa9");
    CU_ASSERT_TRUE(!inst.airfield[0].has_fuel && inst.airfield[0].mog == -1);
    CU_ASSERT_TRUE(a->from == HOUR && a->until == DAY && a->end_anywhere && a->flight_limit == 600 * 60);
    CU_ASSERT_TRUE(c->kind == CREW_AUGMENTED && c->last_duty_end == -2 * HOUR && !c->end_anywhere && c->n_end_at == 2);
    CU_ASSERT_TRUE(c->n_recent == 1 && c->recent[0].block_in == -12 * HOUR && c->recent[0].block == 90 * 60);
    CU_ASSERT_TRUE(d->pickup.from == 8 * HOUR && d->pickup.until == 2 * DAY);
    CU_ASSERT_TRUE(d->delivery.from == 0 && d->delivery.until == 32 * HOUR);
    CU_ASSERT_TRUE(d->together && d->smallest_lot == 80 && d->category == 0);
    CU_ASSERT_TRUE(d->escort_per == 10 && d->escort_mass == 95300 && d->freight == 12500 &&
                   d->aboard_limit == 480 * 60);
    CU_ASSERT_TRUE(d->onload == 300 && d->offload == 360 && d->delay_cost == 225);
    CU_ASSERT_TRUE(inst.rules.step == 30 && inst.rules.rolling[0].window == 7 * DAY &&
                   inst.rules.rolling[0].most == 3360 * 60);
    CU_ASSERT_TRUE(inst.rules.apart[0] && inst.rules.change_cost == 300);
    CU_ASSERT_STRING_EQUAL(inst.category[0], "family");
    CU_ASSERT_EQUAL(inst.start_unix, 1772323200); /* date -u -d 2026-03-01 +%s */
    instance_release(&inst);
}

static void test_commitments(void)
{
    struct instance inst;
    if (!READ(&inst, " 'rules'",
              " 'committed_missions': [{'airframe': 'F', 'crew': 'C', 'configuration': 'pax', 'committed': false, "
              "'id': 'M001', 'stops': [\n"
              "  {'airfield': 'B', 'handling_start': '2026-03-01T05:00:00Z', 'handling_end': '2026-03-01T05:00:00Z',\n"
              "   'departure': '2026-03-01T05:00:00Z'},\n"
              "  {'airfield': 'A', 'arrival': '2026-03-01T05:27:02Z', 'handling_start': '2026-03-01T06:00:00Z',\n"
              "   'handling_end': '2026-03-01T07:00:00Z', 'departure': '2026-03-01T07:00:01Z'},\n"
              "  {'airfield': 'B', 'arrival': '2026-03-01T07:27:03Z', 'handling_start': '2026-03-01T07:27:03Z',\n"
              "   'handling_end': '2026-03-01T08:27:03Z', 'departure': null}],\n"
              "  'rides': [{'demand': 'D', 'pax': 33, 'load_stop': 1, 'unload_stop': 2}]}], 'rules'"))
        return;
    CU_ASSERT_EQUAL(inst.committed.n_missions, 1);
    const struct mission *m = &inst.committed.mission[0];
    CU_ASSERT_TRUE(m->airframe == 0 && m->crew == 0 && m->configuration == 0 && m->committed);
    CU_ASSERT_TRUE(m->n_stops == 3 && m->stop[0].arrival == SEC_NONE && m->stop[2].departure == SEC_NONE);
    CU_ASSERT_TRUE(m->stop[0].airfield == 1 && m->stop[1].airfield == 0);
    CU_ASSERT_TRUE(m->stop[1].arrival == 5 * HOUR + 1622 && m->stop[1].handling_start == 6 * HOUR);
    CU_ASSERT_TRUE(m->stop[1].handling_end == 7 * HOUR && m->stop[1].departure == 7 * HOUR + 1);
    CU_ASSERT_TRUE(m->n_rides == 1 && m->ride[0].demand == 0 && m->ride[0].pax == 33);
    CU_ASSERT_TRUE(m->ride[0].from_stop == 1 && m->ride[0].to_stop == 2);
    instance_release(&inst);
}

static void test_sha256(void)
{
    struct instance inst;
    if (READ(&inst, NULL)) {
        CU_ASSERT_STRING_EQUAL(
            inst.sha256,
            "3be01e95b41b3d844272ce4703e07fc31f499583a525f64cc8b0730801737e78"); /* sha256sum of the base */
        instance_release(&inst);
    }
}

/* Bounds of the file as a whole. */

static int count_lines(const char *text)
{
    int n = 0;
    for (; text && *text; text++)
        n += *text == '\n';
    return n;
}

static char *repeated(const char *before, const char *item, size_t n, const char *after)
{
    size_t size = strlen(item);
    char *text = malloc(strlen(before) + n * size + strlen(after) + 1), *at = stpcpy(text, before);
    for (size_t i = 0; i < n; i++)
        at = mempcpy(at, item, size);
    strcpy(at, after);
    return text;
}

static void test_most_faults(void)
{
    struct instance inst;
    char *faults,
        *names = repeated("'rolling': [", "{'days': 0, 'max_min': 1}, ", 30, "{'days': 1, 'max_min': 1}], 'show_min'");
    char *text = edited((const char *const[]){"'show_min'", names, NULL});
    CU_ASSERT_FALSE(read_bytes(text, strlen(text), &inst, &faults));
    CU_ASSERT_EQUAL(count_lines(faults), 20);
    CU_ASSERT_PTR_NOT_NULL(strstr(faults, "/rules/rolling/19/days: must be at least 1, got 0\n"));
    free(faults);
    free(text);
    free(names);
}

/* `where` is replaced by a list of 100,001 numbers under `key`. */
static void check_too_many(const char *where, const char *before, const char *after, const char *wanted)
{
    char *list = repeated(before, "0,", 100000, after);
    char *text = edited((const char *const[]){where, list, NULL});
    CU_ASSERT_TRUE(refused_with(text, strlen(text), wanted));
    free(text);
    free(list);
}

static void test_too_many(void)
{
#define TOO_MANY " must hold at most 100000 items, got a list of 100001\n"
    check_too_many(" 'airfields'", " 'airfields': [", "0], 'zz'",
                   "x.json: /zz: unknown key\nx.json: /airfields:" TOO_MANY);
    check_too_many("'demands': [", "'demands': [", "", "x.json: /demands:" TOO_MANY);
    check_too_many("'airframes': [", "'airframes': [", "", "x.json: /airframes:" TOO_MANY);
    check_too_many("'crews': [", "'crews': [", "", "x.json: /crews:" TOO_MANY);
    check_too_many(" 'rules'", " 'limits': [", "0], 'rules'", "x.json: /limits:" TOO_MANY);
    check_too_many(" 'rules'", " 'leg_overrides': [", "0], 'rules'", "x.json: /leg_overrides:" TOO_MANY);
    check_too_many(" 'rules'", " 'committed_missions': [", "0], 'rules'", "x.json: /committed_missions:" TOO_MANY);
    check_too_many("'at': 'B'}", "'at': 'B', 'end_at': [", "0]}", "x.json: /airframes/0/end_at:" TOO_MANY);
    check_too_many("'types': [", "'types': [", "", "x.json: /crews/0/types:" TOO_MANY);
    check_too_many("'configurations': [", "'configurations': [", "",
                   "x.json: /aircraft_types/0/configurations:" TOO_MANY);
    check_too_many("{'show_min'", "{'apart': [", "0], 'show_min'", "x.json: /rules/apart:" TOO_MANY);
    check_too_many("'runway_ft': 8000", "'runway_ft': 8000, 'closures': [", "0]",
                   "x.json: /airfields/0/closures:" TOO_MANY);
#undef TOO_MANY
}

/* 1 type x 3163 airfields squared = 10,004,569 legs. */
static void test_too_many_legs(void)
{
    size_t n = 3163, used = 0, room = n * 64;
    char *list = malloc(room);
    for (size_t i = 2; i < n; i++)
        used += (size_t)snprintf(list + used, room - used, "{'id': '%zu', 'lat': 0, 'lon': 2, 'runway_ft': 1}, ", i);
    char *fields = repeated("'airfields': [", list, 1, "");
    char *text = edited((const char *const[]){"'airfields': [", fields, NULL});
    CU_ASSERT_TRUE(refused_with(text, strlen(text),
                                "x.json: aircraft types times airfields squared is 10004569, at most 10000000\n"));
    free(text);
    free(fields);
    free(list);
}

static void test_nesting(void)
{
    char *text = repeated("", "[", 100000, "");
    CU_ASSERT_TRUE(refused_with(text, 100000, "x.json: line 1 column 2049: maximum parsing depth reached near '['\n"));
    free(text);
    CU_ASSERT_TRUE(refused_with("  ", 2, "x.json: the file is empty\n"));
}

/* Instants. */

static void test_instants(void)
{
    static const struct {
        const char *text;
        int64_t unix_time;
    } good[] = {{"1970-01-01T00:00:00Z", 0},          {"2000-02-29T12:00:00Z", 951825600},
                {"2024-02-29T23:59:59Z", 1709251199}, {"2025-01-23T12:00:00Z", 1737633600},
                {"2100-03-01T00:00:00Z", 4107542400}, {"2199-12-31T23:59:59Z", 7258118399}};
    static const char *const bad[] = {"1969-12-31T23:59:59Z",  "2200-01-01T00:00:00Z",
                                      "2023-02-29T00:00:00Z",  "2100-02-29T00:00:00Z",
                                      "2025-04-31T00:00:00Z",  "2025-01-01T24:00:00Z",
                                      "2025-01-01T00:60:00Z",  "2025-01-01T00:00:60Z",
                                      "2025-00-01T00:00:00Z",  "2025-13-01T00:00:00Z",
                                      "2025-01-00T00:00:00Z",  "2025-01-32T00:00:00Z",
                                      "2025-01-01 00:00:00Z",  "2025-01-01T00:00:00",
                                      "2025-01-01T00:00Z",     "2025-1-1T00:00:00Z",
                                      "2025-01-01T00:00:00z",  "2025-01-01T00:00:00.0Z",
                                      "+025-01-01T00:00:00Z",  " 2025-01-01T00:00:00Z",
                                      "2025-01-01T00:00:00Z ", ""};
    int64_t got;
    char printed[INSTANT_SIZE];
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        CU_ASSERT_TRUE(instant_parse(good[i].text, &got) && got == good[i].unix_time);
        CU_ASSERT_STRING_EQUAL(instant_print(good[i].unix_time, printed), good[i].text);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (instant_parse(bad[i], &got))
            fprintf(stderr, "taken for an instant: %s\n", bad[i]);
        CU_ASSERT_FALSE(instant_parse(bad[i], &got));
    }
    int wrong = 0;
    for (int64_t at = 0; at <= 7258118399; at += 40009) { /* by the C library's calendar */
        time_t clock = (time_t)at;
        struct tm tm;
        char library[INSTANT_SIZE];
        strftime(library, sizeof library, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&clock, &tm));
        wrong += strcmp(instant_print(at, printed), library) != 0 || !instant_parse(library, &got) || got != at;
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_STRING_EQUAL(instant_print(-1, printed), "1969-12-31T23:59:59Z");
}

static void test_times_of_day(void)
{
    static const char *const bad[] = {"24:01", "25:00", "06:60", "6:00", "06:00:00", "0600", "06.00", "-6:00", ""};
    int64_t got;
    CU_ASSERT_TRUE(time_of_day_parse("00:00", &got) && got == 0);
    CU_ASSERT_TRUE(time_of_day_parse("06:05", &got) && got == 6 * HOUR + 300);
    CU_ASSERT_TRUE(time_of_day_parse("23:59", &got) && got == DAY - 60);
    CU_ASSERT_TRUE(time_of_day_parse("24:00", &got) && got == DAY);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CU_ASSERT_FALSE(time_of_day_parse(bad[i], &got));
}

/* "did you mean". */

static const char *nearest(const char *wanted, const char *const *names)
{
    struct suggestion near;
    suggestion_init(&near, wanted);
    for (; *names; names++)
        suggestion_try(&near, *names);
    return near.best ? near.best : "";
}

static void test_suggestions(void)
{
    static const char *const names[] = {"EPRZ", "ETAR", "onload_min", "offload_min", "airfields", "lon", "", NULL};
    static const struct {
        const char *wanted, *nearest;
    } cases[] = {{"ETRA", "ETAR"}, /* swapped */
                 {"EPR", "EPRZ"},  /* left out */
                 {"etar", "ETAR"}, /* case */
                 {"ETXX", ""},     /* half of it is wrong */
                 {"airfeilds", "airfields"},
                 {"airfieldz", "airfields"},
                 {"offlod_min", "offload_min"}, /* one letter from it, three from onload_min */
                 {"onload", "onload_min"},      /* held in it */
                 {"longitude", "lon"},
                 {"wombat", ""},
                 {"", ""},
                 {"x", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *got = nearest(cases[i].wanted, names);
        if (strcmp(got, cases[i].nearest) != 0)
            fprintf(stderr, "for \"%s\" got \"%s\"\n", cases[i].wanted, got);
        CU_ASSERT_STRING_EQUAL(got, cases[i].nearest);
    }
    char *long_name = repeated("", "ETAR", 1000, "");
    const char *const long_names[] = {long_name, NULL};
    CU_ASSERT_STRING_EQUAL(nearest(long_name + 1, long_names), ""); /* too long to compare */
    free(long_name);
}

/* Files. */

static void check_unreadable(const char *path, enum error_code code, const char *says)
{
    struct error err;
    size_t size;
    error_init(&err);
    char *bytes = whole_file_read(path, &size, &err);
    CU_ASSERT_PTR_NULL(bytes);
    CU_ASSERT_EQUAL(err.code, code);
    CU_ASSERT_PTR_NOT_NULL(strstr(err.text, says));
    free(bytes);
    struct instance inst;
    char *faults;
    error_init(&err);
    CU_ASSERT_FALSE(read_instance(path, &inst, &faults, &err));
    CU_ASSERT_TRUE(err.code == code && faults == NULL && inst.n_airfields == 0);
}

static bool holds(const char *path, const char *wanted)
{
    size_t size = 0;
    char *bytes = whole_file_read(path, &size, NULL);
    bool same = bytes && size == strlen(wanted) && memcmp(bytes, wanted, size + 1) == 0;
    free(bytes);
    return same;
}

static int is_entry(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static mode_t mode_of(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 ? info.st_mode & 0777 : 0;
}

/* No room for more than four bytes: the file stays as it was. */
static void check_full(const char *path)
{
    struct rlimit limit, four;
    struct error err;
    error_init(&err);
    CU_ASSERT_EQUAL(getrlimit(RLIMIT_FSIZE, &limit), 0);
    four = limit;
    four.rlim_cur = 4;
    void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
    CU_ASSERT_EQUAL(setrlimit(RLIMIT_FSIZE, &four), 0);
    bool written = whole_file_write(path, "too long", 8, &err);
    CU_ASSERT_EQUAL(setrlimit(RLIMIT_FSIZE, &limit), 0);
    signal(SIGXFSZ, before);
    CU_ASSERT_FALSE(written);
    CU_ASSERT_EQUAL(err.code, ERR_IO);
    CU_ASSERT_TRUE(holds(path, "the second"));
}

static void check_writing(const char *folder, const char *path)
{
    struct error err;
    error_init(&err);
    mode_t before = umask(022);
    CU_ASSERT_TRUE(whole_file_write(path, "one", 3, &err) && holds(path, "one"));
    CU_ASSERT_EQUAL(mode_of(path), 0644);
    umask(before);
    chmod(path, 0640);
    CU_ASSERT_TRUE(whole_file_write(path, "the second", 10, &err) && holds(path, "the second"));
    CU_ASSERT_EQUAL(mode_of(path), 0640); /* that of the file replaced */
    CU_ASSERT_EQUAL(err.code, ERR_NONE);
    CU_ASSERT_FALSE(whole_file_write(folder, "x", 1, &err));
    CU_ASSERT_EQUAL(err.code, ERR_IO);
    check_full(path);
    char *nowhere = in_folder(folder, "no", 2, "/such/file"), *link = in_folder(folder, "link", 4, "");
    error_init(&err);
    CU_ASSERT_FALSE(whole_file_write(nowhere, "x", 1, &err));
    CU_ASSERT_EQUAL(err.code, ERR_IO);
    CU_ASSERT_EQUAL(symlink("file", link), 0);
    CU_ASSERT_TRUE(whole_file_write(link, "third", 5, NULL) && holds(path, "third")); /* the link stays one */
    struct stat info;
    CU_ASSERT_TRUE(lstat(link, &info) == 0 && S_ISLNK(info.st_mode));
    struct dirent **names;
    int n = names_in(folder, is_entry, &names);
    CU_ASSERT_EQUAL(n, 2); /* no temporary is left */
    for (int i = 0; i < n; i++)
        free(names[i]);
    free(names);
    unlink(link);
    free(link);
    free(nowhere);
}

/* The most memory this process has had at once, KiB. */
static long most_memory(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0;
}

static void test_files(void)
{
    char folder[] = "/tmp/sortie-reader-XXXXXX";
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
    char *path = in_folder(folder, "file", 4, "");
    check_unreadable(path, ERR_IO, "No such file");
    check_unreadable(folder, ERR_IO, "folder");
    check_unreadable("/dev/zero", ERR_IO, "not a regular file");
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    CU_ASSERT_TRUE(fd >= 0 && ftruncate(fd, (off_t)2 << 30) == 0); /* 2 GiB, none of it on the disk */
    close(fd);
    long before = most_memory();
    check_unreadable(path, ERR_INPUT, "larger than 256 MiB");
    CU_ASSERT_TRUE(most_memory() - before < 100 << 10); /* refused, not read */
    unlink(path);
    CU_ASSERT_EQUAL(mkfifo(path, 0600), 0);
    check_unreadable(path, ERR_IO, "not a regular file");
    unlink(path);
    check_writing(folder, path);
    unlink(path);
    CU_ASSERT_EQUAL(rmdir(folder), 0);
    free(path);
}

/* Damage. */

/* Reading damaged bytes ends in an instance or in one to 20 lines that begin with the name. */
static bool survives(const char *bytes, size_t size)
{
    struct instance inst;
    char *faults;
    bool ok = read_bytes(bytes, size, &inst, &faults), good = ok == !faults;
    int n = count_lines(faults);
    good = good && (ok || (n >= 1 && n <= 20));
    for (const char *line = faults; line && *line; line = strchr(line, '\n') + 1)
        good = good && strncmp(line, "x.json: ", 8) == 0;
    free(faults);
    instance_release(&inst);
    return good;
}

static void test_damage(void)
{
    static const char likely[] = "\"{}[],:0123456789.-eE \\utrfalsn'";
    size_t size;
    char *whole = whole_file_read("instances/example.json", &size, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(whole);
    char *bytes = malloc(size);
    uint64_t random = 88172645463325252;
    int bad = 0;
    for (int round = 0; round < 20000; round++) {
        memcpy(bytes, whole, size);
        for (uint64_t n = next_random(&random) % 3 + 1; n > 0; n--) {
            uint64_t kind = next_random(&random), at = next_random(&random) % size;
            bytes[at] = kind & 1 ? likely[(kind >> 8) % (sizeof likely - 1)] : (char)(kind >> 8);
        }
        bad += !survives(bytes, round % 50 == 0 ? next_random(&random) % size : size);
    }
    CU_ASSERT_EQUAL(bad, 0);
    free(bytes);
    free(whole);
}

void add_reader_tests(CU_pSuite suite)
{
    CU_add_test(suite, "faulty instances", test_bad);
    CU_add_test(suite, "instances", test_instances);
    CU_add_test(suite, "the document's example", test_document);
    CU_add_test(suite, "distance and block time", test_distance_and_block);
    CU_add_test(suite, "block rules", test_block_rules);
    CU_add_test(suite, "rounding", test_rounding);
    CU_add_test(suite, "leg overrides", test_overrides);
    CU_add_test(suite, "catalogue", test_catalogue);
    CU_add_test(suite, "opening hours", test_openings);
    CU_add_test(suite, "random opening hours", test_random_openings);
    CU_add_test(suite, "limits", test_limits);
    CU_add_test(suite, "defaults", test_defaults);
    CU_add_test(suite, "everything given", test_given);
    CU_add_test(suite, "commitments", test_commitments);
    CU_add_test(suite, "sha256", test_sha256);
    CU_add_test(suite, "most faults", test_most_faults);
    CU_add_test(suite, "too many items", test_too_many);
    CU_add_test(suite, "too many legs", test_too_many_legs);
    CU_add_test(suite, "nesting and blanks", test_nesting);
    CU_add_test(suite, "instants", test_instants);
    CU_add_test(suite, "times of day", test_times_of_day);
    CU_add_test(suite, "suggestions", test_suggestions);
    CU_add_test(suite, "files", test_files);
    CU_add_test(suite, "damage", test_damage);
}
