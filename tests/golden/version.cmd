"$SORTIE" --version
