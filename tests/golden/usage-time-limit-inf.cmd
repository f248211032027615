"$SORTIE" solve "$EXAMPLE" --time-limit 'inf'
