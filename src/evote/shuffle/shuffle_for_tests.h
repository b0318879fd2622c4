// SPDX-License-Identifier: Apache-2.0
// For the tests of shuffles: lists of ciphertexts under a known key.
#pragma once
#include <doctest/doctest.h>

#include <algorithm>

#include "base/texts.h"
#include "evote/group/every_group.h"
#include "evote/shuffle/proof_of_shuffle.h"

namespace plenum::evote {

inline constexpr std::string_view phi = "5Cq2mBN0rHL1J5KAUrD2fA2ZVTHfgIIFNrdvWxnQWd8";

template <class G>
struct Sample {
    const G& group;
    typename G::Scalar key;
    typename G::Element y;
    typename G::Tables tables;
    Lists<G> input;

    Sample(const G& in, const std::vector<std::size_t>& lengths, std::string_view seed)
        : Sample(in, lengths, SeededRandomness(seed)) {}

    Result<Lists<G>> verify(std::string_view text, unsigned jobs = 1) const {
        SeededRandomness verifiers("verifiers");
        return shuffle_from_text_vartime(group, tables, phi, y, input, Reader(text), verifiers, jobs);
    }
    std::string shuffle(std::string_view seed) const {
        SeededRandomness randomness(seed);
        return shuffle_text(group, make_shuffle(group, phi, y, input, randomness)).whole();
    }
    /// What a ciphertext holds.
    typename G::Element opened(const Ciphertext<G>& each) const {
        return group.multiply_vartime(each.beta, group.invert_vartime(group.power_vartime(each.alpha, key)));
    }
    std::vector<std::string> opened(const std::vector<Ciphertext<G>>& list) const {
        std::vector<std::string> out;
        for (const auto& each : list) out.push_back(group.text_of(opened(each)));
        std::sort(out.begin(), out.end());
        return out;
    }

  private:
    Sample(const G& in, const std::vector<std::size_t>& lengths, SeededRandomness randomness)
        : group(in), key(in.scalars().random(randomness)), y(in.power_vartime(in.generator(), key)), tables(in, y) {
        const auto& scalars = group.scalars();
        for (const auto length : lengths) {
            auto& list = input.emplace_back();
            for (std::size_t i = 0; i < length; ++i) {
                const auto r = scalars.random(randomness);
                const auto vote = group.power_vartime(group.generator(), scalars.from_number(3 + 7 * i));
                list.push_back({group.power_vartime(group.generator(), r),
                                group.multiply_vartime(vote, group.power_vartime(y, r))});
            }
        }
    }
};

/// The name of a refusal, with the equation where there is one; "verified" where there is none.
template <class T>
std::string verdict_of(const Result<T>& result) {
    if (result) return "verified";
    std::string out(result.error().name());
    if (const auto equation = result.error().fact("equation"); !equation.empty()) out += " " + std::string(equation);
    return out;
}

}  // namespace plenum::evote
