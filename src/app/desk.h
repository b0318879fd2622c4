// SPDX-License-Identifier: Apache-2.0
// What the console reads of a congress, as docs/formats/desk.md says it. Each struct lists its fields once; what is
// sent and what the interface describes come from that list. Nothing here decides: it says what the books hold.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/office.h"

namespace plenum::app::desk {

/// A person by id, with the name as on the card.
struct Person {
    std::string id;
    std::string name;
    static constexpr auto fields() {
        using Me = Person;
        return fields_of(field("id", &Me::id, "id"), personal("name", &Me::name, "name; the id where it was erased"));
    }
};
/// A word of the rules with what it means.
struct Choice {
    std::string value;
    Text label;
    static constexpr auto fields() {
        using Me = Choice;
        return fields_of(field("value", &Me::value, "the word"), field("label", &Me::label, "what it means"));
    }
};
/// The rule pack of a congress, and what of it the adopter has still to confirm.
struct Pack {
    std::string id;
    Text name;
    std::string hash;
    std::vector<std::string> unconfirmed;
    static constexpr auto fields() {
        using Me = Pack;
        return fields_of(field("id", &Me::id, "id"), field("name", &Me::name, "name"),
                         field("hash", &Me::hash, "SHA-256 of its chain"),
                         field("unconfirmed", &Me::unconfirmed, "values that still want confirming by name"));
    }
};
/// One part of the measure, as it was adopted.
struct MeasurePart {
    std::string text;
    static constexpr auto fields() {
        using Me = MeasurePart;
        return fields_of(prose("text", &Me::text, "TOML as adopted"));
    }
};
/// What the congress has adopted over its pack, and what it has still to state.
struct Measure {
    std::string hash;
    std::vector<MeasurePart> parts;
    std::vector<std::string> left_open;
    static constexpr auto fields() {
        using Me = Measure;
        return fields_of(field("hash", &Me::hash, "of the parts adopted; empty before the first"),
                         field("parts", &Me::parts, "in the order adopted"),
                         field("left_open", &Me::left_open, "what the measure has still to state"));
    }
};
/// Where a consent stands; `refused` until it is asked for again.
BOOST_DEFINE_ENUM_CLASS(RequestState, not_sent, sent, granted, refused)
/// What the rules want asked of a party, and what became of it.
struct Request {
    congress::Matter matter = congress::Matter::holding;
    Text matter_name;
    std::string body;
    std::optional<Text> body_name;
    std::string party;
    Text party_name;
    RequestState state = RequestState::not_sent;
    std::string document;
    std::optional<UtcTime> sent_at;
    std::string reply;
    std::optional<UtcTime> replied_at;
    static constexpr auto fields() {
        using Me = Request;
        return fields_of(
            field("matter", &Me::matter, "holding, candidates or results"),
            field("matter_name", &Me::matter_name, "in words"), field("body", &Me::body, "body; empty for holding"),
            field("body_name", &Me::body_name, "its title"), field("party", &Me::party, "as the pack names it"),
            field("party_name", &Me::party_name, "in words"),
            field("state", &Me::state, "not_sent, sent, granted or refused"),
            field("document", &Me::document, "number of the request"), field("sent_at", &Me::sent_at, "when sent"),
            field("reply", &Me::reply, "number of the reply"), field("replied_at", &Me::replied_at, "when answered"));
    }
};
/// How the seats of the delegates were shared out.
struct Allocation {
    congress::AllocationMethod method = congress::AllocationMethod::stated;
    Text method_name;
    std::int64_t seats = 0;
    static constexpr auto fields() {
        using Me = Allocation;
        return fields_of(field("method", &Me::method, "how"), field("method_name", &Me::method_name, "in words"),
                         field("seats", &Me::seats, "delegates shared out"));
    }
};
/// An electing unit, with its election once that was reported and its delegates counted.
struct Unit {
    std::string id;
    Text name;
    std::int64_t members = 0;
    std::int64_t seats = 0;
    bool reported = false;
    std::optional<std::int64_t> electors;
    std::optional<std::int64_t> participating;
    std::optional<std::int64_t> candidates;
    std::optional<std::int64_t> least_votes;
    std::int64_t delegates = 0;
    std::int64_t valid = 0;
    std::int64_t present = 0;
    static constexpr auto fields() {
        using Me = Unit;
        return fields_of(
            field("id", &Me::id, "id"), field("name", &Me::name, "name, also of its delegation"),
            field("members", &Me::members, "members it counts"), field("seats", &Me::seats, "delegates it sends"),
            field("reported", &Me::reported, "its election was reported"),
            field("electors", &Me::electors, "entitled in it"), field("participating", &Me::participating, "took part"),
            field("candidates", &Me::candidates, "names on its list"),
            field("least_votes", &Me::least_votes, "fewest votes of anybody elected"),
            field("delegates", &Me::delegates, "delegates reported"),
            field("valid", &Me::valid, "of these with a valid mandate"),
            field("present", &Me::present, "of these present now"));
    }
};
/// The mandates in figures; every number counts delegates.
struct Credentials {
    std::int64_t delegates = 0;
    std::int64_t valid = 0;
    std::int64_t invalid = 0;
    std::int64_t pending = 0;
    std::int64_t unreviewed = 0;
    std::int64_t entitled = 0;
    std::int64_t women = 0;
    std::int64_t managers = 0;
    bool adopted = false;
    std::int64_t supplements = 0;
    static constexpr auto fields() {
        using Me = Credentials;
        return fields_of(field("delegates", &Me::delegates, "reported"), field("valid", &Me::valid, "valid"),
                         field("invalid", &Me::invalid, "invalid"),
                         field("pending", &Me::pending, "reviewed and pending"),
                         field("unreviewed", &Me::unreviewed, "not reviewed"),
                         field("entitled", &Me::entitled, "base of quorum and majority"),
                         field("women", &Me::women, "women among the valid"),
                         field("managers", &Me::managers, "managers among the valid"),
                         field("adopted", &Me::adopted, "the report was adopted"),
                         field("supplements", &Me::supplements, "supplements since"));
    }
};
/// A candidate on the adopted list of a body.
struct ListedCandidate {
    std::string id;
    std::string name;
    std::string unit;
    static constexpr auto fields() {
        using Me = ListedCandidate;
        return fields_of(field("id", &Me::id, "candidate"), personal("name", &Me::name, "name as printed"),
                         personal("unit", &Me::unit, "unit as printed"));
    }
};
/// The adopted list of a body.
struct BodyList {
    int round = 1;
    std::vector<ListedCandidate> candidates;
    static constexpr auto fields() {
        using Me = BodyList;
        return fields_of(field("round", &Me::round, "round it was adopted for"),
                         field("candidates", &Me::candidates, "in the order of printing"));
    }
};
/// One line of a result.
struct Row {
    std::int64_t rank = 0;
    std::string id;
    std::string name;
    std::string unit;
    std::int64_t in_favour = 0;
    std::optional<std::int64_t> against;
    std::optional<std::int64_t> abstain;
    bool elected = false;
    bool tied = false;
    bool write_in = false;
    bool ineligible = false;
    static constexpr auto fields() {
        using Me = Row;
        return fields_of(field("rank", &Me::rank, "place by votes for"), field("id", &Me::id, "candidate"),
                         personal("name", &Me::name, "name"), personal("unit", &Me::unit, "unit"),
                         field("for", &Me::in_favour, "votes for"), field("against", &Me::against, "votes against"),
                         field("abstain", &Me::abstain, "abstentions"), field("elected", &Me::elected, "elected"),
                         field("tied", &Me::tied, "tied for the last seats"),
                         field("write_in", &Me::write_in, "was not on the list"),
                         field("ineligible", &Me::ineligible, "cannot be elected"));
    }
};
/// A result as the congress declared it.
struct DeclaredResult {
    int round = 1;
    std::int64_t seats = 0;
    bool valid_election = false;
    std::int64_t entitled = 0;
    std::int64_t present = 0;
    std::int64_t issued = 0;
    std::int64_t returned = 0;
    std::int64_t invalid = 0;
    std::int64_t valid = 0;
    std::optional<std::int64_t> threshold;
    std::string base;
    Text base_name;
    std::int64_t base_count = 0;
    std::int64_t open = 0;
    std::vector<Choice> next;
    std::string certificate;
    bool pending = false;
    std::vector<Row> rows;
    static constexpr auto fields() {
        using Me = DeclaredResult;
        return fields_of(
            field("round", &Me::round, "round"), field("seats", &Me::seats, "seats at stake"),
            field("valid_election", &Me::valid_election, "false if more ballots came back than went out"),
            field("entitled", &Me::entitled, "entitled"), field("present", &Me::present, "taking part"),
            field("issued", &Me::issued, "ballots issued"), field("returned", &Me::returned, "ballots returned"),
            field("invalid", &Me::invalid, "invalid ballots"), field("valid", &Me::valid, "valid ballots"),
            field("threshold", &Me::threshold, "votes needed"), field("base", &Me::base, "base of the threshold"),
            field("base_name", &Me::base_name, "in words"), field("base_count", &Me::base_count, "its number"),
            field("open", &Me::open, "seats left open"), field("next", &Me::next, "lawful next steps"),
            field("certificate", &Me::certificate, "SHA-256"), field("pending", &Me::pending, "awaits approval"),
            field("rows", &Me::rows, "by rank"));
    }
};
/// A member of a body that was formed by nomination.
struct Nominee {
    std::string name;
    std::string unit;
    std::string role;
    static constexpr auto fields() {
        using Me = Nominee;
        return fields_of(personal("name", &Me::name, "name"), personal("unit", &Me::unit, "unit"),
                         field("role", &Me::role, "chair, vice_chair or member"));
    }
};
/// How a body was formed by nomination after consultation.
struct Nominated {
    Text proposed_by;
    Text consulted;
    Date consulted_on;
    std::string document;
    std::vector<Nominee> members;
    static constexpr auto fields() {
        using Me = Nominated;
        return fields_of(
            field("proposed_by", &Me::proposed_by, "who nominated"),
            field("consulted", &Me::consulted, "who was consulted"), field("consulted_on", &Me::consulted_on, "when"),
            field("document", &Me::document, "document number"), field("members", &Me::members, "members"));
    }
};
/// Elected or nominated so far.
struct Member {
    std::string name;
    std::string unit;
    static constexpr auto fields() {
        using Me = Member;
        return fields_of(personal("name", &Me::name, "name"), personal("unit", &Me::unit, "unit"));
    }
};
/// A body that the congress brings forth, with the results that stand; those that did not are in the minutes.
struct Body {
    std::string name;
    Text title;
    std::int64_t seats = 0;
    std::int64_t filled = 0;
    std::optional<std::int64_t> reduced_from;
    congress::BodyState state = congress::BodyState::vacant;
    Text state_name;
    std::optional<BodyList> list;
    std::vector<DeclaredResult> results;
    std::optional<Nominated> nominated;
    std::vector<Member> members;
    static constexpr auto fields() {
        using Me = Body;
        return fields_of(
            field("name", &Me::name, "as the rule pack calls it"), field("title", &Me::title, "as announced"),
            field("seats", &Me::seats, "seats"), field("filled", &Me::filled, "filled so far"),
            field("reduced_from", &Me::reduced_from, "seats of the plan, where they were reduced to those elected"),
            field("state", &Me::state, "vacant, incomplete, pending_approval, approved or refused"),
            field("state_name", &Me::state_name, "in words"), field("list", &Me::list, "the adopted list"),
            field("results", &Me::results, "one a round"), field("nominated", &Me::nominated, "where it was nominated"),
            field("members", &Me::members, "elected or nominated so far"));
    }
};
/// The quorum that the open doors or the open sitting wants, with those present now.
struct Quorum {
    std::int64_t required = 0;
    bool met = false;
    Text rule;
    static constexpr auto fields() {
        using Me = Quorum;
        return fields_of(field("required", &Me::required, "needed"), field("met", &Me::met, "there"),
                         field("rule", &Me::rule, "the rule as a sentence"));
    }
};
/// Why and since when a sitting is interrupted.
struct Interruption {
    congress::Interruption reason = congress::Interruption::pause;
    Text reason_name;
    Text announcement;
    UtcTime at;
    static constexpr auto fields() {
        using Me = Interruption;
        return fields_of(field("reason", &Me::reason, "why"), field("reason_name", &Me::reason_name, "in words"),
                         prose("announcement", &Me::announcement, "what happens next"), field("at", &Me::at, "when"));
    }
};
/// Those present were counted.
struct Measured {
    congress::QuorumOccasion occasion = congress::QuorumOccasion::on_request;
    Text occasion_name;
    std::string body;
    std::int64_t round = 0;
    std::int64_t entitled = 0;
    std::int64_t present = 0;
    std::int64_t required = 0;
    bool met = false;
    UtcTime at;
    static constexpr auto fields() {
        using Me = Measured;
        return fields_of(
            field("occasion", &Me::occasion, "when"), field("occasion_name", &Me::occasion_name, "in words"),
            field("body", &Me::body, "for ballot_issue: the body"),
            field("round", &Me::round, "for ballot_issue: the round"), field("entitled", &Me::entitled, "entitled"),
            field("present", &Me::present, "present"), field("required", &Me::required, "needed"),
            field("met", &Me::met, "a quorum was there"), field("at", &Me::at, "when"));
    }
};
/// A sitting as the record knows it, so `closed` is one of its states.
BOOST_DEFINE_ENUM_CLASS(SittingState, checking_in, open, interrupted, closed)
/// A sitting from the opening of its doors on.
struct Sitting {
    std::string id;
    std::int64_t number = 0;
    congress::SittingKind kind = congress::SittingKind::plenary;
    Text kind_name;
    Text title;
    bool elects = false;
    SittingState state = SittingState::closed;
    std::optional<Person> chair;
    std::int64_t entitled = 0;
    std::int64_t present = 0;
    std::optional<Quorum> quorum;
    UtcTime check_in_at;
    std::optional<UtcTime> opened_at;
    std::optional<UtcTime> closed_at;
    std::optional<Interruption> interruption;
    std::vector<Measured> measured;
    static constexpr auto fields() {
        using Me = Sitting;
        return fields_of(
            field("id", &Me::id, "id"), field("number", &Me::number, "counted through the congress"),
            field("kind", &Me::kind, "preparatory or plenary"), field("kind_name", &Me::kind_name, "in words"),
            field("title", &Me::title, "title"), field("elects", &Me::elects, "ballots are held in it"),
            field("state", &Me::state, "checking_in, open, interrupted or closed"),
            field("chair", &Me::chair, "in the chair"),
            field("entitled", &Me::entitled, "entitled; of a closed sitting, then"),
            field("present", &Me::present, "present now, or when it closed"),
            field("quorum", &Me::quorum, "none where undecided, and of a closed sitting"),
            field("check_in_at", &Me::check_in_at, "doors opened"), field("opened_at", &Me::opened_at, "opened"),
            field("closed_at", &Me::closed_at, "closed"), field("interruption", &Me::interruption, "while interrupted"),
            field("measured", &Me::measured, "every count of those present"));
    }
};
/// A meeting of the presidium.
struct Meeting {
    std::int64_t number = 0;
    UtcTime at;
    std::vector<Person> executive_chairs;
    std::vector<Text> decisions;
    static constexpr auto fields() {
        using Me = Meeting;
        return fields_of(field("number", &Me::number, "number"), field("at", &Me::at, "when recorded"),
                         field("executive_chairs", &Me::executive_chairs, "executive chairs it named"),
                         prose("decisions", &Me::decisions, "what it decided"));
    }
};
/// The presidium with its meetings; without members until it was elected.
struct Presidium {
    std::vector<Person> members;
    std::optional<Person> secretary_general;
    std::vector<Meeting> meetings;
    static constexpr auto fields() {
        using Me = Presidium;
        return fields_of(field("members", &Me::members, "members"),
                         field("secretary_general", &Me::secretary_general, "secretary-general"),
                         field("meetings", &Me::meetings, "its meetings"));
    }
};
/// What a delegation wanted changed, and what became of it.
struct Amendment {
    Text text;
    congress::Disposition disposition = congress::Disposition::not_taken;
    static constexpr auto fields() {
        using Me = Amendment;
        return fields_of(prose("text", &Me::text, "what was asked"),
                         field("disposition", &Me::disposition, "what became of it"));
    }
};
/// What one delegation said on an item.
struct Deliberation {
    std::string unit;
    Text unit_name;
    std::int64_t speakers = 0;
    Text summary;
    std::vector<Amendment> amendments;
    static constexpr auto fields() {
        using Me = Deliberation;
        return fields_of(field("unit", &Me::unit, "delegation"), field("unit_name", &Me::unit_name, "its name"),
                         field("speakers", &Me::speakers, "speakers"), prose("summary", &Me::summary, "summary"),
                         field("amendments", &Me::amendments, "amendments asked for"));
    }
};
/// How far an item of the agenda is.
BOOST_DEFINE_ENUM_CLASS(ItemState, waiting, called, heard, deliberated, done)
/// An item of the agenda.
struct Item {
    std::string id;
    std::int64_t number = 0;
    congress::ItemType type = congress::ItemType::other;
    Text type_name;
    Text title;
    std::string presenter;
    std::string body;
    ItemState state = ItemState::waiting;
    Text state_name;
    bool current = false;
    std::vector<std::string> documents;
    std::vector<Deliberation> deliberations;
    static constexpr auto fields() {
        using Me = Item;
        return fields_of(
            field("id", &Me::id, "id"), field("number", &Me::number, "place in the agenda"),
            field("type", &Me::type, "what is done with it"), field("type_name", &Me::type_name, "in words"),
            field("title", &Me::title, "title"), personal("presenter", &Me::presenter, "who presents it, or empty"),
            field("body", &Me::body, "body to be elected or nominated, or empty"),
            field("state", &Me::state, "waiting, called, heard, deliberated or done"),
            field("state_name", &Me::state_name, "in words"),
            field("current", &Me::current, "the item that was called last and is not done"),
            field("documents", &Me::documents, "hashes"), field("deliberations", &Me::deliberations, "of delegations"));
    }
};
/// A vote as the chair declared it.
struct Votes {
    std::int64_t in_favour = 0;
    std::int64_t against = 0;
    std::int64_t abstain = 0;
    std::int64_t not_voting = 0;
    std::int64_t entitled = 0;
    std::int64_t present = 0;
    std::string base;
    Text base_name;
    std::int64_t base_count = 0;
    std::int64_t required = 0;
    UtcTime at;
    static constexpr auto fields() {
        using Me = Votes;
        return fields_of(
            field("for", &Me::in_favour, "votes for"), field("against", &Me::against, "votes against"),
            field("abstain", &Me::abstain, "abstentions"), field("not_voting", &Me::not_voting, "present and silent"),
            field("entitled", &Me::entitled, "entitled"), field("present", &Me::present, "present"),
            field("base", &Me::base, "base of the majority"), field("base_name", &Me::base_name, "in words"),
            field("base_count", &Me::base_count, "its number"), field("required", &Me::required, "votes needed"),
            field("at", &Me::at, "when declared"));
    }
};
/// What became of a question.
BOOST_DEFINE_ENUM_CLASS(QuestionState, open, adopted, lost, withdrawn)
/// A question that was put to the vote, with its votes once they were declared.
struct Question {
    std::string id;
    std::optional<std::string> item;
    std::string kind;
    Text subject;
    Text text;
    congress::VoteMode mode = congress::VoteMode::show_of_hands;
    Text mode_name;
    QuestionState state = QuestionState::open;
    std::optional<Text> rule;
    UtcTime put_at;
    std::optional<UtcTime> closes_at;
    std::optional<Votes> result;
    static constexpr auto fields() {
        using Me = Question;
        return fields_of(
            field("id", &Me::id, "id"), field("item", &Me::item, "item it belongs to"),
            field("kind", &Me::kind, "what is voted on: presidium, report, …"),
            field("subject", &Me::subject, "in words"), prose("text", &Me::text, "as the chair read it"),
            field("mode", &Me::mode, "how"), field("mode_name", &Me::mode_name, "in words"),
            field("state", &Me::state, "open, adopted, lost or withdrawn"),
            field("rule", &Me::rule, "majority needed, as a sentence"), field("put_at", &Me::put_at, "when put"),
            field("closes_at", &Me::closes_at, "when the vote ends"), field("result", &Me::result, "once declared"));
    }
};
/// A document laid before the congress; its text lies under `path`.
struct Document {
    std::string hash;
    std::string path;
    Text title;
    std::string language;
    std::optional<std::string> item;
    std::int64_t bytes = 0;
    UtcTime at;
    static constexpr auto fields() {
        using Me = Document;
        return fields_of(field("hash", &Me::hash, "SHA-256 of its text"),
                         field("path", &Me::path, "where it can be read"), field("title", &Me::title, "title"),
                         field("language", &Me::language, "language of the text"),
                         field("item", &Me::item, "item it belongs to"), field("bytes", &Me::bytes, "size"),
                         field("at", &Me::at, "when laid"));
    }
};
/// A candidate of one round, as the election knows the person.
struct Candidate {
    std::string id;
    std::string name;
    std::string unit;
    std::vector<std::string> roles;
    static constexpr auto fields() {
        using Me = Candidate;
        return fields_of(field("id", &Me::id, "id"), personal("name", &Me::name, "name as printed"),
                         personal("unit", &Me::unit, "unit as printed"),
                         personal("roles", &Me::roles, "roles that may bar"));
    }
};
/// What the paper offers and the count knows.
struct Columns {
    bool against = false;
    bool abstain = false;
    bool write_in = false;
    bool illegal = false;
    bool blank_ignored = false;
    static constexpr auto fields() {
        using Me = Columns;
        return fields_of(field("against", &Me::against, "votes against"), field("abstain", &Me::abstain, "abstentions"),
                         field("write_in", &Me::write_in, "names may be written in"),
                         field("illegal", &Me::illegal, "ballots that count in the base and for nobody"),
                         field("blank_ignored", &Me::blank_ignored, "blank ballots leave the base"));
    }
};
/// The stock of ballots of one round: printed = issued + spoilt + unused.
struct Ballots {
    std::int64_t printed = 0;
    std::int64_t issued = 0;
    std::int64_t spoilt = 0;
    std::int64_t unused = 0;
    std::int64_t entitled = 0;
    std::int64_t present = 0;
    UtcTime at;
    static constexpr auto fields() {
        using Me = Ballots;
        return fields_of(field("printed", &Me::printed, "printed"), field("issued", &Me::issued, "handed out"),
                         field("spoilt", &Me::spoilt, "spoilt before the vote"),
                         field("unused", &Me::unused, "left over"), field("entitled", &Me::entitled, "entitled then"),
                         field("present", &Me::present, "taking part then"), field("at", &Me::at, "when"));
    }
};
/// That a teller has entered a count, never what.
struct Entry {
    std::string teller;
    std::string name;
    static constexpr auto fields() {
        using Me = Entry;
        return fields_of(field("teller", &Me::teller, "who"), personal("name", &Me::name, "name"));
    }
};
/// A name that was not on the list, shown once both counts agreed.
struct WriteIn {
    std::string id;
    std::string name;
    std::int64_t votes = 0;
    std::optional<bool> eligible;
    std::string reason;
    std::string person;
    static constexpr auto fields() {
        using Me = WriteIn;
        return fields_of(field("id", &Me::id, "id in the count"), personal("name", &Me::name, "name as counted"),
                         field("votes", &Me::votes, "votes"),
                         field("eligible", &Me::eligible, "may be elected; none until checked"),
                         personal("reason", &Me::reason, "why"),
                         field("person", &Me::person, "delegate who is meant; empty if none, or not checked"));
    }
};
/// The certified result of one round, whether or not the congress has declared it.
struct Certified {
    std::string state;
    election::Method method = election::Method::ballot;
    bool valid_election = false;
    std::int64_t valid = 0;
    std::int64_t invalid = 0;
    std::optional<std::int64_t> threshold;
    std::string base;
    Text base_name;
    std::int64_t base_count = 0;
    std::int64_t open = 0;
    std::vector<std::string> tied;
    std::vector<Choice> next;
    std::string certificate;
    UtcTime at;
    std::vector<Row> rows;
    static constexpr auto fields() {
        using Me = Certified;
        return fields_of(
            field("state", &Me::state, "pending_approval or final"),
            field("method", &Me::method, "by ballot or uncontested"),
            field("valid_election", &Me::valid_election, "false if the election is void"),
            field("valid", &Me::valid, "valid ballots"), field("invalid", &Me::invalid, "invalid ballots"),
            field("threshold", &Me::threshold, "votes needed"), field("base", &Me::base, "base of the threshold"),
            field("base_name", &Me::base_name, "in words"), field("base_count", &Me::base_count, "its number"),
            field("open", &Me::open, "seats left open"), field("tied", &Me::tied, "tied for the last seats"),
            field("next", &Me::next, "lawful next steps"), field("certificate", &Me::certificate, "SHA-256"),
            field("at", &Me::at, "when"), field("rows", &Me::rows, "by rank"));
    }
};
/// Whether the two counts are in and agree; `agreed` once they were compared by the act.
BOOST_DEFINE_ENUM_CLASS(CountsState, none, one, agree, differ, agreed)
/// One round of the election of a body. What a teller counted is never in it before the counts agreed.
struct Election {
    std::string id;
    std::string body;
    Text title;
    std::int64_t seats = 0;
    std::int64_t round = 0;
    std::string round_kind;
    election::Phase phase = election::Phase::absent;
    Text phase_name;
    bool latest = false;
    std::vector<Candidate> candidates;
    std::vector<Person> scrutineers;
    std::vector<Person> tellers;
    std::vector<std::string> witnesses;
    Columns columns;
    std::optional<Ballots> ballots;
    std::optional<std::int64_t> returned;
    std::optional<std::int64_t> missing;
    std::vector<Entry> entries;
    CountsState counts = CountsState::none;
    std::optional<Json> differs;  ///< as problem_json writes it
    std::vector<WriteIn> write_ins;
    std::optional<Certified> result;
    bool declared = false;
    static constexpr auto fields() {
        using Me = Election;
        return fields_of(
            field("id", &Me::id, "id"), field("body", &Me::body, "body"), field("title", &Me::title, "title"),
            field("seats", &Me::seats, "seats"), field("round", &Me::round, "round"),
            field("round_kind", &Me::round_kind, "first, further or tie"), field("phase", &Me::phase, "how far it is"),
            field("phase_name", &Me::phase_name, "in words"),
            field("latest", &Me::latest, "the latest round of its body"),
            field("candidates", &Me::candidates, "the list"), field("scrutineers", &Me::scrutineers, "who watch"),
            field("tellers", &Me::tellers, "who count"),
            field("witnesses", &Me::witnesses, "scrutineers who saw the empty box"),
            field("columns", &Me::columns, "of a count"), field("ballots", &Me::ballots, "once issued"),
            field("returned", &Me::returned, "ballots in the box"),
            field("missing", &Me::missing, "issued and not returned"),
            field("entries", &Me::entries, "who has entered a count"),
            field("counts", &Me::counts, "none, one, agree, differ or agreed"),
            field("differs", &Me::differs, "the first place where they differ, without the numbers"),
            field("write_ins", &Me::write_ins, "once the counts agreed"),
            field("result", &Me::result, "once certified"),
            field("declared", &Me::declared, "the congress has declared it"));
    }
};
/// What happened last in a congress.
struct LastAct {
    std::int64_t seq = 0;
    std::string kind;
    UtcTime at;
    std::string actor;
    static constexpr auto fields() {
        using Me = LastAct;
        return fields_of(field("seq", &Me::seq, "number of its last event"), field("kind", &Me::kind, "what happened"),
                         field("at", &Me::at, "when"), field("actor", &Me::actor, "who did it"));
    }
};
/// GET /api/congresses/{id}/desk
struct Congress {
    std::string id;
    std::int64_t seq = 0;
    std::optional<UtcTime> at;
    bool rehearsal = false;
    std::string phase;
    Text phase_name;
    Text organisation;
    Text higher_union;
    Text title;
    congress::Numbering numbering;
    congress::Kind congress_kind = congress::Kind::ordinary;
    std::int64_t members = 0;
    std::int64_t women_members = 0;
    std::int64_t delegates_planned = 0;
    std::int64_t term_years = 0;
    Date begins_on;
    Date ends_on;
    Text place;
    std::int64_t utc_offset_minutes = 0;
    Pack pack;
    Measure measure;
    std::vector<Request> requests;
    std::optional<Allocation> allocation;
    std::vector<Unit> units;
    Credentials credentials;
    std::vector<Body> bodies;
    std::optional<Sitting> sitting;
    std::vector<Sitting> sittings;
    Presidium presidium;
    std::vector<Person> scrutineers;
    std::vector<Item> agenda;
    std::vector<Question> questions;
    std::optional<std::string> open_question;
    std::vector<Document> documents;
    std::vector<Election> elections;
    std::string focus;
    std::optional<UtcTime> closed_at;
    std::optional<LastAct> last;
    static constexpr auto fields() {
        using Me = Congress;
        return fields_of(
            field("id", &Me::id, "id"), field("seq", &Me::seq, "last event of the congress and its elections"),
            field("at", &Me::at, "its instant"),
            field("rehearsal", &Me::rehearsal, "a rehearsal, to be marked on every page"),
            field("phase", &Me::phase, "planning to approved"), field("phase_name", &Me::phase_name, "in words"),
            field("organisation", &Me::organisation, "who holds it"),
            field("higher_union", &Me::higher_union, "the union above"),
            field("title", &Me::title, "title with its numbering"), field("numbering", &Me::numbering, "numbering"),
            field("congress_kind", &Me::congress_kind, "kind"),
            field("members", &Me::members, "members of the organisation"),
            field("women_members", &Me::women_members, "women among them"),
            field("delegates_planned", &Me::delegates_planned, "delegates planned"),
            field("term_years", &Me::term_years, "term in years"), field("begins_on", &Me::begins_on, "first day"),
            field("ends_on", &Me::ends_on, "last day"), field("place", &Me::place, "where"),
            field("utc_offset_minutes", &Me::utc_offset_minutes, "local time, minutes east of UTC"),
            field("pack", &Me::pack, "rule pack"), field("measure", &Me::measure, "what was adopted over it"),
            field("requests", &Me::requests, "consents that the rules want"),
            field("allocation", &Me::allocation, "once the seats are shared out"),
            field("units", &Me::units, "electing units"), field("credentials", &Me::credentials, "mandates in figures"),
            field("bodies", &Me::bodies, "bodies to bring forth"),
            field("sitting", &Me::sitting, "the one whose doors are open"),
            field("sittings", &Me::sittings, "all, oldest first"), field("presidium", &Me::presidium, "presidium"),
            field("scrutineers", &Me::scrutineers, "the head first"), field("agenda", &Me::agenda, "in order"),
            field("questions", &Me::questions, "in the order put"),
            field("open_question", &Me::open_question, "being voted on"),
            field("documents", &Me::documents, "in the order laid"), field("elections", &Me::elections, "every round"),
            field("focus", &Me::focus, "what the hall screen follows"),
            field("closed_at", &Me::closed_at, "once closed"), field("last", &Me::last, "what happened last"));
    }
};
/// A row of the table of delegates.
struct Delegate {
    std::string id;
    std::string name;
    std::string sex;
    std::string birth;
    std::string post;
    std::string unit;
    std::string category;
    bool manager = false;
    bool head = false;
    congress::Finding finding = congress::Finding::pending;
    bool reviewed = false;
    std::string reason;
    std::optional<congress::MandateEnd> ended;
    bool elector = false;
    bool delegate = true;
    bool present = false;
    bool presidium = false;
    bool scrutineer = false;
    std::vector<std::string> candidate_for;
    std::optional<std::int64_t> number;
    std::optional<std::string> mandate;
    std::optional<std::string> member;
    static constexpr auto fields() {
        using Me = Delegate;
        return fields_of(
            field("id", &Me::id, "id"), personal("name", &Me::name, "name as on the card"),
            personal("sex", &Me::sex, "female, male or empty"),
            personal("birth", &Me::birth, "year and month, or empty"),
            personal("post", &Me::post, "post and workplace"), field("unit", &Me::unit, "electing unit"),
            field("category", &Me::category, "category"), field("manager", &Me::manager, "middle manager or above"),
            field("head", &Me::head, "head of the delegation"),
            field("finding", &Me::finding, "of the credentials review"),
            field("reviewed", &Me::reviewed, "there was a finding"), personal("reason", &Me::reason, "of the finding"),
            field("ended", &Me::ended, "why the mandate ended, where it did"),
            field("elector", &Me::elector,
                  "entitled to vote in the sitting; in a first plenary a member of the body that meets"),
            field("delegate", &Me::delegate, "false of a member of the body that meets who is no delegate"),
            field("present", &Me::present, "in the hall"),
            field("presidium", &Me::presidium, "member of the presidium"),
            field("scrutineer", &Me::scrutineer, "scrutineer"),
            field("candidate_for", &Me::candidate_for, "bodies whose adopted list names the delegate"),
            field("number", &Me::number, "number in the register"),
            field("mandate", &Me::mandate, "mandate in the register"),
            field("member", &Me::member, "member in the register"));
    }
};
/// GET /api/congresses/{id}/delegates
struct Delegates {
    std::int64_t seq = 0;
    bool all = false;
    std::vector<Delegate> rows;
    static constexpr auto fields() {
        using Me = Delegates;
        return fields_of(field("seq", &Me::seq, "last event of the congress, its elections and the register"),
                         field("all", &Me::all, "every row; else those that changed"),
                         field("rows", &Me::rows, "by id"));
    }
};
/// One field of a pack or of the rules in force.
struct RuleField {
    std::string field_name;
    Json value;
    std::optional<std::string> source;
    std::optional<std::string> pack;
    bool verified = false;
    bool inherited = false;
    std::optional<bool> confirmed;
    bool left_open = false;
    bool stated = false;
    static constexpr auto fields() {
        using Me = RuleField;
        return fields_of(field("field", &Me::field_name, "dotted name"),
                         field("value", &Me::value, "any value; null where unset"),
                         field("source", &Me::source, "article or page"), field("pack", &Me::pack, "pack that says so"),
                         field("verified", &Me::verified, "checked against the text"),
                         field("inherited", &Me::inherited, "taken over from a pack of another level"),
                         field("confirmed", &Me::confirmed,
                               "of a congress: named by confirm_values; none where nothing was to be confirmed"),
                         field("left_open", &Me::left_open, "the measure must state it and has not"),
                         field("stated", &Me::stated, "the measure has stated it"));
    }
};
/// GET /api/packs/{pack} and GET /api/congresses/{id}/rules
struct Rules {
    std::string id;
    Text name;
    std::string hash;
    std::vector<std::string> chain;
    std::vector<RuleField> list;
    static constexpr auto fields() {
        using Me = Rules;
        return fields_of(field("id", &Me::id, "id"), field("name", &Me::name, "name"),
                         field("hash", &Me::hash, "SHA-256 of its chain"),
                         field("chain", &Me::chain, "packs it is made of, the root first"),
                         field("fields", &Me::list, "by name"));
    }
};
/// A pack in use, in the list of packs.
struct PackListing {
    std::string id;
    Text name;
    std::string hash;
    std::vector<std::string> chain;
    std::int64_t unverified = 0;
    std::int64_t left_open = 0;
    bool for_congress = false;
    static constexpr auto fields() {
        using Me = PackListing;
        return fields_of(field("id", &Me::id, "id"), field("name", &Me::name, "name"),
                         field("hash", &Me::hash, "SHA-256 of its chain"),
                         field("chain", &Me::chain, "packs it is made of, the root first"),
                         field("unverified", &Me::unverified, "values nobody has checked"),
                         field("left_open", &Me::left_open, "fields that a measure must state"),
                         field("for_congress", &Me::for_congress, "holds the rules of a congress"));
    }
};

/// The whole congress but for its long tables. cost  linear in delegates and in what the congress holds
Congress congress_of(const Books& books, const congress::Congress& congress, Language language);

/// What the register knows of one mandate.
struct RegisterRow {
    std::string mandate, member, name;
};
/// The delegates' table. `since` > 0: only what changed after that event, if that can be told.
/// registered  the standing mandates that the register knows in this congress, by number
Delegates delegates_of(const Books& books, const congress::Congress& congress, std::int64_t since,
                       const std::map<int, RegisterRow>& registered);

/// The number that a delegate's id says: "d017" is 17. None where it says none.
std::optional<int> number_of_delegate(std::string_view id);

/// The rules in force in a congress, with what was confirmed and stated.
Rules rules_of(const congress::Congress& congress);
/// A pack in use, as its text says it. refuses  pack_unknown
Result<Rules> rules_of_pack(const std::string& id);
/// All packs in use, by id.
std::vector<PackListing> packs();

}  // namespace plenum::app::desk
