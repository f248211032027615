/* Exports, the parts: lines on the globe, escaping rules, settings, where output goes. What readers make of whole
 * exports is in tests/exports.sh. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "export/escape.h"
#include "export/great_circle.h"
#include "export/settings.h"
#include "export/sink.h"
#include "tests/tests.h"

/* --- great circles */

struct shape {
    size_t lines, points;
    double most_step; /* of longitude, within a line */
};

static struct shape shape_of(double from_lat, double from_lon, double to_lat, double to_lon)
{
    struct airfield from = {.lat = from_lat, .lon = from_lon}, to = {.lat = to_lat, .lon = to_lon};
    struct shape shape = {.lines = 0};
    struct track track;
    size_t in_line = 2;
    track_init(&track);
    CU_ASSERT_FATAL(track_set(&track, &from, &to, NULL));
    const struct track_point *first = &track.point[0], *last = &track.point[track.n - 1];
    CU_ASSERT(first->begins && first->lat == from_lat && fmod(first->lon - from_lon, 360) == 0);
    CU_ASSERT(last->lat == to_lat && fmod(last->lon - to_lon, 360) == 0);
    for (size_t i = 0; i < track.n; i++) {
        const struct track_point *point = &track.point[i];
        CU_ASSERT(fabs(point->lat) <= 90 && fabs(point->lon) <= 180);
        if (point->begins) {
            CU_ASSERT(in_line >= 2);
            shape.lines++;
            in_line = 0;
        } else {
            shape.most_step = fmax(shape.most_step, fabs(point->lon - track.point[i - 1].lon));
        }
        in_line++;
    }
    CU_ASSERT(in_line >= 2);
    shape.points = track.n;
    track_release(&track);
    return shape;
}

static void short_lines(void)
{
    struct shape none = shape_of(10, 20, 10, 20); /* two airfields at one place */
    CU_ASSERT(none.lines == 1 && none.points == 2);
    /* a degree of the equator is 111.3 km: two pieces */
    struct shape degree = shape_of(0, 0, 0, 1);
    CU_ASSERT(degree.lines == 1 && degree.points == 3);
    /* half round: 20,004 km over a pole, as the Earth is flat there */
    struct shape half = shape_of(0, 0, 0, 180);
    CU_ASSERT(half.points > 200 && half.most_step < 180);
}

static void antimeridian(void)
{
    struct shape east = shape_of(10, 179, 20, -179), west = shape_of(20, -179, 10, 179);
    CU_ASSERT(east.lines == 2 && east.most_step < 180);
    CU_ASSERT(west.lines == 2 && west.points == east.points);
    /* 180 is the side one comes from or goes to: nothing is passed */
    CU_ASSERT_EQUAL(shape_of(0, 180, 0, 179).lines, 1);
    CU_ASSERT_EQUAL(shape_of(0, -180, 0, 179).lines, 1);
    CU_ASSERT_EQUAL(shape_of(0, 180, 0, -179).lines, 1);
    CU_ASSERT_EQUAL(shape_of(0, 179, 0, -180).lines, 1);
    CU_ASSERT_EQUAL(shape_of(0, -179, 0, 180).lines, 1);
    CU_ASSERT_EQUAL(shape_of(0, 180, 10, -180).lines, 1);
    CU_ASSERT_EQUAL(shape_of(0, -180, 10, 180).lines, 1);
}

static void poles(void)
{
    struct shape north = shape_of(80, 0, 80, 180), south = shape_of(-80, -90, -80, 90), at = shape_of(90, 0, 80, 100);
    CU_ASSERT(north.lines == 2 && north.most_step < 180);
    CU_ASSERT(south.lines == 2 && south.most_step < 180);
    CU_ASSERT(at.lines == 1 && at.most_step < 180);
    struct shape near = shape_of(89.9, 10, 89.9, -171); /* beside it */
    CU_ASSERT(near.most_step < 180);
}

/* --- escaping */

typedef void escape(struct text *to, const char *string);

static void same_text(escape *rule, const char *raw, const char *expected)
{
    struct text text;
    text_init(&text);
    rule(&text, raw);
    char *got = text_take(&text, NULL);
    if (strcmp(got, expected) != 0)
        fprintf(stderr, "got %s, expected %s\n", got, expected);
    CU_ASSERT_STRING_EQUAL(got, expected);
    free(got);
}

static void escapes(void)
{
    same_text(escape_csv, "", "");
    same_text(escape_csv, "KBIF", "KBIF");
    same_text(escape_csv, "a,\"b\"", "\"a,\"\"b\"\"\"");
    same_text(escape_csv, "=1", "'=1");
    same_text(escape_csv, "'", "''");
    same_text(escape_csv, "\n=1", "\"'\n=1\"");
    same_text(escape_csv, "＝1", "'＝1");
    same_text(escape_ics, "a,b;c\\d\te", "a\\,b\\;c\\\\d\te");
    same_text(escape_ics,
              "1\r\n2\r3\n4\u2028"
              "5\xC2\x85"
              "6",
              "1\\n2\\n3\\n4\\n5\\n6");
    same_text(escape_ics, "\x01\x7F\u2020\u00A9", "\\\\u0001\\\\u007F\u2020\u00A9");
    same_text(escape_xml, "<a b='\"'>&", "&#60;a b=&#39;&#34;&#39;&#62;&#38;");
    same_text(escape_xml, "\t\r\n", "&#9;&#13;&#10;");
    same_text(escape_xml, "\x0B\uFFFD\xEF\xBF\xBE\xEF\xBF\xBF\uFF1D", "\\u000B\uFFFD\\uFFFE\\uFFFF\uFF1D");
    same_text(escape_file_name, "HERC-1_X", "HERC-1_X");
    same_text(escape_file_name, "../a", "a~61b4c98bfb92bdc9");
}

static void folding(void)
{
    struct text text, line;
    text_init(&text);
    text_init(&line);
    for (int i = 0; i < 40; i++) /* 120 bytes, three a piece: 25 fit into 75, 24 into 74 */
        text_addf(&line, "\u20AC");
    fold_ics(&text, line.bytes, line.size);
    char *got = text_take(&text, NULL);
    CU_ASSERT_EQUAL(strcspn(got, "\r"), 75);
    CU_ASSERT(strncmp(got + 75, "\r\n ", 3) == 0);
    CU_ASSERT_EQUAL(strcspn(got + 78, "\r"), 45);
    CU_ASSERT_STRING_EQUAL(got + 78 + 45, "\r\n");
    free(got);
    text_release(&line);
}

/* --- settings */

static void set(void)
{
    static const struct setting known[] = {
        {"table", "sorties", ""}, {"revised", NULL, ""}, {"station.", NULL, ""}, {NULL, NULL, NULL}};
    static const char *const good[] = {"table=a", "table=b=c", "station.K=X", "station.K.L=Y"};
    static const char *const bad[] = {"table", "=x", "stations.K=X", "station.=X", "tabl=x"};
    struct settings settings = {.known = known, .given = good, .n = 4};
    struct error err;
    CU_ASSERT(settings_check(&settings, "csv", NULL));
    CU_ASSERT_STRING_EQUAL(settings_get(&settings, "table"), "b=c");
    CU_ASSERT_PTR_NULL(settings_get(&settings, "revised"));
    CU_ASSERT_STRING_EQUAL(settings_of(&settings, "station.", "K"), "X");
    CU_ASSERT_STRING_EQUAL(settings_of(&settings, "station.", "K.L"), "Y");
    CU_ASSERT_PTR_NULL(settings_of(&settings, "station.", "L"));
    settings.n = 0;
    CU_ASSERT_STRING_EQUAL(settings_get(&settings, "table"), "sorties");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        settings = (struct settings){.known = known, .given = &bad[i], .n = 1};
        error_init(&err);
        CU_ASSERT(!settings_check(&settings, "csv", &err) && err.code == ERR_USAGE);
    }
}

/* --- where output goes */

static size_t count_entries(const char *folder)
{
    size_t n = 0;
    DIR *list = opendir(folder);
    while (list != NULL && readdir(list) != NULL)
        n++;
    if (list != NULL)
        closedir(list);
    return n < 2 ? 0 : n - 2; /* not itself and its parent */
}

static bool put(struct sink *sink, const char *name, const char *text)
{
    if (!sink_begin(sink, name, NULL))
        return false;
    text_addf(&sink->text, "%s", text);
    return sink_end(sink, NULL);
}

static void folder_appears_whole(void)
{
    char home[] = "/tmp/sortie-test-XXXXXX", path[64];
    struct sink sink;
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(home));
    snprintf(path, sizeof path, "%s/new/", home);
    CU_ASSERT(sink_init(&sink, path, NULL, NULL) && sink.is_folder);
    CU_ASSERT(put(&sink, "a", "1") && put(&sink, "b", "2"));
    sink_release(&sink); /* not finished: not even the folder is there */
    CU_ASSERT_EQUAL(count_entries(home), 0);
    CU_ASSERT(sink_init(&sink, path, NULL, NULL) && put(&sink, "a", "1") && put(&sink, "b", "2"));
    CU_ASSERT(sink_finish(&sink, NULL));
    sink_release(&sink);
    CU_ASSERT_EQUAL(count_entries(path), 2);
    atomic_int interrupted = 1;
    CU_ASSERT(sink_init(&sink, path, &interrupted, NULL) && sink_begin(&sink, "c", NULL));
    CU_ASSERT(!sink_end(&sink, NULL));
    sink_release(&sink); /* stopped: what was there stays */
    CU_ASSERT_EQUAL(count_entries(path), 2);
    snprintf(path, sizeof path, "%s/new/a", home);
    unlink(path);
    snprintf(path, sizeof path, "%s/new/b", home);
    unlink(path);
    snprintf(path, sizeof path, "%s/new", home);
    CU_ASSERT(rmdir(path) == 0 && rmdir(home) == 0);
}

void add_export_tests(CU_pSuite suite)
{
    CU_ADD_TEST(suite, short_lines);
    CU_ADD_TEST(suite, antimeridian);
    CU_ADD_TEST(suite, poles);
    CU_ADD_TEST(suite, escapes);
    CU_ADD_TEST(suite, folding);
    CU_ADD_TEST(suite, set);
    CU_ADD_TEST(suite, folder_appears_whole);
}
