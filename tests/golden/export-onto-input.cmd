cp "$TMP/schedule.json" "$TMP/same.json"; "$SORTIE" export "$EXAMPLE" "$TMP/same.json" --to csv -o "$TMP/same.json"
