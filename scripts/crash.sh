# shellcheck shell=bash
# ./tollgate test crash: kills processes at random under load until so many were killed, and adds a
# line for each run to target/crash-runs.csv.

run_crash() {
  local run_file="$ROOT/target/crash-runs.csv" log="$ROOT/target/crash.log" before status=0
  long_run_arguments "test crash" --kills 100 "$RANDOM" "$@"
  need_java
  build
  mkdir -p "$ROOT/target"
  touch "$run_file"
  before="$(wc -l <"$run_file")"
  say "killing $AMOUNT times, from seed $SEED on (log: target/crash.log)"
  long_run "$log" "$run_file" "$before" crash_lines -pl tests -am -Dtest=RandomKillsTest \
    "-Dtest.argLine=-Dtollgate.crash.kills=$AMOUNT -Dtollgate.crash.seed=$SEED -Dtollgate.crash.worlds=2" || status=$?
  crash_totals "this time" "$((before + 1))" <"$run_file"
  crash_totals "in all of target/crash-runs.csv" 1 <"$run_file"
  long_run_ended "$log" "$status"
}

# Runs as people read them.
crash_lines() {
  awk -F, '$2 ~ /^[0-9]+$/ {
    printf "seed %s: %s kills (%s of the gateway alone), %s requests, %s completed, %s booked, ", $2, $3, $4, $5, $6, $7
    printf "%s in doubt (%s in flight at kills), %s owed, %s lost, %s doubled, %s faults, %s s\n", $8, $9, $10, $11, $12, $13, $14
    fflush()
  }'
}

# Sums of the runs from a line on.
crash_totals() {
  awk -F, -v what="$1" -v from="$2" 'NR >= from && $2 ~ /^[0-9]+$/ {
      runs++; for (field = 3; field <= 13; field++) sum[field] += $field
    }
    END {
      printf "%s: %d runs, %d kills (%d of the gateway alone), %d requests, %d completed, %d booked, ", what, runs, sum[3], sum[4], sum[5], sum[6], sum[7]
      printf "%d in doubt (%d in flight at kills), %d owed, %d lost, %d doubled, %d faults\n", sum[8], sum[9], sum[10], sum[11], sum[12], sum[13]
    }'
}
