#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every fuzzer for five minutes, or for PLENUM_FUZZ_SECONDS each; what was found is kept in build/fuzz/found/. Those of
# the upper rooms run here only: to compile the rooms once more with the sanitizers of clang takes minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/set_up.sh
need_packages build fuzz
failed=0
tests/fuzz/run.sh "${PLENUM_FUZZ_SECONDS:-300}" || failed=1
tests/fuzz/run.sh "${PLENUM_FUZZ_SECONDS:-300}" rooms || failed=1
exit "$failed"
