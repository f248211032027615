"$SORTIE" catalogue XYZZY
