#!/bin/sh
# sortie beside glpsol, cbc and HiGHS on the program that `sortie model` writes, to the same gap, each with one thread.
#
#   sh bench/peers.sh [INSTANCE...]    default: the example on grids of 180, 120, 60 and 30 minutes, and first-days
#
# INSTANCE may be a dial-a-ride file, NAME.txt or NAME.darp: then the peers get the compact program of bench/darp_lp.
#
# GAP      relative gap at which a search may stop, default 0.0001
# RUNS     runs of each, default 3; the seeds of sortie are 1, 2, ...; medians are printed
# LIMIT    seconds for each run, default 120. A run that reaches it, or fails, counts as LIMIT; its solver is not run again
# COLUMNS  most columns of an exported program, default 400000
# SORTIE   the program, default build/sortie
# RAW      a file that gets a line for each run: instance, solver, run, seconds, how it ended (solved, timeout, failed, wrong)
# HiGHS    npm's package highs, from NODE_PATH, or where npm can bring it to tests/node_modules
#
# Prints versions and flags, then a table with tabs between the columns, a line for each instance:
#   columns, rows  of the exported program; "does not fit" where it has more than COLUMNS
#   sortie, glpsol, cbc, highs   seconds, median; ">LIMIT" where most runs timed out; "failed" where they ended before without
#                  an answer; "-" where it is missing; "wrong" where what it calls optimal is no schedule, or its cost is more than twice the gap from sortie's
#   ratio          seconds of the fastest peer over those of sortie; ">" where all of them timed out
#   timeouts       runs of the peers that timed out or failed, of all that were run
# sortie's seconds are wall clock from instance to checked schedule; those of glpsol and cbc wall clock with the reading of
# the program; those of HiGHS without loading and reading. Writing the program counts for nobody.
#
# Exit status: 0 good; 1 sortie failed or somebody was wrong; 2 cannot run.
set -u
LC_ALL=C
export LC_ALL
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
sortie=${SORTIE:-$root/build/sortie} gap=${GAP:-0.0001} runs=${RUNS:-3} limit=${LIMIT:-120} most=${COLUMNS:-400000}
raw=${RAW:-/dev/null}
[ -x "$sortie" ] || { echo "peers: \"$sortie\" is missing; build it with make" >&2; exit 2; }
case $(date +%N) in *[!0-9]* | '') echo "peers: date has no nanoseconds here" >&2; exit 2 ;; esac
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
status=0

now() { date +%s.%N; }
median() { sort -n "$1" | awk '{ x[NR] = $1 } END { print NR % 2 ? x[(NR + 1) / 2] : (x[NR / 2] + x[NR / 2 + 1]) / 2 }'; }
have() { if [ "$1" = highs ]; then node -e "require('highs')" 2> /dev/null; else command -v "$1" > /dev/null; fi; }

# run_SOLVER SEED: solves $tmp/p.lp or the instance, leaves the answer in $tmp/answer; status 0: to the gap
run_sortie() {
    "$sortie" solve -q "$instance" --gap "$gap" --time-limit "$limit" --seed "$1" -o "$tmp/own.json" &&
        grep -q '"status": "optimal"' "$tmp/own.json"
}
run_glpsol() {
    timeout --foreground $((limit + 10)) glpsol --lp "$tmp/p.lp" --mipgap "$gap" --tmlim "$limit" -o "$tmp/answer" > "$tmp/log" 2>&1
    grep -q 'INTEGER OPTIMAL SOLUTION FOUND\|MIP GAP TOLERANCE REACHED' "$tmp/log"
}
run_cbc() {
    timeout --foreground $((limit + 10)) cbc "$tmp/p.lp" -ratio "$gap" -sec "$limit" -timeMode elapsed solve -solu "$tmp/answer" > "$tmp/log" 2>&1
    grep -q 'Result - Optimal solution found' "$tmp/log"
}
run_highs() {
    timeout --foreground $((limit + 20)) node "$root/bench/highs.js" "$tmp/p.lp" "$limit" "$tmp/answer" "$gap" > "$tmp/log" 2>&1
    grep -q '^Optimal ' "$tmp/log"
}

cost_of() { sed -n 's/.*"total": \([0-9.]*\).*/\1/p' "$1"; }

objective() { # of what a peer says: in units of the family
    case $1 in
    glpsol) sed -n 's/^Objective: *cost = \([0-9.e+]*\).*/\1/p' "$tmp/answer" ;;
    cbc) sed -n 's/^Objective value: *\([0-9.e+]*\).*/\1/p' "$tmp/log" ;;
    highs) awk '{ print $2 }' "$tmp/log" ;;
    esac
}

# what a peer calls optimal is a schedule, and costs what sortie's does, within both gaps
agrees() {
    if [ -n "$darp" ]; then
        echo "$(cost_of "$tmp/own.json") $(objective "$1")" |
            awk -v gap="$gap" '{ d = $1 / 1000 - $2; if (d < 0) d = -d; exit d > 2 * gap * $2 + 0.01 }'
        return
    fi
    "$sortie" import-solution -q "$instance" "$tmp/answer" --map "$tmp/p.map" -o "$tmp/imported.json" 2>> "$tmp/log" &&
        echo "$(cost_of "$tmp/own.json") $(cost_of "$tmp/imported.json")" |
        awk -v gap="$gap" '{ d = $1 - $2; if (d < 0) d = -d; exit d > 2 * gap * $1 + 0.005 }'
}

# measure SOLVER: its seconds, ">LIMIT", "-" or "wrong" in $took; counts $peer_runs and $peer_timeouts
measure() {
    took=-
    have "$1" || [ "$1" = sortie ] || return
    : > "$tmp/times"
    out=0 n=0 failed=0
    while [ "$n" -lt "$runs" ]; do
        n=$((n + 1))
        began=$(now)
        "run_$1" "$n"
        solved=$?
        seconds=$(echo "$began $(now)" | awk '{ printf "%.3f", $2 - $1 }')
        [ "$1" != highs ] || [ $solved -ne 0 ] || seconds=$(awk '{ print $3 }' "$tmp/log")
        ended=solved
        if [ $solved -ne 0 ]; then
            ended=$(echo "$seconds $limit" | awk '{ print $1 < 0.95 * $2 ? "failed" : "timeout" }')
            seconds=$limit
            out=$((out + 1))
            [ $ended = timeout ] || failed=$((failed + 1))
        elif [ "$1" != sortie ] && ! agrees "$1"; then
            ended=wrong
        fi
        echo "$seconds" >> "$tmp/times"
        printf '%s\t%s\t%s\t%s\t%s\n' "$(basename "$instance" .json)" "$1" "$n" "$seconds" $ended >> "$raw"
        if [ $ended = wrong ]; then
            took=wrong
            status=1
            return
        fi
        [ $ended = solved ] || [ "$1" = sortie ] || break
    done
    [ "$1" = sortie ] || { peer_runs=$((peer_runs + n)) peer_timeouts=$((peer_timeouts + out)); }
    took=$(median "$tmp/times")
    [ $((2 * out)) -le "$n" ] || took=">$limit"
    [ $((2 * failed)) -le "$n" ] || took=failed
}

# make_program: $tmp/p.lp; of a dial-a-ride file $instance, too
make_program() {
    darp=
    case $instance in
    *.txt | *.darp)
        darp=$instance
        instance=$tmp/$(basename "${darp%.*}").json
        "$root/bench/import_darp" "$darp" > "$instance" && "$root/bench/darp_lp" "$darp" > "$tmp/p.lp"
        ;;
    *) "$sortie" model "$instance" -o "$tmp/p.lp" --map "$tmp/p.map" --max-columns "$most" ;;
    esac
}

compare() {
    make_program 2> "$tmp/size"
    case $? in
    0) size=$(sed -n 's/^[a-z_]*: \([0-9]*\) columns, \([0-9]*\) rows.*/\1\t\2/p' "$tmp/size") ;;
    4) size="does not fit\t-" ;;
    *) cat "$tmp/size" >&2; status=1; return ;;
    esac
    measure sortie
    own=$took line=$took best= peer_runs=0 peer_timeouts=0
    for peer in glpsol cbc highs; do
        took=-
        [ "$size" = "does not fit\t-" ] || measure $peer
        line="$line\t$took"
        case $took in - | wrong | failed) ;; *) best="$best ${took#>}" ;; esac
    done
    ratio=$(echo "$own $best" | awk -v limit="$limit" '{ m = -1; for (i = 2; i <= NF; i++) if (m < 0 || $i < m) m = $i
        if (m < 0 || $1 !~ /^[0-9.]+$/ || $1 == 0) print "-"; else printf "%s%.3g\n", (m >= limit ? ">" : ""), m / $1 }')
    case $own in \>* | failed) status=1 ;; esac
    printf "%s\t$size\t$line\t%s\t%s of %s\n" "$(basename "$instance" .json)" "$ratio" "$peer_timeouts" "$peer_runs"
}

if ! have highs; then
    cd "$root" && . tests/npm.sh && npm_package highs && export NODE_PATH="$root/tests/node_modules"
    cd "$OLDPWD" || exit 2
fi
for solver in glpsol cbc highs; do
    have $solver || echo "# $solver: missing"
done
echo "# $("$sortie" --version): solve --gap $gap --time-limit $limit --seed 1, 2, ..."
have glpsol && echo "# $(glpsol --version | head -n 1): --lp --mipgap $gap --tmlim $limit"
have cbc && echo "# CBC $(cbc -quit 2>&1 | sed -n 's/^Version: *//p'): -ratio $gap -sec $limit -timeMode elapsed"
version_of_highs="JSON.parse(fs.readFileSync(path.join(path.dirname(require.resolve('highs')), '..', 'package.json'))).version"
have highs && echo "# npm highs $(node -p "$version_of_highs"): mip_rel_gap $gap, time_limit $limit"
echo "# runs $runs, medians; $(nproc) processors"
printf 'instance\tcolumns\trows\tsortie\tglpsol\tcbc\thighs\tratio\ttimeouts\n'
if [ $# -eq 0 ]; then
    for step in 180 120 60 30; do
        sed "s/\"step_min\": 30/\"step_min\": $step/" "$root/instances/example.json" > "$tmp/example-$step.json"
        set -- "$@" "$tmp/example-$step.json"
    done
    set -- "$@" "$root/instances/first-days.json"
fi
for instance in "$@"; do
    compare
done
exit $status
