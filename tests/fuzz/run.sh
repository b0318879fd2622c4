#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs every fuzzer, one after the other, SECONDS each (default 2), from the seeds and from what earlier runs have found.
#   tests/fuzz/run.sh [SECONDS [FUZZER …]]
# PLENUM_FUZZ_SEED=N starts every fuzzer from that seed: `./test` does, so that one tree gives one answer; the long run
# (tests/long/fuzz.sh) draws a new one each time.
# What fails lies in build/fuzz/failed/ afterwards; FUZZER FILE runs it again.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-2}
shift || true
[ "$#" -gt 0 ] || set -- json election texts credentials trustees messages ballot archive record votes shuffle
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target fuzzers
mkdir -p build/fuzz/failed
failed=""
for name in "$@"; do
  mkdir -p "build/fuzz/found/$name"
  started=$SECONDS
  if build/fuzz/tests/fuzz/"${name}_fuzz" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 \
    -dict=tests/fuzz/words.dict -artifact_prefix="build/fuzz/failed/$name-" -print_final_stats=1 -close_fd_mask=1 \
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
