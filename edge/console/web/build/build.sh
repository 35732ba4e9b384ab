#!/usr/bin/env bash
# Builds the pages into target/site when something that they are made from changed. Maven runs it; it
# stands alone too. Nothing is fetched when the packages of the lock file are in the cache.
set -euo pipefail

WEB="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
TARGET="$WEB/../target"
# shellcheck source=packages.sh
. "$WEB/build/packages.sh"

# One hash over everything that the pages are made from.
pages_hash() {
  (
    cd "$WEB"
    {
      find . \( -name node_modules -o -name target -o -name browser \) -prune -o -type f ! -name '*.test.ts' -print |
        LC_ALL=C sort | while IFS= read -r file; do printf '%s\0' "$file"; done | xargs -0 cat
      find . \( -name node_modules -o -name target -o -name browser \) -prune -o -type f ! -name '*.test.ts' -print |
        LC_ALL=C sort
    } | hash_of_input
  )
}

mkdir -p "$TARGET"
hash="$(pages_hash)"
if [ -r "$TARGET/site/index.tsv" ] && [ "$(cat "$TARGET/site.stamp" 2>/dev/null)" = "$hash" ]; then
  exit 0
fi
rm -f "$TARGET/site.stamp"
install_packages
(cd "$WEB" && NODE_ENV=production node build/build.mjs)
echo "$hash" >"$TARGET/site.stamp"
