"$SORTIE" check "$EXAMPLE" "$TMP/no-schedule.json"
