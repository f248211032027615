# Sourced from the repository root: npm_package NAME brings tests/node_modules/NAME where npm can. False where it cannot: a failure
# where CI is set, else said and done without.
npm_package() {
    [ -d "tests/node_modules/$1" ] || npm ci --prefix tests --no-audit --no-fund --silent > /dev/null 2>&1
    [ -d "tests/node_modules/$1" ] && return
    echo "npm cannot bring $1, so it is not asked" >&2
    [ -z "${CI:-}" ] || failed=$((failed + 1))
    return 1
}
