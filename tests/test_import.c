/* Tables: what is a cell, and what a cell says. Whole imports are golden runs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/columns.h"
#include "import/csv_read.h"
#include "tests/tests.h"

/* The cells of `text` with | between them and / after every row, or the fault as row:column what. The caller frees. */
static char *cells_of(const char *text, size_t size)
{
    struct csv csv;
    struct csv_fault fault;
    char *bytes = malloc(size + 1), *shown = calloc(1, size * 2 + 200);
    memcpy(bytes, text, size);
    if (!csv_take(bytes, size, &csv, &fault)) {
        sprintf(shown, "%zu:%zu %s", fault.row, fault.column, fault.what ? fault.what : "memory");
        return shown;
    }
    for (size_t i = 0; i < csv.n_rows; i++) {
        for (size_t j = 0; j < csv_width(&csv, i); j++) {
            strcat(shown, j ? "|" : "");
            strcat(shown, csv_cell(&csv, i, j));
        }
        strcat(shown, "/");
    }
    csv_release(&csv);
    return shown;
}

static void check_csv(const char *text, size_t size, const char *expected)
{
    char *got = cells_of(text, size);
    if (strcmp(got, expected) != 0)
        fprintf(stderr, "expected %s, got %s\n", expected, got);
    CU_ASSERT_STRING_EQUAL(got, expected);
    free(got);
}
#define CSV(text, expected) check_csv(text, sizeof text - 1, expected)

static void test_tables(void)
{
    CSV("a,b\n1,2\n", "a|b/1|2/");
    CSV("a,b\r\n1,2", "a|b/1|2/"); /* no line end at the end */
    CSV("a,b\r1,2\r", "a|b/1|2/");
    CSV("a,b\n\r1,2\r3\n4\r\n", "a|b/\r1|2\r3/4/"); /* among other line ends a CR is text */
    CSV("a,b\n1,2\r", "a|b/1|2/");
    CSV("a,b\n\n,\n", "a|b//|/"); /* an empty line is a row of one empty cell */
    CSV("a,b,\n", "a|b|/");
    CSV("a,b,", "a|b|/");
    CSV("a,b\n1\n1,2,3\n", "a|b/1/1|2|3/");
    CSV("\"a,b\",\"c\"\"d\"\n\"two\r\nlines\",\"\"\n", "a,b|c\"d/two\r\nlines|/");
    CSV("\"\"\"\"\n", "\"/");
    CSV("\xef\xbb\xbf"
        "a;b\n1,5;2\n",
        "a|b/1,5|2/");
    CSV("a\tb\n1,5\t2;3\n", "a|b/1,5|2;3/");
    CSV("\"a;b;c\",d\n", "a;b;c|d/"); /* separators in quotes do not count */
    CSV("sep=;\na,b,c;d\n", "a,b,c|d/");
    CSV("sep=|\r\na|b", "a|b/");
    CSV("sep=,", "sep=|/");      /* nothing follows: it is a heading */
    CSV("a\n\xff\n", "a/\xff/"); /* what is UTF-8 is for others to say */
}

static void test_no_tables(void)
{
    CSV("", "0:0 the file is empty");
    CSV("\xef\xbb\xbf", "0:0 the file is empty");
    CSV("a,b\n1,\"2", "1:1 a quote is opened and never closed");
    CSV("a,b\n\"1\"x,2\n", "1:0 there is text behind a closing quote");
    CSV("a,b\n1,2\n3\",4\n", "2:0 there is a quote in a cell that does not begin with one");
    CSV("a\0b\n", "0:0 there is a NUL byte in the file, which is no CSV");
    CSV("\xff\xfe"
        "a\0",
        "0:0 this is UTF-16, save the table as CSV in UTF-8");
}

/* The cell as JSON, or as a text with ! before it where it says no such thing. */
static void check_cell(const char *text, enum cell_kind kind, const char *expected)
{
    const char *why = NULL;
    json_t *value = cell_value(text, kind, &why);
    CU_ASSERT_PTR_NOT_NULL_FATAL(value);
    char *dumped = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15));
    char got[200];
    snprintf(got, sizeof got, "%s%s", why ? "!" : "", dumped);
    if (strcmp(got, expected) != 0)
        fprintf(stderr, "expected %s, got %s\n", expected, got);
    CU_ASSERT_STRING_EQUAL(got, expected);
    free(dumped);
    json_decref(value);
}

static void test_numbers(void)
{
    check_cell("12", CELL_NUMBER, "12");
    check_cell(" -12 ", CELL_NUMBER, "-12");
    check_cell("007", CELL_NUMBER, "7");
    check_cell("+3", CELL_NUMBER, "3");
    check_cell("101.4", CELL_NUMBER, "101.4");
    check_cell(".5", CELL_NUMBER, "0.5");
    check_cell("1E+05", CELL_NUMBER, "100000.0"); /* how spreadsheets write large numbers */
    static const char *const wrong[] = {"1,5",   "1,200", "1.200,5", "12x",   "0x10", "nan", "inf",
                                        "1e999", "1 2",   "--1",     "1.2.3", "-",    "1e",  ".",
                                        "+",     "12 kg", "10%",     "$5",    "..5",  "-+1", "\xd9\xa1"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *why = NULL;
        json_t *value = cell_value(wrong[i], CELL_NUMBER, &why);
        CU_ASSERT_PTR_NOT_NULL(why);
        CU_ASSERT(why && (strstr(why, "comma") != NULL) == (strchr(wrong[i], ',') != NULL));
        CU_ASSERT_STRING_EQUAL(json_string_value(value), wrong[i]);
        json_decref(value);
    }
}

static void test_instants(void)
{
    static const char good[] = "\"2026-03-01T08:05:00Z\"";
    check_cell("2026-03-01T08:05:00Z", CELL_INSTANT, good);
    check_cell("2026-03-01 08:05", CELL_INSTANT, good);
    check_cell("2026-03-01 08:05:00", CELL_INSTANT, good);
    check_cell(" 2026-03-01T08:05Z ", CELL_INSTANT, good);
    static const char *const wrong[] = {"01/03/2026 08:05",
                                        "2026-03-01",
                                        "2026-3-1 8:05",
                                        "2026-02-30 08:05",
                                        "2026-03-01 24:00",
                                        "2026-03-01T08:05:00+01:00",
                                        "2026-03-01 08:05 ZZ",
                                        "2026-03-01_08:05",
                                        "2026-03-01 08:05:0",
                                        "2026-03-01 08:05:00Z 2026-03-01 08:05:00Z",
                                        "46082.33"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *why = NULL;
        json_decref(cell_value(wrong[i], CELL_INSTANT, &why));
        CU_ASSERT_PTR_NOT_NULL(why);
    }
}

static void test_other_cells(void)
{
    check_cell(" =cmd() ", CELL_TEXT, "\" =cmd() \"");
    check_cell("TRUE", CELL_YES_NO, "true");
    check_cell("No", CELL_YES_NO, "false");
    check_cell("0", CELL_YES_NO, "false");
    check_cell("maybe", CELL_YES_NO, "!\"maybe\"");
    check_cell("A | B|C", CELL_LIST, "[\"A\",\"B\",\"C\"]");
    check_cell("A || B", CELL_LIST, "!\"A || B\"");
    check_cell("Any", CELL_ENDS, "\"any\"");
    check_cell("KBIF", CELL_ENDS, "[\"KBIF\"]");
    check_cell("06:00-12:00 | 14:00 - 24:00", CELL_HOURS, "[[\"06:00\",\"12:00\"],[\"14:00\",\"24:00\"]]");
    check_cell("06:00", CELL_HOURS, "!\"06:00\"");
    check_cell("6:00-12:00", CELL_HOURS, "!\"6:00-12:00\"");
    check_cell("2026-03-01 08:00/2026-03-01T09:00:00Z", CELL_WINDOWS,
               "[{\"from\":\"2026-03-01T08:00:00Z\",\"until\":\"2026-03-01T09:00:00Z\"}]");
    check_cell("2026-03-01 08:00/x", CELL_WINDOWS, "!\"2026-03-01 08:00/x\"");
    check_cell("2026-03-01 08:00 310.5 | 2026-03-01T10:00:00Z\t7", CELL_FLIGHTS,
               "[{\"block_in\":\"2026-03-01T08:00:00Z\",\"block_min\":310.5},"
               "{\"block_in\":\"2026-03-01T10:00:00Z\",\"block_min\":7}]");
    check_cell("2026-03-01 08:00", CELL_FLIGHTS, "!\"2026-03-01 08:00\"");
}

/* Headings as people write them; a key of the instance leads back to its column. */
static void test_columns(void)
{
    const struct sheet_kind *demands = &sheet_kinds[3];
    CU_ASSERT_STRING_EQUAL(demands->columns[column_by_heading(demands, " Pickup From ")].name, "pickup_from");
    CU_ASSERT_EQUAL(column_by_heading(demands, "pick up from"), -1);
    CU_ASSERT_EQUAL(column_by_heading(demands, ""), -1);
    for (size_t k = 0; k < N_SHEET_KINDS; k++) {
        CU_ASSERT(sheet_kinds[k].n_columns <= MOST_COLUMNS);
        for (size_t c = 0; c < sheet_kinds[k].n_columns; c++) {
            const struct column *column = &sheet_kinds[k].columns[c];
            CU_ASSERT_EQUAL(column_by_heading(&sheet_kinds[k], column->name), (int)c);
            CU_ASSERT_EQUAL(column_by_key(&sheet_kinds[k], column->key, column->inner ? column->inner : ""), (int)c);
        }
    }
}

void add_import_tests(CU_pSuite suite)
{
    CU_add_test(suite, "tables", test_tables);
    CU_add_test(suite, "no tables", test_no_tables);
    CU_add_test(suite, "numbers", test_numbers);
    CU_add_test(suite, "instants", test_instants);
    CU_add_test(suite, "other cells", test_other_cells);
    CU_add_test(suite, "columns", test_columns);
}
