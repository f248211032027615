"$SORTIE" import
