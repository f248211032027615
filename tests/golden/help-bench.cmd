"$SORTIE" bench --help
