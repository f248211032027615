"$SORTIE" solve "$EXAMPLE" --progress xml
