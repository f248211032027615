"$SORTIE" export "$EXAMPLE" - --to csv -o "$TMP/tables/" < "$TMP/schedule.json" && ls "$TMP/tables" && cat "$TMP/tables/duties.csv"
