"$SORTIE" import tests/import/gathered-unknown.json
