// SPDX-License-Identifier: Apache-2.0
#include "evote/group/ed25519_lanes.h"

#include "base/result.h"

#if defined(__x86_64__)
// g++ 12 takes the undefined registers of its own headers for a mistake (gcc bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
#endif

namespace plenum::evote {

#if defined(__x86_64__)

#define PLENUM_LANES __attribute__((target("avx512f,avx512ifma,avx512dq")))
#define PLENUM_LANES_INLINE PLENUM_LANES inline __attribute__((always_inline))

namespace {

struct Fe {
    __m512i v[5];
};

PLENUM_LANES_INLINE Fe load(const EightFieldElements& in) {
    Fe out;
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) out.v[i] = _mm512_load_si512(in.limb[i]);
    return out;
}
PLENUM_LANES_INLINE void store(EightFieldElements& out, const Fe& in) {
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) _mm512_store_si512(out.limb[i], in.v[i]);
}

/// All carries at once: limbs below 2^63 become limbs below 2^51 + 2^17, and limbs below 2^61 (all that comes here)
/// below 2^51 + 2^15: a carry below 2^10, the one that comes round times 19.
PLENUM_LANES_INLINE Fe carried(const Fe& in) {
    const __m512i mask = _mm512_set1_epi64((1ll << 51) - 1);
    __m512i carry[5];
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) carry[i] = _mm512_srli_epi64(in.v[i], 51);
    Fe out;
    const __m512i round =
        _mm512_add_epi64(carry[4], _mm512_add_epi64(_mm512_slli_epi64(carry[4], 1), _mm512_slli_epi64(carry[4], 4)));
    out.v[0] = _mm512_add_epi64(_mm512_and_si512(in.v[0], mask), round);
#pragma GCC unroll 10
    for (int i = 1; i < 5; ++i) out.v[i] = _mm512_add_epi64(_mm512_and_si512(in.v[i], mask), carry[i - 1]);
    return out;
}

// The multiplier takes the low 52 bits of each limb, so that sums and differences are carried before they are
// multiplied.
PLENUM_LANES_INLINE Fe add(const Fe& left, const Fe& right) {
    Fe out;
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) out.v[i] = _mm512_add_epi64(left.v[i], right.v[i]);
    return carried(out);
}
PLENUM_LANES_INLINE Fe subtract(const Fe& left, const Fe& right) {
    Fe out;
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) {
        const __m512i two_p = _mm512_set1_epi64(i == 0 ? (1ll << 52) - 38 : (1ll << 52) - 2);
        out.v[i] = _mm512_sub_epi64(_mm512_add_epi64(left.v[i], two_p), right.v[i]);
    }
    return carried(out);
}

/// Columns 0 to 9 of a product become an element: the upper five come round times 19 (2^255 = 19). A column holds at
/// most five low halves and twice five high ones, below 2^56; with 19 times another below 2^61.
PLENUM_LANES_INLINE Fe folded(const __m512i (&low)[9], const __m512i (&high)[9]) {
    __m512i column[10];
    column[0] = low[0];
    // The high half of a product weighs 2^52, in limbs of 51 bits twice the next column.
#pragma GCC unroll 10
    for (int i = 1; i < 9; ++i) column[i] = _mm512_add_epi64(low[i], _mm512_slli_epi64(high[i - 1], 1));
    column[9] = _mm512_slli_epi64(high[8], 1);
    const __m512i nineteen = _mm512_set1_epi64(19);
    Fe out;
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) out.v[i] = _mm512_add_epi64(column[i], _mm512_mullo_epi64(column[i + 5], nineteen));
    return carried(out);
}

PLENUM_LANES_INLINE Fe multiply(const Fe& left, const Fe& right) {
    __m512i low[9], high[9];
#pragma GCC unroll 10
    for (int i = 0; i < 9; ++i) low[i] = high[i] = _mm512_setzero_si512();
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i)
#pragma GCC unroll 10
        for (int j = 0; j < 5; ++j) {
            low[i + j] = _mm512_madd52lo_epu64(low[i + j], left.v[i], right.v[j]);
            high[i + j] = _mm512_madd52hi_epu64(high[i + j], left.v[i], right.v[j]);
        }
    return folded(low, high);
}
PLENUM_LANES_INLINE Fe square(const Fe& in) {
    __m512i low[9], high[9];
#pragma GCC unroll 10
    for (int i = 0; i < 9; ++i) low[i] = high[i] = _mm512_setzero_si512();
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i)
#pragma GCC unroll 10
        for (int j = i + 1; j < 5; ++j) {
            low[i + j] = _mm512_madd52lo_epu64(low[i + j], in.v[i], in.v[j]);
            high[i + j] = _mm512_madd52hi_epu64(high[i + j], in.v[i], in.v[j]);
        }
#pragma GCC unroll 10
    for (int i = 0; i < 9; ++i) {
        low[i] = _mm512_slli_epi64(low[i], 1);
        high[i] = _mm512_slli_epi64(high[i], 1);
    }
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) {
        low[2 * i] = _mm512_madd52lo_epu64(low[2 * i], in.v[i], in.v[i]);
        high[2 * i] = _mm512_madd52hi_epu64(high[2 * i], in.v[i], in.v[i]);
    }
    return folded(low, high);
}

}  // namespace

PLENUM_LANES void double_lanes_vartime(EightPoints& points, std::size_t times) {
    Fe x = load(points.X), y = load(points.Y), z = load(points.Z);
    for (std::size_t i = 0; i < times; ++i) {
        const Fe a = square(x), b = square(y), zz = square(z);
        const Fe c = add(zz, zz), h = add(a, b);
        const Fe e = subtract(h, square(add(x, y)));
        const Fe g = subtract(a, b);
        const Fe f = add(c, g);
        x = multiply(e, f);
        y = multiply(g, h);
        z = multiply(f, g);
        if (i + 1 == times) store(points.T, multiply(e, h));
    }
    store(points.X, x);
    store(points.Y, y);
    store(points.Z, z);
}

PLENUM_LANES void add_lanes_vartime(EightPoints& points, const EightCached& other) {
    const Fe x = load(points.X), y = load(points.Y);
    const Fe a = multiply(subtract(y, x), load(other.difference));
    const Fe b = multiply(add(y, x), load(other.sum));
    const Fe c = multiply(load(points.T), load(other.t2d));
    const Fe zz = multiply(load(points.Z), load(other.z));
    const Fe d = add(zz, zz);
    const Fe e = subtract(b, a), f = subtract(d, c), g = add(d, c), h = add(b, a);
    store(points.X, multiply(e, f));
    store(points.Y, multiply(g, h));
    store(points.Z, multiply(f, g));
    store(points.T, multiply(e, h));
}

PLENUM_LANES void cache_lanes_vartime(EightCached& out, const EightPoints& points, const EightFieldElements& d2) {
    const Fe x = load(points.X), y = load(points.Y);
    store(out.sum, add(y, x));
    store(out.difference, subtract(y, x));
    store(out.z, load(points.Z));
    store(out.t2d, multiply(load(points.T), load(d2)));
}

PLENUM_LANES void select_cached_vartime(EightCached& out, const EightCached* table, const std::array<int, 8>& digits) {
    alignas(64) std::uint64_t first[8];
    __mmask8 negative = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        if (digits[i] < 0) negative = static_cast<__mmask8>(negative | 1u << i);
        first[i] = static_cast<std::uint64_t>(digits[i] < 0 ? -digits[i] : digits[i]) * (sizeof(EightCached) / 8) + i;
    }
    const __m512i at = _mm512_load_si512(first);
    const auto gathered = [&](std::size_t part) PLENUM_LANES {
        Fe fe;
        for (std::size_t j = 0; j < 5; ++j)
            fe.v[j] = _mm512_i64gather_epi64(
                _mm512_add_epi64(at, _mm512_set1_epi64(static_cast<long long>((part * 5 + j) * 8))), table, 8);
        return fe;
    };
    const Fe sum = gathered(0), difference = gathered(1), z = gathered(2), t2d = gathered(3);
    Fe zero;
    for (auto& limb : zero.v) limb = _mm512_setzero_si512();
    const Fe minus = subtract(zero, t2d);
    for (std::size_t j = 0; j < 5; ++j) {
        _mm512_store_si512(out.sum.limb[j], _mm512_mask_blend_epi64(negative, sum.v[j], difference.v[j]));
        _mm512_store_si512(out.difference.limb[j], _mm512_mask_blend_epi64(negative, difference.v[j], sum.v[j]));
        _mm512_store_si512(out.t2d.limb[j], _mm512_mask_blend_epi64(negative, t2d.v[j], minus.v[j]));
    }
    store(out.z, z);
}

PLENUM_LANES void add_fixed_lanes_vartime(EightPoints& points, const std::uint64_t* table,
                                          const std::array<int, 8>& digits) {
    alignas(64) std::uint64_t first[8];
    __mmask8 negative = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        if (digits[i] < 0) negative = static_cast<__mmask8>(negative | 1u << i);
        first[i] = static_cast<std::uint64_t>(digits[i] < 0 ? -digits[i] : digits[i]) * 15;
    }
    const __m512i at = _mm512_load_si512(first);
    const auto gathered = [&](std::size_t part) PLENUM_LANES {
        Fe fe;
        for (std::size_t j = 0; j < 5; ++j)
            fe.v[j] = _mm512_i64gather_epi64(
                _mm512_add_epi64(at, _mm512_set1_epi64(static_cast<long long>(part * 5 + j))), table, 8);
        return fe;
    };
    const Fe stored_sum = gathered(0), stored_difference = gathered(1), stored_t2d = gathered(2);
    Fe zero, sum, difference, t2d;
    for (auto& limb : zero.v) limb = _mm512_setzero_si512();
    const Fe minus = subtract(zero, stored_t2d);
    for (std::size_t j = 0; j < 5; ++j) {
        sum.v[j] = _mm512_mask_blend_epi64(negative, stored_sum.v[j], stored_difference.v[j]);
        difference.v[j] = _mm512_mask_blend_epi64(negative, stored_difference.v[j], stored_sum.v[j]);
        t2d.v[j] = _mm512_mask_blend_epi64(negative, stored_t2d.v[j], minus.v[j]);
    }
    const Fe x = load(points.X), y = load(points.Y), z = load(points.Z);
    const Fe a = multiply(subtract(y, x), difference);
    const Fe b = multiply(add(y, x), sum);
    const Fe c = multiply(load(points.T), t2d);
    const Fe d = add(z, z);
    const Fe e = subtract(b, a), f = subtract(d, c), g = add(d, c), h = add(b, a);
    store(points.X, multiply(e, f));
    store(points.Y, multiply(g, h));
    store(points.Z, multiply(f, g));
    store(points.T, multiply(e, h));
}

#else

void double_lanes_vartime(EightPoints&, std::size_t) { invariant(!"no lanes on this processor"); }
void add_lanes_vartime(EightPoints&, const EightCached&) { invariant(!"no lanes on this processor"); }
void cache_lanes_vartime(EightCached&, const EightPoints&, const EightFieldElements&) {
    invariant(!"no lanes on this processor");
}
void select_cached_vartime(EightCached&, const EightCached*, const std::array<int, 8>&) {
    invariant(!"no lanes on this processor");
}
void add_fixed_lanes_vartime(EightPoints&, const std::uint64_t*, const std::array<int, 8>&) {
    invariant(!"no lanes on this processor");
}

#endif

}  // namespace plenum::evote
