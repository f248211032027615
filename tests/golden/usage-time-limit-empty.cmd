"$SORTIE" solve "$EXAMPLE" --time-limit ''
