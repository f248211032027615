cp "$EXAMPLE" "$TMP/same.json" && "$SORTIE" solve "$TMP/same.json" -o "$TMP/same.json"; code=$?; cmp "$EXAMPLE" "$TMP/same.json" && exit $code
