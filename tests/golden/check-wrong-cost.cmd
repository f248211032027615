"$SORTIE" check "$EXAMPLE" "$TMP/wrong-cost.json"
