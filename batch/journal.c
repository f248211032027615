#include "batch/journal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/outcome_json.h"

#define WHOLE_NAME "journal.jsonl"

/* Where lines go while journals are read. */
struct replay {
    const char *run;
    const struct batch_list *list;
    struct outcome *done;
    bool *is_done;
};

static bool failed(const char *what, const char *path, struct error *err)
{
    return error_set(err, ERR_IO, "%s \"%.500s\": %s", what, path, strerror(errno));
}

static char *path_in(const char *out, const char *name, struct error *err)
{
    struct text text;
    text_init(&text);
    text_addf(&text, "%s/%s", out, name);
    return text_take(&text, err);
}

/* --- reading */

static bool is_run(const char *line)
{
    return strncmp(line, "{\"run\":", strlen("{\"run\":")) == 0;
}

/* One whole line. `counts` is whether lines count at present. False where it makes no sense. */
static bool replay_line(const struct replay *to, const char *line, size_t size, bool *counts)
{
    if (is_run(line)) {
        *counts = strlen(to->run) == size && memcmp(to->run, line, size) == 0;
        return true;
    }
    struct outcome outcome;
    if (!outcome_read(line, size, &outcome))
        return false;
    size_t i = *counts ? batch_list_find(to->list, outcome.instance) : to->list->n;
    if (i == to->list->n) {
        outcome_release(&outcome); /* of other options, or no longer in the list */
        return true;
    }
    outcome_release(&to->done[i]);
    to->done[i] = outcome;
    to->is_done[i] = true;
    return true;
}

/* Reads a journal to its end. *size: bytes of its whole lines; *counts: whether the last run is ours. What follows the
 * last newline was being written when the process was killed. */
static bool replay_file(const char *path, const struct replay *to, off_t *size, bool *counts, struct error *err)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return failed("cannot open", path, err);
    char *line = NULL;
    size_t room = 0, number = 0, bad = 0;
    ssize_t got;
    *counts = false;
    *size = 0;
    while (bad == 0 && (got = getline(&line, &room, file)) > 0 && line[got - 1] == '\n') {
        number++;
        if (replay_line(to, line, (size_t)got, counts))
            *size += got;
        else
            bad = number;
    }
    /* A machine that went down may have left zeros at the end; anywhere else they are a fault. */
    if (bad > 0 && getline(&line, &room, file) < 0)
        bad = 0;
    bool good = !ferror(file) || failed("cannot read", path, err);
    free(line);
    fclose(file);
    return good && (bad == 0 || error_set(err, ERR_INPUT, "%.500s: line %zu: not a line of a journal", path, bad));
}

/* Journals of parts in `out`: reads them for the whole batch, n_shards 0; otherwise all must be of so many parts. */
static bool visit_parts(const char *out, int n_shards, const struct replay *to, struct error *err)
{
    DIR *dir = opendir(out);
    if (!dir)
        return failed("cannot open", out, err);
    bool good = true;
    for (const struct dirent *entry; good && (entry = readdir(dir)) != NULL;) {
        int shard, n, end = 0;
        if (sscanf(entry->d_name, "journal.%d-of-%d.jsonl%n", &shard, &n, &end) != 2 || end == 0 ||
            entry->d_name[end] != '\0')
            continue;
        if (n_shards > 0) {
            good =
                n == n_shards || error_set(err, ERR_INPUT, "%.500s: was begun in %d parts, not %d", out, n, n_shards);
            continue;
        }
        off_t size;
        bool counts;
        char *path = path_in(out, entry->d_name, err);
        good = path && replay_file(path, to, &size, &counts, err);
        free(path);
    }
    closedir(dir);
    return good;
}

static bool replay_whole(const char *out, const struct replay *to, struct error *err)
{
    off_t size;
    bool counts;
    char *path = path_in(out, WHOLE_NAME, err);
    bool good = path && replay_file(path, to, &size, &counts, err);
    free(path);
    return good;
}

/* --- writing */

static int open_locked(const char *path, int lock, struct error *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (fd < 0) {
        failed("cannot open", path, err);
        return -1;
    }
    if (flock(fd, lock | LOCK_NB) == 0)
        return fd;
    if (errno == EWOULDBLOCK)
        error_set(err, ERR_INPUT, "%.500s: another process is running this batch", path);
    else
        failed("cannot lock", path, err);
    close(fd);
    return -1;
}

static bool is_empty(int fd)
{
    struct stat info;
    return fstat(fd, &info) == 0 && info.st_size == 0;
}

static bool open_files(struct journal *journal, const char *out, struct journal_part part, struct error *err)
{
    char own[64];
    char *whole = path_in(out, WHOLE_NAME, err);
    snprintf(own, sizeof own, "journal.%d-of-%d.jsonl", part.shard, part.n_shards);
    journal->path = path_in(out, part.shard == 0 ? WHOLE_NAME : own, err);
    if (whole && journal->path)
        journal->whole = open_locked(whole, part.shard == 0 ? LOCK_EX : LOCK_SH, err);
    free(whole);
    if (journal->whole >= 0)
        journal->own = part.shard == 0 ? journal->whole : open_locked(journal->path, LOCK_EX, err);
    return journal->own >= 0;
}

bool journal_open(struct journal *journal, const char *out, struct journal_part part, bool resume, const char *run,
                  const struct batch_list *list, struct outcome *done, bool *is_done, struct error *err)
{
    const struct replay to = {.run = run, .list = list, .done = done, .is_done = is_done};
    off_t size;
    bool counts;
    *journal = (struct journal){.whole = -1, .own = -1};
    bool good = open_files(journal, out, part, err);
    if (good && !resume && !is_empty(journal->own))
        good = error_set(err, ERR_INPUT, "%.500s: holds a batch already; --resume goes on with it", out);
    if (good)
        good = visit_parts(out, part.shard == 0 ? 0 : part.n_shards, &to, err);
    if (good && part.shard > 0)
        good = replay_whole(out, &to, err);
    good = good && replay_file(journal->path, &to, &size, &counts, err);
    if (good && ftruncate(journal->own, size) != 0)
        good = failed("cannot write", journal->path, err);
    if (good && !counts) {
        struct text line;
        text_init(&line);
        text_addf(&line, "%s", run);
        good = journal_append(journal, &line, err);
        text_release(&line);
    }
    if (!good)
        journal_close(journal);
    return good;
}

bool journal_append(struct journal *journal, const struct text *lines, struct error *err)
{
    if (lines->failed)
        return error_set(err, ERR_MEMORY, "out of memory");
    for (size_t at = 0; at < lines->size;) {
        ssize_t put = write(journal->own, lines->bytes + at, lines->size - at);
        if (put < 0 && errno != EINTR)
            return failed("cannot write", journal->path, err);
        at += put > 0 ? (size_t)put : 0;
    }
    return fdatasync(journal->own) == 0 || failed("cannot write", journal->path, err);
}

void journal_close(struct journal *journal)
{
    if (journal->own >= 0 && journal->own != journal->whole)
        close(journal->own);
    if (journal->whole >= 0)
        close(journal->whole);
    free(journal->path);
    *journal = (struct journal){.whole = -1, .own = -1};
}
