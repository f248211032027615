#!/bin/sh
# Imports small cases of public families, solves them and compares with values worked out by hand.
# usage, from the repository root: sh tests/importers.sh BINARY
#
# SORTIE_FAMILIES  a folder with darp/, pdptw/ and crew/ as bench/families.sh takes it: every file must import and validate
set -u
LC_ALL=C
export LC_ALL
[ $# -eq 1 ] && [ -x "$1" ] || { echo "usage: sh tests/importers.sh BINARY" >&2; exit 2; }
[ -x /usr/bin/python3 ] || { echo "skip importers: no /usr/bin/python3"; exit 0; }
sortie=$1
cases=tests/families
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0

verdict() { if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "FAIL $2"; fi; }

# costs EXPECTED NAME IMPORTER [ARGUMENT]...: the best schedule of two seconds costs that much, by the checker's count
costs() {
    expected=$1 name=$2
    shift 2
    "$@" > "$tmp/instance.json" &&
        timeout 60 "$sortie" solve --gap 0 --time-limit 2 -q -o "$tmp/schedule.json" "$tmp/instance.json" &&
        "$sortie" check "$tmp/instance.json" "$tmp/schedule.json" > "$tmp/said" 2>&1 &&
        [ "$(cat "$tmp/said")" = "valid: cost $expected" ]
    verdict $? "$name: not $expected but $(head -n 3 "$tmp/said")"
}

# refused EXPECTED IMPORTER INPUT WORDS: status 3, nothing printed, one line that ends in EXPECTED
refused() {
    printf '%b' "$3" > "$tmp/input"
    # shellcheck disable=SC2086 # words are wanted
    "bench/import_$2" $4 "$tmp/input" > "$tmp/out" 2> "$tmp/err"
    [ $? -eq 3 ] && [ ! -s "$tmp/out" ] && [ "$(cat "$tmp/err")" = "$tmp/input$1" ]
    verdict $? "$2: \"$(cat "$tmp/err")\", not \"$1\""
}

# Depot (0,0), N1 (3,4) -> N3 (6,4), N2 (3,0) -> N4 (6,0): D N2 N1 N3 N4 D is 3+4+3+4+6 = 20 units of 1000. Passenger 2
# is aboard for 4+1+3+1+4 = 13 units, as many as may be.
costs 20,000.00 "dial-a-ride" bench/import_darp $cases/rides.darp
costs 20,000.00 "dial-a-ride, rounded down" bench/import_darp --down $cases/rides.darp
# At most 12: D N2 N4 N1 N3 D is 3+3+5+3+root 52 = 21.2111026, the fee rounded up to 7.21111.
sed '1s/13$/12/' $cases/rides.darp > "$tmp/short.darp"
costs 21,211.11 "dial-a-ride, a shorter ride" bench/import_darp "$tmp/short.darp"
# N2 until 3, N1 from 20: who is loaded at 3 waits in the vehicle, and no handling drawn out to 16 makes it 13 units.
sed -e '/^1 3 /s/0 100$/20 100/' -e '/^2 3 /s/0 100$/0 3/' $cases/rides.darp > "$tmp/wait.darp"
costs 21,211.11 "dial-a-ride, waiting aboard" bench/import_darp "$tmp/wait.darp"

# By the windows N1 N2 N3 N4: one vehicle 10+20+21+22+11 = 84 units, two 22+22. A mission costs 2(10+10+11+11)+5 = 89.
costs 173,000.00 "pickup and delivery" bench/import_pdptw $cases/zigzag.pdptw

# One crew: 7+9. Two: the cheapest succession, 4. One, and 34 minutes: not from 10 to 45, so 7 and task 3 left at 7+9+1.
costs 16.00 "one crew" bench/import_crew --crews 1 $cases/three.crew
costs 4.00 "two crews" bench/import_crew --crews 2 $cases/three.crew
sed '1s/35/34/' $cases/three.crew > "$tmp/short.crew"
costs 24.00 "one crew, a shorter duty" bench/import_crew --crews 1 "$tmp/short.crew"

refused ':1: must have 5 numbers, got 2' darp '1 2\n' ''
refused ': the file ends where a line of 7 numbers is due' darp '1 1 9 1 9\n0 0 0 0 0 0 9\n' ''
refused ':1: must be numbers, got "1 1 x 1 9"' darp '1 1 x 1 9\n' ''
refused ':3: the load must be a whole number of at least 1, got 0.5' darp '1 1 9 1 9\n0 0 0 0 0 0 9\n1 0 1 0 0.5 0 9\n' ''
refused ':3: row 1: its delivery 1 is no delivery of it' pdptw '1 1 1\n0 0 0 0 0 9 0 0 0\n1 0 1 1 0 9 0 0 1\n' ''
refused ':2: must finish after it starts, got 5 and 5' crew '1 9\n5 5\n' '--crews 1'
bench/import_crew $cases/three.crew > "$tmp/out" 2>&1
[ $? -eq 2 ]
verdict $? "crew: no --crews"
bench/import_darp --no-such $cases/rides.darp > "$tmp/out" 2>&1
[ $? -eq 2 ]
verdict $? "darp: an option there is not"

if [ -n "${SORTIE_FAMILIES:-}" ]; then
    for file in "$SORTIE_FAMILIES"/darp/*.txt "$SORTIE_FAMILIES"/pdptw/*.txt "$SORTIE_FAMILIES"/crew/*.txt; do
        family=$(basename "$(dirname "$file")")
        [ "$family" = crew ] && crews='--crews 30' || crews=
        # shellcheck disable=SC2086 # words are wanted
        "bench/import_$family" $crews "$file" > "$tmp/instance.json" && "$sortie" validate "$tmp/instance.json" > "$tmp/out"
        verdict $? "$file"
    done
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
