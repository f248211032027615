/* sortie check: does this schedule keep the rules, and are its figures true? */
#include "cli/cli.h"
#include "cli/judge.h"
#include "cli/say.h"

int cmd_check(const struct options *options)
{
    struct judged judged;
    int status = judge_files(options, &judged);
    if (status != EXIT_GOOD)
        return status;
    if (!has_schedule(&judged.plan)) {
        say("\"%s\" holds no schedule to judge: %s", options->file[1], plan_status_text(judged.plan.status));
        judged_release(&judged);
        return EXIT_NO_ANSWER;
    }
    struct text text, figures;
    text_init(&text);
    text_init(&figures);
    bool kept = judged.verdict.n_breaches == 0;
    bool agree = figures_agree(&judged.plan, &judged.verdict, judged.inst.currency, &figures);
    if (kept && agree) {
        text_addf(&text, "valid: cost ");
        money_write(judged.verdict.cost.total, judged.inst.currency, &text);
        text_add(&text, "\n", 1);
    }
    breaches_write(&judged.verdict, &text);
    text_add(&text, figures.bytes != NULL ? figures.bytes : "", figures.size);
    text.failed = text.failed || figures.failed;
    text_release(&figures);
    status = answer_text(&text);
    judged_release(&judged);
    return status != EXIT_GOOD ? status : kept && agree ? EXIT_GOOD : EXIT_BREACH;
}
