"$SORTIE" batch --help
