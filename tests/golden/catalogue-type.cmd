"$SORTIE" catalogue c-130j-30
