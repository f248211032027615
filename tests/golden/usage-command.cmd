"$SORTIE" slove x.json
