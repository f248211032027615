#!/bin/sh
# Batches: what becomes a row, what a kill at any instant leaves, what is done again and what not.
# usage, from the repository root: sh tests/batch.sh BINARY      KILLS=20: how often a batch is killed
set -u
LC_ALL=C
export LC_ALL
[ $# -eq 1 ] && [ -x "$1" ] || { echo "usage: sh tests/batch.sh BINARY" >&2; exit 2; }
SORTIE=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
KILLS=${KILLS:-20}
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0
verdict() { # STATUS NAME
    if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $2"; fi
}
# Address space is no measure of a program under a sanitizer.
memory="--memory 400"
if nm -D "$SORTIE" 2> /dev/null | grep -q __asan; then memory="--memory 0"; sanitized=1; else sanitized=; fi

# batch INSTANCES OUT [OPTION]...: quietly, its exit status in $code
batch() {
    instances=$1 out=$2
    shift 2
    # shellcheck disable=SC2086 # words are wanted
    timeout 120 "$SORTIE" batch "$instances" -o "$out" $memory --jobs 2 --time-limit 30 "$@" 2> "$TMP/err"
    code=$?
}

# --- many instances -----------------------------------------------------------------------------------------------------

mkdir "$TMP/in" "$TMP/in/deep"
i=0
while [ $i -lt 30 ]; do
    sed "s/\"name\": \"[^\"]*\"/\"name\": \"number $i\"/" instances/example.json > "$TMP/in/n$i.json"
    i=$((i + 1))
done
sed 's/"pax": [0-9]*/"pax": -40/' instances/example.json > "$TMP/in/bad.json"
cp instances/example.json "$TMP/in/deep/one, two.json"
(cd "$TMP/in" && ls n*.json && echo bad.json && echo && echo 'deep/one, two.json' && echo gone.json) > "$TMP/in/list"

batch "$TMP/in/list" "$TMP/whole"
[ $code -eq 0 ] && [ "$(wc -l < "$TMP/whole/results.csv")" -eq 34 ] && [ "$(wc -l < "$TMP/whole/results.jsonl")" -eq 33 ] &&
    [ "$(grep -c ',optimal,0,0,' "$TMP/whole/answers.csv")" -eq 31 ] &&
    grep -q '^bad,[0-9a-f]*,bad_input,3,0,.*bad: /demands/0/pax: must be at least 1, got -40' "$TMP/whole/answers.csv" &&
    grep -q '^gone,,io_error,3,0,' "$TMP/whole/answers.csv" && grep -q '^"deep/one, two",' "$TMP/whole/answers.csv"
verdict $? "33 rows: exit $code: $(tail -n 1 "$TMP/err")"
"$SORTIE" check "$TMP/in/n7.json" "$TMP/whole/schedules/n7.schedule.json" > /dev/null 2>&1 &&
    [ "$(find "$TMP/whole" -type f | wc -l)" -eq 35 ]
verdict $? "31 schedules that are valid, four files beside them, nothing else"
[ "$(grep -c '^{"time":[0-9.]*,"done":[0-9]*,"of":33,"failed":[0-9]*,"left_s":[0-9.]*,"instance":"[^"]*","status":"[a-z_]*","seconds":[0-9.]*}$' "$TMP/err")" -eq 33 ]
verdict $? "one JSON object a line where there is no terminal"

batch "$TMP/in/list" "$TMP/whole"
[ $code -eq 3 ] && grep -q 'holds a batch already; --resume' "$TMP/err"
verdict $? "a batch is not overwritten: exit $code"

cp -r "$TMP/whole" "$TMP/again"
batch "$TMP/in/list" "$TMP/again" --resume --quiet
rm "$TMP/again/journal.jsonl"
[ $code -eq 0 ] && diff -r "$TMP/whole" "$TMP/again" | grep -qx "Only in $TMP/whole: journal.jsonl" &&
    [ ! -s "$TMP/err" ]
same=$?
verdict $same "a finished batch gone on with: the same bytes, times included, but for the file that is gone"

# --- killed at random instants, gone on with ---------------------------------------------------------------------------

# whole_lines JOURNAL
whole_lines() { if [ -e "$1" ]; then grep '}$' "$1"; fi; }

grep -v gone "$TMP/in/list" > "$TMP/in/there" # what cannot be read is tried again every time
batch "$TMP/in/there" "$TMP/calm"
kills=0 ends=0 wrong=0
: > "$TMP/before"
while [ $kills -lt "$KILLS" ]; do
    # shellcheck disable=SC2086 # words are wanted
    setsid "$SORTIE" batch "$TMP/in/there" -o "$TMP/killed" $memory --jobs 2 --time-limit 30 --quiet --resume 2>> "$TMP/err" &
    pid=$!
    sleep "$(awk -v seed="$kills$$" 'BEGIN { srand(seed); printf "%.3f", 0.12 * rand() }')"
    if kill -9 "$pid" 2> /dev/null; then kills=$((kills + 1)); else ends=$((ends + 1)); fi
    wait "$pid" 2> /dev/null
    whole_lines "$TMP/killed/journal.jsonl" > "$TMP/now"
    head -c "$(wc -c < "$TMP/before")" "$TMP/now" | cmp -s - "$TMP/before" || wrong=1
    cp "$TMP/now" "$TMP/before"
    if [ -e "$TMP/killed/answers.csv" ]; then # done: the next kills hit a new batch
        cmp -s "$TMP/calm/answers.csv" "$TMP/killed/answers.csv" || wrong=1
        [ "$(sort "$TMP/now" | sed 's/,"sha256.*//' | uniq -d | wc -l)" -eq 0 ] || wrong=1
        rm -rf "$TMP/killed"
        : > "$TMP/before"
    fi
done
batch "$TMP/in/there" "$TMP/killed" --resume
whole_lines "$TMP/killed/journal.jsonl" > "$TMP/now"
head -c "$(wc -c < "$TMP/before")" "$TMP/now" | cmp -s - "$TMP/before" || wrong=1
[ $wrong -eq 0 ]
verdict $? "$kills kills: what was finished stays as it is, every instance once"
[ $code -eq 0 ] && cmp "$TMP/calm/answers.csv" "$TMP/killed/answers.csv" &&
    diff -r "$TMP/calm/schedules" "$TMP/killed/schedules" && [ "$(ls -A "$TMP/killed" | wc -l)" -eq 5 ] &&
    [ "$(grep -c instance "$TMP/killed/journal.jsonl")" -eq 32 ]
verdict $? "$kills kills: the same bytes as without"
grep '"instance"' "$TMP/killed/journal.jsonl" | sort > "$TMP/one"
sort "$TMP/killed/results.jsonl" | cmp - "$TMP/one"
verdict $? "results.jsonl is the journal's lines"

printf '{"instance":"n1","sha' >> "$TMP/killed/journal.jsonl" # torn
batch "$TMP/in/there" "$TMP/killed" --resume
[ $code -eq 0 ] && [ "$(grep -c instance "$TMP/killed/journal.jsonl")" -eq 32 ] &&
    sort "$TMP/killed/results.jsonl" | cmp - "$TMP/one"
verdict $? "a torn line is cut off"
cp -r "$TMP/killed" "$TMP/damaged"
sed -i '3s/"sha256"/"sha255"/' "$TMP/damaged/journal.jsonl"
batch "$TMP/in/there" "$TMP/damaged" --resume
[ $code -eq 3 ] && grep -q 'journal.jsonl: line 3: not a line of a journal$' "$TMP/err"
verdict $? "a damaged journal is refused: $(cat "$TMP/err")"

# --- what is still valid -----------------------------------------------------------------------------------------------

sed -i 's/"name": "number 5"/"name": "number five"/' "$TMP/in/n5.json"
rm "$TMP/killed/schedules/n6.schedule.json"
batch "$TMP/in/there" "$TMP/killed" --resume
[ $code -eq 0 ] && [ "$(grep -c '"done"' "$TMP/err")" -eq 2 ] && grep -q '"instance":"n5"' "$TMP/err" &&
    grep -q '"instance":"n6"' "$TMP/err" && [ "$(wc -l < "$TMP/killed/results.jsonl")" -eq 32 ]
verdict $? "only an instance that has changed and one without its schedule are solved again: $(tail -n 1 "$TMP/err")"
batch "$TMP/in/there" "$TMP/killed" --resume --seed 2
[ $code -eq 0 ] && [ "$(grep -c '"done"' "$TMP/err")" -eq 32 ]
verdict $? "other options: everything is solved again"

# --- rows of what goes wrong -------------------------------------------------------------------------------------------

if ${CC:-cc} -D_GNU_SOURCE -shared -fPIC -o "$TMP/misbehave.so" tests/preload/misbehave.c && [ -z "$sanitized" ]; then
    mkdir "$TMP/ill"
    for name in crash runaway endless well; do cp instances/example.json "$TMP/ill/$name.json"; done
    LD_PRELOAD=$TMP/misbehave.so timeout 60 "$SORTIE" batch "$TMP/ill" -o "$TMP/rows" --memory 400 --jobs 2 \
        --time-limit 1 --grace 0.5 2> "$TMP/err"
    code=$?
    row() { grep -q "^$1,de40ccfbfb6ef2240ef1374fdf733ea80293dabfa28623d0dbf4b571df58b264,$2" "$TMP/rows/answers.csv"; }
    [ $code -eq 0 ] && row crash crashed,-1,11, && row endless timed_out,-1,9, && row well optimal,0,0, &&
        row runaway '\(no_memory,5,0\|crashed,-1,[0-9]*\|failed,[0-9]*,0\),' &&
        [ "$(ls "$TMP/rows/schedules")" = well.schedule.json ]
    verdict $? "crash, runaway memory and no end are rows: exit $code: $(cut -d, -f 1,3-5,14 "$TMP/rows/answers.csv" | tr '\n' ' ')"
    awk -F, '$1 == "runaway" { good = $21 > 200000 && $21 < 400 * 1024 } $1 == "endless" { late = $15 > 1.4 && $15 < 5 }
        END { exit !(good && late) }' "$TMP/rows/results.csv"
    verdict $? "the limits hold: $(grep -E '^(runaway|endless)' "$TMP/rows/results.csv")"
else
    echo "skip: no library to preload: crash, runaway memory, no end"
fi

# --- stopped by the user -----------------------------------------------------------------------------------------------

mkdir "$TMP/long"
cp instances/border-2025.json "$TMP/long/a.json"
cp instances/example.json "$TMP/long/b.json"
for signal in INT TERM; do
    # shellcheck disable=SC2086 # words are wanted
    setsid "$SORTIE" batch "$TMP/long" -o "$TMP/$signal" $memory --jobs 2 --time-limit 100 2> "$TMP/err" &
    pid=$!
    tries=0
    until grep -q '"b"' "$TMP/$signal/journal.jsonl" 2> /dev/null || [ $tries -ge 100 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    kill -$signal "$pid"
    wait "$pid"
    code=$?
    [ $code -eq 4 ] && [ "$(ls -A "$TMP/$signal" | tr '\n' ' ')" = 'journal.jsonl schedules ' ] &&
        grep -q 'stopped; --resume goes on with it$' "$TMP/err" && [ "$(grep -c '"instance"' "$TMP/$signal/journal.jsonl")" -eq 1 ]
    verdict $? "SIG$signal: exit $code, left: $(ls -A "$TMP/$signal")"
    [ -z "$(pgrep -f "$TMP/$signal")" ]
    verdict $? "SIG$signal: no process is left"
done

# --- in parts ----------------------------------------------------------------------------------------------------------

rm -rf "$TMP/parts" "$TMP/calm"
batch "$TMP/in/there" "$TMP/calm"
batch "$TMP/in/there" "$TMP/parts" --shard 1/3 &
one=$!
batch "$TMP/in/there" "$TMP/parts" --shard 2/3
wait $one
[ ! -e "$TMP/parts/results.csv" ] && [ -e "$TMP/parts/journal.1-of-3.jsonl" ] && [ -e "$TMP/parts/journal.2-of-3.jsonl" ]
verdict $? "parts write journals"
batch "$TMP/in/there" "$TMP/parts" --shard 1/4
[ $code -eq 3 ] && grep -q 'was begun in 3 parts, not 4' "$TMP/err"
verdict $? "the number of parts stays"
batch "$TMP/in/there" "$TMP/parts" --resume
[ $code -eq 0 ] && grep -q '^sortie: 32 of 32 done, 22 of them before' "$TMP/err" &&
    cmp "$TMP/calm/answers.csv" "$TMP/parts/answers.csv" && diff -r "$TMP/calm/schedules" "$TMP/parts/schedules"
verdict $? "the whole does what the parts have not, and gives the same bytes: $(tail -n 1 "$TMP/err")"

flock "$TMP/parts/journal.jsonl" "$SORTIE" batch "$TMP/in/there" -o "$TMP/parts" --resume 2> "$TMP/err"
[ $? -eq 3 ] && grep -q 'another process is running this batch' "$TMP/err"
verdict $? "two at once are refused: $(cat "$TMP/err")"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
