// SPDX-License-Identifier: Apache-2.0
// A congress as formal acts: what is asked (commands.h), what happened (events.h), and what follows from it (this
// file).
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "congress/commands.h"
#include "congress/events.h"
#include "congress/refusals.h"
#include "rules/questions.h"

namespace plenum::congress {

/// A delegate with the finding of the credentials review; `reviewed` is false until there is one.
struct Mandate {
    Delegate delegate;
    Finding finding = Finding::pending;
    bool reviewed = false;
    std::string reason{};               ///< of the finding; empty once erased
    std::optional<MandateEnd> ended{};  ///< then the finding is invalid and stays so
    /// The credentials review has still to say whether it is valid.
    bool awaits_finding() const { return !reviewed || finding == Finding::pending; }
};

/// What the last report of a unit was.
BOOST_DEFINE_ENUM_CLASS(UnitReport, first, correction, by_election)

/// A request for consent, and its reply once there is one.
struct Request {
    std::string document;
    bool answered = false, granted = false;
    UtcTime sent_at{};
    std::string reply{};  ///< document number of the reply
    std::optional<UtcTime> replied_at{};
};
/// What consent is asked for: holding (body empty), or candidates or results of a body; and of whom.
struct RequestKey {
    Matter matter = Matter::holding;
    std::string body, party;
    auto operator<=>(const RequestKey&) const = default;
};

/// `none`: no doors are open; `interrupted`: they are, and the sitting goes on later.
BOOST_DEFINE_ENUM_CLASS(SittingState, none, checking_in, open, interrupted)

/// The sitting whose doors are open; what is left of it when they shut is its SittingRecord.
struct Sitting {
    SittingId id;
    int number = 0;  ///< counted through the congress, the preparatory sitting is 1
    SittingKind kind = SittingKind::plenary;
    std::string body;  ///< of a first plenary: whose members meet
    SittingState state = SittingState::none;
    Text title;
    bool elects = false;
    bool opened = false;  ///< it has had a chair and a quorum; doors that wait for a quorum have not
    DelegateId chair;
    std::set<DelegateId> members;         ///< of a first plenary: those who meet, its electors
    std::set<DelegateId> present;         ///< subset of the electors
    std::vector<DelegateId> scrutineers;  ///< of a first plenary, the head first
    Interruption reason = Interruption::pause;
    Text announcement;
    UtcTime interrupted_at;  ///< the last time
    Date present_on{};       ///< once it was interrupted: the day, at the place, on which those present were there
};

/// A sitting as the record keeps it, from the opening of the doors on.
struct SittingRecord {
    SittingId id;
    int number = 0;
    SittingKind kind = SittingKind::plenary;
    Text title;
    bool elects = false;
    DelegateId chair;
    int entitled = 0, present = 0;  ///< when it closed
    UtcTime check_in_at;
    std::optional<UtcTime> opened_at, closed_at;
    /// A count of those present, with its instant.
    struct Measured {
        QuorumMeasured quorum;
        UtcTime at;
    };
    std::vector<Measured> measured;
    /// The count with which it began: the first that found a quorum as it was opened, or as it was taken up after its
    /// doors had waited for one. nullptr where it never began.
    const Measured* begun() const;
};
/// A meeting of the presidium, with its instant.
struct PresidiumMeeting {
    PresidiumMet met;
    UtcTime at;
};

/// An item of the adopted agenda, and how far it is.
struct Item {
    AgendaItem item;
    bool called = false, heard = false, deliberated = false, done = false;
    int resolutions = 0;                 ///< adopted under it
    std::vector<std::string> documents;  ///< hashes, in the order laid
    std::vector<ItemDeliberated> deliberations{};
};

/// A question that was put; decided or withdrawn at most once.
struct Question {
    QuestionPut put;
    std::optional<QuestionDecided> decided;
    bool withdrawn = false;
    int number = 0;  ///< in the order in which the questions of a congress were put, from 1
    UtcTime put_at{};
    std::optional<UtcTime> decided_at{};
};

/// A document laid before the congress; `hash` is the SHA-256 of its text, hexadecimal.
struct Document {
    std::string hash, language, markdown;
    Text title;
    std::optional<ItemId> item;
    UtcTime laid_at{};
};

/// The members of a body met, with a quorum as they opened.
struct PlenaryHeld {
    int number = 1;  ///< counted by the body itself
    QuorumMeasured opened;
    DelegateId presided{};  ///< who took the chair as it opened
    bool closed = false, announced = false;
};

/// A result that did not come to stand, because the union above did not approve it or because it fell with that of
/// another body. It stays on record beside the one that took its place.
struct FormerResult {
    std::string party, reply;               ///< who did not approve it, and the document that says so; else empty
    std::string fell_with;                  ///< body that is elected anew and took it along; else empty
    std::vector<ResultDeclared> results{};  ///< one a round
    std::optional<BodyNominated> nominated{};
    std::string elected_in{};              ///< body whose members elected; empty: the assembly
    std::optional<PlenaryHeld> plenary{};  ///< of those members, in which they did
    /// Who was elected, round by round.
    std::vector<ResultRow> members() const;
};

/// `vacant`: nothing was declared; `incomplete`: seats are open and its election goes on; then what the union above
/// says of the result, or `approved` at once where the pack asks nobody.
BOOST_DEFINE_ENUM_CLASS(BodyState, vacant, incomplete, pending_approval, approved, refused)
/// A body being brought forth. `elected` and `nominated`: at most one of them holds members.
struct BodyRecord {
    Body body;
    BodyState state = BodyState::vacant;
    std::optional<AdoptCandidates> list;       ///< the list in force, once adopted
    int list_round = 1;                        ///< round it was adopted for
    std::optional<QuorumMeasured> authorised;  ///< the last count of those present for issuing its ballots
    int authorised_in_stretch = 0;             ///< stretch of a sitting in which they were counted
    std::vector<ResultDeclared> results;       ///< one a round
    std::optional<BodyNominated> nominated;
    int filled = 0;                           ///< seats filled by the results so far
    int reduced_from = 0;                     ///< seats of the plan, where they were reduced to those filled; else 0
    std::string elected_in = {};              ///< body whose plenary adopted the list; empty: the assembly
    int in_plenary = 0;                       ///< which plenary of that body declared the result, from 1; 0: none
    std::vector<PlenaryHeld> plenaries = {};  ///< of its own members
    bool meets_again = false;                 ///< an office that its members elected is to be elected anew
    std::vector<FormerResult> former = {};    ///< the results that did not come to stand, the first of them first
    /// Its members may meet: they have not yet, or they have to again.
    bool may_meet() const { return plenaries.empty() || meets_again; }
    /// It has been elected before, with a result that did not come to stand.
    bool was_elected_before() const;
    /// Who was elected, round by round.
    std::vector<ResultRow> members() const;
    /// Elected to it by the results that stand; of a body formed by nomination always false.
    bool has_member(std::string_view id) const;
    /// True if those present were counted for issuing the ballots of this round, and were a quorum.
    bool may_issue(int round) const { return authorised && authorised->met && authorised->round == round; }
    /// True of the certificate of a result that was declared, also of one that did not come to stand.
    bool has_declared(std::string_view certificate) const;
    /// True while too few are elected and the last count says that the rules let the seats be reduced to those.
    bool may_be_reduced() const;
};

/// What the hall sees follows from the last act of these.
BOOST_DEFINE_ENUM_CLASS(Focus, none, gathering, item, vote, verdict, result, announcement, new_election, interruption,
                        closed)

/// Built only by `evolve`; every field follows from the events.
struct Congress {
    std::string id;
    std::optional<Planned> plan;
    std::optional<rules::Rules> rules;  ///< the pack with the parts of the measure adopted so far
    std::set<std::string> unconfirmed;  ///< values of the pack that still want confirming by name
    std::map<RequestKey, Request> requests;
    std::vector<Unit> units;
    AllocationMethod allocation = AllocationMethod::stated;
    std::map<UnitId, UnitElectionReported> unit_elections;  ///< of each unit the last but for by-elections
    std::vector<UnitElectionReported> by_elections;
    UnitReport last_report = UnitReport::first;
    std::map<DelegateId, Mandate> mandates;
    bool credentials_adopted = false;
    int supplements = 0;
    int entitled = 0;  ///< valid mandates: the base of quorum and majority
    /// Delegates who have registered at this congress, those included who have left since: the base where the rules
    /// take those enrolled and not those elected (RR1915 § 64).
    std::set<DelegateId> enrolled;
    Sitting sitting;
    int stretch = 0;   ///< how often a sitting was opened or resumed: an interruption or an end begins a new stretch
    Text last_closed;  ///< title of the sitting that was closed last
    std::optional<Sitting> adjourned;     ///< the congress's own sitting, set aside while a first plenary meets
    std::vector<SittingRecord> sittings;  ///< all, in the order in which their doors were opened
    bool preparatory_held = false;        ///< and the credentials report and the agenda adopted in it
    std::vector<DelegateId> presidium;
    DelegateId secretary_general;
    int presidium_meetings = 0;
    std::vector<PresidiumMeeting> presidium_met;
    std::vector<Item> agenda;
    ItemId current_item;
    int item_called_in = 0;  ///< number of the sitting in which it was called last
    std::map<QuestionId, Question> questions;
    QuestionId open_question;             ///< empty if none
    std::vector<DelegateId> scrutineers;  ///< the head first
    std::map<std::string, Document> documents;
    std::vector<BodyRecord> bodies;
    std::vector<QuorumMeasured> quorums;
    bool closed = false;
    std::optional<UtcTime> closed_at;
    UtcTime last_at;
    Focus focus = Focus::none;
    std::string focus_subject;  ///< question, item or body

    /// The item of this id, or nullptr.
    const Item* find_item(const ItemId& item) const;
    /// The body that the pack calls so, or nullptr where this congress does not bring it forth.
    const BodyRecord* find_body(std::string_view name) const;
    /// The electing unit of this id, or nullptr.
    const Unit* find_unit(const UnitId& unit) const;
    /// Seats of a unit without a mandate: it ended, or was found invalid.
    std::int64_t vacant_seats(const Unit& unit) const;
    /// The name of a delegate as on the card; the id where the name was erased.
    std::string name_of_delegate(const DelegateId& delegate) const;
    /// True while the members of a body just elected hold their first plenary.
    bool in_first_plenary() const;
    /// Those entitled to vote in the sitting: the delegates, or the members of the body that meets.
    std::int64_t electors() const;
    /// Has a vote in the sitting: a valid mandate; in a first plenary a seat in the body that meets.
    bool is_elector(const DelegateId& person) const;
    /// The adopted lists whose candidates may not watch: all of them; in a first plenary, whose members have all been
    /// candidates for their own body, those of the offices that it elects.
    std::vector<const AdoptCandidates*> lists_at_stake() const;
    /// Who watches the ballots of the sitting.
    const std::vector<DelegateId>& scrutineers_now() const;
    /// The bodies and offices that the last plenary of a body has elected, in the order of the plan.
    std::vector<const BodyRecord*> elected_in(std::string_view body) const;
    /// The plenary in which the members of another body elected this one, or nullptr.
    const PlenaryHeld* plenary_of(const BodyRecord& body) const;
    /// Who did not approve the result of a body, and with which reply; nullptr where nobody refused.
    const std::pair<const RequestKey, Request>* refusal_of(std::string_view body) const;
    /// True of a body that is formed by nomination after consultation and not elected: as its item of the agenda says,
    /// or where there is none, as the rules put first.
    bool is_nominated(std::string_view body) const;
    /// True if every party that the pack names for this has granted it.
    bool granted(Matter matter, std::string_view body) const;
    /// True while those present of an interrupted sitting were there on an earlier day than this instant's, at the
    /// place: a night has passed, and who is there again is not known.
    bool presence_is_of_yesterday(UtcTime now) const;
};

/// The congress at an instant at which nothing has happened yet: after a night nobody counts as present in an
/// interrupted sitting before he has checked in again.
Congress seen_at(Congress congress, UtcTime now);

/// What a congress answers to what is asked.
///
/// congress, command  the state and what is asked; `now` is the instant of the act
/// refuses  congress::Why, in the order in which a chair would check; what rules refuses (undecided, with the field's
/// name) cost     linear in what the command names, except close_congress (items) and check-in (logarithmic in
/// delegates)
plenum::Result<std::vector<Event>> decide(const Congress& congress, const ask::Command& command, UtcTime now);

/// The state after a fact. Never refuses: the fact happened.
Congress evolve(Congress congress, const Event& event, UtcTime at);
/// Whether evolve may be given an event out of a journal: rules that another version of the program took, and that are
/// carried by the event as text, may be refused by this one. refuses  what rules::Rules refuses, with the place in them
plenum::Result<Done> check_rules_carried(const Congress& congress, const Event& event);

/// "planning", "preparing", "gathering", "in_session", "interrupted", "between_sittings", "closed", "approved": for
/// lists. "approved" is a closed congress that brought forth every body and office of its plan, none of whose results
/// waits for approval or was refused.
std::string_view phase_of(const Congress& congress);

/// Who must consent in a matter under these rules; empty where nobody must.
std::vector<std::string> parties_to_ask(const rules::Rules& rules, Matter matter);

/// The rules under which a question is voted on: those in force, and of a measure those that it would make. It is
/// adopted by the majority that it states itself: nothing else is decided yet
/// (docs/decisions/0005-the-measure-adopts-itself.md).
plenum::Result<rules::Rules> rules_of_vote(const Congress& congress, const Subject& subject);

/// True where the rules let the assembly elect those who watch its ballots.
bool assembly_elects_scrutineers(const rules::Rules& rules);

/// Whether the ballots of a body's round may be handed out at this moment: its sitting is open, those present were
/// counted for them since it was opened or resumed, and none of them has left. Whether they were a quorum the election
/// asks. A ballot by post knows no sitting: there the count alone is asked for.
/// refuses  body_unknown, sitting_not_open, sitting_interrupted, ballots_not_authorised, presence_fell,
///          entitled_changed, list_not_adopted (the ballots would not be this round's)
plenum::Result<Done> ballots_may_be_issued(const Congress& congress, std::string_view body, int round);

/// True of a body whose ballots go by post: no sitting holds them.
bool is_by_post(const Congress& congress, std::string_view body);

/// Whether the box of a body's election may be shown empty, and opened, at this moment: in the open sitting, except by
/// post.
/// refuses  body_unknown, sitting_not_open, sitting_interrupted
plenum::Result<Done> box_may_be_handled(const Congress& congress, std::string_view body);

/// Who watches or counts the ballots of a body in its sitting is in the hall. Nothing is asked of whoever is no elector
/// there (a scrutineer from outside), of a ballot by post, and while no doors are open.
/// refuses  not_present
plenum::Result<Done> must_be_in_the_hall(const Congress& congress, std::string_view body, const DelegateId& person,
                                         Place place);

/// The quorum that the open doors or the open sitting wants, with those present now.
plenum::Result<rules::Quorum> quorum_now(const Congress& congress);

}  // namespace plenum::congress
