#!/bin/sh
# Runs the program as people do and compares what it says.
# usage, from the repository root: sh tests/golden.sh BINARY      UPDATE=1 rewrites the expected texts
#
# A case is tests/golden/CASE.cmd, a line of shell in which $SORTIE is the program and $TMP a folder with the inputs made below;
# CASE.out, CASE.err and CASE.code are what it must print and return. An absent .err means that nothing may be said there.
set -u
LC_ALL=C
TZ=UTC
export LC_ALL TZ
[ $# -eq 1 ] && [ -x "$1" ] || { echo "usage: sh tests/golden.sh BINARY" >&2; exit 2; }
SORTIE=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
GOLDEN=tests/golden
EXAMPLE=instances/example.json
BIG=instances/border-2025.json
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
trap 'exit 130' INT TERM
export SORTIE TMP EXAMPLE
passed=0 failed=0

pass() { passed=$((passed + 1)); }
fail() { failed=$((failed + 1)); echo "FAIL $*"; }
skip() { echo "skip $*"; }
# verdict STATUS NAME: passes where STATUS is 0. The status stands first: in some shells a $(...) before it would change $?
verdict() { if [ "$1" -eq 0 ]; then pass; else fail "$2"; fi; }

. tests/golden/inputs.sh

# --- cases with expected texts -------------------------------------------------------------------------------------------

same() { # WHAT EXPECTED GOT: like cmp, and shows the difference
    [ -e "$2" ] || set -- "$1" /dev/null "$3"
    cmp -s "$2" "$3" && return 0
    echo "--- $1"
    diff "$2" "$3" | head -n 20
    return 1
}

run_case() {
    name=$(basename "$1" .cmd)
    expected=$GOLDEN/$name
    timeout 60 sh "$1" > "$TMP/got.out" 2> "$TMP/got.raw" < /dev/null
    echo $? > "$TMP/got.code"
    sed "s|$TMP|TMP|g" "$TMP/got.raw" > "$TMP/got.err"
    if [ "${UPDATE:-0}" = 1 ]; then
        cp "$TMP/got.out" "$expected.out"
        cp "$TMP/got.code" "$expected.code"
        if [ -s "$TMP/got.err" ]; then cp "$TMP/got.err" "$expected.err"; else rm -f "$expected.err"; fi
    fi
    wrong=0
    same "$name: exit code" "$expected.code" "$TMP/got.code" || wrong=1
    same "$name: standard output" "$expected.out" "$TMP/got.out" || wrong=1
    same "$name: standard error" "$expected.err" "$TMP/got.err" || wrong=1
    verdict $wrong "$name"
}

for cmd in "$GOLDEN"/*.cmd; do
    run_case "$cmd"
done

# --- every hostile input: exit 3, one line that gives the right reason, no answer --------------------------------------

while IFS='|' read -r name reason; do
    input=$H/$name
    for command in validate "solve -o $TMP/never.json"; do
        rm -f "$TMP/never.json"
        # shellcheck disable=SC2086 # words are wanted
        timeout 60 "$SORTIE" $command "$input" > "$TMP/got.out" 2> "$TMP/got.err" < /dev/null
        code=$?
        [ $code -eq 3 ] && [ ! -s "$TMP/got.out" ] && [ ! -e "$TMP/never.json" ] &&
            [ "$(wc -l < "$TMP/got.err")" -eq 1 ] && grep -qF -e "$reason" "$TMP/got.err"
        verdict $? "hostile $name, ${command%% *}: exit $code, not \"$reason\": $(head -n 3 "$TMP/got.err")"
    done
done < "$GOLDEN/hostile.txt"
for input in "$H"/*; do
    grep -q "^${input##*/}|" "$GOLDEN/hostile.txt"
    verdict $? "no reason is given for the hostile input ${input##*/}"
done

# --- the same answer twice ---------------------------------------------------------------------------------------------

timeout 60 "$SORTIE" solve "$EXAMPLE" --quiet > "$TMP/once.json" 2> "$TMP/got.err" &&
    timeout 60 "$SORTIE" solve "$EXAMPLE" --quiet -o "$TMP/twice.json" 2>> "$TMP/got.err" &&
    cmp "$TMP/once.json" "$TMP/twice.json" && [ ! -s "$TMP/got.err" ]
verdict $? "two runs give the same bytes, quietly"

timeout 60 "$SORTIE" solve "$EXAMPLE" --progress json 2> "$TMP/got.err" > /dev/null
grep -v '^sortie: ' "$TMP/got.err" > "$TMP/progress"
[ -s "$TMP/progress" ] && ! grep -qv '^{"time":[0-9.]*,"bound":[^,]*,"best":[^,]*,"gap":[^,]*,"columns":[0-9]*,"nodes":[0-9]*,"phase":"[a-z ]*"\(,"[a-z]*_s":[0-9.]*\)*}$' \
    "$TMP/progress" && tail -n 1 "$TMP/progress" | grep -q '"phase":"end","master_s":[0-9.]*,"pricing_s":[0-9.]*,"cuts_s"' &&
    [ "$(grep -c master_s "$TMP/progress")" -eq 1 ]
verdict $? "--progress json: one object a line, times by phase in the last"

# --- outputs that fail -------------------------------------------------------------------------------------------------

if [ -c /dev/full ]; then
    for command in "--help" "--version" "catalogue" "validate $EXAMPLE" "solve --quiet $EXAMPLE"; do
        # shellcheck disable=SC2086 # words are wanted
        timeout 60 "$SORTIE" $command > /dev/full 2> "$TMP/got.err"
        code=$?
        { [ $code -eq 3 ] || [ $code -eq 5 ]; } && [ -s "$TMP/got.err" ]
        verdict $? "$command to a full disk: exit $code"
    done
else
    skip "no /dev/full"
fi

{ sleep 1; "$SORTIE" validate "$EXAMPLE" 2> "$TMP/got.err"; echo $? > "$TMP/got.code"; } | true
sleep 2
grep -q '^[35]$' "$TMP/got.code" && [ -s "$TMP/got.err" ]
verdict $? "a closed pipe: exit $(cat "$TMP/got.code")"

# In a file system of its own, filled up: prints "unmountable", or the exit code and what lies there afterwards.
cat > "$TMP/tiny.sh" <<'INNER'
mount -t tmpfs -o size=64k tmpfs "$TMP/tiny" 2> /dev/null || { echo unmountable; exit; }
dd if=/dev/zero of="$TMP/tiny/filler" bs=4096 count=64 > /dev/null 2>&1
timeout 60 "$SORTIE" solve --quiet "$EXAMPLE" -o "$TMP/tiny/out.json" 2> "$TMP/got.err"
echo $? $(ls -A "$TMP/tiny")
umount "$TMP/tiny"
INNER
mkdir "$TMP/tiny"
tiny=$(unshare -m sh "$TMP/tiny.sh" 2> /dev/null || unshare -rm sh "$TMP/tiny.sh" 2> /dev/null)
if [ -z "$tiny" ] || [ "$tiny" = unmountable ]; then
    skip "no tmpfs can be mounted here: -o on a full disk"
else
    { [ "$tiny" = "3 filler" ] || [ "$tiny" = "5 filler" ]; } && [ -s "$TMP/got.err" ]
    verdict $? "-o on a full disk: exit and files: $tiny"
fi

# --- stopped on the way ------------------------------------------------------------------------------------------------

# start_long OUT: a search that takes a while, its process id in $pid; killed after a minute, whatever it does
start_long() {
    "$SORTIE" solve "$BIG" --gap 0 --time-limit 50 -o "$1" > /dev/null 2> "$TMP/got.err" &
    pid=$!
    (
        trap 'kill "$sleeper"; exit' TERM
        sleep 60 &
        sleeper=$!
        wait "$sleeper"
        kill -9 "$pid"
    ) > /dev/null 2>&1 &
    guard=$!
    sleep "${STOP_AFTER:-3}"
}

# end_long: waits for the search; its exit code in $code
end_long() {
    wait "$pid" 2> /dev/null
    code=$?
    kill "$guard" 2> /dev/null
    wait "$guard" 2> /dev/null
}

# stop_long SIGNAL NAME: sends SIGNAL; the search must end within 30 s with a schedule that is valid
stop_long() {
    mkdir "$TMP/$2"
    start_long "$TMP/$2/out.json"
    if ! kill "-$1" "$pid" 2> /dev/null; then
        end_long
        skip "$2: the search was over before it was stopped"
        return
    fi
    began=$(date +%s)
    end_long
    took=$(($(date +%s) - began))
    [ $code -eq 0 ] && [ $took -le 30 ] && [ "$(ls -A "$TMP/$2")" = out.json ] &&
        "$SORTIE" check "$BIG" "$TMP/$2/out.json" > "$TMP/got.out" 2>&1
    verdict $? "$2: exit $code after $took s: $(head -n 1 "$TMP/got.err")"
}

if [ -e "$BIG" ]; then
    stop_long INT interrupted
    stop_long TERM terminated
    mkdir "$TMP/killed"
    start_long "$TMP/killed/out.json"
    if kill -9 "$pid" 2> /dev/null; then
        end_long
        [ $code -eq 137 ] && [ -z "$(ls -A "$TMP/killed")" ]
        verdict $? "killed: no output file: $(ls -A "$TMP/killed")"
    else
        end_long
        skip "killed: the search was over before it was killed"
    fi
else
    skip "no $BIG: stopping on the way"
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
