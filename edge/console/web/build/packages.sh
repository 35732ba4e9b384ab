# shellcheck shell=bash
# The packages of the lock file: installed once into a cache that is named by the lock's hash, and
# linked from there. Needs WEB, the folder of the pages.

# The hash of what comes in.
hash_of_input() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum
  else
    shasum -a 256
  fi | cut -c 1-64
}

stop_build() {
  echo "[ERROR] edge/console: $*" >&2
  exit 1
}

need_node_for_pages() {
  command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 ||
    stop_build "the pages are built with Node.js 20.19 or newer and npm, and there is none;" \
      "install it (https://nodejs.org, or your package manager's nodejs and npm)."
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    stop_build "the pages are built with Node.js 20.19 or newer (found: $(node --version))."
}

# Makes WEB/node_modules a link to the packages of the lock file.
install_packages() {
  need_node_for_pages
  local hash cache home
  hash="$(cat "$WEB/package.json" "$WEB/package-lock.json" | hash_of_input | cut -c 1-16)"
  home="${XDG_CACHE_HOME:-${HOME:-$WEB/../target}/.cache}/tollgate/console"
  mkdir -p "$home" 2>/dev/null || home="$WEB/../target/packages"
  cache="$home/$hash"
  if [ ! -d "$cache/node_modules" ]; then
    fetch_packages "$cache"
  fi
  touch "$cache"
  # those of lock files that no build has asked for in a month
  find "$home" -mindepth 1 -maxdepth 1 -type d -mtime +30 -exec rm -rf {} + 2>/dev/null || true
  if [ "$(readlink "$WEB/node_modules" 2>/dev/null)" != "$cache/node_modules" ]; then
    rm -rf "$WEB/node_modules"
    ln -s "$cache/node_modules" "$WEB/node_modules"
  fi
}

# Two builds at once each fetch, and the first one's is kept.
fetch_packages() {
  local cache="$1" fresh log
  log="$WEB/../target/npm.log"
  mkdir -p "$(dirname "$cache")" "$WEB/../target"
  fresh="$(mktemp -d "$cache.XXXXXX")"
  cp "$WEB/package.json" "$WEB/package-lock.json" "$fresh"
  if ! (cd "$fresh" && npm ci --ignore-scripts --prefer-offline --no-audit --no-fund) >"$log" 2>&1 </dev/null; then
    rm -rf "$fresh"
    tail -n 5 "$log" >&2
    stop_build "npm ci failed, which fetches the packages of the lock file once (its log: $log)."
  fi
  mv "$fresh" "$cache" 2>/dev/null || rm -rf "$fresh"
  # a folder that was there already took the other one into itself
  rm -rf "$cache/$(basename "$fresh")"
}
