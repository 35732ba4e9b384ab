# shellcheck shell=bash
# ./tollgate test simulate: plays seeded histories of leases and of whole requests in memory, with
# every fault, until so many steps are done; adds a line each minute to target/simulation.log.

run_simulate() {
  local lines="$ROOT/target/simulation.log" log="$ROOT/target/simulate.log" before status=0
  long_run_arguments "test simulate" --steps 10000000 1 "$@"
  need_java
  mkdir -p "$ROOT/target"
  touch "$lines"
  before="$(wc -l <"$lines")"
  say "playing $AMOUNT steps, from seed $SEED on (log: target/simulation.log)"
  long_run "$log" "$lines" "$before" cat -pl core/metering -am \
    "-Dtest=LeaseSimulationTest#history*,PassageSimulationTest#history*" \
    "-Dtest.argLine=-Dtollgate.simulation.steps=$AMOUNT -Dtollgate.simulation.seed=$SEED -Dtollgate.simulation.threads=2 -Dtollgate.simulation.file=$lines" ||
    status=$?
  long_run_ended "$log" "$status"
}
