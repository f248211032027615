"$SORTIE" solve "$EXAMPLE" -o /dev/null
