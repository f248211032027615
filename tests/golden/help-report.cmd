"$SORTIE" report --help
