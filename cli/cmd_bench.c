/* sortie bench compare: two result tables side by side. */
#include <math.h>
#include <string.h>

#include "batch/compare.h"
#include "cli/cli.h"
#include "cli/say.h"
#include "io/json_text.h"

#define SIGNIFICANT 0.05

static void add_pairs(const struct comparison *c, const char *const name[2], struct text *to)
{
    text_addf(to, "%zu pairs; A is ", c->pairs);
    text_add_safe(to, name[0]);
    text_addf(to, ", B is ");
    text_add_safe(to, name[1]);
    text_addf(to, "\n");
    if (c->only[0] + c->only[1] + c->changed > 0)
        text_addf(to, "not compared: %zu only in A, %zu only in B, %zu that are not the same file in both\n",
                  c->only[0], c->only[1], c->changed);
}

static void add_counts(const struct comparison *c, struct text *to)
{
    struct table table;
    table_init(&table, "|>A|>B");
    const struct {
        const char *name;
        const size_t *n;
    } row[] = {{"optimal", c->optimal}, {"with a schedule", c->with_plan}, {"failed", c->failed}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        table_cell(&table, "%s", row[i].name);
        table_cell(&table, "%zu", row[i].n[0]);
        table_cell(&table, "%zu", row[i].n[1]);
    }
    table_write(&table, 0, to);
    table_release(&table);
}

static void add_measures(const struct comparison *c, struct text *to)
{
    struct table table;
    table_init(&table, "|>Mean A|>Mean B|>A better|>Ties|>B better|>Sign test p");
    const struct {
        const char *name;
        const struct measure_of_two *of;
        bool has_mean;
    } row[] = {
        {"cost", &c->cost, false}, {"bound", &c->bound, false}, {"gap", &c->gap, true}, {"seconds", &c->seconds, true}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        table_cell(&table, "%s", row[i].name);
        for (int side = 0; side < 2; side++) {
            if (row[i].has_mean)
                table_cell(&table, "%.4f", row[i].of->mean[side]);
            else
                table_cell(&table, "-");
        }
        table_cell(&table, "%zu", row[i].of->better[0]);
        table_cell(&table, "%zu", row[i].of->ties);
        table_cell(&table, "%zu", row[i].of->better[1]);
        table_cell(&table, "%.4f", row[i].of->chance);
    }
    table_write(&table, 0, to);
    table_release(&table);
}

static void add_json(const struct comparison *c, const char *const name[2], struct text *to)
{
    const struct {
        const char *name;
        const struct measure_of_two *of;
    } row[] = {{"cost", &c->cost}, {"bound", &c->bound}, {"gap", &c->gap}, {"seconds", &c->seconds}};
    text_addf(to, "{\"a\":");
    text_add_json(to, name[0]);
    text_addf(to, ",\"b\":");
    text_add_json(to, name[1]);
    text_addf(
        to,
        ",\"pairs\":%zu,\"only_a\":%zu,\"only_b\":%zu,\"changed\":%zu,\"optimal\":[%zu,%zu],\"with_plan\":[%zu,%zu],"
        "\"failed\":[%zu,%zu]",
        c->pairs, c->only[0], c->only[1], c->changed, c->optimal[0], c->optimal[1], c->with_plan[0], c->with_plan[1],
        c->failed[0], c->failed[1]);
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        text_addf(to, ",\"%s\":{", row[i].name);
        if (row[i].of == &c->gap || row[i].of == &c->seconds)
            text_addf(to, "\"mean\":[%.6f,%.6f],", row[i].of->mean[0], row[i].of->mean[1]);
        text_addf(to, "\"better\":[%zu,%zu],\"ties\":%zu,\"p\":%.6f}", row[i].of->better[0], row[i].of->better[1],
                  row[i].of->ties, row[i].of->chance);
    }
    text_addf(to, "}\n");
}

static bool is_worse(const struct measure_of_two *measure)
{
    return measure->better[0] > measure->better[1] && measure->chance < SIGNIFICANT;
}

int cmd_bench(const struct options *options)
{
    struct results a, b;
    struct error err;
    struct comparison c;
    error_init(&err);
    if (strcmp(options->file[0], "compare") != 0) {
        say("unknown word \"%s\"; usage: sortie bench compare A.csv B.csv", options->file[0]);
        return EXIT_USAGE;
    }
    if (!results_read(options->file[1], &a, &err))
        return fail(&err);
    if (!results_read(options->file[2], &b, &err)) {
        results_release(&a);
        return fail(&err);
    }
    compare_results(&a, &b, &c);
    struct text text;
    text_init(&text);
    if (options->json) {
        add_json(&c, &options->file[1], &text);
    } else {
        add_pairs(&c, &options->file[1], &text);
        add_counts(&c, &text);
        add_measures(&c, &text);
    }
    results_release(&a);
    results_release(&b);
    int status = answer_text(&text);
    bool worse = c.failed[1] > c.failed[0] || is_worse(&c.cost) || is_worse(&c.bound) || is_worse(&c.gap) ||
                 is_worse(&c.seconds);
    return status != EXIT_GOOD ? status : worse ? EXIT_BREACH : EXIT_GOOD;
}
