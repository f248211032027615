"$SORTIE" import tests/import/faults --init "$TMP/both"
