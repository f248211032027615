"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json" --to csv --set table=stops -o "$TMP/tables2/"
