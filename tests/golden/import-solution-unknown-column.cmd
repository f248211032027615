$SORTIE model -q $EXAMPLE -o $TMP/e.lp --map $TMP/e.map && printf 'Optimal - objective value 0\n1 flight 1 0\n' | $SORTIE import-solution $EXAMPLE - --map $TMP/e.map
