/* R12 by enumeration, from docs/rules.md alone: shares nothing with loadplan/, solver/ or check/. */
#ifndef SORTIE_TESTS_ORACLE_CABIN_H
#define SORTIE_TESTS_ORACLE_CABIN_H

#include <stdbool.h>
#include <stdint.h>

#include "model/instance.h"

/* Remembers loads that were judged. */
struct oracle_cabins;

struct oracle_load {
    int32_t type, configuration;
    int32_t n; /* sorties */
    const struct ride *ride;
    int32_t n_rides; /* no two of a demand between the same stops */
};

enum oracle_seated {
    ORACLE_SEATED,
    ORACLE_NOT_SEATED,
    ORACLE_SEATING_TOO_BIG, /* a fixed size or the budget was exceeded */
    ORACLE_SEATING_NO_MEMORY
};

struct oracle_cabins *oracle_cabins_new(const struct instance *inst); /* NULL when out of memory */
void oracle_cabins_free(struct oracle_cabins *cabins);

/* Whether the load has a load plan in its configuration, which has a cabin layout. */
enum oracle_seated oracle_cabins_ask(struct oracle_cabins *cabins, const struct oracle_load *load);

/* One that is valid, without goals, of a load that has one; NULL when out of memory. The caller frees it. */
struct load_plan *oracle_cabins_plan(struct oracle_cabins *cabins, const struct oracle_load *load);

#endif
