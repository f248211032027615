mkdir "$TMP/again" && echo "mine" > "$TMP/again/crews.csv" && "$SORTIE" import --init "$TMP/again"; code=$?; ls "$TMP/again"; cat "$TMP/again/crews.csv"; exit $code
