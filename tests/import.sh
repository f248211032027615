#!/bin/sh
# Writes instances as tables, in the manner of several spreadsheets, and imports them again.
# usage, from the repository root: sh tests/import.sh BINARY
#
# Needs Debian's python3.
set -u
LC_ALL=C.UTF-8
export LC_ALL
[ $# -eq 1 ] && [ -x "$1" ] || { echo "usage: sh tests/import.sh BINARY" >&2; exit 2; }
PYTHON=/usr/bin/python3
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0

"$PYTHON" tests/exports/corpus.py "$TMP/corpus.json"
for instance in instances/example.json instances/border-2025.json tests/schemas/all-keys.json "$TMP/corpus.json"; do
    for kind in excel semicolons tabs quoted; do
        if timeout 60 "$PYTHON" tests/import/roundtrip.py "$1" "$instance" "$TMP/$(basename "$instance").$kind" $kind; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "FAIL $instance as $kind"
        fi
    done
done

echo "import: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
