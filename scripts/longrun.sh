# shellcheck shell=bash
# What the long test runs share: how they are told how long and from which seed, and how they show
# what they add to a file while Maven runs them.

# long_run_arguments COMMAND OPTION DEFAULT SEED ARGUMENTS…: sets AMOUNT and SEED.
long_run_arguments() {
  local command="$1" option="$2"
  AMOUNT="$3" SEED="$4"
  shift 4
  while [ $# -gt 0 ]; do
    case "$1" in
      "$option="*) AMOUNT="${1#*=}" ;;
      --seed=*) SEED="${1#*=}" ;;
      "$option" | --seed)
        [ $# -ge 2 ] || fail 2 "$1: no value (expected: a whole number after it)"
        if [ "$1" = --seed ]; then SEED="$2"; else AMOUNT="$2"; fi
        shift
        ;;
      *) fail 2 "$command: unknown argument '$1' (expected: $option=N, --seed=N)" ;;
    esac
    shift
  done
  whole_number "$option" "$AMOUNT"
  whole_number --seed "$SEED"
}

whole_number() {
  case "$2" in
    "" | *[!0-9]*) fail 2 "$1: $2 (expected: a whole number)" ;;
  esac
}

# long_run LOG FILE SHOWN FILTER ARGUMENTS…: runs Maven and shows each line of the file after the
# first SHOWN, through the filter, as it is added.
long_run() {
  local log="$1" file="$2" shown="$3" filter="$4" pid lines status=0
  shift 4
  (cd "$ROOT" && exec ./mvnw -B -ntp "$@" -Dsurefire.failIfNoSpecifiedTests=false \
    -Dmdep.analyze.skip=true -Dspotless.check.skip=true verify) >"$log" 2>&1 </dev/null &
  pid=$!
  # shellcheck disable=SC2064
  trap "kill $pid 2>/dev/null; wait $pid 2>/dev/null; exit 130" INT
  # shellcheck disable=SC2064
  trap "kill $pid 2>/dev/null; wait $pid 2>/dev/null; exit 143" TERM
  while kill -0 "$pid" 2>/dev/null; do
    lines="$(wc -l <"$file")"
    if [ "$lines" -gt "$shown" ]; then
      sed -n "$((shown + 1)),${lines}p" "$file" | "$filter"
      shown="$lines"
    fi
    sleep 1
  done
  wait "$pid" || status=$?
  sed -n "$((shown + 1)),\$p" "$file" | "$filter"
  trap - INT TERM
  return "$status"
}

# Ends with what Maven found wrong, when it failed.
long_run_ended() {
  local log="$1" status="$2"
  [ "$status" -ne 0 ] || return 0
  echo "failed (all of it is in $log):"
  maven_errors "$log" || tail -n 20 "$log"
  exit 1
}
