"$SORTIE" solve "$EXAMPLE" --threads 1.5
