"$SORTIE" show "$EXAMPLE" "$TMP/schedule.json"
