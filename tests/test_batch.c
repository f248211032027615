/* Outcomes as lines and rows and back; two tables side by side. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch/compare.h"
#include "io/outcome_json.h"
#include "tests/tests.h"

static struct outcome outcome_of(const char *name, enum outcome_status status, cent_t cost, cent_t bound,
                                 double seconds)
{
    struct outcome o;
    outcome_init(&o);
    o.instance = strdup(name);
    o.message = strdup("");
    memset(o.sha256, 'a', 64);
    o.status = status;
    o.exit = status <= OUTCOME_FEASIBLE ? 0 : status <= OUTCOME_UNKNOWN ? 4 : -1;
    o.figures.cost = cost;
    o.figures.bound = bound;
    o.seconds = seconds;
    return o;
}

static char *line_of(const struct outcome *o)
{
    struct text text;
    text_init(&text);
    outcome_write(o, &text);
    return text_take(&text, NULL);
}

static void lines(void)
{
    struct outcome o = outcome_of("a \"b\", c", OUTCOME_FEASIBLE, 12345, 12300, 1.5), back;
    o.figures.missions = 3;
    o.figures.read_s = 0.000001;
    o.figures.peak_kib = 13248;
    char *line = line_of(&o);
    CU_ASSERT_PTR_NOT_NULL(strstr(line, "{\"instance\":\"a \\\"b\\\", c\",\"sha256\":\"aaaa"));
    CU_ASSERT_PTR_NOT_NULL(strstr(line, "\"cost\":123.45,\"bound\":123,\"gap\":0.003646,\"missions\":3,\"pax\":null"));
    CU_ASSERT_PTR_NOT_NULL(strstr(line, "\"seconds\":1.5,\"read_s\":0.000001,\"search_s\":null"));
    CU_ASSERT_FATAL(outcome_read(line, strlen(line), &back));
    char *again = line_of(&back);
    CU_ASSERT_STRING_EQUAL(line, again);
    for (size_t size = 0; size + 2 < strlen(line); size++) { /* cut anywhere, it is no line */
        struct outcome cut;
        CU_ASSERT_FALSE(outcome_read(line, size, &cut));
    }
    outcome_release(&o);
    outcome_release(&back);
    free(line);
    free(again);
}

static void rows(void)
{
    struct outcome o = outcome_of("a \"b\", c", OUTCOME_CRASHED, 0, 0, 2);
    struct text text;
    o.signal = 11;
    text_init(&text);
    outcome_csv(&o, false, &text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text.bytes, "\"a \"\"b\"\", c\",aaaa"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text.bytes, ",crashed,-1,11,,,,,,,,,\n"));
    text_release(&text);
    outcome_release(&o);
    CU_ASSERT_FALSE(outcome_set(&o, "status", "perfect"));
    CU_ASSERT_FALSE(outcome_set(&o, "exit", "one"));
    CU_ASSERT_FALSE(outcome_set(&o, "colour", "1"));
    CU_ASSERT(outcome_set(&o, "cost", "123.45") && o.figures.cost == 12345);
    CU_ASSERT(outcome_set(&o, "status", "timed_out") && o.status == OUTCOME_TIMED_OUT);
    outcome_release(&o);
}

static void signs(void)
{
    CU_ASSERT_DOUBLE_EQUAL(sign_test(0, 0), 1, 0);
    CU_ASSERT_DOUBLE_EQUAL(sign_test(6, 0), 2.0 / 64, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(sign_test(1, 5), 2.0 * (1 + 6) / 64, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(sign_test(5, 5), 1, 0);
    CU_ASSERT_DOUBLE_EQUAL(sign_test(60, 40), 0.0568879, 1e-6); /* as published for 60 heads in 100 */
    CU_ASSERT(sign_test(3000, 2000) < 1e-40 && sign_test(3000, 2000) > 0);
}

static void write_table(const char *path, struct outcome *o, size_t n)
{
    struct text text;
    FILE *file = fopen(path, "w");
    text_init(&text);
    outcome_csv_heading(true, &text);
    for (size_t i = 0; i < n; i++) {
        outcome_csv(&o[i], true, &text);
        outcome_release(&o[i]);
    }
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(text.bytes, file);
    fclose(file);
    text_release(&text);
}

/* Gaps of A 0.09, 0 and 1 (killed), of B 0.09, 0.19 and 0.24, each with 0.01 added: the third roots of 0.1 x 0.01
 * x 1.01 and of 0.1 x 0.2 x 0.25. Times of A 1, 1 and 7, the longest of all, of B 1, 3 and 7: the third roots of 2 x 2
 * x 8 and 2 x 4 x 8. */
static void compared(void)
{
    char path[2][64];
    for (int i = 0; i < 2; i++)
        snprintf(path[i], sizeof path[i], "/tmp/sortie-compare-%ld-%d.csv", (long)getpid(), i);
    struct outcome a[] = {outcome_of("p", OUTCOME_FEASIBLE, 10000, 9100, 1),
                          outcome_of("q", OUTCOME_OPTIMAL, 5000, 5000, 1), outcome_of("r", OUTCOME_TIMED_OUT, 0, 0, 2),
                          outcome_of("only", OUTCOME_OPTIMAL, 1, 1, 100)};
    struct outcome b[] = {outcome_of("r", OUTCOME_FEASIBLE, 10000, 7600, 7),
                          outcome_of("q", OUTCOME_FEASIBLE, 10000, 8100, 3),
                          outcome_of("p", OUTCOME_FEASIBLE, 10000, 9100, 1.02)};
    write_table(path[0], a, 4);
    write_table(path[1], b, 3);
    struct results x, y;
    struct comparison c;
    struct error err;
    error_init(&err);
    CU_ASSERT_FATAL(results_read(path[0], &x, &err) && results_read(path[1], &y, &err));
    y.outcome[0].seconds = 1; /* by name: p */
    compare_results(&x, &y, &c);
    CU_ASSERT(c.pairs == 3 && c.only[0] == 1 && c.only[1] == 0 && c.changed == 0);
    CU_ASSERT(c.failed[0] == 1 && c.failed[1] == 0 && c.optimal[0] == 1 && c.optimal[1] == 0);
    CU_ASSERT_DOUBLE_EQUAL(c.gap.mean[0], cbrt(0.1 * 0.01 * 1.01) - 0.01, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(c.gap.mean[1], cbrt(0.1 * 0.2 * 0.25) - 0.01, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(c.seconds.mean[0], cbrt(2.0 * 2 * 8) - 1, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(c.seconds.mean[1], cbrt(2.0 * 4 * 8) - 1, 1e-12);
    CU_ASSERT(c.cost.better[0] == 1 && c.cost.ties == 1 && c.cost.better[1] == 1); /* q; p; r, where A has none */
    CU_ASSERT(c.seconds.better[0] == 1 && c.seconds.ties == 2 && c.seconds.better[1] == 0);
    y.outcome[0].sha256[0] = 'b';
    compare_results(&x, &y, &c);
    CU_ASSERT(c.pairs == 2 && c.changed == 1);
    results_release(&x);
    results_release(&y);
    for (int i = 0; i < 2; i++)
        unlink(path[i]);
}

void add_batch_tests(CU_pSuite suite)
{
    CU_add_test(suite, "lines", lines);
    CU_add_test(suite, "rows", rows);
    CU_add_test(suite, "sign test", signs);
    CU_add_test(suite, "two tables", compared);
}
