#include "cli/judge.h"

#include "cli/cli.h"
#include "cli/say.h"
#include "io/read_instance.h"
#include "io/schedule_json.h"
#include "io/show_time.h"

int judge_files(const struct options *options, struct judged *judged)
{
    struct error err;
    char *faults = NULL;
    error_init(&err);
    if (!read_instance(options->file[0], &judged->inst, &faults, &err))
        return fail_with_faults(faults, &err);
    bool other_instance = false;
    if (!read_schedule(options->file[1], &judged->inst, &judged->plan, &other_instance, &faults, &err)) {
        instance_release(&judged->inst);
        return fail_with_faults(faults, &err);
    }
    if (other_instance)
        say("warning: \"%s\" was made from another instance than \"%s\"", options->file[1], options->file[0]);
    if (!check_schedule(&judged->inst, &judged->plan.schedule, &judged->verdict, &err)) {
        plan_release(&judged->plan);
        instance_release(&judged->inst);
        return fail(&err);
    }
    return EXIT_GOOD;
}

void judged_release(struct judged *judged)
{
    verdict_release(&judged->verdict);
    plan_release(&judged->plan);
    instance_release(&judged->inst);
}

bool has_schedule(const struct plan *plan)
{
    return plan->status == PLAN_OPTIMAL || plan->status == PLAN_FEASIBLE;
}

void breaches_write(const struct verdict *verdict, struct text *to)
{
    for (size_t i = 0; i < verdict->n_breaches; i++) {
        text_add_safe(to, verdict->breach[i].text);
        text_add(to, "\n", 1);
    }
}

void money_write(cent_t amount, const char *currency, struct text *to)
{
    char money[SHOW_TIME_SIZE];
    text_addf(to, "%s%s", show_money(amount, money), *currency != '\0' ? " " : "");
    text_add_safe(to, currency);
}

static void figure_write(const char *name, cent_t stated, const char *relation, cent_t counted, const char *currency,
                         struct text *to)
{
    text_addf(to, "%s: stated ", name);
    money_write(stated, currency, to);
    text_addf(to, ", %s ", relation);
    money_write(counted, currency, to);
    text_add(to, "\n", 1);
}

bool figures_agree(const struct plan *plan, const struct verdict *verdict, const char *currency, struct text *to)
{
    const struct {
        const char *name;
        cent_t stated, counted;
    } term[] = {
        {"cost of block time", plan->cost.block, verdict->cost.block},
        {"fees", plan->cost.fees, verdict->cost.fees},
        {"cost of missions", plan->cost.missions, verdict->cost.missions},
        {"cost of passengers not moved", plan->cost.not_moved, verdict->cost.not_moved},
        {"cost of delay", plan->cost.delay, verdict->cost.delay},
        {"total cost", plan->cost.total, verdict->cost.total},
    };
    bool agree = true;
    for (size_t i = 0; i < sizeof term / sizeof term[0]; i++) {
        if (term[i].stated == term[i].counted)
            continue;
        figure_write(term[i].name, term[i].stated, "counted", term[i].counted, currency, to);
        agree = false;
    }
    if (plan->bound > verdict->cost.total) {
        figure_write("bound", plan->bound, "above the counted total cost of", verdict->cost.total, currency, to);
        agree = false;
    }
    return agree;
}

void warn_where_not_valid(const struct judged *judged)
{
    struct text figures;
    text_init(&figures);
    if (!figures_agree(&judged->plan, &judged->verdict, judged->inst.currency, &figures) ||
        judged->verdict.n_breaches > 0)
        say("warning: this schedule is not valid; see sortie check");
    text_release(&figures);
}
