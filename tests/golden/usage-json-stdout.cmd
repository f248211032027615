"$SORTIE" solve "$EXAMPLE" --json
