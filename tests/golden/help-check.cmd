"$SORTIE" check --help
