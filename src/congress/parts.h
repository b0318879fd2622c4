// SPDX-License-Identifier: Apache-2.0
// What commands and events of a congress are made of.
#pragma once
#include "base/fields.h"

namespace plenum::congress {

/// A delegate, or another person who holds a seat in a body of this congress.
using DelegateId = Id<struct DelegateTag>;
/// An electing unit, and its delegation.
using UnitId = Id<struct UnitTag>;
/// A sitting; used once in a congress.
using SittingId = Id<struct SittingTag>;
/// An item of the agenda.
using ItemId = Id<struct ItemTag>;
/// A question put to the vote; used once in a congress.
using QuestionId = Id<struct QuestionTag>;

/// See Numbering.
BOOST_DEFINE_ENUM_CLASS(NumberingStyle, term_and_session, congress_number)
/// What kind of congress it is (domain sheet 2).
BOOST_DEFINE_ENUM_CLASS(Kind, ordinary, extraordinary, electing)
/// What a party outside the congress is asked to consent to: that it is held, a body's candidates, a body's result.
BOOST_DEFINE_ENUM_CLASS(Matter, holding, candidates, results)
/// How the seats of the delegates were shared out: as the plan states them, or by largest remainder (Hare).
BOOST_DEFINE_ENUM_CLASS(AllocationMethod, stated, largest_remainder)
/// What the credentials review says of a mandate; only `valid` ones vote and count.
BOOST_DEFINE_ENUM_CLASS(Finding, valid, invalid, pending)
/// Why a mandate ends before its term does, or with it; the register calls it so too.
BOOST_DEFINE_ENUM_CLASS(MandateEnd, resigned, moved_away, recalled, died, term_ended)
/// `plenary`: of the congress; `first_plenary`: of a body that it has just elected (domain sheet 18).
BOOST_DEFINE_ENUM_CLASS(SittingKind, preparatory, plenary, first_plenary)
/// How a delegate was found to be there; `mobile_box` brought the ballot to who could not come.
BOOST_DEFINE_ENUM_CLASS(CheckInMethod, card, manual, mobile_box)
/// Why a sitting is interrupted.
BOOST_DEFINE_ENUM_CLASS(Interruption, pause, want_of_quorum, count_of_ballots, end_of_day)
/// When those present are counted.
BOOST_DEFINE_ENUM_CLASS(QuorumOccasion, opening, resumption, ballot_issue, on_request)
/// How a question is voted on; which of these the pack says (`threshold.motion.mode`).
BOOST_DEFINE_ENUM_CLASS(VoteMode, show_of_hands, acclamation, secret)
/// What is done with an item of the agenda (domain sheet 10).
BOOST_DEFINE_ENUM_CLASS(ItemType, report, measure, election, nomination, resolution, ceremony, other)
/// How a report reaches the congress.
BOOST_DEFINE_ENUM_CLASS(Delivery, read_out, in_writing)
/// What became of an amendment that a delegation asked for.
BOOST_DEFINE_ENUM_CLASS(Disposition, taken, taken_in_part, not_taken)

/// What a field takes at most.
namespace most {
inline constexpr std::int64_t members = 1'000'000'000;
inline constexpr std::int64_t delegates = 10'000;
inline constexpr std::int64_t seats = 1'000;
inline constexpr std::int64_t candidates = 10'000;  ///< as election::most_candidates
inline constexpr std::int64_t name = 100;           ///< characters of a person's name
inline constexpr std::int64_t category = 60;
inline constexpr std::int64_t reason = 500;
inline constexpr std::int64_t announced = 200;  ///< what the hall screen shows in large letters
inline constexpr std::int64_t question = 1'000;
inline constexpr std::int64_t fact = 2'000;
inline constexpr std::int64_t rules = 300'000;  ///< a rule pack or a measure, as text
inline constexpr std::int64_t paper = 300'000;  ///< a document laid
}  // namespace most

/// What a roster may say of a person's sex; nothing where it does not.
inline constexpr std::string_view sexes[] = {"female", "male", ""};
/// The places in a body that is formed by nomination.
inline constexpr std::string_view roles_nominated[] = {"chair", "vice_chair", "member"};

/// "Second congress, first session" (term 2, session 1) or "Eighth congress" (term 8): the same character 次 counts
/// sessions in the one style and congresses in the other (domain sheet 3).
struct Numbering {
    NumberingStyle style = NumberingStyle::term_and_session;
    int term = 0;     ///< number of the congress since founding
    int session = 1;  ///< sitting of that congress within its term; always 1 in the style congress_number
    static constexpr auto fields() {
        return fields_of(
            field("style", &Numbering::style, "term_and_session | congress_number"),
            field("term", &Numbering::term, "number of the congress").between(1, 9999),
            field("session", &Numbering::session, "number of the session within the term").between(1, 9999));
    }
};
/// 第二届第一次会员代表大会 / 第八次代表大会 / "Second Congress, First Session".
Text title_of(const Numbering& numbering);
/// 第二届 / "second": the number that the bodies elected carry.
Text term_of(const Numbering& numbering);

/// A body that this congress brings forth.
struct Body {
    std::string name;  ///< as the rule pack calls it: committee, audit_committee, womens_committee, …
    Text title;
    int seats = 0;
    static constexpr auto fields() {
        return fields_of(field("name", &Body::name, "name in the rule pack"),
                         field("title", &Body::title, "title as announced"),
                         field("seats", &Body::seats, "seats to fill").between(1, most::seats));
    }
};

/// A unit that elects delegates, who sit together as its delegation.
struct Unit {
    UnitId id;
    Text name;
    std::int64_t members = 0;
    int seats = 0;  ///< delegates it sends
    static constexpr auto fields() {
        return fields_of(field("id", &Unit::id, "unit"), field("name", &Unit::name, "its name, also of its delegation"),
                         field("members", &Unit::members, "members it counts").between(0, most::members),
                         field("seats", &Unit::seats, "delegates it sends").between(0, most::delegates));
    }
};

/// A delegate as the unit reported the person.
struct Delegate {
    DelegateId id;
    UnitId unit;
    std::string category;  ///< kind of delegate as the roster calls it
    bool manager = false;  ///< counts against the ceiling for managers
    bool head = false;     ///< head of the delegation
    std::string name, sex, birth, post;
    static constexpr auto fields() {
        return fields_of(field("id", &Delegate::id, "delegate"), field("unit", &Delegate::unit, "electing unit"),
                         field("category", &Delegate::category, "category").at_most(most::category),
                         field("manager", &Delegate::manager, "middle manager or above"),
                         field("head", &Delegate::head, "head of the delegation"),
                         personal("name", &Delegate::name, "name as on the card").at_most(most::name),
                         personal("sex", &Delegate::sex, "female | male | empty").one_of(sexes),
                         personal("birth", &Delegate::birth, "year and month, or empty").birth(),
                         personal("post", &Delegate::post, "post and workplace"));
    }
};

/// The finding of the credentials review on one delegate; a reason is wanted unless it is `valid`.
struct DelegateFinding {
    DelegateId delegate;
    Finding finding = Finding::pending;
    std::string reason;
    static constexpr auto fields() {
        return fields_of(field("delegate", &DelegateFinding::delegate, "delegate"),
                         field("finding", &DelegateFinding::finding, "valid | invalid | pending"),
                         personal("reason", &DelegateFinding::reason, "why").at_most(most::reason));
    }
};

/// An item as it stands on the agenda.
struct AgendaItem {
    ItemId id;
    ItemType type = ItemType::other;
    Text title;
    std::string presenter;
    std::string body;  ///< for elections and nominations: the body
    static constexpr auto fields() {
        return fields_of(field("id", &AgendaItem::id, "item"), field("type", &AgendaItem::type, "what is done with it"),
                         field("title", &AgendaItem::title, "title"),
                         personal("presenter", &AgendaItem::presenter, "who presents it, or empty"),
                         field("body", &AgendaItem::body, "body to be elected or nominated, or empty"));
    }
};

/// A candidate as the list prints the person.
struct ListedCandidate {
    std::string id, name, unit;
    static constexpr auto fields() {
        return fields_of(field("id", &ListedCandidate::id, "candidate"),
                         personal("name", &ListedCandidate::name, "name as printed"),
                         personal("unit", &ListedCandidate::unit, "unit and post as printed"));
    }
};

// What a question that is put to the vote is about. On adoption `evolve` gives it effect.

/// The report of the credentials review is adopted (domain sheet 6).
struct AdoptCredentialsReport {
    static constexpr std::string_view kind = "credentials_report";
    static constexpr auto fields() { return fields_of(); }
};
/// Presidium and secretary-general are elected together (domain sheets 7 and 8).
struct ElectPresidium {
    static constexpr std::string_view kind = "presidium";
    std::vector<DelegateId> members;
    DelegateId secretary_general;
    static constexpr auto fields() {
        return fields_of(field("members", &ElectPresidium::members, "delegates proposed"),
                         field("secretary_general", &ElectPresidium::secretary_general, "secretary-general proposed"));
    }
};
/// The agenda is adopted; once, and it stands.
struct AdoptAgenda {
    static constexpr std::string_view kind = "agenda";
    std::vector<AgendaItem> items;
    static constexpr auto fields() { return fields_of(field("items", &AdoptAgenda::items, "items in order")); }
};
/// A part of the adopted measure (选举办法, rules on voting): TOML that tightens or fills in the rule pack.
struct AdoptMeasure {
    static constexpr std::string_view kind = "measure";
    Text title;
    std::string toml;
    static constexpr auto fields() {
        return fields_of(field("title", &AdoptMeasure::title, "title"),
                         prose("toml", &AdoptMeasure::toml, "the measure as data").at_most(most::rules));
    }
};
/// The report of the item is adopted, after it was heard and deliberated; which ends the item.
struct AdoptReport {
    static constexpr std::string_view kind = "report";
    static constexpr auto fields() { return fields_of(); }
};
/// The list of candidates of a body is adopted for its next round.
struct AdoptCandidates {
    static constexpr std::string_view kind = "candidates";
    std::string body;
    int seats = 0;
    std::vector<ListedCandidate> candidates;
    static constexpr auto fields() {
        return fields_of(field("body", &AdoptCandidates::body, "body"),
                         field("seats", &AdoptCandidates::seats, "seats"),
                         field("candidates", &AdoptCandidates::candidates, "in the order of printing"));
    }
};
/// Those who watch the ballots are elected, in place of any before them (R2016 Art. 21).
struct ElectScrutineers {
    static constexpr std::string_view kind = "scrutineers";
    DelegateId head;
    std::vector<DelegateId> members;  ///< with the head
    static constexpr auto fields() {
        return fields_of(field("head", &ElectScrutineers::head, "head scrutineer"),
                         field("members", &ElectScrutineers::members, "scrutineers, with their head"));
    }
};
/// A resolution is adopted (domain sheet 20); an item may hold several.
struct AdoptResolution {
    static constexpr std::string_view kind = "resolution";
    Text title, text;
    static constexpr auto fields() {
        return fields_of(field("title", &AdoptResolution::title, "title"),
                         prose("text", &AdoptResolution::text, "text"));
    }
};
/// What the text of the question says is adopted; nothing else follows from it.
struct AdoptMotion {
    static constexpr std::string_view kind = "motion";
    static constexpr auto fields() { return fields_of(); }
};
/// Fewer were elected than there are seats: the seats of the body become those that are filled (减少名额), where the
/// rules let those who elect it consent to that.
struct ReduceSeats {
    static constexpr std::string_view kind = "reduce_seats";
    std::string body;
    int seats = 0;
    static constexpr auto fields() {
        return fields_of(field("body", &ReduceSeats::body, "body"),
                         field("seats", &ReduceSeats::seats, "seats afterwards: as many as were elected"));
    }
};
/// What a question may be about.
using Subject = std::variant<AdoptCredentialsReport, ElectPresidium, AdoptAgenda, AdoptMeasure, AdoptReport,
                             AdoptCandidates, ElectScrutineers, AdoptResolution, AdoptMotion, ReduceSeats>;

/// What a delegation wanted changed, and what became of it.
struct Amendment {
    Text text;
    Disposition disposition = Disposition::not_taken;
    static constexpr auto fields() {
        return fields_of(prose("text", &Amendment::text, "what was asked").at_most(most::fact),
                         field("disposition", &Amendment::disposition, "taken | taken_in_part | not_taken"));
    }
};

/// One line of a declared result.
struct ResultRow {
    int rank = 0;
    std::string id, name, unit;
    std::int64_t in_favour = 0, against = 0, abstaining = 0;
    bool elected = false, tied = false, write_in = false, ineligible = false;
    /// The name; the id where it was erased.
    const std::string& called() const { return name.empty() ? id : name; }
    static constexpr auto fields() {
        return fields_of(field("rank", &ResultRow::rank, "place by votes for; equal votes share it"),
                         field("id", &ResultRow::id, "candidate"), personal("name", &ResultRow::name, "name"),
                         personal("unit", &ResultRow::unit, "unit"), field("for", &ResultRow::in_favour, "votes for"),
                         field("against", &ResultRow::against, "votes against"),
                         field("abstain", &ResultRow::abstaining, "abstentions"),
                         field("elected", &ResultRow::elected, "elected"),
                         field("tied", &ResultRow::tied, "tied for the last seats"),
                         field("write_in", &ResultRow::write_in, "written in by voters"),
                         field("ineligible", &ResultRow::ineligible, "cannot be elected"));
    }
};

/// A certified result as the congress declares it: a fact from outside, with the hash of its certificate.
struct DeclaredResult {
    std::string body;
    int round = 1, seats = 0;
    bool valid_election = true;
    std::int64_t entitled = 0, present = 0, issued = 0, returned = 0, invalid = 0, valid = 0;
    std::optional<std::int64_t> threshold;  ///< least number of votes that passes; none where the rules know none
    std::string base;                       ///< what the threshold is counted on, as in the rule pack
    std::int64_t base_count = 0;
    std::vector<ResultRow> rows;    ///< by rank
    int open = 0;                   ///< seats left unfilled
    std::vector<std::string> next;  ///< lawful next steps, as in the rule pack
    std::string certificate;        ///< SHA-256 of the certificate, hexadecimal
    static constexpr auto fields() {
        return fields_of(
            field("body", &DeclaredResult::body, "body"), field("round", &DeclaredResult::round, "round of voting"),
            field("seats", &DeclaredResult::seats, "seats at stake"),
            field("valid_election", &DeclaredResult::valid_election, "false if more ballots came back than went out"),
            field("entitled", &DeclaredResult::entitled, "entitled"),
            field("present", &DeclaredResult::present, "taking part"),
            field("issued", &DeclaredResult::issued, "ballots issued"),
            field("returned", &DeclaredResult::returned, "ballots returned"),
            field("invalid", &DeclaredResult::invalid, "invalid ballots"),
            field("valid", &DeclaredResult::valid, "valid ballots"),
            field("threshold", &DeclaredResult::threshold, "votes needed"),
            field("base", &DeclaredResult::base, "base of the threshold"),
            field("base_count", &DeclaredResult::base_count, "its number"),
            field("rows", &DeclaredResult::rows, "by rank"), field("open", &DeclaredResult::open, "seats left open"),
            field("next", &DeclaredResult::next, "lawful next steps"),
            field("certificate", &DeclaredResult::certificate, "hash of the certificate"));
    }
};

/// A member of a body formed by nomination.
struct NominatedMember {
    std::string name, unit, role;
    std::optional<std::string> id = {};  ///< as a candidate, where the person stood in an election of this congress
    static constexpr auto fields() {
        return fields_of(field("id", &NominatedMember::id, "id as a candidate, for who holds another office"),
                         personal("name", &NominatedMember::name, "name").at_most(most::name),
                         personal("unit", &NominatedMember::unit, "unit"),
                         field("role", &NominatedMember::role, "chair | vice_chair | member").one_of(roles_nominated));
    }
};

}  // namespace plenum::congress
