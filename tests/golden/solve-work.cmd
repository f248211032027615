"$SORTIE" solve "$EXAMPLE" --deterministic-limit 0.5 --gap 0 --threads 3
