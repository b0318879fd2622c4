// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "count/ballots/profile.h"

namespace plenum::count {

/// table[a][b]: voters who prefer a to b.
using Pairs = std::vector<std::vector<std::int64_t>>;

/// Candidates that a ballot does not name stand behind all it names, and equal among themselves. Withdrawn candidates
/// are compared with nobody. cost  per ballot, its preferences times the candidates
Pairs pairs_of(const Profile& profile);

/// The strongest path from a to b by winning votes: of each defeat on the way, the weakest counts.
/// source  Schulze: A new monotonic, clone-independent … election method, Social Choice and Welfare 36 (2011); as
///         Belenios 2.0, a path is strong by the votes for, then by few votes against
/// cost    candidates to the third power
struct Paths {
    Pairs strength;  ///< votes for on the weakest defeat; 0 where there is no path
    Pairs against;   ///< votes against on it
    bool stronger(std::size_t a, std::size_t b) const {
        return strength[a][b] != strength[b][a] ? strength[a][b] > strength[b][a] : against[a][b] < against[b][a];
    }
};
Paths strongest_paths(const Pairs& pairs);

/// From first to last, those together whom no path separates. Withdrawn candidates are left out.
std::vector<std::vector<int>> schulze_ranking(const Paths& paths, const std::vector<bool>& withdrawn);

/// Who beats everyone else in a direct comparison, if anyone does.
std::optional<int> condorcet_winner(const Pairs& pairs, const std::vector<bool>& withdrawn);

}  // namespace plenum::count
