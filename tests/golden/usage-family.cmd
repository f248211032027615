"$SORTIE" generate --family boarder
