"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json" --to csv -o "$TMP/none/tables/"
