/* sortie import: tables in, an instance out that the reader has taken. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/output.h"
#include "cli/say.h"
#include "import/import.h"
#include "io/whole_file.h"

static int write_templates(const char *folder)
{
    struct error err;
    error_init(&err);
    return import_templates(folder, &err) ? EXIT_GOOD : fail(&err);
}

int cmd_import(const struct options *options)
{
    struct error err;
    char *faults = NULL;
    error_init(&err);
    if ((options->init != NULL) == (options->n_files == 1)) {
        say("either a file to import or --init FOLDER; see sortie import --help");
        return EXIT_USAGE;
    }
    if (options->init != NULL)
        return write_templates(options->init);
    if (!output_is_sound(options, false))
        return EXIT_INPUT;
    char *text = import_instance(options->file[0], &faults, &err);
    if (text == NULL)
        return fail_with_faults(faults, &err);
    bool written = whole_file_write(options->output, text, strlen(text), &err);
    free(text);
    return written ? EXIT_GOOD : fail(&err);
}
