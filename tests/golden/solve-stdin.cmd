"$SORTIE" solve - --quiet < "$EXAMPLE"
