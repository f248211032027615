#!/bin/sh
# glpsol, cbc and, where npm can bring it, HiGHS find the optimum that sortie finds, and what they find makes a valid
# schedule; certificates are verified, and one that was changed by hand is not.
# usage, from the repository root: sh tests/other_solvers.sh BUILD
set -u
LC_ALL=C
export LC_ALL
[ $# -eq 1 ] && [ -x "$1/sortie" ] && [ -x "$1/verify_certificate" ] ||
    { echo "usage: sh tests/other_solvers.sh BUILD" >&2; exit 2; }
sortie=$1/sortie verify=$1/verify_certificate
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0
verdict() { # STATUS NAME
    if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $2"; fi
}
. tests/npm.sh
npm_package highs && export NODE_PATH="$PWD/tests/node_modules${NODE_PATH:+:$NODE_PATH}"
for tool in glpsol cbc; do
    command -v $tool > /dev/null || { echo "other_solvers: $tool is missing" >&2; exit 1; }
done

# the checker's cost of what a solver found
imported() { # SOLUTION
    "$sortie" import-solution -q "$instance" "$1" --map "$dir/p.map" -o "$dir/imported.json" &&
        "$sortie" check "$instance" "$dir/imported.json" 2> /dev/null
}

# compare NAME SOLUTION COMMAND...
compare() {
    name=$1 solution=$dir/$2
    shift 2
    timeout 60 "$@" > "$dir/log" 2>&1
    got=$(imported "$solution")
    [ "$got" = "$expected" ]
    verdict $? "$name on $(basename "$instance"): $got, not $expected"
}

# changed NAME SED: a certificate edited by hand must be refused with status 1
changed() {
    sed -e "$2" "$dir/p.certificate" > "$dir/changed"
    cmp -s "$dir/changed" "$dir/p.certificate"
    [ $? -eq 1 ]
    verdict $? "certificate of $(basename "$instance"), $1: nothing was changed"
    "$verify" "$instance" "$dir/p.map" "$dir/changed" > "$dir/log" 2>&1
    [ $? -eq 1 ]
    verdict $? "certificate of $(basename "$instance"), $1: $(cat "$dir/log")"
}

try() { # STEP, in minutes: the example on a coarser grid
    instance=$dir/example-$1.json
    sed "s/\"step_min\": 30/\"step_min\": $1/" instances/example.json > "$instance"
    timeout 60 "$sortie" solve -q "$instance" --gap 0 -o "$dir/own.json" --certificate "$dir/p.certificate" 2> "$dir/log"
    expected=$("$sortie" check "$instance" "$dir/own.json" 2>> "$dir/log")
    case $expected in valid:*) grep -q '"status": "optimal"' "$dir/own.json" ;; *) false ;; esac
    verdict $? "sortie on $(basename "$instance"): $(cat "$dir/log")"
    "$sortie" model -q "$instance" -o "$dir/p.lp" --map "$dir/p.map" && "$sortie" model -q "$instance" -o "$dir/p.mps"
    verdict $? "model of $(basename "$instance")"
    compare "glpsol, LP" p.glp glpsol --lp "$dir/p.lp" --cuts --tmlim 30 -o "$dir/p.glp"
    compare "glpsol, MPS" p.raw glpsol --freemps "$dir/p.mps" --cuts --tmlim 30 -w "$dir/p.raw"
    compare "cbc, LP" p.cbc cbc "$dir/p.lp" -sec 30 -ratio 0 -allow 0 solve -solu "$dir/p.cbc"
    compare "cbc, MPS" p.sol cbc "$dir/p.mps" -sec 30 -ratio 0 -allow 0 solve -solu "$dir/p.sol"
    if node -e "require('highs')" 2> /dev/null; then
        compare HiGHS p.highs node bench/highs.js "$dir/p.lp" 30 "$dir/p.highs"
    fi
    "$verify" "$instance" "$dir/p.map" "$dir/p.certificate" > "$dir/log" 2>&1
    verdict $? "certificate of $(basename "$instance"): $(cat "$dir/log")"
}

try 180
try 120
changed "a demand's dual raised" '/"demand_1_0_0"/s/"dual": "[^"]*"/"dual": "7000"/'
changed "a demand's dual lowered" '/"demand_1_0_0"/s/"dual": "[^"]*"/"dual": "1\/2^3"/'
changed "an at-most dual made positive" '/"kind": "crews"/s/"dual": "-/"dual": "/'
changed "an at-most dual forgotten" '/"kind": "airframes"/s/"dual": "[^"]*"/"dual": "0"/'
changed "a right-hand side" '/"demand_1_0_0"/s/"rhs": "190"/"rhs": "191"/'
changed "an instant" '/"kind": "crews"/s/"at": [0-9]*/"at": 7/'
changed "the bound" 's/"bound": [0-9]*/&0/'
changed "the instance" 's/"sha256": "./"sha256": "x/'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
