# shellcheck shell=bash
# Builds the program when its sources changed, and knows how to run it.
#
# Maven leaves its jars in app/target/dist/lib. They are run from a copy, app/target/run/lib, which a
# later build or test does not write into while a program has them open. Beside it lie tollgate.aot,
# what a trained start left behind (classes and profiles; only this JDK with these flags can use it),
# and stamp, the hash of the sources it was all made from.

DIST="$ROOT/app/target/dist"
RUN="$ROOT/app/target/run"
MAIN_CLASS=io.tollgate.app.Main
TRAINING_SECONDS=180

# The same in training and at run time, else the cache is not used.
JVM_FLAGS=(
  -XX:+UseParallelGC
  -XX:+UseCompactObjectHeaders
  -XX:+ExitOnOutOfMemoryError
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
)

# The hash of what comes in.
hash_of_input() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum
  else
    shasum -a 256
  fi | cut -c 1-64
}

# One hash over everything the program is made from, and the JDK it is made with.
source_hash() {
  (
    cd "$ROOT" || exit
    {
      find . \( -name target -o -name node_modules -o -name .git -o -path ./data -o -path ./tests \
        -o -path ./bench \
        -o -path '*/src/test' \) -prune \
        -o -type f \( -path '*/src/main/*' -o -path './edge/console/web/*' -o -name pom.xml \
        -o -path './.mvn/*' -o -path ./scripts/build.sh \) -print |
        LC_ALL=C sort | while IFS= read -r file; do printf '%s\0' "$file"; done |
        xargs -0 cat
      find . \( -name target -o -name node_modules -o -name .git -o -path ./data -o -path ./tests \
        -o -path ./bench \
        -o -path '*/src/test' \) -prune -o -type f -path '*/src/main/*' -print | LC_ALL=C sort
      cat "$JAVA_HOME/release"
    } | hash_of_input
  )
}

is_built() {
  [ -r "$RUN/stamp" ] && [ -d "$RUN/lib" ] && [ "$(cat "$RUN/stamp")" = "$1" ]
}

build() {
  local hash
  hash="$(source_hash)"
  if is_built "$hash"; then
    return 0
  fi
  mkdir -p "$ROOT/target" || fail 1 "cannot write to $ROOT (expected: a folder of yours, as it must be built)"
  lock_build
  if ! is_built "$hash"; then
    build_now "$hash"
  fi
  unlock_build
}

# Two commands at once build once.
lock_build() {
  local lock="$ROOT/target/build.lock" holder
  while ! mkdir "$lock" 2>/dev/null; do
    holder="$(cat "$lock/pid" 2>/dev/null || true)"
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
      rm -rf "$lock"
      continue
    fi
    progress "waiting for another build${holder:+ (process $holder)}"
    sleep 1
  done
  echo $$ >"$lock/pid"
  trap unlock_build EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

unlock_build() {
  rm -rf "$ROOT/target/build.lock"
  trap - EXIT INT TERM
}

build_now() {
  local log="$ROOT/target/build.log" started=$SECONDS
  need_node
  [ -t 2 ] || say "building (log: target/build.log)"
  rm -rf "$DIST"
  if ! maven "$log" -pl app -am -Dmaven.test.skip=true package; then
    progress_done
    maven_errors "$log" >&2 || tail -n 20 "$log" >&2
    fail 1 "the build failed; all of it is in $log"
  fi
  lay_out
  train
  echo "$1" >"$RUN/stamp"
  progress_done
  say "built in $((SECONDS - started)) s"
}

# maven LOG ARGUMENTS…: runs it quietly; on a terminal tells which module it is at.
maven() {
  local log="$1" pid
  shift
  (cd "$ROOT" && exec ./mvnw -B -ntp "$@") >"$log" 2>&1 </dev/null &
  pid=$!
  # shellcheck disable=SC2064
  trap "kill $pid 2>/dev/null; wait $pid 2>/dev/null; exit 130" INT
  # shellcheck disable=SC2064
  trap "kill $pid 2>/dev/null; wait $pid 2>/dev/null; exit 143" TERM
  while [ -t 2 ] && kill -0 "$pid" 2>/dev/null; do
    progress "building $(module_of_log "$log")"
    sleep 0.5
  done
  local status=0
  wait "$pid" || status=$?
  trap 'exit 130' INT
  trap 'exit 143' TERM
  return "$status"
}

# The module being built, as in "core/ledger (9 of 20)".
module_of_log() {
  sed -n 's/^\[INFO\] Building \(.*\) [0-9][^ ]* *\[\([0-9]*\)\/\([0-9]*\)\].*/\1 (\2 of \3)/p' "$1" \
    2>/dev/null | tail -n 1
}

# Jars are put in place by a rename, so that a program still running keeps the ones it opened.
lay_out() {
  mkdir -p "$RUN"
  rm -rf "$RUN/stamp" "$RUN/lib.new" "$RUN/lib.old" "$RUN/tollgate.aot"
  cp -Rp "$DIST/lib" "$RUN/lib.new"
  if [ -d "$RUN/lib" ]; then
    mv "$RUN/lib" "$RUN/lib.old"
  fi
  mv "$RUN/lib.new" "$RUN/lib"
  rm -rf "$RUN/lib.old"
}

# The class path, in an order that does not change: the cache belongs to it.
class_path() {
  local path="" jar
  for jar in "$RUN"/lib/*.jar; do
    path="${path:+$path:}$jar"
  done
  echo "$path"
}

# Sets JAVA_COMMAND to what runs the program, without its arguments.
java_command() {
  JAVA_COMMAND=("$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}")
  if [ -r "$RUN/tollgate.aot" ]; then
    # a cache that does not fit (another JDK) is passed over without a word
    JAVA_COMMAND+=("-XX:AOTCache=$RUN/tollgate.aot" "-Xlog:aot*=off" "-Xlog:cds*=off")
  fi
  JAVA_COMMAND+=(-cp "$(class_path)" "$MAIN_CLASS")
}

# Starts the program once in a folder of its own and keeps what the JVM learned. Only a faster start
# hangs on it: whatever goes wrong here, the build is good.
train() {
  local folder log="$ROOT/target/training.log" pid waited=0 killed="" status=0
  folder="$(mktemp -d "${TMPDIR:-/tmp}/tollgate-training.XXXXXX")" || return 0
  progress "training the start"
  env -i PATH="$PATH" HOME="${HOME-/}" LANG="${LANG-C}" TMPDIR="${TMPDIR-/tmp}" JAVA_HOME="$JAVA_HOME" \
    "$JAVA_HOME/bin/java" "${JVM_FLAGS[@]}" "-XX:AOTCacheOutput=$RUN/tollgate.aot.new" \
    -cp "$(class_path)" "$MAIN_CLASS" train --data-dir "$folder/data" \
    --port 0 --private-port 0 --grpc-port 0 --sandbox-port 0 >"$log" 2>&1 </dev/null &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    if [ "$waited" -ge $((TRAINING_SECONDS * 4)) ]; then
      killed=1
      kill -9 "$pid" 2>/dev/null || true
    fi
    waited=$((waited + 1))
    sleep 0.25
  done
  wait "$pid" 2>/dev/null || status=$?
  progress_done
  # what was learned before a failure is good as well; what a killed one left may be half a file
  if [ -z "$killed" ] && [ -s "$RUN/tollgate.aot.new" ]; then
    mv "$RUN/tollgate.aot.new" "$RUN/tollgate.aot"
  fi
  if [ "$status" -ne 0 ]; then
    say "training the start failed, starting may take a little longer (log: target/training.log)"
  fi
  rm -rf "$folder" "$RUN/tollgate.aot.new" "$RUN/tollgate.aot.new.config"
}
