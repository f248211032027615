#!/bin/sh
# Prints C source with the bytes of files, as declared in a header:
#     extern const char NAME[];
#     extern const size_t NAME_size;
# usage: sh catalogue/embed.sh HEADER NAME FILE [NAME FILE]... > data.c
#
# Bytes and not string literals: a literal may hold 4,095 characters only. A NUL ends each array and is not counted in its size.
set -eu
LC_ALL=C
export LC_ALL

# array NAME FILE
array() {
    echo
    echo "const char $1[] = {"
    od -An -v -tx1 "$2" | sed -e "s/ *\([0-9a-f][0-9a-f]\)/'\\\\x\1',/g" -e 's/ *$//'
    echo "0};"
    echo "const size_t $1_size = sizeof $1 - 1;"
}

[ $# -ge 3 ] && [ $(($# % 2)) -eq 1 ] || { echo "usage: sh catalogue/embed.sh HEADER NAME FILE [NAME FILE]..." >&2; exit 2; }
echo '/* Made by catalogue/embed.sh; change the files instead. */'
echo "#include \"$1\""
shift
while [ $# -gt 0 ]; do
    [ -f "$2" ] && [ -r "$2" ] || { echo "embed.sh: cannot read \"$2\"" >&2; exit 1; }
    array "$1" "$2"
    shift 2
done
