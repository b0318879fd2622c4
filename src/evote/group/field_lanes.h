// SPDX-License-Identifier: Apache-2.0
// Eight residues modulo one prime of 2048 bits, one in each lane of the AVX-512 registers: limbs of 52 bits, Montgomery
// form with R = 2^2080, values below 2p. The twin of FieldGroup's portable arithmetic behind the same Tables; for
// public data only.
#pragma once
#include <array>
#include <cstdint>

namespace plenum::evote {

inline constexpr std::size_t lane_limbs = 40, lane_count = 8;

struct alignas(64) EightResidues {
    std::uint64_t limb[lane_limbs][lane_count];
};
/// The prime in limbs of 52 bits and -1/p mod 2^52.
struct LaneModulus {
    std::array<std::uint64_t, lane_limbs> limb{};
    std::uint64_t minus_inverse = 0;
};

/// True where the processor has what the functions below need (AVX-512 F, DQ and IFMA); without it they must not be
/// called. The environment variable PLENUM_PORTABLE=1 turns them off, for tests and measurements.
bool lanes_are_available();
/// out = left·right/R mod p in each lane, below 2p if both are.
void multiply_lanes_vartime(EightResidues& out, const EightResidues& left, const EightResidues& right,
                            const LaneModulus& modulus);
/// The same of left = right = in, in four fifths of the time.
void square_lanes_vartime(EightResidues& out, const EightResidues& in, const LaneModulus& modulus);

/// One residue, its limbs side by side: what tables are made of.
struct alignas(64) ResidueRow {
    std::uint64_t limb[lane_limbs];
};
/// Lane i of out is *rows[i].
void gather_lanes_vartime(EightResidues& out, const std::array<const ResidueRow*, lane_count>& rows);
/// All lanes of out are this row.
void broadcast_lanes_vartime(EightResidues& out, const ResidueRow& row);
/// *rows[i] is lane i of in.
void scatter_lanes_vartime(const std::array<ResidueRow*, lane_count>& rows, const EightResidues& in);
/// rows[i] is lane i of in; there are eight rows.
void scatter_lanes_vartime(ResidueRow* rows, const EightResidues& in);

}  // namespace plenum::evote
