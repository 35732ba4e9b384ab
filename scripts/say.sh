# shellcheck shell=bash
# What the command says to people.

# fail STATUS WORDS…: says why and ends.
fail() {
  local status="$1"
  shift
  echo "tollgate: $*" >&2
  exit "$status"
}

say() {
  echo "tollgate: $*" >&2
}

# progress WORDS…: one line that the next one replaces; only where a person looks on.
progress() {
  if [ -t 2 ]; then
    printf '\r\033[K%s' "tollgate: $*" >&2
  fi
}

progress_done() {
  if [ -t 2 ]; then
    printf '\r\033[K' >&2
  fi
}

# maven_errors LOG: what Maven found wrong, without its advice.
maven_errors() {
  grep '^\[ERROR\]' "$1" |
    grep -v -E '^\[ERROR\] *$|-> \[Help|Re-run Maven|full stack trace|For more information|After correcting|  mvn <args>|^\[ERROR\] \[Help' |
    tail -n 40
}
