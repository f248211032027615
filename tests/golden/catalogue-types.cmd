"$SORTIE" catalogue types
