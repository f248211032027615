"$SORTIE" check "$EXAMPLE" "$TMP/too-many-aboard.json"
