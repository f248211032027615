"$SORTIE" batch instances -o "$TMP/never" --shard 5/4
