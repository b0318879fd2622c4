// SPDX-License-Identifier: Apache-2.0
// What the kernels with vectors of eight words share; for their two .cpp files only.
#pragma once
#if defined(__x86_64__)
// g++ 12 takes the undefined registers of its own headers for a mistake (gcc bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>

// The instruction sets stand at each function rather than at the file: an inline function of a header that was compiled
// with them could otherwise be the one that the linker keeps for everybody. `lanes_are_available` asks for all three.
#define PLENUM_LANES __attribute__((target("avx512f,avx512ifma,avx512dq")))
#define PLENUM_LANES_INLINE PLENUM_LANES inline __attribute__((always_inline))

namespace plenum::evote {

/// Eight vectors of eight words, rows for columns.
PLENUM_LANES_INLINE void transpose(__m512i (&v)[8]) {
    __m512i pairs[8], fours[8];
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) {
        pairs[2 * i] = _mm512_unpacklo_epi64(v[2 * i], v[2 * i + 1]);
        pairs[2 * i + 1] = _mm512_unpackhi_epi64(v[2 * i], v[2 * i + 1]);
    }
#pragma GCC unroll 2
    for (int i = 0; i < 2; ++i)
#pragma GCC unroll 2
        for (int k = 0; k < 2; ++k) {
            fours[4 * i + k] = _mm512_shuffle_i64x2(pairs[4 * i + k], pairs[4 * i + 2 + k], 0x88);
            fours[4 * i + 2 + k] = _mm512_shuffle_i64x2(pairs[4 * i + k], pairs[4 * i + 2 + k], 0xdd);
        }
#pragma GCC unroll 4
    for (int k = 0; k < 4; ++k) {
        v[k] = _mm512_shuffle_i64x2(fours[k], fours[4 + k], 0x88);
        v[4 + k] = _mm512_shuffle_i64x2(fours[k], fours[4 + k], 0xdd);
    }
}

}  // namespace plenum::evote
#endif
