"$SORTIE" import tests/import/faults/demands.csv
