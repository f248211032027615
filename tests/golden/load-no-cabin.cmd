$SORTIE solve $EXAMPLE -q | $SORTIE load $EXAMPLE -
