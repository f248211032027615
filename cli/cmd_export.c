/* sortie export: a schedule in the form that another system reads. */
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/judge.h"
#include "cli/output.h"
#include "cli/say.h"
#include "export/format.h"

void export_help(struct text *to)
{
    text_addf(to, "\nFormats and their settings:\n");
    for (const struct export_format *const *format = export_formats; *format != NULL; format++) {
        text_addf(to, "\n  %-8s %s\n", (*format)->name, (*format)->summary);
        for (const struct setting *setting = (*format)->settings; setting->key != NULL; setting++) {
            bool for_ids = setting->key[strlen(setting->key) - 1] == '.';
            text_addf(to, "    %s%s=%s\n             %s\n", setting->key, for_ids ? "ID" : "",
                      setting->otherwise != NULL ? setting->otherwise : "...", setting->meaning);
        }
    }
}

/* The format wanted, with its settings looked at; NULL after a fault. */
static const struct export_format *chosen_format(const struct options *options, struct error *err)
{
    if (options->format == NULL) {
        error_set(err, ERR_USAGE, "which format? give --to FORMAT; see sortie export --help");
        return NULL;
    }
    const struct export_format *format = export_format_find(options->format, err);
    if (format == NULL)
        return NULL;
    struct settings settings = {.known = format->settings, .given = options->set, .n = options->n_set};
    if (!settings_check(&settings, format->name, err))
        return NULL;
    if (sink_wants_folder(options->output) && format->write_folder == NULL) {
        error_set(err, ERR_USAGE, "--to %s writes one file, and \"%.500s\" is a folder", format->name, options->output);
        return NULL;
    }
    return format;
}

/* When the file was last changed; now where that cannot be known, as of standard input. */
static int64_t last_change(const char *path)
{
    struct stat info;
    return strcmp(path, "-") != 0 && stat(path, &info) == 0 ? (int64_t)info.st_mtime : (int64_t)time(NULL);
}

static int write_export(const struct options *options, const struct export_format *format, const struct judged *judged)
{
    struct error err;
    error_init(&err);
    const struct export_job job = {
        .inst = &judged->inst,
        .plan = &judged->plan,
        .settings = {.known = format->settings, .given = options->set, .n = options->n_set},
        .revised = last_change(options->file[1]),
    };
    if (!interrupt_catch()) {
        say("signals cannot be caught");
        return EXIT_INTERNAL;
    }
    struct sink sink;
    bool good = sink_init(&sink, options->output, &interrupted, &err) && export_run(format, &job, &sink, &err) &&
                sink_finish(&sink, &err);
    sink_release(&sink);
    return good ? EXIT_GOOD : fail(&err);
}

int cmd_export(const struct options *options)
{
    struct error err;
    error_init(&err);
    const struct export_format *format = chosen_format(options, &err);
    if (format == NULL)
        return fail(&err);
    if (!output_is_sound(options, format->write_folder != NULL))
        return EXIT_INPUT;
    struct judged judged;
    int status = judge_files(options, &judged);
    if (status != EXIT_GOOD)
        return status;
    if (!has_schedule(&judged.plan)) {
        say("\"%s\" holds no schedule to export: %s", options->file[1], plan_status_text(judged.plan.status));
        status = EXIT_NO_ANSWER;
    } else {
        warn_where_not_valid(&judged);
        status = write_export(options, format, &judged);
    }
    judged_release(&judged);
    return status;
}
