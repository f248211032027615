"$SORTIE" solve "$EXAMPLE" -o "$TMP/nowhere/o.json"
