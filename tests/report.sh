#!/bin/sh
# Makes reports of schedules and looks at them in a real browser.
# usage, from the repository root: sh tests/report.sh BINARY
#
# Needs Debian's python3 and chromium, and axe-core from npm where there is one.
set -u
LC_ALL=C.UTF-8
TZ=UTC
export LC_ALL TZ
[ $# -eq 1 ] && [ -x "$1" ] || { echo "usage: sh tests/report.sh BINARY" >&2; exit 2; }
SORTIE=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
PYTHON=/usr/bin/python3
if [ ! -x /usr/bin/chromium ] || [ ! -x "$PYTHON" ]; then
    echo "report: no /usr/bin/chromium or $PYTHON, so nothing is looked at" >&2
    [ -z "${CI:-}" ]
    exit
fi
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0
. tests/npm.sh
if npm_package axe-core; then AXE=tests/node_modules/axe-core/axe.min.js; else AXE=; fi
export AXE

verdict() { if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $2"; fi; }

# look CASE [SECONDS]: makes the report of the case and opens it
look() {
    timeout 60 "$SORTIE" report "$TMP/$1.json" "$TMP/$1.schedule.json" -o "$TMP/$1.html" > "$TMP/got.out" 2> "$TMP/got.err" && [ ! -s "$TMP/got.out" ]
    verdict $? "$1: report made: $(head -n 3 "$TMP/got.err")"
    timeout 120 "$PYTHON" tests/report/check_report.py "$TMP/$1.json" "$TMP/$1.schedule.json" "$TMP/$1.html" ${2:-}
    verdict $? "$1: report looked at"
}

cp instances/example.json "$TMP/example.json"
cp instances/first-days.json "$TMP/first-days.json"
cp instances/border-2025.json "$TMP/border.json"
"$PYTHON" -c 'import json, sys; i = json.load(sys.stdin); i["crews"] = []; json.dump(i, sys.stdout)' < instances/example.json > "$TMP/nothing-flown.json"
"$PYTHON" tests/exports/corpus.py "$TMP/corpus.json"
for case in example first-days border corpus nothing-flown; do
    timeout 60 "$SORTIE" solve -q "$TMP/$case.json" --time-limit 2 --gap 0.5 -o "$TMP/$case.schedule.json"
    verdict $? "$case solved"
    look $case
done

# Ten thousand sorties, which break rules, and the page says so.
"$PYTHON" tests/report/large.py "$TMP/large.json" "$TMP/large.schedule.json"
look large 10
grep -q 'not valid' "$TMP/got.err"
verdict $? "large: no warning that it is not valid"

echo "report: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
