#!/bin/sh
# Exports schedules and reads them back with what other people read them with.
# usage, from the repository root: sh tests/exports.sh BINARY
#
# Needs Debian's python3.
set -u
LC_ALL=C.UTF-8
TZ=UTC
export LC_ALL TZ
[ $# -eq 1 ] && [ -x "$1" ] || { echo "usage: sh tests/exports.sh BINARY" >&2; exit 2; }
SORTIE=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
PYTHON=/usr/bin/python3
TESTS=tests/exports
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0

verdict() { if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $2"; fi; }

# export_to CASE FORMAT OUT [OPTION]...: quietly, with exit 0
export_to() {
    case=$1 format=$2 out=$3
    shift 3
    timeout 60 "$SORTIE" export "$TMP/$case.json" "$TMP/$case.schedule.json" --to "$format" -o "$out" "$@" \
        > "$TMP/got.out" 2> "$TMP/got.err" && [ ! -s "$TMP/got.out" ] && [ ! -s "$TMP/got.err" ]
    verdict $? "$case to $format: $(head -n 3 "$TMP/got.err")"
}

# check CASE FORMAT OUT [ARGUMENT]...: check_FORMAT.py reads it back
check() {
    case=$1 format=$2
    shift 2
    timeout 60 "$PYTHON" "$TESTS/check_$format.py" "$TMP/$case.json" "$TMP/$case.schedule.json" "$@"
    verdict $? "$case: $format read back"
}

# --- the schedules: two small ones, a longer one, and one whose ids try to break out -----------------------------------

cp instances/example.json "$TMP/example.json"
cp instances/first-days.json "$TMP/first-days.json"
cp instances/border-2025.json "$TMP/border.json"
"$PYTHON" "$TESTS/corpus.py" "$TMP/corpus.json"
for case in example first-days border corpus; do
    timeout 60 "$SORTIE" solve -q "$TMP/$case.json" --time-limit 2 --gap 0.5 -o "$TMP/$case.schedule.json"
    verdict $? "$case solved"
done

# --- each format -------------------------------------------------------------------------------------------------------

for case in example first-days border corpus; do
    export_to $case csv "$TMP/$case.tables/"
    check $case csv "$TMP/$case.tables"
    export_to $case ics "$TMP/$case.calendars/" --set revised=2026-01-01T00:00:00Z
    check $case ics "$TMP/$case.calendars"
    export_to $case ics "$TMP/$case.all.ics" --set events=visits
    check $case ics "$TMP/$case.all.ics"
    for format in geojson kml; do
        export_to $case $format "$TMP/$case.$format"
        check $case $format "$TMP/$case.$format"
    done
    export_to $case udl "$TMP/$case.udl/"
    check $case udl "$TMP/$case.udl"
    export_to $case fpl "$TMP/$case.fpl"
    check $case fpl "$TMP/$case.fpl" catalogue/types.json
    for time in UTC local; do
        mode=U
        [ $time = UTC ] || mode=L
        export_to $case ssim "$TMP/$case.$time.ssim" --set time=$mode --set revised=2025-12-31T23:59:00Z
        check $case ssim "$TMP/$case.$time.ssim" catalogue/airfields.json catalogue/types.json
    done
done

# a new revision of a plan in which all is an hour later: the same events, with greater sequence numbers
"$PYTHON" "$TESTS/shift.py" 60 < "$TMP/example.schedule.json" > "$TMP/later.json"
timeout 60 "$SORTIE" export "$TMP/example.json" "$TMP/later.json" --to ics -o "$TMP/later.calendars/" 2> "$TMP/got.err"
"$PYTHON" "$TESTS/check_ics.py" --revised "$TMP/example.calendars" "$TMP/later.calendars"
verdict $? "a revision updates events"

echo "exports: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
