# shellcheck shell=bash
# Runs the tests and says how they went; the last line is always "N passed, N failed".

run_tests() {
  local told=""
  case "${1-}" in
    crash)
      shift
      run_crash "$@"
      return
      ;;
    cluster)
      shift
      set -- --module tests --only "$(tagged_tests cluster)"
      ;;
    attack)
      shift
      told="$ROOT/target/attack-full.txt"
      rm -f "$told"
      set -- --module tests --only "$(tagged_tests attack)"
      ;;
    simulate)
      shift
      run_simulate "$@"
      return
      ;;
  esac
  local fast="" module="" only=""
  while [ $# -gt 0 ]; do
    case "$1" in
      fast) fast=1 ;;
      --module=*) module="${1#*=}" ;;
      --only=*) only="${1#*=}" ;;
      --module | --only)
        [ $# -ge 2 ] || fail 2 "$1: no value (expected: one after it)"
        if [ "$1" = --module ]; then module="$2"; else only="$2"; fi
        shift
        ;;
      *) fail 2 "test: unknown argument '$1' (expected: fast, cluster, attack, crash, simulate, --module NAME, --only TEST)" ;;
    esac
    shift
  done
  need_java
  mkdir -p "$ROOT/target"
  need_program curl curl
  test_arguments "$fast" "$module" "$only"
  if [ -z "$fast" ] && [ -z "$module" ]; then
    install_for_tests
  fi
  find "$ROOT" -type d -path '*/target/surefire-reports' -prune -exec rm -rf {} +

  local log="$ROOT/target/test.log" status=0
  say "testing (log: target/test.log)"
  test_maven "$log" || status=$?
  if [ -r "$told" ]; then cat "$told"; fi
  report "$log" "$status"
}

# tagged_tests TAG: the classes of tests that are not part of the normal suite and have this tag:
# whole installations of several processes, or attacks by the thousand.
tagged_tests() {
  local found
  found="$(grep -rl "@Tag(\"$1\")" "$ROOT/tests/src/test/java" | sed 's:.*/::; s:\.java$::' |
    LC_ALL=C sort | paste -s -d, -)"
  [ -n "$found" ] || fail 1 "no test has the tag $1"
  echo "$found"
}

# Sets TEST_ARGUMENTS. A failing test does not keep later modules from being tested: how it went is
# read from the reports.
test_arguments() {
  local fast="$1" module="$2" only="$3" folder names
  TEST_ARGUMENTS=(-Dmaven.test.failure.ignore=true -Dsurefire.failIfNoSpecifiedTests=false)
  if [ -n "$fast" ]; then
    TEST_ARGUMENTS+=(-Dtest.excludedGroups=slow,cluster,attack,scale)
  elif [ -z "$only" ]; then
    # several gateways, frozen, copied, without disk: ./tollgate test cluster; by the thousand: attack;
    # by the million: --only
    TEST_ARGUMENTS+=(-Dtest.excludedGroups=cluster,attack,scale)
  fi
  if [ -n "$fast$module$only" ]; then
    # analysis and format are for the whole run
    TEST_ARGUMENTS+=(-Dmdep.analyze.skip=true -Dspotless.check.skip=true)
  fi
  if [ -n "$module" ]; then
    folder="$(module_folder "$module")"
    names="$(find "$ROOT/$folder/src/test" -name '*Test.java' 2>/dev/null |
      sed 's:.*/::; s:\.java$::' | LC_ALL=C sort -u | paste -s -d, -)"
    [ -n "$names" ] || fail 2 "--module $module: $folder has no tests"
    TEST_ARGUMENTS+=(-pl "$folder" -am "-Dtest=${only:-$names}")
  elif [ -n "$only" ]; then
    TEST_ARGUMENTS+=("-Dtest=$only")
  fi
  TEST_ARGUMENTS+=(verify)
}

# The folder of a module named as core/ledger or ledger.
module_folder() {
  local known
  known="$(sed -n 's:.*<module>\(.*\)</module>.*:\1:p' "$ROOT/pom.xml")"
  local folder
  for folder in $known; do
    case "$folder" in
      "$1" | */"$1")
        echo "$folder"
        return 0
        ;;
    esac
  done
  fail 2 "--module $1: unknown (expected: one of $(echo "$known" | tr '\n' ' '))"
}

# Everything that tests need beside Maven. On a machine that has nothing of it yet it comes over the
# network while Maven compiles; a compilation that fails is told of by the run itself.
install_for_tests() {
  if has_node_packages; then
    install_packages
    return
  fi
  say "installing what the tests need, and building meanwhile"
  install_packages &
  local installing=$!
  (cd "$ROOT" && exec ./mvnw -B -ntp -T 2 -DskipTests -Dmdep.analyze.skip=true \
    -Dspotless.check.skip=true package) >"$ROOT/target/test-build.log" 2>&1 </dev/null || true
  wait "$installing" || exit 1
}

install_packages() {
  install_node_packages
  install_python_packages
  install_observability_tools
  install_browser
}

has_node_packages() {
  local lock
  for lock in "$ROOT"/tests/sdk/*/package-lock.json; do
    [ -e "$(dirname "$lock")/node_modules/.package-lock.json" ] || return 1
  done
}

# What tests in other languages need: their packages, as locked.
install_node_packages() {
  local lock folder
  for lock in "$ROOT"/tests/package-lock.json "$ROOT"/tests/sdk/*/package-lock.json; do
    [ -r "$lock" ] || continue
    need_node
    folder="$(dirname "$lock")"
    if [ ! -e "$folder/node_modules/.package-lock.json" ] ||
      [ "$lock" -nt "$folder/node_modules/.package-lock.json" ]; then
      say "installing packages of ${folder#"$ROOT"/}"
      (cd "$folder" && npm ci --no-audit --no-fund) >"$ROOT/target/npm.log" 2>&1 </dev/null ||
        fail 1 "npm ci failed in $folder; its log is $ROOT/target/npm.log"
    fi
  done
}

# The browser in which pages are looked at, and letters for their Chinese; without it those tests are
# counted as skipped.
install_browser() {
  if { [ -x /usr/bin/chromium-headless-shell ] && [ -d /usr/share/fonts/opentype/noto ]; } || [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    return 0
  fi
  say "installing Chromium for the tests of pages"
  # without windows it takes a good third less of the processor
  local packages=(chromium-headless-shell fonts-noto-cjk)
  {
    apt-get install -y -q --no-install-recommends "${packages[@]}" ||
      { apt-get update -q && apt-get install -y -q --no-install-recommends "${packages[@]}"; }
  } >"$ROOT/target/browser-install.log" 2>&1 </dev/null || [ -x /usr/bin/chromium ] ||
    say "SKIPPED: the tests of pages, because Chromium could not be installed (log: target/browser-install.log)"
}

# Runs Maven and tells which module it is at: a line that stays where no terminal looks on.
test_maven() {
  local log="$1" pid module last="" status=0
  (cd "$ROOT" && exec ./mvnw -B -ntp -T 2 "${TEST_ARGUMENTS[@]}") >"$log" 2>&1 </dev/null &
  pid=$!
  # shellcheck disable=SC2064
  trap "kill $pid 2>/dev/null; wait $pid 2>/dev/null; exit 130" INT
  # shellcheck disable=SC2064
  trap "kill $pid 2>/dev/null; wait $pid 2>/dev/null; exit 143" TERM
  while kill -0 "$pid" 2>/dev/null; do
    module="$(module_of_log "$log")"
    if [ "$module" != "$last" ]; then
      last="$module"
      if [ -t 2 ]; then progress "testing $module"; else say "testing $module"; fi
    fi
    sleep 1
  done
  wait "$pid" || status=$?
  trap - INT TERM
  progress_done
  return "$status"
}

# Counts and failures, from the reports of all modules: "T tests failures errors skipped" once per
# class, "F class.method: message" per failure.
read_reports() {
  # shellcheck disable=SC2016
  find "$ROOT" -path '*/target/surefire-reports/TEST-*.xml' -print0 | xargs -0 awk '
    function attribute(line, name,   at, rest) {
      at = index(line, " " name "=\"")
      if (!at) return ""
      rest = substr(line, at + length(name) + 3)
      return substr(rest, 1, index(rest, "\"") - 1)
    }
    function plain(text) {
      gsub(/(&#10;| )+/, " ", text); sub(/^ /, "", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text)
      gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text); gsub(/&amp;/, "\\&", text)
      return substr(text, 1, 200)
    }
    /^<testsuite / { print "T", attribute($0, "tests") + 0, attribute($0, "failures") + 0, attribute($0, "errors") + 0, attribute($0, "skipped") + 0 }
    /^ *<testcase / { test = attribute($0, "classname") "." attribute($0, "name") }
    /^ *<(failure|error)[ >]/ { print "F " plain(test) ": " plain(attribute($0, "message")) }
  ' /dev/null
}

report() {
  local log="$1" status="$2" results passed failed skipped
  results="$(read_reports)"
  # shellcheck disable=SC2046
  set -- $(echo "$results" | awk '
    $1 == "T" { tests += $2; failed += $3 + $4; skipped += $5 }
    END { print tests - failed - skipped, failed + 0, skipped + 0 }')
  passed="$1" failed="$2" skipped="$3"
  if [ "$failed" -gt 0 ]; then
    echo "failed:"
    echo "$results" | sed -n 's/^F /  /p'
  fi
  if [ "$status" -ne 0 ]; then
    echo "the build failed (all of it is in $log):"
    grep -E '^\[WARNING\] (Used undeclared|Unused declared)|^\[WARNING\]    ' "$log" || true
    maven_errors "$log" || tail -n 20 "$log"
    [ "$failed" -gt 0 ] || failed=1
  elif [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then
    echo "no test ran (expected: at least one)"
    failed=1
  fi
  if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
  else
    echo "$passed passed, $failed failed"
  fi
  [ "$failed" -eq 0 ] || exit 1
}
