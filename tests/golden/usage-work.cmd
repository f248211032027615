"$SORTIE" solve "$EXAMPLE" --deterministic-limit 0
