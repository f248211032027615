#!/bin/sh
# What exporting costs: every format, for a schedule of some size, with seconds and peak memory.
#
#   sh bench/exports.sh [SORTIES]...                default: 1000 10000
#   INSTANCE=... SCHEDULE=... sh bench/exports.sh   that schedule instead
#
# SORTIE  the program, default build/sortie
#
# A line for each format, to one file and to a folder where it can; "read" is reading and judging alone. MiB are the peak of the
# whole process; what a format takes on its own is what it has more than "read".
set -eu
LC_ALL=C
export LC_ALL
root=$(cd "$(dirname "$0")/.." && pwd)
sortie=${SORTIE:-$root/build/sortie}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
[ -x "$sortie" ] || { echo "bench: \"$sortie\" is missing; build it with make" >&2; exit 2; }
env time -f '%e %M' -o "$tmp/time" true 2> /dev/null || { echo "bench: GNU time is missing" >&2; exit 2; }

# measure WHAT OUT COMMAND...: a line of the table
measure() {
    what=$1 out=$2
    shift 2
    env time -f '%e %M' -o "$tmp/time" "$@" > /dev/null 2> "$tmp/said" || [ "$what" = read ] ||
        { cat "$tmp/said" >&2; exit 1; }
    bytes=$(find "$out" -type f -exec cat {} + 2> /dev/null | wc -c)
    measured=$(tail -n 1 "$tmp/time")
    printf '%s\t%s\t%.1f\t%d\n' "$what" "${measured% *}" "$(echo "${measured#* }" | awk '{ print $1 / 1024 }')" "$bytes"
    rm -rf "$out"
}

# all INSTANCE SCHEDULE
all() {
    printf 'format\tseconds\tpeak_mib\tbytes\n'
    measure read "$tmp/none" "$sortie" check "$1" "$2"
    for format in $("$sortie" export --help | sed -n 's/^  \([a-z]*\)  *[A-Za-z].*/\1/p'); do
        measure "$format" "$tmp/out" "$sortie" export "$1" "$2" --to "$format" -o "$tmp/out"
        if "$sortie" export "$1" "$2" --to "$format" -o "$tmp/" > /dev/null 2>&1; then
            rm -f "$tmp"/*.csv "$tmp"/*.ics "$tmp"/*.json
            measure "$format/" "$tmp/folder" "$sortie" export "$1" "$2" --to "$format" -o "$tmp/folder/"
        fi
    done
}

if [ -n "${SCHEDULE:-}" ]; then
    all "$INSTANCE" "$SCHEDULE"
    exit
fi
[ $# -gt 0 ] || set -- 1000 10000
mkdir "$tmp/in"
for sorties in "$@"; do
    "$root/bench/make_schedule" "$sorties" "$tmp/in/instance" "$tmp/in/schedule"
    echo "$sorties sorties"
    all "$tmp/in/instance" "$tmp/in/schedule"
done
