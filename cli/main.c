/* The command table, help, and the way in. */
#include <signal.h>
#include <stddef.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/say.h"
#include "io/show_text.h"
#include "io/suggest.h"

static const struct command commands[] = {
    {"solve", "INSTANCE [OPTION]...", "find the cheapest schedule and prove how good it is",
     "  -o, --output OUT     write the schedule to OUT, whole or not at all;\n"
     "                       \"-\", the default, is standard output\n"
     "  --time-limit S       stop after S seconds with the best found (default 300)\n"
     "  --deterministic-limit UNITS\n"
     "                       stop after so much work, counted, not timed: about a second\n"
     "                       of one thread each; the same bytes anywhere. No time limit\n"
     "                       then, unless one is given\n"
     "  --gap G              stop when (cost - bound) / cost is at most G\n"
     "                       (default 0.0001)\n"
     "  --threads N          share the search out to N threads, 1 to 256; whatever N, the\n"
     "                       same is found (default 1)\n"
     "  --seed N             of the random choices of the search (default 1)\n"
     "  --certificate FILE   write rows and duals that prove the root's bound; see\n"
     "                       docs/certificate.md\n"
     "  -q, --quiet          say nothing but errors\n"
     "  --progress json      one JSON object a line on standard error: time, bound,\n"
     "                       best, gap, columns, nodes, phase\n"
     "  --json               with -o: what the search came to, one JSON object on\n"
     "                       standard output, with times and peak memory\n"
     "\n"
     "\"-\" as INSTANCE is standard input. Ctrl-C once ends the search and still writes\n"
     "the best schedule; twice ends the program at once.\n"
     "\n"
     "Example: sortie solve instances/example.json -o schedule.json\n",
     1, 1,
     OPTION_OUTPUT | OPTION_TIME_LIMIT | OPTION_WORK | OPTION_GAP | OPTION_THREADS | OPTION_SEED | OPTION_QUIET |
         OPTION_PROGRESS | OPTION_JSON | OPTION_CERTIFICATE,
     cmd_solve, NULL},
    {"check", "INSTANCE SCHEDULE", "judge a schedule by every rule and count its cost",
     "Prints \"valid\" with the cost, or every breach and every figure that is not\n"
     "true, each on a line of its own. \"-\" is standard input for one of the two.\n"
     "\n"
     "Example: sortie check instances/example.json schedule.json\n",
     2, 2, 0, cmd_check, NULL},
    {"show", "INSTANCE SCHEDULE", "print a schedule as tables for people",
     "Local times follow the airfields' time zones. \"-\" is standard input for one of\n"
     "the two.\n"
     "\n"
     "Example: sortie show instances/example.json schedule.json\n",
     2, 2, 0, cmd_show, NULL},
    {"load", "INSTANCE SCHEDULE [OPTION]...", "print who and what goes where in the cabin",
     "  --mission M          only this one, such as M012\n"
     "  --to text|json|svg   load sheets for printing (default), load plans as JSON, or\n"
     "                       drawings of the cabin, one for each sortie\n"
     "  --anew               make the load plans anew, the best there are\n"
     "  -o, --output OUT     file or, ending with '/', folder; \"-\", the default, is\n"
     "                       standard output\n"
     "\n"
     "Load plans that the schedule lacks are made. Exit status 1: a mission has none\n"
     "that is valid. \"-\" is standard input for one of the two.\n"
     "\n"
     "Example: sortie load instances/first-days.json schedule.json --to svg -o cabins/\n",
     2, 2, OPTION_OUTPUT | OPTION_TO | OPTION_MISSION | OPTION_ANEW, cmd_load, NULL},
    {"export", "INSTANCE SCHEDULE --to FORMAT [OPTION]...", "write a schedule for other systems",
     "  --to FORMAT          see below\n"
     "  -o, --output OUT     a file, written whole or not at all, or a folder, where OUT\n"
     "                       is one or ends with \"/\"; \"-\", the default, is standard output\n"
     "  --set KEY=VALUE      a setting of the format, may be given often; see below\n"
     "\n"
     "\"-\" is standard input for one of the two. docs/exports.md says what is written.\n"
     "\n"
     "Example: sortie export instances/example.json schedule.json --to csv -o tables/\n",
     2, 2, OPTION_OUTPUT | OPTION_TO | OPTION_SET, cmd_export, export_help},
    {"model", "INSTANCE -o OUT [OPTION]...", "write the whole integer program for other solvers",
     "  -o, --output OUT     OUT.mps or OUT.lp; \"-\", the default, is standard output, as LP\n"
     "  --map MAP            write what every column stands for to MAP, as JSON\n"
     "  --max-columns N      give up beyond N columns, exit status 4 (default 200000)\n"
     "  -q, --quiet          say nothing but errors\n"
     "\n"
     "The optimum is that of the instance, in hundredths of the currency. Every mission\n"
     "that a cheapest schedule may need is in it; where these are too many it says so.\n"
     "Load plans (R12) are not in it.\n"
     "\n"
     "Example: sortie model instances/example.json -o example.lp --map example.map.json\n",
     1, 1, OPTION_OUTPUT | OPTION_MAP | OPTION_MAX_COLUMNS | OPTION_QUIET, cmd_model, NULL},
    {"import-solution", "INSTANCE SOLUTION --map MAP [OPTION]...", "make a schedule of what another solver found",
     "  --map MAP            what sortie model wrote beside the program\n"
     "  -o, --output OUT     write the schedule to OUT, whole or not at all;\n"
     "                       \"-\", the default, is standard output\n"
     "  --gap G              call the schedule optimal when (cost - bound) / cost is at\n"
     "                       most G (default 0.0001)\n"
     "  -q, --quiet          say nothing but errors\n"
     "\n"
     "SOLUTION is a file of glpsol (-o or -w), cbc (solution) or HiGHS (--solution_file);\n"
     "\"-\" is standard input for one of the two. The schedule is judged before it is\n"
     "written. Its bound is what can be proven without the program.\n"
     "\n"
     "Example: sortie import-solution instances/example.json example.sol --map example.map.json\n",
     2, 2, OPTION_OUTPUT | OPTION_MAP | OPTION_GAP | OPTION_QUIET, cmd_import_solution, NULL},
    {"report", "INSTANCE SCHEDULE [-o FILE.html]", "write a schedule as one web page for people",
     "  -o, --output OUT     write the page to OUT, whole or not at all;\n"
     "                       \"-\", the default, is standard output\n"
     "\n"
     "The page needs no network. It has what the schedule costs, its airframes, crews,\n"
     "routes, parking, limits and demands, as pictures and as tables. \"-\" is standard\n"
     "input for one of the two.\n"
     "\n"
     "Example: sortie report instances/example.json schedule.json -o report.html\n",
     2, 2, OPTION_OUTPUT, cmd_report, NULL},
    {"validate", "INSTANCE", "say whether an instance can be read, and what is wrong with it",
     "Prints what the instance holds, or up to 20 faults, each with its place. \"-\" is\n"
     "standard input.\n"
     "\n"
     "Example: sortie validate instances/example.json\n",
     1, 1, 0, cmd_validate, NULL},
    {"batch", "FOLDER|LIST -o OUT [OPTION]...", "solve many instances, each in a process of its own",
     "  -o, --output OUT     folder for schedules/, results.csv, results.jsonl and\n"
     "                       answers.csv, which leaves out times and memory\n"
     "  -j, --jobs N         processes at once (default: as many as processors)\n"
     "  --resume             go on with the batch in OUT; what is finished stays\n"
     "  --time-limit S, --gap G, --threads N, --seed N\n"
     "                       of every instance, as for solve\n"
     "  --grace S            kill a process S seconds after its time limit\n"
     "                       (default 60)\n"
     "  --memory MIB         most address space of a process; 0: no limit\n"
     "                       (default 4096)\n"
     "  --shard I/N          only every N-th instance from the I-th on; the results\n"
     "                       are written by a run without --shard afterwards\n"
     "  --slurm N            submit the batch to Slurm, as an array of N parts with J\n"
     "                       processes each (--jobs J, default 1)\n"
     "  -q, --quiet          say nothing but errors\n"
     "  --progress json      one JSON object a line on standard error, also on a\n"
     "                       terminal, where there is a bar otherwise\n"
     "\n"
     "FOLDER: its files *.json. LIST: a file with a path on each line, taken from the\n"
     "folder of LIST; \"-\" is standard input. Whatever becomes of an instance is a\n"
     "row of the results. Ctrl-C, and any kill, loses only what was running.\n"
     "\n"
     "Example: sortie batch instances -o results --time-limit 60\n",
     1, 1,
     OPTION_OUTPUT | OPTION_TIME_LIMIT | OPTION_GAP | OPTION_THREADS | OPTION_SEED | OPTION_QUIET | OPTION_PROGRESS |
         OPTION_JOBS | OPTION_GRACE | OPTION_MEMORY | OPTION_SHARD | OPTION_RESUME | OPTION_SLURM,
     cmd_batch, NULL},
    {"bench", "compare A.csv B.csv [--json]", "compare the results of two batches",
     "Over the instances that are in both: shifted geometric means of the gap and of\n"
     "the time, how often which is better, and a two-sided sign test. Runs that\n"
     "failed are counted with the gap 1 and the longest time of all.\n"
     "\n"
     "  --json               as JSON\n"
     "\n"
     "Exit status 1 where B fails more often or is worse with p below 0.05.\n"
     "\n"
     "Example: sortie bench compare before/results.csv after/results.csv\n",
     3, 3, OPTION_JSON, cmd_bench, NULL},
    {"generate", "--family F [OPTION]...", "make an instance by seed",
     "  --family F           one of those below\n"
     "  --seed N             another instance of the family (default 1)\n"
     "  --size N             demands, 1 to 2000; airfields and fleet follow (default 6)\n"
     "  --days N             of the horizon, 1 to 60 (default 2)\n"
     "  --tight T            0 nothing is scarce, 1 as scarce as it gets (default 0.5);\n"
     "                       windows=T, fleet=T, caps=T for one of the three\n"
     "  -o, --output OUT     \"-\", the default, is standard output\n"
     "  --binding K          draw until at least K kinds of rule seem to bind, by short\n"
     "                       searches without each (default 2); 0: whatever comes first\n"
     "  --report             solve the instance, and once more without each kind of\n"
     "                       rule, and say which of them are proven to bind\n"
     "  --time-limit S       of each of these searches (default 300)\n"
     "  -q, --quiet          do not say which rules seem to bind\n"
     "\n"
     "The same options give the same bytes.\n"
     "\n"
     "Example: sortie generate --family shuttle --seed 7 -o shuttle.json\n",
     0, 0,
     OPTION_FAMILY | OPTION_SEED | OPTION_SIZE | OPTION_DAYS | OPTION_TIGHT | OPTION_OUTPUT | OPTION_REPORT |
         OPTION_BINDING | OPTION_TIME_LIMIT | OPTION_QUIET,
     cmd_generate, generate_help},
    {"catalogue", "[airfields|types|ID] [--json]", "list the airfields and aircraft types that ship with the program",
     "  airfields, types     only these\n"
     "  ID                   one airfield or type, each figure with its source\n"
     "  --json               as JSON, ready to be copied into an instance\n"
     "\n"
     "Example: sortie catalogue types\n",
     0, 1, OPTION_JSON, cmd_catalogue, NULL},
    {"import", "FILE|FOLDER [-o OUT] | --init FOLDER", "make an instance from the tables of a spreadsheet",
     "  -o, --output OUT     write the instance to OUT, whole or not at all;\n"
     "                       \"-\", the default, is standard output\n"
     "  --init FOLDER        write an import file and tables to begin with\n"
     "\n"
     "FILE names the CSV tables and their columns; in a FOLDER it is import.json. Every\n"
     "fault, 20 at most, is said with its row and column; docs/import.md has them all.\n"
     "\n"
     "Example: sortie import --init plan && sortie import plan -o plan.json\n",
     0, 1, OPTION_OUTPUT | OPTION_INIT, cmd_import, NULL},
};
enum { N_COMMANDS = sizeof commands / sizeof commands[0] };

static int help_all(void)
{
    struct text text;
    text_init(&text);
    text_addf(&text, "Plans airlift to proven cost: which aircraft and crew fly whom, where and when.\n\n"
                     "Usage: sortie COMMAND [ARGUMENT]...\n\n");
    for (int i = 0; i < N_COMMANDS; i++)
        text_addf(&text, "  %-15s  %s\n", commands[i].name, commands[i].summary);
    text_addf(&text, "\n  --help      this text; after a command, its own\n"
                     "  --version   the version\n\n"
                     "Exit status: 0 good, 1 the schedule is not valid, 2 wrong usage,\n"
                     "3 bad input or output, 4 stopped with no answer, 5 internal error.\n\n"
                     "Example: sortie solve instances/example.json -o schedule.json\n");
    return answer_text(&text);
}

static int help_command(const struct command *command)
{
    struct text text;
    text_init(&text);
    text_addf(&text, "Usage: sortie %s %s\n\n%c%s.\n\n%s", command->name, command->arguments,
              command->summary[0] - 'a' + 'A', command->summary + 1, command->help);
    if (command->more_help != NULL)
        command->more_help(&text);
    return answer_text(&text);
}

static int unknown_command(const char *word)
{
    struct suggestion meant;
    suggestion_init(&meant, word);
    for (int i = 0; i < N_COMMANDS; i++)
        suggestion_try(&meant, commands[i].name);
    suggestion_try(&meant, "--help");
    suggestion_try(&meant, "--version");
    const char *kind = word[0] == '-' ? "option" : "command";
    if (meant.best != NULL)
        say("unknown %s \"%s\"; did you mean \"%s\"?", kind, word, meant.best);
    else
        say("unknown %s \"%s\"; see sortie --help", kind, word);
    return EXIT_USAGE;
}

static int run_command(const struct command *command, int argc, char **argv)
{
    struct options options;
    struct error err;
    error_init(&err);
    if (!options_parse(argc, argv, command->takes, &options, &err))
        return fail(&err);
    if (options.help)
        return help_command(command);
    if (options.n_files > command->most_files) {
        say("too many arguments: \"%s\"; usage: sortie %s %s", options.file[command->most_files], command->name,
            command->arguments);
        return EXIT_USAGE;
    }
    if (options.n_files < command->least_files) {
        say("missing argument; usage: sortie %s %s", command->name, command->arguments);
        return EXIT_USAGE;
    }
    if (options.n_files == 2 && strcmp(options.file[0], "-") == 0 && strcmp(options.file[1], "-") == 0) {
        say("only one of the two files can be standard input");
        return EXIT_USAGE;
    }
    return command->run(&options);
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of writing, said like any other */
    if (argc < 2) {
        say("which command? see sortie --help");
        return EXIT_USAGE;
    }
    const char *word = argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return help_all();
    if (strcmp(word, "--version") == 0)
        return answer("sortie " SORTIE_VERSION "\n");
    for (int i = 0; i < N_COMMANDS; i++)
        if (strcmp(word, commands[i].name) == 0)
            return run_command(&commands[i], argc - 2, argv + 2);
    return unknown_command(word);
}
