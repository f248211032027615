#include "batch/slurm.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "batch/folder.h"
#include "io/whole_file.h"

/* Absolute. */
struct paths {
    char *program, *instances, *out;
};

/* One word for a shell, whatever is in it. */
static void add_word(struct text *to, const char *word)
{
    text_addf(to, " '");
    for (; *word; word++)
        text_addf(to, *word == '\'' ? "'\\''" : "%c", *word);
    text_addf(to, "'");
}

/* #SBATCH lines know no quotes: what they hold must be a word already. */
static bool is_plain(const char *path, struct error *err)
{
    return path[strcspn(path, " \t\"'\\%#")] == '\0' ||
           error_set(err, ERR_INPUT, "a path that cannot stand in a Slurm script: \"%.500s\"", path);
}

static void add_head(struct text *to, const char *name, const char *out, const char *log, int cpus)
{
    text_addf(to,
              "#!/bin/sh\n#SBATCH --job-name=%s\n#SBATCH --ntasks=1\n#SBATCH --cpus-per-task=%d\n#SBATCH --requeue\n"
              "#SBATCH --open-mode=append\n#SBATCH --output=%s/%s\n",
              name, cpus, out, log);
}

/* `shard`: a word of shell, or NULL. */
static void add_command(struct text *to, const struct batch_options *options, const struct paths *paths,
                        const char *shard)
{
    text_addf(to, "exec");
    add_word(to, paths->program);
    text_addf(to, " batch --resume --quiet --jobs %d --time-limit %.15g --gap %.15g --threads %d --seed %llu",
              options->jobs, options->solve.time_limit_s, options->solve.gap, options->threads,
              (unsigned long long)options->solve.seed);
    text_addf(to, " --grace %.15g --memory %lld -o", options->limits.grace_s, (long long)options->limits.memory_mib);
    add_word(to, paths->out);
    if (shard)
        text_addf(to, " --shard %s", shard);
    text_addf(to, " --");
    add_word(to, paths->instances);
    text_addf(to, "\n");
}

static bool write_script(const char *path, struct text *text, struct error *err)
{
    size_t size = text->size;
    char *bytes = text_take(text, err);
    bool good = bytes && whole_file_write(path, bytes, size, err);
    free(bytes);
    return good && (chmod(path, 0755) == 0 || error_set(err, ERR_IO, "\"%.500s\": %s", path, strerror(errno)));
}

static bool write_parts(const struct batch_options *options, const struct paths *paths, int n_parts, const char *path,
                        struct error *err)
{
    struct text text;
    char shard[64];
    text_init(&text);
    add_head(&text, "sortie-parts", paths->out, "slurm-%a.log", options->jobs);
    text_addf(&text, "#SBATCH --array=1-%d\n", n_parts);
    snprintf(shard, sizeof shard, "\"$SLURM_ARRAY_TASK_ID/%d\"", n_parts);
    add_command(&text, options, paths, shard);
    return write_script(path, &text, err);
}

static bool write_last(const struct batch_options *options, const struct paths *paths, const char *path,
                       struct error *err)
{
    struct text text;
    text_init(&text);
    add_head(&text, "sortie-results", paths->out, "slurm-results.log", options->jobs);
    add_command(&text, options, paths, NULL);
    return write_script(path, &text, err);
}

/* Runs sbatch and keeps the job's number. `dependency` may be NULL. */
static bool submit(const char *script, const char *dependency, char id[SLURM_ID_SIZE], struct error *err)
{
    char *argv[] = {"sbatch", "--parsable", dependency ? (char *)(uintptr_t)dependency : (char *)(uintptr_t)script,
                    dependency ? (char *)(uintptr_t)script : NULL, NULL};
    int ends[2], how = -1;
    pid_t pid = pipe(ends) == 0 ? fork() : -1;
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        execvp(argv[0], argv);
        _exit(127);
    }
    if (pid < 0)
        return error_set(err, ERR_IO, "cannot start a process: %s", strerror(errno));
    close(ends[1]);
    FILE *said = fdopen(ends[0], "r");
    bool good = said && fgets(id, SLURM_ID_SIZE, said);
    if (said)
        fclose(said);
    else
        close(ends[0]);
    while (waitpid(pid, &how, 0) < 0 && errno == EINTR)
        ;
    id[good ? strcspn(id, ";\n") : 0] = '\0'; /* number, or number;cluster */
    if (good && WIFEXITED(how) && WEXITSTATUS(how) == 0)
        return true;
    return error_set(err, ERR_IO, "sbatch %s; submit the script yourself: \"%.500s\"",
                     WIFEXITED(how) && WEXITSTATUS(how) == 127 ? "is not there" : "failed", script);
}

static bool write_and_submit(const struct batch_options *options, const struct paths *paths, int n_parts,
                             char array[SLURM_ID_SIZE], char last[SLURM_ID_SIZE], struct error *err)
{
    char parts[PATH_MAX + 32], results[PATH_MAX + 32], dependency[SLURM_ID_SIZE + 32];
    snprintf(parts, sizeof parts, "%s/slurm-parts.sh", paths->out);
    snprintf(results, sizeof results, "%s/slurm-results.sh", paths->out);
    if (!write_parts(options, paths, n_parts, parts, err) || !write_last(options, paths, results, err) ||
        !submit(parts, NULL, array, err))
        return false;
    snprintf(dependency, sizeof dependency, "--dependency=afterany:%s", array);
    return submit(results, dependency, last, err);
}

bool slurm_submit(const struct batch_options *options, int n_parts, char array[SLURM_ID_SIZE], char last[SLURM_ID_SIZE],
                  struct error *err)
{
    struct batch_list list;
    if (strcmp(options->instances, "-") == 0)
        return error_set(err, ERR_USAGE, "--slurm needs a folder or a list, not standard input");
    if (!batch_list_read(options->instances, &list, err)) /* faults are better known now than by every task */
        return false;
    batch_list_release(&list);
    if (!folder_make(options->out, err))
        return false;
    struct paths paths = {realpath("/proc/self/exe", NULL), realpath(options->instances, NULL),
                          realpath(options->out, NULL)};
    bool good = (paths.program && paths.instances && paths.out) ||
                error_set(err, ERR_IO, "no absolute path: %s", strerror(errno));
    good = good && is_plain(paths.out, err) && write_and_submit(options, &paths, n_parts, array, last, err);
    free(paths.program);
    free(paths.instances);
    free(paths.out);
    return good;
}
