#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every rule of counting over every profile of three candidates and five voters, long arithmetic included.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --preset release >/dev/null
cmake --build --preset release --target count_test
PLENUM_LONG=1 build/release/src/count/count_test --test-case='*over all profiles*'
