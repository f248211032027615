/* The command line of every command, read strictly: a number is a number to its last character, a misspelled option is
 * refused. */
#ifndef SORTIE_CLI_OPTIONS_H
#define SORTIE_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/error.h"

/* Bit of the option; which of them a command takes stands in the command table. */
enum option_bit {
    OPTION_OUTPUT = 1 << 0,
    OPTION_TIME_LIMIT = 1 << 1,
    OPTION_GAP = 1 << 2,
    OPTION_THREADS = 1 << 3,
    OPTION_SEED = 1 << 4,
    OPTION_QUIET = 1 << 5,
    OPTION_PROGRESS = 1 << 6,
    OPTION_JSON = 1 << 7,
    OPTION_TO = 1 << 8,
    OPTION_SET = 1 << 9,
    OPTION_INIT = 1 << 10,
    OPTION_JOBS = 1 << 11,
    OPTION_GRACE = 1 << 12,
    OPTION_MEMORY = 1 << 13,
    OPTION_SHARD = 1 << 14,
    OPTION_RESUME = 1 << 15,
    OPTION_MISSION = 1 << 16,
    OPTION_ANEW = 1 << 17,
    OPTION_MAP = 1 << 20,
    OPTION_MAX_COLUMNS = 1 << 21,
    OPTION_FAMILY = 1 << 22,
    OPTION_SIZE = 1 << 23,
    OPTION_DAYS = 1 << 24,
    OPTION_TIGHT = 1 << 25,
    OPTION_REPORT = 1 << 26,
    OPTION_BINDING = 1 << 27,
    OPTION_SLURM = 1 << 18,
    OPTION_WORK = 1 << 19,
    OPTION_CERTIFICATE = 1 << 28,
};

#define OPTIONS_MOST_FILES    3
#define OPTIONS_MOST_THREADS  256
#define OPTIONS_MOST_SETTINGS 256
#define OPTIONS_MOST_JOBS     1024
#define OPTIONS_MOST_SHARDS   1000000
#define OPTIONS_MOST_MIB      (1 << 30)
#define OPTIONS_MOST_SIZE     2000
#define OPTIONS_MOST_DAYS     60
#define OPTIONS_MOST_BINDING  9
#define OPTIONS_MOST_SECONDS  1e9
#define OPTIONS_COLUMNS       200000 /* of an exported program, where nothing else is asked for */
#define OPTIONS_MOST_COLUMNS  100000000

struct options {
    const char *file[OPTIONS_MOST_FILES]; /* arguments that are no options; NULL where not given */
    int n_files;
    const char *output;  /* "-": standard output */
    const char *init;    /* folder for templates; NULL where not given */
    double time_limit_s; /* 0: none */
    double work_limit;   /* units; 0: none */
    double gap;
    int threads;
    uint64_t seed;
    const char *format;                     /* NULL where not given */
    const char *set[OPTIONS_MOST_SETTINGS]; /* [n_set] KEY=VALUE, as given */
    size_t n_set;
    const char *map;         /* NULL where not given */
    const char *certificate; /* NULL where not given */
    int64_t max_columns;
    bool quiet, progress_json, json, help;
    int jobs;            /* 0: as many as there are processors */
    int shard, n_shards; /* shard 1 to n_shards; 0: not asked for */
    int slurm;           /* parts; 0: not asked for */
    double grace_s;
    int64_t memory_mib; /* 0: no limit */
    bool resume, report;
    const char *mission; /* NULL where not given */
    bool anew;
    const char *family; /* NULL where not given */
    int size, days;
    int binding;                                /* kinds of rule */
    int tight_windows, tight_fleet, tight_caps; /* thousandths */
};

/* Reads argv[0 .. argc-1], what follows the command. Defaults are filled in. ERR_USAGE on failure. */
bool options_parse(int argc, char **argv, unsigned takes, struct options *options, struct error *err);

#endif
