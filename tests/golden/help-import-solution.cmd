$SORTIE import-solution --help
