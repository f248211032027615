"$SORTIE" bench contrast a b
