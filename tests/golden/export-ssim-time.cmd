"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json" --to ssim --set time=X
