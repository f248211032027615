"$SORTIE" catalogue --help
