"$SORTIE" validate - < "$EXAMPLE"
