$SORTIE model $EXAMPLE --max-columns 1.5
