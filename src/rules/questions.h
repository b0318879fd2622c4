// SPDX-License-Identifier: Apache-2.0
// The questions that a congress and an election put to their rules. Every function refuses rules.undecided, with the
// field's name as fact and place, where the rules leave unset what the answer needs. Numbers are 0 to most_counted,
// else rules.numbers_contradict or rules.number_missing.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "count/approval.h"
#include "count/ballot.h"
#include "rules/rules.h"

namespace plenum::rules {

/// A share as words: "三分之二", "two thirds", "5 per cent"; "none" for a share of nothing.
Text words_of(const count::Fraction& fraction);

// ---- quorum

struct Attendance {
    std::int64_t entitled = 0;             ///< confirmed mandates; observers and guests never count
    std::optional<std::int64_t> enrolled;  ///< registered as attending, where the pack counts those
    std::int64_t participating = 0;        ///< entitled persons in the hall plus those served by the mobile box
};
struct Quorum {
    std::string which;
    std::int64_t required = 0, counted = 0, out_of = 0;
    bool met = false;
    count::Fraction fraction;
    count::Comparison comparison = count::Comparison::ge;
    std::string of;                        ///< entitled | enrolled
    std::string counts;                    ///< participating | present | returned
    std::vector<std::string> measured_at;  ///< opening, ballot_issue
    bool operator==(const Quorum&) const = default;
    static constexpr auto fields() {
        return fields_of(
            field("which", &Quorum::which, "election | ordinary | plenary | unit"),
            field("required", &Quorum::required, "smallest number that makes a quorum"),
            field("counted", &Quorum::counted, "those taking part"),
            field("out_of", &Quorum::out_of, "number the share is taken of"),
            field("met", &Quorum::met, "there is a quorum"), field("fraction", &Quorum::fraction, "share needed"),
            field("comparison", &Quorum::comparison, "ge | gt"), field("of", &Quorum::of, "entitled | enrolled"),
            field("counts", &Quorum::counts, "who is counted"),
            field("measured_at", &Quorum::measured_at, "when it is measured"));
    }
};
/// which   "election", "ordinary", "plenary" (the first plenary of a body just elected), or "unit" (a unit that elects
///         delegates)
Result<Quorum> quorum(const Rules& rules, std::string_view which, const Attendance& attendance);
/// Whether it is ballots returned that are counted and not heads: everybody on the roll is sent one, wherever they are.
bool quorum_by_post(const Rules& rules, std::string_view which);
/// "到会人数须达到应到会人数 170 的三分之二以上，即不少于 114 人" in three languages.
Text rule_sentence(const Quorum& quorum);

// ---- motions and other yes-or-no questions

struct Votes {
    std::optional<std::int64_t> entitled, present, issued, returned, invalid;
    std::int64_t in_favour = 0;
    std::optional<std::int64_t> against, abstain;
};
struct Decision {
    std::string question;
    std::int64_t required = 0, in_favour = 0, base_count = 0;
    bool passed = false;
    count::Base base = count::Base::none;
    count::Fraction fraction;
    count::Comparison comparison = count::Comparison::gt;
    bool operator==(const Decision&) const = default;
    static constexpr auto fields() {
        return fields_of(field("question", &Decision::question, "motion | removal | …"),
                         field("required", &Decision::required, "smallest number of votes for that passes"),
                         field("in_favour", &Decision::in_favour, "votes for"),
                         field("base_count", &Decision::base_count, "number the share is taken of"),
                         field("passed", &Decision::passed, "adopted"),
                         field("base", &Decision::base, "what the share is taken of"),
                         field("fraction", &Decision::fraction, "share needed"),
                         field("comparison", &Decision::comparison, "ge | gt"));
    }
};
/// question   a threshold of the pack: "motion", "removal", "statute_change", "two_thirds"; or "unit"
/// refuses    number_missing where the base needs a number that `votes` lacks; numbers_contradict where votes exceed
///            those present or ballots
Result<Decision> motion(const Rules& rules, std::string_view question, const Votes& votes);
/// "赞成票超过应到会人数 170 的二分之一，即不少于 86 票，方可通过".
Text rule_sentence(const Decision& decision);
/// How a question may be voted on: "secret", "show_of_hands", "acclamation". Undecided if the pack does not say.
Result<std::vector<std::string>> voting_modes(const Rules& rules, std::string_view question);

// ---- lists and sizes

struct Surplus {
    std::string body;
    std::int64_t seats = 0, candidates = 0, min_candidates = 0;
    bool accepted = false;
    count::Fraction fraction;
    bool operator==(const Surplus&) const = default;
    static constexpr auto fields() {
        return fields_of(field("body", &Surplus::body, "body elected"), field("seats", &Surplus::seats, "seats"),
                         field("candidates", &Surplus::candidates, "names on the list"),
                         field("min_candidates", &Surplus::min_candidates, "least names"),
                         field("accepted", &Surplus::accepted, "the list is long enough"),
                         field("fraction", &Surplus::fraction, "surplus as a share of the seats"));
    }
};
/// body    committee | standing_committee | chair | vice_chair | audit_committee | audit_chair | womens_committee |
///         delegate
Result<Surplus> surplus(const Rules& rules, std::string_view body, std::int64_t seats, std::int64_t candidates);
Text rule_sentence(const Surplus& surplus);

struct Size {
    std::string body;
    std::optional<std::int64_t> members;
    std::int64_t seats = 0, allowed_min = 0, allowed_max = 0;
    bool accepted = false;
    bool operator==(const Size&) const = default;
    static constexpr auto fields() {
        return fields_of(field("body", &Size::body, "body elected, or delegates"),
                         field("members", &Size::members, "members of the organisation"),
                         field("seats", &Size::seats, "seats planned"),
                         field("allowed_min", &Size::allowed_min, "least seats"),
                         field("allowed_max", &Size::allowed_max, "most seats"),
                         field("accepted", &Size::accepted, "the number fits"));
    }
};
/// Seats of a body by the number of members, or by its fixed range.
/// refuses   outside_table (no line for so many members), number_missing (the table needs members)
Result<Size> size(const Rules& rules, std::string_view body, std::optional<std::int64_t> members, std::int64_t seats);
/// Number of delegates by the number of members.
Result<Size> delegates_size(const Rules& rules, std::int64_t members, std::int64_t delegates);
Text rule_sentence(const Size& size);

struct Person {
    std::string id;
    std::vector<std::string> roles;  ///< "finance_staff", "close_relative_of_employer_head" …
};
struct Eligibility {
    bool seats_ok = false;
    std::vector<std::string> eligible, rejected;
    std::vector<std::string> reasons;  ///< for each of `rejected`, the role that bars
    bool operator==(const Eligibility&) const = default;
    static constexpr auto fields() {
        return fields_of(field("seats_ok", &Eligibility::seats_ok, "the number of seats fits"),
                         field("eligible", &Eligibility::eligible, "ids"),
                         field("rejected", &Eligibility::rejected, "ids"),
                         field("reasons", &Eligibility::reasons, "the role that bars, for each rejected"));
    }
};
/// A misspelt role would bar nobody, so a list of candidates may name only the roles that the pack bars somewhere, the
/// bodies and offices, and "member".
/// refuses  role_unknown with the candidate's id and the roles known; the place is "candidates[i].roles"
Result<Done> roles_are_known(const Rules& rules, const std::vector<Person>& candidates);
/// Strikes those whose role bars them: candidates.ineligible for every body but delegates, and the body's own list.
Result<Eligibility> eligibility(const Rules& rules, std::string_view body, const std::vector<Person>& candidates,
                                std::int64_t seats, std::optional<std::int64_t> members);

// ---- ballots and counting

Result<count::BallotRules> ballot_rules(const Rules& rules);
/// Parameters of a count for one body. In a tie round the threshold is tie.revote_threshold and a further tie falls to
/// tie.second_tie; in a further round the threshold stays unless the pack names shortfall.runoff_threshold and
/// `runoff` is asked for, which shortfall.options must foresee.
Result<count::ApprovalRules> approval_rules(const Rules& rules, std::string_view body, count::Round round,
                                            bool runoff = false);
/// "得赞成票超过应到会人数 170 的二分之一，即不少于 86 票，始得当选".
/// base_count   the number of the base, where it is known already
Text rule_sentence(const count::ApprovalRules& rules, std::optional<std::int64_t> base_count);
/// "pending_approval" where the result goes to a higher body, else "final".
Result<std::string> state_after_election(const Rules& rules);

struct Uncontested {
    bool ballot_required = true;
    bool operator==(const Uncontested&) const = default;
    static constexpr auto fields() {
        return fields_of(field("ballot_required", &Uncontested::ballot_required, "a ballot is held all the same"));
    }
};
/// Whether a ballot is needed. A pack that says nothing of uncontested elections needs one: the exception must be
/// stated.
Result<Uncontested> uncontested(const Rules& rules, std::int64_t seats, std::int64_t candidates);

struct ReduceSeats {
    std::string body = "committee";
    std::int64_t members = 0, seats = 0, elected = 0, consent_for = 0, consent_base = 0;
};
struct Reduction {
    bool allowed = false, consent = false, fits = false;
    std::int64_t consent_required = 0;
    std::optional<std::int64_t> allowed_min, allowed_max;
    bool operator==(const Reduction&) const = default;
    static constexpr auto fields() {
        return fields_of(field("allowed", &Reduction::allowed, "the seats may be reduced to those elected"),
                         field("consent", &Reduction::consent, "enough consent"),
                         field("fits", &Reduction::fits, "inside the size table"),
                         field("consent_required", &Reduction::consent_required, "votes that consent needs"),
                         field("allowed_min", &Reduction::allowed_min, "least seats"),
                         field("allowed_max", &Reduction::allowed_max, "most seats"));
    }
};
/// May the number of seats be reduced to those elected? Refuses undecided where the pack does not foresee it.
Result<Reduction> reduce_seats(const Rules& rules, const ReduceSeats& ask);

struct Electors {
    std::vector<std::string> elected_by;  ///< "assembly", or the body whose members elect
    std::string from;                     ///< body whose members may stand; empty where the rules name none
    bool operator==(const Electors&) const = default;
    static constexpr auto fields() {
        return fields_of(field("elected_by", &Electors::elected_by, "assembly, or the body whose members elect"),
                         field("from", &Electors::from, "body whose members may stand, or empty"));
    }
};
/// Who elects a body or an office, and from among whom. Undecided where the pack does not say who elects, and for chair
/// and vice chairs where it does not say from among whom.
Result<Electors> electors(const Rules& rules, std::string_view body);

struct WomensCommittee {
    std::string form;  ///< womens_committee, or what the pack names below its line
    bool ballot_required = false;
    std::vector<std::string> formation;  ///< ways of forming it, the usual one first
    bool operator==(const WomensCommittee&) const = default;
    static constexpr auto fields() {
        return fields_of(field("form", &WomensCommittee::form, "committee, or a single member"),
                         field("ballot_required", &WomensCommittee::ballot_required, "only a ballot can form it"),
                         field("formation", &WomensCommittee::formation, "ways of forming it"));
    }
};
Result<WomensCommittee> womens_committee(const Rules& rules, std::int64_t women_members);

// ---- time

/// How many years the term may last; empty where the pack names a maximum only.
Result<std::vector<std::int64_t>> term_years_allowed(const Rules& rules);
/// Refuses term_not_allowed unless the pack allows this many years.
Result<Done> check_term(const Rules& rules, std::int64_t years);

/// The last day of a period of `days` after `from`; the first day is not counted (PRC Civil Code art. 201).
/// workdays   count Monday to Friday less `holidays`
/// rolls      a period of calendar days that ends on a rest day ends on the next working day (art. 203)
Date last_day(Date from, std::int64_t days, bool workdays, bool rolls, const std::vector<Date>& holidays = {});

struct BargainingDates {
    Date offer_received;
    std::optional<Date> filed;  ///< received by the labour administration
    std::string region = "base";
    std::vector<Date> holidays;  ///< rest days beside Saturday and Sunday
};
struct Deadlines {
    Date reply_due;
    std::optional<Date> effective_on;
    bool operator==(const Deadlines&) const = default;
    static constexpr auto fields() {
        return fields_of(field("reply_due", &Deadlines::reply_due, "last day of the reply"),
                         field("effective_on", &Deadlines::effective_on, "in force from, without objection"));
    }
};
/// For a pack of collective bargaining: [base], overlaid by [region.<name>]. Refuses region_unknown.
Result<Deadlines> deadline(const Rules& rules, const BargainingDates& dates);
/// A field of [base] as the region overlays it.
Result<Json> regional(const Rules& rules, std::string_view region, std::string_view field);

// ---- gates: who must be asked, told, kept out

/// Whatever the pack says of consents, notices and officers; none where it says nothing, so that a caller can tell
/// "no approval needed" ("none") from "not said".
struct Gates {
    std::vector<std::string> prior_report_to;
    std::optional<std::int64_t> prior_report_reply_days;
    std::optional<std::int64_t> notice_workdays;
    std::vector<std::string> list_approved_by;
    std::optional<std::string> list_adopted_by;
    std::optional<std::int64_t> public_notice_workdays;
    std::optional<std::string> approval_by;
    std::optional<std::int64_t> approval_reply_days;
    std::optional<bool> scrutineers_not_candidates;
    std::optional<count::Fraction> managers_max;
    std::vector<std::string> presides;
    std::optional<std::string> announces;
    std::optional<std::string> credentials_by;
    std::optional<bool> secret, proxy, write_in, mobile_box;
    std::optional<std::string> electronic, candidate_order;
    bool operator==(const Gates&) const = default;
    static constexpr auto fields() {
        return fields_of(
            field("prior_report_to", &Gates::prior_report_to, "who consents before the congress is held"),
            field("prior_report_reply_days", &Gates::prior_report_reply_days, "calendar days for the reply"),
            field("notice_workdays", &Gates::notice_workdays, "working days from notice to congress"),
            field("list_approved_by", &Gates::list_approved_by, "who consents to the candidates"),
            field("list_adopted_by", &Gates::list_adopted_by, "who adopts the list"),
            field("public_notice_workdays", &Gates::public_notice_workdays, "working days the names are on notice"),
            field("approval_by", &Gates::approval_by, "who approves the result; none = nobody"),
            field("approval_reply_days", &Gates::approval_reply_days, "calendar days for the approval"),
            field("scrutineers_not_candidates", &Gates::scrutineers_not_candidates, "a candidate may not scrutinise"),
            field("managers_max", &Gates::managers_max, "largest share of managers among delegates"),
            field("presides", &Gates::presides, "who may preside over the election"),
            field("announces", &Gates::announces, "who announces the result"),
            field("credentials_by", &Gates::credentials_by, "who reviews mandates"),
            field("secret", &Gates::secret, "secret ballot"), field("proxy", &Gates::proxy, "votes by proxy"),
            field("write_in", &Gates::write_in, "other names may be written in"),
            field("mobile_box", &Gates::mobile_box, "a mobile box may go to the absent"),
            field("electronic", &Gates::electronic, "electronic voting: measure, or a word of the pack"),
            field("candidate_order", &Gates::candidate_order, "order of names on the paper"));
    }
};
/// delegates   true for a delegates' congress, false for a members' meeting: who presides differs
Result<Gates> gates(const Rules& rules, bool delegates = true);
/// True if this many managers among the delegates are allowed. Undecided if the pack names no share.
Result<bool> managers_allowed(const Rules& rules, std::int64_t managers, std::int64_t delegates);

}  // namespace plenum::rules
