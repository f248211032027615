"$SORTIE" solve --help
