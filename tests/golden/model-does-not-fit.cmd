$SORTIE model $EXAMPLE --max-columns 100
