#!/bin/sh
# Prints C source with the bytes of the two catalogue files, as declared in io/catalogue.h.
# usage: sh catalogue/embed.sh AIRFIELDS.json TYPES.json > catalogue_data.c
#
# Bytes and not string literals: a literal may hold 4,095 characters only. A NUL ends each array and is not counted in its size.
set -eu
LC_ALL=C
export LC_ALL

# array NAME FILE
array() {
    echo
    echo "const char $1_json[] = {"
    od -An -v -tx1 "$2" | sed -e "s/ *\([0-9a-f][0-9a-f]\)/'\\\\x\1',/g" -e 's/ *$//'
    echo "0};"
    echo "const size_t $1_size = sizeof $1_json - 1;"
}

[ $# -eq 2 ] || { echo "usage: sh catalogue/embed.sh AIRFIELDS.json TYPES.json" >&2; exit 2; }
for file in "$@"; do
    [ -f "$file" ] && [ -r "$file" ] || { echo "embed.sh: cannot read \"$file\"" >&2; exit 1; }
done
echo '/* Made by catalogue/embed.sh; change the files in catalogue/ instead. */'
echo '#include "io/catalogue.h"'
array catalogue_airfields "$1"
array catalogue_types "$2"
