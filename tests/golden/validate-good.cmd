"$SORTIE" validate "$EXAMPLE"
