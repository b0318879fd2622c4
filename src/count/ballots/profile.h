// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace plenum::count {

/// The most candidates that are counted: a table of pairs stays at 8 MB and Schulze under a second or so.
inline constexpr std::size_t most_candidates = 1000;

/// A candidate by index from 0; files and reports number from 1.
using Candidate = std::uint16_t;

/// What voters were asked for, which decides what methods can read it.
/// orders     preferences, possibly with equal ranks: `rankings`
/// marks      a set of names, each once or with a number of votes: `rankings` holds the names in any order, `votes`
/// grades     a grade for every candidate, 1 the best: `grades`
/// pairs      no ballots, only how many prefer one candidate to another: `pairs`
enum class Asked { orders, marks, grades, pairs };

/// All ballots of one contest as read: candidates numbered from 0 in the order of the paper, ballots in the order of
/// the file, packed. Equal ballots may stand together where the first of them stood. Built only by the readers, which
/// have checked every candidate number.
struct Profile {
    std::string title;
    std::vector<std::string> names;
    std::vector<bool> withdrawn;         ///< as long as names
    std::int64_t seats = 0;              ///< as the file says; 0 if it does not
    std::vector<Candidate> drawn_order;  ///< order drawn beforehand for ties, first named first; empty if none
    Asked asked = Asked::orders;

    /// Preferences of all ballots one after another. equal_bit marks one that has the rank of the one before it.
    std::vector<Candidate> preferences;
    std::vector<std::size_t> ends{0};   ///< ballot i is preferences[ends[i] .. ends[i + 1])
    std::vector<std::int64_t> weights;  ///< how many voters cast this ballot; above 0
    std::vector<std::int64_t> votes;    ///< cumulative voting: beside each preference its votes; else empty
    std::vector<std::uint8_t> grades;   ///< grades: names.size() to a ballot; 0 is none
    int best_to_worst = 0;              ///< grades: how many there are; a worse one is none
    /// Whether a ballot without any rank or grade is a blank one. Nothing where nobody says: it is blank where grades
    /// are asked, and in pairs one that prefers nobody.
    std::optional<bool> blank_allowed = std::nullopt;
    std::vector<std::vector<std::int64_t>> pairs;  ///< pairs[a][b]: voters who prefer a to b

    std::vector<std::size_t> gapped;  ///< ballots that leave a rank out (1, 3), in ascending order

    std::vector<std::uint32_t> numbers;  ///< each ballot's number in the file, from 1; empty if they are 1, 2, 3, …

    static constexpr Candidate equal_bit = 0x8000;

    std::size_t candidates() const { return names.size(); }
    std::size_t ballots() const { return weights.size(); }
    /// Adds an empty ballot; preferences pushed afterwards belong to it once close_ballot() was called.
    void close_ballot(std::int64_t weight) {
        ends.push_back(preferences.size());
        weights.push_back(weight);
    }
    /// Which ballot of the file this is, from 1: equal ones may have been put together as they were read.
    std::size_t number_in_file(std::size_t ballot) const { return numbers.empty() ? ballot + 1 : numbers[ballot]; }
    /// Voters together.
    std::int64_t voters() const;
};

}  // namespace plenum::count
