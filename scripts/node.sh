# shellcheck shell=bash
# Execution nodes: from the sources, and as a folder of their own that needs no Java on its machine.

NODE_MAIN_CLASS=io.tollgate.trading.node.NodeMain

node_command() {
  local what="${1-}"
  [ $# -eq 0 ] || shift
  case "$what" in
    run) program node run "$@" ;;
    bundle) node_bundle "$@" ;;
    *) fail 2 "node $what (expected: node run, or node bundle)" ;;
  esac
}

# Puts a trimmed runtime, the node's own jars and a start script into one folder.
node_bundle() {
  local folder="${1-$ROOT/target/node}" jars modules started
  need_java
  build
  jars="$ROOT/trading/node/target/dist/lib"
  [ -d "$jars" ] || fail 1 "$jars is not there (expected: the build leaves the node's jars in it)"
  [ -x "$JAVA_HOME/bin/jlink" ] || fail 1 "this Java has no jlink (expected: a JDK; see ./tollgate doctor)"
  if [ -e "$folder" ] && [ ! -e "$folder/bin/node" ]; then
    fail 1 "$folder is there and no bundle of a node (expected: another folder, or none)"
  fi
  started=$SECONDS
  modules="$(node_modules "$jars")"
  rm -rf "$folder"
  mkdir -p "$(dirname "$folder")"
  "$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
    --compress zip-6 --generate-cds-archive --output "$folder" || fail 1 "jlink could not make $folder"
  mkdir "$folder/app"
  cp "$jars"/*.jar "$folder/app/"
  node_launcher >"$folder/bin/node"
  chmod 755 "$folder/bin/node"
  echo "$folder: $(du -sm "$folder" | cut -f 1) MB, made in $((SECONDS - started)) s; start it with bin/node --help"
}

# What the node's jars need of the JDK, and what is looked up at run time only: elliptic curves for TLS.
node_modules() {
  local found
  found="$("$JAVA_HOME/bin/jdeps" --multi-release 25 --ignore-missing-deps --print-module-deps \
    --class-path "$1/*" "$1"/tollgate-*.jar)" || fail 1 "jdeps could not read $1"
  echo "$found,jdk.crypto.ec,jdk.unsupported,java.naming"
}

node_launcher() {
  cat <<'TEXT'
#!/bin/sh
# Starts the execution node of this folder with the Java in it.
self="$0"
while [ -L "$self" ]; do
  link="$(readlink "$self")"
  case "$link" in
    /*) self="$link" ;;
    *) self="$(dirname "$self")/$link" ;;
  esac
done
home="$(cd "$(dirname "$self")/.." && pwd -P)"
umask 077
TEXT
  echo "exec \"\$home/bin/java\" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError \\"
  echo "  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp \"\$home/app/*\" $NODE_MAIN_CLASS \"\$@\""
}
