$SORTIE solve tests/golden/zones-apart.json -q --gap 0.6 -o $TMP/apart.json && $SORTIE check tests/golden/zones-apart.json $TMP/apart.json
