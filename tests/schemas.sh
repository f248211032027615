#!/bin/sh
# Holds everything that the program writes as JSON against schema/, by two validators, and the schemas against the program.
# usage, from the repository root: sh tests/schemas.sh BINARY
#
# Needs Debian's python3-jsonschema, and ajv from npm where there is one.
set -u
LC_ALL=C.UTF-8
TZ=UTC
export LC_ALL TZ
[ $# -eq 1 ] && [ -x "$1" ] || { echo "usage: sh tests/schemas.sh BINARY" >&2; exit 2; }
SORTIE=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
PYTHON=/usr/bin/python3
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
if ! "$PYTHON" -c 'import jsonschema' 2> /dev/null; then
    echo "schemas: no python3-jsonschema for $PYTHON, so nothing is checked" >&2
    [ -z "${CI:-}" ]
    exit
fi
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0
. tests/npm.sh

verdict() { if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $2"; fi; }

# a SCHEMA FILE [lines]: a document of the manifest
a() { printf '%s\t%s%s\n' "$1" "$2" "${3:+	$3}" >> "$TMP/manifest"; }

# run OUT ARGUMENT...: standard output into OUT
run() {
    out=$1
    shift
    timeout 60 "$SORTIE" "$@" > "$out" 2> "$TMP/err"
    verdict $? "sortie $*: $(head -n 1 "$TMP/err")"
}

# --- instances: ours, made by seed, of hostile texts, imported; the first has every key

"$PYTHON" tests/exports/corpus.py "$TMP/corpus.json"
a instance tests/schemas/all-keys.json
for instance in instances/*.json "$TMP/corpus.json"; do
    a instance "$instance"
done
for family in border shuttle medical-bridge; do
    run "$TMP/$family.json" generate --family "$family" --seed 3
    a instance "$TMP/$family.json"
done
run "$TMP/said" import --init "$TMP/plan"
run "$TMP/imported.json" import "$TMP/plan"
a instance "$TMP/imported.json"
a import "$TMP/plan/import.json"

# --- schedules and what goes with them

run "$TMP/outcome.json" solve instances/first-days.json --time-limit 20 --json --progress json -o "$TMP/first-days.schedule.json" --certificate "$TMP/certificate.json"
grep '^{' "$TMP/err" > "$TMP/progress.jsonl"
a schedule "$TMP/first-days.schedule.json"
a outcome "$TMP/outcome.json"
a progress "$TMP/progress.jsonl" lines
a certificate "$TMP/certificate.json"
for case in example corpus imported medical-bridge; do
    [ -e "$TMP/$case.json" ] || cp "instances/$case.json" "$TMP/$case.json"
    run "$TMP/$case.schedule.json" solve -q "$TMP/$case.json" --time-limit 2 --gap 0.5
    a schedule "$TMP/$case.schedule.json"
done
run "$TMP/loads.json" load instances/first-days.json "$TMP/first-days.schedule.json" --to json
a loads "$TMP/loads.json"
run "$TMP/small.json" generate --family shuttle --size 2 --days 1
run "$TMP/program.lp" model -q "$TMP/small.json" --map "$TMP/map.json"
a program_map "$TMP/map.json"

# --- a batch, of which one instance cannot be read

mkdir "$TMP/instances"
cp instances/example.json "$TMP/instances"
echo '{' > "$TMP/instances/broken.json"
timeout 60 "$SORTIE" batch "$TMP/instances" -o "$TMP/batch" --memory 0 --progress json > "$TMP/said" 2> "$TMP/err"
grep '^{' "$TMP/err" > "$TMP/batch.progress.jsonl"
a outcome "$TMP/batch/results.jsonl" lines
a progress "$TMP/batch.progress.jsonl" lines
a schedule "$TMP/batch/schedules/example.schedule.json"

# --- the catalogue

for which in '' airfields types KBIF C-17A; do
    # shellcheck disable=SC2086 # no word at all is wanted for ''
    run "$TMP/catalogue-$which.json" catalogue $which --json
    a catalogue "$TMP/catalogue-$which.json"
done

# --- the verdicts

timeout 300 "$PYTHON" tests/schemas/check.py "$SORTIE" "$TMP/manifest" "$TMP/verdicts" instances/first-days.json
verdict $? "by python3-jsonschema"

if npm_package ajv; then
    timeout 300 node tests/schemas/check.mjs "$TMP/verdicts"
    verdict $? "by ajv"
fi

echo "schemas: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
