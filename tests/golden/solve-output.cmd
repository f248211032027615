"$SORTIE" solve "$EXAMPLE" -o "$TMP/o.json" && "$SORTIE" check "$EXAMPLE" "$TMP/o.json"
