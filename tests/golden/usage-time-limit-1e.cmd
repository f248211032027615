"$SORTIE" solve "$EXAMPLE" --time-limit '1e'
