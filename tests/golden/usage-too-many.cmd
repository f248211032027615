"$SORTIE" validate a b
