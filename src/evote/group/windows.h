// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "evote/group/group.h"

namespace plenum::evote {

/// Bits of a scalar without its leading zeros.
template <std::size_t limbs>
std::size_t bit_length_vartime(const Scalar<limbs>& scalar) {
    for (std::size_t i = limbs; i-- > 0;)
        if (scalar.limb[i] != 0) return i * 64 + 64 - static_cast<std::size_t>(std::countl_zero(scalar.limb[i]));
    return 0;
}

/// How a product of powers by buckets cuts its exponents.
struct Windows {
    std::size_t bits = 1;   // of a window
    std::size_t count = 0;  // windows of the longest exponent
};

/// The cheapest windows for exponents of these lengths. Windows are worked on `together` at a time (the lanes); an
/// exponent costs a product for each such group that it reaches into, and each group two products for every bucket.
/// is_signed  digits from -2^(bits-1) to 2^(bits-1), which take half the buckets and one bit more
inline Windows cheapest_windows(std::span<const std::uint16_t> lengths, std::size_t together, bool is_signed,
                                std::size_t most_bits) {
    std::vector<std::size_t> of_length;  // how many exponents have a length
    for (const auto length : lengths) {
        if (length >= of_length.size()) of_length.resize(length + std::size_t{1});
        ++of_length[length];
    }
    Windows best;
    std::size_t least = SIZE_MAX;
    for (std::size_t bits = 1; bits <= most_bits; ++bits) {
        const auto windows = [&](std::size_t length) {
            return length == 0 ? 0 : (length + (is_signed ? 1 : 0) + bits - 1) / bits;
        };
        const auto groups = [&](std::size_t length) { return (windows(length) + together - 1) / together; };
        std::size_t cost = 0;
        for (std::size_t length = 0; length < of_length.size(); ++length) cost += of_length[length] * groups(length);
        const std::size_t longest = of_length.empty() ? 0 : of_length.size() - 1;
        cost += groups(longest) * (std::size_t{2} << (is_signed ? bits - 1 : bits));
        if (cost < least) {
            least = cost;
            best = {bits, windows(longest)};
        }
    }
    return best;
}

}  // namespace plenum::evote
