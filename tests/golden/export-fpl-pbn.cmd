"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json" --to fpl --set pbn=
