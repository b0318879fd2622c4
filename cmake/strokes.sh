#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# strokes.sh UNIHAN_IRGSOURCES_BZ2 OUT: the strokes of every character as C++ numbers, code point << 8 | strokes, in order.
# Unicode's kTotalStrokes; of two values the first, which is the one of the mainland's forms (UAX #38).
set -eu
bzcat "$1" | awk '$2 == "kTotalStrokes" {
  h = substr($1, 3); while (length(h) < 6) h = "0" h
  printf "0x%s%02X,\n", h, $3
}' | LC_ALL=C sort > "$2.part"
[ "$(wc -l < "$2.part")" -gt 90000 ] || { echo "no kTotalStrokes in $1" >&2; exit 1; }
mv "$2.part" "$2"
