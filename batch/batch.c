#include "batch/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch/folder.h"
#include "batch/results.h"
#include "io/digest.h"
#include "io/json_text.h"
#include "io/outcome_json.h"
#include "io/whole_file.h"
#include "model/clock.h"

#define LONGEST_WAIT_S 0.2 /* the bar moves at least so often */

/* A process and the instance it is at. */
struct slot {
    struct child child;
    size_t item;
};

struct batch {
    const struct batch_options *options;
    struct batch_list list;
    struct outcome *outcome; /* [list.n] */
    bool *is_done;           /* [list.n] */
    struct journal journal;
    struct batch_folder folder;
    struct slot *slot; /* [options->jobs] */
    int n_running;
    size_t next; /* first item that may not have been started */
    sigset_t signals_before;
    struct batch_result *result;
    struct error *err;
};

/* --- what is finished already */

static bool digest_file(const char *path, char hex[DIGEST_SIZE])
{
    size_t size;
    char *bytes = whole_file_read(path, &size, NULL);
    if (bytes)
        digest(bytes, size, hex);
    free(bytes);
    return bytes != NULL;
}

static bool is_mine(const struct batch *b, size_t item)
{
    const struct journal_part *part = &b->options->part;
    return part->shard == 0 || item % (size_t)part->n_shards == (size_t)part->shard - 1;
}

/* Whether an outcome with a file has it still. */
static bool has_file(const struct batch *b, const struct outcome *outcome)
{
    if (outcome->status > OUTCOME_UNKNOWN)
        return true;
    char *path = folder_schedule(b->options->out, outcome->instance, NULL);
    bool there = path && access(path, F_OK) == 0;
    free(path);
    return there;
}

/* An outcome stays while the instance has the same bytes; a file that could not be read or written may be good by now.
 */
static bool still_holds(const struct batch *b, size_t item)
{
    char hex[DIGEST_SIZE] = "";
    const struct outcome *outcome = &b->outcome[item];
    digest_file(b->list.item[item].path, hex);
    return outcome->status != OUTCOME_IO_ERROR && strcmp(hex, outcome->sha256) == 0 && has_file(b, outcome);
}

static void keep_finished(struct batch *b)
{
    for (size_t i = 0; i < b->list.n; i++) {
        b->is_done[i] = b->is_done[i] && is_mine(b, i) && still_holds(b, i);
        if (b->is_done[i])
            tell_kept(&b->result->tell, &b->outcome[i]);
    }
}

/* --- processes */

/* The arguments of one search; `numbers` holds what they point to. */
struct arguments {
    char time_limit[40], gap[40], seed[40], threads[40];
};

static bool start(struct batch *b, struct slot *slot, size_t item)
{
    struct arguments a;
    char name[40];
    const struct plan_options *solve = &b->options->solve;
    struct outcome *outcome = &b->outcome[item];
    outcome_release(outcome);
    outcome->instance = strdup(b->list.item[item].name);
    digest_file(b->list.item[item].path, outcome->sha256);
    snprintf(a.time_limit, sizeof a.time_limit, "%.15g", solve->time_limit_s);
    snprintf(a.gap, sizeof a.gap, "%.15g", solve->gap);
    snprintf(a.seed, sizeof a.seed, "%llu", (unsigned long long)solve->seed);
    snprintf(a.threads, sizeof a.threads, "%d", b->options->threads);
    snprintf(name, sizeof name, "%zu.json", item);
    char *output = folder_running(&b->folder, name, b->err);
    char *argv[] = {
        "sortie", "solve", "--quiet",   "--json",  "--time-limit", a.time_limit, "--gap", a.gap,
        "--seed", a.seed,  "--threads", a.threads, "-o",           output,       "--",    b->list.item[item].path,
        NULL};
    slot->item = item;
    bool good = output && (outcome->instance || error_set(b->err, ERR_MEMORY, "out of memory")) &&
                child_start(&slot->child, argv, &b->options->limits, &b->signals_before, b->err);
    free(output);
    b->n_running += good;
    return good;
}

static bool start_some(struct batch *b)
{
    for (int i = 0; i < b->options->jobs && !b->result->interrupted; i++) {
        while (b->next < b->list.n && (b->is_done[b->next] || !is_mine(b, b->next)))
            b->next++;
        if (b->next == b->list.n)
            break;
        if (b->slot[i].child.pid == 0 && !start(b, &b->slot[i], b->next++))
            return false;
    }
    return true;
}

/* The path of the instance depends on where the batch was started: its name stands in the message instead. */
static bool name_instance(struct outcome *outcome, const char *path, struct error *err)
{
    struct text text;
    text_init(&text);
    const char *rest = outcome->message ? outcome->message : "";
    for (const char *at; (at = strstr(rest, path)) != NULL; rest = at + strlen(path)) {
        text_add(&text, rest, (size_t)(at - rest));
        text_addf(&text, "%s", outcome->instance);
    }
    text_addf(&text, "%s", rest);
    free(outcome->message);
    outcome->message = text_take(&text, err);
    return outcome->message != NULL;
}

/* The schedule takes its place before the journal says that it has. */
static bool settle(struct batch *b, const struct slot *slot, struct text *lines)
{
    char name[40];
    struct outcome *outcome = &b->outcome[slot->item];
    snprintf(name, sizeof name, "%zu.json", slot->item);
    char *running = folder_running(&b->folder, name, b->err);
    char *place = running ? folder_schedule(b->options->out, outcome->instance, b->err) : NULL;
    bool good = place && name_instance(outcome, b->list.item[slot->item].path, b->err);
    if (good && outcome->status <= OUTCOME_UNKNOWN)
        good = folder_move(running, place, b->err);
    else if (good)
        unlink(place); /* of other options or another instance of that name */
    free(running);
    free(place);
    if (good)
        outcome_write(outcome, lines);
    return good;
}

/* What has ended since: settled, its place taken by the next, and only then waited for the disk. */
static bool reap(struct batch *b)
{
    struct text lines;
    size_t *ended = calloc((size_t)b->options->jobs, sizeof *ended), n = 0;
    text_init(&lines);
    bool good = ended != NULL || error_set(b->err, ERR_MEMORY, "out of memory");
    for (int i = 0; i < b->options->jobs && good; i++) {
        struct slot *slot = &b->slot[i];
        if (slot->child.pid == 0 || !child_ended(&slot->child, &b->outcome[slot->item]))
            continue;
        b->n_running--;
        ended[n++] = slot->item;
        good = settle(b, slot, &lines);
    }
    good = good && start_some(b) && (n == 0 || journal_append(&b->journal, &lines, b->err));
    for (size_t i = 0; i < n && good; i++) {
        b->is_done[ended[i]] = true;
        tell_outcome(&b->result->tell, &b->outcome[ended[i]]);
    }
    text_release(&lines);
    free(ended);
    return good;
}

/* Until a process ends, a deadline comes or the user wants to stop. */
static void wait_a_little(struct batch *b, const sigset_t *signals)
{
    double wait = LONGEST_WAIT_S;
    for (int i = 0; i < b->options->jobs; i++) {
        if (b->slot[i].child.pid == 0)
            continue;
        double left = child_watch(&b->slot[i].child, &b->options->limits);
        wait = left < wait ? left : wait;
    }
    struct timespec most = {.tv_sec = 0, .tv_nsec = (long)(wait * 1e9)};
    int got = sigtimedwait(signals, NULL, &most);
    b->result->interrupted = b->result->interrupted || got == SIGINT || got == SIGTERM;
    tell_bar(&b->result->tell);
}

static bool run_all(struct batch *b)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, &b->signals_before);
    bool good = start_some(b);
    while (good && b->n_running > 0 && !b->result->interrupted) {
        wait_a_little(b, &signals);
        good = reap(b);
    }
    for (int i = 0; i < b->options->jobs; i++)
        if (b->slot[i].child.pid != 0)
            child_drop(&b->slot[i].child);
    sigprocmask(SIG_SETMASK, &b->signals_before, NULL);
    return good;
}

/* --- the whole */

/* The line of the journal that says by what the outcomes after it were made. */
static bool describe_run(const struct batch_options *options, struct text *line)
{
    text_addf(line, "{\"run\":{\"program\":\"sortie " SORTIE_VERSION "\",\"time_limit_s\":");
    text_add_number(line, options->solve.time_limit_s);
    text_addf(line, ",\"gap\":");
    text_add_number(line, options->solve.gap);
    text_addf(line, ",\"threads\":%d,\"seed\":%llu,\"grace_s\":", options->threads,
              (unsigned long long)options->solve.seed);
    text_add_number(line, options->limits.grace_s);
    text_addf(line, ",\"memory_mib\":%lld}}\n", (long long)options->limits.memory_mib);
    return !line->failed;
}

static bool run_in_folder(struct batch *b)
{
    struct text run;
    const struct batch_options *options = b->options;
    const struct journal_part *part = &options->part;
    char name[40] = "";
    if (part->shard > 0)
        snprintf(name, sizeof name, "%d-of-%d", part->shard, part->n_shards);
    text_init(&run);
    bool good = (describe_run(options, &run) || error_set(b->err, ERR_MEMORY, "out of memory")) &&
                journal_open(&b->journal, options->out, *part, options->resume, run.bytes, &b->list, b->outcome,
                             b->is_done, b->err);
    text_release(&run);
    if (!good)
        return false;
    good = folder_open(&b->folder, options->out, name, b->err);
    if (good)
        keep_finished(b);
    good = good && run_all(b);
    tell_end(&b->result->tell);
    if (good && !b->result->interrupted && part->shard == 0)
        good = results_write(&b->folder, b->outcome, b->list.n, b->err);
    folder_close(&b->folder);
    journal_close(&b->journal);
    return good;
}

bool batch_run(const struct batch_options *options, struct batch_result *result, struct error *err)
{
    struct batch b = {.options = options, .result = result, .err = err};
    *result = (struct batch_result){0};
    if (!batch_list_read(options->instances, &b.list, err))
        return false;
    size_t mine = 0;
    for (size_t i = 0; i < b.list.n; i++)
        mine += is_mine(&b, i);
    tell_begin(&result->tell, options->tell, mine);
    b.outcome = calloc(b.list.n, sizeof *b.outcome);
    b.is_done = calloc(b.list.n, sizeof *b.is_done);
    b.slot = calloc((size_t)options->jobs, sizeof *b.slot);
    bool good = (b.outcome && b.is_done && b.slot) || error_set(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < b.list.n && good; i++)
        outcome_init(&b.outcome[i]);
    good = good && folder_make(options->out, err) && run_in_folder(&b);
    for (size_t i = 0; i < b.list.n && b.outcome; i++)
        outcome_release(&b.outcome[i]);
    free(b.outcome);
    free(b.is_done);
    free(b.slot);
    batch_list_release(&b.list);
    return good;
}
