"$SORTIE" catalogue KBIF --json
