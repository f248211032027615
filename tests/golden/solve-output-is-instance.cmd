cp "$EXAMPLE" "$TMP/same.json" && "$SORTIE" solve "$TMP/same.json" -o "$TMP/same.json"; cmp "$EXAMPLE" "$TMP/same.json"
