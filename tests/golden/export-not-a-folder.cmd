"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json" --to geojson -o "$TMP"
