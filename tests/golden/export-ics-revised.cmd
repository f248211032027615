"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json" --to ics --set revised=yesterday
