#!/bin/sh
# Solves instances, checks the schedules and compares them with instances/best_known.tsv.
#
#   sh bench/run.sh [INSTANCE...]      default: instances/*.json
#
# LIMIT   seconds for each instance, default 300
# GAP     gap at which a search may stop, default 0.01
# SORTIE  the program, default build/sortie
#
# Prints a table with tabs between the columns, a line for each instance as it ends:
#   status        of the schedule; "failed" where solve or its output failed
#   seconds       wall clock of solve; whole seconds without GNU time
#   peak_mib      peak memory; without GNU time as last seen in /proc, looked at once a second, else "-"
#   check         verdict of `sortie check`; "-" where there is no schedule
#   against_best  better, same or worse than the best known cost; "-" where none is known;
#                 "contradiction" where the cost is below a known bound or the bound above a known cost
#
# Exit status: 0 good; 1 solve failed, a check failed or a contradiction; 2 cannot run.
set -u
LC_ALL=C
export LC_ALL
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
sortie=${SORTIE:-$root/build/sortie}
known=$root/instances/best_known.tsv
limit=${LIMIT:-300}
gap_wanted=${GAP:-0.01}

if [ ! -x "$sortie" ]; then
    echo "bench: \"$sortie\" is missing; build it with make" >&2
    exit 2
fi
[ $# -gt 0 ] || set -- "$root"/instances/*.json
for instance in "$@"; do
    [ -r "$instance" ] || { echo "bench: cannot read \"$instance\"" >&2 && exit 2; }
done
tmp=$(mktemp -d) || exit 2
child=
trap 'rm -rf "$tmp"' EXIT
trap '[ -z "$child" ] || kill "$child" 2> /dev/null; exit 130' INT TERM
gnu_time=
env time -f '%e %M' -o "$tmp/time" true 2> /dev/null && gnu_time=1

# run_solve INSTANCE SCHEDULE: sets code, seconds, peak
run_solve() {
    peak=-
    if [ -n "$gnu_time" ]; then
        env time -f '%e %M' -o "$tmp/time" "$sortie" solve "$1" -q -o "$2" --time-limit "$limit" --gap "$gap_wanted"
        code=$?
        measured=$(tail -n 1 "$tmp/time")
        seconds=${measured% *}
        kib=${measured#* }
    else
        kib=
        begin=$(date +%s)
        "$sortie" solve "$1" -q -o "$2" --time-limit "$limit" --gap "$gap_wanted" &
        child=$!
        while kill -0 "$child" 2> /dev/null; do
            sleep 1
            seen=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$child/status" 2> /dev/null)
            kib=${seen:-$kib}
        done
        wait "$child"
        code=$?
        child=
        seconds=$(($(date +%s) - begin))
    fi
    [ -z "$kib" ] || peak=$(awk -v k="$kib" 'BEGIN { printf "%.1f", k / 1024 }')
}

# field SCHEDULE KEY: a top-level number or text
field() {
    sed -n "s/^  \"$2\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$1"
}

# compare COST BOUND KNOWN_COST KNOWN_BOUND: in hundredths; "-" is unknown
compare() {
    awk -v cost="$1" -v bound="$2" -v best="$3" -v least="$4" '
        function cents(x) { gsub(/,/, "", x); return sprintf("%.0f", x * 100) + 0 }
        BEGIN {
            if ((least != "-" && cents(cost) < cents(least)) || (best != "-" && cents(bound) > cents(best)))
                print "contradiction"
            else if (best == "-") print "-"
            else if (cents(cost) < cents(best)) print "better"
            else if (cents(cost) == cents(best)) print "same"
            else print "worse"
        }'
}

# best_known NAME COLUMN: "-" where nothing is known
best_known() {
    [ -r "$known" ] || { echo - && return; }
    awk -F '\t' -v name="$1" -v column="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) at = i }
        NR > 1 && $1 == name && at && $at != "" { print $at; found = 1; exit }
        END { if (!found) print "-" }' "$known"
}

bad=0
printf 'instance\tstatus\tcost\tbound\tgap\tseconds\tpeak_mib\tcheck\tagainst_best\n'
for instance in "$@"; do
    name=$(basename "$instance" .json)
    schedule=$tmp/schedule.json
    rm -f "$schedule"
    run_solve "$instance" "$schedule"
    status=failed cost=- bound=- gap=- verdict=- against=-
    case $code in
    0)
        status=$(field "$schedule" status)
        cost=$(sed -n 's/^  "cost": .*"total": \([-0-9.]*\)}.*/\1/p' "$schedule")
        bound=$(field "$schedule" bound)
        gap=$(field "$schedule" gap)
        if "$sortie" check "$instance" "$schedule" > "$tmp/verdict" 2>&1; then
            verdict=valid
        else
            verdict=breach
            sed "s/^/bench: $name: /" "$tmp/verdict" >&2
            bad=1
        fi
        if [ -n "$status" ] && [ -n "$cost" ] && [ -n "$bound" ]; then
            against=$(compare "$cost" "$bound" "$(best_known "$name" value)" "$(best_known "$name" bound)")
            [ "$against" != contradiction ] || bad=1
        else
            echo "bench: $name: the schedule has no status, cost or bound where they are looked for" >&2
            status=failed
            bad=1
        fi
        ;;
    4) status=$(field "$schedule" status) ;;
    *)
        echo "bench: $name: solve ended with status $code" >&2
        bad=1
        ;;
    esac
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$name" "${status:--}" "${cost:--}" "${bound:--}" "${gap:--}" \
        "$seconds" "$peak" "$verdict" "$against"
done
exit $bad
