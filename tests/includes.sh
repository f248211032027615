#!/bin/sh
# Fails when an include points the wrong way:  cli -> export, io, solver, check -> model -> libc;  export -> io.
# usage, from the repository root: sh tests/includes.sh
set -eu
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")/.."
found=$(mktemp)
trap 'rm -f "$found"' EXIT

# file:line:header for every include of the folder; "q" before a quoted header, "<" before one in angle brackets
includes() {
    find "$1" -name '*.[ch]' -exec grep -nH '^[[:space:]]*#[[:space:]]*include' {} + 2>/dev/null |
        sed -n -e 's/^\([^:]*:[0-9]*\):[^"<]*"\([^"]*\)".*/\1 q \2/p' -e 's/^\([^:]*:[0-9]*\):[^"<]*<\([^>]*\)>.*/\1 < \2/p'
}

# allow FOLDER 'PATTERN': every quoted header of FOLDER matches the extended regular expression
allow() {
    includes "$1" | awk -v folder="$1" -v allowed="^($2)\$" '
        $2 == "q" && $3 !~ allowed { print $1 ": " folder "/ must not include \"" $3 "\"" }' >> "$found"
}

# only HEADER FOLDERS: HEADER, in either kind of brackets, is included under FOLDERS alone
only() {
    for folder in model io export check loadplan solver program import batch generate cli tools tests bench; do
        case " $2 " in *" $folder "*) continue ;; esac
        [ -d "$folder" ] || continue
        includes "$folder" | awk -v header="$1" -v home="$2" '
            $3 == header { print $1 ": <" header "> belongs under " home "/ only" }' >> "$found"
    done
}

allow model 'model/[a-z0-9_]+\.h'
allow io '(model|io)/[a-z0-9_]+\.h'
allow export '(model|io|export)/[a-z0-9_]+\.h'
allow check '(model|check)/[a-z0-9_]+\.h'
allow loadplan '(model|loadplan)/[a-z0-9_]+\.h'
allow solver '(model|solver)/[a-z0-9_]+\.h|check/check\.h|loadplan/planner\.h'
allow import '(model|io|import)/[a-z0-9_]+\.h'
allow generate '(model|io|generate)/[a-z0-9_]+\.h|solver/solve\.h|check/check\.h'
allow batch '(model|io|batch)/[a-z0-9_]+\.h|import/csv_read\.h'
allow program '(model|program)/[a-z0-9_]+\.h|check/check\.h|solver/(column|assign)\.h'
allow cli '(model|io|export|check|loadplan|solver|import|batch|program|generate|cli)/[a-z0-9_]+\.h'
only glpk.h 'solver loadplan'
only geodesic.h tests
allow bench '(model|io|check|loadplan|solver)/[a-z0-9_]+\.h'
allow tools '(model|io|tools)/[a-z0-9_]+\.h'
only jansson.h 'io import tools'
only gmp.h tools
for folder in model check; do
    includes "$folder" | awk -v folder="$folder" '
        $2 == "<" && $3 ~ /^(glpk|jansson|proj|nettle\/.*)(\.h)?$/ { print $1 ": " folder "/ needs the C library only, not <" $3 ">" }' \
        >> "$found"
done

# glpk.h: one .c file a folder, no header, once there is such a folder at all
for folder in solver loadplan; do
    includes $folder | awk '$3 == "glpk.h" { sub(/:[0-9]+$/, "", $1); print $1 }' | sort -u > "$found.glpk"
    n=$(wc -l < "$found.glpk")
    if grep -q '\.h$' "$found.glpk" || [ "$n" -gt 1 ]; then
        sed 's/$/: <glpk.h> belongs in one .c file/' "$found.glpk" >> "$found"
    elif [ "$n" -eq 0 ] && ls $folder/*.c > /dev/null 2>&1; then
        echo "$folder: no .c file includes <glpk.h>" >> "$found"
    fi
done
rm -f "$found.glpk"

if [ -s "$found" ]; then
    sort -u "$found"
    exit 1
fi
