/* sortie batch: many instances, one row of results for each. */
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "batch/batch.h"
#include "batch/slurm.h"
#include "cli/cli.h"
#include "cli/say.h"

static enum tell_kind way_to_tell(const struct options *options)
{
    if (options->progress_json)
        return TELL_JSON;
    if (options->quiet)
        return TELL_NOTHING;
    return isatty(STDERR_FILENO) == 1 ? TELL_BAR : TELL_JSON;
}

/* Those that this process may use. */
static int processors(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : (int)sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > OPTIONS_MOST_JOBS ? OPTIONS_MOST_JOBS : n;
}

static int submit(const struct batch_options *batch, int n_parts)
{
    struct error err;
    char array[SLURM_ID_SIZE], last[SLURM_ID_SIZE];
    error_init(&err);
    if (!slurm_submit(batch, n_parts, array, last, &err))
        return fail(&err);
    say("submitted: job %s, %d parts; job %s writes the results", array, n_parts, last);
    return EXIT_GOOD;
}

/* "12 of 20 done, 3 of them before: 11 optimal, 1 crashed" */
static void summarise(const struct tell *tell)
{
    struct text text;
    text_init(&text);
    text_addf(&text, "%zu of %zu done", tell->done, tell->n);
    if (tell->before > 0)
        text_addf(&text, ", %zu of them before", tell->before);
    const char *before = ": ";
    for (int i = 0; i < N_OUTCOME_STATUSES; i++) {
        if (tell->count[i] == 0)
            continue;
        text_addf(&text, "%s%zu %s", before, tell->count[i], outcome_status_text((enum outcome_status)i));
        before = ", ";
    }
    say_text(&text);
}

int cmd_batch(const struct options *options)
{
    if (strcmp(options->output, "-") == 0) {
        say("batch needs -o with a folder for the results");
        return EXIT_USAGE;
    }
    const struct batch_options batch = {
        .instances = options->file[0],
        .out = options->output,
        .solve = {.time_limit_s = options->time_limit_s, .gap = options->gap, .seed = options->seed},
        .threads = options->threads,
        .limits = {.time_s = options->time_limit_s, .grace_s = options->grace_s, .memory_mib = options->memory_mib},
        .jobs = options->jobs > 0    ? options->jobs
                : options->slurm > 0 ? 1
                                     : processors(),
        .part = {.shard = options->shard, .n_shards = options->n_shards},
        .resume = options->resume,
        .tell = way_to_tell(options),
    };
    if (options->slurm > 0 && options->shard > 0) {
        say("--slurm makes the parts itself: not with --shard");
        return EXIT_USAGE;
    }
    if (options->slurm > 0)
        return submit(&batch, options->slurm);
    struct batch_result result;
    struct error err;
    error_init(&err);
    if (!batch_run(&batch, &result, &err))
        return fail(&err);
    if (result.interrupted)
        say("stopped; --resume goes on with it");
    if (!options->quiet || result.interrupted)
        summarise(&result.tell);
    return result.interrupted ? EXIT_NO_ANSWER : EXIT_GOOD;
}
