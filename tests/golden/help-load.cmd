$SORTIE load --help
