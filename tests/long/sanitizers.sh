#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every C++ test under the address and undefined-behaviour sanitizers.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --preset asan >/dev/null
cmake --build --preset asan
ctest --preset asan -j2
