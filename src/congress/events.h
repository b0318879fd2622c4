// SPDX-License-Identifier: Apache-2.0
// What happened: facts that a chair would read aloud or a secretary would enter in the minutes. Never "field changed".
#pragma once
#include "congress/parts.h"

namespace plenum::congress {

struct Planned {
    static constexpr std::string_view kind = "congress_planned";
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
        return std::tuple{
            field("organisation", &Planned::organisation, "the organisation"),
            field("higher_union", &Planned::higher_union, "the union above, or the same text"),
            field("numbering", &Planned::numbering, "numbering"),
            field("congress_kind", &Planned::congress_kind, "ordinary | extraordinary | electing"),
            field("rehearsal", &Planned::rehearsal, "true for a rehearsal: marked on every page and document"),
            field("members", &Planned::members, "members of the organisation"),
            field("women_members", &Planned::women_members, "women among them"),
            field("delegates", &Planned::delegates, "delegates planned"),
            field("term_years", &Planned::term_years, "term of the bodies elected, in years"),
            field("begins_on", &Planned::begins_on, "first day"),
            field("ends_on", &Planned::ends_on, "last day"),
            field("place", &Planned::place, "where"),
            field("utc_offset_minutes", &Planned::utc_offset_minutes, "local time of the place, minutes east of UTC"),
            field("bodies", &Planned::bodies, "bodies to bring forth"),
            field("pack", &Planned::pack, "id of the rule pack"),
            field("pack_texts", &Planned::pack_texts, "texts of the pack and of those it inherits from")};
    }
};

struct ValuesConfirmed {
    static constexpr std::string_view kind = "pack_values_confirmed";
    std::vector<std::string> fields_confirmed;
    static constexpr auto fields() {
        return std::tuple{field("fields", &ValuesConfirmed::fields_confirmed, "dotted names")};
    }
};

struct RequestSent {
    static constexpr std::string_view kind = "request_sent";
    Matter matter = Matter::holding;
    std::string party;
    std::string body;
    std::string document;
    static constexpr auto fields() {
        return std::tuple{field("matter", &RequestSent::matter, "matter"), field("party", &RequestSent::party, "party"),
                          field("body", &RequestSent::body, "body"),
                          field("document", &RequestSent::document, "document number")};
    }
};

struct ReplyRecorded {
    static constexpr std::string_view kind = "reply_recorded";
    Matter matter = Matter::holding;
    std::string party;
    std::string body;
    bool granted = false;
    std::string document;
    static constexpr auto fields() {
        return std::tuple{field("matter", &ReplyRecorded::matter, "matter"),
                          field("party", &ReplyRecorded::party, "party"), field("body", &ReplyRecorded::body, "body"),
                          field("granted", &ReplyRecorded::granted, "granted"),
                          field("document", &ReplyRecorded::document, "document number")};
    }
};

struct DelegatesAllocated {
    static constexpr std::string_view kind = "delegates_allocated";
    AllocationMethod method = AllocationMethod::stated;
    int minimum = 0;
    std::vector<Unit> units;
    static constexpr auto fields() {
        return std::tuple{field("method", &DelegatesAllocated::method, "method"),
                          field("minimum", &DelegatesAllocated::minimum, "least seats"),
                          field("units", &DelegatesAllocated::units, "units with seats")};
    }
};

struct UnitElectionReported {
    static constexpr std::string_view kind = "unit_election_reported";
    UnitId unit;
    std::int64_t electors = 0;
    std::int64_t participating = 0;
    int candidates = 0;
    std::int64_t least_votes = 0;
    std::vector<Delegate> delegates;
    static constexpr auto fields() {
        return std::tuple{field("unit", &UnitElectionReported::unit, "unit"),
                          field("electors", &UnitElectionReported::electors, "electors"),
                          field("participating", &UnitElectionReported::participating, "participating"),
                          field("candidates", &UnitElectionReported::candidates, "candidates"),
                          field("least_votes", &UnitElectionReported::least_votes, "fewest votes of an elected person"),
                          field("delegates", &UnitElectionReported::delegates, "elected")};
    }
};

/// `supplement` is 0 before the report was adopted, then 1, 2, …
struct CredentialsReviewed {
    static constexpr std::string_view kind = "credentials_reviewed";
    int supplement = 0;
    std::vector<DelegateFinding> findings;
    int entitled = 0;
    static constexpr auto fields() {
        return std::tuple{field("supplement", &CredentialsReviewed::supplement, "number of the supplement"),
                          field("findings", &CredentialsReviewed::findings, "findings"),
                          field("entitled", &CredentialsReviewed::entitled, "entitled afterwards")};
    }
};

struct CheckInOpened {
    static constexpr std::string_view kind = "check_in_opened";
    SittingId sitting;
    int number = 0;
    SittingKind sitting_kind = SittingKind::plenary;
    Text title;
    bool elects = false;
    static constexpr auto fields() {
        return std::tuple{field("sitting", &CheckInOpened::sitting, "sitting"),
                          field("number", &CheckInOpened::number, "number of the sitting"),
                          field("sitting_kind", &CheckInOpened::sitting_kind, "kind"),
                          field("title", &CheckInOpened::title, "title"),
                          field("elects", &CheckInOpened::elects, "ballots are held")};
    }
};

struct DelegateCheckedIn {
    static constexpr std::string_view kind = "delegate_checked_in";
    DelegateId delegate;
    CheckInMethod method = CheckInMethod::card;
    int present = 0;
    static constexpr auto fields() {
        return std::tuple{field("delegate", &DelegateCheckedIn::delegate, "delegate"),
                          field("method", &DelegateCheckedIn::method, "method"),
                          field("present", &DelegateCheckedIn::present, "present afterwards")};
    }
};

struct DelegateLeft {
    static constexpr std::string_view kind = "delegate_left";
    DelegateId delegate;
    int present = 0;
    static constexpr auto fields() {
        return std::tuple{field("delegate", &DelegateLeft::delegate, "delegate"),
                          field("present", &DelegateLeft::present, "present afterwards")};
    }
};

/// Those present were counted against the quorum.
struct QuorumMeasured {
    static constexpr std::string_view kind = "quorum_measured";
    QuorumOccasion occasion = QuorumOccasion::on_request;
    std::string body;
    int round = 0;
    std::string rule;
    std::int64_t entitled = 0;
    std::int64_t present = 0;
    std::int64_t required = 0;
    bool met = false;
    static constexpr auto fields() {
        return std::tuple{field("occasion", &QuorumMeasured::occasion, "when"),
                          field("body", &QuorumMeasured::body, "body whose ballots are to be issued, or empty"),
                          field("round", &QuorumMeasured::round, "its round, or 0"),
                          field("rule", &QuorumMeasured::rule, "election | ordinary"),
                          field("entitled", &QuorumMeasured::entitled, "entitled"),
                          field("present", &QuorumMeasured::present, "present"),
                          field("required", &QuorumMeasured::required, "required"),
                          field("met", &QuorumMeasured::met, "quorum is there")};
    }
};

struct SittingOpened {
    static constexpr std::string_view kind = "sitting_opened";
    DelegateId chair;
    static constexpr auto fields() { return std::tuple{field("chair", &SittingOpened::chair, "in the chair")}; }
};

struct SittingInterrupted {
    static constexpr std::string_view kind = "sitting_interrupted";
    Interruption reason = Interruption::pause;
    Text announcement;
    static constexpr auto fields() {
        return std::tuple{field("reason", &SittingInterrupted::reason, "why"),
                          field("announcement", &SittingInterrupted::announcement, "what happens next")};
    }
};

struct SittingResumed {
    static constexpr std::string_view kind = "sitting_resumed";
    static constexpr auto fields() { return std::tuple<>{}; }
};

struct SittingClosed {
    static constexpr std::string_view kind = "sitting_closed";
    static constexpr auto fields() { return std::tuple<>{}; }
};

struct QuestionPut {
    static constexpr std::string_view kind = "question_put";
    QuestionId question;
    std::optional<ItemId> item;
    Text text;
    VoteMode mode = VoteMode::show_of_hands;
    std::optional<UtcTime> closes_at;
    Subject subject;
    static constexpr auto fields() {
        return std::tuple{field("question", &QuestionPut::question, "question"),
                          field("item", &QuestionPut::item, "item"),
                          field("text", &QuestionPut::text, "text"),
                          field("mode", &QuestionPut::mode, "mode"),
                          field("closes_at", &QuestionPut::closes_at, "when it ends"),
                          field("subject", &QuestionPut::subject, "subject")};
    }
};

struct QuestionDecided {
    static constexpr std::string_view kind = "question_decided";
    QuestionId question;
    std::int64_t in_favour = 0;
    std::int64_t against = 0;
    std::int64_t abstaining = 0;
    std::int64_t not_voting = 0;
    std::int64_t entitled = 0;
    std::int64_t present = 0;
    std::string base;
    std::int64_t base_count = 0;
    std::int64_t required = 0;
    bool adopted = false;
    static constexpr auto fields() {
        return std::tuple{field("question", &QuestionDecided::question, "question"),
                          field("for", &QuestionDecided::in_favour, "for"),
                          field("against", &QuestionDecided::against, "against"),
                          field("abstain", &QuestionDecided::abstaining, "abstain"),
                          field("not_voting", &QuestionDecided::not_voting, "present without a vote"),
                          field("entitled", &QuestionDecided::entitled, "entitled"),
                          field("present", &QuestionDecided::present, "present"),
                          field("base", &QuestionDecided::base, "base of the majority"),
                          field("base_count", &QuestionDecided::base_count, "its number"),
                          field("required", &QuestionDecided::required, "votes required"),
                          field("adopted", &QuestionDecided::adopted, "adopted")};
    }
};

struct QuestionWithdrawn {
    static constexpr std::string_view kind = "question_withdrawn";
    QuestionId question;
    static constexpr auto fields() { return std::tuple{field("question", &QuestionWithdrawn::question, "question")}; }
};

struct PresidiumMet {
    static constexpr std::string_view kind = "presidium_met";
    int number = 0;
    std::vector<DelegateId> executive_chairs;
    std::vector<Text> decisions;
    static constexpr auto fields() {
        return std::tuple{field("number", &PresidiumMet::number, "number of the meeting"),
                          field("executive_chairs", &PresidiumMet::executive_chairs, "executive chairs"),
                          field("decisions", &PresidiumMet::decisions, "decisions")};
    }
};

struct ItemCalled {
    static constexpr std::string_view kind = "item_called";
    ItemId item;
    static constexpr auto fields() { return std::tuple{field("item", &ItemCalled::item, "item")}; }
};

struct DocumentLaid {
    static constexpr std::string_view kind = "document_laid";
    std::optional<ItemId> item;
    Text title;
    std::string language;
    std::string markdown;
    std::string hash;
    static constexpr auto fields() {
        return std::tuple{field("item", &DocumentLaid::item, "item"), field("title", &DocumentLaid::title, "title"),
                          field("language", &DocumentLaid::language, "language"),
                          field("markdown", &DocumentLaid::markdown, "text"),
                          field("hash", &DocumentLaid::hash, "SHA-256 of the text")};
    }
};

struct ReportHeard {
    static constexpr std::string_view kind = "report_heard";
    ItemId item;
    std::string presenter;
    Delivery delivery = Delivery::read_out;
    std::string document;
    static constexpr auto fields() {
        return std::tuple{
            field("item", &ReportHeard::item, "item"), personal("presenter", &ReportHeard::presenter, "presenter"),
            field("delivery", &ReportHeard::delivery, "delivery"), field("document", &ReportHeard::document, "hash")};
    }
};

struct ItemDeliberated {
    static constexpr std::string_view kind = "item_deliberated";
    ItemId item;
    UnitId unit;
    int speakers = 0;
    Text summary;
    std::vector<Amendment> amendments;
    static constexpr auto fields() {
        return std::tuple{field("item", &ItemDeliberated::item, "item"),
                          field("unit", &ItemDeliberated::unit, "delegation"),
                          field("speakers", &ItemDeliberated::speakers, "speakers"),
                          field("summary", &ItemDeliberated::summary, "summary"),
                          field("amendments", &ItemDeliberated::amendments, "amendments")};
    }
};

struct ItemConcluded {
    static constexpr std::string_view kind = "item_concluded";
    ItemId item;
    static constexpr auto fields() { return std::tuple{field("item", &ItemConcluded::item, "item")}; }
};

struct FactNoted {
    static constexpr std::string_view kind = "fact_noted";
    Text text;
    static constexpr auto fields() { return std::tuple{field("text", &FactNoted::text, "fact")}; }
};

/// `pending` where the pack wants the approval of the union above.
struct ResultDeclared {
    static constexpr std::string_view kind = "result_declared";
    DeclaredResult result;
    bool pending = false;
    static constexpr auto fields() {
        return std::tuple{field("result", &ResultDeclared::result, "result"),
                          field("pending", &ResultDeclared::pending, "pending approval")};
    }
};

struct BodyNominated {
    static constexpr std::string_view kind = "body_nominated";
    std::string body;
    Text proposed_by;
    Text consulted;
    Date consulted_on;
    std::string document;
    std::vector<NominatedMember> members;
    bool pending = false;
    static constexpr auto fields() {
        return std::tuple{field("body", &BodyNominated::body, "body"),
                          field("proposed_by", &BodyNominated::proposed_by, "who nominated"),
                          field("consulted", &BodyNominated::consulted, "who was consulted"),
                          field("consulted_on", &BodyNominated::consulted_on, "when"),
                          field("document", &BodyNominated::document, "document number"),
                          field("members", &BodyNominated::members, "members"),
                          field("pending", &BodyNominated::pending, "pending approval")};
    }
};

struct CongressClosed {
    static constexpr std::string_view kind = "congress_closed";
    static constexpr auto fields() { return std::tuple<>{}; }
};

/// Everything that may have happened. Append only: a kind once written stays readable.
using Event =
    std::variant<Planned, ValuesConfirmed, RequestSent, ReplyRecorded, DelegatesAllocated, UnitElectionReported,
                 CredentialsReviewed, CheckInOpened, DelegateCheckedIn, DelegateLeft, QuorumMeasured, SittingOpened,
                 SittingInterrupted, SittingResumed, SittingClosed, QuestionPut, QuestionDecided, QuestionWithdrawn,
                 PresidiumMet, ItemCalled, DocumentLaid, ReportHeard, ItemDeliberated, ItemConcluded, FactNoted,
                 ResultDeclared, BodyNominated, CongressClosed>;

}  // namespace plenum::congress
