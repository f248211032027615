# Sourced by tests/golden.sh: makes the inputs in $TMP out of $EXAMPLE.

# change OUT REGEX TEXT [FROM]: $EXAMPLE (or FROM) with the first match of REGEX replaced by TEXT; a failure where nothing matches
change() {
    awk -v regex="$2" -v text="$3" '
        !done && match($0, regex) { $0 = substr($0, 1, RSTART - 1) text substr($0, RSTART + RLENGTH); done = 1 }
        { print }
        END { exit !done }' "${4:-$EXAMPLE}" > "$1" || { rm -f "$1"; fail "input $(basename "$1") cannot be made"; }
}

mkdir "$TMP/hostile" "$TMP/hostile/folder"
: > "$TMP/hostile/empty.json"
echo '[]' > "$TMP/hostile/list.json"
head -c 300 "$EXAMPLE" > "$TMP/hostile/truncated.json"
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "["; for (i = 0; i < 100000; i++) printf "]" }' > "$TMP/hostile/nested.json"
truncate -s 2G "$TMP/hostile/sparse.json" || skip "no sparse file"
change "$TMP/hostile/pax-1e999.json" '"pax": *[0-9]+' '"pax": 1e999'
change "$TMP/hostile/latitude-91.json" '"lat": *-?[0-9.]+' '"lat": 91'
change "$TMP/hostile/unknown-airfield.json" '"origin": *"[^"]*"' '"origin": "NOWHERE"'
change "$TMP/hostile/window-backwards.json" '"pickup": *[{]' \
    '"pickup": {"from": "2099-01-02T00:00:00Z", "until": "2099-01-01T00:00:00Z"}, "was": {'
change "$TMP/hostile/same-airframe.json" '"airframes": *\[' \
    "\"airframes\": [{\"id\": \"TWIN\", \"type\": \"T\", \"at\": \"A\"}, {\"id\": \"TWIN\", \"type\": \"T\", \"at\": \"A\"}, "
if grep -q '"block_min"' "$EXAMPLE"; then
    change "$TMP/hostile/block-time-0.json" '"block_min": *[0-9.]+' '"block_min": 0'
else
    change "$TMP/hostile/block-time-0.json" '"leg_overrides": *\[[^]]*\]' '"leg_overrides": [{"block_min": 0}]'
fi

# a good schedule, and broken ones
"$SORTIE" solve --quiet "$EXAMPLE" -o "$TMP/schedule.json" || fail "the example cannot be solved"
if [ -e "$TMP/schedule.json" ]; then
    change "$TMP/wrong-cost.json" '"total": *[0-9]+' '"total": 1' "$TMP/schedule.json"
    change "$TMP/wrong-bound.json" '"bound": *[0-9.]+' '"bound": 99999999' "$TMP/schedule.json"
    change "$TMP/too-many-aboard.json" '"pax": *[0-9]+, *"load_stop"' '"pax": 9999, "load_stop"' "$TMP/schedule.json"
    change "$TMP/other-instance.json" '"sha256": *"[0-9a-f]+"' '"sha256": "0000000000000000000000000000000000000000000000000000000000000000"' "$TMP/schedule.json"
fi
