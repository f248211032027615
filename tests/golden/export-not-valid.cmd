"$SORTIE" export "$EXAMPLE" "$TMP/too-many-aboard.json" --to csv --set table=loads
