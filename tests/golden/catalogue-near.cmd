"$SORTIE" catalogue KBI
