# shellcheck shell=bash
# Python's packages for the tests of its SDKs: an environment of their own, as locked.

PYTHON_NEEDED=10

# The first Python that is new enough; nothing where there is none.
find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11 python3.10; do
    if "$name" -c "import sys; sys.exit(sys.version_info < (3, $PYTHON_NEEDED))" >/dev/null 2>&1; then
      echo "$name"
      return 0
    fi
  done
}

# make_environment PYTHON FOLDER: where Debian keeps venv in a package of its own, and that is ours
# to install, it is.
make_environment() {
  "$1" -m venv --clear "$2" && return 0
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q python3-venv &&
    "$1" -m venv --clear "$2"
}

# Tests of SDKs for Python are counted as skipped where this fails: they need what an ordinary build
# does not, a Python and its packages from the network.
install_python_packages() {
  local folder="$ROOT/tests/sdk/python" python environment
  environment="$folder/.venv"
  if cmp -s "$folder/requirements.txt" "$environment/installed.txt" &&
    cmp -s "$folder/engines.txt" "$environment/engines.txt"; then
    return 0
  fi
  python="$(find_python)"
  if [ -z "$python" ]; then
    warn_python "no Python 3.$PYTHON_NEEDED or newer is installed"
    return 0
  fi
  say "installing packages of tests/sdk/python"
  if {
    make_environment "$python" "$environment" &&
      "$environment/bin/python" -m pip install -q --require-hashes -r "$folder/installer.txt" &&
      "$environment/bin/uv" -q --no-cache pip install --python "$environment/bin/python" \
        --require-hashes -r "$folder/requirements.txt" &&
      "$environment/bin/uv" -q --no-cache pip install --python "$environment/bin/python" \
        --no-deps --require-hashes -r "$folder/engines.txt" &&
      cp "$folder/engines.txt" "$environment/engines.txt" &&
      cp "$folder/requirements.txt" "$environment/installed.txt"
  } >"$ROOT/target/python.log" 2>&1 </dev/null; then
    return 0
  fi
  warn_python "its packages could not be installed (log: target/python.log)"
}

warn_python() {
  say "SKIPPED: the tests of all SDKs for Python, because $1"
}
