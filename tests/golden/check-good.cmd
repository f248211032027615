"$SORTIE" check "$EXAMPLE" "$TMP/schedule.json"
