"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json" --to udl --set record=AircraftSortie --set mode=EXERCISE
