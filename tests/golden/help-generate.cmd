"$SORTIE" generate --help
