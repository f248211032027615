"$SORTIE" check "$EXAMPLE" "$TMP/bad-schedule.json"
