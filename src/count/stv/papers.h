// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "count/ballots/profile.h"

namespace plenum::count {

/// What a ballot becomes that gives several candidates the same rank.
/// cut      it is read down to that rank and exhausted there
/// invalid  it is set aside
/// split    it counts as all strict orders that it allows, in equal parts (Hill)
enum class EqualRanks { cut, invalid, split };

/// Strict preferences to be counted, packed; withdrawn candidates are taken out and the ranks behind them move up.
struct Papers {
    std::vector<Candidate> preferences;
    std::vector<std::uint32_t> ends{0};
    std::vector<std::int64_t> weights;
    std::vector<std::uint32_t> parts;  ///< split: this ballot counts weight / parts; empty if all are whole
    std::int64_t valid = 0, blank = 0, invalid = 0, cut_at_equal = 0;

    std::size_t size() const { return weights.size(); }
};

/// refuses  equal_ranks_too_many, where a ballot allows more than 720 strict orders or all together make more than
/// 2,000,000 keep_blank  ballots without a preference count as valid (Belenios) gaps_invalid  ballots that leave a rank
/// out are set aside (Belenios)
Result<Papers> papers_of(const Profile& profile, EqualRanks equal, bool keep_blank = false, bool gaps_invalid = false);

}  // namespace plenum::count
