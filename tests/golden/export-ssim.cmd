"$SORTIE" export "$EXAMPLE" "$TMP/schedule.json" --to ssim --set station.KHST=ABC --set time=L --set revised=2026-09-09T12:00:00Z
