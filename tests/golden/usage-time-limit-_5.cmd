"$SORTIE" solve "$EXAMPLE" --time-limit ' 5'
