/* sortie catalogue: what ships with the program. */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/say.h"
#include "io/show_catalogue.h"

int cmd_catalogue(const struct options *options)
{
    struct error err;
    error_init(&err);
    char *text = show_catalogue(options->file[0], options->json, &err);
    int status = text != NULL ? answer(text) : fail(&err);
    free(text);
    return status;
}
