"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json" --to udl --set mode=real
