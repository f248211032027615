$SORTIE model $EXAMPLE --map $EXAMPLE -o $TMP/p.lp
