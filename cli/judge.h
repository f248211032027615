/* An instance with a schedule, read and judged: what check and show begin with. */
#ifndef SORTIE_CLI_JUDGE_H
#define SORTIE_CLI_JUDGE_H

#include <stdbool.h>

#include "check/check.h"
#include "cli/options.h"
#include "io/show_text.h"

struct judged {
    struct instance inst;
    struct plan plan;
    struct verdict verdict;
};

/* Reads options->file[0] and [1] and judges. On failure everything is said, nothing is left allocated and the exit code
 * is returned; EXIT_GOOD says nothing about the verdict. Warns about a schedule of another instance. */
int judge_files(const struct options *options, struct judged *judged);
void judged_release(struct judged *judged);

/* Whether the file holds a schedule at all: its status may say that there is none. */
bool has_schedule(const struct plan *plan);

/* Every breach on a line. */
void breaches_write(const struct verdict *verdict, struct text *to);

/* Adds a line for each figure of the plan that does not agree with the checker's: the cost by term, and a bound above
 * the cost. True when there is none. */
bool figures_agree(const struct plan *plan, const struct verdict *verdict, const char *currency, struct text *to);

/* Warns of breaches and of figures that do not agree. */
void warn_where_not_valid(const struct judged *judged);

/* The amount with its currency, where there is one. */
void money_write(cent_t amount, const char *currency, struct text *to);

#endif
