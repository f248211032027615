"$SORTIE" report "$EXAMPLE" "$TMP/schedule.json" -o "$TMP/schedule.json"
