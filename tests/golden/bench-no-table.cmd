"$SORTIE" bench compare README.md README.md
