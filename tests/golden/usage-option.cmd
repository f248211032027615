"$SORTIE" solve --time-limt 3 "$EXAMPLE"
