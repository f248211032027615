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

bool figures_agree(const struct plan *plan, const struct verdict *verdict, const char *currency)
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
        {"cost", plan->cost.total, verdict->cost.total},
    };
    char stated[SHOW_TIME_SIZE], counted[SHOW_TIME_SIZE];
    bool agree = true;
    for (size_t i = 0; i < sizeof term / sizeof term[0]; i++) {
        if (term[i].stated == term[i].counted)
            continue;
        say("stated %s %s %s differs from the counted %s", term[i].name, show_money(term[i].stated, stated), currency,
            show_money(term[i].counted, counted));
        agree = false;
    }
    if (plan->bound > verdict->cost.total) {
        say("stated bound %s %s is above the counted cost %s", show_money(plan->bound, stated), currency,
            show_money(verdict->cost.total, counted));
        agree = false;
    }
    return agree;
}

void warn_of_load_plans(const struct instance *inst)
{
    for (size_t i = 0; i < inst->n_types; i++) {
        for (size_t j = 0; j < inst->type[i].n_configurations; j++) {
            if (inst->type[i].configuration[j].cabin != NULL) {
                say("warning: load plans (R12) are not made or judged yet");
                return;
            }
        }
    }
}
