// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>

#include "evote/shuffle/shuffle.h"

namespace plenum::fuzz {

/// Lists of two and of one ciphertext under a known key.
template <evote::PrimeOrderGroup G>
struct ShuffleSample {
    const G& group;
    typename G::Scalar key;
    typename G::Element y;
    typename G::Tables tables;
    evote::Lists<G> input;
    static constexpr std::string_view phi = "5Cq2mBN0rHL1J5KAUrD2fA2ZVTHfgIIFNrdvWxnQWd8";

    explicit ShuffleSample(const G& in)
        : group(in), key(in.scalars().from_number(7)), y(in.power_vartime(in.generator(), key)), tables(in, y) {
        std::uint64_t number = 3;
        for (const std::size_t count : {2, 1}) {
            auto& list = input.emplace_back();
            for (std::size_t i = 0; i < count; ++i, ++number) {
                const auto r = group.scalars().from_number(number);
                list.push_back(
                    {group.power_vartime(group.generator(), r),
                     group.multiply_vartime(group.power_vartime(group.generator(), r), group.power_vartime(y, r))});
            }
        }
    }
    std::string text() const {
        SeededRandomness randomness("shuffle");
        return evote::shuffle_text(group, evote::make_shuffle(group, phi, y, input, randomness)).whole();
    }
    /// What a list holds, in the order of the texts.
    std::vector<std::string> opened(const std::vector<evote::Ciphertext<G>>& list) const {
        std::vector<std::string> out;
        for (const auto& each : list)
            out.push_back(group.text_of(
                group.multiply_vartime(each.beta, group.invert_vartime(group.power_vartime(each.alpha, key)))));
        std::sort(out.begin(), out.end());
        return out;
    }
};

}  // namespace plenum::fuzz
