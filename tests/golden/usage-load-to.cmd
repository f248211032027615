$SORTIE load instances/first-days.json x.json --to pdf
