# shellcheck shell=bash
# Programs of others that check what we ship for them: Prometheus' and Alertmanager's of Debian, PHP for
# the sample in it, and a few lines in Go over Grafana's own schema, built once and kept.

# Tests that need one are counted as skipped where it cannot be had; in continuous integration they fail.
install_observability_tools() {
  mkdir -p "$ROOT/target/observability"
  : >"$ROOT/target/observability.log"
  want_program promtool prometheus
  want_program amtool prometheus-alertmanager
  # an old server of the request log's, to be killed; answers are tested with the current engine
  want_program clickhouse-server clickhouse-server
  want_program php php-cli php-curl
  build_dashboard_checker
}

# want_program PROGRAM PACKAGE...: installs the Debian packages where that is ours to do; a service of
# theirs is not started.
want_program() {
  local program="$1"
  shift
  command -v "$program" >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing $*"
    if { apt-get update -q &&
      RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; } \
      >>"$ROOT/target/observability.log" 2>&1; then
      return 0
    fi
  fi
  say "SKIPPED: tests that need $program, as it is not installed (package $*)"
}

# The checker is kept under the hash of its sources.
build_dashboard_checker() {
  local folder="$ROOT/tests/tools/dashboards" kept hash
  if ! command -v go >/dev/null 2>&1; then
    say "SKIPPED: the check of dashboards by their schema, as Go is not installed"
    return 0
  fi
  hash="$(cat "$folder"/go.mod "$folder"/go.sum "$folder"/main.go | cksum | tr ' ' -)"
  kept="${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/tollgate/dashboard-checker-$hash"
  if [ ! -x "$kept" ]; then
    say "building tests/tools/dashboards"
    mkdir -p "$(dirname "$kept")"
    if ! (cd "$folder" && GOFLAGS=-mod=readonly go build -o "$kept" .) \
      >>"$ROOT/target/observability.log" 2>&1; then
      say "SKIPPED: the check of dashboards by their schema (log: target/observability.log)"
      return 0
    fi
  fi
  cp "$kept" "$ROOT/target/observability/dashboard-checker"
}
