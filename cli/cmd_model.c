/* sortie model: the whole integer program of an instance, for other solvers. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/output.h"
#include "cli/say.h"
#include "io/program_text.h"
#include "io/read_instance.h"
#include "io/whole_file.h"
#include "program/build.h"

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), k = strlen(end);
    return n > k && strcmp(name + n - k, end) == 0;
}

/* Writes `text`, which is released; NULL: it could not be made. */
static int write_whole(const char *path, char *text, struct error *err)
{
    bool ok = text && whole_file_write(path, text, strlen(text), err);
    free(text);
    return ok ? EXIT_GOOD : fail(err);
}

static int write_program(const struct instance *inst, const struct program *p, const struct options *options)
{
    struct error err;
    error_init(&err);
    int status = EXIT_GOOD;
    if (options->map)
        status = write_whole(options->map, program_to_map(inst, p, &err), &err);
    if (status != EXIT_GOOD)
        return status;
    bool mps = ends_with(options->output, ".mps");
    status = write_whole(options->output, mps ? program_to_mps(inst, p, &err) : program_to_lp(inst, p, &err), &err);
    if (status == EXIT_GOOD && !options->quiet)
        say("%zu columns, %zu rows, %zu coefficients, %zu routes", p->n_columns, p->n_rows, p->n_entries, p->n_routes);
    return status;
}

int cmd_model(const struct options *options)
{
    struct instance inst;
    struct program program;
    struct error err;
    char *faults = NULL;
    error_init(&err);
    bool to_output = strcmp(options->output, "-") == 0;
    if (!to_output && !ends_with(options->output, ".mps") && !ends_with(options->output, ".lp")) {
        say("the name of the output must end in .mps or .lp, got \"%s\"", options->output);
        return EXIT_USAGE;
    }
    if (!outputs_are_sound(options, options->map))
        return EXIT_INPUT;
    if (!read_instance(options->file[0], &inst, &faults, &err))
        return fail_with_faults(faults, &err);
    int status;
    if (program_build(&inst, options->max_columns, &program, &err)) {
        status = write_program(&inst, &program, options);
        program_release(&program);
    } else {
        status = fail(&err);
    }
    instance_release(&inst);
    return status;
}
