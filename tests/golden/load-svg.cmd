$SORTIE solve instances/first-days.json -q -o $TMP/load.json && $SORTIE load instances/first-days.json $TMP/load.json --mission 2 --to svg
