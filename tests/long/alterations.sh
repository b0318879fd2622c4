#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every bit of one ballot of each group, every character of every text of a small record, a shuffled one too, every bit
# of its archive; and that belenios-tool refuses of shuffled records what it is said to refuse.
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --preset release >/dev/null
cmake --build --preset release --target evote_test
PLENUM_LONG=1 build/release/src/evote/evote_test --test-case='*every bit*,*every character*,*one-bit*,*no byte*,*shuffles out of their order*,*altered*,*outside the group*'
