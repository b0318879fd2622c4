// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "count/course/course.h"

namespace plenum::count {

/// A method as it can be named, with the arithmetic and the tie rule that belong to it.
struct Method {
    std::string_view name;     ///< "scotland-fixed-p5-d5"
    std::string_view aliases;  ///< other names, with spaces between
    std::string_view family;   ///< key under count.family
    Asked asked;               ///< what ballots must say
    bool one_seat;             ///< fills one seat only
    bool earlier_stages;       ///< ties are first decided by earlier stages
    std::string_view source;   ///< where the rule is written
};
std::span<const Method> all_methods();
/// By name or alias. Refuses method_unknown.
Result<const Method*> method_named(std::string_view name);

struct CountOptions {
    std::int64_t seats = 0;      ///< 0: as the file says; 1 where it does not say and the method fills one or ranks
    std::string tie_break;       ///< as tie_rule_from reads it; empty: as the method has it
    bool record = true;          ///< keep the course
    bool search_margin = false;  ///< count again with changed ballots to find how few would be enough
    /// Other rules to count the same ballots and seats by; those that fill one seat are left out where there are more.
    std::vector<const Method*> beside = {};
};

/// Counts. The same ballots in any order give the same result.
/// refuses  method_wants_other_ballots, seats_missing, number_out_of_range (seats), no_valid_ballots, tie_rule_unknown,
///          tie_order_wrong, tie_undecided (--tie-break stop), equal_ranks_too_many, arithmetic_outgrown,
///          course_outgrown, tie_rule_fixed (belenios-stv)
Result<Count> count_votes(const Profile& profile, const Method& method, const CountOptions& options = {});

}  // namespace plenum::count
