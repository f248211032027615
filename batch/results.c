#include "batch/results.h"

#include <stdlib.h>

#include "io/outcome_json.h"
#include "io/whole_file.h"

/* Written among the running files first, so that a kill leaves nothing beside the results. Releases `text`. */
static bool write_file(const struct batch_folder *folder, const char *name, struct text *text, struct error *err)
{
    struct text to;
    text_init(&to);
    text_addf(&to, "%s/%s", folder->out, name);
    char *path = text_take(&to, err), *running = path ? folder_running(folder, name, err) : NULL;
    size_t size = text->size;
    char *bytes = running ? text_take(text, err) : NULL;
    bool good = bytes && whole_file_write(running, bytes, size, err) && folder_move(running, path, err);
    text_release(text);
    free(bytes);
    free(running);
    free(path);
    return good;
}

static bool write_csv(const struct batch_folder *folder, const char *name, bool measured, const struct outcome *outcome,
                      size_t n, struct error *err)
{
    struct text text;
    text_init(&text);
    outcome_csv_heading(measured, &text);
    for (size_t i = 0; i < n; i++)
        outcome_csv(&outcome[i], measured, &text);
    return write_file(folder, name, &text, err);
}

bool results_write(const struct batch_folder *folder, const struct outcome *outcome, size_t n, struct error *err)
{
    struct text lines;
    text_init(&lines);
    for (size_t i = 0; i < n; i++)
        outcome_write(&outcome[i], &lines);
    return write_file(folder, "results.jsonl", &lines, err) &&
           write_csv(folder, "results.csv", true, outcome, n, err) &&
           write_csv(folder, "answers.csv", false, outcome, n, err);
}
