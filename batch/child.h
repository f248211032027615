/* One instance, solved by a process of its own within limits of time and memory. */
#ifndef SORTIE_BATCH_CHILD_H
#define SORTIE_BATCH_CHILD_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "model/error.h"
#include "model/outcome.h"

struct child_limits {
    double time_s; /* the search ends by itself; then so many seconds of grace until the process is killed */
    double grace_s;
    int64_t memory_mib; /* address space; 0: no limit */
};

struct child {
    pid_t pid;        /* 0: none */
    int out, err_out; /* what it writes to standard output and error; files in memory */
    double began;     /* by clock_seconds */
    bool timed_out;
};

/* Starts this program anew with the arguments (NULL at the end), signals blocked as in `signals`. It dies with this
 * process. */
bool child_start(struct child *child, char *const *argv, const struct child_limits *limits, const sigset_t *signals,
                 struct error *err);

/* Kills it where its time is over; seconds until then, 0 where it has been killed. */
double child_watch(struct child *child, const struct child_limits *limits);

void child_kill(const struct child *child);

/* Whether it has ended, without waiting. Then `outcome` (initialised, instance and digest left alone) says how, and the
 * child is none. message is NULL where memory ran out. */
bool child_ended(struct child *child, struct outcome *outcome);

/* Kills it and waits for its end. */
void child_drop(struct child *child);

#endif
