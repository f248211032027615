sed s/KHST/FARM/g "$EXAMPLE" > "$TMP/farm.json"; sed s/KHST/FARM/g "$TMP/schedule.json" > "$TMP/farm.schedule.json"; "$SORTIE" export "$TMP/farm.json" "$TMP/farm.schedule.json" --to ssim
