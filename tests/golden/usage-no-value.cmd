"$SORTIE" solve "$EXAMPLE" --gap
