#!/bin/sh
# The harness of `make bench` on one small instance: its tables are made, and what fails is counted.
# usage, from the repository root: sh tests/bench.sh BUILD      BUILD has sortie and bench-phases
set -u
LC_ALL=C
export LC_ALL
[ $# -eq 1 ] && [ -x "$1/sortie" ] && [ -x "$1/bench-phases" ] || { echo "usage: sh tests/bench.sh BUILD" >&2; exit 2; }
BUILD=$(cd "$1" && pwd)
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
trap 'exit 130' INT TERM
export BUILD OUT="$TMP/docs" BASE= BENCHMARKS="$TMP/none" LIMIT=5 SEEDS=1 RUNS=1 PEER_LIMIT=100 RUNS_OF_PEERS=2 SMALL=5 WORK=1 \
    INSTANCES=instances/example.json PEER_INSTANCES="$TMP/coarse.json tests/families/rides.darp" PARTS=
# Address space is no measure of a program under a sanitizer.
if nm -D "$BUILD/sortie" 2> /dev/null | grep -q __asan; then export BATCH_OPTIONS='--memory 0'; fi
passed=0 failed=0
verdict() { # STATUS NAME
    if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $2"; fi
}
has() { grep -q -- "$1" "$OUT/benchmarks.md"; }

# --- all of it, beside a cbc that ends at once
sed 's/"step_min": 30/"step_min": 180/' instances/example.json > "$TMP/coarse.json"
mkdir "$TMP/bin"
printf '#!/bin/sh\nexit 3\n' > "$TMP/bin/cbc"
chmod +x "$TMP/bin/cbc"
PATH=$TMP/bin:$PATH PARTS='phases quality threads peers families batches' bench/benchmarks > "$TMP/out" 2> "$TMP/err"
[ $? -eq 0 ] && has '^0 runs of ours failed'
verdict $? "the harness: $(tail -n 3 "$TMP/err")"
for phase in reader checker writer 'load planner' 'pricing, grid' 'pricing, labels' master; do
    has "^| $phase | .* | -*[0-9]* | [0-9.]* | [0-9.]* |\$"
    verdict $? "fixed work: $phase"
done
has '^| example | 139595.84 | 1 | 0 | 0.00 % | 0.00 % | 0.0[01] % | '
verdict $? "quality: the optimum of example"
has '^| example | [0-9.]* |\( [0-9.]* % |\)\{7\}$'
verdict $? "where the time goes: seven shares"
has '^| example | [0-9.]* | [0-9.]* | [0-9.]* | yes |$'
verdict $? "threads: the same bytes"
has '^| sortie | 4 | 4 | 0 | 0 | 0 | ' && has '^| cbc | 2 | 0 | 0 | 2 | 0 | '
verdict $? "a peer that fails is counted as failed: $(grep '^| cbc' "$OUT/benchmarks.md")"
has '^| coarse | [0-9]* | [0-9]* | [0-9.]* | [0-9.]* | failed |' && has '^| rides | 26 | 59 | [0-9.]* | [0-9.]* | failed |'
verdict $? "and its rows say so"
has '^| instances | 5 | 5 |$'
verdict $? "batches"
has '^Left out in this run: the public files' && grep -q 'left out: there is no folder' "$TMP/err"
verdict $? "families that are not there are left out, and it says so"
! grep -q "$TMP\|$PWD" "$OUT/benchmarks.md"
verdict $? "no path of this machine in the document"
for chart in $(sed -n 's/^!\[.*\](\(.*\))$/\1/p' "$OUT/benchmarks.md"); do
    python3 -c 'import sys, xml.etree.ElementTree as x; sys.exit(not x.parse(sys.argv[1]).getroot().tag.endswith("svg"))' \
        "$OUT/$chart"
    verdict $? "chart $chart"
done
[ "$(find "$OUT/bench" -name '*.svg' | wc -l)" -eq "$(grep -c '^!\[' "$OUT/benchmarks.md")" ]
verdict $? "as many charts as the document shows"

# --- a solver that crashes, one that lies, one that fails at once
mkdir "$TMP/ill"
for ill in 'kill -SEGV $$' 'exit 5' 'echo "{\"status\": \"optimal\"}"; exit 0'; do
    printf '#!/bin/sh\n[ "$1" != solve ] || { %s; }\nexec "%s/sortie" "$@"\n' "$ill" "$BUILD" > "$TMP/ill/sortie"
    chmod +x "$TMP/ill/sortie"
    BUILD=$TMP/ill PARTS=quality bench/benchmarks > "$TMP/out" 2> "$TMP/err"
    [ $? -eq 1 ] && has '^1 runs of ours failed' && has '^| example | 139595.84 | 1 | 1 | - | - | 100.00 % | '
    verdict $? "a run of ours that fails ($ill): $(tail -n 2 "$TMP/err")"
done

# --- wrong use
LIMIT=soon bench/benchmarks 2> "$TMP/err"
[ $? -eq 2 ] && grep -q '^bench: LIMIT must be a whole number of at least 1, got "soon"$' "$TMP/err"
verdict $? "a limit that is none: $(cat "$TMP/err")"
PARTS='quality speed' bench/benchmarks 2> "$TMP/err"
[ $? -eq 2 ] && grep -q 'there is no part "speed"' "$TMP/err"
verdict $? "a part that is none: $(cat "$TMP/err")"

# --- the statistics. Two problems: A takes 1 and 8 s, B 2 s and never; ratios 1, 1 and 2, never. exp(mean(log(1 + 1), log(7 + 1))) - 1 = 3
python3 - <<'END'
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, "bench")
import measuring as ms
inf = float("inf")
assert ms.profile({"A": [1, 8], "B": [2, inf]}) == {"A": [(1, 0.5), (1, 1)], "B": [(2, 0.5)]}
assert ms.profile({"A": [inf], "B": [inf]}) == {"A": [], "B": []}
assert abs(ms.shifted_mean([1, 7], 1) - 3) < 1e-12 and ms.shifted_mean([], 1) is None
assert ms.shares([3, inf, 1], 2) == [(1, 1 / 3)]
run = ms.Run(["sleep", "20"], 0.2)
assert run.timed_out and run.code == -9 and run.seconds < 5
END
verdict $? "profiles, means, limits"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
