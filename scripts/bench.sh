# shellcheck shell=bash
# Runs the benchmarks: builds the program as for `up` and the benchmark beside it, and hands over.

run_bench() {
  local part="${1-all}" log="$ROOT/target/bench-build.log"
  case "$part" in
    all | p1 | p2 | p4) ;;
    *) fail 2 "bench: unknown part '$part' (expected: p1, p2, p4 or none for all)" ;;
  esac
  [ $# -le 1 ] || fail 2 "bench: $# arguments (expected: one part at most)"
  [ -r /proc/self/stat ] || fail 1 "bench: no /proc here (expected: Linux, where processor time is read from it)"
  need_java
  build
  if ! maven "$log" -pl bench -Dmaven.test.skip=true package; then
    progress_done
    maven_errors "$log" >&2 || tail -n 20 "$log" >&2
    fail 1 "the build failed; all of it is in $log"
  fi
  progress_done
  install_haproxy
  java_command
  exec "$JAVA_HOME/bin/java" -cp "$ROOT/bench/target/lib/*" io.tollgate.bench.Bench \
    "$ROOT/bench/report" "$part" -- "${JAVA_COMMAND[@]}"
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
