/* Whether an output can be written, looked at before work is done. */
#ifndef SORTIE_CLI_OUTPUT_H
#define SORTIE_CLI_OUTPUT_H

#include <stdbool.h>

#include "cli/options.h"

/* Says what is wrong: no file, no folder to write in, or one of the inputs itself. `folder_too`: a folder is as good.
 */
bool output_is_sound(const struct options *options, bool folder_too);

/* The same for the output and a second file, NULL where there is none, which must be another. */
bool outputs_are_sound(const struct options *options, const char *second);

#endif
