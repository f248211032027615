"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json" --to csv --set table=stops
