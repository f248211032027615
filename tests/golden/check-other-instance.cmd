"$SORTIE" check "$EXAMPLE" "$TMP/other-instance.json"
