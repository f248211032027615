"$SORTIE" import tests/import/faults -o "$TMP/never.json"; code=$?; ls "$TMP/never.json" 2> /dev/null; exit $code
