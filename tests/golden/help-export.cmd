"$SORTIE" export --help
