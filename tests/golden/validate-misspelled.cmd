"$SORTIE" validate "$TMP/misspelled2.json"
