"""The chapters of docs/benchmarks.md: each measures, and returns its text. Charts are left in `charts`."""
import csv
import json
import math
import os
import shutil
import statistics
import sys

import measuring as ms
import plots

FAMILIES = ("border", "hub-and-spoke", "shuttle", "island-evacuation", "medical-bridge")
PHASES = ("master", "pricing", "cuts", "branching", "primal", "flows")


class Bench:
    """Where things are, how long they may take, and what was found."""

    def __init__(self, root, build, tmp, knobs):
        self.root, self.build, self.tmp, self.knobs = root, build, tmp, knobs
        self.sortie = os.path.join(build, "sortie")
        self.charts = {}    # file name: SVG
        self.failed = 0     # runs
        self.weak = []      # honest words, a sentence each
        self.instances = []
        given = knobs["INSTANCES"].split()
        folder = os.path.join(root, "instances")
        for path in given or sorted(os.path.join(folder, n) for n in os.listdir(folder) if n.endswith(".json")):
            self.instances.append((os.path.splitext(os.path.basename(path))[0], path))

    def say(self, text):
        sys.stderr.write("bench: %s\n" % text)

    def script(self, name, words=(), **env):
        """A script of bench/: it may take as long as it likes, its own limits hold. Its table is worth something whatever
        its status."""
        full = dict(os.environ, SORTIE=self.sortie, **{k: str(v) for k, v in env.items()})
        run = ms.Run(["sh", os.path.join(self.root, "bench", name), *words], 7200, full)
        if run.code not in (0, 1):
            self.failed += 1
            self.say("%s ended with %d: %s" % (name, run.code, run.err.strip()[-500:]))
        return run

    def solve(self, path, seed, limit, gap="0.0001"):
        """(Run, figures or None): None where there is no valid schedule, whatever was said."""
        out = os.path.join(self.tmp, "schedule.json")
        if os.path.exists(out):
            os.remove(out)
        run = ms.Run([self.sortie, "solve", path, "-q", "-o", out, "--json", "--progress", "json", "--seed", str(seed),
                      "--time-limit", str(limit), "--gap", gap], limit + 60)
        try:
            figures = json.loads(run.out) if run.code == 0 else None
        except ValueError:
            figures = None
        if figures and ms.Run([self.sortie, "check", path, out], 120).code != 0:
            self.say("%s, seed %d: the schedule is not valid" % (os.path.basename(path), seed))
            figures = None
        self.failed += figures is None
        return run, figures


def grid(heading, rows):
    """A table of Markdown, numbers to the right."""
    right = [all(not str(r[i])[:1].isalpha() for r in rows) and i > 0 for i in range(len(heading))]
    lines = [heading, ["---:" if r else "---" for r in right]] + rows
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)


def show(x, form="%.3g"):
    return "-" if x is None or x != x else "∞" if x == math.inf else form % x


def percent(x):
    return "-" if x is None else "%.2f %%" % (100 * x)


def instances_for_phases(bench):
    """The folder that bench-phases reads."""
    folder = os.path.join(bench.tmp, "phases")
    if not os.path.isdir(folder):
        os.mkdir(folder)
        for name in ("border-2025", "border-surge", "kabul-2021", "bridge-one-second"):
            shutil.copy(os.path.join(bench.root, "instances", name + ".json"), folder)
        made = ms.Run([os.path.join(bench.root, "bench", "make_schedule"), "2000", os.path.join(folder, "many.json"),
                       os.path.join(folder, "many.schedule.json")], 60)
        if made.code != 0:
            raise SystemExit("bench: make_schedule failed: " + made.err)
    return folder


def run_phases(bench, program):
    run = ms.Run([program, str(bench.knobs["RUNS"]), instances_for_phases(bench)], 600)
    if run.code != 0:
        bench.failed += 1
        bench.say("%s ended with %d: %s" % (os.path.basename(program), run.code, run.err.strip()[-300:]))
    return ms.table(run.out)


def phases(bench):
    rows = run_phases(bench, os.path.join(bench.build, "bench-phases"))
    text = ("## Fixed work by phase\n\nEach phase by itself, processor time, medians of %s runs after one that does not count. *Work* is the same figure "
            "where the same was done; milliseconds of two commits compare where it is.\n\n" % bench.knobs["RUNS"])
    before = bench.before_phases() if bench.knobs["BASE"] else None
    heading, ratios = ["phase", "on", "work", "median, ms", "least, ms"], []
    if before is not None:
        heading += ["before, ms", "now / before"]
    out = []
    for row in rows:
        line = [row["phase"], row["on"], row["work"], row["median_ms"], row["least_ms"]]
        if before is not None:
            old = before.get(row["phase"])
            same = old and old["work"] == row["work"] and old["on"] == row["on"]
            ratio = float(row["median_ms"]) / max(float(old["median_ms"]), 1e-6) if same else None
            ratios += [ratio] if same else []
            line += [old["median_ms"] if old else "-", "%.2f" % ratio if same else "other work" if old else "-"]
        out.append(line)
    text += grid(heading, out)
    if ratios and math.exp(statistics.fmean(map(math.log, ratios))) > 1.1:
        bench.weak.append("Fixed work takes longer than with the commit before: see *now / before*.")
    if before is not None:
        text += ("\n*Before* is commit %s, built and run in the same go. " % bench.base[:12]
                 + ("Geometric mean of now / before over the %d of same work: **%.2f**.\n"
                    % (len(ratios), math.exp(statistics.fmean(map(math.log, ratios)))) if ratios else
                    "It does not build these measurements, or none of the work is the same.\n"))
    return text


def best_known(bench):
    with open(os.path.join(bench.root, "instances", "best_known.tsv"), encoding="ascii") as file:
        return {row["instance"]: row for row in ms.table(file.read())}


def quality(bench):
    """Seeds of every instance: how far from the best known, how much is proven, what it takes."""
    limit, seeds, known = bench.knobs["LIMIT"], bench.knobs["SEEDS"], best_known(bench)
    rows, times, curves, where, all_gaps, all_proven = [], {0.01: [], 0.05: [], 0.10: []}, [], [], [], []
    by_seed = {"seed %d" % seed: [] for seed in range(1, seeds + 1)}
    for name, path in bench.instances:
        bench.say("%s, %d seeds of %d s" % (name, seeds, limit))
        value = float(known[name]["value"]) if name in known and known[name]["value"] != "-" else None
        runs, bad, late = [], 0, 0.0
        for seed in range(1, seeds + 1):
            run, figures = bench.solve(path, seed, limit)
            if figures is None:
                bad += 1
                for target in times:
                    times[target].append(math.inf)
                    by_seed["seed %d" % seed].append(math.inf)
                continue
            lines = ms.progress(run.err)
            late = max(late, figures["search_s"] - limit)
            runs.append(figures)
            for target in times:
                times[target].append(next((line["time"] for line in lines if value and line["best"] is not None
                                           and line["best"] <= value * (1 + target)), math.inf))
                by_seed["seed %d" % seed].append(max(times[target][-1], 0.01))
            if seed == 1:
                curves.append((name, [(max(line["time"], 0.01), line["gap"] if line["gap"] is not None else 1)
                                      for line in lines]))
        gap = [f["cost"] / value - 1 for f in runs] if value else []
        proven = [f["gap"] for f in runs] + [1.0] * bad
        all_gaps += gap
        all_proven += proven
        rows.append([name, show(value, "%.2f"), seeds, bad, percent(ms.mean(gap)), percent(min(gap)) if gap else "-",
                     percent(ms.mean(proven)), show(ms.mean([f["gap_integral_s"] for f in runs] + [limit] * bad)),
                     show(statistics.median([f["search_s"] for f in runs]) if runs else None),
                     show(max([f["peak_kib"] / 1024 for f in runs], default=None), "%.0f"), show(late, "%.2f")])
        where += [(name, runs)] if runs else []
        if ms.mean(proven) > 0.0001:
            bench.weak.append("`%s` is not proven in %d s: the gap is %s on average%s." % (
                name, limit, percent(ms.mean(proven)),
                ", the cost %s above the best known" % percent(ms.mean(gap)) if gap and ms.mean(gap) > 0.0001 else ""))
        if gap and min(gap) < -1e-6:
            bench.weak.append("`%s`: %s better than the best known; `instances/best_known.tsv` is out of date."
                              % (name, percent(-min(gap))))
    bench.charts["gap.svg"] = plots.chart("Proven gap over time, seed 1", "seconds", "gap", curves, (0.01, limit), (0, 1), True)
    bench.charts["reached.svg"] = plots.chart(
        "Runs so close to the best known cost (%d instances x %d seeds)" % (len(bench.instances), seeds), "seconds", "share of runs",
        [("within %g %%" % (100 * t), [(max(x, 0.01), y) for x, y in ms.shares(times[t], limit)]) for t in times],
        (0.01, limit), (0, 1), True)
    bench.charts["seeds.svg"] = plots.chart(
        "Performance profile over seeds: time to 1, 5 and 10 % above the best known", "seconds / seconds of the fastest seed",
        "share of instances x targets", list(ms.profile(by_seed).items()), (1, 100), (0, 1), True)
    text = ("## Quality against the best known\n\n`sortie solve --gap 0.0001 --time-limit %d`, seeds 1 to %d, one thread, one run at a "
            "time; every schedule checked. A run without a valid schedule counts as failed, with a gap of 1. The "
            "primal–dual integral is the gap over the seconds of the search, 1 while there is no schedule; *late* is the most that a "
            "search ended after its limit.\n\n" % (limit, seeds))
    text += grid(["instance", "best known", "runs", "failed", "above best known", "best seed", "proven gap", "primal–dual integral, s",
                  "seconds, median", "peak, MiB", "late, s"], rows)
    text += ("\nOver all runs: %s above the best known, proven gap %s on average, %s as shifted geometric mean.\n\n"
             "![Proven gap over time](bench/gap.svg)\n\n![How soon runs are close to the best known](bench/reached.svg)\n\n"
             "![Performance profile over seeds](bench/seeds.svg)\n"
             % (percent(ms.mean(all_gaps)), percent(ms.mean(all_proven)), percent(ms.shifted_mean(all_proven, ms.GAP_SHIFT))))
    return text + spent(where)


def spent(where):
    rows = []
    for name, runs in where:
        total = sum(f["search_s"] for f in runs)
        parts = [sum(f[p + "_s"] for f in runs) for p in PHASES]
        rows.append([name, "%.2f" % (total / len(runs))] + ["%.1f %%" % (100 * p / total) for p in parts]
                    + ["%.1f %%" % (100 * max(total - sum(parts), 0) / total)])
    return ("\n## Where the time goes\n\nOf the searches above: linear programs, pricing, rows that their solutions break, branching, "
            "schedules with load plans and checks, the bound from flows. A dive's linear programs and pricing count as such.\n\n"
            + grid(["instance", "seconds", "master", "pricing", "cuts", "branching", "primal", "flows", "rest"], rows))


def threads(bench):
    """The same counted work by one thread and by two."""
    units, rows = bench.knobs["WORK"], []
    large = [pair for pair in bench.instances if pair[0] in ("border-2025", "border-surge", "kabul-2021")]
    for name, path in large or bench.instances:
        bench.say("%s, %d units of work by one thread and by two" % (name, units))
        seconds, files = {}, {}
        for n in (1, 2):
            out = os.path.join(bench.tmp, "threads-%d.json" % n)
            runs = [ms.Run([bench.sortie, "solve", path, "-q", "-o", out, "--threads", str(n), "--deterministic-limit", str(units)], 600)
                    for _ in range(bench.knobs["RUNS_OF_PEERS"])]
            bad = sum(run.code != 0 for run in runs)
            bench.failed += bad
            seconds[n] = math.inf if bad else statistics.median(run.seconds for run in runs)
            with open(out if not bad else os.devnull, "rb") as file:
                files[n] = file.read()
        same = files[1] == files[2] and files[1] != b""
        faster = seconds[1] / max(seconds[2], 1e-9) if seconds[2] < math.inf else None
        rows.append([name, show(seconds[1]), show(seconds[2]), show(faster, "%.2f"), "yes" if same else "**no**"])
        bench.failed += not same
        if faster is not None and seconds[1] > 1 and faster < 1.5:
            bench.weak.append("`%s`: two threads are %.2f times as fast as one, not 1.5." % (name, faster))
    return ("## Threads\n\n`sortie solve --deterministic-limit %d` with one thread and with two, medians of %d runs; the schedules must be the "
            "same to the byte.\n\n" % (units, bench.knobs["RUNS_OF_PEERS"])
            + grid(["instance", "1 thread, s", "2 threads, s", "times as fast", "same bytes"], rows))


CANNOT = """
What they are given is not what a planner has. A general solver gets the exported program, which has a column for each route at each
instant of the grid and grows with horizon ÷ step: crews' rest and rolling flight time, parking and caps over time are rows of that grid,
load plans are left out, and `sortie import-solution` has to judge what comes back. It proves a bound, as sortie does; but where the
program does not fit, it says nothing. A routing library (OR-Tools) has pickups and deliveries, time windows, capacities and ride
times; it cannot say crews' rest over several missions, parking at a field over time, caps of a day, split demands or load plans, and it
proves nothing. It is not among the peers: Debian 12 has no package, and npm's `node_or_tools` 1.1.0 downloads another library's source
while it is installed, so it cannot be had from the registry alone.
"""


def peer_instances(bench):
    """The example on coarser and coarser grids, and what others have published."""
    with open(os.path.join(bench.root, "instances", "example.json"), encoding="utf-8") as file:
        example = file.read()
    out = []
    for step in (180, 120, 60, 30):
        out.append(os.path.join(bench.tmp, "example-%d.json" % step))
        with open(out[-1], "w", encoding="utf-8") as file:
            file.write(example.replace('"step_min": 30', '"step_min": %d' % step))
    out += [os.path.join(bench.root, "instances", name + ".json") for name in ("first-days", "border-2025")]
    out += [os.path.join(bench.knobs["BENCHMARKS"], "darp", name + ".txt") for name in ("a2-16", "b2-16")]
    return [path for path in out if os.path.exists(path)]


def peers(bench):
    raw = os.path.join(bench.tmp, "raw.tsv")
    words = bench.knobs["PEER_INSTANCES"].split() or peer_instances(bench)
    bench.say("peers, %d runs of %d s at most" % (bench.knobs["RUNS_OF_PEERS"], bench.knobs["PEER_LIMIT"]))
    run = bench.script("peers.sh", words, RAW=raw, RUNS=bench.knobs["RUNS_OF_PEERS"], LIMIT=bench.knobs["PEER_LIMIT"])
    rows, limit = ms.table(run.out), bench.knobs["PEER_LIMIT"]
    text = ("## Peers\n\nsortie beside glpsol, cbc and HiGHS, in the same go, each with one thread and to the same gap (`bench/peers.sh`). They get "
            "the program that `sortie model` writes; of the dial-a-ride files (a2-16, b2-16) a compact one made for that problem alone, by "
            "`bench/darp_lp` (Furtado, Munari and Morabito 2017):\n\n" + "".join("- %s\n" % r for r in ms.remarks(run.out)) +
            "\nSeconds are medians; `>` is a limit reached, *failed* an end without an answer. Both count as the limit, none is dropped; "
            "a solver that did not answer once is not run again on that instance. *Ratio* is the fastest peer over sortie.\n\n")
    if not rows:
        bench.failed += 1
        return text + "No run ended with a table.\n"
    heading = list(rows[0])
    text += grid(heading, [[row[h] for h in heading] for row in rows])
    seconds, ended = {}, {}
    if os.path.exists(raw):
        with open(raw, encoding="utf-8") as file:
            for instance, solver, n, took, how in csv.reader(file, delimiter="\t"):
                seconds.setdefault((instance, int(n)), {})[solver] = float(took) if how == "solved" else math.inf
                ended.setdefault(solver, []).append(how)
    solvers = [s for s in ("sortie", "glpsol", "cbc", "highs") if s in ended]
    last = {}  # a solver that is not run again is as it was
    for key in sorted(seconds):
        for s in solvers:
            last[key[0], s] = seconds[key].setdefault(s, last.get((key[0], s), math.inf))
    times = {s: [seconds[key][s] for key in sorted(seconds)] for s in solvers}
    curves = ms.profile(times)
    most = max([r for c in curves.values() for r, _ in c], default=1) * 1.5
    bench.charts["peers.svg"] = plots.chart(
        "Performance profile: time to a proven gap of 0.01 %", "seconds / seconds of the fastest", "share of runs",
        [(s, curves[s]) for s in solvers], (1, max(most, 2)), (0, 1), True)
    means = {s: ms.shifted_mean([min(t, limit) for t in times[s]], ms.TIME_SHIFT) for s in solvers}
    text += "\n" + grid(["solver", "runs", "solved", "timed out", "failed", "wrong", "mean, s", "mean / sortie's"],
                        [[s, len(ended[s])] + [ended[s].count(h) for h in ("solved", "timeout", "failed", "wrong")]
                         + [show(means[s]), show(means[s] / max(means["sortie"], 1e-9))] for s in solvers])
    text += ("\nMeans are shifted geometric (shift 1 s) over %d pairs of instance and run, the limit where there was no answer, so a peer's is "
             "too small where it timed out.\n\n![Performance profile](bench/peers.svg)\n" % len(seconds))
    for row in rows:
        if row["ratio"].replace(".", "").replace("e-", "").isdigit() and float(row["ratio"]) < 1:
            bench.weak.append("`%s`, a small program of %s columns: a general solver is %.1f times as fast as sortie."
                              % (row["instance"], row["columns"], 1 / float(row["ratio"])))
        if row["columns"] == "does not fit":
            bench.weak.append("`%s` cannot be compared with general solvers: the program has more than 400,000 columns." % row["instance"])
    return text + CANNOT


def families(bench):
    text, folder = "## Families of others\n\n", bench.knobs["BENCHMARKS"]
    if not folder or not os.path.isdir(folder):
        bench.say("families left out: there is no folder BENCHMARKS=%s" % folder)
        return text + "Left out in this run: the public files were not at hand. `make bench BENCHMARKS=FOLDER` says where they are.\n"
    limit = bench.knobs["FAMILY_LIMIT"]
    bench.say("families, %d s each at most" % limit)
    rows = ms.table(bench.script("families.sh", [folder] + bench.knobs["FAMILIES"].split(), LIMIT=limit).out)
    counts = []
    for family in sorted({row["family"] for row in rows}):
        own = [row for row in rows if row["family"] == family]
        verdicts = [row["verdict"] for row in own]
        took = [float(row["seconds"]) for row in own]
        counts.append([family, len(own)] + [verdicts.count(v) for v in ("proven", "same", "better", "worse", "failed")]
                      + ["%.1f" % sum(took), show(max(took)), show(ms.shifted_mean(took, ms.TIME_SHIFT))])
        for v, say in (("same", "as good as known, but not proven"), ("worse", "worse than known"), ("failed", "failed")):
            names = [row["instance"] for row in own if row["verdict"] == v]
            bench.failed += len(names) if v == "failed" else 0
            if names:
                bench.weak.append("%s, %d s each: %s %s." % (family, limit, ", ".join("`%s`" % n for n in names), say))
    text += ("Public instances with known values, brought in by `bench/import_*` (`bench/families.sh`): dial-a-ride (Cordeau 2006), "
             "pickup and delivery with time windows (Li and Lim 2001), crew scheduling (Beasley and Cao 1996). %d s each at most. *Proven*: "
             "the bound reaches the value, and it is the known one.\n\n" % limit)
    text += grid(["family", "instances", "proven", "same", "better", "worse", "failed", "seconds, sum", "longest", "mean"], counts)
    return text + "\n" + grid(["family", "instance", "status", "value", "bound", "known", "seconds", "peak, MiB", "verdict"],
                              [list(row.values()) for row in rows])


def run_batch(bench, what, make):
    """A column of figures of one batch; make(i) leaves the i-th instance in a file that it is given."""
    n, folder = bench.knobs["SMALL"], os.path.join(bench.tmp, what)
    out = folder + ".out"
    os.mkdir(folder)
    bench.say("a batch of %d: %s" % (n, what))
    for i in range(n):
        make(i, os.path.join(folder, "%05d.json" % i))
    run = ms.Run([bench.sortie, "batch", folder, "-o", out, "--time-limit", "10", "-q",
                  *bench.knobs["BATCH_OPTIONS"].split()], 3600)
    with open(os.path.join(out, "results.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    size = sum(os.path.getsize(os.path.join(at, f)) for at, _, files in os.walk(out) for f in files)
    wrong = sum(r["status"] not in ("optimal", "feasible", "no_plan_possible") for r in rows)
    took = [float(r["seconds"]) for r in rows]
    bench.failed += wrong
    return [len(rows), wrong, sum(r["status"] == "optimal" for r in rows), "%.2f" % run.seconds,
            "%.0f" % (60 * len(rows) / run.seconds), "%.4f" % statistics.median(took), "%.4f" % statistics.fmean(took),
            "%.2f" % max(took), "%.1f" % (max(int(r["peak_kib"] or 0) for r in rows) / 1024),
            "%.0f" % statistics.fmean(os.path.getsize(os.path.join(folder, f)) for f in os.listdir(folder)),
            "%.0f" % (size / len(rows))]


def batches(bench):
    """Throughput of small instances, and the start of the program."""
    with open(os.path.join(bench.root, "instances", "example.json"), encoding="utf-8") as file:
        example = file.read()

    def copy(i, path):
        with open(path, "w", encoding="utf-8") as to:
            to.write(example.replace('"name": "', '"name": "%d: ' % i, 1))

    def generate(i, path):
        made = ms.Run([bench.sortie, "generate", "--family", FAMILIES[i % len(FAMILIES)], "--seed", str(i + 1), "--size", "2", "--days",
                       "1", "-q", "-o", path], 60)
        bench.failed += made.code != 0

    words = ["instances", "failed", "proven", "wall clock, s", "instances a minute", "seconds each, median", "seconds each, mean",
             "longest, s", "peak of one, MiB", "instance file, bytes", "results of one, bytes"]
    columns = [run_batch(bench, "example", copy), run_batch(bench, "generated", generate)]
    starts = [ms.Run([bench.sortie, "--version"], 10).seconds for _ in range(40)]
    for name, column in zip(("copies of `example.json`", "generated instances of two demands"), columns):
        if float(column[4]) < 2000:
            bench.weak.append("A batch of %s: %s a minute, fewer than 2,000." % (name, column[4]))
    return ("## Batches\n\n`sortie batch`, a process each, as many at once as there are processors, 10 s each at most: copies of `example.json` "
            "under other names, and instances of two demands in one day that `sortie generate` makes, five families in turn. "
            "`docs/batch.md` has from this what a million of them take.\n\n"
            + grid(["", "example", "generated"], [list(row) for row in zip(words, *columns)])
            + "\n`sortie --version`, start to end: %.1f ms, median of 40.\n" % (1000 * statistics.median(starts)))


def tools(bench):
    text = "## Load plans and exports\n\nLoad plans of a schedule made anew (`bench/load_plans.sh`):\n\n"
    rows = ms.table(bench.script("load_plans.sh", LIMIT=bench.knobs["LIMIT"]).out)
    text += grid(list(rows[0]), [list(r.values()) for r in rows]) if rows else "No run ended with a table.\n"
    rows = ms.table(bench.script("exports.sh", ["1000"]).out)
    text += "\nA schedule of 1,000 sorties in every format (`bench/exports.sh`); *read* is reading and judging alone:\n\n"
    return text + (grid(list(rows[0]), [list(r.values()) for r in rows]) if rows else "No run ended with a table.\n")


def regress(bench):
    text = "## Against the commit before\n\n"
    if not bench.knobs["BASE"]:
        return text + "Left out in this run.\n"
    run = bench.script("regress.sh", [bench.base], LIMIT=bench.knobs["REGRESS_LIMIT"], SEEDS=bench.knobs["REGRESS_SEEDS"],
                       TREE=bench.before())
    if run.code == 1:
        bench.weak.append("The commit measured is worse than the one before it in a sign test: see the last chapter.")
    return text + "`make bench-regress` with LIMIT=%d, SEEDS=%d:\n\n```\n%s```\n" % (
        bench.knobs["REGRESS_LIMIT"], bench.knobs["REGRESS_SEEDS"], run.out)
