# shellcheck shell=bash
# What the scripts share: where things are, how they speak, one build at a time. Sourced, never run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
readonly ROOT
readonly PRESETS="release debug asan tsan"
export CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-2G}
# What one checkout has compiled serves another one in another folder.
export CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1
# Without a home folder (some CI runners) ccache has nowhere to keep what it knows.
[ -n "${HOME:-}" ] || export CCACHE_DIR="${CCACHE_DIR:-$ROOT/build/ccache}"

# Progress goes to standard error, so that standard output holds results only.
say() { printf '%s\n' "$*" >&2; }

die() {
  say "$(basename "$0"): $*"
  exit 1
}

# usage_error TEXT: bad usage; the script's own usage() says what is allowed.
usage_error() {
  say "$(basename "$0"): $*"
  usage >&2
  exit 2
}

is_preset() { [[ " $PRESETS " == *" $1 "* ]]; }

ensure_dependencies() { "$ROOT/scripts/install-deps" >&2; }

# A build folder that was configured for another place (a moved or copied checkout) cannot be used again.
forget_foreign_cache() {
  local cache="$ROOT/build/$1/CMakeCache.txt"
  if [ -f "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$ROOT" "$cache"; then
    rm -rf "${cache:?}" "$ROOT/build/$1/CMakeFiles" "$ROOT/build/$1/build.ninja"
  fi
}

# with_build_lock COMMAND...: after any other build of this checkout has ended.
with_build_lock() {
  mkdir -p "$ROOT/build"
  (
    if ! flock -n 8; then
      say "another build of this checkout is running: waiting for it"
      flock 8
    fi
    "$@" 8>&-
  ) 8>"$ROOT/build/.lock"
}

configure_locked() {
  forget_foreign_cache "$1"
  [ ! -f "$ROOT/build/$1/build.ninja" ] || return 0
  say "configuring $1"
  local log="$ROOT/build/$1.configure.log"
  if ! (cd "$ROOT" && cmake --preset "$1") >"$log" 2>&1; then
    cat "$log" >&2
    return 1
  fi
}

build_locked() {
  local preset=$1 target wanted=() quiet=()
  shift
  configure_locked "$preset" || return 1
  for target in "$@"; do wanted+=(--target "$target"); done
  [ -t 2 ] || quiet=(--quiet)
  say "building $preset: $*"
  cmake --build "$ROOT/build/$preset" -j "$(nproc)" "${wanted[@]}" -- "${quiet[@]}" >&2
}

# configure PRESET: once; later changes of CMake files are noticed by ninja itself.
configure() { with_build_lock configure_locked "$@"; }

# build_targets PRESET TARGET...: configures if need be, and builds.
build_targets() { with_build_lock build_locked "$@"; }

# build_console: the web console, which the next build of the daemon takes in (service/console_files).
build_console() {
  [ ! -x "$ROOT/scripts/build-console" ] || "$ROOT/scripts/build-console" >&2
}

# has_target PRESET NAME: whether the configured build knows the target.
has_target() {
  ninja -C "$ROOT/build/$1" -t targets all 2>/dev/null | grep -q "^$2: "
}

# The C++ sources of the project, one a line, relative to its root.
cpp_sources() {
  (cd "$ROOT" && find service gateway_adapters tests \( -name node_modules -o -name build \) -prune -o \
    -type f \( -name '*.cpp' -o -name '*.hpp' \) -print | LC_ALL=C sort)
}
