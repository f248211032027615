"$SORTIE" validate --help
