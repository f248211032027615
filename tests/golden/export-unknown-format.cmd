"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json" --to cvs
