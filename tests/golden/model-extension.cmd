$SORTIE model $EXAMPLE -o $TMP/example.txt
