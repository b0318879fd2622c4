// SPDX-License-Identifier: Apache-2.0
// Eight points of edwards25519, one in each lane of the AVX-512 registers: limbs of 51 bits, each below 2^51 + 2^17
// between the functions. The twin of Ed25519's portable arithmetic behind the same Tables; for public data only.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace plenum::evote {

/// Eight field elements.
struct alignas(64) EightFieldElements {
    std::uint64_t limb[5][8];
};
struct EightPoints {
    EightFieldElements X, Y, Z, T;
};
/// One point made ready for being added: y + x, y - x, z, 2dt, five limbs each, and room up to a whole cache line.
struct alignas(64) CachedRow {
    std::uint64_t word[24];
};
/// The same of a point with z = 1: y + x, y - x, 2dt.
struct alignas(64) AffineRow {
    std::uint64_t word[16];
};
/// One row per lane.
template <class Row>
using EightRows = std::array<const Row*, 8>;

// True where the processor has AVX-512 IFMA: lanes_are_available(); the functions below must not be called without. The
// sums are complete: right for every two points of the curve.

/// Doubles `times` times, at least once.
void double_lanes_vartime(EightPoints& points, std::size_t times);
/// Adds *rows[i] to lane i.
void add_lanes_vartime(EightPoints& points, const EightRows<CachedRow>& rows);
/// Subtracts *rows[i] from lane i.
void subtract_lanes_vartime(EightPoints& points, const EightRows<CachedRow>& rows);
/// Writes the eight points as eight rows. d2: twice the curve's constant d.
void cache_lanes_vartime(CachedRow* rows, const EightPoints& points, const EightFieldElements& d2);

/// Digits of eight exponents in signed combs: bit `place` of word[part][lane] is that part's digit at that place, 1 for
/// +1 and 0 for -1.
struct CombDigits {
    std::size_t height = 1, tables = 1, length = 1;
    alignas(64) std::uint64_t word[24][8];  // tables · height parts of `length` bits
};
/// Powers by combs. rows: entry e of table t in lane l is rows[(t·2^(height-1) + e)·8 + l]; entry e is the power of the
/// table's last part with digit +1, times the others with the digits +1 where e has a bit and -1 where it has none.
void comb_lanes_vartime(EightPoints& out, const CachedRow* rows, const CombDigits& digits);

/// Adds to lane i, for each position k below `positions`, the row number |digit| of the k-th `row_count` rows of
/// `table`, negated where the digit is negative; digit = digits[k][i]; row 0 is the identity.
void add_fixed_lanes_vartime(EightPoints& points, const AffineRow* table, std::size_t row_count,
                             const std::int32_t (*digits)[8], std::size_t positions);
/// A point X, Y, Z, T, five limbs each, and room up to a whole cache line.
struct alignas(64) PointRow {
    std::uint64_t word[24];
};
/// Eight sets of buckets, one per lane, of `per_lane` buckets each; bucket d of lane i is buckets[i·per_lane + d]. Adds
/// points[k] to bucket |digits[k][i]| of lane i for each i, negated where the digit is negative, for all k below count.
/// What falls into bucket 0 means nothing.
void add_to_buckets_lanes_vartime(PointRow* buckets, std::size_t per_lane, const AffineRow* points,
                                  const std::int16_t (*digits)[8], std::size_t count);
/// In each lane the sum of d times bucket d, over all d from 1.
void sum_buckets_lanes_vartime(EightPoints& out, const PointRow* buckets, std::size_t per_lane,
                               const EightFieldElements& d2);
/// Writes eight affine points, of which the inverses of Z are given, to eight places.
void affine_lanes_vartime(const std::array<AffineRow*, 8>& rows, const EightPoints& points,
                          const EightFieldElements& inverse_of_z, const EightFieldElements& d2);

void multiply_lanes_vartime(EightFieldElements& out, const EightFieldElements& left, const EightFieldElements& right);
/// in^(p - 2): the inverse, and 0 of 0.
void invert_lanes_vartime(EightFieldElements& out, const EightFieldElements& in);
/// The steps of decoding before any comparison, for y: u = y^2 - 1, v = d·y^2 + 1, x = u·v^3·(u·v^7)^((p - 5)/8) and
/// check = v·x^2 (RFC 8032, section 5.1.3). Twice eight at a time: one chain of squarings waits for itself.
struct Decoding {
    EightFieldElements u, x, check;
};
void decode_lanes_vartime(std::array<Decoding, 2>& out, const std::array<EightFieldElements, 2>& y,
                          const EightFieldElements& d);

}  // namespace plenum::evote
