/* sortie report: a schedule as one web page. */
#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/judge.h"
#include "cli/output.h"
#include "cli/say.h"
#include "export/report.h"

/* What is wrong with the schedule stands in the page, too: it outlives the warning. */
static int write_report(const struct options *options, const struct judged *judged)
{
    struct error err;
    struct text wrong;
    struct sink sink;
    error_init(&err);
    if (!interrupt_catch()) {
        say("signals cannot be caught");
        return EXIT_INTERNAL;
    }
    text_init(&wrong);
    breaches_write(&judged->verdict, &wrong);
    figures_agree(&judged->plan, &judged->verdict, judged->inst.currency, &wrong);
    const struct report report = {
        .inst = &judged->inst, .plan = &judged->plan, .breaches = wrong.bytes != NULL ? wrong.bytes : ""};
    bool good = !wrong.failed || error_set(&err, ERR_MEMORY, "out of memory");
    good = good && sink_init(&sink, options->output, &interrupted, &err);
    if (good) {
        good = report_write(&report, &sink, &err);
        sink_release(&sink);
    }
    text_release(&wrong);
    return good ? EXIT_GOOD : fail(&err);
}

int cmd_report(const struct options *options)
{
    struct judged judged;
    if (!output_is_sound(options, false))
        return EXIT_INPUT;
    int status = judge_files(options, &judged);
    if (status != EXIT_GOOD)
        return status;
    if (!has_schedule(&judged.plan)) {
        say("\"%s\" holds no schedule to report: %s", options->file[1], plan_status_text(judged.plan.status));
        status = EXIT_NO_ANSWER;
    } else {
        warn_where_not_valid(&judged);
        status = write_report(options, &judged);
    }
    judged_release(&judged);
    return status;
}
