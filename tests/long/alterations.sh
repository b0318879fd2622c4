#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every bit of one ballot of each group, every character of every text of a small record, every bit of its archive.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --preset release >/dev/null
cmake --build --preset release --target evote_test
PLENUM_LONG=1 build/release/src/evote/evote_test --test-case='*every bit*,*every character*,*one-bit*,*no byte*,*altered*,*outside the group*'
