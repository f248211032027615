#include "cli/options.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/suggest.h"

struct option_name {
    const char *name;
    char letter; /* 0: none */
    bool has_value;
    unsigned bit; /* 0: taken by every command */
};

static const struct option_name known[] = {
    {"--output", 'o', true, OPTION_OUTPUT},
    {"--time-limit", 0, true, OPTION_TIME_LIMIT},
    {"--gap", 0, true, OPTION_GAP},
    {"--threads", 0, true, OPTION_THREADS},
    {"--deterministic-limit", 0, true, OPTION_WORK},
    {"--seed", 0, true, OPTION_SEED},
    {"--quiet", 'q', false, OPTION_QUIET},
    {"--progress", 0, true, OPTION_PROGRESS},
    {"--json", 0, false, OPTION_JSON},
    {"--to", 0, true, OPTION_TO},
    {"--set", 0, true, OPTION_SET},
    {"--init", 0, true, OPTION_INIT},
    {"--jobs", 'j', true, OPTION_JOBS},
    {"--grace", 0, true, OPTION_GRACE},
    {"--memory", 0, true, OPTION_MEMORY},
    {"--shard", 0, true, OPTION_SHARD},
    {"--slurm", 0, true, OPTION_SLURM},
    {"--resume", 0, false, OPTION_RESUME},
    {"--mission", 0, true, OPTION_MISSION},
    {"--anew", 0, false, OPTION_ANEW},
    {"--map", 0, true, OPTION_MAP},
    {"--max-columns", 0, true, OPTION_MAX_COLUMNS},
    {"--family", 0, true, OPTION_FAMILY},
    {"--size", 0, true, OPTION_SIZE},
    {"--days", 0, true, OPTION_DAYS},
    {"--tight", 0, true, OPTION_TIGHT},
    {"--report", 0, false, OPTION_REPORT},
    {"--binding", 0, true, OPTION_BINDING},
    {"--certificate", 0, true, OPTION_CERTIFICATE},
    {"--help", 'h', false, 0},
};
enum { N_KNOWN = sizeof known / sizeof known[0] };

/* --- numbers */

/* A decimal number, digits first: none of what strtod takes besides (blanks, signs, hexadecimal, names). */
static bool parse_real(const char *text, double *value)
{
    if (text[strspn(text, "0123456789.eE+-")] != '\0' || text[0] < '0' || text[0] > '9')
        return false;
    char *end;
    errno = 0;
    *value = strtod(text, &end);
    return *end == '\0' && isfinite(*value) && *value >= 0;
}

static bool parse_whole(const char *text, uint64_t *value)
{
    if (*text == '\0' || text[strspn(text, "0123456789")] != '\0')
        return false;
    errno = 0;
    *value = strtoull(text, NULL, 10);
    return errno == 0;
}

/* --name: a whole number from least to most. */
static bool set_whole(const char *name, const char *text, uint64_t least, uint64_t most, uint64_t *value,
                      struct error *err)
{
    if (parse_whole(text, value) && *value >= least && *value <= most)
        return true;
    return error_set(err, ERR_USAGE, "%s must be a whole number from %" PRIu64 " to %" PRIu64 ", got \"%s\"", name,
                     least, most, text);
}

/* "3/16": the third of sixteen. */
static bool set_shard(struct options *options, const char *text, struct error *err)
{
    int end = 0;
    if (text[strspn(text, "0123456789/")] == '\0' && strlen(text) < 20 &&
        sscanf(text, "%d/%d%n", &options->shard, &options->n_shards, &end) == 2 && text[end] == '\0' &&
        options->shard >= 1 && options->shard <= options->n_shards && options->n_shards <= OPTIONS_MOST_SHARDS)
        return true;
    return error_set(err, ERR_USAGE, "--shard must be I/N, I from 1 to N and N at most %d, got \"%s\"",
                     OPTIONS_MOST_SHARDS, text);
}

/* "0.8" for all, "caps=0.8" for one. */
static bool set_tight(struct options *options, const char *text, struct error *err)
{
    const struct {
        const char *name;
        int *value;
    } knob[] = {
        {"windows=", &options->tight_windows}, {"fleet=", &options->tight_fleet}, {"caps=", &options->tight_caps}};
    enum { N_KNOBS = sizeof knob / sizeof knob[0] };
    int named = 0;
    while (named < N_KNOBS && strncmp(text, knob[named].name, strlen(knob[named].name)) != 0)
        named++;
    double value;
    if (!parse_real(text + (named < N_KNOBS ? strlen(knob[named].name) : 0), &value) || value > 1)
        return error_set(err, ERR_USAGE, "--tight must be T, windows=T, fleet=T or caps=T, T from 0 to 1, got \"%s\"",
                         text);
    for (int i = 0; i < N_KNOBS; i++)
        if (i == named || named == N_KNOBS)
            *knob[i].value = (int)lround(value * 1000);
    return true;
}

static bool option_set(struct options *options, const struct option_name *option, const char *value, struct error *err)
{
    double real = 0;
    uint64_t whole = 0;
    switch (option->bit) {
    case OPTION_OUTPUT:
        if (*value == '\0')
            return error_set(err, ERR_USAGE, "--output needs a file name, got \"\"");
        options->output = value;
        return true;
    case OPTION_INIT:
        if (*value == '\0')
            return error_set(err, ERR_USAGE, "--init needs a folder, got \"\"");
        options->init = value;
        return true;
    case OPTION_TIME_LIMIT:
        if (!parse_real(value, &real) || real <= 0 || real > OPTIONS_MOST_SECONDS)
            return error_set(err, ERR_USAGE,
                             "--time-limit must be a number of seconds above 0 and at most 1e9, got \"%s\"", value);
        options->time_limit_s = real;
        return true;
    case OPTION_WORK:
        if (!parse_real(value, &real) || real <= 0 || real > OPTIONS_MOST_SECONDS)
            return error_set(err, ERR_USAGE,
                             "--deterministic-limit must be a number above 0 and at most 1e9, got \"%s\"", value);
        options->work_limit = real;
        return true;
    case OPTION_GAP:
        if (!parse_real(value, &real) || real >= 1)
            return error_set(err, ERR_USAGE, "--gap must be a fraction from 0 to below 1, got \"%s\"", value);
        options->gap = real;
        return true;
    case OPTION_THREADS:
        if (!set_whole("--threads", value, 1, OPTIONS_MOST_THREADS, &whole, err))
            return false;
        options->threads = (int)whole;
        return true;
    case OPTION_SEED:
        if (!set_whole("--seed", value, 0, INT64_MAX, &whole, err)) /* no more than a JSON reader takes */
            return false;
        options->seed = whole;
        return true;
    case OPTION_JOBS:
        if (!set_whole("--jobs", value, 1, OPTIONS_MOST_JOBS, &whole, err))
            return false;
        options->jobs = (int)whole;
        return true;
    case OPTION_GRACE:
        if (!parse_real(value, &real) || real > OPTIONS_MOST_SECONDS)
            return error_set(err, ERR_USAGE, "--grace must be a number of seconds from 0 to 1e9, got \"%s\"", value);
        options->grace_s = real;
        return true;
    case OPTION_MEMORY:
        if (!set_whole("--memory", value, 0, OPTIONS_MOST_MIB, &whole, err))
            return false;
        options->memory_mib = (int64_t)whole;
        return true;
    case OPTION_SHARD:
        return set_shard(options, value, err);
    case OPTION_FAMILY:
        options->family = value;
        return true;
    case OPTION_SIZE:
        if (!set_whole("--size", value, 1, OPTIONS_MOST_SIZE, &whole, err))
            return false;
        options->size = (int)whole;
        return true;
    case OPTION_DAYS:
        if (!set_whole("--days", value, 1, OPTIONS_MOST_DAYS, &whole, err))
            return false;
        options->days = (int)whole;
        return true;
    case OPTION_TIGHT:
        return set_tight(options, value, err);
    case OPTION_SLURM:
        if (!set_whole("--slurm", value, 1, OPTIONS_MOST_SHARDS, &whole, err))
            return false;
        options->slurm = (int)whole;
        return true;
    case OPTION_BINDING:
        if (!set_whole("--binding", value, 0, OPTIONS_MOST_BINDING, &whole, err))
            return false;
        options->binding = (int)whole;
        return true;
    case OPTION_REPORT:
        options->report = true;
        return true;
    case OPTION_RESUME:
        options->resume = true;
        return true;
    case OPTION_PROGRESS:
        if (strcmp(value, "json") != 0)
            return error_set(err, ERR_USAGE, "--progress must be \"json\", got \"%s\"", value);
        options->progress_json = true;
        return true;
    case OPTION_QUIET:
        options->quiet = true;
        return true;
    case OPTION_JSON:
        options->json = true;
        return true;
    case OPTION_TO:
        options->format = value;
        return true;
    case OPTION_SET:
        if (options->n_set == OPTIONS_MOST_SETTINGS)
            return error_set(err, ERR_USAGE, "--set can be given %d times at most", OPTIONS_MOST_SETTINGS);
        options->set[options->n_set++] = value;
        return true;
    case OPTION_MISSION:
        options->mission = value;
        return true;
    case OPTION_ANEW:
        options->anew = true;
        return true;
    case OPTION_MAP:
        if (*value == '\0')
            return error_set(err, ERR_USAGE, "--map needs a file name, got \"\"");
        options->map = value;
        return true;
    case OPTION_CERTIFICATE:
        if (*value == '\0')
            return error_set(err, ERR_USAGE, "--certificate needs a file name, got \"\"");
        options->certificate = value;
        return true;
    case OPTION_MAX_COLUMNS:
        if (!parse_whole(value, &whole) || whole < 1 || whole > OPTIONS_MOST_COLUMNS)
            return error_set(err, ERR_USAGE, "--max-columns must be a whole number from 1 to %d, got \"%s\"",
                             OPTIONS_MOST_COLUMNS, value);
        options->max_columns = (int64_t)whole;
        return true;
    default:
        options->help = true;
        return true;
    }
}

/* --- the command line */

static bool is_taken(const struct option_name *option, unsigned takes)
{
    return option->bit == 0 || (option->bit & takes) != 0;
}

static bool unknown_option(const char *name, unsigned takes, struct error *err)
{
    struct suggestion meant;
    for (int i = 0; i < N_KNOWN; i++) {
        bool same = strcmp(known[i].name, name) == 0 || (known[i].letter != '\0' && name[1] == known[i].letter);
        if (same && !is_taken(&known[i], takes))
            return error_set(err, ERR_USAGE, "this command does not take %s", known[i].name);
    }
    suggestion_init(&meant, name);
    for (int i = 0; i < N_KNOWN; i++)
        if (is_taken(&known[i], takes))
            suggestion_try(&meant, known[i].name);
    if (meant.best != NULL)
        return error_set(err, ERR_USAGE, "unknown option \"%s\"; did you mean \"%s\"?", name, meant.best);
    return error_set(err, ERR_USAGE, "unknown option \"%s\"; see --help", name);
}

/* The option that `word` names, with what is attached to it (--gap=0.1, -oFILE) in *attached, else NULL there. */
static const struct option_name *option_find(const char *word, unsigned takes, const char **attached, struct error *err)
{
    bool is_long = word[1] == '-';
    size_t size = is_long ? strcspn(word, "=") : 2;
    *attached = word[size] == '\0' ? NULL : word + size + (is_long ? 1 : 0);
    for (int i = 0; i < N_KNOWN; i++) {
        bool same = is_long ? strlen(known[i].name) == size && memcmp(known[i].name, word, size) == 0
                            : known[i].letter == word[1];
        if (same && is_taken(&known[i], takes))
            return &known[i];
    }
    char name[64];
    size_t kept = !is_long ? strlen(word) : size;
    kept = kept < sizeof name ? kept : sizeof name - 1;
    memcpy(name, word, kept);
    name[kept] = '\0';
    unknown_option(name, takes, err);
    return NULL;
}

bool options_parse(int argc, char **argv, unsigned takes, struct options *options, struct error *err)
{
    *options = (struct options){.output = "-",
                                .time_limit_s = -1,
                                .gap = 0.0001,
                                .threads = 1,
                                .seed = 1,
                                .grace_s = 60,
                                .memory_mib = 4096,
                                .max_columns = OPTIONS_COLUMNS,
                                .size = 6,
                                .days = 2,
                                .binding = 2,
                                .tight_windows = 500,
                                .tight_fleet = 500,
                                .tight_caps = 500};
    bool only_files = false;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        if (!only_files && strcmp(word, "--") == 0) {
            only_files = true;
            continue;
        }
        if (only_files || word[0] != '-' || word[1] == '\0') {
            if (options->n_files == OPTIONS_MOST_FILES)
                return error_set(err, ERR_USAGE, "too many arguments: \"%s\"", word);
            options->file[options->n_files++] = word;
            continue;
        }
        const char *value;
        const struct option_name *option = option_find(word, takes, &value, err);
        if (option == NULL)
            return false;
        if (!option->has_value && value != NULL)
            return error_set(err, ERR_USAGE, "%s takes no value, got \"%s\"", option->name, word);
        if (option->has_value && value == NULL) {
            if (i + 1 == argc)
                return error_set(err, ERR_USAGE, "%s needs a value", option->name);
            value = argv[++i];
        }
        if (!option_set(options, option, value, err))
            return false;
    }
    if (options->time_limit_s < 0) /* not given */
        options->time_limit_s = options->work_limit > 0 ? 0 : 300;
    return true;
}
