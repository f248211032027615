"$SORTIE" check --seed 3 a b
