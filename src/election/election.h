// SPDX-License-Identifier: Apache-2.0
// One question of an election on paper, from the list of candidates to the certificate. The events are the truth: an
// Election is what they say, and every act is a pure function from it. Each body, and each round, is its own Election
// with its own ballots, box, count and validity.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/fields.h"
#include "count/approval.h"
#include "election/refusals.h"

namespace plenum::election {

using ElectionId = Id<struct ElectionTag>;
using CandidateId = Id<struct CandidateTag>;
using PersonId = Id<struct PersonTag>;

/// The acts in their order. `certified` and `voided` are ends.
BOOST_DEFINE_ENUM_CLASS(Phase, absent, prepared, nominated, listed, staffed, box_shown, issued, collected, agreed,
                        certified, voided)
/// How the persons were elected: by a ballot, or without one where the rules ask for none.
BOOST_DEFINE_ENUM_CLASS(Method, ballot, uncontested)

inline constexpr std::int64_t most_candidates = 1000;
inline constexpr std::int64_t most_write_ins = 10'000;  // different names on one sheet

struct Candidate {
    CandidateId id;  // the same id that the person has as an officer of the election
    std::string name, unit;
    std::vector<std::string> roles;  // as rules::eligibility reads them: "finance_staff" …
    bool operator==(const Candidate&) const = default;
    static constexpr auto fields() {
        return fields_of(field("id", &Candidate::id, "id of the person"),
                         personal("name", &Candidate::name, "name as printed").at_most(100),
                         personal("unit", &Candidate::unit, "unit as printed"),
                         personal("roles", &Candidate::roles, "roles that may bar"));
    }
};
/// A scrutineer or teller.
struct Person {
    PersonId id;
    std::string name;
    bool operator==(const Person&) const = default;
    static constexpr auto fields() {
        return fields_of(field("id", &Person::id, "id of the person"),
                         personal("name", &Person::name, "name").at_most(100));
    }
};

/// What one teller counted for one name; against and abstain exactly where the paper offers them.
struct Marks {
    CandidateId candidate;
    std::int64_t in_favour = 0;
    std::optional<std::int64_t> against, abstain;
    bool operator==(const Marks&) const = default;
    static constexpr auto fields() {
        return fields_of(field("candidate", &Marks::candidate, "candidate"),
                         field("in_favour", &Marks::in_favour, "votes for"),
                         field("against", &Marks::against, "votes against, where offered"),
                         field("abstain", &Marks::abstain, "abstentions, where offered"));
    }
};
struct WriteIn {
    std::string name;
    std::int64_t votes = 0;
    bool operator==(const WriteIn&) const = default;
    static constexpr auto fields() {
        return fields_of(personal("name", &WriteIn::name, "name as written"), field("votes", &WriteIn::votes, "votes"));
    }
};
/// One teller's count (计票结果报告单). valid = returned - invalid - illegal - ignored.
struct Sheet {
    std::int64_t returned = 0;
    std::int64_t invalid = 0;
    std::int64_t illegal = 0;        // counted in the base, credited to nobody: only where the rules know such ballots
    std::int64_t ignored = 0;        // blank, where the rules let blanks leave the base
    std::vector<Marks> votes;        // every candidate once; kept in the order of the list
    std::vector<WriteIn> write_ins;  // kept by name
    bool operator==(const Sheet&) const = default;
    static constexpr auto fields() {
        return fields_of(
            field("returned", &Sheet::returned, "ballots in the box"), field("invalid", &Sheet::invalid, "rejected"),
            field("illegal", &Sheet::illegal, "credited to nobody, in the base"),
            field("ignored", &Sheet::ignored, "blank, outside the base"),
            field("votes", &Sheet::votes, "per candidate"), field("write_ins", &Sheet::write_ins, "other names"));
    }
};

// --- commands -----------------------------------------------------------------------------------------------------

struct Prepare {
    static constexpr std::string_view kind = "prepare";
    ElectionId election;
    std::string congress;
    std::string body;  // as the rule pack names it: committee, audit_committee …
    std::int64_t seats = 0;
    std::optional<std::int64_t> members;  // of the organisation, for the table of sizes
    Text title;
    Json rules;  // rules::Rules::effective()
    int round = 1;
    count::Round round_kind = count::Round::first;
    bool runoff = false;                 // a further round in which the pack's runoff threshold holds
    bool list_fixed = false;             // the list follows from the round before and is not nominated again
    std::optional<std::string> follows;  // certificate of the round before
    std::vector<Candidate> candidates;   // of a later round: those who may stand
    std::optional<int> anew = {};        // after results that did not come to stand: which new election it is, from 1
    static constexpr auto fields() {
        using Me = Prepare;
        return fields_of(
            field("election", &Me::election, "id"), field("congress", &Me::congress, "congress"),
            field("body", &Me::body, "committee | audit_committee | …"), field("seats", &Me::seats, "seats to fill"),
            field("members", &Me::members, "members of the organisation"),
            field("title", &Me::title, "title in three languages"), field("rules", &Me::rules, "effective rules"),
            field("round", &Me::round, "1, 2, …"), field("round_kind", &Me::round_kind, "first | further | tie"),
            field("runoff", &Me::runoff, "the runoff threshold holds"),
            field("list_fixed", &Me::list_fixed, "the list follows from the round before"),
            field("follows", &Me::follows, "certificate of the round before"),
            field("candidates", &Me::candidates, "of a later round"),
            field("anew", &Me::anew, "which new election, after results that did not come to stand"));
    }
};
/// The list that is proposed; replaces the one before until a list is adopted. Where the rules want the names by
/// strokes of the surname, they are put into that order; else they stand on the paper as they are given.
struct Nominate {
    static constexpr std::string_view kind = "nominate";
    std::vector<Candidate> candidates;
    static constexpr auto fields() { return fields_of(field("candidates", &Nominate::candidates, "the candidates")); }
};
/// The congress adopted the list: a fact, with the name or hash of its decision.
struct AdoptList {
    static constexpr std::string_view kind = "adopt_list";
    std::string decision;
    std::optional<Json> rules = {};  // the effective rules in force then, where they changed since it was prepared
    static constexpr auto fields() {
        return fields_of(field("decision", &AdoptList::decision, "the decision of the congress"),
                         field("rules", &AdoptList::rules, "effective rules, where they changed since"));
    }
};
struct AppointTellers {
    static constexpr std::string_view kind = "appoint_tellers";
    std::vector<Person> scrutineers;  // at least one
    std::vector<Person> tellers;      // at least two: they count independently
    static constexpr auto fields() {
        return fields_of(field("scrutineers", &AppointTellers::scrutineers, "who watch"),
                         field("tellers", &AppointTellers::tellers, "who count"));
    }
};
struct ShowBoxEmpty {
    static constexpr std::string_view kind = "show_box_empty";
    std::vector<PersonId> witnesses;  // scrutineers
    static constexpr auto fields() {
        return fields_of(field("witnesses", &ShowBoxEmpty::witnesses, "scrutineers who saw it"));
    }
};
/// printed = issued + spoilt + unused; spoilt: taken back or destroyed before the vote.
struct IssueBallots {
    static constexpr std::string_view kind = "issue_ballots";
    std::int64_t printed = 0, issued = 0, spoilt = 0, unused = 0;
    static constexpr auto fields() {
        using Me = IssueBallots;
        return fields_of(field("printed", &Me::printed, "printed"), field("issued", &Me::issued, "handed out"),
                         field("spoilt", &Me::spoilt, "spoilt before the vote"),
                         field("unused", &Me::unused, "left over"));
    }
};
struct CollectBallots {
    static constexpr std::string_view kind = "collect_ballots";
    std::int64_t returned = 0;
    static constexpr auto fields() {
        return fields_of(field("returned", &CollectBallots::returned, "ballots in the box"));
    }
};
/// One of two independent entries; the same teller may put his own right until both agree.
struct EnterCount {
    static constexpr std::string_view kind = "enter_count";
    PersonId teller;
    Sheet sheet;
    static constexpr auto fields() {
        return fields_of(field("teller", &EnterCount::teller, "who counted"),
                         field("sheet", &EnterCount::sheet, "the count"));
    }
};
struct CompareCounts {
    static constexpr std::string_view kind = "compare_counts";
    static constexpr auto fields() { return fields_of(); }
};
/// Whether a person who was written in may be elected; can be put right until the result is certified.
struct CheckWriteIn {
    static constexpr std::string_view kind = "check_write_in";
    std::string name;
    bool eligible = false;
    std::string reason;
    std::optional<std::string> person = {};  // delegate who is meant; may be left out where the name tells
    std::optional<bool> no_delegate = {};    // true: whoever is meant, it is no delegate
    static constexpr auto fields() {
        return fields_of(personal("name", &CheckWriteIn::name, "name as counted"),
                         field("eligible", &CheckWriteIn::eligible, "may be elected"),
                         personal("reason", &CheckWriteIn::reason, "why"),
                         field("person", &CheckWriteIn::person, "delegate who is meant, where the name does not tell"),
                         field("no_delegate", &CheckWriteIn::no_delegate, "whoever is meant, it is no delegate"));
    }
};
struct Certify {
    static constexpr std::string_view kind = "certify";
    std::vector<PersonId> scrutineers;  // who sign, at least one
    std::vector<CandidateId> lot;       // where the rules resolve a tie by lot: the tied, first drawn first
    static constexpr auto fields() {
        return fields_of(field("scrutineers", &Certify::scrutineers, "who sign"),
                         field("lot", &Certify::lot, "order drawn, if a lot was drawn"));
    }
};
/// The candidates of the adopted list are elected without a ballot, where the rules ask for none.
struct DeclareUncontested {
    static constexpr std::string_view kind = "declare_uncontested";
    std::vector<PersonId> scrutineers;  // who sign, of those appointed; may be empty where none are
    static constexpr auto fields() {
        return fields_of(field("scrutineers", &DeclareUncontested::scrutineers, "who sign"));
    }
};
using Command = std::variant<Prepare, Nominate, AdoptList, AppointTellers, ShowBoxEmpty, IssueBallots, CollectBallots,
                             EnterCount, CompareCounts, CheckWriteIn, Certify, DeclareUncontested>;

// --- events -------------------------------------------------------------------------------------------------------

struct ElectionPrepared : Prepare {
    static constexpr std::string_view kind = "election_prepared";
};
struct CandidatesNominated : Nominate {
    static constexpr std::string_view kind = "candidates_nominated";
};
struct ListAdopted : AdoptList {
    static constexpr std::string_view kind = "list_adopted";
};
struct TellersAppointed : AppointTellers {
    static constexpr std::string_view kind = "tellers_appointed";
};
struct BoxShownEmpty : ShowBoxEmpty {
    static constexpr std::string_view kind = "box_shown_empty";
};
struct BallotsIssued {
    static constexpr std::string_view kind = "ballots_issued";
    std::int64_t printed = 0, issued = 0, spoilt = 0, unused = 0;
    std::int64_t entitled = 0, present = 0;  // at that moment
    UtcTime at;
    bool operator==(const BallotsIssued&) const = default;
    static constexpr auto fields() {
        using Me = BallotsIssued;
        return fields_of(field("printed", &Me::printed, "printed"), field("issued", &Me::issued, "handed out"),
                         field("spoilt", &Me::spoilt, "spoilt"), field("unused", &Me::unused, "left over"),
                         field("entitled", &Me::entitled, "entitled"), field("present", &Me::present, "taking part"),
                         field("at", &Me::at, "when"));
    }
};
struct BallotsCollected {
    static constexpr std::string_view kind = "ballots_collected";
    std::int64_t returned = 0, missing = 0;
    UtcTime at;
    static constexpr auto fields() {
        return fields_of(field("returned", &BallotsCollected::returned, "in the box"),
                         field("missing", &BallotsCollected::missing, "issued and not returned"),
                         field("at", &BallotsCollected::at, "when"));
    }
};
struct CountEntered : EnterCount {
    static constexpr std::string_view kind = "count_entered";
};
struct CountsAgreed {
    static constexpr std::string_view kind = "counts_agreed";
    UtcTime at;
    static constexpr auto fields() { return fields_of(field("at", &CountsAgreed::at, "when")); }
};
struct WriteInChecked {
    static constexpr std::string_view kind = "write_in_checked";
    CandidateId write_in;
    bool eligible = false;
    std::string reason;
    std::optional<std::string> person = {};
    static constexpr auto fields() {
        return fields_of(field("write_in", &WriteInChecked::write_in, "id in the count"),
                         field("eligible", &WriteInChecked::eligible, "may be elected"),
                         personal("reason", &WriteInChecked::reason, "why"),
                         field("person", &WriteInChecked::person, "delegate who is meant, or empty"));
    }
};
/// The result, with everything that it follows from.
struct ResultCertified {
    static constexpr std::string_view kind = "result_certified";
    Method method = Method::ballot;
    count::VotesCounted votes;
    count::ApprovalRules rules;
    std::string pack_id, pack_hash, measure_hash;
    std::string state;  // "pending_approval" | "final"
    count::Course course;
    std::vector<PersonId> scrutineers;
    std::string names_digest;
    UtcTime at;
    std::string certificate;  // SHA-256 of the certificate, 64 hex digits
    bool operator==(const ResultCertified&) const = default;
    static constexpr auto fields() {
        using Me = ResultCertified;
        return fields_of(field("method", &Me::method, "ballot | uncontested"),
                         field("votes", &Me::votes, "the numbers counted"),
                         field("rules", &Me::rules, "the rules applied"), field("pack_id", &Me::pack_id, "rule pack"),
                         field("pack_hash", &Me::pack_hash, "its hash"),
                         field("measure_hash", &Me::measure_hash, "hash of the measure, or empty"),
                         field("state", &Me::state, "pending_approval | final"),
                         field("course", &Me::course, "the count, step by step"),
                         field("scrutineers", &Me::scrutineers, "who signed"),
                         field("names_digest", &Me::names_digest, "SHA-256 of the names"), field("at", &Me::at, "when"),
                         field("certificate", &Me::certificate, "SHA-256 of the certificate"));
    }
};
/// More ballots came back than were issued, and the rules make the question void: it must be repeated.
struct ElectionVoided : ResultCertified {
    static constexpr std::string_view kind = "election_voided";
};
using Event =
    std::variant<ElectionPrepared, CandidatesNominated, ListAdopted, TellersAppointed, BoxShownEmpty, BallotsIssued,
                 BallotsCollected, CountEntered, CountsAgreed, WriteInChecked, ResultCertified, ElectionVoided>;

// --- state --------------------------------------------------------------------------------------------------------

/// A name of the agreed count that was not on the list.
struct CountedWriteIn {
    CandidateId id;  // "write-in-ROUND-NUMBER", numbered by name
    std::string name;
    std::int64_t votes = 0;
    std::optional<bool> eligible;  // none until checked
    std::string reason;
    std::string person = {};  // delegate who is meant; empty: none, or not checked
    bool operator==(const CountedWriteIn&) const = default;
    static constexpr auto fields() {
        using Me = CountedWriteIn;
        return fields_of(
            field("id", &Me::id, "id in the count"), personal("name", &Me::name, "name as counted"),
            field("votes", &Me::votes, "votes"), field("eligible", &Me::eligible, "may be elected, once checked"),
            personal("reason", &Me::reason, "why"), field("person", &Me::person, "delegate who is meant, or empty"));
    }
};
struct Entry {
    PersonId teller;
    Sheet sheet;
    bool operator==(const Entry&) const = default;
    static constexpr auto fields() {
        return fields_of(field("teller", &Entry::teller, "who counted"), field("sheet", &Entry::sheet, "the count"));
    }
};

/// Built only by `evolve`; every field follows from the events. Never shown as it is before it is certified: it holds
/// the tellers' entries. See views.h.
struct Election {
    Phase phase = Phase::absent;
    ElectionId id;
    std::string congress, body;
    std::int64_t seats = 0;
    std::optional<std::int64_t> members;
    Text title;
    Json rules;
    int anew = 0;  // 0: the first election of the body; 1, 2, …: held anew after results that did not come to stand
    int round = 0;
    count::Round round_kind = count::Round::first;
    bool runoff = false, list_fixed = false;
    std::optional<std::string> follows;
    std::vector<Candidate> may_stand;  // of a later round; empty in the first
    std::vector<Candidate> candidates;
    std::string decision;
    std::vector<Person> scrutineers, tellers;
    std::vector<PersonId> witnesses;
    std::optional<BallotsIssued> ballots;
    std::optional<std::int64_t> returned;
    std::optional<UtcTime> collected_at, agreed_at;
    std::vector<Entry> entries;  // at most two, of different tellers
    std::vector<CountedWriteIn> write_ins;
    std::optional<ResultCertified> result;  // of a void election too
    bool operator==(const Election&) const = default;
};

/// What the application knows at the moment of the act.
struct Circumstances {
    UtcTime now;
    std::int64_t entitled = 0;  // holders of a confirmed mandate; 0 until measured
    std::int64_t present = 0;   // of these, taking part: in the hall or served by the mobile box
    bool quorum_met = false;
};

/// Does an act, or refuses it and says why.
///
/// refuses  first whatever does not come next: by the name of what does (not_prepared, awaits_candidates …
///          is_certified, is_void); then as a chair would ask; for issue_ballots: no_quorum,
///          rules.undecided, number_out_of_range, stock_unbalanced, nothing_issued, present_exceeds_entitled,
///          issued_exceeds_present. Each refusal of a sheet names the candidate. What rules::… and count::approval
///          refuse is passed on.
/// cost     reads the rules from the state: linear in them, and in the sheet
Result<std::vector<Event>> decide(const Election& election, const Command& command, const Circumstances& circumstances);

/// The nominated list against other rules than those it was nominated under: a measure may have been adopted since.
/// refuses  seats_outside_size, surplus_too_small, candidates_ineligible, and what rules::… refuse
Result<Done> list_must_fit(const Election& election, const Json& rules);

/// The state after an event. The events must be in order (bug otherwise).
Election evolve(Election election, const Event& event);

/// Who somebody is that was written in and may be elected: the delegate who is meant; of others the id in the count
/// with the election before it, as another election counts its own.
std::string person_of(const Election& election, const CountedWriteIn& write_in);

BOOST_DEFINE_ENUM_CLASS(NextRound, among_tied, for_open_seats, repeat)
/// The command that prepares the round that follows, as a new election under the same rules.
///
/// among_tied      the seats that the tie left, those tied; the list is fixed
/// for_open_seats  the seats left open, those of the list who were not elected and are not barred; of a runoff between
///                 two, the first two
/// repeat          a void question again, with its list
/// refuses         round_not_over, is_void, no_tie_to_resolve, no_seat_open, not_void, round_not_foreseen (the rules
/// know another
///                 way), nobody_nominated (nobody is left to stand)
Result<Prepare> prepare_next_round(const Election& election, NextRound kind, ElectionId id);

}  // namespace plenum::election
