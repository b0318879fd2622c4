// SPDX-License-Identifier: Apache-2.0
#include "evote/group/field_lanes.h"

#include <cstdlib>
#include <string_view>

#include "base/result.h"

#if defined(__x86_64__)
// g++ 12 takes the undefined registers of its own headers for a mistake (gcc bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
#endif

namespace plenum::evote {

#if defined(__x86_64__)

// The instruction sets stand at each function rather than at the file: an inline function of a header that was compiled
// with them could otherwise be the one that the linker keeps for everybody.
#define PLENUM_LANES __attribute__((target("avx512f,avx512ifma")))

bool lanes_are_available() {
    static const bool available = [] {
        const char* portable = std::getenv("PLENUM_PORTABLE");
        if (portable && std::string_view(portable) == "1") return false;
        return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
               __builtin_cpu_supports("avx512ifma") != 0;
    }();
    return available;
}

PLENUM_LANES void multiply_lanes_vartime(EightResidues& out, const EightResidues& left, const EightResidues& right,
                                         const LaneModulus& modulus) {
    // Montgomery's multiplication, two limbs of `right` per pass, so that a sum is loaded and stored once for eight
    // products. Before it is shifted out a sum takes eight products below 2^52 in each of 20 passes: below 2^60, so
    // that carries wait until the end; only those of the two limbs that vanish go up at once.
    __m512i sum[lane_limbs] = {};
    const __m512i k = _mm512_set1_epi64(static_cast<long long>(modulus.minus_inverse));
    const auto a = [&](std::size_t j) PLENUM_LANES { return _mm512_load_si512(left.limb[j]); };
    const auto p = [&](std::size_t j)
                       PLENUM_LANES { return _mm512_set1_epi64(static_cast<long long>(modulus.limb[j])); };
    const __m512i zero = _mm512_setzero_si512();
    for (std::size_t i = 0; i < lane_limbs; i += 2) {
        const __m512i b0 = _mm512_load_si512(right.limb[i]), b1 = _mm512_load_si512(right.limb[i + 1]);
        // The two lowest columns give m0 and m1, which make them vanish.
        __m512i a_older = a(0), a_old = a(1), p_older = p(0), p_old = p(1);
        __m512i low = _mm512_madd52lo_epu64(sum[0], a_older, b0);
        const __m512i m0 = _mm512_madd52lo_epu64(zero, low, k);
        low = _mm512_madd52lo_epu64(low, p_older, m0);
        __m512i next = _mm512_madd52lo_epu64(_mm512_add_epi64(sum[1], _mm512_srli_epi64(low, 52)), a_old, b0);
        next = _mm512_madd52hi_epu64(next, a_older, b0);
        next = _mm512_madd52lo_epu64(next, a_older, b1);
        next = _mm512_madd52lo_epu64(next, p_old, m0);
        next = _mm512_madd52hi_epu64(next, p_older, m0);
        const __m512i m1 = _mm512_madd52lo_epu64(zero, next, k);
        next = _mm512_madd52lo_epu64(next, p_older, m1);
        __m512i carry = _mm512_srli_epi64(next, 52);
#pragma GCC unroll 19
        for (std::size_t j = 2; j < lane_limbs; ++j) {
            const __m512i a_here = a(j), p_here = p(j);
            __m512i t = _mm512_add_epi64(sum[j], carry);
            __m512i u = zero;
            carry = zero;
            t = _mm512_madd52lo_epu64(t, a_here, b0);
            u = _mm512_madd52lo_epu64(u, p_here, m0);
            t = _mm512_madd52hi_epu64(t, a_old, b0);
            u = _mm512_madd52hi_epu64(u, p_old, m0);
            t = _mm512_madd52lo_epu64(t, a_old, b1);
            u = _mm512_madd52lo_epu64(u, p_old, m1);
            t = _mm512_madd52hi_epu64(t, a_older, b1);
            u = _mm512_madd52hi_epu64(u, p_older, m1);
            sum[j - 2] = _mm512_add_epi64(t, u);
            a_older = a_old;
            a_old = a_here;
            p_older = p_old;
            p_old = p_here;
        }
        __m512i t = _mm512_madd52hi_epu64(zero, a_old, b0);
        t = _mm512_madd52lo_epu64(t, a_old, b1);
        t = _mm512_madd52hi_epu64(t, a_older, b1);
        __m512i u = _mm512_madd52hi_epu64(zero, p_old, m0);
        u = _mm512_madd52lo_epu64(u, p_old, m1);
        u = _mm512_madd52hi_epu64(u, p_older, m1);
        sum[lane_limbs - 2] = _mm512_add_epi64(t, u);
        sum[lane_limbs - 1] = _mm512_madd52hi_epu64(_mm512_madd52hi_epu64(zero, a_old, b1), p_old, m1);
    }
    const __m512i mask = _mm512_set1_epi64((1ll << 52) - 1);
    __m512i carry = zero;
    for (std::size_t j = 0; j < lane_limbs; ++j) {
        const __m512i t = _mm512_add_epi64(sum[j], carry);
        _mm512_store_si512(out.limb[j], _mm512_and_si512(t, mask));
        carry = _mm512_srli_epi64(t, 52);
    }
}

PLENUM_LANES void select_lanes_vartime(EightResidues& out, const EightResidues* table,
                                       const std::array<std::uint32_t, lane_count>& index) {
    alignas(64) std::uint64_t first[lane_count];
    for (std::size_t i = 0; i < lane_count; ++i) first[i] = index[i] * (lane_limbs * lane_count) + i;
    __m512i at = _mm512_load_si512(first);
    const __m512i step = _mm512_set1_epi64(lane_count);
    for (std::size_t j = 0; j < lane_limbs; ++j) {
        _mm512_store_si512(out.limb[j], _mm512_i64gather_epi64(at, table, 8));
        at = _mm512_add_epi64(at, step);
    }
}

PLENUM_LANES void gather_lanes_vartime(EightResidues& out, const std::uint64_t* table,
                                       const std::array<std::uint32_t, lane_count>& index) {
    alignas(64) std::uint64_t first[lane_count];
    for (std::size_t i = 0; i < lane_count; ++i) first[i] = std::uint64_t{index[i]} * lane_limbs;
    __m512i at = _mm512_load_si512(first);
    const __m512i step = _mm512_set1_epi64(1);
    for (std::size_t j = 0; j < lane_limbs; ++j) {
        _mm512_store_si512(out.limb[j], _mm512_i64gather_epi64(at, table, 8));
        at = _mm512_add_epi64(at, step);
    }
}

#else

bool lanes_are_available() { return false; }
void multiply_lanes_vartime(EightResidues&, const EightResidues&, const EightResidues&, const LaneModulus&) {
    invariant(!"no lanes on this processor");
}
void select_lanes_vartime(EightResidues&, const EightResidues*, const std::array<std::uint32_t, lane_count>&) {
    invariant(!"no lanes on this processor");
}
void gather_lanes_vartime(EightResidues&, const std::uint64_t*, const std::array<std::uint32_t, lane_count>&) {
    invariant(!"no lanes on this processor");
}

#endif

}  // namespace plenum::evote
