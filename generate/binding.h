/* Which rules an instance's optimum hangs on: those without which there is a schedule that costs less than any with
 * them. */
#ifndef SORTIE_GENERATE_BINDING_H
#define SORTIE_GENERATE_BINDING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "model/error.h"

/* Kinds of rule that can be taken out of an instance, with the rule's number. */
#define RULE_KINDS(X)                                                                                                  \
    X(RULE_RUNWAY, "runways", 2)                                                                                       \
    X(RULE_HANDLING, "handling of demands", 3)                                                                         \
    X(RULE_SEATS, "seats", 4) /* doubled */                                                                            \
    X(RULE_FUEL, "fuel and range", 5)                                                                                  \
    X(RULE_DUTY, "duty periods", 6)                                                                                    \
    X(RULE_REST, "rest", 6)                                                                                            \
    X(RULE_ROLLING, "rolling flight time", 6)                                                                          \
    X(RULE_HOURS, "opening hours", 7)                                                                                  \
    X(RULE_MOG, "parking", 7)                                                                                          \
    X(RULE_CAPS, "caps", 8)                                                                                            \
    X(RULE_CLEARANCES, "clearances", 8)                                                                                \
    X(RULE_WINDOWS, "windows", 9)                                                                                      \
    X(RULE_ABOARD, "time aboard", 9)                                                                                   \
    X(RULE_LOTS, "lots", 9)                                                                                            \
    X(RULE_APART, "categories apart", 10)

enum rule_kind {
#define X(code, text, rule) code,
    RULE_KINDS(X)
#undef X
        N_RULE_KINDS
};

enum binding {
    BINDING_ABSENT,  /* no such rule in the instance */
    BINDING_UNKNOWN, /* not shown in the time there was */
    BINDING_NOT,     /* the optimum stays within the gap of the search without it */
    BINDING_SHOWN,   /* shown to bind */
    N_BINDINGS
};

const char *rule_kind_text(enum rule_kind kind);

/* By searches of fixed work, so that the answer is the same whatever the clock says: BINDING_SHOWN where a schedule
 * found without the rule costs less than every schedule found that keeps it, else BINDING_UNKNOWN. No proof: more work
 * might find one that keeps it. `stop` makes the answer worthless. */
bool probe_binding(const char *bytes, size_t size, const atomic_int *stop, enum binding found[N_RULE_KINDS],
                   struct error *err);

/* By bounds, as far as the time goes. Of the instance file `bytes`; a search of at most `seconds` for each kind, the
 * instance once more for all of them. `stop` as in solve_options. */
bool find_binding(const char *bytes, size_t size, double seconds, const atomic_int *stop,
                  enum binding found[N_RULE_KINDS], struct error *err);

#endif
