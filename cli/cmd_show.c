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
    if (has_schedule(&judged.plan))
        warn_where_not_valid(&judged);
    struct error err;
    error_init(&err);
    char *text = show_schedule(&judged.inst, &judged.plan, &err);
    status = text != NULL ? answer(text) : fail(&err);
    free(text);
    judged_release(&judged);
    return status;
}
