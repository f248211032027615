"$SORTIE" solve "$EXAMPLE" -o "$TMP"
