#!/bin/sh
# Solves instances and makes the load plans of each schedule anew: how many a second, how many proven best.
#
#   sh bench/load_plans.sh [INSTANCE...]      default: border-2025, border-surge and kabul-2021, where they are there
#
# LIMIT   seconds for each solve, default 60
# SORTIE  the program, default build/sortie
#
# Prints a table with tabs between the columns: missions with a cabin layout, those proven, seconds of `load --anew`
# (reading and judging included), plans a second, and these seconds as a share of the solve.
set -u
LC_ALL=C
export LC_ALL
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
sortie=${SORTIE:-$root/build/sortie}
limit=${LIMIT:-60}
[ -x "$sortie" ] || { echo "bench: \"$sortie\" is missing; build it with make" >&2 && exit 2; }
if [ $# -eq 0 ]; then
    for name in border-2025 border-surge kabul-2021; do
        [ ! -r "$root/instances/$name.json" ] || set -- "$@" "$root/instances/$name.json"
    done
fi
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
bad=0
printf 'instance\tmissions\tproven\tseconds\tper_second\tshare_of_solve\n'
for instance in "$@"; do
    name=$(basename "$instance" .json)
    began=$(date +%s.%N)
    "$sortie" solve "$instance" -q -o "$tmp/s.json" --time-limit "$limit" || { bad=1 && continue; }
    solved=$(date +%s.%N)
    "$sortie" load "$instance" "$tmp/s.json" --anew --to json -o "$tmp/l.json" || bad=1
    ended=$(date +%s.%N)
    missions=$(grep -c '"mission":' "$tmp/l.json")
    proven=$(grep -c '"proven": true' "$tmp/l.json")
    awk -v name="$name" -v n="$missions" -v proven="$proven" -v a="$began" -v b="$solved" -v c="$ended" 'BEGIN {
        printf "%s\t%d\t%d\t%.2f\t%.0f\t%.2f %%\n", name, n, proven, c - b, n / (c - b), 100 * (c - b) / (b - a) }'
done
exit $bad
