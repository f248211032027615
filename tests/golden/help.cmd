"$SORTIE" --help
