#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The console alone takes the group congress, 170 delegates of thirteen units, from an empty database to its communique.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/set_up.sh
need_packages build test
build_web
cmake --preset release >/dev/null
cmake --build --preset release --target plenum
(cd web && PLENUM_BIN="$PWD/../build/release/plenum" npm run --silent test:browser -- whole-congress)
