"$SORTIE" import "$TMP/nowhere"
