"$SORTIE" solve -x "$EXAMPLE"
