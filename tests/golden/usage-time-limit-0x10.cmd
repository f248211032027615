"$SORTIE" solve "$EXAMPLE" --time-limit '0x10'
