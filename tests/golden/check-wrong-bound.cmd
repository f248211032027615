"$SORTIE" check "$EXAMPLE" "$TMP/wrong-bound.json"
