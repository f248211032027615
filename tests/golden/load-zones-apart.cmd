$SORTIE solve tests/golden/zones-apart.json -q -o $TMP/apart.json && $SORTIE check tests/golden/zones-apart.json $TMP/apart.json && grep -E '^ *"(bound|gap)"' $TMP/apart.json
