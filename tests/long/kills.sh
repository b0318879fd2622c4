#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Two hundred kills of the journal and two hundred of the program that serves.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --preset release >/dev/null
cmake --build --preset release --target plenum kill_test serve_kill_test
ctest --preset release -C all -R kill
