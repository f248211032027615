"$SORTIE" import - < tests/import/stdin.json
