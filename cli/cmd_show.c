/* sortie show: a schedule as people read it. */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/judge.h"
#include "cli/say.h"
#include "io/show.h"

int cmd_show(const struct options *options)
{
    struct judged judged;
    int status = judge_files(options, &judged);
    if (status != EXIT_GOOD)
        return status;
    struct text figures;
    text_init(&figures);
    if (has_schedule(&judged.plan) && (!figures_agree(&judged.plan, &judged.verdict, judged.inst.currency, &figures) ||
                                       judged.verdict.n_breaches > 0))
        say("warning: this schedule is not valid; see sortie check");
    text_release(&figures);
    struct error err;
    error_init(&err);
    char *text = show_schedule(&judged.inst, &judged.plan, &err);
    status = text != NULL ? answer(text) : fail(&err);
    free(text);
    judged_release(&judged);
    return status;
}
