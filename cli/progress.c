#include "cli/progress.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "io/show_time.h"

#define LINE_MOST    79 /* columns; a line that wraps cannot be overwritten */
#define LINE_EVERY_S 0.1

void progress_init(struct progress *progress, bool quiet, bool json)
{
    *progress = (struct progress){.kind = PROGRESS_NONE, .last_shown = -1};
    if (json)
        progress->kind = PROGRESS_JSON;
    else if (!quiet && isatty(STDERR_FILENO) == 1)
        progress->kind = PROGRESS_LINE;
}

/* Adds `"name":amount` or null to `line`, which has room. */
static void add_amount(char *line, size_t size, const char *name, cent_t amount, bool known)
{
    size_t n = strlen(line);
    if (known)
        snprintf(line + n, size - n, "\"%s\":%" PRId64 ".%02d,", name, amount / 100, (int)(amount % 100));
    else
        snprintf(line + n, size - n, "\"%s\":null,", name);
}

static void report_json(const struct solve_progress *now)
{
    char line[512];
    snprintf(line, sizeof line, "{\"time\":%.3f,", isfinite(now->seconds) ? now->seconds : 0.0);
    add_amount(line, sizeof line, "bound", now->bound, now->bound >= 0);
    add_amount(line, sizeof line, "best", now->best, now->best >= 0);
    size_t n = strlen(line);
    if (now->best >= 0 && isfinite(now->gap))
        snprintf(line + n, sizeof line - n, "\"gap\":%.6g,", now->gap);
    else
        snprintf(line + n, sizeof line - n, "\"gap\":null,");
    n = strlen(line);
    /* The phase is one of the solver's own words: nothing to escape. */
    snprintf(line + n, sizeof line - n, "\"columns\":%" PRId64 ",\"nodes\":%" PRId64 ",\"phase\":\"%s\"", now->columns,
             now->nodes, now->phase != NULL ? now->phase : "");
    fputs(line, stderr);
    static const char *const names[] = {
#define X(code, name) name,
        SEARCH_PHASES(X)
#undef X
    };
    for (int i = 0; now->phase_s && i < PHASE_REST; i++)
        fprintf(stderr, ",\"%s\":%.6f", names[i], now->phase_s[i]);
    fputs("}\n", stderr);
    fflush(stderr);
}

static void report_line(const struct solve_progress *now, struct progress *progress)
{
    if (progress->shown && now->seconds - progress->last_shown < LINE_EVERY_S)
        return;
    char best[SHOW_TIME_SIZE] = "none yet", bound[SHOW_TIME_SIZE] = "-", gap[SHOW_TIME_SIZE] = "-";
    if (now->best >= 0) {
        show_money(now->best, best);
        show_gap(now->gap, gap);
    }
    if (now->bound >= 0)
        show_money(now->bound, bound);
    char line[512];
    snprintf(line, sizeof line, "%.1f s  best %s  bound %s  gap %s  columns %" PRId64 "  nodes %" PRId64 "  %s",
             now->seconds, best, bound, gap, now->columns, now->nodes, now->phase != NULL ? now->phase : "");
    fprintf(stderr, "\r%.*s\033[K", LINE_MOST, line);
    fflush(stderr);
    progress->shown = true;
    progress->last_shown = now->seconds;
}

void progress_report(const struct solve_progress *now, void *context)
{
    struct progress *progress = context;
    if (progress->kind == PROGRESS_JSON)
        report_json(now);
    else if (progress->kind == PROGRESS_LINE)
        report_line(now, progress);
}

void progress_end(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
