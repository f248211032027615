$SORTIE solve $EXAMPLE --certificate $EXAMPLE
