"$SORTIE" check "$EXAMPLE"
