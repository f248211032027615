#include "batch/tell.h"

#include <stdio.h>

#include "io/json_text.h"
#include "model/clock.h"

enum { BAR_COLUMNS = 24 };
#define BAR_EVERY_S 0.1

void tell_begin(struct tell *tell, enum tell_kind kind, size_t n)
{
    *tell = (struct tell){.kind = kind, .n = n, .shown_at = -1, .began = clock_seconds()};
}

void tell_kept(struct tell *tell, const struct outcome *outcome)
{
    tell->done++;
    tell->before++;
    tell->count[outcome->status]++;
}

size_t tell_failed(const struct tell *tell)
{
    size_t failed = 0;
    for (int i = OUTCOME_BAD_INPUT; i < N_OUTCOME_STATUSES; i++)
        failed += tell->count[i];
    return failed;
}

double tell_left_s(const struct tell *tell)
{
    size_t now = tell->done - tell->before;
    return now > 0 ? (clock_seconds() - tell->began) / (double)now * (double)(tell->n - tell->done) : -1;
}

static void tell_json(const struct tell *tell, const struct outcome *outcome)
{
    struct text text;
    text_init(&text);
    text_addf(&text, "{\"time\":%.3f,\"done\":%zu,\"of\":%zu,\"failed\":%zu,\"left_s\":%.1f,\"instance\":",
              clock_seconds() - tell->began, tell->done, tell->n, tell_failed(tell), tell_left_s(tell));
    text_add_json(&text, outcome->instance);
    text_addf(&text, ",\"status\":\"%s\",\"seconds\":%.3f}\n", outcome_status_text(outcome->status), outcome->seconds);
    if (!text.failed)
        fputs(text.bytes, stderr);
    fflush(stderr);
    text_release(&text);
}

void tell_outcome(struct tell *tell, const struct outcome *outcome)
{
    tell->done++;
    tell->count[outcome->status]++;
    if (tell->kind == TELL_JSON)
        tell_json(tell, outcome);
    tell_bar(tell);
}

void tell_bar(struct tell *tell)
{
    double now = clock_seconds() - tell->began;
    if (tell->kind != TELL_BAR || (tell->shown_at >= 0 && now - tell->shown_at < BAR_EVERY_S))
        return;
    char bar[BAR_COLUMNS + 1], left[48] = "";
    size_t full = tell->n > 0 ? BAR_COLUMNS * tell->done / tell->n : 0;
    for (size_t i = 0; i < BAR_COLUMNS; i++)
        bar[i] = i < full ? '=' : i == full ? '>' : ' ';
    bar[BAR_COLUMNS] = '\0';
    double left_s = tell_left_s(tell);
    if (left_s >= 0) {
        long long s = (long long)(left_s + 0.5);
        snprintf(left, sizeof left, "  %lld:%02d:%02d left", s / 3600, (int)(s / 60 % 60), (int)(s % 60));
    }
    fprintf(stderr, "\r[%s] %zu/%zu", bar, tell->done, tell->n);
    if (now > 0)
        fprintf(stderr, "  %.1f/s", (double)(tell->done - tell->before) / now);
    fprintf(stderr, "%s  failed %zu\033[K", left, tell_failed(tell));
    fflush(stderr);
    tell->shown_at = now;
}

void tell_end(struct tell *tell)
{
    if (tell->shown_at >= 0)
        fputs("\r\033[K", stderr);
    tell->shown_at = -1;
}
