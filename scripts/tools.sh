# shellcheck shell=bash
# Finds what the project needs from the machine, and says in one sentence what is missing.

JAVA_NEEDED=25
NODE_NEEDED=20
JAVA_SEEN=""

# The major version of the JDK in a folder; nothing where there is none. A JRE does not count, as the
# project is built here.
jdk_version() {
  local home="$1" text=""
  [ -x "$home/bin/java" ] && [ -x "$home/bin/javac" ] || return 0
  if [ -r "$home/release" ]; then
    text="$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")"
  fi
  if [ -z "$text" ]; then
    text="$("$home/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)"
  fi
  echo "$text"
}

# Where the java of PATH really lives.
java_of_path() {
  local file link
  file="$(command -v java 2>/dev/null)" || return 0
  while [ -L "$file" ]; do
    link="$(readlink "$file")"
    case "$link" in
      /*) file="$link" ;;
      *) file="$(dirname "$file")/$link" ;;
    esac
  done
  (cd "$(dirname "$file")/.." 2>/dev/null && pwd -P) || true
}

# Sets JAVA_HOME to the first JDK that is new enough.
find_java() {
  local home version
  for home in "${JAVA_HOME-}" "$(java_of_path)" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME-/}"/.sdkman/candidates/java/* "${HOME-/}"/.jdks/*; do
    [ -n "$home" ] || continue
    version="$(jdk_version "$home")"
    [ -n "$version" ] || continue
    if [ "$version" -ge "$JAVA_NEEDED" ]; then
      JAVA_HOME="$home"
      export JAVA_HOME
      return 0
    fi
    JAVA_SEEN="${JAVA_SEEN:+$JAVA_SEEN, }$version in $home"
  done
  return 1
}

java_advice() {
  case "$(uname -s)" in
    Darwin) echo "brew install --cask temurin@25" ;;
    *)
      if command -v apt-get >/dev/null 2>&1; then
        echo "apt-get install temurin-25-jdk (from adoptium.net) or openjdk-25-jdk"
      elif command -v dnf >/dev/null 2>&1; then
        echo "dnf install java-25-openjdk-devel"
      else
        echo "take it from https://adoptium.net"
      fi
      ;;
  esac
}

need_java() {
  find_java || fail 1 "needs a JDK $JAVA_NEEDED or newer${JAVA_SEEN:+ (found: $JAVA_SEEN)};" \
    "install one ($(java_advice)), or set JAVA_HOME to where it is."
}

node_version() {
  if command -v node >/dev/null 2>&1; then
    node --version | sed -n 's/^v\([0-9]*\).*/\1/p'
  fi
}

need_node() {
  local version
  version="$(node_version)"
  if [ -z "$version" ] || [ "$version" -lt "$NODE_NEEDED" ] || ! command -v npm >/dev/null 2>&1; then
    fail 1 "the pages and the tests need Node.js $NODE_NEEDED or newer with npm${version:+ (found: $version)};" \
      "install it (https://nodejs.org, or your package manager's nodejs and npm)."
  fi
}

# need_program PROGRAM PACKAGE: has it, or installs the Debian package where that is ours to do.
need_program() {
  if command -v "$1" >/dev/null 2>&1; then
    return 0
  fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing $2"
    if { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q "$2"; } \
      >"$ROOT/target/apt.log" 2>&1; then
      return 0
    fi
  fi
  fail 1 "the tests need '$1'; install the package $2."
}

# What can be told before the program runs.
doctor_tools() {
  local version
  if find_java; then
    echo "  ok    JDK $(jdk_version "$JAVA_HOME") in $JAVA_HOME"
  else
    echo "  WRONG JDK: none of $JAVA_NEEDED or newer${JAVA_SEEN:+ (found: $JAVA_SEEN)}"
    echo "        mend: $(java_advice), or set JAVA_HOME to where it is"
    exit 1
  fi
  version="$(node_version)"
  if [ -n "$version" ] && [ "$version" -ge "$NODE_NEEDED" ]; then
    echo "  ok    Node.js $version (for the pages and the tests)"
  else
    echo "  WRONG Node.js: none of $NODE_NEEDED or newer${version:+ (found: $version)}; the pages are built with it"
    echo "        mend: install nodejs and npm (https://nodejs.org, or your package manager)"
  fi
}
