// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "count/ballot.h"
#include "election/election.h"

namespace plenum::election {

/// A name without the spaces that people put into it: how names are compared.
std::string without_spaces(std::string_view name);

/// A number that can have been counted.
inline bool is_count(std::int64_t number) { return number >= 0 && number <= count::most_counted; }

/// What a count may hold: the columns that the paper offers, and the ballots that the rules know.
struct Columns {
    bool against = false, abstain = false;
    bool write_in = false;  ///< in a revote among those tied nobody else stands
    bool illegal = false;   ///< ballots that count in the base and are credited to nobody
    bool ignored = false;   ///< blank ballots that leave the base
};
Columns columns_of(const count::BallotRules& rules, count::Round round);

/// Checks that one teller's count balances on its own, and puts it in the order in which counts are kept: candidates as
/// on the list, write-ins by name.
/// refuses  sheet_…, write_in_…, write_ins_exceed_against; the place names the candidate's id
Result<Sheet> balanced(const Election& election, const count::BallotRules& rules, Sheet sheet);

/// Refuses counts_differ_in_… with the first candidate that differs, and never with the numbers: whoever counts again
/// must not know what the other found.
Result<Done> agree(const Election& election, const Sheet& first, const Sheet& second);

}  // namespace plenum::election
