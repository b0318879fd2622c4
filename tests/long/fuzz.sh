#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every fuzzer for five minutes, or for PLENUM_FUZZ_SECONDS each; what was found is kept in build/fuzz/found/.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/set_up.sh
need_packages build fuzz
tests/fuzz/run.sh "${PLENUM_FUZZ_SECONDS:-300}"
