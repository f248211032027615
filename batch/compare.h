/* Two result tables of the same instances: means, who is better how often, and whether that may be chance. */
#ifndef SORTIE_BATCH_COMPARE_H
#define SORTIE_BATCH_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/error.h"
#include "model/outcome.h"

struct results {
    struct outcome *outcome; /* [n], by name */
    size_t n;
};

/* Reads a results.csv; the caller releases `results`. ERR_INPUT where a column is missing or unknown, a field wrong, or
 * an instance there twice. */
bool results_read(const char *path, struct results *results, struct error *err);
void results_release(struct results *results);

/* A measure over all pairs. Whichever run has none of its own is counted, never left out: see compare_results. */
struct measure_of_two {
    double mean[2];   /* shifted geometric */
    size_t better[2]; /* pairs in which the one, or the other, is better */
    size_t ties;
    double chance; /* two-sided sign test: so uneven a split, or more, were both as good */
};

struct comparison {
    size_t pairs, only[2], changed; /* changed: the instance is not the same file in both, and not counted */
    size_t optimal[2], with_plan[2], failed[2];
    struct measure_of_two cost, bound, gap, seconds;
    double longest_s; /* of all runs of the pairs */
};

#define COMPARE_GAP_SHIFT  0.01
#define COMPARE_TIME_SHIFT 1.0 /* seconds */

/* Pairs of runs of the same instance. A run without a schedule has the gap 1, loses on cost and bound against one with,
 * and ties with another; one that says rightly or wrongly that there is none has the gap 0. A run that failed took as
 * long as the longest of all. Times within a tenth and 50 ms of each other are ties; the means of cost and bound are
 * not formed. */
void compare_results(const struct results *a, const struct results *b, struct comparison *comparison);

/* Probability of at most min(wins, losses), twice, of wins + losses even chances; 1 at most. */
double sign_test(size_t wins, size_t losses);

#endif
