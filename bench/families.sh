#!/bin/sh
# Solves the instances of public families and compares the values with those published.
#
#   sh bench/families.sh FOLDER [FAMILY]...      families: darp pdptw crew; default: those FOLDER has
#
# FOLDER/darp/NAME.txt with optima.tsv (instance, status, value), FOLDER/pdptw/NAME.txt with best.tsv (instance, status,
# vehicles, distance), FOLDER/crew/NAME.txt with optima.tsv (instance, crews, status, value). bench/import_* make instances
# of them.
#
# LIMIT   seconds for each instance, default 300
# SORTIE  the program, default build/sortie
#
# Prints a table with tabs between the columns, a line for each instance as it ends. value and bound are in the units of
# the family; pdptw: vehicles and distance, and the bound is on both together, so of distance where the vehicles are proven.
#   verdict  "proven" where the bound reaches the value and it is the known one, "same", "worse", "better" than it
#
# Exit status: 0 good; 1 a run failed or contradicts what is proven; 2 cannot run.
set -u
LC_ALL=C
export LC_ALL
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
[ $# -ge 1 ] && [ -d "$1" ] || { echo "usage: sh bench/families.sh FOLDER [FAMILY]..." >&2; exit 2; }
folder=$1
shift
if [ $# -eq 0 ]; then
    for family in darp pdptw crew; do [ ! -d "$folder/$family" ] || set -- "$@" "$family"; done
fi
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

# one FAMILY NAME GAP KNOWN KNOWN_VEHICLES: solves $tmp/NAME.json; 0 vehicles where the family does not count them
one() {
    GAP=$3 sh "$root/bench/run.sh" "$tmp/$2.json" > "$tmp/table" || bad=1
    mission=$(sed -n 's/.*"cost_per_mission": \([0-9.]*\)}.*/\1/p' "$tmp/$2.json")
    tail -n 1 "$tmp/table" | awk -F '\t' -v OFS='\t' -v family="$1" -v known="$4" -v vehicles="$5" -v m="$mission" '
        {
            if ($3 == "-") { print family, $1, $2, "-", "-", known, $6, $7, "failed"; exit 1 }
            unit = family == "crew" ? 1 : 1000
            tolerance = family == "crew" ? 0.5 : 0.01
            cost = $3; bound = $4; used = 0
            if (m > 0) { used = int(cost / m); cost -= used * m; bound -= used * m }
            value = cost / unit; bound /= unit
            difference = used == vehicles ? value - known : (used - vehicles) * 1e9
            verdict = difference > tolerance ? "worse" : difference < -tolerance ? "better" : \
                      bound > value - tolerance ? "proven" : "same"
            show = vehicles ? sprintf("%d/%.3f", used, value) : sprintf("%.3f", value)
            print family, $1, $2, show, sprintf("%.3f", bound), vehicles ? vehicles "/" known : known, $6, $7, verdict
            exit family != "pdptw" && verdict == "better" || used == vehicles && bound > known + tolerance
        }' || bad=1
}

bad=0
printf 'family\tinstance\tstatus\tvalue\tbound\tknown\tseconds\tpeak_mib\tverdict\n'
for family in "$@"; do
    case $family in
    darp | crew) list=optima.tsv ;;
    pdptw) list=best.tsv ;;
    *) echo "families: there is no family \"$family\"" >&2 && exit 2 ;;
    esac
    sed 1d "$folder/$family/$list" > "$tmp/list" || exit 2
    while read -r name second third fourth; do
        case $family in
        darp)
            "$root/bench/import_darp" "$folder/darp/$name.txt" > "$tmp/$name.json" || exit 2
            one darp "$name" 0.00001 "$third" 0 ;;
        pdptw)
            "$root/bench/import_pdptw" "$folder/pdptw/$name.txt" > "$tmp/$name.json" || exit 2
            one pdptw "$name" 0 "$fourth" "$third" ;;
        crew)
            "$root/bench/import_crew" --crews "$second" "$folder/crew/$name.txt" > "$tmp/$name-$second.json" || exit 2
            one crew "$name-$second" 0 "$fourth" 0 ;;
        esac
        rm -f "$tmp"/*.json
    done < "$tmp/list"
done
exit $bad
