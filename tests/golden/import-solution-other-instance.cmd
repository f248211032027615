$SORTIE model -q $EXAMPLE -o $TMP/e.lp --map $TMP/e.map && echo 'Optimal - objective value 0' | $SORTIE import-solution instances/first-days.json - --map $TMP/e.map
