"$SORTIE" frobnicate
