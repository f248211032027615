#include "generate/binding.h"

#include <stdlib.h>

#include "check/check.h"
#include "io/read_instance.h"
#include "solver/solve.h"

/* Rounds of a probe: as many times demands as this, but no more than these; with all rules more. */
enum { ROUNDS_BY_DEMANDS = 2000, MOST_ROUNDS = 100, WITH_ALL = 4 };

const char *rule_kind_text(enum rule_kind kind)
{
    static const char *const texts[] = {
#define X(code, text, rule) [code] = text,
        RULE_KINDS(X)
#undef X
    };
    return texts[kind];
}

/* --- taking a rule out; false where there is none */

static bool relax_types(struct instance *inst, enum rule_kind kind)
{
    for (size_t t = 0; t < inst->n_types; t++) {
        struct aircraft_type *type = &inst->type[t];
        switch (kind) {
        case RULE_RUNWAY:
            type->runway_ft = 0;
            break;
        case RULE_SEATS:
            for (size_t i = 0; i < type->n_configurations; i++)
                type->configuration[i].seats *= 2;
            break;
        case RULE_FUEL: /* payloads stay as they are limited, at any distance */
            for (size_t i = 0; i < type->n_range; i++)
                type->range[i].range = (mnm_t)100000 * 1000;
            break;
        default:
            for (int i = 0; i < N_CREW_KINDS; i++)
                type->fdp[i] = type->fdp[i] > 0 ? 2 * inst->end : 0;
        }
    }
    return inst->n_types > 0;
}

static bool relax_rules(struct instance *inst, enum rule_kind kind)
{
    if (kind == RULE_ROLLING) {
        bool any = inst->rules.n_rolling > 0;
        inst->rules.n_rolling = 0;
        return any;
    }
    inst->rules.rest = 0;
    for (size_t i = 0; i < inst->n_crews; i++)
        inst->crew[i].last_duty_end = SEC_NONE;
    return inst->n_crews > 0;
}

static bool relax_fields(struct instance *inst, enum rule_kind kind)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_airfields; i++) {
        struct airfield *field = &inst->airfield[i];
        if (kind == RULE_HOURS) {
            any = any || !field->always_open;
            field->always_open = true;
        } else {
            any = any || field->mog >= 0;
            field->mog = -1;
        }
    }
    return any;
}

static bool relax_limits(struct instance *inst, enum rule_kind kind)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_limits; i++) {
        struct limit *limit = &inst->limit[i];
        if (kind == RULE_CAPS) {
            any = any || limit->n_caps > 0;
            limit->n_caps = 0;
        } else {
            any = any || limit->needs_clearance;
            limit->needs_clearance = false;
        }
    }
    return any;
}

/* The start of the pickup window stays: delay is counted from it. */
static bool relax_windows(struct instance *inst, struct demand *demand)
{
    bool any = demand->pickup.until < inst->end || demand->delivery.from > 0 || demand->delivery.until < inst->end;
    demand->pickup.until = demand->delivery.until = inst->end;
    demand->delivery.from = 0;
    return any;
}

static bool relax_demands(struct instance *inst, enum rule_kind kind)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_demands; i++) {
        struct demand *demand = &inst->demand[i];
        switch (kind) {
        case RULE_HANDLING:
            any = any || demand->onload > 0 || demand->offload > 0;
            demand->onload = demand->offload = 0;
            break;
        case RULE_WINDOWS:
            any = relax_windows(inst, demand) || any;
            break;
        case RULE_ABOARD:
            any = any || demand->aboard_limit >= 0;
            demand->aboard_limit = -1;
            break;
        case RULE_LOTS:
            any = any || demand->smallest_lot > 1;
            demand->together = false;
            demand->smallest_lot = 1;
            break;
        default:
            break;
        }
    }
    return any;
}

static bool relax_apart(struct instance *inst)
{
    bool any = false;
    for (size_t i = 0; i < inst->n_categories * inst->n_categories; i++) {
        any = any || inst->rules.apart[i];
        inst->rules.apart[i] = false;
    }
    return any;
}

static bool relax(struct instance *inst, enum rule_kind kind)
{
    switch (kind) {
    case RULE_RUNWAY:
    case RULE_SEATS:
    case RULE_FUEL:
    case RULE_DUTY:
        return relax_types(inst, kind);
    case RULE_REST:
    case RULE_ROLLING:
        return relax_rules(inst, kind);
    case RULE_HOURS:
    case RULE_MOG:
        return relax_fields(inst, kind);
    case RULE_CAPS:
    case RULE_CLEARANCES:
        return relax_limits(inst, kind);
    case RULE_APART:
        return relax_apart(inst);
    default:
        return relax_demands(inst, kind);
    }
}

/* --- finding out */

/* Cost and bound of the instance, without the rule unless it is N_RULE_KINDS. *there: whether it has that rule. */
static bool search(const char *bytes, size_t size, enum rule_kind without, const struct solve_options *how,
                   struct plan *plan, bool *there, struct error *err)
{
    struct instance inst;
    char *faults;
    plan_init(plan);
    bool good = read_instance_text("generated instance", bytes, size, &inst, &faults, err);
    free(faults);
    if (!good)
        return false;
    *there = without == N_RULE_KINDS || relax(&inst, without);
    good = !*there || solve(&inst, how, plan, err);
    instance_release(&inst);
    return good;
}

bool find_binding(const char *bytes, size_t size, double seconds, const atomic_int *stop,
                  enum binding found[N_RULE_KINDS], struct error *err)
{
    const struct solve_options how = {
        .time_limit_s = seconds, .gap = 0.0001, .threads = 1, .seed = 1, .interrupted = stop};
    struct plan with, without;
    bool there;
    if (!search(bytes, size, N_RULE_KINDS, &how, &with, &there, err))
        return false;
    bool good = true;
    for (int kind = 0; kind < N_RULE_KINDS && good; kind++) {
        good = search(bytes, size, (enum rule_kind)kind, &how, &without, &there, err);
        if (!there)
            found[kind] = BINDING_ABSENT;
        else if (without.cost.total < with.bound)
            found[kind] = BINDING_SHOWN;
        else
            found[kind] = with.status == PLAN_OPTIMAL && without.status == PLAN_OPTIMAL ? BINDING_NOT : BINDING_UNKNOWN;
        plan_release(&without);
    }
    plan_release(&with);
    return good;
}

/* So many rounds cost about as much whatever the size, until one is dear. */
static int64_t rounds(const struct instance *inst)
{
    int64_t n = ROUNDS_BY_DEMANDS / (int64_t)inst->n_demands;
    return n > MOST_ROUNDS ? MOST_ROUNDS : n < 1 ? 1 : n;
}

static bool probe(const struct instance *full, const char *bytes, size_t size, const atomic_int *stop,
                  enum binding found[N_RULE_KINDS], struct error *err)
{
    cent_t without[N_RULE_KINDS] = {0}, least = INT64_MAX; /* least: of schedules that keep all rules */
    bool good = true;
    for (int kind = N_RULE_KINDS; kind >= 0 && good; kind--) {
        const struct solve_options how = {.gap = 0.0001,
                                          .threads = 1,
                                          .seed = 1,
                                          .only_rounds = rounds(full) * (kind == N_RULE_KINDS ? WITH_ALL : 1),
                                          .interrupted = stop};
        struct plan plan;
        struct verdict verdict;
        bool there;
        good = search(bytes, size, (enum rule_kind)kind, &how, &plan, &there, err);
        if (good && kind < N_RULE_KINDS)
            found[kind] = there ? BINDING_UNKNOWN : BINDING_ABSENT, without[kind] = plan.cost.total;
        if (good && there && (good = check_schedule(full, &plan.schedule, &verdict, err))) {
            if (verdict.n_breaches == 0 && verdict.cost.total < least)
                least = verdict.cost.total;
            verdict_release(&verdict);
        }
        plan_release(&plan);
    }
    for (int kind = 0; kind < N_RULE_KINDS && good; kind++)
        if (found[kind] == BINDING_UNKNOWN && without[kind] < least)
            found[kind] = BINDING_SHOWN;
    return good;
}

bool probe_binding(const char *bytes, size_t size, const atomic_int *stop, enum binding found[N_RULE_KINDS],
                   struct error *err)
{
    struct instance full;
    char *faults;
    bool good = read_instance_text("generated instance", bytes, size, &full, &faults, err);
    free(faults);
    if (!good)
        return false;
    good = probe(&full, bytes, size, stop, found, err);
    instance_release(&full);
    return good;
}
