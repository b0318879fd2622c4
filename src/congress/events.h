// SPDX-License-Identifier: Apache-2.0
// What happened: facts that a chair would read aloud or a secretary would enter in the minutes. Never "field changed".
// An event holds the facts of the act that it followed from and adds what the congress found: fields are written once.
#pragma once
#include "congress/commands.h"

namespace plenum::congress {

/// The congress is planned.
struct Planned : ask::Plan {
    static constexpr std::string_view kind = "congress_planned";
};
/// The adopter has confirmed values of the pack by name.
struct ValuesConfirmed : ask::ConfirmValues {
    static constexpr std::string_view kind = "pack_values_confirmed";
};
/// `body` is empty where leave to hold the congress is asked for.
struct RequestSent : ask::SendRequest {
    static constexpr std::string_view kind = "request_sent";
};
/// A party has replied. `body` is empty where leave to hold the congress was asked for.
struct ReplyRecorded : ask::RecordReply {
    static constexpr std::string_view kind = "reply_recorded";
};
/// The units with the seats that were shared out.
struct DelegatesAllocated : ask::Allocate {
    static constexpr std::string_view kind = "delegates_allocated";
};
/// A unit has reported whom it elected; their mandates begin, not reviewed yet.
struct UnitElectionReported : ask::ReportUnitElection {
    static constexpr std::string_view kind = "unit_election_reported";
};
/// `supplement` is 0 before the report was adopted, then 1, 2, …
struct CredentialsReviewed : ask::ReviewCredentials {
    static constexpr std::string_view kind = "credentials_reviewed";
    int supplement = 0;
    int entitled = 0;
    static constexpr auto fields() {
        return more_fields(ReviewCredentials::fields(),
                           field("supplement", &CredentialsReviewed::supplement, "number of the supplement"),
                           field("entitled", &CredentialsReviewed::entitled, "entitled afterwards"));
    }
};

/// `entitled`: as CredentialsReviewed counts it, without this mandate.
struct DelegateMandateEnded : ask::EndMandate {
    static constexpr std::string_view kind = "delegate_mandate_ended";
    int entitled = 0;
    static constexpr auto fields() {
        return more_fields(EndMandate::fields(),
                           field("entitled", &DelegateMandateEnded::entitled, "entitled afterwards"));
    }
};

/// The doors are open. Sittings are numbered through the congress, plenaries of a body by that body.
struct CheckInOpened : ask::OpenCheckIn {
    static constexpr std::string_view kind = "check_in_opened";
    int number = 0;
    static constexpr auto fields() {
        return more_fields(OpenCheckIn::fields(), field("number", &CheckInOpened::number, "number of the sitting"));
    }
};
/// Somebody with a vote in the sitting has arrived.
struct DelegateCheckedIn : ask::CheckIn {
    static constexpr std::string_view kind = "delegate_checked_in";
    int present = 0;
    static constexpr auto fields() {
        return more_fields(CheckIn::fields(), field("present", &DelegateCheckedIn::present, "present afterwards"));
    }
};
/// Somebody has left the hall.
struct DelegateLeft : ask::Leave {
    static constexpr std::string_view kind = "delegate_left";
    int present = 0;
    static constexpr auto fields() {
        return more_fields(Leave::fields(), field("present", &DelegateLeft::present, "present afterwards"));
    }
};
/// Those present were counted against the quorum: on request, before ballots are issued, or as a sitting opens or
/// resumes.
struct QuorumMeasured : ask::MeasureQuorum {
    static constexpr std::string_view kind = "quorum_measured";
    std::string rule;
    std::int64_t entitled = 0;
    std::int64_t present = 0;
    std::int64_t required = 0;
    bool met = false;
    static constexpr auto fields() {
        return more_fields(MeasureQuorum::fields(), field("rule", &QuorumMeasured::rule, "election | ordinary"),
                           field("entitled", &QuorumMeasured::entitled, "entitled"),
                           field("present", &QuorumMeasured::present, "present"),
                           field("required", &QuorumMeasured::required, "required"),
                           field("met", &QuorumMeasured::met, "quorum is there"));
    }
};
/// The sitting is open; a QuorumMeasured stands before it.
struct SittingOpened : ask::OpenSitting {
    static constexpr std::string_view kind = "sitting_opened";
};
/// Another has the chair.
struct ChairHandedOver : ask::HandOverChair {
    static constexpr std::string_view kind = "chair_handed_over";
};
/// The sitting is interrupted; whoever is in the hall is counted as present.
struct SittingInterrupted : ask::InterruptSitting {
    static constexpr std::string_view kind = "sitting_interrupted";
};
/// The sitting goes on; a QuorumMeasured stands before it.
struct SittingResumed : ask::ResumeSitting {
    static constexpr std::string_view kind = "sitting_resumed";
};
/// The sitting is over and the doors are shut.
struct SittingClosed : ask::CloseSitting {
    static constexpr std::string_view kind = "sitting_closed";
};

/// A question is open to the vote.
struct QuestionPut : ask::PutQuestion {
    static constexpr std::string_view kind = "question_put";
};
/// The numbers by which the question was decided, always all of them: by acclamation everybody present is for it. (What
/// the chair declares may leave them out, so they are fields of their own.)
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
        return fields_of(field("question", &QuestionDecided::question, "question"),
                         field("for", &QuestionDecided::in_favour, "for"),
                         field("against", &QuestionDecided::against, "against"),
                         field("abstain", &QuestionDecided::abstaining, "abstain"),
                         field("not_voting", &QuestionDecided::not_voting, "present without a vote"),
                         field("entitled", &QuestionDecided::entitled, "entitled"),
                         field("present", &QuestionDecided::present, "present"),
                         field("base", &QuestionDecided::base, "base of the majority"),
                         field("base_count", &QuestionDecided::base_count, "its number"),
                         field("required", &QuestionDecided::required, "votes required"),
                         field("adopted", &QuestionDecided::adopted, "adopted"));
    }
};
/// The open question was taken back.
struct QuestionWithdrawn : ask::WithdrawQuestion {
    static constexpr std::string_view kind = "question_withdrawn";
};

/// The presidium has met.
struct PresidiumMet : ask::MeetPresidium {
    static constexpr std::string_view kind = "presidium_met";
    int number = 0;
    static constexpr auto fields() {
        return more_fields(MeetPresidium::fields(), field("number", &PresidiumMet::number, "number of the meeting"));
    }
};
/// An item is under way.
struct ItemCalled : ask::CallItem {
    static constexpr std::string_view kind = "item_called";
};
/// A document lies before the congress.
struct DocumentLaid : ask::LayDocument {
    static constexpr std::string_view kind = "document_laid";
    std::string hash;
    static constexpr auto fields() {
        return more_fields(LayDocument::fields(), field("hash", &DocumentLaid::hash, "SHA-256 of the text"));
    }
};
/// A report was heard, or laid in writing.
struct ReportHeard : ask::HearReport {
    static constexpr std::string_view kind = "report_heard";
};
/// A delegation has deliberated an item.
struct ItemDeliberated : ask::RecordDeliberation {
    static constexpr std::string_view kind = "item_deliberated";
};
/// An item is done: by the chair's word, or because the chair moved on.
struct ItemConcluded : ask::ConcludeItem {
    static constexpr std::string_view kind = "item_concluded";
};
/// A fact for the minutes, in the words of who noted it.
struct FactNoted : ask::NoteFact {
    static constexpr std::string_view kind = "fact_noted";
};

/// `pending` where the pack wants the approval of the union above.
struct ResultDeclared : ask::DeclareResult {
    static constexpr std::string_view kind = "result_declared";
    bool pending = false;
    static constexpr auto fields() {
        return more_fields(DeclareResult::fields(), field("pending", &ResultDeclared::pending, "pending approval"));
    }
};
/// A body was formed by nomination; `pending` where the pack wants the approval of the union above.
struct BodyNominated : ask::Nominate {
    static constexpr std::string_view kind = "body_nominated";
    bool pending = false;
    static constexpr auto fields() {
        return more_fields(Nominate::fields(), field("pending", &BodyNominated::pending, "pending approval"));
    }
};
/// `falls`: the bodies and offices whose elections fall with it, because its members elected them or they are filled
/// from among its members; they are elected anew too.
struct NewElectionCalled : ask::CallNewElection {
    static constexpr std::string_view kind = "new_election_called";
    std::string party;
    std::string document;
    std::vector<std::string> falls;
    static constexpr auto fields() {
        return more_fields(CallNewElection::fields(),
                           field("party", &NewElectionCalled::party, "who did not approve the result"),
                           field("document", &NewElectionCalled::document, "number of that reply"),
                           field("falls", &NewElectionCalled::falls, "bodies whose elections fall with it"));
    }
};
/// The congress has heard whom the members of a body elected.
struct PlenaryAnnounced : ask::AnnouncePlenary {
    static constexpr std::string_view kind = "plenary_announced";
};
/// The congress is over; only the submission of its results and the replies to it follow.
struct CongressClosed : ask::CloseCongress {
    static constexpr std::string_view kind = "congress_closed";
};

/// Everything that may have happened. Append only: a kind once written stays readable.
using Event = std::variant<Planned, ValuesConfirmed, RequestSent, ReplyRecorded, DelegatesAllocated,
                           UnitElectionReported, CredentialsReviewed, CheckInOpened, DelegateCheckedIn, DelegateLeft,
                           QuorumMeasured, SittingOpened, ChairHandedOver, SittingInterrupted, SittingResumed,
                           SittingClosed, QuestionPut, QuestionDecided, QuestionWithdrawn, PresidiumMet, ItemCalled,
                           DocumentLaid, ReportHeard, ItemDeliberated, ItemConcluded, FactNoted, ResultDeclared,
                           BodyNominated, PlenaryAnnounced, CongressClosed, NewElectionCalled, DelegateMandateEnded>;

}  // namespace plenum::congress
