"$SORTIE" check "$EXAMPLE" "$TMP/truncated-schedule.json"
