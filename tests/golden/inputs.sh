# Sourced by tests/golden.sh: makes the inputs in $TMP out of $EXAMPLE.

# change OUT REGEX TEXT [FROM]: $EXAMPLE (or FROM) with the first match of REGEX replaced by TEXT; a failure where nothing matches
change() {
    awk -v regex="$2" -v text="$3" '
        !done && match($0, regex) { $0 = substr($0, 1, RSTART - 1) text substr($0, RSTART + RLENGTH); done = 1 }
        { print }
        END { exit !done }' "${4:-$EXAMPLE}" > "$1" || { rm -f "$1"; fail "input $(basename "$1") cannot be made"; }
}

# What is wrong with each stands in hostile.txt.
H=$TMP/hostile
mkdir "$H" "$H/folder"
mkfifo "$H/pipe"
ln -s loop "$H/loop"
ln -s /dev/zero "$H/device"
: > "$H/empty"
printf ' \n\t\n' > "$H/blank"
echo '[]' > "$H/list"
echo '{"format": "sortie-instance"}' > "$H/object"
head -c 300 "$EXAMPLE" > "$H/truncated"
{ printf '\357\273\277'; cat "$EXAMPLE"; } > "$H/byte-order-mark"
{ cat "$EXAMPLE"; echo '{}'; } > "$H/two-values"
change "$H/not-utf8" '"Homestead"' "$(printf '"\377"')"
change "$H/nul-escaped" '"Homestead"' '"\\u0000"'
change "$H/control-character" '"Homestead"' "$(printf '"\001"')"
head -c 100000 /dev/zero > "$H/zeros"
head -c 100000 /dev/zero | tr '\0' '[' > "$H/brackets"
head -c 100000 /dev/zero | sed 's/./{"a":/g' > "$H/braces"
truncate -s 2G "$H/sparse" || echo '{"a": 0' > "$H/sparse"
change "$H/pax-1e999" '"pax": *[0-9]+' '"pax": 1e999'
change "$H/pax-long" '"pax": *[0-9]+' '"pax": 99999999999999999999'
change "$H/pax-negative" '"pax": *[0-9]+' '"pax": -40'
change "$H/pax-text" '"pax": *[0-9]+' '"pax": "24"'
change "$H/pax-nan" '"pax": *[0-9]+' '"pax": NaN'
change "$H/pax-misspelled" '"pax": *24' '"paxs": 24, "pax": 24'
change "$H/pax-twice" '"pax": *24' '"pax": 24, "pax": 24'
change "$H/latitude-91" '"lat": *-?[0-9.]+' '"lat": 91'
change "$H/unknown-airfield" '"origin": *"[^"]*"' '"origin": "NOWHERE"'
change "$H/window-backwards" '"pickup": *[{]' '"pickup": {"from": "2026-09-11T00:00:00Z", '
change "$H/30-february" '"start": *"[^"]*"' '"start": "2026-02-30T00:00:00Z"'
change "$H/end-before-start" '"end": *"[^"]*"' '"end": "2026-09-09T06:00:00Z"'
change "$H/same-airframe" '"airframes": *\[' '"airframes": [{"id": "HERC-1", "type": "C-130J-30", "at": "KHST"}, '
change "$H/block-time-0" '"block_min": *[0-9.]+' '"block_min": 0'
change "$H/version-2" '"version": *1' '"version": 2'
change "$H/schedule" '"sortie-instance"' '"sortie-schedule"'

# a good schedule, and broken ones
timeout 60 "$SORTIE" solve --quiet "$EXAMPLE" -o "$TMP/schedule.json" || fail "the example cannot be solved"
if [ -e "$TMP/schedule.json" ]; then
    change "$TMP/wrong-cost.json" '"total": *[0-9]+' '"total": 1' "$TMP/schedule.json"
    change "$TMP/wrong-bound.json" '"bound": *[0-9.]+' '"bound": 99999999' "$TMP/schedule.json"
    change "$TMP/too-many-aboard.json" '"pax": *[0-9]+, *"load_stop"' '"pax": 9999, "load_stop"' "$TMP/schedule.json"
    change "$TMP/bad-schedule.json" '"airframe": *"HERC-1"' '"airframe": "HERK-1", "crews": 1' "$TMP/schedule.json"
    change "$TMP/no-schedule.json" '"status": *"[a-z]*"' '"status": "unknown"' "$TMP/schedule.json"
    head -c 300 "$TMP/schedule.json" > "$TMP/truncated-schedule.json"
    change "$TMP/other-instance.json" '"sha256": *"[0-9a-f]+"' '"sha256": "0000000000000000000000000000000000000000000000000000000000000000"' "$TMP/schedule.json"
fi

# what a newcomer gets wrong
change "$TMP/misspelled.json" '"penalty": *20000' '"penality": 20000' && change "$TMP/misspelled2.json" '"origin": *"MTCH"' '"origin": "MTHC"' "$TMP/misspelled.json"
sed 's/"currency": *"[^"]*"/"currency": ""/' "$EXAMPLE" > "$TMP/no-currency.json"
