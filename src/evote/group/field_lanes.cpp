// SPDX-License-Identifier: Apache-2.0
#include "evote/group/field_lanes.h"

#include <cstdlib>
#include <string_view>

#include "base/result.h"
#include "evote/group/vectors.h"

namespace plenum::evote {

#if defined(__x86_64__)

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

namespace {

/// Adds to columns[j] the products of one number's limbs by four others, low halves at i + k and high halves at
/// i + k + 1, for i in [from, lane_limbs); each column is loaded and stored once for eight products. The number is
/// given by a function that loads limb i; the four before `from` are taken as zero.
template <class Limb>
PLENUM_LANES inline __attribute__((always_inline)) void add_four_rows(__m512i* columns, std::size_t from, Limb limb,
                                                                      const __m512i (&by)[4], __m512i a1, __m512i a2,
                                                                      __m512i a3, __m512i a4) {
    const __m512i zero = _mm512_setzero_si512();
#pragma GCC unroll 4
    for (std::size_t i = from; i < lane_limbs; ++i) {
        const __m512i a0 = limb(i);
        __m512i t = columns[i], u = zero;
        t = _mm512_madd52lo_epu64(t, a0, by[0]);
        u = _mm512_madd52hi_epu64(u, a1, by[0]);
        t = _mm512_madd52lo_epu64(t, a1, by[1]);
        u = _mm512_madd52hi_epu64(u, a2, by[1]);
        t = _mm512_madd52lo_epu64(t, a2, by[2]);
        u = _mm512_madd52hi_epu64(u, a3, by[2]);
        t = _mm512_madd52lo_epu64(t, a3, by[3]);
        u = _mm512_madd52hi_epu64(u, a4, by[3]);
        columns[i] = _mm512_add_epi64(t, u);
        a4 = a3;
        a3 = a2;
        a2 = a1;
        a1 = a0;
    }
    __m512i t = _mm512_madd52hi_epu64(columns[lane_limbs], a1, by[0]), u = zero;
    t = _mm512_madd52lo_epu64(t, a1, by[1]);
    u = _mm512_madd52hi_epu64(u, a2, by[1]);
    t = _mm512_madd52lo_epu64(t, a2, by[2]);
    u = _mm512_madd52hi_epu64(u, a3, by[2]);
    t = _mm512_madd52lo_epu64(t, a3, by[3]);
    u = _mm512_madd52hi_epu64(u, a4, by[3]);
    columns[lane_limbs] = _mm512_add_epi64(t, u);
    t = _mm512_madd52hi_epu64(columns[lane_limbs + 1], a1, by[1]);
    u = _mm512_madd52lo_epu64(zero, a1, by[2]);
    t = _mm512_madd52hi_epu64(t, a2, by[2]);
    u = _mm512_madd52lo_epu64(u, a2, by[3]);
    t = _mm512_madd52hi_epu64(t, a3, by[3]);
    columns[lane_limbs + 1] = _mm512_add_epi64(t, u);
    t = _mm512_madd52hi_epu64(columns[lane_limbs + 2], a1, by[2]);
    t = _mm512_madd52lo_epu64(t, a1, by[3]);
    columns[lane_limbs + 2] = _mm512_madd52hi_epu64(t, a2, by[3]);
    columns[lane_limbs + 3] = _mm512_madd52hi_epu64(columns[lane_limbs + 3], a1, by[3]);
}

}  // namespace

PLENUM_LANES void square_lanes_vartime(EightResidues& out, const EightResidues& in, const LaneModulus& modulus) {
    // The whole square first, products of different limbs once and doubled, in blocks of four limbs; then Montgomery's
    // reduction, four limbs per pass. A column takes at most 80 halves of products of the square and 80 of the
    // reduction, each below 2^52: below 2^60, so that carries wait until the end.
    __m512i column[2 * lane_limbs + 4];
    const __m512i zero = _mm512_setzero_si512();
    for (auto& each : column) each = zero;
    const auto a = [&](std::size_t j) PLENUM_LANES { return _mm512_load_si512(in.limb[j]); };
    for (std::size_t i = 0; i + 4 < lane_limbs; i += 4) {
        const __m512i by[4] = {a(i), a(i + 1), a(i + 2), a(i + 3)};
        add_four_rows(column + i, i + 4, a, by, zero, zero, zero, zero);
    }
    for (std::size_t i = 0; i < lane_limbs; i += 4) {
        const __m512i b0 = a(i), b1 = a(i + 1), b2 = a(i + 2), b3 = a(i + 3);
        __m512i* c = column + 2 * i;
        __m512i c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3], c4 = c[4], c5 = c[5], c6 = c[6], c7 = c[7];
        c1 = _mm512_madd52lo_epu64(c1, b0, b1);
        c2 = _mm512_madd52hi_epu64(c2, b0, b1);
        c3 = _mm512_madd52hi_epu64(c3, b0, b2);
        c4 = _mm512_madd52hi_epu64(c4, b0, b3);
        c5 = _mm512_madd52hi_epu64(c5, b1, b3);
        c6 = _mm512_madd52hi_epu64(c6, b2, b3);
        c2 = _mm512_madd52lo_epu64(c2, b0, b2);
        c3 = _mm512_madd52lo_epu64(c3, b0, b3);
        c4 = _mm512_madd52hi_epu64(c4, b1, b2);
        c5 = _mm512_madd52lo_epu64(c5, b2, b3);
        c3 = _mm512_madd52lo_epu64(c3, b1, b2);
        c4 = _mm512_madd52lo_epu64(c4, b1, b3);
        c[0] = _mm512_madd52lo_epu64(_mm512_add_epi64(c0, c0), b0, b0);
        c[1] = _mm512_madd52hi_epu64(_mm512_add_epi64(c1, c1), b0, b0);
        c[2] = _mm512_madd52lo_epu64(_mm512_add_epi64(c2, c2), b1, b1);
        c[3] = _mm512_madd52hi_epu64(_mm512_add_epi64(c3, c3), b1, b1);
        c[4] = _mm512_madd52lo_epu64(_mm512_add_epi64(c4, c4), b2, b2);
        c[5] = _mm512_madd52hi_epu64(_mm512_add_epi64(c5, c5), b2, b2);
        c[6] = _mm512_madd52lo_epu64(_mm512_add_epi64(c6, c6), b3, b3);
        c[7] = _mm512_madd52hi_epu64(_mm512_add_epi64(c7, c7), b3, b3);
    }
    const __m512i k = _mm512_set1_epi64(static_cast<long long>(modulus.minus_inverse));
    const auto p = [&](std::size_t j)
                       PLENUM_LANES { return _mm512_set1_epi64(static_cast<long long>(modulus.limb[j])); };
    const __m512i p0 = p(0), p1 = p(1), p2 = p(2), p3 = p(3);
    for (std::size_t i = 0; i < lane_limbs; i += 4) {
        // The four lowest columns give m0 to m3, which make them vanish.
        __m512i* c = column + i;
        __m512i t0 = c[0], t1 = c[1], t2 = c[2], t3 = c[3];
        const __m512i m0 = _mm512_madd52lo_epu64(zero, t0, k);
        t0 = _mm512_madd52lo_epu64(t0, p0, m0);
        t1 = _mm512_madd52hi_epu64(t1, p0, m0);
        t1 = _mm512_madd52lo_epu64(t1, p1, m0);
        t1 = _mm512_add_epi64(t1, _mm512_srli_epi64(t0, 52));
        const __m512i m1 = _mm512_madd52lo_epu64(zero, t1, k);
        t2 = _mm512_madd52hi_epu64(t2, p1, m0);
        t2 = _mm512_madd52lo_epu64(t2, p2, m0);
        t1 = _mm512_madd52lo_epu64(t1, p0, m1);
        t2 = _mm512_madd52hi_epu64(t2, p0, m1);
        t2 = _mm512_madd52lo_epu64(t2, p1, m1);
        t2 = _mm512_add_epi64(t2, _mm512_srli_epi64(t1, 52));
        const __m512i m2 = _mm512_madd52lo_epu64(zero, t2, k);
        t3 = _mm512_madd52hi_epu64(t3, p2, m0);
        t3 = _mm512_madd52lo_epu64(t3, p3, m0);
        t3 = _mm512_madd52hi_epu64(t3, p1, m1);
        t3 = _mm512_madd52lo_epu64(t3, p2, m1);
        t2 = _mm512_madd52lo_epu64(t2, p0, m2);
        t3 = _mm512_madd52hi_epu64(t3, p0, m2);
        t3 = _mm512_madd52lo_epu64(t3, p1, m2);
        t3 = _mm512_add_epi64(t3, _mm512_srli_epi64(t2, 52));
        const __m512i m3 = _mm512_madd52lo_epu64(zero, t3, k);
        t3 = _mm512_madd52lo_epu64(t3, p0, m3);
        c[4] = _mm512_add_epi64(c[4], _mm512_srli_epi64(t3, 52));
        const __m512i by[4] = {m0, m1, m2, m3};
        add_four_rows(c, 4, p, by, p3, p2, p1, p0);
    }
    const __m512i mask = _mm512_set1_epi64((1ll << 52) - 1);
    __m512i carry = zero;
    for (std::size_t j = 0; j < lane_limbs; ++j) {
        const __m512i t = _mm512_add_epi64(column[lane_limbs + j], carry);
        _mm512_store_si512(out.limb[j], _mm512_and_si512(t, mask));
        carry = _mm512_srli_epi64(t, 52);
    }
}

PLENUM_LANES void gather_lanes_vartime(EightResidues& out, const std::array<const ResidueRow*, lane_count>& rows) {
    for (std::size_t j = 0; j < lane_limbs; j += 8) {
        __m512i v[8];
        for (std::size_t i = 0; i < 8; ++i) v[i] = _mm512_load_si512(rows[i]->limb + j);
        transpose(v);
        for (std::size_t i = 0; i < 8; ++i) _mm512_store_si512(out.limb[j + i], v[i]);
    }
}

PLENUM_LANES void broadcast_lanes_vartime(EightResidues& out, const ResidueRow& row) {
    for (std::size_t j = 0; j < lane_limbs; ++j)
        _mm512_store_si512(out.limb[j], _mm512_set1_epi64(static_cast<long long>(row.limb[j])));
}

PLENUM_LANES void scatter_lanes_vartime(const std::array<ResidueRow*, lane_count>& rows, const EightResidues& in) {
    for (std::size_t j = 0; j < lane_limbs; j += 8) {
        __m512i v[8];
        for (std::size_t i = 0; i < 8; ++i) v[i] = _mm512_load_si512(in.limb[j + i]);
        transpose(v);
        for (std::size_t i = 0; i < 8; ++i) _mm512_store_si512(rows[i]->limb + j, v[i]);
    }
}

PLENUM_LANES void scatter_lanes_vartime(ResidueRow* rows, const EightResidues& in) {
    for (std::size_t j = 0; j < lane_limbs; j += 8) {
        __m512i v[8];
        for (std::size_t i = 0; i < 8; ++i) v[i] = _mm512_load_si512(in.limb[j + i]);
        transpose(v);
        for (std::size_t i = 0; i < 8; ++i) _mm512_store_si512(rows[i].limb + j, v[i]);
    }
}

#else

bool lanes_are_available() { return false; }
void multiply_lanes_vartime(EightResidues&, const EightResidues&, const EightResidues&, const LaneModulus&) {
    invariant(!"no lanes on this processor");
}
void square_lanes_vartime(EightResidues&, const EightResidues&, const LaneModulus&) {
    invariant(!"no lanes on this processor");
}
void gather_lanes_vartime(EightResidues&, const std::array<const ResidueRow*, lane_count>&) {
    invariant(!"no lanes on this processor");
}
void broadcast_lanes_vartime(EightResidues&, const ResidueRow&) { invariant(!"no lanes on this processor"); }
void scatter_lanes_vartime(const std::array<ResidueRow*, lane_count>&, const EightResidues&) {
    invariant(!"no lanes on this processor");
}
void scatter_lanes_vartime(ResidueRow*, const EightResidues&) { invariant(!"no lanes on this processor"); }

#endif

}  // namespace plenum::evote
