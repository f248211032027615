/* Complete enumeration of tiny instances, written from docs/rules.md alone: shares nothing with solver/ or check/.
 * The optimum it names is the optimum of the rules as that page words them, to the cent. */
#ifndef SORTIE_TESTS_ORACLE_H
#define SORTIE_TESTS_ORACLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "model/instance.h"
#include "model/schedule.h"

enum oracle_status {
    ORACLE_OPTIMAL,
    ORACLE_IMPOSSIBLE, /* no schedule keeps every commitment */
    ORACLE_TOO_BIG,    /* a budget or a fixed size was exceeded; nothing is said */
    ORACLE_NO_MEMORY
};

struct oracle_budget {
    int64_t tried;    /* most complete missions looked at */
    int64_t missions; /* most missions kept */
    int64_t steps;    /* most candidates looked at in the search over sets */
    bool plain;       /* keep dominated missions too: slower, trusts fewer arguments */
};

extern const struct oracle_budget oracle_default_budget;

struct oracle_answer {
    enum oracle_status status;
    cent_t cost;              /* of an optimal schedule */
    struct schedule schedule; /* one optimal schedule, in the order of docs/rules.md */
    int64_t tried, missions, steps;
};

void oracle_solve(const struct instance *inst, const struct oracle_budget *budget, struct oracle_answer *answer);
void oracle_answer_release(struct oracle_answer *answer);

/* A mission that is valid for its airframe and crew, but for the places where they stand: number `pick` modulo all of them.
 * False when there is none, the budget does not suffice or memory ran out. The caller releases it with mission_release. */
bool oracle_some_mission(const struct instance *inst, const struct oracle_budget *budget, uint64_t pick,
                         struct mission *mission);

const char *oracle_status_text(enum oracle_status status);
void oracle_print_instance(FILE *out, const struct instance *inst);
void oracle_print_schedule(FILE *out, const struct instance *inst, const struct schedule *schedule);

#endif
