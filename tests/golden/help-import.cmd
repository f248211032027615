"$SORTIE" import --help
