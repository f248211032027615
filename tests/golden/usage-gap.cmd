"$SORTIE" solve "$EXAMPLE" --gap=0.1x
