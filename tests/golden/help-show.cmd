"$SORTIE" show --help
