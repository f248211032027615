$SORTIE import-solution $EXAMPLE $EXAMPLE
