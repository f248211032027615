/* Inside of the checker: one judgement under way. */
#ifndef SORTIE_CHECK_JUDGE_H
#define SORTIE_CHECK_JUDGE_H

#include "check/check.h"

/* Instants and counts beyond these are breaches by themselves, so that sums of them cannot overflow. */
#define JUDGE_INSTANT ((sec_t)1 << 38)
#define JUDGE_PAX     1000000
#define JUDGE_STOPS   1000000

__extension__ typedef __int128 judge_wide; /* sums that no instance overflows */
int64_t judge_narrow(judge_wide sum);      /* the nearest int64_t */

struct judge {
    const struct instance *inst;
    const struct schedule *schedule;
    struct verdict *verdict;
    size_t room;
    bool *sound; /* [n_missions] indices and figures can be followed */
    bool failed; /* out of memory */
};

/* An id in a text, for "%.*s": long ones are cut, so that the figures behind them stay in the text. */
#define ID(id) judge_id_length(id), id
int judge_id_length(const char *id);

/* Adds a breach; its text is "R<rule> mission M<mission+1> stop <stop>: " and what the format gives. */
void judge_breach(struct judge *judge, int rule, size_t mission, int32_t stop, int64_t measured, int64_t allowed,
                  const char *format, ...) __attribute__((format(printf, 7, 8)));

enum { NO_STOP = -1 };
#define NO_MISSION SIZE_MAX

#define CLOCK_SIZE 32
/* An instant in UTC, or a duration as h:mm:ss. Both return `to`. */
const char *judge_instant(const struct judge *judge, sec_t t, char to[CLOCK_SIZE]);
const char *judge_duration(sec_t t, char to[CLOCK_SIZE]);

const struct aircraft_type *judge_type(const struct judge *judge, size_t mission);
sec_t judge_block(const struct judge *judge, size_t mission, size_t sortie); /* seconds; -1: not flyable */
bool judge_handled(const struct mission *m, size_t stop, bool *loads, bool *unloads);
gram_t judge_payload(const struct judge *judge, size_t mission, size_t sortie, int64_t *seats);
mnm_t judge_range(const struct aircraft_type *type, gram_t payload); /* -1: more than it carries */
bool judge_listed(const int32_t *list, size_t n, int32_t what);

void judge_structure(struct judge *judge);
void judge_missions(struct judge *judge);   /* what a mission can break alone */
void judge_sequences(struct judge *judge);  /* R1, R5, R6 over missions */
void judge_shared(struct judge *judge);     /* R7 parking, R8, R9 sums, R11 */
void judge_load_plans(struct judge *judge); /* R12 */
void judge_cost(struct judge *judge);

#endif
