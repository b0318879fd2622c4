// SPDX-License-Identifier: Apache-2.0
// Eight points of edwards25519, one in each lane of the AVX-512 registers: limbs of 51 bits, each below 2^51 + 2^15
// between the functions. The twin of Ed25519's portable arithmetic behind the same Tables; for public data only.
#pragma once
#include <array>
#include <cstdint>

namespace plenum::evote {

/// Eight field elements.
struct alignas(64) EightFieldElements {
    std::uint64_t limb[5][8];
};
struct EightPoints {
    EightFieldElements X, Y, Z, T;
};
/// Points made ready for being added: y + x, y - x, z, 2dt.
struct EightCached {
    EightFieldElements sum, difference, z, t2d;
};

/// True where the processor has AVX-512 IFMA; see lanes_are_available().
/// The functions below must not be called without. All are complete: right for every point of the curve.
void double_lanes_vartime(EightPoints& points, std::size_t times);
void add_lanes_vartime(EightPoints& points, const EightCached& other);
void cache_lanes_vartime(EightCached& out, const EightPoints& points, const EightFieldElements& d2);
/// Lane i of out is lane i of table[|digit[i]|], negated where the digit is negative; table[0] is the identity.
void select_cached_vartime(EightCached& out, const EightCached* table, const std::array<int, 8>& digits);
/// Adds to lane i the affine point number |digit[i]| of a table of 15 words each (sum, difference, t2d; number 0 is the
/// identity), negated where the digit is negative.
void add_fixed_lanes_vartime(EightPoints& points, const std::uint64_t* table, const std::array<int, 8>& digits);

}  // namespace plenum::evote
