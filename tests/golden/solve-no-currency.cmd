"$SORTIE" solve "$TMP/no-currency.json" -o "$TMP/o.json" && "$SORTIE" check "$TMP/no-currency.json" "$TMP/o.json"
