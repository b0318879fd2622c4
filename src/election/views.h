// SPDX-License-Identifier: Apache-2.0
// What may be shown of an election. Marks are shown to nobody before the result is certified.
#pragma once
#include "election/election.h"

namespace plenum::election {

/// The rules of this round: once there is a result those that it was counted by, before that those that it will be
/// counted by. What screen, minutes and certificate say of a round comes from here.
/// refuses  what rules::approval_rules refuses
/// cost     before there is a result, reads the rules from the state
Result<count::ApprovalRules> rules_of_round(const Election& election);

/// For the hall and the public while a vote goes on.
struct Turnout {
    std::optional<std::int64_t> entitled, present, issued, returned, missing;
    static constexpr auto fields() {
        using Me = Turnout;
        return fields_of(field("entitled", &Me::entitled, "entitled"), field("present", &Me::present, "taking part"),
                         field("issued", &Me::issued, "ballots handed out"),
                         field("returned", &Me::returned, "ballots in the box"),
                         field("missing", &Me::missing, "issued and not returned"));
    }
};
Turnout turnout(const Election& election);

/// One line of the result, by rank; those struck last.
struct ResultRow {
    CandidateId id;
    std::string name, unit;
    std::int64_t rank = 0, in_favour = 0;
    std::optional<std::int64_t> against, abstain;
    bool elected = false, tied = false, write_in = false, ineligible = false;
    static constexpr auto fields() {
        using Me = ResultRow;
        return fields_of(field("id", &Me::id, "id"), personal("name", &Me::name, "name"),
                         personal("unit", &Me::unit, "unit"), field("rank", &Me::rank, "rank; 0 = struck"),
                         field("in_favour", &Me::in_favour, "votes for"),
                         field("against", &Me::against, "votes against"), field("abstain", &Me::abstain, "abstentions"),
                         field("elected", &Me::elected, "elected"), field("tied", &Me::tied, "tied for the last seats"),
                         field("write_in", &Me::write_in, "was not on the list"),
                         field("ineligible", &Me::ineligible, "cannot be elected"));
    }
};
/// Empty before certification and for a void election.
std::vector<ResultRow> result_rows(const Election& election);

/// What a certified result comes to, as it is declared and shown. Of a void election nothing is valid, and every seat
/// stays open.
struct Outcome {
    bool valid_election = true;
    std::int64_t valid = 0, invalid = 0;    // ballots; whatever came back and is not valid is invalid
    std::optional<std::int64_t> threshold;  // none where the rules know none
    std::string_view base;                  // what it is taken of, as in the rule pack
    std::int64_t base_count = 0;
    std::int64_t open = 0;  // seats
};
/// Only of a certified or void election (bug).
Outcome outcome(const Election& election);

}  // namespace plenum::election
