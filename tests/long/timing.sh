#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Does the time of a shuffle depend on its permutation? Wants a quiet machine.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --preset release >/dev/null
cmake --build --preset release --target shuffle_timing
build/release/bench/shuffle_timing "$@"
