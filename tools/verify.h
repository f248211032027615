/* Re-verifies a certificate in exact arithmetic. Shares nothing with solver/, program/ or check/: it reads the instance
 * by io/, the mapping and the certificate by itself, and counts everything anew. docs/certificate.md.
 *
 * Every amount is a whole number: hundredths of the currency times `scale`. */
#ifndef SORTIE_TOOLS_VERIFY_H
#define SORTIE_TOOLS_VERIFY_H

#include <gmp.h>
#include <jansson.h>

#include "model/instance.h"

enum row_kind {
    DEMAND,
    AIRFRAMES,
    AIRFRAME_END,
    CREWS,
    CREW_END,
    MOG,
    ARRIVALS,
    PAX,
    INSPECTION,
    ROLLING,
    LOADS,
    CROSSING,
    N_ROW_KINDS
};

struct row {
    enum row_kind kind;
    int32_t a, b;
    sec_t at, span;
    mpz_t dual; /* amount for a coefficient of 1 */
    mpz_t rhs;  /* dual times right-hand side */
    bool *has;    /* [n_demands] of LOADS and CROSSING */
    bool *inside; /* [n_airfields] of CROSSING */
    int64_t size, rest;
};

struct group {
    int32_t *member;
    size_t n;
    bool used; /* its place is no allowed end: those who fly count in a variable of their own */
    int32_t home;
};

struct verify {
    const struct instance *inst;
    struct row *row;
    size_t n_rows;
    struct group *airframe, *crew;
    size_t n_airframe, n_crew;
    mpz_t scale;
    int64_t bound; /* claimed, in hundredths */
};

/* A mission, or a route whose rides are not chosen yet. */
struct flown {
    int32_t type;
    struct stop *stop; /* [n + 1] */
    int32_t n;
};

/* Says what is wrong and ends: 1 where the certificate does not hold, 3 where a file cannot be read. */
_Noreturn void reject(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void bad_input(const char *format, ...) __attribute__((format(printf, 1, 2)));
void *room(size_t n, size_t size);

/* verify_rows.c: the certificate's rows, each checked to be one that every valid schedule keeps. */
void read_certificate(struct verify *v, const char *path);
/* Adds what a mission pays: for what all share, for the airframe group, for the crew group. */
void add_common(const struct verify *v, const struct flown *f, mpz_t sum);
void add_airframe(const struct verify *v, const struct flown *f, int32_t group, mpz_t sum);
void add_crew(const struct verify *v, const struct flown *f, int32_t group, mpz_t sum);
/* Whether the mission lands more often than a cap allows, by itself: no valid schedule has it. */
bool beyond_caps(const struct verify *v, const struct flown *f);
/* Whether it needs more parking somewhere than there is, by itself. */
bool beyond_parking(const struct verify *v, const struct flown *f);
/* What the "used" variable of a group pays; where it has none, 0. */
void used_cost(const struct verify *v, bool airframes, int32_t group, mpz_t cost);
/* From when on an airframe may begin, a crew show. */
sec_t first_instant(const struct verify *v, bool airframes, int32_t who);
bool in_limit(const struct limit *limit, int32_t airfield);
int64_t waste(const struct row *row, int64_t pax);

/* verify_loads.c: most that a load of the route earns, delay paid. False where nothing valid can be aboard, not even
 * nobody. Where it takes too long *relaxed is set, and `most` is no less than the best. */
bool best_load(const struct verify *v, const struct flown *f, mpz_t most, bool *relaxed);
/* What a given load earns. */
void load_value(const struct verify *v, const struct flown *f, const struct ride *ride, size_t n, mpz_t value);

#endif
