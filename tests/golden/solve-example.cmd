"$SORTIE" solve "$EXAMPLE"
