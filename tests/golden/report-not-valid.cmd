"$SORTIE" report "$EXAMPLE" "$TMP/too-many-aboard.json" | grep -o "\"breaches\":\"R4[^\\\\]*"
