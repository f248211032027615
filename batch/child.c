#include "batch/child.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/outcome_json.h"
#include "model/clock.h"

enum { SAID_MOST = 4096, CANNOT_START = 127 };

/* In the new process: never returns. */
static void become(const struct child *child, char *const *argv, const struct child_limits *limits,
                   const sigset_t *signals, pid_t parent)
{
    struct rlimit no_core = {0, 0}, memory = {(rlim_t)limits->memory_mib << 20, (rlim_t)limits->memory_mib << 20};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() == parent && setpgid(0, 0) == 0 && dup2(child->out, STDOUT_FILENO) >= 0 &&
        dup2(child->err_out, STDERR_FILENO) >= 0 && setrlimit(RLIMIT_CORE, &no_core) == 0 &&
        (limits->memory_mib == 0 || setrlimit(RLIMIT_AS, &memory) == 0) && sigprocmask(SIG_SETMASK, signals, NULL) == 0)
        execv("/proc/self/exe", argv);
    _exit(CANNOT_START);
}

static void close_outputs(struct child *child)
{
    if (child->out >= 0)
        close(child->out);
    if (child->err_out >= 0)
        close(child->err_out);
    *child = (struct child){.out = -1, .err_out = -1};
}

bool child_start(struct child *child, char *const *argv, const struct child_limits *limits, const sigset_t *signals,
                 struct error *err)
{
    pid_t parent = getpid();
    *child = (struct child){.out = memfd_create("out", MFD_CLOEXEC), .err_out = memfd_create("err", MFD_CLOEXEC)};
    child->began = clock_seconds();
    pid_t pid = child->out >= 0 && child->err_out >= 0 ? fork() : -1;
    if (pid == 0)
        become(child, argv, limits, signals, parent);
    if (pid < 0) {
        error_set(err, ERR_IO, "cannot start a process: %s", strerror(errno));
        close_outputs(child);
        return false;
    }
    child->pid = pid;
    return true;
}

void child_kill(const struct child *child)
{
    kill(child->pid, SIGKILL);
}

double child_watch(struct child *child, const struct child_limits *limits)
{
    double left = limits->time_s + limits->grace_s - (clock_seconds() - child->began);
    if (left > 0)
        return left;
    child->timed_out = true;
    child_kill(child);
    return 0;
}

/* The first so many bytes of what was written, NUL after them. */
static size_t read_head(int fd, char *to, size_t most)
{
    ssize_t got = pread(fd, to, most, 0);
    size_t size = got > 0 ? (size_t)got : 0;
    to[size] = '\0';
    return size;
}

/* The first line, without the program's name before it, safe for terminals. */
static char *first_line(int fd)
{
    char said[SAID_MOST + 1];
    read_head(fd, said, SAID_MOST);
    said[strcspn(said, "\n")] = '\0';
    bool named = strncmp(said, "sortie: ", strlen("sortie: ")) == 0;
    struct text text;
    text_init(&text);
    text_add_safe(&text, said + (named ? strlen("sortie: ") : 0));
    return text_take(&text, NULL);
}

static enum outcome_status status_of(const struct child *child, const struct outcome *outcome,
                                     enum outcome_status stated, bool is_stated)
{
    if (child->timed_out)
        return OUTCOME_TIMED_OUT;
    if (outcome->signal != 0)
        return OUTCOME_CRASHED;
    if (outcome->exit == CANNOT_START)
        return OUTCOME_IO_ERROR;
    bool good = outcome_has_plan(stated), none = stated == OUTCOME_IMPOSSIBLE || stated == OUTCOME_UNKNOWN;
    bool consistent = outcome->exit == 0 ? good : outcome->exit == 4 ? none : !good && !none;
    return is_stated && consistent ? stated : OUTCOME_FAILED;
}

bool child_ended(struct child *child, struct outcome *outcome)
{
    int how;
    struct rusage usage;
    if (wait4(child->pid, &how, WNOHANG, &usage) != child->pid)
        return false;
    char said[SAID_MOST + 1];
    enum outcome_status stated = OUTCOME_FAILED;
    outcome->seconds = clock_seconds() - child->began;
    outcome->exit = WIFEXITED(how) ? WEXITSTATUS(how) : -1;
    outcome->signal = WIFSIGNALED(how) ? WTERMSIG(how) : 0;
    bool is_stated = figures_read(said, read_head(child->out, said, SAID_MOST), &stated, &outcome->figures);
    outcome->status = status_of(child, outcome, stated, is_stated);
    if (outcome->figures.peak_kib < 0)
        outcome->figures.peak_kib = usage.ru_maxrss; /* no less than this process had when it forked */
    outcome->message = first_line(child->err_out);
    close_outputs(child);
    return true;
}

void child_drop(struct child *child)
{
    child_kill(child);
    while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    close_outputs(child);
}
