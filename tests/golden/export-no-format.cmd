"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json"
