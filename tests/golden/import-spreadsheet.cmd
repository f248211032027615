"$SORTIE" import tests/import/spreadsheet/my.json
