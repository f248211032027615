"$SORTIE" show "$EXAMPLE" "$TMP/wrong-cost.json" | head -n 3
