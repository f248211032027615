"$SORTIE" check - -
