"$SORTIE" solve --quiet=yes "$EXAMPLE"
