#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Who may install packages: scripts/set_up.sh with stand-ins for id, sudo, dpkg-query and apt-get.
set -uo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
failed=0

stand_in() { # NAME BODY…
  printf '#!/bin/bash\n%s\n' "$2" >"$folder/bin/$1"
  chmod +x "$folder/bin/$1"
}
fresh() {
  rm -rf "$folder/bin" "$folder/calls"
  mkdir -p "$folder/bin"
  local tool
  for tool in bash sed tr grep env cat; do ln -s "$(command -v "$tool")" "$folder/bin/$tool"; done
  stand_in id 'echo 1000'
  stand_in dpkg-query 'exit 1'
  stand_in apt-get "echo apt-get \"\$@\" >>'$folder/calls'"
}
ask() { # as ./run and ./test ask; nobody sits at the terminal
  PATH="$folder/bin" bash -c 'set -euo pipefail; need_debian() { :; }; eval "$(sed "/^need_debian()/,/^}/d" scripts/set_up.sh)"; need_packages build; echo done' \
    >"$folder/out" 2>"$folder/err" </dev/null
  rc=$?
}
check() { # WHAT CONDITION…
  local what=$1
  shift
  "$@" || { echo "set_up_test: $what"; cat "$folder/out" "$folder/err"; failed=1; }
}
lines() { grep -c '' "$1"; }

fresh
ask
check "without root and sudo it ends with 1" [ "$rc" = 1 ]
check "and one sentence" [ "$(lines "$folder/err")" = 1 ]
check "that names the packages" grep -q 'as root, run: apt-get install g++ ' "$folder/err"
check "and has begun nothing" [ ! -s "$folder/out" ]

fresh
stand_in sudo 'echo "sudo: tester is not in the sudoers file" >&2; exit 1'
ask
check "with a sudo that refuses it ends with 1" [ "$rc" = 1 ]
check "and one sentence" [ "$(lines "$folder/err")" = 1 ]
check "and calls nothing" [ ! -e "$folder/calls" ]

fresh
stand_in sudo '[ "$1" != -n ] || shift; exec "$@"'
stand_in true ''
ask
check "with sudo it installs" [ "$rc" = 0 ]
check "after an update" grep -q '^apt-get update' "$folder/calls"
check "all that is missing" grep -q '^apt-get install -y .*g++ .*libsodium-dev' "$folder/calls"

fresh
stand_in sudo '[ "$1" != -n ] || shift; exec "$@"'
stand_in true ''
stand_in apt-get 'exit 100'
ask
check "without a network it ends with 1" [ "$rc" = 1 ]
check "and says so" grep -q 'apt-get update failed' "$folder/err"

[ "$failed" = 0 ] && echo "set_up_test: passed"
exit "$failed"
