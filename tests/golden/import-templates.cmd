"$SORTIE" import --init "$TMP/plan" && ls "$TMP/plan" && "$SORTIE" import "$TMP/plan" -o "$TMP/plan.json" && "$SORTIE" validate "$TMP/plan.json"
