// SPDX-License-Identifier: Apache-2.0
#include "evote/group/ed25519_lanes.h"

#include "base/result.h"
#include "evote/group/vectors.h"

namespace plenum::evote {

#if defined(__x86_64__)

namespace {

/// An element with limbs below 2^51 + 2^17, fit for being multiplied: the multiplier takes the low 52 bits of a limb.
struct Fe {
    __m512i v[5];
};
/// A product or a sum of products whose carries have not been taken; limbs below 2^63.
struct Raw {
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

/// All carries at once: limbs below 2^63 become limbs below 2^51 + 2^17; a carry is below 2^12, the one that comes
/// round is taken 19 times (2^255 = 19).
PLENUM_LANES_INLINE Fe carried(const Raw& in) {
    const __m512i mask = _mm512_set1_epi64((1ll << 51) - 1);
    __m512i carry[5];
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) carry[i] = _mm512_srli_epi64(in.v[i], 51);
    Fe out;
    // 19 times a number below 2^52: the low half of a product by 19.
    out.v[0] = _mm512_madd52lo_epu64(_mm512_and_si512(in.v[0], mask), carry[4], _mm512_set1_epi64(19));
#pragma GCC unroll 10
    for (int i = 1; i < 5; ++i) out.v[i] = _mm512_add_epi64(_mm512_and_si512(in.v[i], mask), carry[i - 1]);
    return out;
}

PLENUM_LANES_INLINE Raw sum(const Fe& left, const Fe& right) {
    Raw out;
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) out.v[i] = _mm512_add_epi64(left.v[i], right.v[i]);
    return out;
}
PLENUM_LANES_INLINE Raw sum(const Raw& left, const Raw& right) {
    Raw out;
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) out.v[i] = _mm512_add_epi64(left.v[i], right.v[i]);
    return out;
}
PLENUM_LANES_INLINE Fe subtract(const Fe& left, const Fe& right) {
    Raw out;
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) {
        const __m512i two_p = _mm512_set1_epi64(i == 0 ? (1ll << 52) - 38 : (1ll << 52) - 2);
        out.v[i] = _mm512_sub_epi64(_mm512_add_epi64(left.v[i], two_p), right.v[i]);
    }
    return carried(out);
}
/// left - right for a product `right`, whose limbs are below 2^60 - 2^14 (see multiply); 2^9·p is added.
PLENUM_LANES_INLINE Raw difference(const Raw& left, const Raw& right) {
    Raw out;
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) {
        const __m512i p_512 = _mm512_set1_epi64(i == 0 ? (1ll << 60) - (19ll << 9) : (1ll << 60) - (1ll << 9));
        out.v[i] = _mm512_sub_epi64(_mm512_add_epi64(left.v[i], p_512), right.v[i]);
    }
    return out;
}

/// Columns 0 to 9 of a product become an element: the upper five come round times 19. With limbs below 2^51 + 2^17 a
/// low half is below 2^52 and a high half below 2^50 + 2^18; the largest sum, four low and five doubled high halves
/// taken 19 times and one low half, is below 125·2^52, so below 2^59.
PLENUM_LANES_INLINE Raw folded(const __m512i (&low)[9], const __m512i (&high)[9]) {
    __m512i column[10];
    column[0] = low[0];
    // The high half of a product weighs 2^52, in limbs of 51 bits twice the next column.
#pragma GCC unroll 10
    for (int i = 1; i < 9; ++i) column[i] = _mm512_add_epi64(low[i], _mm512_add_epi64(high[i - 1], high[i - 1]));
    column[9] = _mm512_add_epi64(high[8], high[8]);
    const __m512i nineteen = _mm512_set1_epi64(19);
    Raw out;
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) out.v[i] = _mm512_add_epi64(column[i], _mm512_mullo_epi64(column[i + 5], nineteen));
    return out;
}

PLENUM_LANES_INLINE Raw product(const Fe& left, const Fe& right) {
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
PLENUM_LANES_INLINE Raw squared(const Fe& in) {
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
    for (int i = 1; i < 8; ++i) {
        low[i] = _mm512_add_epi64(low[i], low[i]);
        high[i] = _mm512_add_epi64(high[i], high[i]);
    }
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) {
        low[2 * i] = _mm512_madd52lo_epu64(low[2 * i], in.v[i], in.v[i]);
        high[2 * i] = _mm512_madd52hi_epu64(high[2 * i], in.v[i], in.v[i]);
    }
    return folded(low, high);
}
PLENUM_LANES_INLINE Fe multiply(const Fe& left, const Fe& right) { return carried(product(left, right)); }
PLENUM_LANES_INLINE Fe square(const Fe& in) { return carried(squared(in)); }

struct Point {
    Fe X, Y, Z, T;
};
PLENUM_LANES_INLINE Point load(const EightPoints& in) { return {load(in.X), load(in.Y), load(in.Z), load(in.T)}; }
PLENUM_LANES_INLINE void store(EightPoints& out, const Point& in) {
    store(out.X, in.X);
    store(out.Y, in.Y);
    store(out.Z, in.Z);
    store(out.T, in.T);
}

PLENUM_LANES_INLINE void twice(Point& point, bool with_t) {
    const Raw a = squared(point.X), b = squared(point.Y), zz = squared(point.Z);
    const Raw h_raw = sum(a, b), g_raw = difference(a, b);
    const Fe e = carried(difference(h_raw, squared(carried(sum(point.X, point.Y)))));
    const Fe h = carried(h_raw), g = carried(g_raw);
    const Fe f = carried(sum(sum(zz, zz), g_raw));
    point.X = multiply(e, f);
    point.Y = multiply(g, h);
    point.Z = multiply(f, g);
    if (with_t) point.T = multiply(e, h);
}

/// The rest of a sum: twice the product of the two Z, and c = T·2dT', subtracted where `negative`.
PLENUM_LANES_INLINE void finish_sum(Point& point, const Raw& a, const Raw& b, const Raw& c, const Raw& zz2,
                                    __mmask8 negative, bool with_t) {
    const Fe e = carried(difference(b, a)), h = carried(sum(b, a));
    const Raw less = difference(zz2, c), more = sum(zz2, c);
    Raw f_raw, g_raw;
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) {
        f_raw.v[i] = _mm512_mask_blend_epi64(negative, less.v[i], more.v[i]);
        g_raw.v[i] = _mm512_mask_blend_epi64(negative, more.v[i], less.v[i]);
    }
    const Fe f = carried(f_raw), g = carried(g_raw);
    point.X = multiply(e, f);
    point.Y = multiply(g, h);
    point.Z = multiply(f, g);
    if (with_t) point.T = multiply(e, h);
}

/// `words` words of eight rows, a multiple of 8, one vector per word.
template <int words, class Row>
PLENUM_LANES_INLINE void gather(__m512i (&out)[words], const std::array<Row*, 8>& rows) {
#pragma GCC unroll 4
    for (int block = 0; block < words; block += 8) {
        __m512i v[8];
#pragma GCC unroll 8
        for (int i = 0; i < 8; ++i) v[i] = _mm512_load_si512(rows[static_cast<std::size_t>(i)]->word + block);
        transpose(v);
#pragma GCC unroll 8
        for (int i = 0; i < 8; ++i) out[block + i] = v[i];
    }
}
/// Limbs from five vectors on, those of `left` in the lanes of `mask` replaced by those of `right`.
PLENUM_LANES_INLINE Fe chosen(__mmask8 mask, const __m512i* left, const __m512i* right) {
    Fe out;
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) out.v[i] = _mm512_mask_blend_epi64(mask, left[i], right[i]);
    return out;
}

PLENUM_LANES_INLINE void add_rows(Point& point, const EightRows<CachedRow>& rows, __mmask8 negative, bool with_t) {
    __m512i word[24];
    gather(word, rows);
    const Raw a = product(subtract(point.Y, point.X), chosen(negative, word + 5, word));
    const Raw b = product(carried(sum(point.Y, point.X)), chosen(negative, word, word + 5));
    const Raw c = product(point.T, chosen(0, word + 15, word + 15));
    const Raw zz = product(point.Z, chosen(0, word + 10, word + 10));
    finish_sum(point, a, b, c, sum(zz, zz), negative, with_t);
}
PLENUM_LANES_INLINE void add_rows(Point& point, const EightRows<AffineRow>& rows, __mmask8 negative, bool with_t) {
    __m512i word[16];
    gather(word, rows);
    const Raw a = product(subtract(point.Y, point.X), chosen(negative, word + 5, word));
    const Raw b = product(carried(sum(point.Y, point.X)), chosen(negative, word, word + 5));
    const Raw c = product(point.T, chosen(0, word + 10, word + 10));
    finish_sum(point, a, b, c, sum(point.Z, point.Z), negative, with_t);
}

/// Two elements side by side, so that the processor has something to do while the one waits for its carries.
struct TwoFe {
    Fe first, second;
};
PLENUM_LANES_INLINE TwoFe multiply(const TwoFe& left, const TwoFe& right) {
    return {multiply(left.first, right.first), multiply(left.second, right.second)};
}
PLENUM_LANES_INLINE TwoFe square(const TwoFe& in) { return {square(in.first), square(in.second)}; }

template <class Elements>
PLENUM_LANES Elements square_times(Elements in, int times) {
    for (int i = 0; i < times; ++i) in = square(in);
    return in;
}
/// in^(2^250 - 1) and in^11.
template <class Elements>
PLENUM_LANES Elements power_2_250_minus_1(const Elements& in, Elements& power_11) {
    const Elements two = square(in);
    const Elements nine = multiply(square_times(two, 2), in);
    power_11 = multiply(nine, two);
    const Elements bits5 = multiply(square(power_11), nine);
    const Elements bits10 = multiply(square_times(bits5, 5), bits5);
    const Elements bits20 = multiply(square_times(bits10, 10), bits10);
    const Elements bits40 = multiply(square_times(bits20, 20), bits20);
    const Elements bits50 = multiply(square_times(bits40, 10), bits10);
    const Elements bits100 = multiply(square_times(bits50, 50), bits50);
    const Elements bits200 = multiply(square_times(bits100, 100), bits100);
    return multiply(square_times(bits200, 50), bits50);
}

}  // namespace

PLENUM_LANES void double_lanes_vartime(EightPoints& points, std::size_t times) {
    Point point = load(points);
    for (std::size_t i = 1; i < times; ++i) twice(point, false);
    twice(point, true);
    store(points, point);
}

PLENUM_LANES void add_lanes_vartime(EightPoints& points, const EightRows<CachedRow>& rows) {
    Point point = load(points);
    add_rows(point, rows, 0, true);
    store(points, point);
}
PLENUM_LANES void subtract_lanes_vartime(EightPoints& points, const EightRows<CachedRow>& rows) {
    Point point = load(points);
    add_rows(point, rows, 0xff, true);
    store(points, point);
}

PLENUM_LANES void cache_lanes_vartime(CachedRow* rows, const EightPoints& points, const EightFieldElements& d2) {
    const Point point = load(points);
    const Fe parts[4] = {carried(sum(point.Y, point.X)), subtract(point.Y, point.X), point.Z,
                         multiply(point.T, load(d2))};
#pragma GCC unroll 4
    for (int block = 0; block < 24; block += 8) {
        __m512i v[8];
#pragma GCC unroll 8
        for (int i = 0; i < 8; ++i) {
            const int word = block + i;
            v[i] = word < 20 ? parts[word / 5].v[word % 5] : _mm512_setzero_si512();
        }
        transpose(v);
        for (int i = 0; i < 8; ++i) _mm512_store_si512(rows[i].word + block, v[i]);
    }
}

PLENUM_LANES void comb_lanes_vartime(EightPoints& out, const CachedRow* rows, const CombDigits& digits) {
    const __m512i zero = _mm512_setzero_si512(), one = _mm512_set1_epi64(1);
    const std::size_t entries = std::size_t{1} << (digits.height - 1);
    Point point;
    for (int i = 0; i < 5; ++i) {
        point.X.v[i] = point.T.v[i] = zero;
        point.Y.v[i] = point.Z.v[i] = i == 0 ? one : zero;
    }
    for (std::size_t place = digits.length; place-- > 0;) {
        if (place + 1 != digits.length) twice(point, true);
        for (std::size_t t = 0; t < digits.tables; ++t) {
            // The last part's digit is the sign of all.
            const auto bits = [&](std::size_t part) PLENUM_LANES {
                const __m512i word = _mm512_load_si512(digits.word[t * digits.height + part]);
                return _mm512_and_si512(_mm512_srl_epi64(word, _mm_cvtsi64_si128(static_cast<long long>(place))), one);
            };
            __m512i index = zero;
            for (std::size_t part = digits.height - 1; part-- > 0;)
                index = _mm512_or_si512(_mm512_add_epi64(index, index), bits(part));
            const __mmask8 negative = _mm512_cmpeq_epi64_mask(bits(digits.height - 1), zero);
            index =
                _mm512_mask_sub_epi64(index, negative, _mm512_set1_epi64(static_cast<long long>(entries - 1)), index);
            alignas(64) std::uint64_t numbers[8];
            _mm512_store_si512(numbers, index);
            EightRows<CachedRow> from;
            for (std::size_t lane = 0; lane < 8; ++lane) from[lane] = rows + (t * entries + numbers[lane]) * 8 + lane;
            add_rows(point, from, negative, place == 0 || t + 1 < digits.tables);
        }
    }
    store(out, point);
}

PLENUM_LANES void add_fixed_lanes_vartime(EightPoints& points, const AffineRow* table, std::size_t row_count,
                                          const std::int32_t (*digits)[8], std::size_t positions) {
    Point point = load(points);
    EightRows<AffineRow> rows;
    __mmask8 negative = 0;
    const auto find = [&](std::size_t position) PLENUM_LANES {
        negative = 0;
        for (std::size_t lane = 0; lane < 8; ++lane) {
            const auto digit = digits[position][lane];
            if (digit < 0) negative = static_cast<__mmask8>(negative | 1u << lane);
            rows[lane] = table + position * row_count + static_cast<std::size_t>(digit < 0 ? -digit : digit);
            _mm_prefetch(reinterpret_cast<const char*>(rows[lane]), _MM_HINT_T0);
            _mm_prefetch(reinterpret_cast<const char*>(rows[lane]) + 64, _MM_HINT_T0);
        }
    };
    find(0);
    for (std::size_t position = 0; position < positions; ++position) {
        const auto here = rows;
        const auto sign = negative;
        if (position + 1 < positions) find(position + 1);  // fetched from afar during this sum
        add_rows(point, here, sign, true);
    }
    store(points, point);
}

namespace {

/// left + right, both in extended coordinates.
PLENUM_LANES_INLINE void add_points(Point& point, const Point& other, const Fe& d2) {
    const Raw a = product(subtract(point.Y, point.X), subtract(other.Y, other.X));
    const Raw b = product(carried(sum(point.Y, point.X)), carried(sum(other.Y, other.X)));
    const Raw c = product(multiply(point.T, d2), other.T);
    const Raw zz = product(point.Z, other.Z);
    finish_sum(point, a, b, c, sum(zz, zz), 0, true);
}
PLENUM_LANES_INLINE Fe limbs_from(const __m512i* from) {
    Fe out;
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) out.v[i] = from[i];
    return out;
}
PLENUM_LANES_INLINE Fe in_all_lanes(const std::uint64_t* from) {
    Fe out;
#pragma GCC unroll 10
    for (int i = 0; i < 5; ++i) out.v[i] = _mm512_set1_epi64(static_cast<long long>(from[i]));
    return out;
}

}  // namespace

PLENUM_LANES void add_to_buckets_lanes_vartime(PointRow* buckets, std::size_t per_lane, const AffineRow* points,
                                               const std::int16_t (*digits)[8], std::size_t count) {
    const auto bucket_of = [&](std::size_t k, std::size_t lane) PLENUM_LANES {
        const int digit = digits[k][lane];
        return buckets + lane * per_lane + static_cast<std::size_t>(digit < 0 ? -digit : digit);
    };
    constexpr std::size_t ahead = 3;  // the buckets are larger than the nearer caches
    for (std::size_t k = 0; k < count; ++k) {
        std::array<PointRow*, 8> rows;
        __mmask8 negative = 0;
        for (std::size_t lane = 0; lane < 8; ++lane) {
            rows[lane] = bucket_of(k, lane);
            if (digits[k][lane] < 0) negative = static_cast<__mmask8>(negative | 1u << lane);
        }
        if (k + ahead < count)
            for (std::size_t lane = 0; lane < 8; ++lane) {
                const auto* later = reinterpret_cast<const char*>(bucket_of(k + ahead, lane));
                _mm_prefetch(later, _MM_HINT_T0);
                _mm_prefetch(later + 64, _MM_HINT_T0);
                _mm_prefetch(later + 128, _MM_HINT_T0);
            }
        __m512i word[24];
        gather(word, rows);
        Point point{limbs_from(word), limbs_from(word + 5), limbs_from(word + 10), limbs_from(word + 15)};
        const auto* each = points[k].word;
        const Fe plus = in_all_lanes(each), minus = in_all_lanes(each + 5);
        const Raw a = product(subtract(point.Y, point.X), chosen(negative, minus.v, plus.v));
        const Raw b = product(carried(sum(point.Y, point.X)), chosen(negative, plus.v, minus.v));
        const Raw c = product(point.T, in_all_lanes(each + 10));
        finish_sum(point, a, b, c, sum(point.Z, point.Z), negative, true);
        const Fe parts[4] = {point.X, point.Y, point.Z, point.T};
#pragma GCC unroll 3
        for (int block = 0; block < 24; block += 8) {
            __m512i v[8];
#pragma GCC unroll 8
            for (int i = 0; i < 8; ++i)
                v[i] = block + i < 20 ? parts[(block + i) / 5].v[(block + i) % 5] : _mm512_setzero_si512();
            transpose(v);
#pragma GCC unroll 8
            for (int i = 0; i < 8; ++i) _mm512_store_si512(rows[static_cast<std::size_t>(i)]->word + block, v[i]);
        }
    }
}

PLENUM_LANES void sum_buckets_lanes_vartime(EightPoints& out, const PointRow* buckets, std::size_t per_lane,
                                            const EightFieldElements& d2) {
    const Fe twice_d = load(d2);
    const __m512i zero = _mm512_setzero_si512(), one = _mm512_set1_epi64(1);
    Point all, running;
    for (int i = 0; i < 5; ++i) {
        all.X.v[i] = all.T.v[i] = zero;
        all.Y.v[i] = all.Z.v[i] = i == 0 ? one : zero;
    }
    running = all;
    for (std::size_t d = per_lane; d-- > 1;) {
        __m512i word[24];
#pragma GCC unroll 3
        for (int block = 0; block < 24; block += 8) {
            __m512i v[8];
#pragma GCC unroll 8
            for (int i = 0; i < 8; ++i)
                v[i] = _mm512_load_si512(buckets[static_cast<std::size_t>(i) * per_lane + d].word + block);
            transpose(v);
#pragma GCC unroll 8
            for (int i = 0; i < 8; ++i) word[block + i] = v[i];
        }
        add_points(running, {limbs_from(word), limbs_from(word + 5), limbs_from(word + 10), limbs_from(word + 15)},
                   twice_d);
        add_points(all, running, twice_d);
    }
    store(out, all);
}

PLENUM_LANES void affine_lanes_vartime(const std::array<AffineRow*, 8>& rows, const EightPoints& points,
                                       const EightFieldElements& inverse_of_z, const EightFieldElements& d2) {
    const Fe inverse = load(inverse_of_z);
    const Fe x = multiply(load(points.X), inverse), y = multiply(load(points.Y), inverse);
    const Fe parts[3] = {carried(sum(y, x)), subtract(y, x), multiply(multiply(x, y), load(d2))};
#pragma GCC unroll 4
    for (int block = 0; block < 16; block += 8) {
        __m512i v[8];
#pragma GCC unroll 8
        for (int i = 0; i < 8; ++i) {
            const int word = block + i;
            v[i] = word < 15 ? parts[word / 5].v[word % 5] : _mm512_setzero_si512();
        }
        transpose(v);
        for (int i = 0; i < 8; ++i) _mm512_store_si512(rows[static_cast<std::size_t>(i)]->word + block, v[i]);
    }
}

PLENUM_LANES void multiply_lanes_vartime(EightFieldElements& out, const EightFieldElements& left,
                                         const EightFieldElements& right) {
    store(out, multiply(load(left), load(right)));
}

PLENUM_LANES void invert_lanes_vartime(EightFieldElements& out, const EightFieldElements& in) {
    Fe power_11;
    const Fe bits250 = power_2_250_minus_1(load(in), power_11);
    store(out, multiply(square_times(bits250, 5), power_11));
}

PLENUM_LANES void decode_lanes_vartime(std::array<Decoding, 2>& out, const std::array<EightFieldElements, 2>& y,
                                       const EightFieldElements& d) {
    Fe one;
    for (int i = 0; i < 5; ++i) one.v[i] = _mm512_set1_epi64(i == 0 ? 1 : 0);
    const TwoFe yy = square(TwoFe{load(y[0]), load(y[1])});
    const TwoFe u{subtract(yy.first, one), subtract(yy.second, one)};
    const Fe curve = load(d);
    const TwoFe dyy = multiply(yy, TwoFe{curve, curve});
    const TwoFe v{carried(sum(dyy.first, one)), carried(sum(dyy.second, one))};
    const TwoFe v3 = multiply(square(v), v);
    const TwoFe base = multiply(u, multiply(square(v3), v));
    TwoFe power_11;
    const TwoFe root = multiply(square_times(power_2_250_minus_1(base, power_11), 2), base);
    const TwoFe x = multiply(multiply(u, v3), root);
    const TwoFe check = multiply(v, square(x));
    store(out[0].u, u.first);
    store(out[0].x, x.first);
    store(out[0].check, check.first);
    store(out[1].u, u.second);
    store(out[1].x, x.second);
    store(out[1].check, check.second);
}

#else

void double_lanes_vartime(EightPoints&, std::size_t) { invariant(!"no lanes on this processor"); }
void add_lanes_vartime(EightPoints&, const EightRows<CachedRow>&) { invariant(!"no lanes on this processor"); }
void subtract_lanes_vartime(EightPoints&, const EightRows<CachedRow>&) { invariant(!"no lanes on this processor"); }
void cache_lanes_vartime(CachedRow*, const EightPoints&, const EightFieldElements&) {
    invariant(!"no lanes on this processor");
}
void comb_lanes_vartime(EightPoints&, const CachedRow*, const CombDigits&) { invariant(!"no lanes on this processor"); }
void add_fixed_lanes_vartime(EightPoints&, const AffineRow*, std::size_t, const std::int32_t (*)[8], std::size_t) {
    invariant(!"no lanes on this processor");
}
void add_to_buckets_lanes_vartime(PointRow*, std::size_t, const AffineRow*, const std::int16_t (*)[8], std::size_t) {
    invariant(!"no lanes on this processor");
}
void sum_buckets_lanes_vartime(EightPoints&, const PointRow*, std::size_t, const EightFieldElements&) {
    invariant(!"no lanes on this processor");
}
void affine_lanes_vartime(const std::array<AffineRow*, 8>&, const EightPoints&, const EightFieldElements&,
                          const EightFieldElements&) {
    invariant(!"no lanes on this processor");
}
void multiply_lanes_vartime(EightFieldElements&, const EightFieldElements&, const EightFieldElements&) {
    invariant(!"no lanes on this processor");
}
void invert_lanes_vartime(EightFieldElements&, const EightFieldElements&) { invariant(!"no lanes on this processor"); }
void decode_lanes_vartime(std::array<Decoding, 2>&, const std::array<EightFieldElements, 2>&,
                          const EightFieldElements&) {
    invariant(!"no lanes on this processor");
}

#endif

}  // namespace plenum::evote
