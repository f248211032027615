$SORTIE model --help
