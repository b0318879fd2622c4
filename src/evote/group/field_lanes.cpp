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
        return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512ifma") != 0;
    }();
    return available;
}

PLENUM_LANES void multiply_lanes_vartime(EightResidues& out, const EightResidues& left, const EightResidues& right,
                                         const LaneModulus& modulus) {
    // Montgomery's multiplication, one limb of `right` at a time. Before its shift down each sum takes four products
    // below 2^52 per step, for 40 steps: below 2^60, so that carries wait until the end; only the lowest limb's goes up
    // at once.
    __m512i sum[lane_limbs] = {};
    const __m512i k = _mm512_set1_epi64(static_cast<long long>(modulus.minus_inverse));
    const auto a = [&](std::size_t j) PLENUM_LANES { return _mm512_load_si512(left.limb[j]); };
    const auto p = [&](std::size_t j)
                       PLENUM_LANES { return _mm512_set1_epi64(static_cast<long long>(modulus.limb[j])); };
    const __m512i zero = _mm512_setzero_si512();
    for (std::size_t i = 0; i < lane_limbs; ++i) {
        const __m512i b = _mm512_load_si512(right.limb[i]);
        __m512i a_before = a(0), p_before = p(0);
        __m512i low = _mm512_madd52lo_epu64(sum[0], a_before, b);
        const __m512i m = _mm512_madd52lo_epu64(zero, low, k);
        low = _mm512_madd52lo_epu64(low, p_before, m);
        __m512i carry = _mm512_srli_epi64(low, 52);
#pragma GCC unroll 13
        for (std::size_t j = 1; j < lane_limbs; ++j) {
            const __m512i a_here = a(j), p_here = p(j);
            __m512i t = _mm512_add_epi64(sum[j], carry);
            carry = zero;
            t = _mm512_madd52lo_epu64(t, a_here, b);
            t = _mm512_madd52hi_epu64(t, a_before, b);
            t = _mm512_madd52lo_epu64(t, p_here, m);
            t = _mm512_madd52hi_epu64(t, p_before, m);
            sum[j - 1] = t;
            a_before = a_here;
            p_before = p_here;
        }
        sum[lane_limbs - 1] = _mm512_madd52hi_epu64(_mm512_madd52hi_epu64(zero, a_before, b), p_before, m);
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
