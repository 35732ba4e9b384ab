# shellcheck shell=bash
# The program as a background service: one per data directory, which also holds its pid file, its
# log and the options it was started with.

READY_SECONDS=180
STOP_SECONDS=60

# option NAME ARGUMENTS…: the value of --NAME among the arguments, else of its environment variable,
# else of a line "NAME: value" in tollgate.yaml.
option() {
  local name="$1" value="" variable
  shift
  while [ $# -gt 0 ]; do
    case "$1" in
      "--$name") value="${2-}" ;;
      "--$name="*) value="${1#*=}" ;;
    esac
    shift
  done
  variable="TOLLGATE_$(echo "$name" | tr 'a-z-' 'A-Z_')"
  if [ -z "$value" ]; then
    value="${!variable-}"
  fi
  if [ -z "$value" ] && [ -r tollgate.yaml ]; then
    value="$(sed -n "s/^$(echo "$name" | tr - .): *[\"']\{0,1\}\([^\"'#]*[^\"'# ]\).*/\1/p" tollgate.yaml | head -n 1)"
  fi
  echo "$value"
}

# Sets the service's files from the options.
service_files() {
  DATA_DIR="$(option data-dir "$@")"
  DATA_DIR="${DATA_DIR:-./data}"
  PID_FILE="$DATA_DIR/tollgate.pid"
  LOG_FILE="$DATA_DIR/tollgate.log"
  ARGUMENTS_FILE="$DATA_DIR/tollgate.arguments"
}

# is_ours PID: whether it lives and is this program, not another that got the number since.
is_ours() {
  case "$(ps -ww -p "$1" -o args= 2>/dev/null)" in
    *"$MAIN_CLASS"*) return 0 ;;
    *) return 1 ;;
  esac
}

# The service's pid; nothing when it does not run.
service_pid() {
  local pid
  pid="$(cat "$PID_FILE" 2>/dev/null || true)"
  if [ -n "$pid" ] && is_ours "$pid"; then
    echo "$pid"
  fi
}

# The pid of whatever holds the data directory, a service or not.
holder_pid() {
  local pid
  pid="$(sed -n 's/^pid \([0-9]*\).*/\1/p' "$DATA_DIR/lock" 2>/dev/null | head -n 1)"
  if [ -n "$pid" ] && is_ours "$pid"; then
    echo "$pid"
  fi
}

# A service is ready when it has said where it is. Its log begins anew with each start.
is_ready() {
  grep -q '^  .*http://' "$LOG_FILE" 2>/dev/null
}

service_start() {
  service_files "$@"
  local pid
  pid="$(service_pid)"
  pid="${pid:-$(holder_pid)}"
  if [ -n "$pid" ]; then
    say "already running (process $pid)"
    return 0
  fi
  need_java
  build
  java_command
  [ -d "$DATA_DIR" ] || (umask 077 && mkdir -p "$DATA_DIR") || fail 1 "cannot make the folder $DATA_DIR"
  if [ -s "$LOG_FILE" ]; then
    mv -f "$LOG_FILE" "$LOG_FILE.1"
  fi
  keep_arguments ${1+"$@"}
  # the program keeps the file within a bound
  export TOLLGATE_LOG_CONSOLE_FILE="$LOG_FILE"
  detached "${JAVA_COMMAND[@]}" up ${1+"$@"}
  pid="$(cat "$PID_FILE")"
  wait_until_ready "$pid"
  grep -v '^Ctrl-C' "$LOG_FILE" || true
  say "running (process $pid; log: $LOG_FILE)"
}

# keep_arguments ARGUMENTS…: for a restart, in a file of its owner's; secrets are left out and have to
# come from the environment or tollgate.yaml.
keep_arguments() {
  local skip="" argument
  (
    umask 077
    rm -f "$ARGUMENTS_FILE"
    for argument in ${1+"$@"}; do
      if [ -n "$skip" ]; then
        skip=""
        continue
      fi
      case "$argument" in
        --*=*) is_secret "${argument%%=*}" || printf '%s\n' "$argument" ;;
        --*) if is_secret "$argument"; then skip=1; else printf '%s\n' "$argument"; fi ;;
        *) printf '%s\n' "$argument" ;;
      esac
    done >"$ARGUMENTS_FILE"
  )
}

# is_secret FLAG: whether its value must not be kept; a test holds the list to the settings there are.
is_secret() {
  case "$(echo "$1" | tr '_.' '--')" in
    --master-key | --postgres-password | --redis-url | --mail-smtp-password | --sign-on-providers | --nats-password | --otlp-headers | --clickhouse-password | --node-auth-secret ) return 0 ;;
    --payments-sandbox-secret | --payments-stripe-secret-key | --payments-stripe-webhook-secret ) return 0 ;;
    --payments-alipay-private-key | --payments-wechat-private-key | --payments-wechat-api-v3-key ) return 0 ;;
    *) return 1 ;;
  esac
}

# A process that outlives this terminal.
detached() {
  (
    umask 077
    trap '' HUP INT
    if command -v setsid >/dev/null 2>&1; then
      setsid "$@" >>"$LOG_FILE" 2>&1 </dev/null &
    else
      nohup "$@" >>"$LOG_FILE" 2>&1 </dev/null &
    fi
    echo $! >"$PID_FILE"
  )
}

# wait_until_ready PID: ends the command with the log when it does not come up.
wait_until_ready() {
  local waited=0
  until is_ready; do
    if ! kill -0 "$1" 2>/dev/null; then
      progress_done
      tail -n 30 "$LOG_FILE" >&2
      rm -f "$PID_FILE"
      fail 1 "did not start; its log is $LOG_FILE"
    fi
    if [ "$waited" -ge $((READY_SECONDS * 4)) ]; then
      progress_done
      fail 1 "not ready after $READY_SECONDS s (process $1 goes on; its log is $LOG_FILE)"
    fi
    progress "starting"
    waited=$((waited + 1))
    sleep 0.25
  done
  progress_done
}

service_stop() {
  service_files "$@"
  local pid waited=0
  pid="$(service_pid)"
  pid="${pid:-$(holder_pid)}"
  if [ -z "$pid" ]; then
    say "not running"
    rm -f "$PID_FILE"
    return 0
  fi
  kill -TERM "$pid" 2>/dev/null || true
  while is_ours "$pid"; do
    if [ "$waited" -ge $((STOP_SECONDS * 4)) ]; then
      progress_done
      say "did not stop within $STOP_SECONDS s; killing process $pid (nothing is lost: it recovers at the next start)"
      kill -KILL "$pid" 2>/dev/null || true
      sleep 1
      break
    fi
    progress "stopping (process $pid)"
    waited=$((waited + 1))
    sleep 0.25
  done
  progress_done
  rm -f "$PID_FILE"
  say "stopped"
}

# Without options but the data directory, those of the last start.
service_restart() {
  service_files "$@"
  local line
  if { [ $# -eq 0 ] || [ "$*" = "--data-dir $DATA_DIR" ] || [ "$*" = "--data-dir=$DATA_DIR" ]; } &&
    [ -s "$ARGUMENTS_FILE" ]; then
    set --
    while IFS= read -r line; do
      [ -z "$line" ] || set -- ${1+"$@"} "$line"
    done <"$ARGUMENTS_FILE"
  fi
  service_stop ${1+"$@"}
  service_start ${1+"$@"}
}

service_status() {
  service_files "$@"
  local pid state
  pid="$(service_pid)"
  if [ -n "$pid" ]; then
    state="starting as a service"
    if is_ready; then
      state="running as a service"
    fi
  else
    pid="$(holder_pid)"
    state="running in the foreground"
  fi
  if [ -z "$pid" ]; then
    echo "not running (data directory: $DATA_DIR)"
    exit 3
  fi
  echo "$state (process $pid, for $(ps -p "$pid" -o etime= | tr -d ' '), data directory: $DATA_DIR)"
  if [ "$state" = "running as a service" ]; then
    grep '^  .*http://' "$LOG_FILE" | grep -v curl || true
  fi
}

service_logs() {
  local follow="" argument
  for argument in ${1+"$@"}; do
    case "$argument" in
      -f | --follow) follow=1 ;;
    esac
  done
  service_files ${1+"$@"}
  [ -r "$LOG_FILE" ] || fail 1 "no log in $DATA_DIR (expected: a service started there with './tollgate start')"
  if [ -n "$follow" ]; then
    exec tail -n 200 -f "$LOG_FILE"
  fi
  tail -n 200 "$LOG_FILE"
}
