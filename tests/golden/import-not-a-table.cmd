"$SORTIE" import tests/import/not-a-table.json
