# shellcheck shell=bash
# ./tollgate test crash: kills processes at random under load until so many were killed, and adds a
# line for each run to target/crash-runs.csv.

run_crash() {
  local kills=100 seed="$RANDOM" run_file="$ROOT/target/crash-runs.csv" log="$ROOT/target/crash.log"
  while [ $# -gt 0 ]; do
    case "$1" in
      --kills=*) kills="${1#*=}" ;;
      --seed=*) seed="${1#*=}" ;;
      --kills | --seed)
        [ $# -ge 2 ] || fail 2 "$1: no value (expected: a whole number after it)"
        if [ "$1" = --kills ]; then kills="$2"; else seed="$2"; fi
        shift
        ;;
      *) fail 2 "test crash: unknown argument '$1' (expected: --kills=N, --seed=N)" ;;
    esac
    shift
  done
  whole_number --kills "$kills"
  whole_number --seed "$seed"
  need_java
  build
  mkdir -p "$ROOT/target"
  touch "$run_file"
  local before status=0
  before="$(wc -l <"$run_file")"
  say "killing $kills times, from seed $seed on (log: target/crash.log)"
  crash_maven "$log" "$run_file" "$before" -pl tests -am -Dtest=RandomKillsTest \
    -Dsurefire.failIfNoSpecifiedTests=false -Dmdep.analyze.skip=true -Dspotless.check.skip=true \
    "-Dtollgate.crash.kills=$kills" "-Dtollgate.crash.seed=$seed" verify || status=$?
  crash_totals "this time" "$((before + 1))" <"$run_file"
  crash_totals "in all of target/crash-runs.csv" 1 <"$run_file"
  if [ "$status" -ne 0 ]; then
    echo "failed (all of it is in $log):"
    maven_errors "$log" || tail -n 20 "$log"
    exit 1
  fi
}

whole_number() {
  case "$2" in
    "" | *[!0-9]*) fail 2 "$1: $2 (expected: a whole number)" ;;
  esac
}

# Runs Maven and shows each run's line as it is added.
crash_maven() {
  local log="$1" run_file="$2" shown="$3" pid lines status=0
  shift 3
  (cd "$ROOT" && exec ./mvnw -B -ntp "$@") >"$log" 2>&1 </dev/null &
  pid=$!
  # shellcheck disable=SC2064
  trap "kill $pid 2>/dev/null; wait $pid 2>/dev/null; exit 130" INT
  # shellcheck disable=SC2064
  trap "kill $pid 2>/dev/null; wait $pid 2>/dev/null; exit 143" TERM
  while kill -0 "$pid" 2>/dev/null; do
    lines="$(wc -l <"$run_file")"
    if [ "$lines" -gt "$shown" ]; then
      sed -n "$((shown + 1)),${lines}p" "$run_file" | crash_lines
      shown="$lines"
    fi
    sleep 1
  done
  wait "$pid" || status=$?
  sed -n "$((shown + 1)),\$p" "$run_file" | crash_lines
  trap - INT TERM
  return "$status"
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
