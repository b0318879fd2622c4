// SPDX-License-Identifier: Apache-2.0
// What may be shown of an election, and to whom. Marks are shown to nobody but the teller who entered them before the
// result is certified.
#pragma once
#include "election/election.h"

namespace plenum::election {

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

struct PublicView {
    ElectionId election;
    std::string congress, body;
    Text title;
    std::int64_t seats = 0;
    int round = 0;
    count::Round round_kind = count::Round::first;
    Phase phase = Phase::absent;
    std::vector<Candidate> candidates;  // once the list is adopted; without their roles
    Turnout turnout;
    std::int64_t counts_entered = 0;  // 0, 1, 2: that they are there, not what they say
    std::vector<ResultRow> rows;
    std::optional<ResultCertified> result;
    static constexpr auto fields() {
        using Me = PublicView;
        return fields_of(
            field("election", &Me::election, "id"), field("congress", &Me::congress, "congress"),
            field("body", &Me::body, "body"), field("title", &Me::title, "title"), field("seats", &Me::seats, "seats"),
            field("round", &Me::round, "round"), field("round_kind", &Me::round_kind, "first | further | tie"),
            field("phase", &Me::phase, "phase"), field("candidates", &Me::candidates, "the adopted list"),
            field("turnout", &Me::turnout, "ballots"), field("counts_entered", &Me::counts_entered, "entries made"),
            field("rows", &Me::rows, "the result"), field("result", &Me::result, "the result with its course"));
    }
};
PublicView public_view(const Election& election);

/// What a teller may see: his own entry until the counts agree, then the agreed one.
std::optional<Sheet> teller_view(const Election& election, const PersonId& teller);

}  // namespace plenum::election
