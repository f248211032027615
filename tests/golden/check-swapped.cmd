"$SORTIE" check "$TMP/schedule.json" "$EXAMPLE"
