/* Outcomes as JSON lines and as CSV (docs/batch.md). */
#ifndef SORTIE_IO_OUTCOME_JSON_H
#define SORTIE_IO_OUTCOME_JSON_H

#include <stddef.h>

#include "io/show_text.h"
#include "model/outcome.h"

/* {"status": ..., figures}: what `sortie solve --json` prints. Figures where the status has them. */
void figures_write(enum outcome_status status, const struct figures *figures, struct text *to);

/* Reads it back from `size` bytes; false, and nothing set, where it is something else. */
bool figures_read(const char *bytes, size_t size, enum outcome_status *status, struct figures *figures);

/* One line, newline included: the answer first, what was measured last. */
void outcome_write(const struct outcome *outcome, struct text *to);

/* Reads such a line; the caller releases `outcome`, which is initialised here. False where it is something else or
 * memory ran out. */
bool outcome_read(const char *line, size_t size, struct outcome *outcome);

/* Rows of CSV (RFC 4180, but lines end with \n). `measured`: with the columns of times and memory, which come last and
 * differ from run to run. */
void outcome_csv_heading(bool measured, struct text *to);
void outcome_csv(const struct outcome *outcome, bool measured, struct text *to);

/* Sets the column of that name from a field of CSV; an empty one leaves what outcome_init set. False where there is no
 * such column, the field is none of its values, or memory ran out. */
bool outcome_set(struct outcome *outcome, const char *column, const char *field);

#endif
