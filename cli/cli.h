/* What the commands share: the table of commands, exit codes and the two ways of speaking. The answer goes to standard
 * output, all else to standard error. */
#ifndef SORTIE_CLI_CLI_H
#define SORTIE_CLI_CLI_H

#include <stdbool.h>

#include "cli/options.h"
#include "io/show_text.h"
#include "model/error.h"

enum exit_code {
    EXIT_GOOD = 0,      /* done */
    EXIT_BREACH = 1,    /* the schedule breaks rules */
    EXIT_USAGE = 2,     /* the command line is wrong */
    EXIT_INPUT = 3,     /* a file cannot be read, written or understood */
    EXIT_NO_ANSWER = 4, /* stopped before there was a schedule, or none is possible */
    EXIT_INTERNAL = 5,  /* a fault of this program or of the machine */
};

struct command {
    const char *name;
    const char *arguments; /* "INSTANCE [OPTION]..." */
    const char *summary;   /* one line */
    const char *help;      /* options, then an example */
    int least_files, most_files;
    unsigned takes; /* OPTION_..., or-ed */
    int (*run)(const struct options *options);
    void (*more_help)(struct text *to); /* what the help says after `help`; NULL: nothing */
};

int cmd_solve(const struct options *options);
int cmd_check(const struct options *options);
int cmd_load(const struct options *options);
int cmd_show(const struct options *options);
int cmd_export(const struct options *options);
int cmd_model(const struct options *options);
int cmd_import_solution(const struct options *options);
int cmd_validate(const struct options *options);
int cmd_catalogue(const struct options *options);
int cmd_import(const struct options *options);
int cmd_batch(const struct options *options);
int cmd_bench(const struct options *options);
int cmd_report(const struct options *options);
int cmd_generate(const struct options *options);

/* The formats and their settings. */
void export_help(struct text *to);
void generate_help(struct text *to);

#endif
