$SORTIE model -q $EXAMPLE -o $TMP/e.lp --map $TMP/e.map && printf 'Optimal - objective value 0\n1 fly_R78c0_t12600_KHST_MTCH_KHST_MTCH 0.5 0\n' | $SORTIE import-solution $EXAMPLE - --map $TMP/e.map
