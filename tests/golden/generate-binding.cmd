"$SORTIE" generate --family hub-and-spoke --seed 4 --size 2 --days 1 --report --binding 2 -o "$TMP/generated.json" && "$SORTIE" validate "$TMP/generated.json"
