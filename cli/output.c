#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/say.h"

static bool is_input(const struct options *options, const struct stat *output)
{
    struct stat input;
    for (int i = 0; i < options->n_files; i++) {
        if (strcmp(options->file[i], "-") == 0 || stat(options->file[i], &input) != 0 ||
            input.st_dev != output->st_dev || input.st_ino != output->st_ino)
            continue;
        say("the output would overwrite the input \"%s\"", options->output);
        return true;
    }
    return false;
}

static bool target_is_sound(const struct options *options, bool folder_too)
{
    struct stat output;
    if (stat(options->output, &output) != 0)
        return true;
    if (S_ISDIR(output.st_mode)) {
        if (folder_too && access(options->output, W_OK | X_OK) != 0)
            say("cannot write in the folder \"%s\": %s", options->output, strerror(errno));
        else if (!folder_too)
            say("\"%s\" is a folder", options->output);
        else
            return true;
        return false;
    }
    if (!S_ISREG(output.st_mode)) {
        say("\"%s\" is not a regular file; \"-\" is standard output", options->output);
        return false;
    }
    return !is_input(options, &output);
}

/* The path of what holds `output`, a '/' at its end or not; the caller frees, NULL when memory ran out. */
static char *parent_of(const char *output)
{
    size_t size = strlen(output);
    while (size > 1 && output[size - 1] == '/')
        size--;
    while (size > 0 && output[size - 1] != '/')
        size--;
    return size == 0 ? strdup(".") : strndup(output, size > 1 ? size - 1 : 1);
}

static bool parent_is_sound(const char *output)
{
    struct stat folder;
    char *path = parent_of(output);
    bool exists = path == NULL || (stat(path, &folder) == 0 && S_ISDIR(folder.st_mode));
    bool writable = path == NULL || access(path, W_OK | X_OK) == 0;
    if (!exists)
        say("no such folder: \"%s\"", path);
    else if (!writable)
        say("cannot write in the folder \"%s\": %s", path, strerror(errno));
    free(path);
    return exists && writable;
}

bool output_is_sound(const struct options *options, bool folder_too)
{
    struct stat output;
    if (strcmp(options->output, "-") == 0)
        return true;
    if (!target_is_sound(options, folder_too))
        return false;
    bool is_there = stat(options->output, &output) == 0 && S_ISDIR(output.st_mode);
    return is_there || parent_is_sound(options->output);
}

bool outputs_are_sound(const struct options *options, const char *second)
{
    struct options other = *options;
    other.output = second ? second : "-";
    if (second && strcmp(second, options->output) == 0) {
        say("two outputs cannot be one file: \"%s\"", second);
        return false;
    }
    return output_is_sound(options, false) && output_is_sound(&other, false);
}
