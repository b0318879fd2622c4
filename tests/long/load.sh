#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Two thousand live readers on one server: none misses a message, none has one twice.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --preset release >/dev/null
cmake --build --preset release --target load_streams
build/release/tests/load/load_streams "$@"
