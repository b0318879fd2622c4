#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what Plenum is built from, if it is not there yet. Sourced by ./run and ./test, which stand in the repository root.
#   need_packages GROUP …   Debian packages listed in scripts/packages.txt under the groups
#   need_node               a Node that the front end's tools accept, first in PATH; nothing outside build/ is changed

say_and_stop() {
  echo "plenum: $1" >&2
  exit 1
}

need_debian() {
  local id="" like="" version=""
  if [ -r /etc/os-release ]; then
    id=$(. /etc/os-release && echo "${ID:-}")
    like=$(. /etc/os-release && echo "${ID_LIKE:-}")
    version=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  fi
  case " $id $like " in
    *" debian "*) ;;
    *) say_and_stop "this script installs Debian packages and this system calls itself \"${id:-unknown}\"; use Debian 12, or install the packages of scripts/packages.txt by hand and build with cmake --preset release." ;;
  esac
  [ "$version" = bookworm ] || say_and_stop "Plenum is built and tested on Debian 12 (bookworm) and this system is \"${version:-unknown}\"; use Debian 12, or a container of it."
}

# Whether packages can be installed at all, asked before anything is begun: as root, by sudo without a password, or by
# sudo at a terminal, where it asks for one.
need_root() {
  [ "$(id -u)" != 0 ] || return 0
  if command -v sudo >/dev/null; then
    ! sudo -n true 2>/dev/null || return 0
    if [ -t 0 ] && sudo -v; then return 0; fi
  fi
  say_and_stop "packages are missing, and installing them needs root or sudo; as root, run: apt-get install$missing"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

need_packages() {
  need_debian
  local group package
  missing=""
  for group in "$@"; do
    while read -r package; do
      dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
    done < <(sed -n "s/^$group: *//p" scripts/packages.txt | tr ' ' '\n')
  done
  [ -n "$missing" ] || return 0
  need_root
  echo "plenum: installing$missing"
  as_root apt-get update -qq || say_and_stop "apt-get update failed; is the network there?"
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
    say_and_stop "apt-get could not install$missing"
}

node_suits() {
  command -v "$1" >/dev/null 2>&1 && "$1" -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

need_node() {
  local own="$PWD/build/node/node_modules/node/bin"
  if node_suits "$own/node"; then
    PATH="$own:$PATH"
  elif ! node_suits node; then
    command -v npm >/dev/null || need_packages node
    echo "plenum: fetching Node 20.20.2 into build/node"
    mkdir -p build/node
    npm install --silent --no-audit --no-fund --no-save --prefix build/node node@20.20.2 >/dev/null || say_and_stop "npm could not fetch Node 20.20.2"
    node_suits "$own/node" || say_and_stop "the Node that npm fetched does not start"
    PATH="$own:$PATH"
  fi
  command -v npm >/dev/null || need_packages node
  export PATH
}

# The front end: its packages as locked, then the pages into build/web.
build_web() {
  need_node
  local wanted
  wanted=$(sha256sum web/package-lock.json | cut -d' ' -f1)
  if [ ! -d web/node_modules ] || [ "$(cat web/node_modules/.locked 2>/dev/null)" != "$wanted" ]; then
    (cd web && npm ci --silent --no-audit --no-fund) || say_and_stop "npm ci failed in web/"
    echo "$wanted" >web/node_modules/.locked
  fi
  (cd web && npm run --silent build) || say_and_stop "the front end does not build"
}

# build_program PRESET [TARGET …]: configures and builds; without targets everything.
build_program() {
  local preset=$1
  shift
  cmake --preset "$preset" >build/configure.log 2>&1 || {
    tail -n 20 build/configure.log >&2
    say_and_stop "cmake could not configure the preset $preset"
  }
  cmake --build --preset "$preset" ${1:+--target "$@"} || say_and_stop "the program does not build"
  ln -sfn "$preset/plenum" build/plenum
}
