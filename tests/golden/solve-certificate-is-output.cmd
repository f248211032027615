$SORTIE solve $EXAMPLE -o $TMP/one.json --certificate $TMP/one.json
