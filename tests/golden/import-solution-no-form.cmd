$SORTIE model -q $EXAMPLE -o $TMP/e.lp --map $TMP/e.map && $SORTIE import-solution $EXAMPLE $EXAMPLE --map $TMP/e.map
