"$SORTIE" solve "$EXAMPLE" --time-limit 'nan'
