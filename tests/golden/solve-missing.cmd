"$SORTIE" solve "$TMP/no-such.json"
