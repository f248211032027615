"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json" --to ics --set events=duties --set revised=2026-09-09T12:00:00Z
