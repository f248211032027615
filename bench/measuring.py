"""Running programs with limits, reading what bench/*.sh print, and the statistics."""
import json
import math
import os
import signal
import statistics
import subprocess
import threading
import time

TIME_SHIFT, GAP_SHIFT = 1.0, 0.01  # of shifted geometric means, as `sortie bench compare` has them


class Run:
    """What became of one process. code: exit status, below 0 the signal that ended it; peak_mib: resident."""

    def __init__(self, words, limit, env=None, cwd=None):
        began = time.monotonic()
        self.timed_out = False
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=cwd, text=True,
                              errors="replace", start_new_session=True) as process:
            texts = [None, None]
            readers = [threading.Thread(target=self.drain, args=(texts, i, pipe))
                       for i, pipe in enumerate((process.stdout, process.stderr))]
            timer = threading.Timer(limit, self.kill, (process.pid,))
            for thread in readers + [timer]:
                thread.start()
            try:
                _, status, usage = os.wait4(process.pid, 0)
            except BaseException:  # Ctrl-C: nothing is left running
                self.kill(process.pid)
                raise
            finally:
                timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            for thread in readers:
                thread.join()
        self.code, self.seconds = process.returncode, time.monotonic() - began
        self.out, self.err = texts
        self.peak_mib = usage.ru_maxrss / 1024

    @staticmethod
    def drain(texts, i, pipe):
        texts[i] = pipe.read()

    def kill(self, pid):
        self.timed_out = True
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def table(text):
    """Rows of a table with tabs as dictionaries; lines that begin with # are left out."""
    lines = [line.split("\t") for line in text.split("\n") if "\t" in line and not line.startswith("#")]
    return [dict(zip(lines[0], line)) for line in lines[1:]] if lines else []


def remarks(text):
    return [line[2:] for line in text.split("\n") if line.startswith("# ")]


def progress(text):
    """The JSON lines of --progress json."""
    return [json.loads(line) for line in text.split("\n") if line.startswith("{")]


def shifted_mean(values, shift):
    """Geometric, None of nothing."""
    return math.exp(statistics.fmean(math.log(v + shift) for v in values)) - shift if values else None


def mean(values):
    return statistics.fmean(values) if values else None


def profile(times):
    """Dolan and More 2002. times: {solver: [seconds, inf where it failed]}, problems in the same order. {solver: [(ratio
    to the fastest, share of problems)]}; a problem that nobody solved counts for nobody, but it counts."""
    n = len(next(iter(times.values())))
    best = [min(times[s][i] for s in times) for i in range(n)]
    out = {}
    for solver, own in times.items():
        ratios = sorted(own[i] / max(best[i], 1e-9) for i in range(n) if own[i] < math.inf)
        out[solver] = [(r, (k + 1) / n) for k, r in enumerate(ratios)]
    return out


def shares(times, end):
    """Empirical distribution: [(seconds, share of runs)] up to `end`; inf: never."""
    reached = sorted(t for t in times if t <= end)
    return [(t, (k + 1) / len(times)) for k, t in enumerate(reached)]
