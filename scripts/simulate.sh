# shellcheck shell=bash
# ./tollgate test simulate: plays seeded histories of leases and of whole requests in memory, with
# every fault, until so many steps are done; adds a line each minute to target/simulation.log.

run_simulate() {
  local steps=10000000 seed=1 lines="$ROOT/target/simulation.log" log="$ROOT/target/simulate.log"
  while [ $# -gt 0 ]; do
    case "$1" in
      --steps=*) steps="${1#*=}" ;;
      --seed=*) seed="${1#*=}" ;;
      --steps | --seed)
        [ $# -ge 2 ] || fail 2 "$1: no value (expected: a whole number after it)"
        if [ "$1" = --steps ]; then steps="$2"; else seed="$2"; fi
        shift
        ;;
      *) fail 2 "test simulate: unknown argument '$1' (expected: --steps=N, --seed=N)" ;;
    esac
    shift
  done
  whole_number --steps "$steps"
  whole_number --seed "$seed"
  need_java
  mkdir -p "$ROOT/target"
  touch "$lines"
  local before status=0
  before="$(wc -l <"$lines")"
  say "playing $steps steps, from seed $seed on (log: target/simulation.log)"
  simulate_maven "$log" "$lines" "$before" -pl core/metering -am \
    "-Dtest=LeaseSimulationTest#history*,PassageSimulationTest#history*" \
    -Dsurefire.failIfNoSpecifiedTests=false -Dmdep.analyze.skip=true -Dspotless.check.skip=true \
    "-Dtest.argLine=-Dtollgate.simulation.steps=$steps -Dtollgate.simulation.seed=$seed -Dtollgate.simulation.threads=2 -Dtollgate.simulation.file=$lines" \
    verify || status=$?
  if [ "$status" -ne 0 ]; then
    echo "failed (all of it is in $log):"
    maven_errors "$log" || tail -n 20 "$log"
    exit 1
  fi
}

# Runs Maven and shows each line of the histories' log as it is added.
simulate_maven() {
  local log="$1" file="$2" shown="$3" pid lines status=0
  shift 3
  (cd "$ROOT" && exec ./mvnw -B -ntp "$@") >"$log" 2>&1 </dev/null &
  pid=$!
  # shellcheck disable=SC2064
  trap "kill $pid 2>/dev/null; wait $pid 2>/dev/null; exit 130" INT
  # shellcheck disable=SC2064
  trap "kill $pid 2>/dev/null; wait $pid 2>/dev/null; exit 143" TERM
  while kill -0 "$pid" 2>/dev/null; do
    lines="$(wc -l <"$file")"
    if [ "$lines" -gt "$shown" ]; then
      sed -n "$((shown + 1)),${lines}p" "$file"
      shown="$lines"
    fi
    sleep 1
  done
  wait "$pid" || status=$?
  sed -n "$((shown + 1)),\$p" "$file"
  trap - INT TERM
  return "$status"
}
