# shellcheck shell=bash
# Runs the benchmarks: builds the program as for `up` and the benchmark beside it, and hands over.

run_bench() {
  local log="$ROOT/target/bench-build.log"
  case "${1-}" in
    help | --help | -h)
      bench_help
      return 0
      ;;
  esac
  [ -r /proc/self/stat ] || fail 1 "bench: no /proc here (expected: Linux, where processor time is read from it)"
  need_java
  bench_arguments "$@"
  build
  if ! maven "$log" -pl bench -am -Dmaven.test.skip=true package; then
    progress_done
    maven_errors "$log" >&2 || tail -n 20 "$log" >&2
    fail 1 "the build failed; all of it is in $log"
  fi
  progress_done
  install_haproxy
  install_bench_peers
  java_command
  exec "$JAVA_HOME/bin/java" -cp "$ROOT/bench/target/lib/*" io.tollgate.bench.Bench \
    "$ROOT/bench/report" ${BENCH_ARGUMENTS[@]+"${BENCH_ARGUMENTS[@]}"} -- "${JAVA_COMMAND[@]}" \
    ${EARLIER_COMMAND[@]+--earlier "${EARLIER_COMMAND[@]}"}
}

# Takes --earlier DIR out of the arguments: a checkout of another commit, which is built there by its
# own script, and measured beside this one.
bench_arguments() {
  local earlier=""
  BENCH_ARGUMENTS=()
  EARLIER_COMMAND=()
  while [ $# -gt 0 ]; do
    case "$1" in
      --earlier=*) earlier="${1#*=}" ;;
      --earlier)
        [ $# -ge 2 ] || fail 2 "--earlier: no value (expected: the folder of an earlier checkout)"
        earlier="$2"
        shift
        ;;
      *) BENCH_ARGUMENTS+=("$1") ;;
    esac
    shift
  done
  [ -n "$earlier" ] || return 0
  [ -x "$earlier/tollgate" ] ||
    fail 2 "--earlier $earlier: no tollgate there (expected: the folder of an earlier checkout)"
  earlier="$(cd "$earlier" && pwd -P)"
  "$earlier/tollgate" doctor >"$ROOT/target/bench-earlier.log" 2>&1 ||
    say "the earlier checkout's doctor has complaints (log: target/bench-earlier.log)"
  local command
  command="$(
    # shellcheck disable=SC2030
    ROOT="$earlier"
    RUN="$ROOT/app/target/run"
    java_command
    printf '%s\n' "${JAVA_COMMAND[@]}"
  )"
  while IFS= read -r word; do EARLIER_COMMAND+=("$word"); done <<<"$command"
}

bench_help() {
  cat <<'TEXT'
usage: ./tollgate bench [PART…] [OPTIONS]

Measures on this machine, prints tables, and writes bench/report (Linux). Without a part: all.

  p1    relay, JSON, 32 connections, 10,000 keys, beside bare Netty and HAProxy
  p1h   the same with one key
  p1t   translated requests beside passed ones, in one process
  p2    relay, streams, 64 and 400 connections
  p4    relay, JSON, 1 connection: what the way through adds
  p5    settled charges per second, beside bare inserts and one transaction per charge
  p6    checks and deducts of backends per second, over HTTP and gRPC, beside one transaction each
  p7    charges seen by clients of server-sent events, 1,000 to 19,000 of them, and their heap
  p8    start after kill -9 with a long log that is not settled
  p9    the log of requests with many rows: lists, filters, statistics, what a row takes, and a flood
  p10   bars a second of backtests, beside ta4j, backtrader, NautilusTrader and NumPy, and a search
  p12   a start of everything to the first charged request, its memory, and how soon pages can be used

  --rounds N    how often each takes its turn (3)
  --seconds N   length of one measured stretch (5)
  --warm-ups N  stretches before a target is measured, at most (40)
  --users N     with a key each, where there are many (10000)
  --charges N   settled in one stretch of p5 (400000)
  --records N   left unsettled for p8 (1000000)
  --rows N      of the log of requests for p9 (2000000)
  --bars N      of a backtest for p10 (1000000)
  --earlier DIR a checkout of another commit, measured beside this one in the relay's parts
TEXT
}

# One of those it is compared with; without it the rest is measured all the same.
install_haproxy() {
  if [ -x /usr/sbin/haproxy ] || [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    return 0
  fi
  say "installing HAProxy to compare with"
  apt-get install -y haproxy >"$ROOT/target/haproxy-install.log" 2>&1 ||
    say "HAProxy could not be installed (log: target/haproxy-install.log)"
}

# Those of Python that backtests are compared with; without them the rest is measured all the same.
install_bench_peers() {
  case " ${BENCH_ARGUMENTS[*]-} " in
    *" p10 "*) ;;
    *" p"[0-9]*) return 0 ;;
  esac
  local folder="$ROOT/bench/peers" python
  cmp -s "$folder/requirements.txt" "$folder/.venv/installed.txt" && return 0
  python="$(find_python)"
  if [ -z "$python" ]; then
    say "no Python 3.$PYTHON_NEEDED or newer: backtests are not compared with those of Python"
    return 0
  fi
  say "installing packages of bench/peers"
  {
    make_environment "$python" "$folder/.venv" &&
      "$folder/.venv/bin/python" -m pip install -q --require-hashes -r "$folder/requirements.txt" &&
      cp "$folder/requirements.txt" "$folder/.venv/installed.txt"
  } >"$ROOT/target/bench-peers.log" 2>&1 </dev/null ||
    say "packages of bench/peers could not be installed (log: target/bench-peers.log)"
}
