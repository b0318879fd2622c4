// SPDX-License-Identifier: Apache-2.0
// What may be asked of a congress: one struct for each act, named as the secretariat names it.
#pragma once
#include "congress/parts.h"

namespace plenum::congress::ask {

/// Plans a congress: numbers within the rule pack, the pack itself taken along as text so that a replay needs no file.
struct Plan {
    static constexpr std::string_view kind = "plan";
    Text organisation;
    Text higher_union;
    Numbering numbering;
    Kind congress_kind = Kind::ordinary;
    bool rehearsal = false;
    std::int64_t members = 0;
    std::int64_t women_members = 0;
    int delegates = 0;
    int term_years = 0;
    Date begins_on;
    Date ends_on;
    Text place;
    int utc_offset_minutes = 0;
    std::vector<Body> bodies;
    std::string pack;
    std::map<std::string, std::string> pack_texts;
    static constexpr auto fields() {
        return fields_of(
            field("organisation", &Plan::organisation, "the organisation"),
            field("higher_union", &Plan::higher_union, "the union above, or the same text"),
            field("numbering", &Plan::numbering, "numbering"),
            field("congress_kind", &Plan::congress_kind, "ordinary | extraordinary | electing"),
            field("rehearsal", &Plan::rehearsal, "true for a rehearsal: marked on every page and document"),
            field("members", &Plan::members, "members of the organisation").between(1, most::members),
            field("women_members", &Plan::women_members, "women among them").between(0, most::members),
            field("delegates", &Plan::delegates, "delegates planned").between(1, most::delegates),
            field("term_years", &Plan::term_years, "term of the bodies elected, in years").between(0, 99),
            field("begins_on", &Plan::begins_on, "first day"), field("ends_on", &Plan::ends_on, "last day"),
            field("place", &Plan::place, "where"),
            field("utc_offset_minutes", &Plan::utc_offset_minutes, "local time of the place, minutes east of UTC")
                .between(-12 * 60, most_offset_minutes),
            field("bodies", &Plan::bodies, "bodies to bring forth"), field("pack", &Plan::pack, "id of the rule pack"),
            prose("pack_texts", &Plan::pack_texts, "texts of the pack and of those it inherits from")
                .at_most(most::rules));
    }
};

/// The adopter confirms values of the pack that nobody could verify, each by name, before the pack is used.
struct ConfirmValues {
    static constexpr std::string_view kind = "confirm_values";
    std::vector<std::string> fields_confirmed;
    static constexpr auto fields() {
        return fields_of(field("fields", &ConfirmValues::fields_confirmed, "dotted names"));
    }
};

/// Sends a request for consent (请示) to one of the parties that the pack names.
struct SendRequest {
    static constexpr std::string_view kind = "send_request";
    Matter matter = Matter::holding;
    std::string party;
    std::string body;
    std::string document;
    static constexpr auto fields() {
        return fields_of(field("matter", &SendRequest::matter, "holding | candidates | results"),
                         field("party", &SendRequest::party, "as the pack names it"),
                         field("body", &SendRequest::body, "for candidates and results"),
                         field("document", &SendRequest::document, "document number"));
    }
};

/// Records the reply (批复) to a request.
struct RecordReply {
    static constexpr std::string_view kind = "record_reply";
    Matter matter = Matter::holding;
    std::string party;
    std::string body;
    bool granted = false;
    std::string document;
    static constexpr auto fields() {
        return fields_of(field("matter", &RecordReply::matter, "holding | candidates | results"),
                         field("party", &RecordReply::party, "as the pack names it"),
                         field("body", &RecordReply::body, "for candidates and results"),
                         field("granted", &RecordReply::granted, "consent given"),
                         field("document", &RecordReply::document, "document number"));
    }
};

/// Shares out the seats of the delegates over the electing units.
struct Allocate {
    static constexpr std::string_view kind = "allocate";
    AllocationMethod method = AllocationMethod::stated;
    int minimum = 0;
    std::vector<Unit> units;
    static constexpr auto fields() {
        return fields_of(field("method", &Allocate::method, "stated | largest_remainder"),
                         field("minimum", &Allocate::minimum, "least seats of a unit").between(0, most::delegates),
                         field("units", &Allocate::units, "units; with largest_remainder their seats are computed"));
    }
};

/// A unit reports whom it elected, with the numbers of its electing meeting. Until the credentials report is adopted,
/// and while no doors are open, another report of the unit takes the place of the one before; afterwards it says whom
/// the unit elected to its seats whose mandates have ended or were found invalid (补选).
struct ReportUnitElection {
    static constexpr std::string_view kind = "report_unit_election";
    UnitId unit;
    std::int64_t electors = 0;
    std::int64_t participating = 0;
    int candidates = 0;
    std::int64_t least_votes = 0;
    std::vector<Delegate> delegates;
    static constexpr auto fields() {
        return fields_of(
            field("unit", &ReportUnitElection::unit, "unit"),
            field("electors", &ReportUnitElection::electors, "members entitled to vote in the unit")
                .between(0, most::members),
            field("participating", &ReportUnitElection::participating, "members who took part")
                .between(0, most::members),
            field("candidates", &ReportUnitElection::candidates, "names on the list").between(0, most::candidates),
            field("least_votes", &ReportUnitElection::least_votes, "votes of the elected person with the fewest")
                .between(0, most::members),
            field("delegates", &ReportUnitElection::delegates, "elected"));
    }
};

/// Records findings of the credentials review; after the report was adopted they are a numbered supplement.
struct ReviewCredentials {
    static constexpr std::string_view kind = "review_credentials";
    std::vector<DelegateFinding> findings;
    static constexpr auto fields() { return fields_of(field("findings", &ReviewCredentials::findings, "findings")); }
};

/// A mandate ends: from now on it gives no seat and no vote, and counts in no base.
struct EndMandate {
    static constexpr std::string_view kind = "end_mandate";
    DelegateId delegate;
    MandateEnd status = MandateEnd::resigned;
    static constexpr auto fields() {
        return fields_of(field("delegate", &EndMandate::delegate, "delegate"),
                         field("status", &EndMandate::status, "resigned | moved_away | recalled | died | term_ended"));
    }
};

/// Opens the doors for a sitting.
struct OpenCheckIn {
    static constexpr std::string_view kind = "open_check_in";
    SittingId sitting;
    SittingKind sitting_kind = SittingKind::plenary;
    Text title;
    bool elects = false;
    std::optional<std::string> body = {};
    static constexpr auto fields() {
        return fields_of(field("sitting", &OpenCheckIn::sitting, "sitting"),
                         field("sitting_kind", &OpenCheckIn::sitting_kind, "preparatory | plenary | first_plenary"),
                         field("body", &OpenCheckIn::body, "for first_plenary: the body whose members meet"),
                         field("title", &OpenCheckIn::title, "title"),
                         field("elects", &OpenCheckIn::elects,
                               "ballots are held in this sitting, so the quorum for elections applies"));
    }
};

/// A delegate arrives.
struct CheckIn {
    static constexpr std::string_view kind = "check_in";
    DelegateId delegate;
    CheckInMethod method = CheckInMethod::card;
    static constexpr auto fields() {
        return fields_of(field("delegate", &CheckIn::delegate, "delegate"),
                         field("method", &CheckIn::method, "card | manual | mobile_box"));
    }
};

/// A delegate leaves the hall for good or for a while.
struct Leave {
    static constexpr std::string_view kind = "leave";
    DelegateId delegate;
    static constexpr auto fields() { return fields_of(field("delegate", &Leave::delegate, "delegate")); }
};

/// Opens the sitting if a quorum is there; also one whose doors waited for it.
struct OpenSitting {
    static constexpr std::string_view kind = "open_sitting";
    DelegateId chair;
    static constexpr auto fields() {
        return fields_of(field("chair", &OpenSitting::chair, "delegate who takes the chair"));
    }
};

/// Another takes the chair of the sitting; who has it can't leave before.
struct HandOverChair {
    static constexpr std::string_view kind = "hand_over_chair";
    DelegateId chair;
    static constexpr auto fields() {
        return fields_of(field("chair", &HandOverChair::chair, "delegate who takes the chair"));
    }
};

/// Interrupts the sitting; doors stay open.
struct InterruptSitting {
    static constexpr std::string_view kind = "interrupt_sitting";
    Interruption reason = Interruption::pause;
    Text announcement;
    static constexpr auto fields() {
        return fields_of(
            field("reason", &InterruptSitting::reason, "pause | want_of_quorum | count_of_ballots | end_of_day"),
            prose("announcement", &InterruptSitting::announcement, "what happens next").at_most(most::announced));
    }
};

/// Resumes it; the quorum is measured anew. A sitting that was never opened is opened instead.
struct ResumeSitting {
    static constexpr std::string_view kind = "resume_sitting";
    static constexpr auto fields() { return fields_of(); }
};

/// Closes the sitting.
struct CloseSitting {
    static constexpr std::string_view kind = "close_sitting";
    static constexpr auto fields() { return fields_of(); }
};

/// Has those present counted; before ballots are issued it is a condition.
struct MeasureQuorum {
    static constexpr std::string_view kind = "measure_quorum";
    QuorumOccasion occasion = QuorumOccasion::on_request;
    std::string body;
    int round = 0;
    static constexpr auto fields() {
        return fields_of(field("occasion", &MeasureQuorum::occasion,
                               "ballot_issue | on_request; in an event also opening | resumption"),
                         field("body", &MeasureQuorum::body, "for ballot_issue: the body"),
                         field("round", &MeasureQuorum::round, "for ballot_issue: the round of voting"));
    }
};

/// Puts a question to the vote.
struct PutQuestion {
    static constexpr std::string_view kind = "put_question";
    QuestionId question;
    std::optional<ItemId> item;
    Text text;
    VoteMode mode = VoteMode::show_of_hands;
    std::optional<UtcTime> closes_at;
    Subject subject;
    static constexpr auto fields() {
        return fields_of(
            field("question", &PutQuestion::question, "question"),
            field("item", &PutQuestion::item, "item of the agenda, once there is one"),
            prose("text", &PutQuestion::text, "the question as the chair reads it").at_most(most::question),
            field("mode", &PutQuestion::mode, "show_of_hands | acclamation | secret"),
            field("closes_at", &PutQuestion::closes_at, "when the vote ends, if the chair says so beforehand"),
            field("subject", &PutQuestion::subject, "what it is about"));
    }
};

/// The chair declares the vote. By acclamation no numbers are given and no voice was raised against.
struct DeclareVote {
    static constexpr std::string_view kind = "declare_vote";
    QuestionId question;
    std::optional<std::int64_t> in_favour;
    std::optional<std::int64_t> against;
    std::optional<std::int64_t> abstaining;
    static constexpr auto fields() {
        return fields_of(field("question", &DeclareVote::question, "question"),
                         field("for", &DeclareVote::in_favour, "votes for"),
                         field("against", &DeclareVote::against, "votes against"),
                         field("abstain", &DeclareVote::abstaining, "abstentions"));
    }
};

/// Takes an open question back.
struct WithdrawQuestion {
    static constexpr std::string_view kind = "withdraw_question";
    QuestionId question;
    static constexpr auto fields() { return fields_of(field("question", &WithdrawQuestion::question, "question")); }
};

/// Records a meeting of the presidium.
struct MeetPresidium {
    static constexpr std::string_view kind = "meet_presidium";
    std::vector<DelegateId> executive_chairs;
    std::vector<Text> decisions;
    static constexpr auto fields() {
        return fields_of(field("executive_chairs", &MeetPresidium::executive_chairs, "executive chairs it named"),
                         prose("decisions", &MeetPresidium::decisions, "what it decided").at_most(most::fact));
    }
};

/// Calls an item of the agenda.
struct CallItem {
    static constexpr std::string_view kind = "call_item";
    ItemId item;
    static constexpr auto fields() { return fields_of(field("item", &CallItem::item, "item")); }
};

/// Lays a document before the congress.
struct LayDocument {
    static constexpr std::string_view kind = "lay_document";
    std::optional<ItemId> item;
    Text title;
    std::string language;
    std::string markdown;
    static constexpr auto fields() {
        return fields_of(field("item", &LayDocument::item, "item it belongs to"),
                         field("title", &LayDocument::title, "title"),
                         field("language", &LayDocument::language, "language of the text"),
                         prose("markdown", &LayDocument::markdown, "text, Markdown").at_most(most::paper));
    }
};

/// A report is heard.
struct HearReport {
    static constexpr std::string_view kind = "hear_report";
    ItemId item;
    std::string presenter;
    Delivery delivery = Delivery::read_out;
    std::string document;
    static constexpr auto fields() {
        return fields_of(field("item", &HearReport::item, "item"),
                         personal("presenter", &HearReport::presenter, "who presented it").at_most(most::name),
                         field("delivery", &HearReport::delivery, "read_out | in_writing"),
                         field("document", &HearReport::document, "hash of the document laid"));
    }
};

/// A delegation deliberated an item.
struct RecordDeliberation {
    static constexpr std::string_view kind = "record_deliberation";
    ItemId item;
    UnitId unit;
    int speakers = 0;
    Text summary;
    std::vector<Amendment> amendments;
    static constexpr auto fields() {
        return fields_of(
            field("item", &RecordDeliberation::item, "item"), field("unit", &RecordDeliberation::unit, "delegation"),
            field("speakers", &RecordDeliberation::speakers, "speakers").between(0, most::delegates),
            prose("summary", &RecordDeliberation::summary, "summary"),
            field("amendments", &RecordDeliberation::amendments, "amendments asked for, with their disposition"));
    }
};

/// Concludes an item that needs no vote (ceremonies, reports only heard).
struct ConcludeItem {
    static constexpr std::string_view kind = "conclude_item";
    ItemId item;
    static constexpr auto fields() { return fields_of(field("item", &ConcludeItem::item, "item")); }
};

/// Has a fact noted in the minutes (anthem, greetings, an award).
struct NoteFact {
    static constexpr std::string_view kind = "note_fact";
    Text text;
    static constexpr auto fields() {
        return fields_of(prose("text", &NoteFact::text, "the fact as a sentence").at_most(most::fact));
    }
};

/// Declares a certified result of an election.
struct DeclareResult {
    static constexpr std::string_view kind = "declare_result";
    DeclaredResult result;
    static constexpr auto fields() { return fields_of(field("result", &DeclareResult::result, "result")); }
};

/// Announces a body produced by nomination after consultation (women's committee).
struct Nominate {
    static constexpr std::string_view kind = "nominate";
    std::string body;
    Text proposed_by;
    Text consulted;
    Date consulted_on;
    std::string document;
    std::vector<NominatedMember> members;
    std::optional<Text> head_agreed = {};
    static constexpr auto fields() {
        return fields_of(
            field("body", &Nominate::body, "body"), field("proposed_by", &Nominate::proposed_by, "who nominated"),
            field("consulted", &Nominate::consulted, "who was consulted"),
            field("consulted_on", &Nominate::consulted_on, "when"),
            field("document", &Nominate::document, "document number"), field("members", &Nominate::members, "members"),
            field("head_agreed", &Nominate::head_agreed,
                  "with whom the chair was agreed on, who is no woman chair or vice chair"));
    }
};

/// Calls a new election of a body whose result the union above did not approve (重新选举, R2016 Art. 28): its list, its
/// ballots and its result begin again, and what its members had elected falls with it.
struct CallNewElection {
    static constexpr std::string_view kind = "call_new_election";
    std::string body;
    static constexpr auto fields() {
        return fields_of(field("body", &CallNewElection::body, "body whose result was not approved"));
    }
};

/// Tells the congress whom the plenary of a body has elected.
struct AnnouncePlenary {
    static constexpr std::string_view kind = "announce_plenary";
    std::string body;
    static constexpr auto fields() { return fields_of(field("body", &AnnouncePlenary::body, "body that met")); }
};

/// Closes the congress.
struct CloseCongress {
    static constexpr std::string_view kind = "close_congress";
    static constexpr auto fields() { return fields_of(); }
};

/// Everything that may be asked.
using Command =
    std::variant<Plan, ConfirmValues, SendRequest, RecordReply, Allocate, ReportUnitElection, ReviewCredentials,
                 EndMandate, OpenCheckIn, CheckIn, Leave, OpenSitting, HandOverChair, InterruptSitting, ResumeSitting,
                 CloseSitting, MeasureQuorum, PutQuestion, DeclareVote, WithdrawQuestion, MeetPresidium, CallItem,
                 LayDocument, HearReport, RecordDeliberation, ConcludeItem, NoteFact, DeclareResult, Nominate,
                 CallNewElection, AnnouncePlenary, CloseCongress>;

}  // namespace plenum::congress::ask
