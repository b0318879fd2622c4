#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs fuzzers, one after the other, SECONDS each (default 2), from the seeds and from what earlier runs have found.
#   tests/fuzz/run.sh [SECONDS [FUZZER …]]
# Without names it runs those that `./test` builds; `rooms` stands for those that want the rooms above evote and count,
# which the long run (tests/long/fuzz.sh) adds.
# PLENUM_FUZZ_SEED=N starts every fuzzer from that seed: `./test` does, so that one tree gives one answer; the long run
# draws a new one each time.
# What fails lies in build/fuzz/failed/ afterwards; FUZZER FILE runs it again, and with PLENUM_FUZZ_ALOUD=1 the congress
# and the rehearsal say what became of each act.
set -euo pipefail
cd "$(dirname "$0")/../.."
rooms="journal rules roster certificate congress requests rehearsal"
seconds=${1:-2}
shift || true
[ "$#" -gt 0 ] || set -- json election texts credentials trustees messages ballot archive record votes shuffle
[ "$*" != rooms ] || set -- $rooms
is_of_rooms() { [[ " $rooms " == *" $1 "* ]]; }
cmake --preset fuzz >/dev/null
for name in "$@"; do
  if is_of_rooms "$name"; then echo room_fuzzers; else echo fuzzers; fi
done | sort -u | xargs cmake --build --preset fuzz --target
mkdir -p build/fuzz/failed
failed=""
for name in "$@"; do
  mkdir -p "build/fuzz/found/$name"
  dictionary=tests/fuzz/words.dict
  if is_of_rooms "$name"; then dictionary=tests/fuzz/rooms.dict; fi
  started=$SECONDS
  if build/fuzz/tests/fuzz/"${name}_fuzz" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 \
    -dict="$dictionary" -artifact_prefix="build/fuzz/failed/$name-" -print_final_stats=1 -close_fd_mask=1 \
    -seed="${PLENUM_FUZZ_SEED:-0}" "build/fuzz/found/$name" "tests/fuzz/seeds/$name" >"build/fuzz/$name.log" 2>&1; then
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$name.log")
    covered=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "build/fuzz/$name.log" | tail -n 1)
    echo "$name: $runs inputs, $covered edges, $((SECONDS - started)) s"
  else
    echo "$name: FAILED, see build/fuzz/$name.log" >&2
    tail -n 30 "build/fuzz/$name.log" >&2
    failed="$failed $name"
  fi
done
[ -z "$failed" ]
