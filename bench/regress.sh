#!/bin/sh
# The working tree against an earlier commit, on generated instances: sh bench/regress.sh [COMMIT]     default: HEAD~1
#
# TREE   where COMMIT is checked out and built already; default: that is done here
# LIMIT  seconds for each instance, default 5      SEEDS  of each family, default 4      SIZE  demands, default 3
#
# Exit status: that of `sortie bench compare`; 1 where the working tree is worse.
set -eu
LC_ALL=C
export LC_ALL
unset BUILD # the folder is build, on both sides
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
before=$(git rev-parse --verify --quiet "${1:-HEAD~1}^{commit}") || { echo "bench: no commit ${1:-HEAD~1}" >&2; exit 2; }
tmp=$(mktemp -d)
trap 'git -C "$root" worktree remove --force "$tmp/tree" 2> /dev/null || true; rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
tree=${TREE:-$tmp/tree}
if [ -z "${TREE:-}" ]; then
    git worktree add --quiet --detach "$tree" "$before"
    make -s -C "$tree" build/sortie
fi
make -s build/sortie
"$tree/build/sortie" batch --help > /dev/null 2>&1 || { echo "bench: $before has no sortie batch" >&2; exit 2; }
mkdir "$tmp/instances"
for family in border hub-and-spoke shuttle island-evacuation medical-bridge; do
    seed=1
    while [ $seed -le "${SEEDS:-4}" ]; do
        build/sortie generate --family $family --seed $seed --size "${SIZE:-3}" --days 1 --quiet \
            -o "$tmp/instances/$family-$seed.json"
        seed=$((seed + 1))
    done
done
echo "A: commit $before; B: the working tree; ${LIMIT:-5} s each"
"$tree/build/sortie" batch "$tmp/instances" -o "$tmp/A" --time-limit "${LIMIT:-5}" --quiet
build/sortie batch "$tmp/instances" -o "$tmp/B" --time-limit "${LIMIT:-5}" --quiet
cd "$tmp"
"$root/build/sortie" bench compare A/results.csv B/results.csv
