/* sortie load: load plans of a schedule as sheets, JSON or drawings; made where there are none. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/judge.h"
#include "cli/output.h"
#include "cli/say.h"
#include "export/load_sheet.h"
#include "export/sink.h"
#include "io/json_text.h"
#include "io/load_plan_json.h"
#include "loadplan/planner.h"
#include "model/load_plan.h"

enum form { FORM_TEXT, FORM_JSON, FORM_SVG, N_FORMS };

struct loads {
    const struct instance *inst;
    const struct schedule *schedule;
    size_t from, until; /* missions wanted */
    struct sink sink;
    size_t written, without; /* missions; those that have no plan */
};

static bool find_form(const struct options *options, enum form *form, struct error *err)
{
    static const char *const names[N_FORMS] = {"text", "json", "svg"};
    for (*form = FORM_TEXT; *form < N_FORMS; (*form)++)
        if (strcmp(options->format != NULL ? options->format : "text", names[*form]) == 0)
            return true;
    return error_set(err, ERR_USAGE, "--to must be \"text\", \"json\" or \"svg\", got \"%.60s\"", options->format);
}

/* "M012" or "12"; all missions where none is named. */
static bool find_missions(const struct options *options, struct loads *loads, struct error *err)
{
    size_t n = loads->schedule->n_missions;
    loads->from = 0;
    loads->until = n;
    if (options->mission == NULL)
        return true;
    const char *digits = options->mission + (options->mission[0] == 'M');
    size_t number = 0;
    if (*digits != '\0' && strlen(digits) < 9 && digits[strspn(digits, "0123456789")] == '\0')
        number = strtoul(digits, NULL, 10);
    if (number < 1 || number > n)
        return error_set(err, ERR_USAGE, "no mission \"%.60s\"; the schedule has %zu, from M001 on", options->mission,
                         n);
    loads->from = number - 1;
    loads->until = number;
    return true;
}

/* Whether the mission is to be written; counts those that have no plan. */
static bool is_planned(struct loads *loads, size_t i)
{
    const struct mission *m = &loads->schedule->mission[i];
    if (!mission_cabin(loads->inst, m))
        return false;
    loads->without += !m->load_plan;
    loads->written++;
    return true;
}

static bool write_text(struct loads *loads, struct error *err)
{
    bool ok = sink_begin(&loads->sink, "load-sheets.txt", err);
    for (size_t i = loads->from; i < loads->until && ok; i++)
        if (is_planned(loads, i)) {
            text_addf(&loads->sink.text, "%s", loads->written > 1 ? "\n\n" : "");
            load_sheet_write(loads->inst, &loads->schedule->mission[i], i, &loads->sink.text);
            ok = sink_pass(&loads->sink, err);
        }
    return ok && sink_end(&loads->sink, err);
}

static bool write_json(struct loads *loads, struct error *err)
{
    struct text *to = &loads->sink.text;
    bool ok = sink_begin(&loads->sink, "load-plans.json", err);
    text_addf(to, "[");
    for (size_t i = loads->from; i < loads->until && ok; i++)
        if (is_planned(loads, i)) {
            const struct mission *m = &loads->schedule->mission[i];
            text_addf(to, "%s\n  {\"mission\": \"M%03zu\", \"configuration\": ", loads->written > 1 ? "," : "", i + 1);
            text_add_json(
                to, loads->inst->type[loads->inst->airframe[m->airframe].type].configuration[m->configuration].id);
            text_addf(to, ", \"load_plan\": ");
            if (m->load_plan)
                load_plan_write(loads->inst, m, 2, to);
            else
                text_addf(to, "null");
            text_addf(to, "}");
            ok = sink_pass(&loads->sink, err);
        }
    text_addf(to, loads->written ? "\n]\n" : "]\n");
    return ok && sink_end(&loads->sink, err);
}

static void svg_begin(struct text *to, size_t drawings)
{
    text_addf(to,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%zu\" viewBox=\"0 0 %d %zu\" "
              "font-family=\"sans-serif\">\n",
              LOAD_DRAWING_WIDTH, drawings * LOAD_DRAWING_HEIGHT, LOAD_DRAWING_WIDTH, drawings * LOAD_DRAWING_HEIGHT);
}

static size_t count_drawings(const struct loads *loads)
{
    size_t n = 0;
    for (size_t i = loads->from; i < loads->until; i++)
        if (mission_cabin(loads->inst, &loads->schedule->mission[i]) && loads->schedule->mission[i].load_plan)
            n += loads->schedule->mission[i].n_stops - 1;
    return n;
}

/* In a folder a file for each sortie; elsewhere one drawing below the other. */
static bool write_svg(struct loads *loads, struct error *err)
{
    struct text *to = &loads->sink.text;
    bool folder = loads->sink.is_folder, ok = folder || sink_begin(&loads->sink, "", err);
    size_t drawn = 0;
    if (!folder)
        svg_begin(to, count_drawings(loads));
    for (size_t i = loads->from; i < loads->until && ok; i++) {
        const struct mission *m = &loads->schedule->mission[i];
        if (!is_planned(loads, i) || !m->load_plan)
            continue;
        for (size_t s = 0; s + 1 < m->n_stops && ok; s++, drawn++) {
            char name[64];
            snprintf(name, sizeof name, "M%03zu-%zu.svg", i + 1, s + 1);
            ok = !folder || sink_begin(&loads->sink, name, err);
            if (folder)
                svg_begin(to, 1);
            else
                text_addf(to, "<g transform=\"translate(0 %zu)\">\n", drawn * LOAD_DRAWING_HEIGHT);
            load_drawing_write(loads->inst, m, i, s, to);
            text_addf(to, folder ? "</svg>\n" : "</g>\n");
            ok = ok && (folder ? sink_end(&loads->sink, err) : sink_pass(&loads->sink, err));
        }
    }
    if (!folder)
        text_addf(to, "</svg>\n");
    return ok && (folder || sink_end(&loads->sink, err));
}

static bool write_form(struct loads *loads, enum form form, struct error *err)
{
    switch (form) {
    case FORM_JSON:
        return write_json(loads, err);
    case FORM_SVG:
        return write_svg(loads, err);
    default:
        return write_text(loads, err);
    }
}

static void drop_plans(struct schedule *schedule, const struct loads *loads)
{
    for (size_t i = loads->from; i < loads->until; i++) {
        load_plan_free(schedule->mission[i].load_plan);
        schedule->mission[i].load_plan = NULL;
    }
}

/* Plans that are missing are made in the mission's own configuration: the schedule is as it is. */
static bool make_plans(struct schedule *schedule, const struct loads *loads, struct error *err)
{
    for (size_t i = loads->from; i < loads->until; i++) {
        struct mission *m = &schedule->mission[i];
        if (!m->load_plan && load_plan_best(loads->inst, m, LOAD_NODES, &m->load_plan) == LOAD_NO_MEMORY)
            return error_set(err, ERR_MEMORY, "out of memory");
    }
    return true;
}

static int write_loads(const struct options *options, enum form form, struct judged *judged)
{
    struct error err;
    error_init(&err);
    struct loads loads = {.inst = &judged->inst, .schedule = &judged->plan.schedule};
    if (!find_missions(options, &loads, &err))
        return fail(&err);
    if (options->anew)
        drop_plans(&judged->plan.schedule, &loads);
    if (!interrupt_catch()) {
        say("signals cannot be caught");
        return EXIT_INTERNAL;
    }
    bool good =
        make_plans(&judged->plan.schedule, &loads, &err) && sink_init(&loads.sink, options->output, &interrupted, &err);
    if (good) {
        good = write_form(&loads, form, &err) && sink_finish(&loads.sink, &err);
        sink_release(&loads.sink);
    }
    if (!good)
        return fail(&err);
    if (loads.written == 0)
        say("no mission asked for is flown in a configuration with a cabin layout");
    if (loads.without > 0)
        say("no valid load plan was found for %zu of %zu missions", loads.without, loads.written);
    return loads.without > 0 ? EXIT_BREACH : EXIT_GOOD;
}

int cmd_load(const struct options *options)
{
    struct error err;
    enum form form;
    error_init(&err);
    if (!find_form(options, &form, &err))
        return fail(&err);
    if (!output_is_sound(options, true))
        return EXIT_INPUT;
    struct judged judged;
    int status = judge_files(options, &judged);
    if (status != EXIT_GOOD)
        return status;
    if (!has_schedule(&judged.plan)) {
        say("\"%s\" holds no schedule: %s", options->file[1], plan_status_text(judged.plan.status));
        status = EXIT_NO_ANSWER;
    } else {
        warn_where_not_valid(&judged);
        status = write_loads(options, form, &judged);
    }
    judged_release(&judged);
    return status;
}
