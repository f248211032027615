"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json" --to fpl --set "route=DCT)-X"
